"""What the readers of the single forms give, before it has an id: Draft, and Broken for what one could not be."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from copydesk.model.captures import Capture, Medium, Skipped, Stated

ID_LENGTH_MAX = 300
UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article's bytes as they lay in a file. `inside` is the record's id in its container, "" for a whole file."""

    inside: str
    content: bytes
    medium: Medium
    charset: str | None = None
    truncated: bool = False
    stated: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A record, or (`inside` "") a whole file or the rest of it, that could not be read, with the reason."""

    inside: str
    reason: str


def too_big(inside: str, limit: int) -> Broken:
    return Broken(inside=inside, reason=f"larger than {limit:,} bytes, the limit of one article")


def plain(text: str) -> str:
    """A string that can be written anywhere: halves of surrogate pairs, which JSON can hold, become U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def inside_name(name: str) -> str:
    """A record's id as part of a path: on one line and of bounded length."""
    return UNPRINTED.sub(" ", plain(name)).strip()[:ID_LENGTH_MAX]


class Identities:
    """Gives the captures of one run their ids and paths, each once.

    An id comes from the name inside the input and the content alone. Only where both are the same a second time
    does the count of the repetition go into it.
    """

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._paths: set[str] = set()

    def capture(self, draft: Draft, *, name: str, shown: str) -> Capture:
        """The capture of a draft from the file `name`, which the user finds as `shown`."""
        return Capture(
            id=self._id(f"{name}/{draft.inside}" if draft.inside else name, draft.content),
            path=self.path(shown, draft.inside),
            content=draft.content,
            medium=draft.medium,
            charset=draft.charset,
            truncated=draft.truncated,
            stated=(draft.stated,) if draft.stated is not None else (),
        )

    def path(self, shown: str, inside: str) -> str:
        """The path of a record, with a number behind it when an earlier record of the container has the same id."""
        first = path = f"{shown}/{inside}" if inside else shown
        count = 1
        while path in self._paths:
            count += 1
            path = f"{first}#{count}"
        self._paths.add(path)
        return path

    def _id(self, name: str, content: bytes) -> str:
        digest = hashlib.sha256(name.encode("utf-8", "replace") + b"\x00")
        digest.update(content)
        found = first = "a-" + digest.hexdigest()[:12]
        count = 1
        while found in self._ids:
            count += 1
            found = "a-" + hashlib.sha256(f"{first}/{count}".encode()).hexdigest()[:12]
        self._ids.add(found)
        return found


def skipped(broken: Broken, shown: str) -> Skipped:
    return Skipped(path=f"{shown}/{broken.inside}" if broken.inside else shown, stage="reading", reason=broken.reason)
