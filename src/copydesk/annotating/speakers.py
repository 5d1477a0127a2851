"""Quotes whose source is "he", "the minister" or a surname → the full name behind it, where the article gives one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk.annotating.cast import HE, REACH, SHE, SUBJECTS, Appearance, Cast, Member
from copydesk.annotating.readings import Reading
from copydesk.model.markup import QuoteMention
from copydesk.model.spans import Stretch
from copydesk.reference.titles import OFFICES, ORGANIZATION_ENDS

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
# Bodies of which there is one a place, so that the place's name and the noun are its name: "Vessel police".
_PUBLIC = frozenset(
    ["administration", "army", "authority", "council", "court", "department", "embassy", "force", "government",
     "military", "ministry", "mission", "parliament", "police", "service"]
)  # fmt: skip
_MOUTHPIECES = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "official", "representative", "statement", "report", "release",
     "source", "officer", "investigator", "authority", "staff", "lawyer", "press", "account", "tweet", "post", "letter",
     "executive", "employee", "member", "leader", "aide", "diplomat", "memo", "filing", "document", "website"]
)  # fmt: skip
_LOOK_BACK = 2000  # tokens
_RELATIVE = frozenset(["who", "which", "that", "whom"])
_PAPERS = frozenset(
    ["statement", "report", "release", "tweet", "post", "letter", "memo", "filing", "document", "account"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A speaker already found: where, by what name, the noun that the source rests on, and the member if it is one."""

    at: int
    name: str
    noun: str
    member: Member | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The tokens `first` ≤ i < `end` of a source, with the one that the others hang from."""

    first: int
    end: int
    head: int


def name_speakers(reading: Reading, quotes: Sequence[QuoteMention]) -> tuple[QuoteMention, ...]:
    """The same quotes with `source_name` where it is clear. Quotes are given and returned in order of place."""
    cast = Cast(reading)
    named: list[QuoteMention] = []
    told: list[Told] = []
    for quote in quotes:
        source = _source(reading, quote)
        name, member = _speaker(cast, source, quote, told) if source is not None else (None, None)
        if source is not None and name is not None:
            told.append(Told(at=source.head, name=name, noun=reading.tokens.lemma[source.head], member=member))
        named.append(replace(quote, source_name=name))
    return tuple(named)


def _source(reading: Reading, quote: QuoteMention) -> Source | None:
    if quote.source is None:
        return None
    first, end = reading.token_range(quote.source)
    heads = reading.tokens.head
    if not first < end:
        return None
    head = next((i for i in range(first, end) if not first <= heads[i] < end or heads[i] == i), end - 1)
    if reading.words[head] in _RELATIVE:
        return _antecedent_of_relative(reading, head) or Source(first=first, end=end, head=head)
    return Source(first=first, end=end, head=head)


def _antecedent_of_relative(reading: Reading, who: int) -> Source | None:
    """ "Ada Quill, who said …": the phrase that "who" stands for."""
    for verb in reading.up(who)[1:5]:
        noun = reading.tokens.head[verb]
        if reading.tokens.dep[verb] == "relcl" and noun < who:
            return Source(first=min(reading.subtree(noun)[0], noun), end=noun + 1, head=noun)
    return None


def _speaker(cast: Cast, source: Source, quote: QuoteMention, told: Sequence[Told]) -> tuple[str | None, Member | None]:
    reading, tokens = cast.reading, cast.reading.tokens
    head = source.head
    inside = cast.inside(source.first, source.end)
    member = _named_inside(cast, inside, head)
    if member is None and (tokens.lemma[head] in _MOUTHPIECES or tokens.lemma[head] in _BODIES):
        # "a spokeswoman for N", "N officials", "N police": the body speaks.
        bodies = [a.member for a in inside if not a.member.person]
        member = bodies[0] if bodies else None
    if member is None:
        number = reading.name_of[head]
        if number >= 0 and tokens.tag[head] not in ("NNS", "NNPS"):
            return reading.names[number].text, None
        collective = _collective(reading, source)
        if collective is not None:
            return collective, None
        again = _told_again(cast, source, told)
        if again is not None:
            return again.name, again.member
        member = _beside(cast, source) or _behind(cast, source, quote, told)
        if member is None and reading.words[head] in HE | SHE:
            return _speaker_before(reading, source, told)
    return (member.full_name, member) if member is not None else (None, None)


def _named_inside(cast: Cast, inside: Sequence[Appearance], head: int) -> Member | None:
    """The member that the source's own head names, or the nouns beside it, or the only person in it."""
    tokens = cast.reading.tokens
    for a in inside:
        if a.first <= head <= a.last:
            return a.member
    for a in inside:
        if tokens.head[a.head] == head and tokens.dep[a.head] in ("appos", "compound", "flat") and a.member.person:
            return a.member
    people = [a for a in inside if a.member.person and tokens.dep[a.head] not in ("poss", "pobj")]
    if people:
        return people[0].member
    return None


