"""Ways to cut one cue's content → what a judge of boundaries looks at, so that the likeliest to be meant whole is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from copydesk.annotating.cues import lexicon_key
from copydesk.annotating.leanings import lean_to_cuts
from copydesk.annotating.readings import Reading
from copydesk.linking.trees import Floats

PATHS_MAX = 12  # labellings of the chain that are looked at for one cue
CUTS_MAX = (
    8  # ways to cut that come of them and are judged; on PolNeAR's training part .85 hold the meant one, .70 first
)
GAP_MAX = 4.0  # on PolNeAR's development part no cut was chosen beyond; by it three rows of five are spared
_DEP_NAMES = (
    "ROOT acl advcl amod appos aux ccomp conj dep dobj nsubj nsubjpass parataxis pcomp pobj prep punct "
    "relcl xcomp attr compound npadvmod oprd advmod mark csubj intj meta dative acomp det poss cc agent "
    "neg nummod prt auxpass"
)
_TAG_NAMES = (
    "VB VBD VBG VBN VBP VBZ NN NNS NNP NNPS IN JJ MD RB TO DT PRP PRP$ CC CD WDT WP WRB RP EX : , . -LRB- -RRB- `` ''"
)
_WORD_NAMES = (
    ", . : ; - -- — – ( ) “ ” \" ' ‘ ’ that to of for in on about as by with from at after before when "
    "while if because and but or which who whether how what why where not the a an it he she they we his "
    "their its this there is was"
)
DEP_CODE = {d: float(i) for i, d in enumerate(_DEP_NAMES.split())}
TAG_CODE = {t: float(i) for i, t in enumerate(_TAG_NAMES.split())}
_WORD_CODE = {w: float(i) for i, w in enumerate(_WORD_NAMES.split())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One way to cut: the tokens of content and source, and how much less likely than the likeliest the chain finds it."""

    gap: float
    content: tuple[int, ...]
    source: tuple[int, ...]
    trimmed: bool = True


class Claims:
    """What the other cues of an article claim: how likely each token is a cue, and who else would take its words.

    Built from (cue, its probability, its likeliest content) of every proposal; contents never overlap in gold. Cuts that
    lack more than `gap_max` of the likeliest are not looked at.
    """

    def __init__(
        self,
        lexicon: Mapping[str, float],
        proposals: Iterable[tuple[int, float, Sequence[int]]],
        gap_max: float = GAP_MAX,
    ) -> None:
        self.lexicon = lexicon
        self.gap_max = gap_max
        self.likely: dict[int, float] = {}
        self._holders: dict[int, list[tuple[float, int]]] = {}
        for cue, probability, content in proposals:
            self.likely[cue] = probability
            for i in content:
                self._holders.setdefault(i, []).append((probability, cue))

    def inside(self, cue: int, words: Iterable[int]) -> list[float]:
        """The probabilities of the other cues among some words."""
        return [self.likely[i] for i in words if i in self.likely and i != cue]

    def claimed(self, cue: int, words: Iterable[int]) -> int:
        """How many of some words a likelier cue would take."""
        own = self.likely.get(cue, 0.0)
        return sum(any(p > own and c != cue for p, c in self._holders.get(i, ())) for i in words)


