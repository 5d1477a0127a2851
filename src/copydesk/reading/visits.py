"""One visit to a feed or page: where it stands, and what an answer makes of its state. No clock and no net in here."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http.client import responses

from copydesk.model.captures import Capture, Medium, Skipped, Stated
from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading.addresses import Refusal, checked_address, host_of, page_key, same_site, untracked
from copydesk.reading.asking import HTML_TYPES, MOVED_FOR_GOOD, Answer, Question
from copydesk.reading.drafts import Broken, Draft, Identities, skipped
from copydesk.reading.feeds import Feed, Item, first_items, parse_feed
from copydesk.reading.options import FetchingOptions
from copydesk.reading.pacing import after_failure, next_asking
from copydesk.reading.sniffing import sniff
from copydesk.text.decoding import decode

STAGE = "fetching"
GONE = 410
UNLAWFUL = 451
SNIFFED = 1 << 16
LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
FEED_LINK = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
HREF = re.compile(r"""\bhref\s{0,4}=\s{0,4}["']?([^"'\s<>]{1,500})""", re.IGNORECASE)
LINKS_MAX = 200
NAMED_MAX = 2
TAGS_MAX = 200_000  # of one feed: its parser takes a second for some ten thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A feed or page on its way: `url` is asked next, `seen` was asked before it redirected.

    `for_good` tells that every redirect so far was a permanent one.
    """

    state: FeedState | PageState
    url: str
    seen: tuple[str, ...] = ()
    for_good: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an answer came to: an outcome for the desk, and the pages that are to be visited because of it."""

    outcome: FetchOutcome
    pages: tuple[PageState, ...] = ()


def begin(state: FeedState | PageState, options: FetchingOptions) -> Visit:
    """The visit that a state asks for: where a feed moved to, until that fails too often. Raises Refusal for a bad address."""
    moved = state.moved_to if isinstance(state, FeedState) and state.failures < options.failures else None
    return Visit(state=state, url=checked_address(moved or state.url))


def question(visit: Visit) -> Question:
    """What to ask at the visit's next address; the marks of the last answer go where that answer came from."""
    state = visit.state
    if isinstance(state, FeedState):
        return Question(url=visit.url, kind="feed", etag=state.etag, last_modified=state.last_modified)
    if visit.url != checked_address(state.final_url or state.url):
        return Question(url=visit.url, kind="page")
    return Question(url=visit.url, kind="page", etag=state.etag, last_modified=state.last_modified)


def follow(visit: Visit, answer: Answer, options: FetchingOptions) -> Visit:
    """The visit behind a redirect. Raises Refusal for one that leads nowhere, in a circle, or too far."""
    if answer.location is None:
        raise Refusal(f"answered {answer.status} without an address to go on to")
    seen = (*visit.seen, visit.url)
    try:
        url = checked_address(answer.location, visit.url)
    except Refusal as refusal:
        raise Refusal(f"redirects to {refusal.reason}") from None
    if url in seen:
        raise Refusal("redirects in a circle")
    if len(seen) > options.redirects:
        raise Refusal(f"more than {options.redirects} redirects")
    return replace(visit, url=url, seen=seen, for_good=visit.for_good and answer.status in MOVED_FOR_GOOD)


def refuse(visit: Visit, refusal: Refusal, answer: Answer | None, moment: tuple[datetime, FetchingOptions]) -> FetchOutcome:
    """What is left of a visit that brought nothing: the reason, and when it is tried again, if ever.

    A lasting refusal behind a redirect is tried again all the same: where an address leads can be mended.
    """
    now, options = moment
    state, failures = visit.state, visit.state.failures + 1
    status = answer.status if answer is not None else 0
    again = after_failure(now, failures, answer.retry_after if answer is not None else None, options)
    gone = status == GONE
    if isinstance(state, PageState):
        gone = gone or (refusal.lasting and not visit.seen) or status == UNLAWFUL or failures >= options.failures
    reason = refusal.reason + ("; not asked again" if gone else f"; asked again from {again:%Y-%m-%d %H:%M} UTC")
    lost = (Skipped(path=state.url, stage=STAGE, reason=reason),)
    after = replace(
        state, checked=now, failures=failures, gone=gone, next_allowed=None if gone else again, answer=refusal.reason
    )
    if isinstance(after, FeedState):
        return FetchOutcome(skipped=lost, feed=after)
    return FetchOutcome(skipped=lost, pages=(after,))


def put_off(visit: Visit, until: datetime | None, why: str) -> FetchOutcome:
    """A visit that is left for a later run; nothing was asked and nothing is counted against it."""
    after = replace(visit.state, next_allowed=until or visit.state.next_allowed, answer=why)
    return FetchOutcome(feed=after) if isinstance(after, FeedState) else FetchOutcome(pages=(after,))


def refusal_of(answer: Answer) -> Refusal:
    """What an answer says that is neither content, a redirect nor "not modified"."""
    return Refusal(f"answered {answer.status} {responses.get(answer.status, '')}".strip())


def take_page(visit: Visit, answer: Answer, now: datetime) -> FetchOutcome:
    """The capture of a page, with what its feed said behind what the asking tells. Raises Refusal when it is none."""
    state = visit.state
    assert isinstance(state, PageState)
    after = replace(state, checked=now, next_allowed=None, failures=0, gone=False)
    if answer.status == 304:
        _expected(state)
        return FetchOutcome(pages=(replace(after, answer="304 not modified"),))
    if answer.status != 200:
        raise refusal_of(answer)
    own = Stated(by="container", url=untracked(answer.url), observed=now.date())
    draft = Draft(inside="", content=answer.content, medium=_medium(answer), charset=answer.charset)
    capture = Identities().capture(draft, name=page_key(state.url), shown=answer.url)
    stated = (own,) if state.stated is None else (own, state.stated)
    after = replace(
        after, final_url=answer.url, etag=answer.etag, last_modified=answer.last_modified,
        answer=f"{answer.status}, {len(answer.content):,} bytes",
    )  # fmt: skip
    return FetchOutcome(captures=(replace(capture, stated=stated),), pages=(after,))


def take_feed(
    visit: Visit, answer: Answer, known: Callable[[str], PageState | None], moment: tuple[datetime, FetchingOptions]
) -> Found:
    """A feed's new state, its pages that are to be asked, and captures of items that have words but no page.

    Raises Refusal when it is no feed.
    """
    state, (now, options) = visit.state, moment
    assert isinstance(state, FeedState)
    moved = answer.url if visit.seen and visit.for_good else state.moved_to
    after = replace(state, checked=now, failures=0, gone=False, moved_to=moved)
    if answer.status == 304:
        _expected(state)
        due = next_asking(now, (answer.max_age,), options)
        return Found(outcome=FetchOutcome(feed=replace(after, next_allowed=due, answer="304 not modified")))
    if answer.status != 200:
        raise refusal_of(answer)
    form = sniff(answer.content[:SNIFFED], "feed.xml", named=True)
    if form != "feed":
        raise Refusal(_no_feed(answer) if form == "html" else f"no feed: {form}")
    content, cut = first_items(answer.content, options.entries)
    if content.count(b"<") > TAGS_MAX:
        raise Refusal(f"a feed of more than {TAGS_MAX:,} tags")
    feed = parse_feed(content, options.page_bytes)
    if feed.broken and not feed.items:
        raise Refusal(feed.trouble or "a feed that cannot be read")
    trouble = [feed.trouble] if feed.broken and feed.trouble is not None else []
    if cut:
        trouble.append(f"a feed of more than {options.entries:,} entries; the first {options.entries:,} were taken")
    sorted_out = _Items(feed, state, answer.url, now)
    sorted_out.sort(known)
    marks = (answer.etag, answer.last_modified) if not feed.broken else (None, None)  # a damaged one is read anew
    after = replace(
        after, title=feed.title or state.title, site=feed.site or state.site, etag=marks[0], last_modified=marks[1],
        next_allowed=next_asking(now, (answer.max_age, feed.period), options),
        answer=f"{len(feed.items):,} entries, {len(sorted_out.pages):,} pages to ask",
    )  # fmt: skip
    lost = (*(Skipped(path=state.url, stage=STAGE, reason=reason) for reason in trouble), *sorted_out.skipped)
    pages = tuple(sorted_out.pages)
    outcome = FetchOutcome(captures=tuple(sorted_out.captures), skipped=lost, feed=after, pages=pages)
    return Found(outcome=outcome, pages=pages)


class _Items:
    """The items of one feed, each sorted into pages, captures or what was skipped."""

    def __init__(self, feed: Feed, state: FeedState, found_at: str, now: datetime) -> None:
        self._feed, self._state, self._found_at, self._now = feed, state, found_at, now
        self._identities = Identities()
        self._keys: set[str] = set()
        self.pages: list[PageState] = []
        self.captures: list[Capture] = []
        self.skipped: list[Skipped] = []

    def sort(self, known: Callable[[str], PageState | None]) -> None:
        for item in self._feed.items:
            if item.link is None:
                self._keep_words(item)
                continue
            try:
                url = checked_address(item.link, self._found_at)
            except Refusal as refusal:
                path = f"{self._state.url}/{item.words.inside}"
                self.skipped.append(Skipped(path=path, stage=STAGE, reason=f"{item.link[:200]!r}: {refusal.reason}"))
                continue
            key = page_key(url)
            if key not in self._keys:
                self._keys.add(key)
                self._ask(url, item, known(key))

    def _ask(self, url: str, item: Item, before: PageState | None) -> None:
        """Puts a page on the list that is new, or that its feed says was edited since it was asked."""
        stated = self._stated(item, url)
        if before is None:
            self.pages.append(PageState(url=url, feed=self._state.url, stated=stated, answer="waiting"))
        elif before.checked is not None and not before.gone and not before.failures and _between(stated.modified, before.checked, self._now):
            self.pages.append(replace(before, stated=stated, answer="waiting: its feed says that it was edited"))

    def _keep_words(self, item: Item) -> None:
        if isinstance(item.words, Broken):
            lost = skipped(item.words, self._state.url)
            self.skipped.append(replace(lost, stage=STAGE, reason=f"{lost.reason}, and without a link"))
            return
        draft = replace(item.words, stated=replace(item.stated, observed=self._now.date()))
        self.captures.append(self._identities.capture(draft, name=self._state.url, shown=self._state.url))

    def _stated(self, item: Item, url: str) -> Stated:
        """What the feed says of a page; its title names the outlet of its own site's pages only, not of those it gathers."""
        host, feed = host_of(url), self._feed
        own = any(same_site(host, host_of(place)) for place in (self._found_at, feed.site or ""))
        outlet = item.stated.outlet if own and item.stated.source is None else None
        return replace(item.stated, url=untracked(url), outlet=outlet, observed=self._now.date())


def _expected(state: FeedState | PageState) -> None:
    if state.etag is None and state.last_modified is None:
        raise Refusal("answered 304 Not Modified, though nothing was known before")


def _no_feed(answer: Answer) -> str:
    """That a page is no feed, and the feeds that it names itself."""
    named: list[str] = []
    for tag in LINK.findall(decode(answer.content[:SNIFFED], answer.charset))[:LINKS_MAX]:
        place = HREF.search(tag)
        if FEED_LINK.search(tag) and place is not None and len(named) < NAMED_MAX:
            try:
                named.append(checked_address(html.unescape(place.group(1)), answer.url))
            except Refusal:
                continue
    return "a page, not a feed" + (f"; it names {' and '.join(named)}" if named else "")


def _medium(answer: Answer) -> Medium:
    """How a page is to be read: what the server says where that fits, else what its bytes look like."""
    if answer.type == "text/plain":
        return "text"
    form = sniff(answer.content[:SNIFFED], "page.html", named=True)
    if form == "feed":
        raise Refusal("a feed, not a page: add it to the feeds", lasting=True)
    if answer.type in HTML_TYPES or form == "html":
        return "html"
    if form == "text":
        return "text"
    raise Refusal(f"no page: {form}", lasting=True)


def _between(modified: str | None, asked: datetime, now: datetime) -> bool:
    """Whether an item was edited behind the last asking, and not in the future; a day alone counts when it is a later one."""
    try:
        moment = datetime.fromisoformat(modified or "")
    except ValueError:
        return False
    if moment.tzinfo is not None:
        return asked < moment <= now
    return asked.date() < moment.date() <= now.date()
