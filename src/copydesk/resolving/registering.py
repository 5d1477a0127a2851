"""Entities, the records of a register → which record each entity is, where one fits and no other fits as well.

A record is only looked at when it shares a key with a name of the pile, so that an export of millions costs the memory
of the few that may be meant. The judge is the one of spellings; the story's countries and roles tell namesakes apart,
and where they do not, nothing is linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from copydesk.model.piles import Pile
from copydesk.model.registers import Register, Registered, RegisterLink
from copydesk.model.stories import Entity
from copydesk.reference import gazetteer
from copydesk.reference.naming import ADDRESS, SMALL
from copydesk.resolving.forms import core
from copydesk.resolving.likeness import name_likeness
from copydesk.resolving.spelling import STRONG, Name, alike_words, skeleton
from copydesk.text.normalise import find_words

WORDS_MAX = 6  # words of a name that make keys
KEY_MAX = 200  # records that may share a key; a name that more bear tells nobody from another
JOINED_MIN = 3  # consonants of a whole name that make a key
_CLASSES = str.maketrans("bpfvwgjkqsxzcdtmn", "11111222222223355")
NAMES_MAX = 12  # spellings of an entity that are compared
LEAST = 0.7  # likeness of two names from which a record may be meant
TOLD = 0.05  # what a country or a role that both have adds, and what one record must be ahead of the next
UNTOLD = 0.9  # share of a likeness that is left when nothing but the name speaks for a record


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What a story tells of where it plays."""

    countries: frozenset[str]


def gather_register(records: Iterable[Registered], pile: Pile) -> Register:
    """The records that share a key with a name of the pile, by key."""
    wanted = {key for markup in pile.markups for name in markup.names for key in register_keys(name.text)}
    return index_register(records, wanted)


def index_register(records: Iterable[Registered], wanted: set[str] | None = None) -> Register:
    """The records by key, of those keys alone that are `wanted`, and of those that no more than KEY_MAX share."""
    words = None if wanted is None else {word for key in wanted for word in key.split(" ")[1:]}
    found: dict[str, list[Registered]] = defaultdict(list)
    for record in records:
        keys = {key for name in record.names for key in register_keys(name, words)}
        for key in sorted(keys if wanted is None else keys & wanted):
            if len(found[key]) <= KEY_MAX:
                found[key].append(record)
    return {key: tuple(held) for key, held in sorted(found.items()) if len(held) <= KEY_MAX}


def register_keys(name: str, among: set[str] | None = None) -> Iterator[str]:
    """The keys of a name: its one word, or how any two of its words and all of them together sound, very roughly.

    With `among`, keys of other words than those are left out.
    """
    words = _words(name)[:WORDS_MAX]
    if len(words) == 1:
        yield f"one {words[0]}"
    joined = _rough("".join(words))
    if len(joined) >= JOINED_MIN and (among is None or joined in among):
        yield f"all {joined}"
    sounds = sorted({_rough(w) for w in words})
    yield from (f"two {a} {b}" for a, b in combinations([s for s in sounds if among is None or s in among], 2))


@lru_cache(maxsize=1 << 16)
def _rough(word: str) -> str:
    """The consonants of a word by where in the mouth they are made: "gaddafi" and "kadhafi" are alike."""
    told = skeleton(word).translate(_CLASSES)
    return "".join(a for a, b in zip(told, f" {told}", strict=False) if a != b)


def registered_in(pile: Pile) -> tuple[Registered, ...]:
    """The records of the pile's register that may be meant by a name of this pile, each once, in order of id."""
    keys = {key for markup in pile.markups for name in markup.names for key in register_keys(name.text)}
    return tuple(sorted({r for key in keys for r in pile.register.get(key, ())}, key=lambda r: (r.id, r.names)))


def link_entities(entities: Sequence[Entity], register: Register) -> list[Entity]:
    """The entities, each with the record of the register that it is; two that fit alike are named in the reasons."""
    if not register:
        return list(entities)
    around = _Around(countries=frozenset(_countries(entities)))
    return [_link(e, register, around) for e in entities]


def _link(entity: Entity, register: Register, around: _Around) -> Entity:
    spelled = dict.fromkeys([entity.name, *(a.text for a in entity.aliases)])
    names = {name: frozenset(register_keys(name)) for name in list(spelled)[:NAMES_MAX]}
    records = {r.id: r for key in sorted(frozenset().union(*names.values())) for r in register.get(key, ())}
    judged = sorted(
        (link for r in records.values() if (link := _judge(entity, names, r, around))), key=lambda x: (-x.score, x.id)
    )
    if not judged:
        return entity
    if len(judged) > 1 and judged[0].score - judged[1].score < TOLD:
        alike = f"the register has {judged[0].id} and {judged[1].id} that fit alike: linked to neither"
        return replace(entity, reasons=(*entity.reasons, alike))
    return replace(entity, links=(judged[0],))


def _judge(
    entity: Entity, names: Mapping[str, frozenset[str]], record: Registered, around: _Around
) -> RegisterLink | None:
    """The link to a record and its grounds; None where kind, name or country speak against it."""
    if record.types and entity.type not in record.types:
        return None
    keys = {name: frozenset(register_keys(name)) for name in record.names}
    pairs = ((_likeness(entity, n, r), n, r) for n, a in names.items() for r, b in keys.items() if a & b)
    score, written, registered = max(pairs, default=(0.0, "", ""))
    if score < LEAST:
        return None
    shared = sorted(around.countries.intersection(record.countries))
    if record.countries and not shared:
        return None  # a namesake elsewhere
    roles = sorted(_content(r.text for r in entity.roles) & _content(record.roles))
    sure = score if shared or roles else score * UNTOLD
    sure = min(1.0, sure + TOLD * bool(shared) + TOLD * bool(roles))
    same = "the same name" if _words(written) == _words(registered) else f"{written} is spelled {registered} there"
    grounds = [same, *(f"the story names {c}, too" for c in shared[:1]), *(f"both are called {r}" for r in roles[:1])]
    return RegisterLink(id=record.id, name=record.names[0], score=round(sure, 3), reason=", ".join(grounds))


def _likeness(entity: Entity, left: str, right: str) -> float:
    """How likely two names are one: people by the judge of spellings, all else by its words; one word must be the same."""
    a, b = _words(left), _words(right)
    if a == b:
        return 1.0 if len(a) > 1 or entity.type == "place" else UNTOLD * (entity.type != "person")
    if min(len(a), len(b)) < 2:
        return 0.0
    if entity.type == "person":
        return name_likeness(left, right)
    cores = core(a, entity.type), core(b, entity.type)
    return STRONG if cores[0] == cores[1] or alike_words(*cores) >= STRONG else 0.0


def _words(name: str) -> Name:
    keys = [w.key for w in find_words(name)]
    while len(keys) > 1 and (keys[0] in ADDRESS or keys[0] == "the"):
        keys = keys[1:]
    return tuple(keys)


def _content(roles: Iterable[str]) -> set[str]:
    return {w.key for role in roles for w in find_words(role) if w.key not in SMALL and len(w.key) > 2}


def _countries(entities: Sequence[Entity]) -> Iterator[str]:
    """The countries that a story names or whose places it names."""
    for entity in entities:
        if entity.place is not None and entity.place.country:
            yield entity.place.country
        elif entity.type in ("other", "place") and (code := gazetteer().country_of(entity.name)):
            yield code
