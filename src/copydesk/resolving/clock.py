"""Pile, Story → when each article was published and when the story happened: the story's own clock.

    published = set_clock(pile, story)            # article id → When, the article's own where that was known
    when = date_story(pile, story, published)     # the time of the story's main event

`pile` holds the story's articles alone (`pile.of(story)`), traced where possible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Story
from copydesk.model.times import Interval, When
from copydesk.resolving.clock_cues import last_post
from copydesk.resolving.clock_events import Vote, votes_of
from copydesk.resolving.clock_evidence import Evidence, Grid, Likelihood, copyright_year, density, gather, whole_date

METHOD = "story clock"
MASS = 0.8  # share of the probability that an interval holds
# A month is as wide as an answer may be that is still of use: the likeliest month is given where it holds this share.
MONTH_DAYS, MONTH_MASS = 31, 0.35
# An article without others has only its own dates, and they say less than they seem to: with these the true day lies in
# four of five intervals of single articles of scale/ (python training/clock.py prints it).
ALONE_MASS, ALONE_MONTH_MASS = 0.9, 0.5
BEFORE_YEARS, AFTER_YEARS = 12, 40  # the grid around the dates that a story names: what names 1980 alone may be of 2015
RIVAL = 0.7  # of the winner's votes: where the evidence does not decide between two days, both are the answer
CLEAR = 0.3  # log: evidence that speaks for or against an answer by less says nothing about it
SIBLING_DAYS = timedelta(days=1)
SPANS_MAX = 6
DOUBTED = "day left out, older than a post it quotes"
SIBLINGS_WEIGHT = 1.5  # how much more the known dates of a story's other articles weigh than one article's would


@dataclass(frozen=True, slots=True, kw_only=True)
class _Witness:
    """An article whose day is unknown, with what it says about it."""

    article: Article
    evidence: list[Evidence]


def set_clock(pile: Pile, story: Story) -> dict[str, When]:
    """When each article of the story was published, by article id.

    A known day stays as it is, unless the article quotes a post that is younger. Every other is an interval from all that the story's articles say, with the words it
    rests on; it is unknown where no article names a year.
    """
    pile = _credible(pile)
    clock = {a.id: a.published for a in pile.articles}
    known = sorted(a.published.day for a in pile.articles if a.published.day is not None)
    grid = _grid(pile, known)
    if len(known) == len(pile.articles) or grid is None:
        return clock
    witnesses = [
        _Witness(article=a, evidence=gather(a, m, grid))
        for a, m in zip(pile.articles, pile.markups, strict=True)
        if a.published.day is None
    ]
    shared = _told_by_siblings(known, grid)
    fresh = _first_said(witnesses)
    pooled = _total([e for items in fresh for e in items], grid)
    known_logs: dict[tuple[str, ...], Likelihood] = {}
    for witness, first_said in zip(witnesses, fresh, strict=True):
        key = (*(e.key for e in witness.evidence), "|", *(e.key for e in first_said))
        if key not in known_logs:
            rest = _blur(pooled - _total(first_said, grid), grid) if len(witnesses) > 1 else np.zeros(grid.days)
            known_logs[key] = _total(witness.evidence, grid) + rest + shared
        clock[witness.article.id] = _answer(witness, known_logs[key], grid, alone=len(pile.articles) == 1)
    if len(pile.articles) == 1:
        return clock
    return _agree(clock, witnesses, _window(pooled + shared, grid))


def _credible(pile: Pile) -> Pile:
    """The pile with what is stated of publication left out where a post that the article quotes is younger."""
    articles = []
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        post = (
            last_post(article, markup)
            if article.published.day is not None and article.published.method != "user"
            else None
        )
        if post is not None and article.published.day is not None and post[0] > article.published.day + SIBLING_DAYS:
            words = Span(article=article.id, start=post[1].start, end=post[1].end)
            since = When(
                value=None, earliest=post[0], latest=None, precision="range",
                method=f"{article.published.method} {DOUBTED}", evidence=(words,),
            )  # fmt: skip
            article = replace(article, published=since)
        articles.append(article)
    return replace(pile, articles=tuple(articles))


def _grid(pile: Pile, known: list[date]) -> Grid | None:
    """The days that come into question; None when nothing in the story names a year."""
    named = [
        found[1] for m in pile.markups for t in m.times if (found := whole_date(t)) and 1900 <= found[1].year <= 2100
    ]
    named += known + [a.observed for a in pile.articles if a.observed is not None]
    bounds = [d for a in pile.articles for d in (a.published.earliest, a.published.latest) if d is not None]
    copyright_years = [e for a in pile.articles for e in _copyright_days(a)]
    every = [*named, *bounds, *copyright_years]
    if not every:
        return None
    first = date(max(min(every).year, max(every).year - 60, 1900) - BEFORE_YEARS, 1, 1)
    last = date(min(max(every).year + AFTER_YEARS, 2200), 12, 31)
    return Grid(first=first, days=(last - first).days + 1)


def _copyright_days(article: Article) -> list[date]:
    found = copyright_year(article.source_text)
    return [date(found[0], 1, 1)] if found else []


def _told_by_siblings(known: list[date], grid: Grid) -> Likelihood:
    """What the known days of the story's other articles say; nothing when there are none."""
    if not known:
        return np.zeros(grid.days)
    days = grid.ordinals
    share = np.mean([density("siblings", np.abs(days - d.toordinal())) for d in known[:200]], axis=0)
    return np.asarray(SIBLINGS_WEIGHT * np.log(share))


