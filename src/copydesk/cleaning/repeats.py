"""Captures → Repeats: the lines that recur on pages of one outlet, or on many pages of the pile."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import urlsplit

from copydesk.cleaning.lines import line_key, split_lines
from copydesk.cleaning.options import CleaningOptions
from copydesk.cleaning.source import SourceText, read_source
from copydesk.model.articles import Repeats
from copydesk.model.captures import Capture

MAX_KEYS = 2_000_000


def host_of(url: str | None) -> str | None:
    """The host of an address without "www.", None when it has none."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def site_of(capture: Capture) -> str:
    """The name under which pages of one outlet are counted together, "" when nobody says."""
    outlet = capture.said("outlet")
    if outlet:
        return outlet[0].casefold()
    url = capture.said("url")
    return host_of(url[0] if url else None) or ""


def lines_of(capture: Capture, options: CleaningOptions) -> tuple[str, frozenset[str]] | None:
    """The site of a page and the keys of its lines, each once; None for a capture that is too large or no text."""
    if len(capture.content) > options.max_bytes:
        return None
    source = read_source(capture, options)
    if not isinstance(source, SourceText):
        return None
    keys = (line_key(line.text) for line in split_lines(source.text, options.max_lines))
    return site_of(capture), frozenset(key for key in keys if key)


def find_repeats(captures: Iterable[Capture], options: CleaningOptions) -> Repeats:
    """The lines that two pages or more hold. Pages of the same text count as one page."""
    by_pile: dict[str, int] = {}
    by_outlet: dict[str, int] = {}
    seen: set[bytes] = set()
    pages = 0
    for capture in captures:
        digest = blake2b(capture.content, digest_size=16).digest()
        if digest in seen:
            continue
        seen.add(digest)
        found = lines_of(capture, options)
        if found is None:
            continue
        pages += 1
        site, keys = found
        for key in keys:
            if key in by_pile or len(by_pile) < MAX_KEYS:
                by_pile[key] = by_pile.get(key, 0) + 1
            if site:
                name = f"{site}\t{key}"
                if name in by_outlet or len(by_outlet) < MAX_KEYS:
                    by_outlet[name] = by_outlet.get(name, 0) + 1
    return Repeats(
        pages=pages,
        by_pile={k: n for k, n in by_pile.items() if n > 1},
        by_outlet={k: n for k, n in by_outlet.items() if n > 1},
    )
