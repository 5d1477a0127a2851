"""What stands around a time and a publication, and moves the event's day: the hour, the address, small hours, posts."""

from __future__ import annotations

import re
from datetime import date

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, TimeMention
from copydesk.model.times import When
from copydesk.text.calendar import ground

# An address that was made long before the stated day is of another thing than this text, say a page that is kept up.
ADDRESS_DAYS = 7
ZONES = 12.0  # hours by which a place's clock may be ahead of the one that stamped the article
_IN_PATH = re.compile(
    r"^[a-z]+://[^/]{1,200}/(?:[^?#]{0,200}?[/-])?((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/_-]|$)", re.IGNORECASE
)
_SPORT = re.compile(r"^[a-z]+://(?:sports?\.|[^?#]{1,200}?/sports?(?:/|$))", re.IGNORECASE)
_CLOCK = re.compile(r"T(\d\d):?(\d\d)")
_TODAY_AT = re.compile(r"clock\((\d\d):(\d\d),rel\(0,day\)\)$")
_SMALL_HOURS = re.compile(r"\b(?:early|small|wee) hours\s+(?:of\s+|on\s+)?(?:the\s+)?$", re.IGNORECASE)
_AFTER_MIDNIGHT = re.compile(r"clock\(0[0-4]:")
_BESIDE = re.compile(r"\b(?:before|after|since|until|ahead of|following)\s+(?:the\s+)?$", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:today|tonight|this|later|coming)\b", re.IGNORECASE)
_POSTED = re.compile(
    r"\(@\w{2,40}\)\s*(?:on\s+|[-–—]\s*)?$"
)  # a quoted post's account, with the day of the post behind it


def hour_of(published: When) -> float | None:
    """The hour of a publication that is known to the hour."""
    found = _CLOCK.search(published.value or "")
    return int(found[1]) + int(found[2]) / 60 if found and published.day else None


def first_shown(article: Article, published: When) -> date | None:
    """The day in the article's address, where it is at most a week before the one stated: that was a change of the text."""
    found = _IN_PATH.match(article.url or "")
    if found is None or published.day is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if 0 < (published.day - day).days <= ADDRESS_DAYS else None


def is_sport(article: Article) -> bool:
    """Whether the address says that the article stands among the sports."""
    return _SPORT.match(article.url or "") is not None


def is_day_before(mention: TimeMention, hour: float | None) -> bool:
    """Whether a clock time that names no day is still to come when the article is out, by more than zones make: then it
    is of the day before."""
    found = _TODAY_AT.match(mention.expression)
    if found is None or hour is None or _NAMED.search(mention.text):
        return False
    return int(found[1]) + int(found[2]) / 60 > hour + ZONES


def other_day(text: str, mention: TimeMention) -> int:
    """The days from the one named to the other that may be meant: -1 in the small hours, which are the night of one day
    or of the other as people count, 1 at midnight, else 0."""
    if mention.expression.startswith("clock(24:00,"):
        return 1
    if _AFTER_MIDNIGHT.match(mention.expression) or _SMALL_HOURS.search(
        text, max(0, mention.start - 24), mention.start
    ):
        return -1
    return 0


def is_beside(text: str, mention: TimeMention) -> bool:
    """Whether a time is only what something came before or after."""
    return _BESIDE.search(text, max(0, mention.start - 16), mention.start) is not None


def is_posted(text: str, mention: TimeMention) -> bool:
    """Whether a date is the stamp of a post that the text quotes."""
    return _POSTED.search(text, max(0, mention.start - 52), mention.start) is not None


def last_post(article: Article, markup: Markup) -> tuple[date, TimeMention] | None:
    """The newest stamped day of the posts that a text quotes, which it cannot be older than."""
    newest: tuple[date, TimeMention] | None = None
    for mention in markup.times:
        if mention.expression.startswith("date(") and is_posted(article.text, mention):
            known = ground(mention.expression, None)
            day = known.interval.latest if known.precision == "day" else None
            if day is not None and (newest is None or day > newest[0]):
                newest = day, mention
    return newest
