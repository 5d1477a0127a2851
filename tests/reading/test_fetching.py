"""Fetching from a real server on loopback, by a clock that stands still."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.loopback import RSS, Asked, Site, answer, head, item, page, redirect, rss, serving, silence
from copydesk.errors import OptionsError
from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading import FetchingOptions, page_key
from copydesk.reading.fetching import Fetcher
from tests.reading.clocks import NOON, Clock

OPTIONS = FetchingOptions(private_hosts="127.0.0.0/8", delay=0.0, interval=300.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def never(key: str) -> PageState | None:
    return None


def fetch(state: FeedState, known: Callable[[str], PageState | None] = never, **changed: object) -> list[FetchOutcome]:
    clock = Clock()
    with Fetcher(replace(OPTIONS, **changed), now=clock.now, sleep=clock.sleep) as fetcher:  # type: ignore[arg-type]
        return list(fetcher.feed(state, known))


def fetch_page(state: PageState, **changed: object) -> FetchOutcome:
    clock = Clock()
    with Fetcher(replace(OPTIONS, **changed), now=clock.now, sleep=clock.sleep) as fetcher:  # type: ignore[arg-type]
        return fetcher.page(state)


def test_a_feed_brings_its_pages_with_what_it_says_of_them(site: Site) -> None:
    source = (
        "<source url='https://wire.example/rss'>North Wire</source><pubDate>Tue, 06 May 2031 09:08:07 +0200</pubDate>"
    )
    site.routes |= {
        "/feed": answer(rss(item("/a?utm_source=rss"), item("/b", source)), 'ETag: "v1"', type=RSS),
        "/a?utm_source=rss": answer(page("the quay"), 'ETag: "a1"'),
        "/b": answer(page("the mole"), type="text/html; charset=windows-1252"),
    }
    first, a, b = fetch(FeedState(url=site.base + "/feed", failures=2))
    assert first.feed is not None
    assert (first.feed.title, first.feed.etag, first.feed.failures, first.feed.checked) == (
        "Vessel Post",
        '"v1"',
        0,
        NOON,
    )
    assert first.feed.next_allowed == NOON + timedelta(seconds=300)
    assert [(p.url, p.checked, p.feed) for p in first.pages] == [
        (site.base + "/a?utm_source=rss", None, site.base + "/feed"),
        (site.base + "/b", None, site.base + "/feed"),
    ]
    (capture,) = a.captures
    assert (capture.path, capture.medium, capture.charset) == (site.base + "/a?utm_source=rss", "html", "utf-8")
    own, said = capture.stated
    assert (own.url, own.observed) == (site.base + "/a", NOON.date())
    assert (said.outlet, said.headline) == ("Vessel Post", "About /a?utm_source=rss")
    assert b"the quay" in capture.content
    (state,) = a.pages
    assert (state.etag, state.failures, state.checked, state.final_url) == (
        '"a1"',
        0,
        NOON,
        site.base + "/a?utm_source=rss",
    )
    (other,) = b.captures
    assert other.charset == "windows-1252"
    assert (other.said("source"), other.said("published")) == (
        ("North Wire", "container"),
        ("2031-05-06T07:08:07+00:00", "container"),
    )
    assert other.said("outlet") is None, "what a feed gathers from others is not its own outlet's"


def test_the_same_answers_give_the_same_outcomes(site: Site) -> None:
    site.routes |= {
        "/feed": answer(rss(item("/a"), item("/b")), type=RSS),
        "/a": answer(page("a")),
        "/b": answer(page("b")),
    }
    state = FeedState(url=site.base + "/feed")
    assert fetch(state) == fetch(state)


def test_what_is_known_is_not_asked_again_unless_its_feed_says_that_it_was_edited(site: Site) -> None:
    def entry(path: str, updated: str) -> str:
        return f'<entry><id>{site.base}{path}</id><link href="{site.base}{path}"/><updated>{updated}</updated></entry>'

    site.routes["/feed"] = answer(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>'
        + entry("/old", "2031-05-06T08:00:00Z") + entry("/edited", "2031-05-06T11:00:00Z")
        + entry("/future", "2031-05-09T11:00:00Z") + entry("/gone", "2031-05-06T11:00:00Z")
        + entry("/waits", "2031-05-06T11:00:00Z") + entry("/new", "2031-05-06T08:00:00Z") + "</feed>",
        type="application/atom+xml",
    )  # fmt: skip
    site.routes |= {"/edited": head(status="304 Not Modified"), "/new": answer(page("new"))}
    asked = NOON - timedelta(hours=2)
    known = {
        page_key(site.base + path): PageState(url=site.base + path, checked=asked, etag='"e"')
        for path in ("/old", "/edited", "/future")
    }
    known[page_key(site.base + "/gone")] = PageState(url=site.base + "/gone", checked=asked, gone=True)
    known[page_key(site.base + "/waits")] = PageState(url=site.base + "/waits")
    first, *pages = fetch(FeedState(url=site.base + "/feed"), known.get)
    assert [p.url.removeprefix(site.base) for p in first.pages] == ["/edited", "/new"]
    assert site.paths() == ["/feed", "/edited", "/new"]
    assert site.asked[2].headers["if-none-match"] == '"e"'
    assert (pages[0].captures, pages[0].pages[0].answer, pages[0].pages[0].etag) == ((), "304 not modified", '"e"')


def test_a_feed_that_did_not_change_is_answered_in_a_word(site: Site) -> None:
    def route(asked: Asked) -> bytes:
        same = (
            asked.headers.get("if-none-match") == '"v1"'
            and asked.headers.get("if-modified-since") == "Tue, 06 May 2031 09:00:00 GMT"
        )
        return (
            head(status="304 Not Modified")
            if same
            else answer(rss(), 'ETag: "v1"', "Last-Modified: Tue, 06 May 2031 09:00:00 GMT", type=RSS)
        )

    site.routes["/feed"] = route
    (first,) = fetch(FeedState(url=site.base + "/feed"))
    assert first.feed is not None
    assert first.skipped == (), "a feed may be empty"
    (second,) = fetch(first.feed)
    assert second.feed is not None
    assert (second.feed.answer, second.feed.etag, second.pages) == ("304 not modified", '"v1"', ())


def test_a_mark_that_could_harm_a_request_is_not_kept(site: Site) -> None:
    site.routes["/a"] = answer(page("a"), "ETag: " + "x" * 5000, "Last-Modified: \xe9t\xe9")
    (state,) = fetch_page(PageState(url=site.base + "/a")).pages
    assert (state.etag, state.last_modified) == (None, None)
    site.routes["/a"] = answer(page("a"))
    fetch_page(PageState(url=site.base + "/a", etag="x\r\nX-Evil: yes", last_modified="\x00"))
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(site.asked[-1].headers)


def test_a_damaged_feed_is_read_as_far_as_it_goes_and_anew_the_next_time(site: Site) -> None:
    site.routes |= {"/feed": answer(rss(item("/a"), item("/b"))[:-60], 'ETag: "v1"', type=RSS), "/a": answer(page("a"))}
    first, *_ = fetch(FeedState(url=site.base + "/feed", etag='"v0"'))
    assert first.feed is not None
    assert first.feed.etag is None
    assert site.base + "/a" in [p.url for p in first.pages]
    assert any("damaged" in lost.reason for lost in first.skipped)


def test_an_entry_with_words_and_no_page_is_a_capture_of_the_feed(site: Site) -> None:
    words = "<item><guid isPermaLink='false'>n-1</guid><title>Note</title><description>The quay reopened.</description></item>"
    site.routes["/feed"] = answer(rss(words, "<item><title>Nothing</title></item>"), type=RSS)
    (first,) = fetch(FeedState(url=site.base + "/feed"))
    (capture,) = first.captures
    assert (capture.path, capture.content) == (site.base + "/feed/n-1", b"The quay reopened.")
    assert (capture.said("outlet"), capture.stated[0].observed) == (("Vessel Post", "container"), NOON.date())
    assert [lost.path for lost in first.skipped] == [site.base + "/feed/2"]


def test_a_permanent_redirect_gives_a_feed_its_new_address_and_a_passing_one_does_not(site: Site) -> None:
    site.routes |= {
        "/old": redirect("/newer", "301 Moved Permanently"), "/newer": redirect("/feed", "308 Permanent Redirect"),
        "/passing": redirect("/old", "302 Found"), "/feed": answer(rss(), type=RSS),
    }  # fmt: skip
    (moved,) = fetch(FeedState(url=site.base + "/old"))
    assert moved.feed is not None
    assert (moved.feed.url, moved.feed.moved_to) == (site.base + "/old", site.base + "/feed")
    (passing,) = fetch(FeedState(url=site.base + "/passing"))
    assert passing.feed is not None
    assert passing.feed.moved_to is None
    site.asked.clear()
    fetch(moved.feed)
    assert site.paths() == ["/feed"]


def test_each_step_of_a_redirect_asks_the_robots_of_its_host(site: Site) -> None:
    with serving(
        {"/robots.txt": answer("User-agent: *\nDisallow: /closed\n"), "/closed/a": answer(page("a"))}
    ) as other:
        site.routes["/a"] = redirect(other.base + "/closed/a")
        outcome = fetch_page(PageState(url=site.base + "/a"))
        assert "robots.txt does not let copydesk" in outcome.skipped[0].reason
        assert [asked.path for asked in other.asked] == ["/robots.txt"]


def test_robots_are_asked_once_a_run_and_obeyed(site: Site) -> None:
    site.routes |= {
        "/robots.txt": answer("User-agent: copydesk\nDisallow: /no\n", type="text/plain"),
        "/feed": answer(rss(item("/no"), item("/yes")), type=RSS), "/yes": answer(page("yes")), "/no": answer(page("no")),
    }  # fmt: skip
    _, no, yes = fetch(FeedState(url=site.base + "/feed"))
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/feed", "/yes"]
    assert "robots.txt does not let copydesk" in no.skipped[0].reason
    assert len(yes.captures) == 1
    assert {asked.headers["user-agent"] for asked in site.asked} == {OPTIONS.user_agent}


def test_between_two_questions_to_a_host_lies_its_delay(site: Site) -> None:
    site.routes |= {
        "/robots.txt": answer("User-agent: *\nCrawl-delay: 4\n"), "/feed": answer(rss(item("/a"), item("/b")), type=RSS),
        "/a": answer(page("a")), "/b": answer(page("b")),
    }  # fmt: skip
    clock, times = Clock(), []
    with Fetcher(replace(OPTIONS, delay=1.5), now=clock.now, sleep=clock.sleep) as fetcher:
        for outcome in fetcher.feed(FeedState(url=site.base + "/feed"), never):
            times.append((clock.time - NOON).total_seconds())
            assert outcome.feed or outcome.captures
    assert times == [1.5, 5.5, 9.5]


def test_several_hosts_are_asked_at_once_and_each_by_one_question_at_a_time() -> None:
    meet = threading.Barrier(2, timeout=15)
    inside: Counter[str] = Counter()
    most: list[int] = []

    def slowly(asked: Asked) -> bytes:
        host = asked.headers["host"]
        inside[host] += 1
        most.append(inside[host])
        meet.wait()  # ends only when the other host is asked at the same time
        time.sleep(0.02)
        inside[host] -= 1
        return answer(page(asked.path))

    routes = {f"/{n}": slowly for n in range(3)}
    with serving(routes) as one, serving(routes) as other:
        bases = (one.base, other.base.replace("127.0.0.1", "localhost"))
        pages = [PageState(url=f"{base}/{n}") for base in bases for n in range(3)]
        with Fetcher(replace(OPTIONS, private_hosts="127.0.0.0/8, localhost"), now=Clock().now) as fetcher:
            outcomes = list(fetcher.feeds([], never, pages))
    assert sum(len(outcome.captures) for outcome in outcomes) == 6
    assert most == [1] * 6


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_is_busy_is_left_alone_until_the_time_it_names(site: Site, status: str) -> None:
    busy = answer("", "Retry-After: 3600", status=status)
    site.routes |= {"/feed": answer(rss(item("/a"), item("/b"), item("/c")), type=RSS), "/a": busy}
    _, a, *left = fetch(FeedState(url=site.base + "/feed"))
    hour = NOON + timedelta(seconds=3600)
    assert (a.pages[0].failures, a.pages[0].next_allowed) == (1, hour)
    assert [(o.pages[0].url[-2:], o.pages[0].next_allowed, o.pages[0].failures, o.pages[0].checked) for o in left] == [
        ("/b", hour, 0, None),
        ("/c", hour, 0, None),
    ]
    assert all("left alone" in o.pages[0].answer for o in left)
    assert site.paths() == ["/feed", "/a"]


def test_a_host_that_is_busy_for_a_moment_is_waited_for(site: Site) -> None:
    site.routes |= {
        "/feed": answer(rss(item("/a"), item("/b")), type=RSS),
        "/b": answer(page("b")),
        "/a": answer("", "Retry-After: 20", status="503 Busy"),
    }
    clock = Clock()
    with Fetcher(replace(OPTIONS, back_off=1.0), now=clock.now, sleep=clock.sleep) as fetcher:
        _, _, b = fetcher.feed(FeedState(url=site.base + "/feed"), never)
    assert (len(b.captures), sum(clock.slept)) == (1, 20.0)


def test_failures_in_a_row_are_waited_out_longer_and_longer_and_in_the_end_given_up(site: Site) -> None:
    state = PageState(url=site.base + "/a")
    waits = []
    for _ in range(5):
        outcome = fetch_page(state, back_off=100.0)
        (state,) = outcome.pages
        waits.append((state.next_allowed - NOON).total_seconds() if state.next_allowed else None)
        assert len(outcome.skipped) == 1
    assert waits == [100.0, 200.0, 400.0, 800.0, None]
    assert state.gone
    assert "not asked again" in outcome.skipped[0].reason


def test_a_success_behind_failures_counts_anew(site: Site) -> None:
    site.routes["/a"] = answer(page("a"))
    (state,) = fetch_page(PageState(url=site.base + "/a", failures=4, next_allowed=NOON)).pages
    assert (state.failures, state.next_allowed, state.gone) == (0, NOON + timedelta(seconds=OPTIONS.revisit), False)


def test_what_is_gone_is_not_asked_again(site: Site) -> None:
    site.routes["/feed"] = site.routes["/a"] = answer("", status="410 Gone")
    (feed,) = fetch(FeedState(url=site.base + "/feed"))
    assert feed.feed is not None
    assert (feed.feed.gone, fetch_page(PageState(url=site.base + "/a")).pages[0].gone) == (True, True)


def test_a_page_that_waited_is_asked_with_what_its_feed_said_then(site: Site) -> None:
    """What a run that was killed left behind: the feed's outcome was stored, its page was not asked yet."""
    source = "<source url='https://wire.example/rss'>North Wire</source>"
    site.routes |= {"/feed": answer(rss(item("/a", source)), type=RSS), "/a": answer(page("a"))}
    clock = Clock()
    with Fetcher(OPTIONS, now=clock.now, sleep=clock.sleep) as fetcher:
        outcomes = fetcher.feed(FeedState(url=site.base + "/feed"), never)
        first = next(outcomes)
        del outcomes
    site.asked.clear()
    with Fetcher(OPTIONS, now=clock.now, sleep=clock.sleep) as fetcher:
        (resumed,) = fetcher.feeds([], never, first.pages)
    assert resumed.captures[0].said("source") == ("North Wire", "container")
    assert site.paths() == ["/a"]


