"""Names of agencies and outlets → who is meant, by the shipped tables and, for a name in a credit, by its form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from copydesk.reference.shipped import Toml, texts, toml_records
from copydesk.reference.words import word_set

_WORDS = re.compile(r"\w+")
SourceKind = Literal["agency", "outlet", "unknown"]

AGENCY_FORM = re.compile(
    r"\b(?:(?:News|Press|Wire|Telegraph|Telegraphic|Dispatch|Media|Information|Feature|Features|Photo)\s+"
    r"(?:Agency|Service|Services|Bureau|Association|Trust|Syndicate)|Newswires?|Press\s+International"
    r"|(?<=\w\s)Wire|Pressedienst|Presse-?[Aa]gentur|Nachrichtenagentur)$"
    r"|^(?:Agence|Agencia|Agenzia|Agência)\s.*(?:Presse|Press|Prensa|Noticias|Notícias|Stampa|Information)\b"
)

OUTLET_WORDS = word_set(
    """
    times post news herald tribune gazette chronicle observer mercury ledger courier bulletin standard telegraph
    mirror star sentinel examiner independent journal register argus dispatch daily weekly press globe mail
    express echo inquirer enquirer record digest today online radio tv television broadcasting magazine review
    monitor advertiser beacon citizen voice insider wire media newspaper newspapers lantern bugle clarion banner
    messenger reporter broadcaster broadcast zeitung tageblatt anzeiger journalist report reports network
    channel sun eagle pilot guardian leader democrat republican reader scotsman dealer picayune intelligencer
    constitution desk
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency of the table: its usual name, ISO 3166 country, hosts and other spellings."""

    name: str
    country: str
    hosts: tuple[str, ...]
    aliases: tuple[str, ...]
    short: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news outlet of the table: its usual name, hosts and other spellings."""

    name: str
    hosts: tuple[str, ...]
    aliases: tuple[str, ...]
    short: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whom a credit names: the usual name, what it is, and what told so ("table", "form of the name")."""

    name: str
    kind: SourceKind
    by: str


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """A name as it is compared: one space, straight apostrophes, no article or full stop around it."""
    plain = " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split()).strip(" .,;:")
    return re.sub(r"^(?:[Tt]he|THE)\s+(?=\S)", "", plain)


def _short(record: Toml) -> frozenset[str]:
    return frozenset(_key(name) for name in texts(record, "short"))


@cache
def agencies() -> tuple[Agency, ...]:
    """Every agency of the table."""
    return tuple(
        Agency(
            name=str(r["name"]),
            country=str(r["country"]),
            hosts=texts(r, "hosts"),
            aliases=texts(r, "aliases"),
            short=_short(r),
        )
        for r in toml_records("agencies.toml", "agency")
    )


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table."""
    return tuple(
        Outlet(name=str(r["name"]), hosts=texts(r, "hosts"), aliases=texts(r, "aliases"), short=_short(r))
        for r in toml_records("outlets.toml", "outlet")
    )


def _spellings(source: Agency | Outlet, fold: Callable[[str], str]) -> set[str]:
    return {fold(_key(name)) for name in (source.name, *source.aliases, *source.short)}


@cache
def _bearers() -> dict[str, tuple[str, ...]]:
    known: list[Agency | Outlet] = [*agencies(), *outlets()]
    found: dict[str, tuple[str, ...]] = {}
    for source in known:
        for name in sorted(source.short):
            found[name] = (*found.get(name, ()), source.name)
    return found


def bearers_of(short: str) -> tuple[str, ...]:
    """The agencies and outlets that a short name may mean ("CNA"); () for what is in no table as a short name."""
    return _bearers().get(_key(short), ())


@cache
def _agency_index() -> tuple[dict[str, Agency], dict[str, Agency]]:
    exact = {name: a for a in agencies() for name in _spellings(a, str)}
    for name in exact:
        if len(bearers_of(name)) > 1:
            exact[name] = Agency(name=name, country="", hosts=(), aliases=(), short=frozenset({name}))
    folded = {name: a for a in agencies() for name in _spellings(a, str.casefold) if len(name) > 5}
    return exact, folded


