"""Names: `find_names` reads one paragraph, then `settle_names` gives all names of an article one type throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from copydesk.annotating.name_spans import find_pieces
from copydesk.annotating.name_types import Seen, context_evidence, decide, own_evidence
from copydesk.model.markup import NameMention, NameType
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.stopwords import STOPWORDS
from copydesk.reference.titles import is_title_word

AROUND = 40  # code points before and behind a name that tell its type
NAMES_MAX = 3_000  # distinct names that one article may have; beyond, the rest keep the tagger's type

_TAGGED, _CAPITALS = "tagger", "proper nouns"
_ACRONYM = re.compile(r"\(\s*(?:the\s+|or\s+)?[“\"]?([A-Z][A-Za-z&.]{0,6}[A-Z])[”\"]?\s*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """What the whole article says a name is."""

    type: NameType
    reason: str


def find_names(doc: Doc, text: str) -> tuple[NameMention, ...]:
    """The names of one paragraph with the tagger's types, titles and possessives cut off."""
    found = {
        NameMention(start=p.start, end=p.end, text=text[p.start : p.end], type=p.type,
                    reason=_TAGGED if p.tagged else _CAPITALS)
        for p in find_pieces(doc, text)
    }  # fmt: skip
    return tuple(sorted(found, key=lambda n: (n.start, n.end, n.reason)))


def settle_names(text: str, names: Sequence[NameMention]) -> tuple[NameMention, ...]:
    """An article's names, each with one type throughout, repeats that the tagger missed added, false ones dropped.

    `names` are those of its paragraphs, places counted in the article's text.
    """
    shouted = _title_case_lines(text)
    names = [n for n in names if _is_plausible(text, n, shouted)]
    settled = _settle(text, names, shouted)
    spread = [*names, *_acronyms(text, names), *_repeats(text, settled)]
    settled |= {n.text: _Settled(type=n.type, reason=n.reason) for n in spread if n.text not in settled}
    kept: list[NameMention] = []
    for name in sorted(spread, key=lambda n: (n.start - n.end, n.start, n.reason)):
        if not any(name.start < k.end and k.start < name.end for k in kept[-400:]):
            what = settled[name.text]
            kept.append(NameMention(start=name.start, end=name.end, text=name.text, type=what.type, reason=what.reason))
    return tuple(sorted(kept, key=lambda n: (n.start, n.end)))


def _title_case_lines(text: str) -> list[tuple[int, int]]:
    """The lines in which most words have a capital: a headline's capitals say little."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        words = [w for w in re.findall(r"[^\W\d_]+", line.group()) if len(w) > 3]
        if len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.7 * len(words):
            found.append((line.start(), line.end()))
    return found


def _within(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


def _is_plausible(text: str, name: NameMention, shouted: Sequence[tuple[int, int]]) -> bool:
    words = re.findall(r"[\w’'-]+", name.text)
    known = bool(gazetteer().find(name.text)) or gazetteer().is_adjective(name.text)
    if known or name.text.isupper():
        return True
    if _within(name.start, shouted):
        return len(words) <= 4 and not any(w.casefold() in STOPWORDS or is_title_word(w) for w in (words[0], words[-1]))
    if name.reason == _CAPITALS and len(words) == 1:
        first = re.search(r"(?:^|[.!?:\n][”\"’)]*\s+|[“\"‘(]\s*)$", text[: name.start][-6:]) is not None
        return not (first and re.search(rf"(?<!\w){re.escape(name.text.lower())}(?!\w)", text))
    return True


def _settle(text: str, names: Sequence[NameMention], shouted: Sequence[tuple[int, int]]) -> dict[str, _Settled]:
    seen: dict[str, list[Seen]] = {}
    for n in names:
        seen.setdefault(n.text, []).append(
            Seen(before=text[max(0, n.start - AROUND) : n.start], after=text[n.end : n.end + AROUND], type=n.type,
                 tagged=n.reason == _TAGGED, title_case=_within(n.start, shouted))
        )  # fmt: skip
    settled: dict[str, _Settled] = {}
    for name in sorted(seen, key=lambda n: (-len(n.split()), n))[:NAMES_MAX]:
        if gazetteer().is_adjective(name):
            settled[name] = _Settled(type="other", reason="a nationality in the table of countries")
            continue
        own, around = own_evidence(name), context_evidence(seen[name])
        longer = _longer(name, settled)
        if longer is not None and own["place"] < 6.0 and not (own["place"] and around.get("place", 0.0) >= 3.0):
            settled[name] = _Settled(type=settled[longer].type, reason=f"as in “{longer}”")
            continue
        kind, _ = decide((own, around))
        tables = own.get(kind, 0.0) > 0.0
        tagged = any(s.tagged and s.type == kind for s in seen[name])
        reason = "tagger and tables" if tables and tagged else "tables" if tables else "tagger" if tagged else "the words around"
        settled[name] = _Settled(type=kind, reason=reason)
    return settled


def _longer(name: str, settled: dict[str, _Settled]) -> str | None:
    """A longer name of the article that this one is short for: a person's last or first word, an organization's first."""
    if " " in name:
        return None
    best = None
    for other in settled:
        words = other.split()
        if len(words) < 2:
            continue
        kind = settled[other].type
        if kind == "person" and name == words[-1]:
            return other
        if (kind == "person" and name == words[0]) or (kind == "organization" and name == words[0] and len(words) <= 3):
            best = best or other
    return best


def _acronyms(text: str, names: Sequence[NameMention]) -> Iterator[NameMention]:
    """The short form that stands in brackets behind a name whose initials it has."""
    for name in names:
        match = _ACRONYM.match(text, name.end + 1) if text[name.end : name.end + 1] == " " else None
        if match is not None and " " in name.text and name.type != "person":
            initials = "".join(w[0] for w in re.findall(r"[^\W_]+", name.text) if w[0].isupper())
            short = re.sub(r"[^A-Z]", "", match[1])
            if len(short) > 1 and (short in initials or initials in short):
                kind: NameType = "organization" if name.type in ("organization", "other", "place") else name.type
                yield NameMention(start=match.start(1), end=match.end(1), text=match[1], type=kind,
                                  reason=f"stands for “{name.text}”")  # fmt: skip


def _repeats(text: str, settled: dict[str, _Settled]) -> Iterator[NameMention]:
    """Further places where a settled name stands, in capitals as well, that the tagger passed over."""
    forms: dict[str, str] = {}
    for name in sorted(settled):
        if len(name) < 3 or (settled[name].type == "other" and not gazetteer().is_adjective(name)):
            continue
        forms[name] = name
        if len(name) > 3 and settled[name].type == "place":
            forms.setdefault(name.upper(), name)
        words = name.split()
        if settled[name].type == "person" and len(words) in (2, 3, 4) and len(words[-1]) > 2 and words[-1][0].isupper():
            forms.setdefault(words[-1], name)
    ordered = sorted(forms, key=lambda f: (-len(f), f))[:NAMES_MAX]
    if not ordered:
        return
    pattern = re.compile(r"(?<![\w#@/])(?:" + "|".join(re.escape(f) for f in ordered) + r")(?![\w@])")
    for match in pattern.finditer(text):
        form = match.group()
        if form != forms[form] and form.casefold() in STOPWORDS:
            continue
        what = settled[forms[form]]
        yield NameMention(start=match.start(), end=match.end(), text=form, type=what.type,
                          reason=what.reason if form == forms[form] else f"as in “{forms[form]}”")  # fmt: skip
