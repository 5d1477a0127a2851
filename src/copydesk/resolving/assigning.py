"""Mentions → which entity each one is, short forms by what stands near them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.model.markup import NameType
from copydesk.reference import gazetteer
from copydesk.reference.given_names import is_given_name
from copydesk.reference.naming import FEMALE, GENERATIONS, MALE
from copydesk.reference.peoples import PEOPLES
from copydesk.resolving.forms import Form, core
from copydesk.resolving.mentions import Mention
from copydesk.resolving.merging import Group
from copydesk.resolving.spelling import FAIR, Name, part_likeness, skeleton

RARE = 8  # a full name stands for a short one at most so many times as frequent, unless a given name tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A form of one word and the groups (by number) whose name it may shorten."""

    form: int
    groups: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Pairs of names that the user holds apart, and the words that the story also writes small."""

    barred: set[tuple[Name, Name]]
    small: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """The groups (by number, in order) of each sound of a full name's first and last part, and of each word."""

    by_part: dict[tuple[int, str], list[int]]
    by_word: dict[str, list[int]]
    small: frozenset[str]


def _index(forms: Sequence[Form], groups: Sequence[Group], small: frozenset[str]) -> _Index:
    by_part: dict[tuple[int, str], list[int]] = {}
    by_word: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        keys = [forms[f].key for f in group.forms]
        full = [forms[f].key for f in group.forms if forms[f].full]
        for place in sorted({(part, skeleton(_part(key, part))) for key in full for part in (0, -1)}):
            by_part.setdefault(place, []).append(n)
        for word in sorted({w for key in keys for w in key}):
            by_word.setdefault(word, []).append(n)
    return _Index(by_part=by_part, by_word=by_word, small=small)


def assign(mentions: Sequence[Mention], forms: Sequence[Form], groups: list[Group], known: Known) -> list[int]:
    """The number of the group that each mention belongs to. Groups that a short form joins get its reason."""
    home = {f: n for n, g in enumerate(groups) for f in g.forms}
    shorts = {s.form: s for s in _shorts(forms, groups, home, known)}
    owner: list[int] = [-1] * len(mentions)
    waiting = []
    for number, form in enumerate(forms):
        for i in form.mentions:
            if number in shorts:
                waiting.append((i, shorts[number]))
            else:
                owner[i] = home[number]
    sexes = _sexes(mentions, owner)
    for i, short in sorted(waiting, key=lambda w: w[0]):
        owner[i] = _choose(mentions, owner, i, short, sexes)
        if short.reason not in groups[owner[i]].reasons:
            groups[owner[i]].reasons.append(short.reason)
    return owner


def _shorts(forms: Sequence[Form], groups: Sequence[Group], home: dict[int, int], known: Known) -> list[Short]:
    found = []
    barred, index = known.barred, _index(forms, groups, known.small)
    for number, form in enumerate(forms):
        if form.full or (form.acronym and form.type != "person"):
            continue
        own = [forms[f] for f in groups[home[number]].forms]
        if any(f.full or _has_inside(f.key, form.key) for f in own):
            continue  # the user said so, or it is the name without its place
        fits, reason = _fitting(form, forms, groups, (home[number], index))
        fits = [n for n in fits if not any((form.key, forms[f].key) in barred for f in groups[n].forms)]
        if fits:
            found.append(Short(form=number, groups=tuple(fits), reason=reason))
    return found


