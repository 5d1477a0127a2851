"""What the user says, which outranks what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "not-same"]
Subject = Literal["entity", "link", "story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Two things that the user says are, or are not, the same.

    `subject` "entity": `left` and `right` are names as written; "link" (a copy link) and "story": article paths,
    file names or ids. `used` tells whether this run found both and applied it.
    """

    subject: Subject
    verdict: Verdict
    left: str
    right: str
    reason: str = ""
    used: bool = False


def names_article(reference: str, *, article_id: str, path: str) -> bool:
    """Whether a reference in a correction means this article: its id, its path, or the end of its path."""
    tidy = reference.replace("\\", "/").strip("/")
    return reference == article_id or path == reference or ("/" + path.replace("\\", "/")).endswith("/" + tidy)
