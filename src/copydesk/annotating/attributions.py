"""A reading and the judges → attributions by token numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copydesk.annotating.boundaries import CUTS_MAX, PATHS_MAX, Claims, Cut, boundary_rows
from copydesk.annotating.cues import candidates, cue_features
from copydesk.annotating.extents import Unit, unit_features, units_of
from copydesk.annotating.judges import QuoteJudges
from copydesk.annotating.leanings import Leanings
from copydesk.annotating.marking import BY_CONTENT, BY_SOURCE
from copydesk.annotating.paths import CONTENT, SOURCE, Scores, best_cuts, best_path
from copydesk.annotating.proposals import Proposal, columns_of
from copydesk.annotating.readings import Reading
from copydesk.annotating.sources import Offer, source_offers, source_rows
from copydesk.annotating.syntax import subject_phrase

_LEAD_MAX = 5  # words before a quotation that only say what it is about
PROPOSE_MIN = 0.08  # the least probability of a cue that is weighed with its extents; below it few are meant
MARKED_MIN = 0.05  # what the network must give a word that the judge of cues does not know
_SURE_MIN = 1e-4  # no judge is believed to be surer
_REPORTING_MARKS = (":", ",")
BRIDGE_MIN = 0.7  # the mean share of content of words that nobody has; figures on PolNeAR are flat from .5 on
_SHARE_MIN = 0.005  # the least share of a label that a logarithm is taken of
CUES_MAX = 30  # cues of one sentence that are looked at; a sentence of 100 words seldom has 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An attribution by token numbers. `content` and `source` are in order, `cue` is None when no word reports."""

    cue: int | None
    content: tuple[int, ...]
    source: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The tokens that may be cues, each as (minus its probability, token): all, likeliest first, and by sentence."""

    likely: tuple[tuple[float, int], ...]
    in_sentence: Mapping[int, tuple[tuple[float, int], ...]]


def weigh_cues(reading: Reading, judges: QuoteJudges, least: float) -> Cues:
    """Every candidate whose probability is at least `least`, the likeliest of a sentence where there are too many.

    The judge of cues and the network are asked with equal weight. A word that the judge has never seen report is a
    candidate where the network marks it.
    """
    lexicon = judges.cues.lexicon
    likely: dict[int, float] = {}
    for i in candidates(reading, lexicon):
        judged = judges.cues.probability(cue_features(reading, i, lexicon))
        likely[i] = _sigmoid((_logit(judged) + _logit(reading.marks.cue_of(i))) / 2)
    for i in reading.marks.bonds:
        if i not in likely and (marked := reading.marks.cue_of(i)) >= MARKED_MIN and _may_report(reading, i):
            likely[i] = marked
    by_sentence: dict[int, list[tuple[float, int]]] = {}
    for i, probability in likely.items():
        if probability >= least:
            by_sentence.setdefault(reading.sentence_of[i], []).append((-probability, i))
    kept = {number: tuple(sorted(found)[:CUES_MAX]) for number, found in by_sentence.items()}
    return Cues(likely=tuple(sorted(c for found in kept.values() for c in found)), in_sentence=kept)


def _may_report(reading: Reading, i: int) -> bool:
    return reading.worded[i] or reading.words[i] in _REPORTING_MARKS


def _logit(p: float) -> float:
    bounded = min(max(p, _SURE_MIN), 1.0 - _SURE_MIN)
    return math.log(bounded / (1.0 - bounded))


def _sigmoid(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def find_attributions(reading: Reading, judges: QuoteJudges, cues: Cues) -> list[Found]:
    """The attributions to keep, likeliest cue first; none stands inside the content of a likelier one."""
    found: list[Found] = []
    taken: set[int] = set()
    for attribution in _kept(reading, judges, cues):
        words = [i for i in attribution.content if reading.is_word(i)]
        if attribution.cue in taken or not words or sum(i in taken for i in words) * 2 > len(words):
            continue
        free = tuple(i for i in attribution.content if i not in taken)
        found.append(replace(attribution, content=free))
        taken.update(attribution.content)
    return [_bridge(reading, attribution, taken) for attribution in found]


def _bridge(reading: Reading, found: Found, taken: set[int]) -> Found:
    """With the words between the cue and what it says that are said by somebody, where nobody else has them.

    A network that wavers between two cues of a sentence gives such words to neither.
    """
    if found.cue is None or not found.content or found.content[0] <= found.cue + 1:
        return found
    gap = range(found.cue + 1, found.content[0])
    words = [i for i in gap if reading.is_word(i)]
    here = reading.sentence_of[found.cue]
    if not words or any(i in taken or i in found.source or reading.sentence_of[i] != here for i in words):
        return found
    said = Leanings(reading=reading).mean(words, BY_CONTENT)
    return replace(found, content=(*gap, *found.content)) if said >= BRIDGE_MIN else found


def _kept(reading: Reading, judges: QuoteJudges, cues: Cues) -> Iterator[Found]:
    """What the judges keep, the likeliest cue first: of two that take the same words the plainer one speaks."""
    if judges.proposals is None:
        for probability, cue in cues.likely:
            if -probability >= judges.cue_min:
                yield attribution_of(reading, judges, cue, -probability)
        return
    drafts = {cue: draft_of(reading, judges, cue) for probability, cue in cues.likely if -probability >= PROPOSE_MIN}
    proposals = propose(reading, cues, drafts)
    _, rows = columns_of(reading, proposals, judges.cues.lexicon)
    surety = judges.proposals.probabilities(rows).tolist() if proposals else []
    hopeful = [
        (p, proposal) for p, proposal in zip(surety, proposals, strict=True) if worth(p, 1.0, 1.0) >= judges.worth_min
    ]
    told = ((proposal.cue, proposal.probability, proposal.content) for proposal in proposals)
    claims = Claims(judges.cues.lexicon, told)
    choices = choose(reading, judges, [drafts[proposal.cue] for _, proposal in hopeful], claims)
    for (p, proposal), choice in zip(hopeful, choices, strict=True):
        if worth(p, choice.surety, choice.source_surety) >= judges.worth_min:
            reason = f"cue {reading.words[proposal.cue]!r}, probability {p:.2f}"
            yield Found(cue=proposal.cue, content=choice.content, source=choice.source, reason=reason)


def worth(meant: float, whole: float, source: float) -> float:
    """How many of four things are expected right: that it is meant, its content as a whole, its source, and all with its cue."""
    return meant * (1.0 + whole + 2.0 * source)


def propose(reading: Reading, cues: Cues, drafts: Mapping[int, Draft]) -> list[Proposal]:
    """What the judge of extents makes of every drafted cue, likeliest first."""
    found = []
    for probability, cue in cues.likely:
        if cue in drafts:
            content, source = settle(reading, drafts[cue], best_path(drafts[cue].own, drafts[cue].moves), trim=True)
            found.append(Proposal(cue=cue, probability=-probability, content=content, source=source))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The units around one cue and what the judge of extents gives to every label and change of label."""

    cue: int
    units: Sequence[Unit]
    own: Scores
    moves: Scores