def _beside(cast: Cast, source: Source) -> Member | None:
    """ "Ada Quill, a visitor who saw it": the person whose name the source explains."""
    reading, tokens = cast.reading, cast.reading.tokens
    first, head = source.first, source.head
    for a in cast.before(first, reach=0):
        if a.member.person and a.last < first:
            if tokens.dep[head] == "appos" and a.first <= tokens.head[head] <= a.last:
                return a.member
            comma = a.last == first - 2 and reading.words[first - 1] == ","
            if comma and reading.words[first] in ("a", "an", "the") and tokens.pos[head] == "NOUN":
                return a.member
    return None


def _collective(reading: Reading, source: Source) -> str | None:
    """ "Vessel police" as a name, where a capitalised word before a body's noun says which one."""
    tokens = reading.tokens
    body = source.head
    if tokens.lemma[body] in _MOUTHPIECES:
        body = next(
            (c for c in reading.children[body] if tokens.lemma[c] in _PUBLIC and tokens.dep[c] == "compound"), -1
        )
    if body < 0 or tokens.lemma[body] not in _PUBLIC or not source.first <= body:
        return None
    return _collective_at(reading, body, source.first)


def _collective_at(reading: Reading, body: int, least: int) -> str | None:
    tokens = reading.tokens
    first = body
    while first > least and tokens.pos[first - 1] in ("NOUN", "PROPN", "ADJ") and body - first < 5:
        first -= 1
    words = reading.text[tokens.start[first] : tokens.end[body]]
    return words if first < body and words[:1].isupper() else None


def _told_again(cast: Cast, source: Source, told: Sequence[Told]) -> Told | None:
    """Who spoke before by the same noun: "the spokesman" after "a spokesman for N", "police" after "Vessel police"."""
    reading, tokens = cast.reading, cast.reading.tokens
    noun = tokens.lemma[source.head]
    if noun in _PAPERS:
        noun = next((tokens.lemma[c] for c in reading.children[source.head] if tokens.lemma[c] in _BODIES), "")
    if noun not in _MOUTHPIECES and noun not in _BODIES:
        return None
    if tokens.tag[source.head] == "NNS" and noun != "police":
        return None
    own = [i for i in range(source.first, source.head) if tokens.pos[i] in ("NOUN", "PROPN", "ADJ")]
    if own and tokens.lemma[source.head] not in _PAPERS:
        return None
    for one in reversed(told):
        if one.noun == noun:
            return one
    if noun not in _PUBLIC:
        return None
    for body in range(source.first - 1, max(-1, source.first - _LOOK_BACK), -1):
        if tokens.lemma[body] == noun and (name := _collective_at(reading, body, max(0, body - 5))) is not None:
            return Told(at=body, name=name, noun=noun, member=cast.named(name))
    return None


