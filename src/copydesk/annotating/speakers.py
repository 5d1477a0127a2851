"""Quotes whose source is "he", "the minister" or a surname → the full name behind it, where the article gives one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk.annotating.cast import HE, REACH, SHE, SUBJECTS, Appearance, Cast, Member
from copydesk.annotating.readings import Reading
from copydesk.model.markup import QuoteMention
from copydesk.model.spans import Stretch

# Nouns for bodies that speak, and for people or papers that speak for one.
_BODIES = frozenset(
    ["administration", "agency", "airline", "airport", "army", "association", "authority", "bank", "board", "body",
     "broadcaster", "carrier", "channel", "charity", "church", "club", "commission", "committee", "company",
     "corporation", "council", "court", "department", "embassy", "federation", "firm", "force", "foundation",
     "government", "group", "hospital", "institute", "magazine", "maker", "manufacturer", "military", "ministry",
     "mission", "network", "newspaper", "office", "operator", "organisation", "organization", "outlet", "paper",
     "parliament", "party", "police", "regulator", "retailer", "school", "service", "site", "station", "team", "union",
     "university", "watchdog", "website", "zoo"]
)  # fmt: skip
_MOUTHPIECES = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "official", "representative", "statement", "report", "release",
     "source", "officer", "investigator", "authority", "staff", "lawyer", "press", "account", "tweet", "post", "letter",
     "executive", "employee", "member", "leader", "aide", "diplomat", "memo", "filing", "document", "website"]
)  # fmt: skip
_PAPERS = frozenset(["statement", "report", "release", "tweet", "post", "letter", "memo", "filing", "document", "account"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A speaker already found: where, and who."""

    at: int
    member: Member


def name_speakers(reading: Reading, quotes: Sequence[QuoteMention]) -> tuple[QuoteMention, ...]:
    """The same quotes with `source_name` where it is clear. Quotes are given and returned in order of place."""
    cast = Cast(reading)
    named: list[QuoteMention] = []
    told: list[Told] = []
    for quote in quotes:
        name, member = _speaker(cast, quote, told)
        if member is not None:
            told.append(Told(at=_place(reading, quote), member=member))
        named.append(replace(quote, source_name=name))
    return tuple(named)


def _place(reading: Reading, quote: QuoteMention) -> int:
    """The token that a quote is told by, or begins with."""
    at = quote.source or quote.cue or quote.content[0]
    return min(reading.token_range(Stretch(start=at.start, end=at.start + 1))[0], len(reading.tokens) - 1)


def _speaker(cast: Cast, quote: QuoteMention, told: Sequence[Told]) -> tuple[str | None, Member | None]:
    if quote.source is None:
        return None, None
    reading, tokens = cast.reading, cast.reading.tokens
    first, end = reading.token_range(quote.source)
    if end <= first:
        return None, None
    heads = tokens.head
    head = next((i for i in range(first, end) if not first <= heads[i] < end or heads[i] == i), end - 1)
    inside = [a for a in cast.appearances if first <= a.first and a.last < end]
    member = _named_inside(reading, inside, head)
    if member is None and (tokens.lemma[head] in _MOUTHPIECES or tokens.lemma[head] in _BODIES):
        # "a spokeswoman for N", "N officials", "N police": the body speaks.
        bodies = [a.member for a in inside if not a.member.person]
        member = bodies[0] if bodies else None
    if member is None:
        number = reading.name_of[head]
        if number >= 0 and tokens.tag[head] not in ("NNS", "NNPS"):
            return reading.names[number].text, None
        member = _behind(cast, (first, end, head), quote, told)
    if member is not None:
        return member.full_name, member
    return _collective(reading, first, end, head), None


def _named_inside(reading: Reading, inside: Sequence[Appearance], head: int) -> Member | None:
    """The member that the source's own head names, or the nouns beside it, or the only person in it."""
    tokens = reading.tokens
    for a in inside:
        if a.first <= head <= a.last:
            return a.member
    for a in inside:
        if tokens.head[a.head] == head and tokens.dep[a.head] in ("appos", "compound", "flat") and a.member.person:
            return a.member
    people = [a for a in inside if a.member.person and tokens.dep[a.head] not in ("poss", "pobj")]
    return people[0].member if people else None


