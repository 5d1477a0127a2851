"""The tables of a corpus: every column with its type and what it means, said once for the code and for docs/scale.md."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from copydesk.errors import OptionsError

SCHEMA = "copydesk.corpus/1"
SPAN = (("article", "string"), ("start", "int32"), ("end", "int32"))
STRUCTS: dict[str, tuple[tuple[str, str], ...]] = {
    "spans": SPAN,
    "supports": (*SPAN, ("voice", "string")),
    "passages": (
        ("origin_start", "int32"), ("origin_end", "int32"), ("start", "int32"), ("end", "int32"), ("kind", "string"),
        ("similarity", "float32"),
    ),
    "sides": (("value", "string"), ("text", "string"), ("voices", "strings")),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, its type (of Arrow, or a list of structs by name), and what it holds."""

    name: str
    type: str
    holds: str


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name=name, type=kind, holds=holds) for name, kind, holds in rows)


_WHEN = (
    ("when_value", "string", "ISO date, month, year or range of the main event"),
    ("when_earliest", "date32", "first day it can be"),
    ("when_latest", "date32", "last day it can be"),
)
TABLES: dict[str, tuple[Column, ...]] = {
    "articles": _columns(
        ("id", "string", "derived from shard, place and content"), ("shard", "string", "the input it came from"),
        ("path", "string", "where it is found again"), ("url", "string", "its address"), ("sha256", "string", "of the captured bytes"),
        ("headline", "string", ""), ("byline", "string", ""), ("dateline", "string", ""), ("outlet", "string", ""),
        ("language", "string", "ISO 639"), ("compared", "bool", "whether it can add to a count of voices"),
        ("reason", "string", "why it is not compared"), ("published", "string", "ISO value, null when only bounds are known"),
        ("published_earliest", "date32", ""), ("published_latest", "date32", ""), ("published_precision", "string", ""),
        ("published_method", "string", "what the date rests on"), ("modified", "string", ""),
        ("observed", "date32", "when the page was seen"), ("text", "string", "headline and body; all spans count in it"),
    ),
    "credits": _columns(
        ("article", "string", ""), ("name", "string", "the agency's or outlet's usual name"),
        ("kind", "string", "text, contribution, relay or photo"), ("start", "int32", ""), ("end", "int32", ""),
        ("in_source", "bool", "start and end count in the source text"), ("reason", "string", ""),
    ),
    "skipped": _columns(
        ("shard", "string", ""), ("path", "string", ""), ("stage", "string", "which gave it up"), ("reason", "string", ""),
    ),
    "copies": _columns(
        ("origin", "string", "article copied from, null when only the voice is known"), ("origin_voice", "string", ""),
        ("copy", "string", "the article that copied"), ("kind", "string", "verbatim, edited or rewritten"),
        ("coverage", "float32", "share of the copy's body"), ("score", "float32", "the judge's probability"),
        ("direction", "string", "known, inferred or unknown"), ("passages", "passages", "origin_* are null without origin"),
        ("reasons", "strings", ""),
    ),
    "lines": _columns(
        ("id", "string", "text of one origin; a row for each stretch that carries it"), ("voice", "string", ""),
        ("article", "string", ""), ("start", "int32", ""), ("end", "int32", ""),
    ),
    "voices": _columns(
        ("id", "string", "the same wherever the voice is heard"), ("name", "string", ""),
        ("kind", "string", "agency, outlet or unknown"), ("article", "string", "a row for each article it speaks in"),
        ("share", "float32", "of the article's body"), ("listed", "bool", "supplies a third of it, or is its first voice"),
        ("reasons", "strings", ""),
    ),
    "stories": _columns(
        ("id", "string", ""), ("headline", "string", ""), ("articles", "int32", "how many"), ("voices", "int32", "how many are listed"),
        ("part_of", "string", "the story it follows"), *_WHEN, ("where", "strings", "entity ids"), ("who", "strings", "entity ids"),
        ("told", "bool", "whether a dossier was compiled"),
    ),
    "memberships": _columns(("story", "string", ""), ("article", "string", ""), ("reasons", "strings", "why it belongs there")),
    "entities": _columns(
        ("story", "string", ""), ("id", "string", ""), ("type", "string", ""), ("name", "string", ""), ("aliases", "strings", ""),
        ("roles", "strings", ""), ("lat", "float64", ""), ("lon", "float64", ""), ("country", "string", "ISO 3166 alpha-2"),
        ("mentions", "spans", ""),
    ),
    "quotes": _columns(
        ("story", "string", ""), ("id", "string", ""), ("speaker", "string", "entity id"), ("speaker_text", "string", ""),
        ("kind", "string", "direct, indirect or mixed"), ("text", "string", ""), ("cue", "string", ""), ("via", "strings", ""),
        ("support", "spans", ""),
    ),
    "facts": _columns(
        ("story", "string", ""), ("id", "string", ""), ("text", "string", ""),
        ("status", "string", "corroborated, single-voice or disputed"), ("articles", "int32", ""), ("voices", "int32", ""),
        ("weight", "float32", ""), *_WHEN, ("entities", "strings", ""), ("support", "supports", ""),
    ),
    "conflicts": _columns(
        ("story", "string", ""), ("id", "string", ""), ("kind", "string", "conflict or update"), ("about", "string", ""),
        ("slot", "string", ""), ("facts", "strings", "fact ids"), ("sides", "sides", ""), ("reason", "string", ""),
    ),
}  # fmt: skip
CLEANED = frozenset({"articles", "credits", "skipped"})  # made of one article at a time
TRACED = frozenset({"copies", "lines", "voices"})
GROUPED = frozenset({"stories", "memberships"})
TOLD = frozenset({"entities", "quotes", "facts", "conflicts"})  # of stories of two articles or more


def choose_tables(asked: str | None) -> tuple[str, ...]:
    """The tables that "articles,copies" names, in order; all of them for None. Raises OptionsError for an unknown name."""
    if asked is None:
        return tuple(TABLES)
    names = {name.strip() for name in asked.split(",") if name.strip()} | {"articles", "skipped"}
    unknown = sorted(names - set(TABLES))
    if unknown:
        raise OptionsError(f"no table is called {unknown[0]!r}; expected some of {', '.join(TABLES)}")
    return tuple(name for name in TABLES if name in names)


def arrow_schema(table: str) -> Any:
    """The Arrow schema of a table; a column's meaning stands in its metadata."""
    pa = load_arrow()
    fields = []
    for column in TABLES[table]:
        fields.append(
            pa.field(column.name, _arrow_type(column.type), metadata={"holds": column.holds} if column.holds else None)
        )
    return pa.schema(fields, metadata={"schema": SCHEMA, "table": table})


def _arrow_type(name: str) -> Any:
    pa = load_arrow()
    if name == "strings":
        return pa.list_(pa.string())
    if name in STRUCTS:
        return pa.list_(pa.struct([(field, _arrow_type(kind)) for field, kind in STRUCTS[name]]))
    return pa.bool_() if name == "bool" else getattr(pa, name)()


def load_arrow(module: str = "") -> Any:
    """pyarrow, or a module of it. Raises OptionsError when it is not installed."""
    return _load(f"pyarrow.{module}" if module else "pyarrow")


def load_fsspec() -> Any:
    """fsspec. Raises OptionsError when it is not installed."""
    return _load("fsspec")


def _load(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        library = name.partition(".")[0]
        raise OptionsError(
            f"a corpus needs {library}, which is not installed: pip install 'copydesk[corpus]'"
        ) from error