def test_a_page_that_two_feeds_name_is_asked_once(site: Site) -> None:
    site.routes |= {
        "/f": answer(rss(item("/a?utm_source=f")), type=RSS),
        "/g": answer(rss(item("/a")), type=RSS),
        "/a": answer(page("a")),
        "/a?utm_source=f": answer(page("a")),
    }
    clock = Clock()
    with Fetcher(OPTIONS, now=clock.now, sleep=clock.sleep) as fetcher:
        outcomes = list(fetcher.feeds([FeedState(url=site.base + "/f"), FeedState(url=site.base + "/g")], never))
    assert sum(len(outcome.captures) for outcome in outcomes) == 1


def test_one_bad_page_does_not_stop_the_others(site: Site) -> None:
    site.routes |= {
        "/feed": answer(rss(item("/broken"), item("http://10.0.0.1/a"), item("file:///etc/passwd"), item("/good")), type=RSS),
        "/broken": b"nonsense\r\n\r\n", "/good": answer(page("good")),
    }  # fmt: skip
    outcomes = fetch(FeedState(url=site.base + "/feed"))
    assert sum(len(outcome.captures) for outcome in outcomes) == 1
    assert sorted(lost.stage for outcome in outcomes for lost in outcome.skipped) == ["fetching"] * 3


