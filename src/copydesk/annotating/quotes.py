"""Sentences, tokens and names of one article → who is quoted saying what."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.annotating.attributions import Found, find_attributions, weigh_cues
from copydesk.annotating.judges import QuoteJudges, load_judges
from copydesk.annotating.readings import Reading, read
from copydesk.annotating.relays import Relay, find_relay
from copydesk.annotating.speakers import name_speakers
from copydesk.annotating.tellers import RESCUE_MIN, find_tellers, part_statements
from copydesk.model.markup import NameMention, QuoteKind, QuoteMention, Sentence, Tokens
from copydesk.model.spans import Stretch

_EDGE = frozenset("“”\"«»„‟＂'‘’`´,;:–—―- \t\n\u00a0")


def find_quotes(
    text: str, sentences: Sequence[Sentence], tokens: Tokens, names: Sequence[NameMention]
) -> tuple[QuoteMention, ...]:
    """The quotations and attributed statements of one article, in order of place."""
    return quotes_of(read(text, sentences, tokens, names), load_judges())


def quotes_of(reading: Reading, judges: QuoteJudges) -> tuple[QuoteMention, ...]:
    """The same with judges of the caller's choice."""
    cues = weigh_cues(reading, judges, min(RESCUE_MIN, judges.cue_min))
    found = find_tellers(reading, judges, cues, find_attributions(reading, judges, cues))
    quotes = [quote for f in part_statements(reading, found) if (quote := _quote(reading, f)) is not None]
    quotes.sort(key=lambda q: (q.content[0].start, q.cue.start if q.cue else -1))
    return name_speakers(reading, quotes)


def _quote(reading: Reading, found: Found) -> QuoteMention | None:
    tokens = reading.tokens
    relay = Relay(source=found.source, via=())
    if found.cue is not None:
        relay = find_relay(reading, found.cue, found.source)
    said = found.content
    if relay.said_from and found.cue is not None and found.cue < relay.said_from:
        said = tuple(i for i in said if i < found.cue or i >= relay.said_from)
    content = _stretches(reading, said)
    if not content:
        return None
    return QuoteMention(
        kind=_kind(reading, said),
        content=tuple(content),
        cue=Stretch(start=tokens.start[found.cue], end=tokens.end[found.cue]) if found.cue is not None else None,
        source=_source(reading, relay),
        source_name=None,
        via=relay.via,
        reason=found.reason,
    )


def _kind(reading: Reading, content: Sequence[int]) -> QuoteKind:
    words = [i for i in content if reading.is_word(i)]
    quoted = sum(reading.quotation_of[i] >= 0 for i in words)
    return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"


def _stretches(reading: Reading, content: Sequence[int]) -> list[Stretch]:
    """Neighbouring content tokens as stretches without the quotation marks and stops at their ends."""
    runs: list[list[int]] = []
    for i in content:
        joined = runs and not any(reading.is_word(j) for j in range(runs[-1][-1] + 1, i))
        if joined and reading.paragraph_of(i) == reading.paragraph_of(runs[-1][-1]):
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
    words = [i for i in relay.source if reading.is_word(i)]
    if not words:
        return None
    return Stretch(start=reading.tokens.start[words[0]], end=reading.tokens.end[words[-1]])