def boundary_rows(reading: Reading, cue: int, cuts: Sequence[Cut], claims: Claims) -> tuple[tuple[str, ...], Floats]:
    """The names of the numbers, and a row of them for every cut that is looked at, the likeliest first."""
    rows = []
    shared = dict(_frame(reading, cue, cuts, claims.lexicon))
    best = _words(reading, cuts[0].content)
    shared["likely"] = claims.likely.get(cue, 0.0)
    inside_best, claimed_best = sum(claims.inside(cue, best)), claims.claimed(cue, best)
    for number, cut in enumerate(cuts):
        if cut.gap - cuts[0].gap > claims.gap_max:
            break
        row = dict(shared)
        row["rank"] = float(number)
        row["gap"] = cut.gap
        row["trimmed"] = float(cut.trimmed)
        row["gap_to_next"] = (cuts[number + 1].gap if number + 1 < len(cuts) else 9.0) - cut.gap
        row.update(_extent(reading, cue, cut, best))
        words = _words(reading, cut.content)
        inside, claimed = claims.inside(cue, words), claims.claimed(cue, words)
        row["cues_inside"] = sum(inside)
        row["cue_inside"] = max(inside, default=0.0)
        row["cues_inside_more"] = sum(inside) - inside_best
        row["claimed"] = claimed / len(words)
        row["claimed_more"] = float(claimed - claimed_best)
        rows.append(row)
    for row, leaning in zip(rows, lean_to_cuts(reading, cue, [cut.content for cut in cuts[: len(rows)]]), strict=True):
        row.update(leaning)
    return tuple(rows[0]), np.array([list(row.values()) for row in rows], dtype=np.float64)


def _words(reading: Reading, tokens: Sequence[int]) -> list[int]:
    return [i for i in tokens if reading.is_word(i)]


