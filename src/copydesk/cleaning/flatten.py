"""A page's HTML → its lines, one a block element, each with what its place in the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

from lxml import etree, html

from copydesk.cleaning.lines import Line

MAX_DEPTH = 250  # libxml2 drops what is nested deeper than 256: such a page is read without its structure


class Inside(IntFlag):
    """What a line stands in, by the elements, roles and class names around it."""

    ARTICLE = 1
    MAIN = 2
    NAV = 4
    HEADER = 8
    FOOTER = 16
    ASIDE = 32
    FORM = 64
    FIGURE = 128
    LIST = 256
    QUOTE = 512
    TABLE = 1024
    RELATED = 2048
    COMMENT = 4096
    SHARE = 8192
    ABOUT = 16384  # byline, author, date, tags
    PROMO = 32768
    CHROME = 65536
    BODY = 131072
    CONTENT = 262144
    HIDDEN = 524288
    CAPTION = 1048576
    PRE = 2097152
    TITLE = 4194304


_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike "
    "strong sub sup time tt u var wbr nobr".split()
)
_SKIPPED = frozenset(
    "script style noscript template head svg math object embed iframe select option textarea audio video canvas map "
    "datalist input noframes applet".split()
)
_TAG_FLAGS = {
    "article": Inside.ARTICLE, "main": Inside.MAIN, "nav": Inside.NAV, "header": Inside.HEADER,
    "footer": Inside.FOOTER, "aside": Inside.ASIDE, "form": Inside.FORM, "button": Inside.FORM,
    "figure": Inside.FIGURE, "figcaption": Inside.FIGURE | Inside.CAPTION, "ul": Inside.LIST, "ol": Inside.LIST,
    "dl": Inside.LIST, "blockquote": Inside.QUOTE, "table": Inside.TABLE, "pre": Inside.PRE, "h1": Inside.TITLE,
    "menu": Inside.NAV,
}  # fmt: skip
# Words that page makers use in class names, from common content systems' markup.
_HINTS = tuple(
    (flag, re.compile(pattern))
    for flag, pattern in (
        (Inside.RELATED, r"relat|recommend|read-?(more|also|next)|more-(stories|news|from)|most-|trending|popular|teaser|outbrain|taboola|similar|also-like|next-(article|post|story)|prev"),
        (Inside.COMMENT, r"comment|disqus|respond|discussion|reply"),
        (Inside.SHARE, r"shar(e|ing)|social|tweet|facebook|addthis|follow|whatsapp"),
        (Inside.ABOUT, r"byline|author|meta\b|-meta|meta-|date\b|publish|timestamp|tags?\b|categor|credit|contributor|posted"),
        (Inside.PROMO, r"promo|newsletter|subscri|advert|\bads?\b|\bad-|-ad\b|banner|sponsor|cookie|consent|popup|modal|paywall|donat|signup|sign-up|cta\b|widget|call-to"),
        (Inside.CHROME, r"\bnav|menu|footer|header|sidebar|side-bar|breadcrumb|masthead|toolbar|pagination|pager|copyright|rail\b|search|login|skip|logo"),
        (Inside.BODY, r"article-?_?_?(body|content|text)|story-?_?_?(body|content|text)|entry-?_?content|post-?_?_?(body|content|text)|body-?_?(copy|text|content)|maincontent|main-content|articlebody|content-?body|article-main|paragraph"),
        (Inside.CONTENT, r"content|article|story|\bpost|entry|\bbody|\btext|hentry"),
        (Inside.CAPTION, r"caption|\bimg|image|photo|gallery|video|media\b|slideshow|media-"),
        (Inside.TITLE, r"headline|title"),
    )
)  # fmt: skip
_ROLES = {"navigation": Inside.NAV, "banner": Inside.HEADER, "contentinfo": Inside.FOOTER, "main": Inside.MAIN,
          "article": Inside.ARTICLE, "complementary": Inside.ASIDE, "search": Inside.FORM, "dialog": Inside.PROMO}  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
MAX_HINT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the page says about one line: its element, how much of it is link, and what it stands in.

    `depth` and `home` (a number for the element that holds its element) tell which lines are siblings.
    """

    tag: str
    link_chars: int
    emphasis_chars: int
    inside: Inside
    depth: int
    home: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatPage:
    """A page as text: `text` holds one line a block element, `lines` and `marks` are parallel."""

    text: str
    lines: list[Line]
    marks: list[Mark]