def _fitting(
    form: Form, forms: Sequence[Form], groups: Sequence[Group], place: tuple[int, _Index]
) -> tuple[list[int], str]:
    """The groups of which a form may be the short name: surname first, then given name, then part of a name."""
    own, known = place
    if len(form.key) == 1 and form.type in ("person", "organization", "place", "other", "work"):
        word = form.key[0]
        people = gazetteer().is_adjective(form.written) or (form.type == "other" and form.written in PEOPLES)
        if form.type != "person" and (people or gazetteer().find(form.written)):
            return [], ""
        for part, least, reason in ((-1, 1.0, "surname"), (0, 1.0, "given name"), (-1, FAIR, "surname, spelled alike")):
            if form.type != "person" and (part == 0 or least < 1.0):
                continue
            near = known.by_part.get((part, skeleton(word)), ())
            fits = [
                n
                for n in near
                if n != own
                and _outweighs(groups[n], forms, form)
                and any(
                    forms[f].full and part_likeness(_part(forms[f].key, part), word) >= least for f in groups[n].forms
                )
            ]
            if fits:
                return fits, f"{reason} alone"
    if not form.acronym and form.type not in ("other", "place"):
        fits = [
            n
            for n in sorted({*known.by_word.get(form.key[0], ()), *known.by_word.get(form.key[-1], ())})
            if n != own
            and any(
                _begins_or_ends(core(form.key, form.type), core(forms[f].key, forms[f].type), known.small, form.type)
                for f in groups[n].forms
                if _takes(form, forms[f])
            )
        ]
        if len(fits) == 1:
            return fits, "part of the long name"
    return [], ""


def _has_inside(long: Name, short: Name) -> bool:
    """Whether a longer name ends or begins with a name of two words or more."""
    return 1 < len(short) < len(long) and short in (long[-len(short) :], long[: len(short)])


def _takes(short: Form, long: Form) -> bool:
    """Whether a name of this kind may be shortened to a form of that kind."""
    if long.type == "person":
        return False
    return short.type == long.type or ("other" not in (short.type, long.type) and long.type != "place")


def _outweighs(group: Group, forms: Sequence[Form], short: Form) -> bool:
    """Whether a full name is no chance capital before a far commoner word: it begins with a given name, or is not rare."""
    full = [forms[f] for f in group.forms if forms[f].full]
    return any(is_given_name(f.written.split()[0]) for f in full) or RARE * sum(len(f.mentions) for f in full) >= len(
        short.mentions
    )


def _part(key: Name, part: int) -> str:
    plain = [p for p in key if p not in GENERATIONS] or list(key)
    return plain[part]


def _begins_or_ends(short: Name, long: Name, small: frozenset[str], kind: NameType) -> bool:
    """Whether the long name begins with the short one, or ends with it and the short one is no common word and nobody."""
    rest = len(long) - len(short)
    if rest < 1 or any(w.isdigit() for w in short):
        return False
    if long[: len(short)] == short:
        return all(len(w) > 1 and not w.isdigit() for w in long[len(short) :])
    return (
        kind != "person"
        and long[-len(short) :] == short
        and (len(short) > 1 or (len(short[0]) > 4 and short[0] not in small))
    )


def _sexes(mentions: Sequence[Mention], owner: Sequence[int]) -> dict[int, str]:
    """What the forms of address say about each group: "m", "f", or nothing."""
    votes: dict[int, list[int]] = {}
    for m, n in zip(mentions, owner, strict=True):
        if n >= 0:
            held = votes.setdefault(n, [0, 0])
            held[0] += m.address in MALE
            held[1] += m.address in FEMALE
    return {n: "m" if a > b else "f" for n, (a, b) in votes.items() if a != b}


def _choose(mentions: Sequence[Mention], owner: Sequence[int], i: int, short: Short, sexes: dict[int, str]) -> int:
    """Of the groups a short form fits: the one last named before it in the article, else the most named."""
    m = mentions[i]
    sex = "m" if m.address in MALE else "f" if m.address in FEMALE else ""
    groups = [n for n in short.groups if not sex or sexes.get(n, sex) == sex] or list(short.groups)
    if len(groups) == 1:
        return groups[0]
    for j in range(i - 1, -1, -1):
        if mentions[j].article != m.article:
            break
        if owner[j] in groups:
            return owner[j]
    inside = {n: sum(o == n and x.article == m.article for o, x in zip(owner, mentions, strict=True)) for n in groups}
    overall = {n: sum(o == n for o in owner) for n in groups}
    return max(groups, key=lambda n: (inside[n], overall[n], -n))