def _behind(cast: Cast, source: Source, quote: QuoteMention, told: Sequence[Told]) -> Member | None:
    """The member behind a pronoun, a role ("the minister") or a body's noun ("the airline")."""
    reading, tokens = cast.reading, cast.reading.tokens
    first, head = source.first, source.head
    word, lemma = reading.words[head], tokens.lemma[head]
    if word in HE or word in SHE:
        return _antecedent(cast, first, word, quote, told)
    if word == "they" or tokens.pos[head] == "PRON":
        return None
    if tokens.tag[head] in ("NNS", "NNPS") and lemma != "police":
        return None
    opening = reading.words[first]
    if lemma in _BODIES or lemma in _PAPERS:
        return _body(cast, source, told) if opening in ("the", "its") or first == head else None
    owned = any(tokens.dep[c] == "poss" and tokens.pos[c] != "PRON" for c in reading.children[head])
    if opening != "the" and not owned and first != head:
        return None
    for a in cast.before(first):
        if a.member.person and a.member.roles[lemma]:
            return a.member
    holders = [m for m in cast.members if m.person and m.roles[lemma]]
    if len(holders) == 1:
        return holders[0]
    if lemma in OFFICES or lemma in _MOUTHPIECES or opening != "the":
        return None  # an office has one holder, and nobody says that the last speaker is that one
    return _last_told(reading, told, first, 1, person=True)


def _speaker_before(reading: Reading, source: Source, told: Sequence[Told]) -> tuple[str | None, Member | None]:
    """Whoever spoke last, under whatever type the name goes: who speaks and is then "she" is a person."""
    for one in reversed(told):
        if reading.sentence_of[source.first] - reading.sentence_of[one.at] > 2:
            break
        if reading.tokens.pos[one.at] == "PROPN" and one.name.split()[-1].lower() not in ORGANIZATION_ENDS:
            return one.name, one.member
    return None, None


def _body(cast: Cast, source: Source, told: Sequence[Told]) -> Member | None:
    """The body behind "the airline": one that has the word in its name or beside it, else the last one that spoke."""
    reading, tokens = cast.reading, cast.reading.tokens
    first, head = source.first, source.head
    wanted = {
        reading.words[i] for i in range(first, source.end) if tokens.pos[i] in ("NOUN", "PROPN", "ADJ") and i <= head
    }
    before = [a for a in cast.before(first, reach=1000) if not a.member.person]
    for a in before if tokens.lemma[head] in _BODIES else ():
        if wanted <= set(a.member.words):
            return a.member
    if len(wanted) > 1 or reading.words[first] != "the":
        return None
    for a in before:
        if a.member.roles[tokens.lemma[head]]:
            return a.member
    if tokens.lemma[head] in _PUBLIC:
        return None  # "the military" after a newspaper spoke is not the newspaper
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
        if one.member is not None and (one.member.person or (person and one.member.person_like)) == person:
            return one.member
    return None


def _antecedent(cast: Cast, at: int, word: str, quote: QuoteMention, told: Sequence[Told]) -> Member | None:
    """The likeliest person for "he" or "she": subjects and speakers close by before others."""
    reading, tokens = cast.reading, cast.reading.tokens
    scores: dict[int, float] = {}
    members: dict[int, Member] = {}
    for a in cast.before(at):
        if not a.member.may_be(word) or _within(tokens.start[a.first], quote.content):
            continue
        if not (a.member.person or a.member.person_like):
            continue
        distance = reading.sentence_of[at] - reading.sentence_of[a.first]
        score = 4.0 / (1 + distance)
        if tokens.dep[a.head] in SUBJECTS:
            score += 2.0 / (1 + distance)
        elif tokens.dep[a.head] == "poss":
            score -= 0.5
        if reading.quotation_of[a.first] >= 0:
            score *= 0.3
        if not a.member.person:
            score *= 0.6
        members[id(a.member)] = a.member
        scores[id(a.member)] = max(scores.get(id(a.member), 0.0), score)
    last = _last_told(reading, told, at, REACH, person=True)
    if last is not None and last.may_be(word):
        gap = reading.sentence_of[at] - max((reading.sentence_of[t.at] for t in told if t.member is last), default=0)
        members[id(last)] = last
        nearness = 3.0 / (1 + 0.5 * max(-1, gap))  # told again further on: no nearer than in the next sentence
        scores[id(last)] = scores.get(id(last), 0.0) + nearness
    return members[max(scores, key=lambda k: scores[k])] if scores else None


def _within(place: int, stretches: Sequence[Stretch]) -> bool:
    return any(s.start <= place < s.end for s in stretches)