def _collective(reading: Reading, first: int, end: int, head: int) -> str | None:
    """"The Vessel police" as a name, where a capitalised word before a body's noun says which one."""
    tokens = reading.tokens
    if tokens.lemma[head] not in _BODIES or not first < head:
        return None
    start = first + (tokens.pos[first] == "DET")
    words = reading.text[tokens.start[start] : tokens.end[head]]
    return words if start < head and words[:1].isupper() else None


def _behind(
    cast: Cast, source: tuple[int, int, int], quote: QuoteMention, told: Sequence[Told]
) -> Member | None:
    """The member behind a pronoun, a role ("the minister") or a body's noun ("the airline")."""
    reading, tokens = cast.reading, cast.reading.tokens
    first, end, head = source
    word, lemma = reading.words[head], tokens.lemma[head]
    if word in HE or word in SHE:
        return _antecedent(cast, first, word, quote, told)
    if word == "they" or tokens.pos[head] == "PRON":
        return None
    plural = tokens.tag[head] in ("NNS", "NNPS") and lemma != "police"
    definite = reading.words[first] in ("the", "its", "a", "an") or first == head
    if plural or not definite:
        return None
    if lemma in _BODIES or lemma in _PAPERS:
        return _body(cast, source, told)
    if reading.words[first] != "the":
        return None
    for a in cast.before(first):
        if a.member.person and a.member.roles[lemma]:
            return a.member
    holders = [m for m in cast.members if m.person and m.roles[lemma]]
    if len(holders) == 1:
        return holders[0]
    return _last_told(reading, told, first, 1, person=True) if lemma not in _MOUTHPIECES else None


def _body(cast: Cast, source: tuple[int, int, int], told: Sequence[Told]) -> Member | None:
    """The body behind "the airline": one that has the word in its name or beside it, else the last one that spoke."""
    reading, tokens = cast.reading, cast.reading.tokens
    first, end, head = source
    wanted = {reading.words[i] for i in range(first, end) if tokens.pos[i] in ("NOUN", "PROPN", "ADJ") and i <= head}
    before = [a for a in cast.before(first, reach=1000) if not a.member.person]
    for a in before:
        if wanted <= set(a.member.words):
            return a.member
    if len(wanted) > 1 or reading.words[first] != "the":
        return None
    for a in before:
        if a.member.roles[tokens.lemma[head]]:
            return a.member
    last = _last_told(reading, told, first, 3, person=False)
    if last is not None:
        return last
    near = [a for a in before if reading.sentence_of[first] - reading.sentence_of[a.first] <= 3]
    subjects = [a for a in near if tokens.dep[a.head] in SUBJECTS]
    return subjects[0].member if subjects else max((a.member for a in near), key=lambda m: m.count, default=None)


def _last_told(reading: Reading, told: Sequence[Told], at: int, reach: int, *, person: bool) -> Member | None:
    for one in reversed(told):
        if reading.sentence_of[at] - reading.sentence_of[one.at] > reach:
            return None
        if one.member.person == person:
            return one.member
    return None


def _antecedent(cast: Cast, at: int, word: str, quote: QuoteMention, told: Sequence[Told]) -> Member | None:
    """The likeliest person for "he" or "she": subjects and speakers close by before others."""
    reading, tokens = cast.reading, cast.reading.tokens
    scores: dict[int, float] = {}
    members: dict[int, Member] = {}
    for a in cast.before(at):
        if not a.member.person or not a.member.may_be(word) or _within(tokens.start[a.first], quote.content):
            continue
        distance = reading.sentence_of[at] - reading.sentence_of[a.first]
        score = 4.0 / (1 + distance)
        if tokens.dep[a.head] in SUBJECTS:
            score += 2.0 / (1 + distance)
        elif tokens.dep[a.head] == "poss":
            score -= 0.5
        if reading.quotation_of[a.first] >= 0:
            score *= 0.3
        members[id(a.member)] = a.member
        scores[id(a.member)] = max(scores.get(id(a.member), 0.0), score)
    last = _last_told(reading, told, at, REACH, person=True)
    if last is not None and last.may_be(word):
        gap = reading.sentence_of[at] - max((reading.sentence_of[t.at] for t in told if t.member is last), default=0)
        members[id(last)] = last
        scores[id(last)] = scores.get(id(last), 0.0) + 3.0 / (1 + 0.5 * gap)
    return members[max(scores, key=lambda k: scores[k])] if scores else None


def _within(place: int, stretches: Sequence[Stretch]) -> bool:
    return any(s.start <= place < s.end for s in stretches)
