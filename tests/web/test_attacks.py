"""Whatever an article holds, its pages run nothing, load nothing and lead nowhere but to the web."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from tests.web.conftest import Watched

FOREIGN = """() => {
  const found = [];
  for (const e of document.querySelectorAll('*')) {
    for (const a of e.attributes) {
      if (a.name.startsWith('on') || a.name === 'style' || a.name === 'srcdoc') found.push(e.outerHTML.slice(0, 120));
      if ((a.name === 'href' || a.name === 'action' || a.name.endsWith(':href')) && !/^(\\/|#|\\?|https?:\\/\\/|$)/.test(a.value)) found.push(a.value);
    }
    if (['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'MATH'].includes(e.tagName)) found.push(e.outerHTML.slice(0, 120));
    if (e.tagName === 'SCRIPT' && e.getAttribute('src') !== '/static/desk.js') found.push(e.outerHTML.slice(0, 120));
    if (e.tagName === 'A' && /^https?:/.test(e.getAttribute('href') || '') && !/noopener noreferrer/.test(e.rel)) found.push(e.outerHTML.slice(0, 120));
  }
  return found;
}"""


def test_hostile_articles_stay_inert_on_every_page_that_shows_them(
    client: TestClient, served: str, watch: Callable[..., Watched]
) -> None:
    rows = client.get("/api/stories?limit=1000").json()["stories"]
    hostile = [row for row in rows if "Osterwick" in row["headline"] or "ighthouse" in row["headline"]]
    assert hostile
    pages = [
        "/",
        "/sources",
        "/skipped",
        "/log",
        "/search?q=lighthouse",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22",
    ]
    for row in hostile[:3]:
        articles = row["articles"]
        brief = client.get(f"/api/stories/{row['id']}").json()["stories"][0]
        pages += [f"/stories/{row['id']}"]
        pages += [
            f"/articles/{a}?show=voices&show=claims&show=quotes&show=names&show=times&dropped=1" for a in articles[:4]
        ]
        pages += [f"/compare?a={articles[0]}&b={articles[1]}"] if len(articles) > 1 else []
        pages += [f"/entities/{e['id']}?story={row['id']}" for e in brief["entities"][:2]]
    found = watch()
    for address in pages:
        answer = found.page.goto(served + address)
        assert answer is not None, address
        assert answer.status in (200, 400), address
        assert found.page.evaluate(FOREIGN) == [], address
    assert found.wrongs == []


def test_the_attacks_are_on_the_desk_and_shown_as_words(client: TestClient) -> None:
    hits = client.get("/api/search?q=lighthouse&limit=50").json()["hits"]
    assert len(hits) >= 10
    pages = [client.get(f"/articles/{hit['article']}").text for hit in hits]
    assert any("&lt;script&gt;alert(13)&lt;/script&gt;" in page for page in pages)
    assert not any("<script>alert" in page or "onerror=alert(2)>" in page.replace("&gt;", "") for page in pages)
    assert "&lt;img src=x onerror=alert(30)&gt;" in client.get("/skipped").text
