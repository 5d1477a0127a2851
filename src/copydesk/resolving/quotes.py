"""Quotations of all articles → Quote: one statement once, with its speaker and its variants."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from copydesk.linking import ScoredPairs, average_link, join_keys, judge_pairs
from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.model.markup import QuoteKind
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Entity, Quote, QuoteVariant
from copydesk.resolving.options import ResolvingOptions
from copydesk.resolving.sayings import WORDS_LEAST, Saying, list_sayings
from copydesk.resolving.utterances import cut_sayings, join_parts
from copydesk.text.normalise import find_words

KEY_MAX = 200  # statements that may share a word; a commoner word finds no variant by itself
TOGETHER = 0.55  # mean likeness of a statement's variants: a quotation that holds two others does not make them one
_RANK: dict[QuoteKind, int] = {"direct": 0, "mixed": 1, "indirect": 2}


def find_quotes(
    pile: Pile, entities: Sequence[Entity], spans: Mapping[Span, str], options: ResolvingOptions
) -> tuple[Quote, ...]:
    """The statements of a story, each once, in order of their first place."""
    whole = list_sayings(pile, {e.id: e for e in entities}, spans)
    parts = cut_sayings(whole, pile)
    sayings = [part.saying for part in parts]
    once: dict[tuple[object, ...], list[int]] = {}
    for i, saying in enumerate(sayings):
        once.setdefault(_same_words(saying), []).append(i)
    groups = list(once.values())
    labels = match_sayings([_speaking([sayings[i] for i in g]) for g in groups], options.quote_overlap)
    label_of = np.zeros(len(sayings), dtype=np.int64)
    for label, group in zip(labels.tolist(), groups, strict=True):
        label_of[group] = label
    return tuple(_quote(held, pile) for held in join_parts(parts, label_of, whole, pile))


def _same_words(saying: Saying) -> tuple[object, ...]:
    """What two quotations share that are one without looking: all their words, and of few words the speaker, too."""
    words = tuple(w.key for w in find_words(saying.text))
    return (words, None if saying.words.total() >= WORDS_LEAST else saying.speaker.entity or saying.article)


def _speaking(held: Sequence[Saying]) -> Saying:
    """Of quotations in the same words the first whose speaker is known."""
    return next((s for s in held if s.speaker.entity is not None), held[0])


def match_sayings(sayings: Sequence[Saying], overlap: float) -> IntColumn:
    """The number of the statement that each quotation is a variant of."""
    words = sorted({w for s in sayings for w in s.words})
    number = {w: k for k, w in enumerate(words)}
    owner = [i for i, s in enumerate(sayings) for _ in s.words]
    key = [number[w] for s in sayings for w in s.words]
    candidates = join_keys(np.array(owner, dtype=np.int64), np.array(key, dtype=np.uint64), key_max=KEY_MAX)

    def judge(left: IntColumn, right: IntColumn) -> FloatColumn:
        scores = [alike(sayings[a], sayings[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)]
        return np.array(scores, dtype=np.float64)

    scored = judge_pairs(candidates, judge)
    kept = scored.score >= overlap
    chosen = ScoredPairs(left=scored.left[kept], right=scored.right[kept], score=scored.score[kept])
    return average_link(len(sayings), chosen, threshold=TOGETHER)


def alike(a: Saying, b: Saying) -> float:
    """How surely two quotations are one statement: the share of the shorter one's telling words that both hold.

    Two known speakers must be one, but for a quotation long enough to be recognised by its words alone.
    """
    least = min(a.words.total(), b.words.total())
    if not least:
        return 0.0
    share = (a.words & b.words).total() / least
    if least < WORDS_LEAST:
        share = 1.0 if _holds(a, b) and a.article != b.article else 0.0
    spoken = "indirect" not in (a.mention.kind, b.mention.kind)
    known = bool(a.speaker.entity and b.speaker.entity)
    if known and a.speaker.entity != b.speaker.entity:
        return share if share >= 0.9 and least >= (WORDS_LEAST if spoken else WORDS_LEAST + 2) else 0.0
    if not spoken and not known:
        return share if share >= 0.8 else 0.0
    return share


def _holds(a: Saying, b: Saying) -> bool:
    """Whether the words of one quotation stand in the other in one run: three of them, or two of one known speaker."""
    short, long = sorted(([w.key for w in find_words(s.text)] for s in (a, b)), key=len)
    spoken = "indirect" not in (a.mention.kind, b.mention.kind)
    needed = 2 if spoken and a.speaker.entity and a.speaker.entity == b.speaker.entity else 3
    return len(short) >= needed and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _quote(held: Sequence[Saying], pile: Pile) -> Quote:
    best = min(held, key=lambda s: (_RANK[s.mention.kind], s.speaker.entity is None, -len(s.text), s.article, s.text))
    others = [s for s in held if s is not best]
    votes = Counter(s.speaker.entity for s in held if s.speaker.entity is not None)
    speaker = min(votes, key=lambda e: (-votes[e], e)) if votes else None
    cue = best.mention.cue
    text_of = {a.id: a.text for a in pile.articles}
    via = sorted({text_of[s.article][v.start : v.end] for s in held for v in s.mention.via})
    reasons = [best.mention.reason, best.speaker.reason]
    if others:
        reasons.append(f"the same words in {len({s.article for s in held})} articles")
    support = _support(best)
    key = f"{best.article}\n{support[0].start if support else 0}\n{best.text}"
    return Quote(
        id="q-" + hashlib.sha256(key.encode()).hexdigest()[:12],
        speaker=speaker,
        speaker_text=best.speaker.text,
        kind=best.mention.kind,
        text=best.text,
        cue="" if cue is None else " ".join(text_of[best.article][cue.start : cue.end].split()),
        via=tuple(via),
        support=support,
        variants=tuple(QuoteVariant(text=s.text, support=_support(s)) for s in others),
        reasons=tuple(reasons),
    )


def _support(saying: Saying) -> tuple[Span, ...]:
    return tuple(Span(article=saying.article, start=c.start, end=c.end) for c in saying.mention.content)
