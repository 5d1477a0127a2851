"""One visit to a feed or page: where it stands, and what an answer makes of its state. No clock and no net in here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from http.client import responses

from copydesk.model.captures import Medium, Skipped, Stated
from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading.addresses import Refusal, checked_address, page_key, untracked
from copydesk.reading.asking import HTML_TYPES, MOVED_FOR_GOOD, Answer, Question
from copydesk.reading.drafts import Draft, Identities
from copydesk.reading.options import FetchingOptions
from copydesk.reading.pacing import after_failure, next_look
from copydesk.reading.sniffing import sniff

STAGE = "fetching"
GONE = 410
UNLAWFUL = 451
SNIFFED = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A feed or page on its way: `url` is asked next, `seen` was asked before it redirected.

    `for_good` tells that every redirect so far was a permanent one.
    """

    state: FeedState | PageState
    url: str
    seen: tuple[str, ...] = ()
    for_good: bool = True


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


def refuse(
    visit: Visit, refusal: Refusal, answer: Answer | None, moment: tuple[datetime, FetchingOptions]
) -> FetchOutcome:
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


def take_page(visit: Visit, answer: Answer, moment: tuple[datetime, FetchingOptions]) -> FetchOutcome:
    """The capture of a page, with what its feed said behind what the asking tells. Raises Refusal when it is none."""
    state, (now, options) = visit.state, moment
    assert isinstance(state, PageState)
    again = next_look(now, state.checked, options)
    after = replace(state, checked=now, next_allowed=again, failures=0, gone=False)
    if answer.status == 304:
        check_known(state)
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


def check_known(state: FeedState | PageState) -> None:
    """Raises Refusal when "not modified" is said to one who knows nothing yet."""
    if state.etag is None and state.last_modified is None:
        raise Refusal("answered 304 Not Modified, though nothing was known before")


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
