"""Article, Markup, its publication time → the days on which its main event can have happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, TimeMention
from copydesk.model.spans import Span
from copydesk.model.times import When
from copydesk.resolving.clock_cues import first_shown, hour_of, is_beside, is_day_before, is_posted, is_sport, other_day
from copydesk.resolving.clock_evidence import bare_term
from copydesk.text.calendar import ground
from copydesk.text.calendar_grounded import split_term

# Weights of a time by where it stands and how far from publication it lies. Set on dossiers and fivew (evals dating).
SENTENCES = (1.0, 1.0, 0.7, 0.5, 0.4, 0.3, 0.25, 0.2)  # headline and first sentences; later ones the last weight
LATER = 0.08
LAGS = ((0, 1.0), (1, 1.0), (3, 0.8), (7, 0.5), (31, 0.15), (100_000, 0.02))  # days behind publication, at most
AHEAD = ((1, 0.5), (7, 0.3), (31, 0.1), (100_000, 0.02))  # days ahead of it
FINENESS = {"time": 1.0, "day": 1.0, "week": 0.2, "range": 0.2, "month": 0.1}
NO_TIME = ((0, 0.30), (1, 0.20), (2, 0.05))  # what the day of publication itself says
PLAYED = 18.0  # hours; sport is played from noon on and written up that evening or the day after
UNKNOWN_HOUR = 0.75  # of a day of sport that has passed when its reports come out at an hour that nobody states
MORNING = (
    8.0  # hours; before it less can have happened on the day itself, and more of what is reported is of the day before
)
NIGHT = 0.45  # of a time in the small hours that goes to the evening before
BESIDE = 0.3  # a time that something came before or after
POSTED = 0.3  # a quoted post's own stamp, which is that of an answer to the event
_OPEN = re.compile(r"(?:before|after|until|since)\(")
SAID = 0.5  # a time that tells when somebody spoke, which is often after the event
SAYING = frozenset({"say", "tell", "add", "report", "write", "tweet"})
MENTIONS_MAX = 30  # times of one article that vote, the first ones
DAYS_MAX = 62  # publication days tried for an article that is not known to the day


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A day with its weight and the words that name it, None where publication itself does."""

    day: date
    weight: float
    span: Span | None


def votes_of(article: Article, markup: Markup, published: When) -> list[Vote]:
    """The days that an article votes for; none when its publication and all its times are unknown."""
    days = _publication_days(published)
    if not days:
        return []
    hour, shown = hour_of(published), first_shown(article, published)
    votes = [
        Vote(day=(shown or day) - timedelta(days=lag), weight=weight / len(days), span=None)
        for day in days
        for lag, weight in _untimed(hour if shown is None else None, sport=is_sport(article))
    ]
    for place, mention in islice(_weighted(markup), MENTIONS_MAX):
        if _names_no_day(mention.expression):
            continue
        weight = place * _doubt(article.text, markup, mention)
        span = Span(article=article.id, start=mention.start, end=mention.end)
        back = timedelta(days=int(is_day_before(mention, hour)))
        other = other_day(article.text, mention)
        meant: dict[date, float] = {}
        for day in days:
            for there, share in _meant(mention.expression, day, shown or day):
                for away, part in ((0, 1 - NIGHT), (other, NIGHT)) if other else ((0, 1.0),):
                    on = there - back + timedelta(days=away)
                    meant[on] = meant.get(on, 0.0) + part * share * weight / len(days)
        votes += [Vote(day=day, weight=w, span=span) for day, w in meant.items()]
    return votes


def _doubt(text: str, markup: Markup, mention: TimeMention) -> float:
    """What is left of a time's weight where it may date something else than the event."""
    return (
        (SAID if is_when_said(markup, mention) else 1.0)
        * (POSTED if is_posted(text, mention) else 1.0)
        * (BESIDE if is_beside(text, mention) else 1.0)
    )


def _untimed(hour: float | None, *, sport: bool) -> Iterator[tuple[int, float]]:
    """What the day of publication itself says; early on a day less for it and more for the day before."""
    unknown = UNKNOWN_HOUR if sport else 1.0
    elapsed = unknown if hour is None else min(1.0, hour / (PLAYED if sport else MORNING))
    today = NO_TIME[0][1]
    for lag, weight in NO_TIME:
        yield lag, today * elapsed if lag == 0 else weight + today * (1 - elapsed) if lag == 1 else weight


def _names_no_day(expression: str) -> bool:
    return _OPEN.match(expression) is not None or split_term(bare_term(expression))[0] in ("ref", "last", "next")


def _publication_days(published: When) -> list[date]:
    first, last = published.earliest, published.latest
    if first is None or last is None:
        return []
    count = (last - first).days + 1
    step = max(1, count // DAYS_MAX)
    return [first + timedelta(days=k) for k in range(0, count, step)]


def _weighted(markup: Markup) -> Iterator[tuple[float, TimeMention]]:
    """The times of an article with what their place in it weighs."""
    place = 0
    body = 0
    for mention in markup.times:
        while place + 1 < len(markup.sentences) and markup.sentences[place].end <= mention.start:
            body += not markup.sentences[place].is_headline
            place += 1
        weight = SENTENCES[body] if body < len(SENTENCES) else LATER
        if mention.type in ("DATE", "TIME"):
            yield weight, mention


def is_when_said(markup: Markup, mention: TimeMention) -> bool:
    """Whether the time hangs on a verb of saying."""
    tokens = markup.tokens
    if not len(tokens):
        return False
    first, last = bisect_left(tokens.start, mention.start), bisect_left(tokens.start, mention.end)
    at = min(first, len(tokens) - 1)
    for _ in range(6):
        if not first <= at < last and tokens.pos[at] in ("VERB", "AUX"):
            return tokens.lemma[at] in SAYING
        at = tokens.head[at]
    return False


def _meant(expression: str, published: date, shown: date) -> Iterator[tuple[date, float]]:
    """The days that an expression can mean for one publication day, each with its weight as of the day first shown."""
    known = ground(expression, published)
    fine = FINENESS.get(known.precision, 0.0)
    if known.bounds is None or not fine:
        return
    first, last = known.bounds
    lag = (shown - last).days if last <= shown else min(0, (shown - first).days)
    near = next((w for limit, w in (LAGS if lag >= 0 else AHEAD) if abs(lag) <= limit), 0.0)
    count = (last - first).days + 1
    if count > 31:
        return
    for k in range(count):
        yield first + timedelta(days=k), near * fine / count
