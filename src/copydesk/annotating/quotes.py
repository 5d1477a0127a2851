"""Sentences, tokens and names of one article → who is quoted saying what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.annotating.cues import candidates, cue_features
from copydesk.annotating.extents import Unit, unit_features, units_of
from copydesk.annotating.judges import CONTENT, SOURCE, QuoteJudges, load_judges
from copydesk.annotating.readings import Reading, read
from copydesk.annotating.relays import Relay, find_relay
from copydesk.annotating.speakers import name_speakers
from copydesk.model.markup import NameMention, QuoteKind, QuoteMention, Sentence, Tokens
from copydesk.model.spans import Stretch

MARKS = "“”\"«»„‟＂"
_EDGE = frozenset(MARKS + "'‘’`´,;:–—- \t\n\u00a0")
_LOST_WORDS_MIN = 5  # words that a quotation without a teller of its own must have to be taken for speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An attribution by token numbers, on its way to becoming a quote. `content` and `source` are in order."""

    cue: int
    probability: float
    content: tuple[int, ...]
    source: tuple[int, ...]


def find_quotes(
    text: str, sentences: Sequence[Sentence], tokens: Tokens, names: Sequence[NameMention]
) -> tuple[QuoteMention, ...]:
    """The quotations and attributed statements of one article, in order of place."""
    return quotes_of(read(text, sentences, tokens, names), load_judges())


def quotes_of(reading: Reading, judges: QuoteJudges) -> tuple[QuoteMention, ...]:
    """The same with judges of the caller's choice."""
    found = find_attributions(reading, judges)
    quotes = [quote for f in _adopt_lone_quotations(reading, found) if (quote := _quote(reading, f)) is not None]
    quotes.sort(key=lambda q: (q.content[0].start, q.cue.start if q.cue else -1))
    return name_speakers(reading, quotes)


def find_attributions(reading: Reading, judges: QuoteJudges) -> list[Found]:
    """The attributions that the judges find, surest first; none stands inside the content of a surer one."""
    lexicon = judges.cues.lexicon
    likely = []
    for i in candidates(reading, lexicon):
        probability = judges.cues.probability(cue_features(reading, i, lexicon))
        if probability >= judges.cue_min:
            likely.append((-probability, i))
    found: list[Found] = []
    taken: set[int] = set()
    for probability, cue in sorted(likely):
        if cue in taken:
            continue
        units = units_of(reading, cue)
        labels = judges.extents.best(unit_features(reading, cue, units, lexicon))
        content = _tokens_of(units, labels, CONTENT)
        source = _one_run(_tokens_of(units, labels, SOURCE), cue)
        words = [i for i in content if _is_word(reading, i)]
        if not words or sum(i in taken for i in words) * 2 > len(words):
            continue
        found.append(Found(cue=cue, probability=-probability, content=tuple(content), source=tuple(source)))
        taken.update(content)
    return found


def _tokens_of(units: Sequence[Unit], labels: Sequence[int], label: int) -> list[int]:
    return [i for unit, own in zip(units, labels, strict=True) if own == label for i in range(unit.first, unit.last)]


def _is_word(reading: Reading, i: int) -> bool:
    return any(c.isalnum() for c in reading.words[i])


def _one_run(tokens: Sequence[int], cue: int) -> list[int]:
    """The longest run of neighbouring tokens, the one nearer to the cue of two that are as long."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i - runs[-1][-1] <= 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return max(runs, key=lambda run: (len(run), -abs(run[0] - cue)), default=[])


def _adopt_lone_quotations(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Gives a quotation that fills a paragraph and has no teller to the quotation told in the paragraph before."""
    adopted = list(found)
    for number, quotation in enumerate(reading.quotations):
        own = [i for i in range(*_range(reading, number)) if _is_word(reading, i)]
        if not quotation.alone or len(own) < _LOST_WORDS_MIN:
            continue
        if any(set(own) & set(f.content) for f in adopted):
            continue
        at = max((k for k, f in enumerate(adopted) if f.cue < own[0] and _is_speech(reading, f)), default=None,
                 key=lambda k: max(adopted[k].content[-1], adopted[k].cue))
        if at is None:
            continue
        last = max(adopted[at].content[-1], adopted[at].cue)
        if reading.paragraph_of(own[0]) - reading.paragraph_of(last) <= 1:
            f = adopted[at]
            content = tuple(sorted({*f.content, *range(*_range(reading, number))}))
            adopted[at] = Found(cue=f.cue, probability=f.probability, content=content, source=f.source)
    return adopted


def _range(reading: Reading, quotation: int) -> tuple[int, int]:
    return reading.token_range(reading.quotations[quotation])


def _is_speech(reading: Reading, found: Found) -> bool:
    """Whether some whole quotation stands in the content."""
    return any(reading.quotation_of[i] >= 0 for i in found.content)


def _quote(reading: Reading, found: Found) -> QuoteMention | None:
    content = _stretches(reading, found.content)
    if not content:
        return None
    tokens = reading.tokens
    relay = find_relay(reading, found.cue, found.source)
    kind = _kind(reading, found.content)
    return QuoteMention(
        kind=kind,
        content=tuple(content),
        cue=Stretch(start=tokens.start[found.cue], end=tokens.end[found.cue]),
        source=_source(reading, relay),
        source_name=None,
        via=relay.via,
        reason=f"cue {reading.words[found.cue]!r}, probability {found.probability:.2f}",
    )


def _kind(reading: Reading, content: Sequence[int]) -> QuoteKind:
    words = [i for i in content if _is_word(reading, i)]
    quoted = sum(reading.quotation_of[i] >= 0 for i in words)
    return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"


def _stretches(reading: Reading, content: Sequence[int]) -> list[Stretch]:
    """Neighbouring content tokens as stretches without the quotation marks and stops at their ends."""
    runs: list[list[int]] = []
    for i in content:
        gap = range(runs[-1][-1] + 1, i) if runs else range(0)
        same = runs and not any(_is_word(reading, j) for j in gap)
        if same and reading.paragraph_of(i) == reading.paragraph_of(runs[-1][-1]):
            runs[-1].append(i)
        else:
            runs.append([i])
    found = []
    for run in runs:
        start, end = reading.tokens.start[run[0]], reading.tokens.end[run[-1]]
        while start < end and reading.text[start] in _EDGE:
            start += 1
        while end > start and reading.text[end - 1] in _EDGE:
            end -= 1
        if any(c.isalnum() for c in reading.text[start:end]):
            found.append(Stretch(start=start, end=end))
    return found


def _source(reading: Reading, relay: Relay) -> Stretch | None:
    words = [i for i in relay.source if _is_word(reading, i)]
    if not words:
        return None
    return Stretch(start=reading.tokens.start[words[0]], end=reading.tokens.end[words[-1]])
