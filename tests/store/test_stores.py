"""One suite for every store: what the Store protocol promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped, Stated
from copydesk.model.corrections import Correction
from copydesk.model.desks import HIT_END, HIT_START, ArticleVoice, Event, SearchQuery, Settled, StoredText, StoryRow
from copydesk.model.fetching import FeedState, PageState
from copydesk.model.ports import Store
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.store import MemoryStore, SqliteStore

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: MemoryStore(),
    "sqlite": lambda folder: SqliteStore(folder / "desk.sqlite"),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = STORES[request.param](tmp_path)
    yield made
    made.close()


def capture(name: str, content: bytes = b"The quay is closed.") -> Capture:
    stated = Stated(by="container", outlet="Port Post", observed=date(2026, 11, 20))
    return Capture(id=name, path=f"pile/{name}.txt", content=content, medium="text", stated=(stated,))


def day(at: date) -> When:
    return When(value=at.isoformat(), earliest=at, latest=at, precision="day", method="meta")


def article(name: str, body: str = "The quay is closed.", published: When = UNKNOWN_WHEN) -> Article:
    return Article(
        id=name, path=f"pile/{name}.txt", url=f"https://port.example/{name}", sha256="0" * 64, headline=f"Headline {name}",
        byline=None, dateline=None, outlet="Port Post", language="en", compared=True, reason=None, published=published,
        modified=None, observed=None, credits=(), text=f"Headline {name}\n\n{body}", source_text=body, blocks=(),
    )  # fmt: skip


def put(store: Store, made: Article, *, number: int = 1, key: str | None = None) -> None:
    """An article with the capture that it came from."""
    came = f"{made.id}-{number}" if number > 1 else made.id
    store.put_capture(replace(capture(came), id=came), NOON)
    store.put_text(StoredText(article=made, capture=came, number=number, added=NOON, key=key or f"url:{made.id}"))
    store.settle(Settled(capture=came, path="", became="article" if number == 1 else "revision", article=made.id))


def row(name: str, *articles: str, key: str = "dossier/1") -> StoryRow:
    return StoryRow(
        id=name, key=key, headline=f"Story {name}", articles=articles, voices=(("v-1", "Port Post"),), facts=3, corroborated=1,
        disputed=0, conflicts=0, value="2026-11-20", earliest=date(2026, 11, 20), latest=date(2026, 11, 20),
        outlets=("Port Post",), languages=("en",), places=(), arrivals=(NOON,), added=NOON, changed=NOON,
    )  # fmt: skip


def found(store: Store, **asked: object) -> list[str]:
    return [hit.article for hit in store.search(SearchQuery(**asked))]  # type: ignore[arg-type]


def test_a_capture_comes_back_as_it_was_kept(store: Store) -> None:
    made = capture("a-1", b"\x00\xff bytes as found")
    assert store.put_capture(made, NOON)
    assert store.capture("a-1") == made
    assert store.capture("a-2") is None


def test_the_same_capture_is_kept_once(store: Store) -> None:
    assert store.put_capture(capture("a-1"), NOON)
    assert not store.put_capture(capture("a-1"), NOON + timedelta(days=1))
    assert store.counts().captures == 1


def test_captures_wait_in_the_order_in_which_they_came_until_they_are_settled(store: Store) -> None:
    for name in ("a-3", "a-1", "a-2"):
        store.put_capture(capture(name), NOON)
    assert [c.id for c in store.waiting(2)] == ["a-3", "a-1"]
    store.settle(Settled(capture="a-3", path="pile/a-3.txt", became="skipped", reason="cleaning: empty"))
    assert [c.id for c in store.waiting(9)] == ["a-1", "a-2"]
    assert store.became("a-3") == "skipped" and store.became("a-1") == "waiting" and store.became("a-9") is None
    assert [(s.capture, s.reason, s.added) for s in store.settled("skipped")] == [("a-3", "cleaning: empty", NOON)]


def test_lines_are_counted_page_by_page(store: Store) -> None:
    store.count_lines([0, 5, -7])
    store.count_lines([0, 5])
    assert store.line_counts([0, 5, -7, 9]) == {0: 2, 5: 2, -7: 1}


def test_what_was_skipped_is_listed_by_path(store: Store) -> None:
    later, first = Skipped(path="b", stage="reading", reason="x"), Skipped(path="a", stage="fetching", reason="y")
    store.put_skipped(later, NOON)
    store.put_skipped(first, NOON)
    store.put_skipped(first, NOON)
    assert list(store.skipped()) == [first, later]
    store.drop_skipped("a", "fetching")
    assert list(store.skipped()) == [later]


def test_an_article_comes_back_as_it_was_kept(store: Store) -> None:
    made = article("a-1", published=day(date(2026, 11, 20)))
    put(store, made)
    assert list(store.articles(["a-1", "a-2"])) == [made]
    assert store.article_at("url:a-1") == "a-1" and store.article_at("url:a-2") is None
    assert store.added() == {"a-1": NOON}


def test_the_newest_text_speaks_and_the_earlier_ones_stay(store: Store) -> None:
    put(store, article("a-1", "Two are hurt."))
    put(store, article("a-1", "Three are hurt."), number=2)
    assert [a.text for a in store.articles(["a-1"])] == ["Headline a-1\n\nThree are hurt."]
    assert [(t.number, t.capture, t.article.source_text) for t in store.texts("a-1")] == [
        (1, "a-1", "Two are hurt."), (2, "a-1-2", "Three are hurt."),
    ]  # fmt: skip
    assert store.revised() == {"a-1"} and store.counts().revisions == 1
    assert found(store, must=("three",)) == ["a-1"] and found(store, must=("two",)) == []


def test_articles_come_in_order_of_id(store: Store) -> None:
    for name in ("a-3", "a-1", "a-2"):
        put(store, article(name))
    assert store.article_ids() == ("a-1", "a-2", "a-3")
    assert [a.id for a in store.articles(["a-3", "a-1"])] == ["a-1", "a-3"]


def test_what_fails_inside_a_transaction_never_was(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing():
        put(store, article("a-1"))
        with store.writing():
            store.mark("seen", "1")
        raise RuntimeError
    assert store.counts().articles == 0 and store.counts().captures == 0 and store.marked("seen") is None


def test_stories_replace_those_before(store: Store) -> None:
    for name in ("a-1", "a-2"):
        put(store, article(name))
    store.put_stories([row("s-1", "a-1", "a-2")], {}, [])
    store.put_stories([row("s-2", "a-1"), row("s-3", "a-2")], {"s-1": "s-2"}, [])
    assert [r.id for r in store.stories()] == ["s-2", "s-3"]
    assert store.story_of("a-2") == "s-3"


def test_a_story_is_found_by_a_former_id_and_by_a_beginning_that_only_one_has(store: Store) -> None:
    for name in ("a-1", "a-2"):
        put(store, article(name))
    store.put_stories([row("s-ab", "a-1"), row("s-ac", "a-2")], {"s-zz": "s-ab"}, [])
    assert store.story("s-zz") == row("s-ab", "a-1") and store.story("s-ac") == row("s-ac", "a-2")
    assert store.story("s-a") is None and store.story("s-x") is None
    store.put_stories([row("s-ac", "a-1", "a-2")], {"s-ab": "s-ac"}, [])
    assert store.story("s-zz") == store.story("s-ab") == row("s-ac", "a-1", "a-2")


def test_voices_of_an_article_come_largest_share_first(store: Store) -> None:
    put(store, article("a-1"))
    small = ArticleVoice(article="a-1", voice="v-1", name="Port Post", share=0.2)
    large = ArticleVoice(article="a-1", voice="v-2", name="Kestria Wire", share=0.8)
    store.put_stories([row("s-1", "a-1")], {}, [small, large])
    assert store.article_voices("a-1") == (large, small)


def test_a_forgotten_article_leaves_nothing_behind(store: Store) -> None:
    for name in ("a-1", "a-2", "a-3"):
        put(store, article(name))
    put(store, article("a-1", "Three are hurt."), number=2)
    store.cache.put("dossier/1", b"words")
    store.cache.put("dossier/2", b"words")
    store.put_stories([row("s-1", "a-1", "a-2"), row("s-2", "a-3", key="dossier/2")], {}, [])
    store.drop_article("a-1")
    assert store.article_ids() == ("a-2", "a-3") and store.texts("a-1") == ()
    assert store.capture("a-1") is None and store.capture("a-1-2") is None and found(store, must=("three",)) == []
    assert store.story("s-1") is None and store.story("s-2") is not None
    assert store.cache.get_all(["dossier/1", "dossier/2"]) == {"dossier/2": b"words"}
    assert list(store.faults()) == []


def test_feeds_and_pages_keep_how_they_were_asked(store: Store) -> None:
    feed = FeedState(url="https://port.example/rss", etag='"1"', checked=NOON, next_allowed=NOON + timedelta(minutes=5))
    store.put_feed(feed)
    store.put_feed(replace(feed, failures=1))
    assert store.feeds() == (replace(feed, failures=1),)
    assert store.drop_feed(feed.url) and not store.drop_feed(feed.url)
    page = PageState(url="https://port.example/1", stated=Stated(by="container", headline="Quay"), checked=NOON)
    store.put_page("port.example/1", page)
    assert store.page("port.example/1") == page and store.page("port.example/2") is None


def test_pages_are_due_that_were_not_asked_failed_or_may_be_edited_and_whose_time_has_come(store: Store) -> None:
    pages = {
        "new": PageState(url="new"),
        "done": PageState(url="done", checked=NOON),
        "failed": PageState(url="failed", checked=NOON, failures=1, next_allowed=NOON - timedelta(seconds=1)),
        "again": PageState(url="again", checked=NOON, next_allowed=NOON),
        "later": PageState(url="later", failures=1, next_allowed=NOON + timedelta(seconds=1)),
        "gone": PageState(url="gone", failures=5, gone=True),
    }
    for key, page in pages.items():
        store.put_page(key, page)
    assert [p.url for p in store.due_pages(NOON)] == ["again", "failed", "new"]


def test_corrections_are_numbered_and_taken_back_once(store: Store) -> None:
    said = Correction(subject="entity", verdict="same", left="I. Vasko", right="Ingrid Vasko")
    first = store.say(said, NOON)
    second = store.say(replace(said, verdict="not-same"), NOON)
    assert second > first
    assert store.take_back(first, NOON + timedelta(hours=1)) and not store.take_back(first, NOON)
    assert not store.take_back(second + 1, NOON)
    assert [(s.number, s.correction.verdict, s.undone) for s in store.said()] == [
        (first, "same", NOON + timedelta(hours=1)), (second, "not-same", None),
    ]  # fmt: skip


def test_events_are_told_in_order_and_read_from_where_somebody_stopped(store: Store) -> None:
    for words in ("one", "two", "three"):
        store.tell(Event(at=NOON, kind="grew", story="s-1", article=None, words=words))
    first = store.events(limit=1)[0]
    assert [e.words for e in store.events(after=first.seq)] == ["two", "three"]
    assert store.last_event() == store.events()[-1].seq


def test_a_mark_is_kept_under_its_name(store: Store) -> None:
    store.mark("seen", "3")
    store.mark("seen", "4")
    assert store.marked("seen") == "4" and store.marked("unseen") is None


def test_search_finds_words_phrases_and_beginnings_and_leaves_out(store: Store) -> None:
    put(store, article("a-1", "The harbour master closed the quay."))
    put(store, article("a-2", "The master of the harbour kept the quays open."))
    assert found(store, must=("harbour master",)) == ["a-1"]
    assert set(found(store, must=("master", "harbour"))) == {"a-1", "a-2"}
    assert found(store, must=("quays",)) == ["a-2"] and set(found(store, must=("quay*",))) == {"a-1", "a-2"}
    assert found(store, must=("harbour",), must_not=("open",)) == ["a-1"]
    assert found(store, must=("HARBOUR MASTER",)) == ["a-1"]
    assert found(store) == [] and found(store, must=("ferry",)) == []


def test_search_words_are_never_read_as_a_language(store: Store) -> None:
    put(store, article("a-1", "The quay AND the ferry."))
    for words in (
        'quay" OR "ferry',
        "quay AND",
        "NEAR(quay",
        "headline:quay",
        "*",
        "'",
        '"',
        "(",
        "^quay",
        "{a b}",
        "-",
    ):
        store.search(SearchQuery(must=(words,)))
        store.search(SearchQuery(who=(words,), outlet=(words,), voice=(words,), story=(words,), must_not=(words,)))


def test_search_is_narrowed_by_who_outlet_voice_story_and_day(store: Store) -> None:
    put(store, article("a-1", published=day(date(2026, 11, 20))))
    put(store, replace(article("a-2", published=day(date(2026, 11, 22))), outlet="Halden 100% News"))
    store.set_names({"a-1": "Ingrid Vasko\nPort Veyra", "a-2": "Pavel Orsic"})
    voice = ArticleVoice(article="a-2", voice="v-1", name="Kestria Wire", share=1.0)
    store.put_stories([row("s-1", "a-1"), row("s-2", "a-2")], {"s-0": "s-2"}, [voice])
    quay = {"must": ("quay",)}
    assert found(store, who=("vasko",), **quay) == ["a-1"] and found(store, who=("Pavel Orsic",)) == ["a-2"]
    assert found(store, outlet=("halden",), **quay) == ["a-2"] and found(store, outlet=("0% n",)) == ["a-2"]
    assert found(store, outlet=("H%N",)) == []
    assert found(store, voice=("kestria",), **quay) == ["a-2"] and found(store, voice=("v-1",)) == ["a-2"]
    assert found(store, story=("s-1",), **quay) == ["a-1"] and found(store, story=("s-0",)) == ["a-2"]
    assert found(store, before=date(2026, 11, 22), **quay) == ["a-1"]
    assert found(store, after=date(2026, 11, 22)) == ["a-2"]


def test_a_hit_shows_the_words_that_were_asked_for(store: Store) -> None:
    put(store, article("a-1", "The harbour is shut."))
    hit = store.search(SearchQuery(must=("harbour",)))[0]
    assert f"{HIT_START}harbour{HIT_END}" in hit.snippet and hit.headline == "Headline a-1"


def test_like_finds_what_has_any_of_the_words_the_most_first(store: Store) -> None:
    put(store, article("a-1", "A ferry and a rudder."))
    put(store, article("a-2", "A ferry."))
    put(store, article("a-3", "A crane."))
    assert found(store, like=("ferry", "rudder")) == ["a-1", "a-2"]


def test_rare_words_are_those_that_fewest_articles_have(store: Store) -> None:
    put(store, article("a-1", "A ferry and a rudder."))
    put(store, article("a-2", "A ferry."))
    assert store.rare_words(["ferry", "rudder", "crane"], 2) == ("rudder", "ferry")


def test_a_sound_store_has_no_fault_and_a_lost_dossier_is_one(store: Store) -> None:
    put(store, article("a-1"))
    store.put_stories([row("s-1", "a-1")], {}, [])
    assert [fault for fault in store.faults() if "dossier of story s-1 is missing" in fault]
    store.cache.put("dossier/1", b"words")
    assert list(store.faults()) == []


def test_counts_count(store: Store) -> None:
    put(store, article("a-1"))
    store.put_capture(capture("a-2"), NOON)
    store.put_skipped(Skipped(path="x", stage="reading", reason="y"), NOON)
    counts = store.counts()
    assert (counts.captures, counts.waiting, counts.articles, counts.skipped, counts.stories) == (2, 1, 1, 1, 0)
    assert counts.outside == 1
    store.put_stories([row("s-1", "a-1")], {}, [])
    assert (store.counts().outside, store.counts().stories) == (0, 1)