@cache
def _outlet_index() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    exact = {name: o for o in outlets() for name in _spellings(o, str)}
    folded = {name: o for o in outlets() for name in _spellings(o, str.casefold) if len(name) > 5}
    return exact, folded


def find_agency(text: str, *, credited: bool = False) -> Agency | None:
    """The agency of that name. A name that is ambiguous ("PA", "RIA") is found only in a credit position.

    What several agencies are called ("CNA") is nobody in particular: its agency has that name and no country.
    """
    key = _key(text)
    exact, folded = _agency_index()
    found = exact.get(key) or folded.get(key.casefold())
    return found if found is not None and (credited or key not in found.short) else None


def find_outlet(text: str, *, credited: bool = False) -> Outlet | None:
    """The outlet of that name. A name that is ambiguous ("Mirror") is found only in a credit position.

    "The Print" keeps its article, for what is a name with it is an ordinary word without it.
    """
    exact, folded = _outlet_index()
    key = _key(text)
    found = exact.get(key) or folded.get(key.casefold())
    if found is None:
        return None
    written = " ".join(text.split()).strip(" .,;:")
    ambiguous = key in found.short or (written == key and " " not in key and f"The {key}" == found.name)
    return found if credited or not ambiguous else None


@cache
def _hosts() -> dict[str, str]:
    known: list[Agency | Outlet] = [*agencies(), *outlets()]
    return {host: source.name for source in known for host in source.hosts}


def outlet_of_host(host: str) -> str | None:
    """The name of the outlet or agency whose site a host is, by the longest known ending; None when unknown."""
    labels = host.casefold().removeprefix("www.").split(".")
    for first in range(max(0, len(labels) - 1)):
        name = _hosts().get(".".join(labels[first:]))
        if name is not None:
            return name
    return None


def has_agency_form(name: str) -> bool:
    """Whether a name says itself that it is a news agency: "… News Agency", "… Wire Service", "… Press Bureau"."""
    return AGENCY_FORM.search(_key(name)) is not None


_FORM_ENDS = word_set(
    """
    agency service services bureau association trust syndicate newswire newswires international wire pressedienst agentur
    presseagentur nachrichtenagentur presse press prensa noticias notícias stampa information
    """
)


@cache
def _agency_ends() -> frozenset[str]:
    names = (name for a in agencies() for name in _spellings(a, str.casefold))
    return _FORM_ENDS | {words[-1] for name in names if (words := _WORDS.findall(name))}


def may_name_agency(line: str) -> bool:
    """Whether some word of a line is the last of an agency's name: where none is, no agency is named. Quick to ask."""
    plain = line if line.isascii() else unicodedata.normalize("NFC", line)
    return not _agency_ends().isdisjoint(_WORDS.findall(plain.casefold()))


def has_outlet_form(name: str) -> bool:
    """Whether a name holds a word that names of newspapers and broadcasters hold: "… Gazette", "Radio …"."""
    words = [w.casefold() for w in re.findall(r"[^\W_]+", _key(name))]
    return len(words) > 1 and any(w in OUTLET_WORDS for w in words)


@lru_cache(maxsize=4096)
def read_credited(text: str, *, credited: bool = True) -> Source | None:
    """Whom a name stands for: an agency or outlet of the tables, else of that form; None when neither."""
    agency = find_agency(text, credited=credited)
    if agency is not None:
        return Source(name=agency.name, kind="agency", by="table of agencies")
    outlet = find_outlet(text, credited=credited)
    if outlet is not None:
        return Source(name=outlet.name, kind="outlet", by="table of outlets")
    host = outlet_of_host(text) if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", text) else None
    if host is not None:
        return Source(name=host, kind="outlet", by="table of hosts")
    written = " ".join(text.split()).strip(" .,;:")
    if has_agency_form(written):
        return Source(name=re.sub(r"^[Tt]he\s+", "", written), kind="agency", by="form of the name")
    if has_outlet_form(written):
        return Source(name=written.removeprefix("the "), kind="outlet", by="form of the name")
    return None