def _frame(
    reading: Reading, cue: int, cuts: Sequence[Cut], lexicon: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    tokens = reading.tokens
    sentence = reading.sentences[reading.sentence_of[cue]]
    deps = {tokens.dep[c] for c in reading.children[cue]}
    yield "rate", lexicon.get(lexicon_key(reading, cue), -0.05)
    yield "cue_tag", TAG_CODE.get(tokens.tag[cue], -1.0)
    yield "cue_dep", DEP_CODE.get(tokens.dep[cue], -1.0)
    yield "cue_next", word_code(reading, cue + 1)
    yield "clause", float("ccomp" in deps)
    yield "open_clause", float("xcomp" in deps)
    yield "object", float("dobj" in deps)
    yield "passive", float("nsubjpass" in deps)
    yield "cuts", float(len(cuts))
    yield "second_gap", cuts[1].gap if len(cuts) > 1 else 9.0
    yield "third_gap", cuts[2].gap if len(cuts) > 2 else 9.0
    yield "sentence_words", float(sentence.last - sentence.first)
    yield "before_quoted", float(any(reading.quotation_of[i] >= 0 for i in range(sentence.first, cue)))
    yield "after_quoted", float(any(reading.quotation_of[i] >= 0 for i in range(cue, sentence.last)))


def word_code(reading: Reading, i: int) -> float:
    """A function word or mark by itself, any other by its tag."""
    if not 0 <= i < len(reading.words):
        return -2.0
    code = _WORD_CODE.get(reading.words[i])
    return code if code is not None else 100.0 + TAG_CODE.get(reading.tokens.tag[i], -1.0)


def _extent(reading: Reading, cue: int, cut: Cut, best: Sequence[int]) -> Iterator[tuple[str, float]]:
    tokens = reading.tokens
    sentence = reading.sentences[reading.sentence_of[cue]]
    words = _words(reading, cut.content)
    held = set(cut.content)
    own = set(words)
    n = len(words)
    first, last = words[0], words[-1]
    count = len(tokens)
    quotation = reading.quotation_of
    runs = 1 + sum(any(reading.is_word(j) for j in range(a + 1, b)) for a, b in pairwise(words))
    yield "words", float(n)
    yield "quoted_share", sum(quotation[i] >= 0 for i in words) / n
    yield "runs", float(runs)
    yield "more", float(len(own - set(best)))
    yield "less", float(len(set(best) - own))
    yield "starts_as_best", float(first == best[0])
    yield "ends_as_best", float(last == best[-1])
    yield "starts_after_cue", float(first - cue)
    yield "ends_after_cue", float(last - cue)
    yield "source_words", float(len(cut.source))
    yield "source_inside", float(bool(cut.source) and first < cut.source[0] < last)
    yield "starts_after_source", float(first - cut.source[-1]) if cut.source else -99.0
    for name, i in (("first", first), ("last", last)):
        yield name + "_tag", TAG_CODE.get(tokens.tag[i], -1.0)
        yield name + "_dep", DEP_CODE.get(tokens.dep[i], -1.0)
        yield name + "_quoted", float(quotation[i] >= 0)
    yield "first_word", word_code(reading, first)
    yield "second_word", word_code(reading, first + 1)
    yield "before_first", word_code(reading, first - 1)
    yield "two_before", word_code(reading, first - 2)
    yield "after_last", word_code(reading, last + 1)
    yield "two_after", word_code(reading, last + 2)
    yield "opens_sentence", float(first == sentence.first)
    yield "to_end", float(sentence.last - 1 - last)
    yield (
        "opens_quotation",
        float(
            quotation[first] >= 0
            and (first == 0 or quotation[first - 1] != quotation[first] or not reading.is_word(first - 1))
        ),
    )
    yield (
        "splits_first",
        float(
            quotation[first] >= 0
            and first > 0
            and quotation[first - 1] == quotation[first]
            and reading.is_word(first - 1)
        ),
    )
    yield (
        "splits_last",
        float(
            quotation[last] >= 0
            and last + 1 < count
            and quotation[last + 1] == quotation[last]
            and reading.is_word(last + 1)
        ),
    )
    # Arcs of the tree that the cut goes through: what hangs from inside but stands outside, and where the inside hangs.
    tops = [i for i in words if tokens.head[i] not in own or tokens.head[i] == i]
    yield "tops", float(len(tops))
    yield "top_dep", DEP_CODE.get(tokens.dep[tops[0]], -1.0) if tops else -1.0
    yield "top_on_cue", float(bool(tops) and tokens.head[tops[0]] == cue)
    yield "last_top_dep", DEP_CODE.get(tokens.dep[tops[-1]], -1.0) if tops else -1.0
    yield "last_top_on_cue", float(bool(tops) and tokens.head[tops[-1]] == cue)
    after = before = 0
    after_dep = before_dep = -1.0
    for i in range(max(0, first - 12), first):
        if tokens.head[i] in own and reading.is_word(i) and i not in held and i != cue:
            before += 1
            before_dep = DEP_CODE.get(tokens.dep[i], -1.0)
    for i in range(last + 1, min(count, last + 13)):
        if tokens.head[i] in own and reading.is_word(i) and i != cue:
            after += 1
            if after == 1:
                after_dep = DEP_CODE.get(tokens.dep[i], -1.0)
    yield "left_behind_before", float(before)
    yield "left_behind_before_dep", before_dep
    yield "left_behind_after", float(after)
    yield "left_behind_after_dep", after_dep
    yield "commas_inside", float(sum(reading.words[i] == "," for i in range(first, last)))
    # The last constituent that comes after a comma inside, and the first one left out after it.
    comma = next(
        (i for i in range(last, first, -1) if reading.words[i] in (",", "—", "–", "--") and quotation[i] < 0), -1
    )
    yield "tail_words", float(last - comma) if comma >= 0 else -1.0
    yield "tail_word", word_code(reading, comma + 1) if comma >= 0 else -3.0
    yield "tail_dep", _top_dep(reading, comma + 1, last) if comma >= 0 else -3.0
    nxt = last + 2 if last + 1 < sentence.last and not reading.is_word(last + 1) else last + 1
    yield "next_dep", _top_dep(reading, nxt, sentence.last - 1) if nxt < sentence.last else -3.0
    lead = next((i for i in range(first, last) if reading.words[i] == ","), -1)
    yield "lead_words", float(lead - first) if lead >= 0 else -1.0


def _top_dep(reading: Reading, i: int, last: int) -> float:
    """How the constituent that begins with a token hangs, as far as it stands in `last`."""
    tokens = reading.tokens
    at = i
    for _ in range(12):
        head = tokens.head[at]
        if head == at or not i <= head <= last or reading.subtree(head)[0] < i:
            break
        at = head
    return DEP_CODE.get(tokens.dep[at], -1.0)
