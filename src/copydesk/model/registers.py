"""What a register of the user's own says of people, organizations and places, and what ties an entity to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.model.markup import NameType


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One record of a register: its id there, its names, the usual one first, and what else tells it from namesakes.

    `types` are the kinds that it may be, none when the register does not say; `countries` ISO 3166 alpha-2;
    `roles` what it is called beside its name ("minister of fisheries").
    """

    id: str
    names: tuple[str, ...]
    types: tuple[NameType, ...] = ()
    countries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLink:
    """The record of a register that an entity is, how surely (0 to 1), and why."""

    id: str
    name: str
    score: float
    reason: str


Register = Mapping[str, tuple[Registered, ...]]
"""The records that may be meant, by the keys of their names; a key that too many share has none."""
