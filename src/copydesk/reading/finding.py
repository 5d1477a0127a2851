"""Inputs as the user gave them → files to open, each once, in an order that does not depend on the inputs' order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from copydesk.model.captures import Skipped
from copydesk.reading.options import ReadingOptions

STDIN = "-"
WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file to open.

    `shown` is the path as the user would find it again, `name` the path inside the input (a folder, or the fixed
    beginning of a glob), which does not change when the input is spelled in another way. `named` tells that the user
    named this very file, so that nothing but its content decides how it is read.
    """

    path: Path
    shown: str
    name: str
    named: bool


def find(inputs: Sequence[str], options: ReadingOptions) -> tuple[list[Found], list[Skipped]]:
    """The files that the inputs stand for, each once, and what was passed over. "-" (standard input) is left out."""
    by_file: dict[str, Found] = {}
    skipped: dict[Skipped, None] = {}
    for given in sorted(set(inputs) - {STDIN}):
        for item in _find(given, options):
            if isinstance(item, Skipped):
                skipped[item] = None
                continue
            real = os.path.realpath(item.path)
            known = by_file.get(real)
            by_file[real] = item if known is None else _better(known, item, real)
    order = sorted(by_file.items(), key=lambda pair: (pair[1].name, pair[0]))
    return [found for _, found in order], list(skipped)


def _better(one: Found, other: Found, real: str) -> Found:
    """Which of two ways to the same file names it: not over a link, the longer name, the shorter path."""

    def rank(found: Found) -> tuple[bool, int, str, int, str]:
        linked = os.path.normpath(found.path.absolute()) != real
        return linked, -len(PurePath(found.name).parts), found.name, len(found.shown), found.shown

    best = min(one, other, key=rank)
    return Found(path=best.path, shown=best.shown, name=best.name, named=one.named or other.named)


def _find(given: str, options: ReadingOptions) -> Iterator[Found | Skipped]:
    if given.lower().startswith(("http://", "https://")):
        yield _skip(given, "an address, and addresses are not fetched: save the page and give the file")
        return
    if not given.strip():
        yield _skip(given, "an empty path")
        return
    path = Path(given)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if WILD.intersection(given):
            yield from _expand(given, options)
        elif os.path.islink(path):  # noqa: PTH114 (Path.is_symlink raises for a name that is too long)
            yield _skip(given, "a link to nothing")
        else:
            reason = (
                "no such file or folder"
                if isinstance(error, FileNotFoundError)
                else f"cannot be opened: {_said(error)}"
            )
            yield _skip(given, reason)
        return
    if stat.S_ISDIR(mode):
        yield from _walk_input(path, path, options)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield Found(path=path, shown=readable(given), name=readable(path.name), named=True)
    else:
        yield _skip(given, "neither a file nor a folder")


def _expand(pattern: str, options: ReadingOptions) -> Iterator[Found | Skipped]:
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if WILD.intersection(part))
    root = Path(*parts[:fixed])
    asked_ending = PurePath(parts[-1]).suffix
    matches = sorted(Path(m) for m in glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob gives hidden files)
    if not matches:
        yield _skip(pattern, "the pattern matches no file")
    for path in matches:
        if path.is_dir():
            if parts[-1] != "**" and "**" not in parts:  # "**" gives what lies in the folders by itself
                yield from _walk_input(path, root, options)
        elif path.is_file():
            name = readable(path.relative_to(root).as_posix())
            yield Found(path=path, shown=readable(str(path)), name=name, named=asked_ending == path.suffix != "")
        else:
            yield _skip(str(path), "a link to nothing" if path.is_symlink() else "neither a file nor a folder")


def _walk_input(folder: Path, root: Path, options: ReadingOptions) -> Iterator[Found | Skipped]:
    """The files of a folder, or a Skipped that says that it has none."""
    empty = True
    for item in _walk(folder, root, (), options):
        empty = False
        yield item
    if empty:
        yield _skip(str(folder), "a folder without a file in it")


def _walk(folder: Path, root: Path, above: tuple[str, ...], options: ReadingOptions) -> Iterator[Found | Skipped]:
    real = os.path.realpath(folder)
    if real in above:
        yield _skip(str(folder), "a link back to a folder that it lies in")
        return
    if len(above) >= options.folder_depth:
        yield _skip(str(folder), f"deeper than {options.folder_depth} folders")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield _skip(str(folder), f"cannot be opened: {_said(error)}")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            yield _skip(str(path), "hidden: name it to have it read")
        elif entry.is_dir():
            yield from _walk(path, root, (*above, real), options)
        elif entry.is_file():
            name = readable(path.relative_to(root).as_posix())
            yield Found(path=path, shown=readable(str(path)), name=name, named=False)
        else:
            yield _skip(str(path), "a link to nothing" if entry.is_symlink() else "neither a file nor a folder")


def readable(name: str) -> str:
    """A file's name as text that can be written anywhere: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _said(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)


def _skip(path: str, reason: str) -> Skipped:
    return Skipped(path=readable(path), stage="reading", reason=reason)