def parse_page(markup: str) -> Any | None:
    """The page's tree, None when there is none; never fails."""
    cleaned = markup.replace("\x00", "")
    try:
        tree = html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


class _Writer:
    """Collects text into lines as the walk goes through the page."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.pieces: list[str] = []
        self.link = 0
        self.strong = 0
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.marks: list[Mark] = []

    def add(self, text: str, linked: bool, strong: bool) -> None:
        self.pieces.append(text)
        if linked:
            self.link += len(text.strip())
        if strong:
            self.strong += len(text.strip())

    def flush(self, where: _Place) -> None:
        if not self.pieces:
            return
        text = _SPACE.sub(" ", "".join(self.pieces)).strip()
        self.pieces.clear()
        link, self.link = self.link, 0
        strong, self.strong = self.strong, 0
        if not text or len(self.lines) >= self.limit:
            return
        start = self.length
        self.parts.append(text)
        self.length += len(text) + 1
        self.lines.append(Line(start=start, end=start + len(text), text=text, gap=False))
        self.marks.append(
            Mark(tag=where.tag, link_chars=link, emphasis_chars=strong, inside=where.inside, depth=where.depth, home=where.home)
        )


@dataclass(slots=True)
class _Place:
    """The open block element: its tag, all it stands in, and its depth."""

    tag: str
    inside: Inside
    depth: int
    home: int
    number: int


def flatten(tree: Any, limit: int) -> tuple[FlatPage, bool]:
    """The lines of a page, `limit` at most, and whether the tree is as deep as the parser goes."""
    writer = _Writer(limit)
    hints: dict[str, Inside] = {}
    places = [_Place("body", Inside(0), 0, 0, 0)]
    linked = strong = skipped = number = 0
    deepest = depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            depth += 1
            deepest = max(deepest, depth)
            if skipped or tag in _SKIPPED:
                skipped += 1
                continue
            if tag == "br":
                writer.flush(places[-1])
            elif tag in ("td", "th", "img"):
                writer.add(" ", False, False)
            if tag == "a":
                linked += 1
            elif tag in ("b", "strong", "em", "i"):
                strong += 1
            elif tag not in _INLINE and tag not in ("br", "img"):
                if tag not in ("td", "th"):
                    writer.flush(places[-1])
                number += 1
                above = places[-1]
                places.append(_Place(tag, above.inside | _flags(element, tag, hints), depth, above.number, number))
            if element.text:
                writer.add(element.text, linked > 0, strong > 0)
        elif event == "end":
            depth -= 1
            if skipped:
                skipped -= 1
            elif tag == "a":
                linked -= 1
            elif tag in ("b", "strong", "em", "i"):
                strong -= 1
            elif tag not in _INLINE and tag not in ("br", "img"):
                if tag not in ("td", "th"):
                    writer.flush(places[-1])
                places.pop()
        if event != "start" and not skipped and element.tail:
            _add_tail(writer, element.tail, places[-1], linked > 0)
    writer.flush(places[0])
    return FlatPage(text="\n".join(writer.parts), lines=writer.lines, marks=writer.marks), deepest >= MAX_DEPTH


def _add_tail(writer: _Writer, tail: str, where: _Place, linked: bool) -> None:
    if Inside.PRE in where.inside and "\n" in tail:
        for piece in tail.split("\n"):
            writer.add(piece, linked, False)
            writer.flush(where)
    else:
        writer.add(tail, linked, False)


def _flags(element: Any, tag: str, hints: dict[str, Inside]) -> Inside:
    """What one element adds to what its lines stand in."""
    flags = _TAG_FLAGS.get(tag, Inside(0))
    if not element.attrib:
        return flags
    get = element.get
    names = f"{get('class', '')} {get('id', '')} {get('data-testid', '')}".strip()[:MAX_HINT].lower()
    if names and tag not in ("body", "html"):
        found = hints.get(names)
        if found is None:
            found = Inside(0)
            for flag, pattern in _HINTS:
                if pattern.search(names):
                    found |= flag
            hints[names] = found
        flags |= found
    role = get("role")
    if role in _ROLES:
        flags |= _ROLES[role]
    if get("itemprop") in ("articleBody", "reviewBody"):
        flags |= Inside.BODY
    style = get("style")
    if get("hidden") is not None or get("aria-hidden") == "true" or (style and _HIDDEN_STYLE.search(style[:500])):
        flags |= Inside.HIDDEN
    return flags
