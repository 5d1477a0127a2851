"""Bytes as found, and what was said about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Medium = Literal["text", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a container (a JSON record, a feed entry, a WARC header) or the user says about one capture.

    Every field is as written there; None means nothing was said. `published` is an ISO date or date-time,
    `observed` the day the page was seen. `by` tells whose word it is: a user's outranks whatever is found.
    """

    by: Literal["user", "container"]
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    observed: date | None = None
    source: str | None = None  # RSS <source>, Atom source: the origin that the feed itself names


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes as found, with where and when they were found.

    `id` is derived from the content and the name under which it was found, unique in one run.
    `path` is the path as the user would find it again; inside a container "pile.jsonl/ID".
    `charset` is what the transport said, None when it said nothing. `truncated` tells that the container broke off.
    """

    id: str
    path: str
    content: bytes
    medium: Medium
    charset: str | None = None
    truncated: bool = False
    stated: tuple[Stated, ...] = ()

    def said(self, field: str) -> tuple[str, Literal["user", "container"]] | None:
        """The highest-ranking statement of one text field with whose word it is, None when nobody stated it."""
        for by in ("user", "container"):
            for stated in self.stated:
                value = getattr(stated, field)
                if stated.by == by and value is not None:
                    return str(value), stated.by
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One item that did not become what it should have, with the stage that gave it up and why."""

    path: str
    stage: str
    reason: str
