"""Quotations that no likely cue claims → whose they are, by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.annotating.attributions import Cues, Found, attribution_of
from copydesk.annotating.judges import QuoteJudges
from copydesk.annotating.readings import Reading
from copydesk.annotating.syntax import subject_phrase
from copydesk.model.spans import Stretch
from copydesk.text.sentences import find_paragraphs

# A quotation of fewer words without a teller is a title or a word held at arm's length as often as speech:
# on PolNeAR's development part 45 of 50 with six words and more are attributed, 39 of 86 with fewer.
SPEECH_MIN = 6
RESCUE_MIN = 0.03  # the least probability of a cue that takes a quotation in its own sentence otherwise left alone
_DASHED = re.compile(r"[ \t]*(?P<dash>[—–―]|-{1,2})[ \t]*(?P<name>[^\s—–―][^—–―\n]{1,80})\Z")
_TWEET = re.compile(
    r"(?P<text>[^\n]{8,400}?)[ \t]+(?P<dash>[—–―]|-{1,2})[ \t]*(?P<name>[^—–―\n@()]{2,60})[ \t]\((?P<at>@\w{1,30})\)"
)


def find_tellers(reading: Reading, judges: QuoteJudges, cues: Cues, found: Sequence[Found]) -> list[Found]:
    """The attributions given and those of the quotations that they leave over."""
    told = [*_post_attributions(reading), *found]
    for number in range(len(reading.quotations)):
        own = [i for i in range(*reading.token_range(reading.quotations[number])) if reading.is_word(i)]
        claimed = {i for f in told for i in f.content}
        if not own or sum(i in claimed for i in own) * 2 > len(own):
            continue
        named = _dash_attribution(reading, number)
        if named is not None:
            told.append(named)
        elif len(own) >= SPEECH_MIN:
            _give(reading, judges, cues, told, number)
    return told


def _give(reading: Reading, judges: QuoteJudges, cues: Cues, told: list[Found], number: int) -> None:
    """Gives one quotation to an unlikely cue of its sentence, to the attribution before it, or lists it without one."""
    first, end = reading.token_range(reading.quotations[number])
    place = {reading.sentence_of[first], reading.sentence_of[end - 1]}
    for probability, cue in cues.likely:
        if reading.sentence_of[cue] in place and reading.quotation_of[cue] < 0 and not _is_cue(told, cue):
            offer = attribution_of(reading, judges, cue, probability)
            if sum(first <= i < end for i in offer.content) * 2 > end - first:
                claimed = {i for f in told for i in f.content}
                told.append(replace(offer, content=tuple(i for i in offer.content if i not in claimed)))
                return
    whole = tuple(range(first, end))
    if (plain := _plain_teller(reading, first, end)) is not None:
        told.append(plain)
        return
    before = _last_before(reading, told, first)
    if before is not None:
        f = told[before]
        # With words of its own round it, or after a plain statement, it is a quotation of its own by that speaker.
        opens = reading.quotations[number].alone or first == reading.sentences[reading.sentence_of[first]].first
        lone = opens and _has_quotation(reading, f)
        if lone or _same_sentence(reading, f, first):
            told[before] = replace(f, content=tuple(sorted({*f.content, *whole})))
            return
        told.append(Found(cue=None, content=whole, source=f.source, reason="quotation after another by this speaker"))
        return
    told.append(Found(cue=None, content=whole, source=(), reason="quotation without a teller"))


def _plain_teller(reading: Reading, first: int, end: int) -> Found | None:
    """“…” she shared: a pronoun or a name right after the quotation, and its verb, whatever the verb is."""
    tokens = reading.tokens
    if end >= len(tokens) or reading.sentence_of[end] != reading.sentence_of[end - 1]:
        return None
    last = reading.sentences[reading.sentence_of[end]].last
    for i in range(end, min(end + 4, last)):
        verb = tokens.head[i]
        named = reading.name_of[i] >= 0 or reading.words[i] in ("he", "she", "they")
        if named and tokens.dep[i] == "nsubj" and tokens.pos[verb] == "VERB" and i < verb <= i + 3:
            source = subject_phrase(reading, verb, frozenset(range(first, end)))
            return Found(cue=verb, content=tuple(range(first, end)), source=tuple(source), reason="a verb after a quotation")
    return None


def part_statements(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """A statement in other words and the quotations that follow its sentence become two quotes of one speaker."""
    parted = []
    for f in found:
        own = [i for i in f.content if f.cue is not None and reading.sentence_of[i] == reading.sentence_of[f.cue]]
        late = [i for i in f.content if f.cue is not None and reading.sentence_of[i] > reading.sentence_of[f.cue]]
        plain = not any(reading.quotation_of[i] >= 0 for i in own)
        if own and late and plain and all(reading.quotation_of[i] >= 0 for i in late if reading.is_word(i)):
            rest = set(late)
            parted.append(replace(f, content=tuple(i for i in f.content if i not in rest)))
            parted.append(replace(f, cue=None, content=tuple(late), reason="quotation after a statement by this speaker"))
        else:
            parted.append(f)
    return parted


def _is_cue(told: Sequence[Found], cue: int) -> bool:
    return any(f.cue == cue or cue in f.content for f in told)


def _last_before(reading: Reading, told: Sequence[Found], first: int) -> int | None:
    """The attribution that ends nearest before a token, in its own paragraph or, for a lone one, the one before."""
    best: tuple[int, int] | None = None
    for k, f in enumerate(told):
        ends = [i for i in (f.cue if f.cue is not None else -1, *f.content) if i < first]
        if ends and ends[-1] >= 0 and (best is None or max(ends) > best[0]):
            best = (max(ends), k)
    if best is None:
        return None
    apart = reading.paragraph_of(first) - reading.paragraph_of(best[0])
    alone = reading.quotations[reading.quotation_of[first]].alone if reading.quotation_of[first] >= 0 else False
    return best[1] if apart == 0 or (alone and apart == 1) else None


def _has_quotation(reading: Reading, found: Found) -> bool:
    return any(reading.quotation_of[i] >= 0 for i in found.content)


def _same_sentence(reading: Reading, found: Found, first: int) -> bool:
    places = [*found.content, *([found.cue] if found.cue is not None else [])]
    return any(reading.sentence_of[i] == reading.sentence_of[first] for i in places)


def _dash_attribution(reading: Reading, number: int) -> Found | None:
    """A quotation followed by a dash and the name of who said it, the paragraph ending there."""
    quotation = reading.quotations[number]
    starts = reading.paragraph_starts
    end = starts[quotation.paragraph + 1] if quotation.paragraph + 1 < len(starts) else len(reading.text)
    match = _DASHED.match(reading.text[quotation.end : min(end, quotation.end + 120)].rstrip())
    if match is None or not match["name"][0].isupper():
        return None
    shift = quotation.end
    tokens = reading.token_range(Stretch(start=shift + match.start("name"), end=shift + match.end("name")))
    dash = reading.token_range(Stretch(start=shift + match.start("dash"), end=shift + match.end("dash")))
    if any(reading.tokens.pos[i] == "VERB" for i in range(*tokens)):
        return None
    return Found(
        cue=dash[0] if dash[0] < dash[1] else None,
        content=tuple(range(*reading.token_range(quotation))),
        source=tuple(range(*tokens)),
        reason="a dash and a name after the quotation",
    )


def _post_attributions(reading: Reading) -> Iterator[Found]:
    """Posts shown whole: the words, a dash, the name and the handle, in a paragraph of their own."""
    for start, end in find_paragraphs(reading.text):
        match = _TWEET.match(reading.text[start : min(end, start + 600)])
        if match is None:
            continue
        content, dash, name = (
            reading.token_range(Stretch(start=start + match.start(part), end=start + match.end(part)))
            for part in ("text", "dash", "name")
        )
        yield Found(
            cue=dash[0] if dash[0] < dash[1] else None,
            content=tuple(range(*content)),
            source=tuple(range(*name)),
            reason="a post with its author's name and handle",
        )