def _total(evidence: list[Evidence], grid: Grid) -> Likelihood:
    total = np.zeros(grid.days)
    for item in evidence:
        total += item.log
    return total


def _first_said(witnesses: list[_Witness]) -> list[list[Evidence]]:
    """For each article what it is the first to say: the same thing said in several articles counts once."""
    said: set[str] = set()
    fresh = []
    for witness in witnesses:
        fresh.append([e for e in witness.evidence if e.key not in said])
        said.update(e.key for e in witness.evidence)
    return fresh


def _blur(log: Likelihood, grid: Grid) -> Likelihood:
    """A likelihood of the story's day as one of an article's day: siblings lie within days of each other."""
    reach = np.arange(-60, 61)
    kernel = density("siblings", np.abs(reach))
    top = log.max()
    spread = np.convolve(np.exp(log - top), kernel / kernel.sum(), mode="same")
    return np.asarray(np.log(spread + 1e-13) + top)


def _window(log: Likelihood, grid: Grid) -> Interval:
    """The likeliest stretch of days of all that was said together."""
    share = np.exp(log - log.max())
    first, last = shortest(share / share.sum())
    return Interval(earliest=grid.day(first), latest=grid.day(last))


def _agree(clock: dict[str, When], witnesses: list[_Witness], common: Interval) -> dict[str, When]:
    """The clock with every article that is known less well than the story as a whole brought to it, give or take a day."""
    if common.earliest is None or common.latest is None:
        return clock
    first, last = (common.earliest - SIBLING_DAYS, common.latest + SIBLING_DAYS)
    for witness in witnesses:
        own = clock[witness.article.id]
        if own.earliest is None or own.latest is None or not (own.earliest <= first and last <= own.latest):
            continue
        clock[witness.article.id] = replace(interval_when(first, last, own.method), evidence=own.evidence)
    return clock


def _answer(witness: _Witness, log: Likelihood, grid: Grid, *, alone: bool) -> When:
    """The likeliest stretch of days, with the words that speak for it."""
    if not witness.evidence and np.ptp(log) == 0:
        return witness.article.published
    share = np.exp(log - log.max())
    share /= share.sum()
    first, last = shortest(share, ALONE_MASS, ALONE_MONTH_MASS) if alone else shortest(share)
    best = slice(first, last + 1)
    told = [(e, float(e.log[best].max() - e.log.mean())) for e in witness.evidence if e.span is not None]
    agreeing = [e for e, gain in told if gain >= CLEAR]
    left_out = sum(gain <= -CLEAR for _, gain in told)
    agreeing.sort(key=lambda e: -float(e.log[best].mean() - e.log.mean()))
    spans = tuple(dict.fromkeys(e.span for e in agreeing if e.span is not None))[:SPANS_MAX]
    method = METHOD + (f", {left_out} date{'s' * (left_out > 1)} against it left out" if left_out else "")
    if witness.article.published.method.endswith(DOUBTED):
        method += f", {witness.article.published.method}"
    return interval_when(grid.day(first), grid.day(last), method, spans)