def test_a_run_ends_with_its_time_and_leaves_the_rest_for_the_next(site: Site) -> None:
    site.routes |= {"/feed": answer(rss(*(item(f"/{n}") for n in range(9))), type=RSS)} | {
        f"/{n}": answer(page("x")) for n in range(9)
    }
    outcomes = fetch(FeedState(url=site.base + "/feed"), delay=10.0, run_seconds=45.0)
    left = [p for outcome in outcomes[1:] for p in outcome.pages if "the time of this one was up" in p.answer]
    assert sum(len(outcome.captures) for outcome in outcomes) + len(left) == 9
    assert left
    assert all(p.checked is None and p.failures == 0 and p.next_allowed is None for p in left)


def test_whoever_stops_listening_ends_the_run_at_once(site: Site) -> None:
    site.routes |= {"/feed": answer(rss(item("/a")), type=RSS), "/slow": lambda asked: silence()}
    slow = PageState(url=site.base.replace("127.0.0.1", "localhost") + "/slow")
    fetcher = Fetcher(replace(OPTIONS, private_hosts="127.0.0.0/8", read_seconds=60.0, total_seconds=60.0))
    outcomes = fetcher.feeds([FeedState(url=site.base + "/feed")], never, [slow])
    assert next(outcomes).feed is not None
    outcomes.close()  # type: ignore[attr-defined]  # would take a minute if the open connection were not cut off
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fetching")]