def draft_of(reading: Reading, judges: QuoteJudges, cue: int) -> Draft:
    """What the judge of extents gives, with what the network gives added: both are logarithms, in hundredths."""
    units = units_of(reading, cue)
    own, moves = judges.extents.scores(unit_features(reading, cue, units, judges.cues.lexicon))
    bonds = reading.marks.bonds_of(cue)
    together = []
    for (x, y, z), unit in zip(own, units, strict=True):
        a, b, c = _marked(reading, bonds, unit)
        together.append((x + a, y + b, z + c))
    return Draft(cue=cue, units=units, own=together, moves=moves)


def _marked(reading: Reading, bonds: Mapping[int, float], unit: Unit) -> tuple[int, int, int]:
    """How likely the network finds every label of one unit, as logarithms in hundredths."""
    bound = [(i, bonds[i]) for i in range(unit.first, unit.last) if i in bonds]
    if not bound:
        return _UNMARKED
    shares_of, n = reading.marks.listed, unit.last - unit.first
    content = sum(shares_of[i][BY_CONTENT] * bond for i, bond in bound) / n
    source = sum(shares_of[i][BY_SOURCE] * bond for i, bond in bound) / n
    return _hundredths(1.0 - content - source), _hundredths(source), _hundredths(content)


def _hundredths(share: float) -> int:
    return round(100 * math.log(min(1.0, max(_SHARE_MIN, share))))


_UNMARKED = (_hundredths(1.0), _hundredths(0.0), _hundredths(0.0))  # outside, source, content


