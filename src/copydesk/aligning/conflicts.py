"""Contests over values, names and negations → conflicts and updates with their sides."""

from __future__ import annotations

import hashlib
from datetime import date

from copydesk.aligning.contests import contest_values
from copydesk.aligning.ground import Contest, Ground
from copydesk.aligning.misspellings import contest_names
from copydesk.aligning.offices import contest_offices
from copydesk.aligning.polarity import contest_negations
from copydesk.aligning.reversals import contest_states
from copydesk.model.spans import Span
from copydesk.model.stories import Conflict, Side


def find_conflicts(ground: Ground) -> tuple[Conflict, ...]:
    """The conflicts and updates of a story, those of most voices first."""
    names = (*contest_names(ground), *contest_offices(ground))
    contests = [*contest_values(ground), *names, *contest_negations(ground), *contest_states(ground)]
    found = {c.id: c for c in (_conflict(contest, ground) for contest in contests)}
    return tuple(sorted(found.values(), key=lambda c: (-len({v for s in c.sides for v in s.voices}), c.kind, c.id)))


def _conflict(contest: Contest, ground: Ground) -> Conflict:
    sides = tuple(_side(value, units, ground) for value, units in contest.sides)
    places = sorted(f"{s.article}:{s.start}:{s.end}" for side in sides for s in side.support)
    told = " or ".join(f"“{words}”" for words in contest.told)
    ending = "one name, spelt in two ways" if contest.slot == "name" else "these cannot all hold"
    ending = "a later report replaces an earlier one" if contest.is_update else contest.ending or ending
    return Conflict(
        id="x-" + hashlib.sha256("\0".join([contest.slot, contest.about, *places]).encode()).hexdigest()[:12],
        kind="update" if contest.is_update else "conflict",
        about=contest.about,
        slot=contest.slot,
        facts=(),
        sides=sides,
        reason=f"{contest.about}, {told}: {ending}",
    )


def _side(value: str, units: tuple[int, ...], ground: Ground) -> Side:
    shortest = min(units, key=lambda n: (len(ground.units[n].text), n))
    published = ground.resolution.published
    known = [published.get(ground.units[n].article.id, ground.units[n].article.published) for n in units]
    dated = sorted(
        (w for w in known if w.earliest is not None), key=lambda w: (w.earliest or date.max, w.latest or date.max)
    )
    return Side(
        value=value,
        when=dated[0] if dated else None,
        text=ground.units[shortest].text,
        support=tuple(
            Span(article=ground.claims[n].article, start=ground.claims[n].start, end=ground.claims[n].end)
            for n in units
        ),
        voices=tuple(sorted({v for n in units if (v := ground.claims[n].voice) is not None})),
    )
