"""Quotations that no likely cue claims → whose they are, by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.annotating.attributions import Cues, Found, attribution_of
from copydesk.annotating.judges import QuoteJudges
from copydesk.annotating.leanings import Leanings
from copydesk.annotating.marking import BY_CONTENT
from copydesk.annotating.quotations import SPEAKER_LINE
from copydesk.annotating.readings import Reading
from copydesk.annotating.syntax import subject_phrase
from copydesk.model.spans import Stretch
from copydesk.text.sentences import find_paragraphs

# A quotation of fewer words without a teller is a title or a word held at arm's length as often as speech:
# on PolNeAR's development part 45 of 50 with six words and more are attributed, 39 of 86 with fewer.
SPEECH_MIN = 6
# Below it a quotation without a teller is a title or a phrase that nobody says: in PolNeAR's training part 148 words of
# 154, by networks that had not read them; from it on most are attributed.
SAID_MIN = 0.3
RESCUE_MIN = 0.03  # the least probability of a cue that takes a quotation in its own sentence otherwise left alone
OFFERS_MAX = 5  # unlikely cues of one sentence that are asked
GAP_MAX = 15  # tokens between a statement and the quoted words that end it
LOOK_BACK = 400  # tokens between a quotation and the attribution that it goes on with
_DASHED = re.compile(r"[ \t]*(?P<dash>[—–―]|-{1,2})[ \t]*(?P<name>[^\s—–―][^—–―\n]{1,80})\Z")
_TWEET = re.compile(
    r"(?P<text>[^\n]{8,400}?)[ \t]+(?P<dash>[—–―]|-{1,2})[ \t]*(?P<name>[^—–―\n@()]{2,60})[ \t]\((?P<at>@\w{1,30})\)"
)


def find_tellers(reading: Reading, judges: QuoteJudges, cues: Cues, found: Sequence[Found]) -> list[Found]:
    """The attributions given and those of the quotations that they leave over."""
    table = _Table(reading, [*_post_attributions(reading), *found])
    for number, quotation in enumerate(reading.quotations):
        own = [i for i in range(*reading.token_range(quotation)) if reading.is_word(i)]
        if not own or sum(i in table.owner for i in own) * 2 > len(own):
            continue
        named = _dash_attribution(reading, number) or _transcript_line(reading, number)
        if named is not None:
            table.add(named)
        elif len(own) >= SPEECH_MIN:
            _give(reading, judges, cues, table, number)
        else:
            _go_on(reading, table, number)
    return table.found


class _Table:
    """Attributions with the token → attribution look-ups that handing out quotations needs."""

    def __init__(self, reading: Reading, found: Sequence[Found]) -> None:
        self.found: list[Found] = []
        self.owner: dict[int, int] = {}  # content token → the first attribution that holds it
        self.cues: set[int] = set()
        self.last_at: list[int] = [-1] * len(reading.tokens)  # token → the attribution that it is cue or content of
        for f in found:
            self.add(f)

    def add(self, found: Found) -> None:
        self.found.append(found)
        self._enter(len(self.found) - 1, found)

    def extend(self, number: int, tokens: Sequence[int]) -> None:
        f = self.found[number]
        self.found[number] = replace(f, content=tuple(sorted({*f.content, *tokens})))
        self._enter(number, self.found[number])

    def _enter(self, number: int, found: Found) -> None:
        for i in found.content:
            self.owner.setdefault(i, number)
            self.last_at[i] = number
        if found.cue is not None:
            self.cues.add(found.cue)
            self.last_at[found.cue] = number

    def before(self, token: int) -> tuple[int, int] | None:
        """The nearest token before one that is cue or content, with its attribution."""
        for i in range(token - 1, max(-1, token - 1 - LOOK_BACK), -1):
            if self.last_at[i] >= 0:
                return i, self.last_at[i]
        return None


def _give(reading: Reading, judges: QuoteJudges, cues: Cues, table: _Table, number: int) -> None:
    """Gives one quotation to an unlikely cue of its sentence, to the attribution before it, or lists it without one."""
    quotation = reading.quotations[number]
    first, end = reading.token_range(quotation)
    whole = tuple(range(first, end))
    sentences = {reading.sentence_of[first], reading.sentence_of[end - 1]}
    offered = [c for s in sorted(sentences) for c in cues.in_sentence.get(s, ())]
    for probability, cue in sorted(offered)[:OFFERS_MAX]:
        if reading.quotation_of[cue] < 0 and cue not in table.cues and cue not in table.owner:
            offer = attribution_of(reading, judges, cue, -probability)
            if sum(first <= i < end for i in offer.content) * 2 > end - first:
                table.add(replace(offer, content=tuple(i for i in offer.content if i not in table.owner)))
                return
    for probability, cue in sorted(offered)[:1]:
        if (
            -probability >= judges.cue_min
            and reading.quotation_of[cue] < 0
            and cue not in table.cues
            and cue not in table.owner
        ):
            source = attribution_of(reading, judges, cue, -probability).source
            kept = tuple(i for i in source if not first <= i < end)
            table.add(Found(cue=cue, content=whole, source=kept, reason="quotation beside a cue"))
            return
    if (plain := _plain_teller(reading, first, end)) is not None:
        table.add(plain)
        return
    nearest = table.before(first)
    apart = reading.paragraph_of(first) - reading.paragraph_of(nearest[0]) if nearest is not None else 9
    if nearest is None or apart > (1 if quotation.alone else 0):
        words = [i for i in whole if reading.is_word(i)]
        if Leanings(reading=reading).mean(words, BY_CONTENT) >= SAID_MIN:
            table.add(Found(cue=None, content=whole, source=(), reason="quotation without a teller"))
        return
    teller = table.found[nearest[1]]
    opens = quotation.alone or first == reading.sentences[reading.sentence_of[first]].first
    # With other words round it, or after a plain statement, it is a quotation of its own by that speaker.
    if (opens and _has_quotation(reading, teller)) or _same_sentence(reading, teller, first):
        table.extend(nearest[1], whole)
    else:
        table.add(
            Found(cue=None, content=whole, source=teller.source, reason="quotation after another by this speaker")
        )


def _go_on(reading: Reading, table: _Table, number: int) -> None:
    """Gives a few quoted words to the statement whose own sentence runs on to them: its content was cut too early."""
    first, end = reading.token_range(reading.quotations[number])
    nearest = table.before(first)
    if nearest is None or first - nearest[0] > GAP_MAX or nearest[0] not in table.owner:
        return
    teller = table.found[nearest[1]]
    between = range(nearest[0] + 1, first)
    apart = any(i in teller.source or i in table.owner for i in between)
    if teller.cue is not None and teller.cue < nearest[0] and not apart and _same_sentence(reading, teller, first):
        table.extend(nearest[1], tuple(range(nearest[0] + 1, end)))


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
            return Found(
                cue=verb, content=tuple(range(first, end)), source=tuple(source), reason="a verb after a quotation"
            )
    return None


def part_statements(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """A statement in other words and the quotations in paragraphs after it become two quotes of one speaker.

    In the paragraph itself they are one: of 336 such words in PolNeAR's training part 271 are marked so, of 423 in the
    paragraphs after it 240.
    """
    parted = []
    for f in found:
        own = [i for i in f.content if f.cue is not None and reading.sentence_of[i] == reading.sentence_of[f.cue]]
        late = [i for i in f.content if f.cue is not None and reading.sentence_of[i] > reading.sentence_of[f.cue]]
        plain = not any(reading.quotation_of[i] >= 0 for i in own)
        fresh = bool(own and late) and reading.paragraph_of(late[0]) != reading.paragraph_of(own[-1])
        if fresh and plain and all(reading.quotation_of[i] >= 0 for i in late if reading.is_word(i)):
            rest = set(late)
            parted.append(replace(f, content=tuple(i for i in f.content if i not in rest)))
            parted.append(
                replace(f, cue=None, content=tuple(late), reason="quotation after a statement by this speaker")
            )
        else:
            parted.append(f)
    return parted


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


def _transcript_line(reading: Reading, number: int) -> Found | None:
    """A quotation that opens with a speaker's name in capitals and a colon."""
    quotation = reading.quotations[number]
    match = SPEAKER_LINE.match(reading.text[quotation.first : quotation.first + 60])
    if match is None:
        return None
    colon = quotation.first + match.end() - 1
    cue, after = reading.token_range(Stretch(start=colon, end=colon + 1))
    first, end = reading.token_range(quotation)
    if cue == after or after >= end:
        return None
    source = tuple(i for i in range(first, cue) if reading.is_word(i))
    return Found(cue=cue, content=tuple(range(after, end)), source=source, reason="a speaker's name before a colon")


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