def attribution_of(reading: Reading, judges: QuoteJudges, cue: int, probability: float) -> Found:
    """What the judge of extents makes of one cue."""
    draft = draft_of(reading, judges, cue)
    content, source = settle(reading, draft, best_path(draft.own, draft.moves), trim=True)
    return Found(
        cue=cue, content=content, source=source, reason=f"cue {reading.words[cue]!r}, probability {probability:.2f}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The content and source taken for one cue, with the probability that each is right if the cue is meant."""

    content: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    surety: float = 0.0
    source_surety: float = 0.0


def choose(reading: Reading, judges: QuoteJudges, drafts: Sequence[Draft], claims: Claims) -> list[Choice]:
    """For every draft the likeliest way to cut it and the likeliest phrase as its source."""
    ways = [cuts_of(reading, draft) for draft in drafts]
    asked = [n for n, cuts in enumerate(ways) if cuts]
    choices = [Choice() for _ in drafts]
    if judges.cuts is None or judges.sources is None or not asked:
        return choices
    lexicon = judges.cues.lexicon
    offers = {n: source_offers(reading, drafts[n].cue, ways[n]) for n in asked}
    by_cut = [boundary_rows(reading, drafts[n].cue, ways[n], claims)[1] for n in asked]
    by_offer = [source_rows(reading, drafts[n].cue, ways[n], offers[n], lexicon)[1] for n in asked]
    whole = iter(judges.cuts.probabilities(np.concatenate(by_cut)).tolist())
    right = iter(judges.sources.probabilities(np.concatenate(by_offer)).tolist())
    for n, rows in zip(asked, by_cut, strict=True):
        surety, cut = max((next(whole), -number) for number in range(len(rows)))
        content = ways[n][-cut].content
        source_surety, source = _free_source(reading, content, [(next(right), offer) for offer in offers[n]])
        choices[n] = Choice(content=content, source=source, surety=surety, source_surety=source_surety)
    return choices


def _free_source(
    reading: Reading, content: Sequence[int], offers: Sequence[tuple[float, Offer]]
) -> tuple[float, tuple[int, ...]]:
    """The likeliest offer of which something stands outside the content, or nobody if that is likelier."""
    apart = frozenset(content)
    for surety, offer in sorted(offers, key=lambda o: -o[0]):
        source = tuple(i for i in offer.tokens if i not in apart)
        if not offer.tokens or any(reading.is_word(i) for i in source):
            return surety, source
    return 0.0, ()


def cuts_of(reading: Reading, draft: Draft) -> list[Cut]:
    """The ways to cut one cue's content that the judge of extents finds likely, the likeliest first."""
    cuts: list[Cut] = []
    seen = set()
    for gap, labels in best_cuts(draft.own, draft.moves, PATHS_MAX):
        for trim in (True, False):
            content, source = settle(reading, draft, labels, trim=trim)
            key = tuple(i for i in content if reading.worded[i])
            if key and key not in seen:
                seen.add(key)
                cuts.append(Cut(gap=gap / 100, content=content, source=source, trimmed=trim))
            if not any(reading.quotation_of[i] >= 0 for i in content):
                break  # nothing is trimmed but what stands beside a quotation
    return cuts[:CUTS_MAX]


def settle(
    reading: Reading, draft: Draft, labels: Sequence[int], *, trim: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The tokens of content and source by labels; a source that they miss is looked for in the syntax."""
    cue = draft.cue
    content = _tokens_of(draft.units, labels, CONTENT)
    source = _one_run(_tokens_of(draft.units, labels, SOURCE), cue)
    cut: list[int] = []
    if trim:
        content, cut = _trim_to_quotations(reading, content)
    if not source and cue > 0 and reading.quotation_of[cue - 1] >= 0 and reading.quotation_of[cue] < 0:
        # “…” confirmed a spokesman: what follows the verb right away is who speaks.
        source = next((run for run in runs_of(content) if run[0] == cue + 1), [])
        content = [i for i in content if i not in source]
    if not any(reading.is_word(i) for i in source):
        source = [i for i in cut if reading.name_of[i] >= 0]
    if not any(reading.is_word(i) for i in source):
        source = subject_phrase(reading, cue, frozenset(content))
    return tuple(content), tuple(source)


def _trim_to_quotations(reading: Reading, content: Sequence[int]) -> tuple[list[int], list[int]]:
    """Content without the few words that a whole quotation touches: `“…,” Vessel | Of the plan, “…”`; and those words."""
    kept: list[int] = []
    cut: list[int] = []
    for run in runs_of(content):
        quoted = [k for k, i in enumerate(run) if reading.quotation_of[i] >= 0]
        if not quoted:
            kept.extend(run)
            continue
        first, last = quoted[0], quoted[-1] + 1
        before, after = run[:first], run[last:]
        closing = reading.quotations[reading.quotation_of[run[last - 1]]]
        if after and closing.last > closing.first and reading.text[closing.last - 1] in ",?!." and first == 0:
            cut.extend(after)
            run = run[:last]
        words = [i for i in before if reading.is_word(i)]
        verbless = not any(reading.tokens.pos[i] in ("VERB", "AUX") for i in before)
        whole = sum(reading.is_word(i) for i in run[first:]) >= 4
        if words and len(words) <= _LEAD_MAX and verbless and whole and reading.words[before[-1]] in (",", ":"):
            cut.extend(before)
            run = run[first:]
        kept.extend(run)
    return kept, cut


def runs_of(tokens: Sequence[int]) -> list[list[int]]:
    """Token numbers in order as runs of neighbours."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i - runs[-1][-1] <= 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _tokens_of(units: Sequence[Unit], labels: Sequence[int], label: int) -> list[int]:
    return [i for unit, own in zip(units, labels, strict=True) if own == label for i in range(unit.first, unit.last)]


def _one_run(tokens: Sequence[int], cue: int) -> list[int]:
    """The longest run of neighbouring tokens, the one nearer to the cue of two that are as long."""
    return max(runs_of(tokens), key=lambda run: (len(run), -abs(run[0] - cue)), default=[])