def test_no_cookie_is_kept_and_no_password_sent(site: Site) -> None:
    site.routes |= {
        "/a": redirect("/b").replace(b"Location", b"Set-Cookie: spy=1\r\nLocation"),
        "/b": answer(page("b")),
    }
    assert fetch_page(PageState(url=site.base + "/a")).captures
    assert not {"cookie", "authorization", "referer"} & {name for asked in site.asked for name in asked.headers}


def test_the_net_can_be_stood_in_for() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        return httpx.Response(
            200, headers={"Content-Type": "text/plain; charset=utf-8"}, stream=httpx.ByteStream(b"The quay reopened.")
        )

    clock = Clock()
    with Fetcher(FetchingOptions(), now=clock.now, sleep=clock.sleep, transport=httpx.MockTransport(handle)) as fetcher:
        (capture,) = fetcher.page(PageState(url="https://port.example/a.txt")).captures
    assert (capture.medium, capture.content) == ("text", b"The quay reopened.")


def test_a_clock_that_stands_still_stops_nobody(site: Site) -> None:
    site.routes["/a"] = answer(page("a"))
    with Fetcher(replace(OPTIONS, delay=0.05), now=lambda: NOON) as fetcher:
        (state,) = fetcher.page(PageState(url=site.base + "/a")).pages
    assert state.answer.startswith("200")