def shortest(share: Likelihood, mass: float = MASS, month_mass: float = MONTH_MASS) -> tuple[int, int]:
    """First and last place of the shortest stretch that holds `mass`, or the likeliest month where that is wider."""
    total = np.concatenate([[0.0], np.cumsum(share)])
    ends = np.searchsorted(total, total[:-1] + mass, side="left")
    widths = np.where(ends < len(total), ends - np.arange(len(ends)), len(total) + 1)
    start = int(widths.argmin())
    width = int(widths[start])
    if width > MONTH_DAYS and len(share) > MONTH_DAYS:
        masses = total[MONTH_DAYS:] - total[:-MONTH_DAYS]
        if float(masses.max()) >= month_mass:
            start, width = int(masses.argmax()), MONTH_DAYS
    return start, min(start + width - 1, len(share) - 1)


def interval_when(first: date, last: date, method: str, evidence: tuple[Span, ...] = ()) -> When:
    """The days from first to last as a When; one day, one month or one year gets its own value."""
    if first == last:
        return When(
            value=first.isoformat(), earliest=first, latest=last, precision="day", method=method, evidence=evidence
        )
    return When(value=None, earliest=first, latest=last, precision="range", method=method, evidence=evidence)


def date_story(pile: Pile, story: Story, published: dict[str, When]) -> When:
    """When the story's main event happened, or is to happen where the story is about a plan.

    Every article votes with the times of its headline and lead, read by its clock; a voice has one vote however many
    articles carry it. Times just behind publication weigh most.
    """
    ballots = [
        (_weight(pile, a.id), votes_of(a, m, published[a.id])) for a, m in zip(pile.articles, pile.markups, strict=True)
    ]
    tally: dict[date, float] = {}
    for weight, votes in ballots:
        total = sum(v.weight for v in votes)
        for vote in votes:
            tally[vote.day] = tally.get(vote.day, 0.0) + weight * vote.weight / total
    if not tally:
        return replace(_hull(published), method="unknown")
    sharp = any(published[a.id].day is not None for a in pile.articles)
    days = sorted(tally)
    grid = Grid(first=days[0], days=(days[-1] - days[0]).days + 1)
    share = np.zeros(grid.days)
    for day, weight in tally.items():
        share[grid.place(day)] = weight
    if sharp:
        first, last = _clearest(share)
    else:
        first, last = shortest(share / share.sum())
        held = np.nonzero(share[first : last + 1])[0]
        first, last = first + int(held[0]), first + int(held[-1])
    return interval_when(
        grid.day(first),
        grid.day(last),
        METHOD if not sharp else "anchored",
        _spans(ballots, grid.day(first), grid.day(last)),
    )


def _clearest(share: Likelihood) -> tuple[int, int]:
    """The day with most votes; with its rival where that lies beside it and has nearly as many."""
    best = int(share.argmax())
    rivals = [k for k in (best - 1, best + 1) if 0 <= k < len(share) and share[k] >= RIVAL * share[best]]
    return min([best, *rivals]), max([best, *rivals])


def _weight(pile: Pile, article: str) -> float:
    """An article's part of the vote: one for each voice, shared among the articles that it supplies."""
    shares = pile.trace.shares.get(article, ())
    if not shares:
        return 1.0
    voice = shares[0].voice
    return 1.0 / sum(1 for s in pile.trace.shares.values() if s and s[0].voice == voice)


def _spans(ballots: list[tuple[float, list[Vote]]], first: date, last: date) -> tuple[Span, ...]:
    """The words of the votes that fell into the answer, the weightiest first."""
    best: dict[Span, float] = {}
    for weight, votes in ballots:
        for vote in votes:
            if vote.span is not None and first <= vote.day <= last:
                best[vote.span] = best.get(vote.span, 0.0) + weight * vote.weight
    return tuple(sorted(best, key=lambda s: (-best[s], s)))[:SPANS_MAX]


def _hull(published: dict[str, When]) -> When:
    """From the earliest to the latest that any article can be of."""
    earliest = [w.earliest for w in published.values() if w.earliest is not None]
    latest = [w.latest for w in published.values() if w.latest is not None]
    return When(
        value=None,
        earliest=min(earliest, default=None),
        latest=max(latest, default=None),
        precision="unknown",
        method="unknown",
    )
