"""What a feed's answer comes to: its new state, its pages that are to be asked, and what it holds itself."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from copydesk.model.captures import Capture, Skipped, Stated
from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading.addresses import Refusal, checked_address, host_of, page_key, same_site, untracked
from copydesk.reading.asking import Answer
from copydesk.reading.drafts import Broken, Identities, skipped
from copydesk.reading.feeds import Feed, Item, first_items, parse_feed
from copydesk.reading.options import FetchingOptions
from copydesk.reading.pacing import next_asking
from copydesk.reading.sniffing import sniff
from copydesk.reading.visits import SNIFFED, STAGE, Visit, check_known, refusal_of
from copydesk.text.decoding import decode

TAGS_MAX = 200_000  # of one feed: its parser takes a second for some ten thousand
LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
FEED_LINK = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
HREF = re.compile(r"""\bhref\s{0,4}=\s{0,4}["']?([^"'\s<>]{1,500})""", re.IGNORECASE)
LINKS_MAX = 200
NAMED_MAX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an answer came to: an outcome for the desk, and the pages that are to be visited because of it."""

    outcome: FetchOutcome
    pages: tuple[PageState, ...] = ()


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
        check_known(state)
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
    feed = parse_feed(content, options.page_bytes, answer.charset)
    if feed.broken and not feed.items:
        raise Refusal(feed.trouble or "a feed that cannot be read")
    if len(feed.items) > options.entries:  # written so that the cut above did not see them
        feed, cut = replace(feed, items=feed.items[: options.entries]), True
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
        elif (
            before.checked is not None
            and not before.gone
            and not before.failures
            and _between(stated.modified, before.checked, self._now)
        ):
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


def _between(modified: str | None, asked: datetime, now: datetime) -> bool:
    """Whether an item was edited behind the last asking, and not in the future; a day alone counts when it is a later one."""
    try:
        moment = datetime.fromisoformat(modified or "")
    except ValueError:
        return False
    if moment.tzinfo is not None:
        return asked < moment <= now
    return asked.date() < moment.date() <= now.date()
