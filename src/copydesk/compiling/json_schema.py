"""The JSON Schema of brief.json: as shipped, and as the records of `contract` make it."""

from __future__ import annotations

import json
from importlib import resources
from typing import TypeAlias, get_args

import msgspec

from copydesk.compiling.contract import BriefRecord
from copydesk.model.stories import SlotName

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
SCHEMA_FILE = "brief.schema.json"


def load_schema() -> dict[str, Json]:
    """The schema as shipped in the package."""
    shipped = resources.files("copydesk.compiling").joinpath("schema", SCHEMA_FILE).read_text(encoding="utf-8")
    schema: dict[str, Json] = json.loads(shipped)
    return schema


def make_schema() -> dict[str, Json]:
    """The schema as the records make it; the shipped file must equal it (a test says how to write it anew)."""
    (_,), found = msgspec.json.schema_components([BriefRecord], ref_template="#/$defs/{name}")
    parts: dict[str, Json] = dict(sorted(found.items()))
    top = parts.pop("BriefRecord")
    origin = parts["OriginRecord"]
    if not isinstance(top, dict) or not isinstance(origin, dict):
        raise TypeError("msgspec no longer makes objects of records")
    origin["minProperties"] = origin["maxProperties"] = 1  # an article or a voice, never both
    _name_slots(parts["ClaimRecord"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "copydesk.brief/1",
        **top,
        "title": "copydesk brief",
        "$defs": parts,
    }


def _name_slots(claim: Json) -> None:
    """Says which names a claim's slots may have: msgspec leaves the names of a mapping open."""
    properties = claim.get("properties") if isinstance(claim, dict) else None
    slots = properties.get("slots") if isinstance(properties, dict) else None
    if not isinstance(slots, dict):
        raise TypeError("msgspec no longer makes objects of records")
    slots["propertyNames"] = {"enum": list(get_args(SlotName))}


def schema_text() -> str:
    """What the shipped file holds."""
    return json.dumps(make_schema(), indent=2, ensure_ascii=False) + "\n"
