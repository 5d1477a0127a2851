"""What the network marked → the numbers that the judges of proposals, cuts and sources look at beside syntax."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from copydesk.annotating.marking import BY_CONTENT, BY_CUE, BY_SOURCE, NONE
from copydesk.annotating.readings import Reading

_FLOOR = 0.02  # the least share that a logarithm is taken of
_SOME = 0.3  # words that must be marked for a cue before the part of them that a cut holds says anything
_BESIDE = 2  # tokens either side of a cue in which another may be marked
_EDGE = 3  # tokens beyond the end of a cut in which the next word stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Leanings:
    """What an article's tokens lean to, asked by cue."""

    reading: Reading

    def content(self, cue: int) -> dict[int, float]:
        """How surely every word around is content of a cue."""
        return self._words(cue, BY_CONTENT)

    def source(self, cue: int) -> dict[int, float]:
        """How surely every word around is the source of a cue."""
        return self._words(cue, BY_SOURCE)

    def _words(self, cue: int, column: int) -> dict[int, float]:
        marks, worded = self.reading.marks, self.reading.worded
        return {i: marks.listed[i][column] * bond for i, bond in marks.bonds.get(cue, {}).items() if worded[i]}

    def share(self, token: int, column: int) -> float:
        """One share of a token, -1 beyond the article."""
        shares = self.reading.marks.listed
        return shares[token][column] if 0 <= token < len(shares) else -1.0

    def most(self, tokens: Sequence[int], column: int) -> float:
        """The largest share of some tokens."""
        return max((self.share(i, column) for i in tokens), default=0.0)

    def mean(self, tokens: Sequence[int], column: int) -> float:
        """The mean share of some tokens, -1 for none."""
        return sum(self.share(i, column) for i in tokens) / len(tokens) if tokens else -1.0


def lean_to_proposal(
    reading: Reading, cue: int, content: Sequence[int], source: Sequence[int]
) -> Iterator[tuple[str, float]]:
    """Whether the network would have this cue, content and source at all."""
    leanings = Leanings(reading=reading)
    said, by = leanings.content(cue), leanings.source(cue)
    words = [i for i in content if reading.worded[i]]
    namers = [i for i in source if reading.worded[i]]
    bonds = reading.marks.bonds.get(cue, {})
    sentence = reading.sentences[reading.sentence_of[cue]]
    inside, total = sum(said.get(i, 0.0) for i in words), sum(said.values())
    near = range(max(0, cue - _BESIDE), min(len(reading.tokens), cue + _BESIDE + 1))
    yield "marked_cue", leanings.share(cue, BY_CUE)
    yield "marked_content", leanings.share(cue, BY_CONTENT)
    yield "marked_none", leanings.share(cue, NONE)
    yield "own_bond", bonds.get(cue, 0.0)
    yield "other_cue", leanings.most([i for i in range(sentence.first, sentence.last) if i != cue], BY_CUE)
    yield "cue_beside", leanings.most([i for i in near if i != cue], BY_CUE)
    yield "leaning_words", total
    yield "leaning_sources", sum(by.values())
    yield "content_leans", inside / max(1, len(words))
    yield "leaning_held", inside / total if total > _SOME else -1.0
    yield "content_share", leanings.mean(words, BY_CONTENT)
    yield "source_leans", sum(by.get(i, 0.0) for i in namers) / len(namers) if namers else -1.0
    yield "source_share", leanings.mean(namers, BY_SOURCE)
    yield "firmest_bond", max((bond for i, bond in bonds.items() if i != cue), default=0.0)


def lean_to_cuts(reading: Reading, cue: int, cuts: Sequence[Sequence[int]]) -> list[dict[str, float]]:
    """How well each way to cut the content agrees with what the network marked; a row a cut."""
    leanings = Leanings(reading=reading)
    said = leanings.content(cue)
    total = sum(said.values())
    rows = [dict(_lean_to_cut(leanings, said, [i for i in cut if reading.worded[i]])) for cut in cuts]
    likeliest = max(row["leaning_log"] for row in rows)
    closest = max(row["leaning_f1"] for row in rows)
    for row in rows:
        row["marked_cue"] = leanings.share(cue, BY_CUE)
        row["leaning_words"] = total
        row["leaning_log_less"] = row["leaning_log"] - likeliest
        row["leaning_f1_less"] = row["leaning_f1"] - closest
    return rows


def _lean_to_cut(leanings: Leanings, said: Mapping[int, float], words: Sequence[int]) -> Iterator[tuple[str, float]]:
    reading = leanings.reading
    own = frozenset(words)
    first, last = words[0], words[-1]
    inside, total = sum(said.get(i, 0.0) for i in words), sum(said.values())
    before = next((i for i in range(first - 1, max(-1, first - 1 - _EDGE), -1) if reading.worded[i]), -1)
    after = next((i for i in range(last + 1, min(len(reading.tokens), last + 1 + _EDGE)) if reading.worded[i]), -1)
    log = sum(math.log(max(_FLOOR, said.get(i, 0.0))) for i in words)
    log += sum(math.log(max(_FLOOR, 1.0 - p)) for i, p in said.items() if i not in own)
    yield "leaning_held", inside / total if total > _SOME else -1.0
    yield "content_leans", inside / len(words)
    yield "leaning_f1", 2.0 * inside / (len(words) + total)
    yield "leaning_log", log
    yield "least_leans", min(said.get(i, 0.0) for i in words)
    yield "content_share", leanings.mean(words, BY_CONTENT)
    yield "least_share", min(leanings.share(i, BY_CONTENT) for i in words)
    for name, i in (("first", first), ("last", last), ("before", before), ("after", after)):
        yield name + "_leans", said.get(i, 0.0)
        yield name + "_share", leanings.share(i, BY_CONTENT)


def lean_to_sources(reading: Reading, cue: int, offers: Sequence[Sequence[int]]) -> list[dict[str, float]]:
    """How well each phrase agrees with the source that the network marked; a row an offer, nobody's too."""
    leanings = Leanings(reading=reading)
    by = leanings.source(cue)
    total, top = sum(by.values()), max(by.values(), default=0.0)
    sentence = reading.sentences[reading.sentence_of[cue]]
    top_share = leanings.most(range(sentence.first, sentence.last), BY_SOURCE)
    rows = []
    for offer in offers:
        words = [i for i in offer if reading.worded[i]]
        inside = [by.get(i, 0.0) for i in words]
        rows.append(
            {
                "source_leans": sum(inside) / len(inside) if inside else -1.0,
                "source_leans_most": max(inside, default=-1.0),
                "source_share": leanings.mean(words, BY_SOURCE),
                "source_share_most": leanings.most(words, BY_SOURCE) if words else -1.0,
                "leaning_held": sum(inside) / max(1e-6, total) if inside else -1.0,
                "leaning_top": top,
                "leaning_top_share": top_share,
                "leaning_sources": total,
            }
        )
    return rows