def test_a_page_in_a_feeds_place_names_the_feeds_that_it_has(site: Site) -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2"><link rel=stylesheet href=/x.css>'
    )
    site.routes["/"] = answer(page("a").replace("<head>", "<head>" + links))
    (outcome,) = fetch(FeedState(url=site.base + "/"))
    assert f"a page, not a feed; it names {site.base}/feed?a=1&b=2" in outcome.skipped[0].reason
    assert "x.css" not in outcome.skipped[0].reason


def test_a_feed_whose_new_address_keeps_failing_is_asked_at_its_old_one(site: Site) -> None:
    site.routes["/feed"] = answer(rss(), type=RSS)
    state = FeedState(url=site.base + "/feed", moved_to=site.base + "/nowhere", failures=5)
    (outcome,) = fetch(state)
    assert outcome.feed is not None
    assert outcome.feed.failures == 0
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_agent": "desk\r\nX: y"},
        {"user_agent": ""},
        {"hosts_at_once": 0},
        {"private_hosts": "10.0.0.0/99"},
        {"page_bytes": 0},
    ],
)
def test_options_by_which_nobody_can_be_asked_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(OptionsError, match=next(iter(wrong))):
        Fetcher(replace(OPTIONS, **wrong))  # type: ignore[arg-type]


BYTES = st.binary(max_size=200) | st.sampled_from([
    b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n", b"Content-Type: text/xml\r\n", b"Content-Encoding: gzip\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Location: //\r\n", b"\r\n", b"5\r\n<rss>\r\n", b"0\r\n\r\n", b"<html><p>", b"<item>",
])  # fmt: skip


@given(st.lists(BYTES, max_size=12), st.booleans(), st.booleans())
@settings(max_examples=settings().max_examples // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_server_sends_becomes_one_outcome(
    site: Site, pieces: list[bytes], well_begun: bool, robots: bool
) -> None:
    sent = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" if well_begun else b"") + b"".join(pieces)
    site.routes |= {"/x": sent} | ({"/robots.txt": sent} if robots else {})
    with Fetcher(OPTIONS, now=Clock().now) as fetcher:
        outcome = fetcher.page(PageState(url=site.base + "/x"))
        (first, *_) = fetcher.feed(FeedState(url=site.base + "/x"), never)
    assert len(outcome.captures) + len(outcome.skipped) == 1
    assert first.feed is not None
    site.routes.clear()
