"""Capture → its source text: the input itself, or the flattened page with its structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from copydesk.cleaning.flatten import Mark, flatten, parse_page
from copydesk.cleaning.lines import Line, split_lines
from copydesk.cleaning.options import CleaningOptions
from copydesk.model.captures import Capture
from copydesk.text.decoding import decode


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """What one capture reads as: its text, its lines, and for a page what each line stands in (else None).

    `parents` is as in FlatPage, `markup` the decoded page; both are empty where `marks` is None.
    """

    text: str
    lines: list[Line]
    marks: list[Mark] | None
    tree: Any | None
    parents: list[int] = field(default_factory=list)
    markup: str = ""


def read_source(capture: Capture, options: CleaningOptions) -> SourceText | str:
    """The source text of a capture, or the reason why there is none."""
    if len(capture.content) > options.max_bytes:
        return f"too large: {len(capture.content):,} bytes, at most {options.max_bytes:,} are read"
    text = decode(capture.content, capture.charset)
    if capture.medium == "text":
        source = SourceText(text=text, lines=split_lines(text, options.max_lines), marks=None, tree=None)
    else:
        source = _read_page(text, options)
    if not any(character.isalpha() for character in source.text):
        return "nothing readable: no letters in it" if source.text.strip() else "nothing readable: it is empty"
    return source


def _read_page(markup: str, options: CleaningOptions) -> SourceText:
    tree = parse_page(markup)
    if tree is not None:
        page, cut = flatten(tree, options.max_lines)
        if not cut and page.lines:
            return SourceText(
                text=page.text, lines=page.lines, marks=page.marks, tree=tree, parents=page.parents, markup=markup
            )
    plain = _without_structure(markup)
    return SourceText(text=plain, lines=split_lines(plain, options.max_lines), marks=None, tree=tree)


def _without_structure(markup: str) -> str:
    """The words of a page whose tree is cut off at the parser's depth, or holds none that are shown."""
    page = LexborHTMLParser(markup.replace("\x00", ""))
    page.strip_tags(["script", "style", "template"])
    return page.body.text(separator="\n", strip=True) if page.body is not None else ""
