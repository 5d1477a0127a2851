"""Claims and the evidence on their pairs → facts: what several articles say, and how many voices say it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from copydesk.aligning.evidence import FEATURES
from copydesk.aligning.ground import Ground
from copydesk.aligning.judge import Judge
from copydesk.aligning.options import AligningOptions
from copydesk.aligning.relays import relays_of
from copydesk.aligning.wording import clearest, rewritten_articles
from copydesk.linking import ScoredPairs, average_link, connect, members
from copydesk.linking.columns import BoolColumn, FloatMatrix
from copydesk.model.piles import Pile
from copydesk.model.stories import Fact, Support
from copydesk.model.times import When

# Chosen on dossiers, cross-validated by story, at options.threshold, of which .3 and .4 for these are a neighbour that keeps
# as many near misses apart and costs .014 of link_f1. Re-run training/aligning.py after a change.
UNLIKE_BY = ("words in common", "words alike in meaning", "copied passage")
TIES_MAX = 30  # wordings of one voice in one fact whose ties are looked at: more are a table or a hostile article
WORDS_LIKE, MEANING_LIKE = 0.25, 0.35
# The judge's probability that two claims say the same from which the second voice counts; below it the wordings stand together
# and corroborate nothing. On dossiers, cross-validated by story, .2 costs .004 of status_right and .25 costs .012; of real
# stories' facts that rest on no firmer tie about one in six was one. Re-run training/aligning.py after a change.
FIRM = 0.2
REASONS_MAX = 3  # features that a fact's reason names
_SAID = {
    "words in common", "meaning of the clauses", "meaning of the sentences", "rarest common word", "common names", "numbers agree",
    "times agree", "copied passage", "same speaker",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What telling a fact needs to know of its story."""

    ground: Ground
    pile: Pile
    judge: Judge
    relays: list[frozenset[str]]
    rewritten: frozenset[str]
    voices: dict[str, str]

    def tell(self, group: list[int], *, firm: float = 0.0) -> Fact:
        """The fact that these units, in order, say together; voices count that are tied to others by `firm` or more."""
        return _fact(group, self, firm)


def make_teller(ground: Ground, pile: Pile, judge: Judge) -> Teller:
    """What is to be known of one story."""
    return Teller(
        ground=ground, pile=pile, judge=judge, relays=relays_of(ground.units), rewritten=rewritten_articles(pile.trace),
        voices={v.id: v.name for v in pile.trace.voices},
    )  # fmt: skip


def is_unlike(features: FloatMatrix) -> BoolColumn:
    """Which pairs have too little in common to be one fact, whatever else the judge likes about them (a mask)."""
    words, meaning, copied = (features[:, FEATURES.index(name)] for name in UNLIKE_BY)
    unlike: BoolColumn = (words < WORDS_LIKE) & (meaning < MEANING_LIKE) & (copied <= 0)
    return unlike


def group_facts(teller: Teller, options: AligningOptions) -> tuple[Fact, ...]:
    """Every claim in exactly one fact, weightiest first."""
    ground = teller.ground
    kept = (ground.score > options.score_min) & ~is_unlike(ground.evidence.features)
    pairs = ScoredPairs(left=ground.evidence.left[kept], right=ground.evidence.right[kept], score=ground.score[kept])
    wordings = average_link(len(ground.evidence.names), pairs, threshold=options.threshold, first=options.alone)
    labels = wordings[np.array(ground.rows, dtype=np.int64)]
    return tuple(
        sorted((teller.tell(group, firm=FIRM) for group in members(labels) if group), key=lambda f: (-f.weight, f.id))
    )


def _fact(group: list[int], table: Teller, firm: float) -> Fact:
    claims = [table.ground.claims[n] for n in group]
    told, relayed = _voices(group, table)
    voice, sureness = count_voices(told, _ties(group, told, table), firm)
    doubtful = sorted({v for v in told if v is not None}.difference(voice))
    relayed += [f"{table.voices.get(v, v)} says something like it, too little alike to count" for v in doubtful]
    named = sorted({v for v in voice if v is not None})
    articles = {c.article for c in claims}
    ids = tuple(c.id for c in claims)
    best = clearest(group, table.ground, table.rewritten)
    return Fact(
        id="f-" + hashlib.sha256("\0".join(sorted(ids)).encode()).hexdigest()[:12],
        text=table.ground.units[best].text.rstrip(" ,;:–—-"),
        status="corroborated" if len(named) >= 2 else "single-voice",
        claims=ids,
        support=tuple(Support(span=table.ground.units[n].span, voice=v) for n, v in zip(group, voice, strict=True)),
        articles=len(articles),
        voices=len(named),
        omitted_by=tuple(v for v in table.voices if v not in (*named, *doubtful)),
        when=_when(group, table.ground),
        entities=_entities(group, table.ground),
        weight=_weight(group, 1 + sureness * (len(named) - 1), len(articles), table),
        reasons=tuple(_reasons(group, named, len(articles), table) + relayed),
    )


def _voices(group: list[int], table: Teller) -> tuple[list[str | None], list[str]]:
    """The voice that each claim counts for: those that say they have the fact from one source count once."""
    voice = [table.ground.claims[n].voice for n in group]
    by_relay: dict[str, list[int]] = {}
    for place, n in enumerate(group):
        for relay in table.relays[n]:
            by_relay.setdefault(relay, []).append(place)
    reasons = []
    known = {"".join(c for c in name.casefold() if c.isalnum()): v for v, name in table.voices.items()}
    for relay in sorted(by_relay):
        joint = sorted({v for place in by_relay[relay] if (v := voice[place]) is not None})
        if len(joint) < 2 and not (joint and relay in known and known[relay] not in joint and known[relay] in voice):
            continue
        source = known.get(relay, joint[0])
        voice = [source if v in joint else v for v in voice]
        reasons.append(f"{len(joint)} voices say they have it from one source ({relay}), which counts once")
    return voice, reasons


def _ties(group: list[int], voice: list[str | None], table: Teller) -> dict[tuple[str, str], float]:
    """How surely two voices say the same: the best probability of a claim of one and a claim of the other."""
    best: dict[tuple[str, str], float] = {}
    by_voice: dict[str, set[int]] = {}
    for n, v in zip(group, voice, strict=True):
        if v is not None:
            by_voice.setdefault(v, set()).add(n)
    wordings = {v: sorted({table.ground.rows[n]: n for n in held}.values()) for v, held in by_voice.items()}
    for one, other in combinations(sorted(wordings), 2):
        pairs = product(wordings[one][:TIES_MAX], wordings[other][:TIES_MAX])
        best[one, other] = max(table.ground.probability(i, j) for i, j in pairs)
    return best


def count_voices(
    voice: list[str | None], ties: dict[tuple[str, str], float], firm: float
) -> tuple[list[str | None], float]:
    """The voice of each claim, None for those that no firm tie joins to the others, and how surely the others say the same.

    Of groups that firm ties join the one of most voices counts, then that of most claims, then the first.
    """
    named = sorted({v for v in voice if v is not None})
    place = {v: n for n, v in enumerate(named)}
    held = sorted((place[a], place[b]) for (a, b), tie in ties.items() if tie >= firm)
    left, right = (np.array([pair[side] for pair in held], dtype=np.int64) for side in (0, 1))
    groups = [frozenset(named[n] for n in group) for group in members(connect(len(named), left, right))]
    if not groups:
        return voice, 0.0
    kept = max(groups, key=lambda g: (len(g), sum(v in g for v in voice), [-place[v] for v in sorted(g)]))
    best = {
        v: max((tie for pair, tie in ties.items() if v in pair and kept.issuperset(pair)), default=0.0) for v in kept
    }
    return [v if v in kept else None for v in voice], sum(best[v] for v in sorted(kept)) / len(kept)


def _when(group: list[int], ground: Ground) -> When | None:
    """The moment of the story's clock that most of the claims' articles give, the first of several."""
    best: tuple[int, When] | None = None
    for moment in ground.resolution.moments:
        given = len(
            {ground.units[n].index for n in group if any(span.overlap(ground.units[n].span) for span in moment.support)}
        )
        if given and (best is None or given > best[0]):
            best = given, moment.when
    return best[1] if best is not None else None


def _entities(group: list[int], ground: Ground) -> tuple[str, ...]:
    """The entities that at least half of the claims' articles name, most named first."""
    articles = {ground.units[n].index for n in group}
    named = Counter(
        e
        for a in sorted(articles)
        for e in sorted({e for n in group if ground.units[n].index == a for e in ground.names(n)})
    )
    return tuple(e for e, count in sorted(named.items(), key=lambda x: (-x[1], x[0])) if 2 * count >= len(articles))


def _weight(group: list[int], voices: float, articles: int, table: Teller) -> float:
    """How much a fact matters: the voices that surely tell it and its articles, how early they do, and whether it names the
    story's people."""
    units = [table.ground.units[n] for n in group]
    first = {u.index: min(v.place for v in units if v.index == u.index) for u in units}
    early = 1.0 - sum(first.values()) / max(1, len(first))
    resolution = table.ground.resolution
    main = {*resolution.who[:3], *resolution.where[:2]}
    names = set(_entities(group, table.ground)) & main
    share = articles / max(1, len(table.pile.articles))
    weight = 0.4 * voices / max(1, len(table.voices)) + 0.15 * share + 0.35 * early + 0.1 * min(1.0, len(names) / 2)
    return round(min(1.0, weight), 4)


def _reasons(group: list[int], named: list[str], articles: int, table: Teller) -> list[str]:
    who = ", ".join(table.voices.get(v, v) for v in named) or "no compared voice"
    if articles < 2:
        return [f"only {who} says so"]
    reasons = [
        f"{articles} articles say so, {len(named)} independent {'voices' if len(named) != 1 else 'voice'}: {who}"
    ]
    told = sorted({table.ground.rows[n] for n in group})
    rows = [r for i in told for j in told if i < j and (r := table.ground.place.get((i, j))) is not None]
    if rows:
        parts = table.judge.parts(table.ground.evidence.features[rows]).mean(axis=0)
        strongest = [
            FEATURES[k] for k in np.argsort(-parts, kind="stable").tolist() if parts[k] > 0 and FEATURES[k] in _SAID
        ]
        if strongest:
            reasons.append("they agree in " + ", ".join(strongest[:REASONS_MAX]))
    return reasons
