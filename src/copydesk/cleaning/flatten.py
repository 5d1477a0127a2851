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
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr", "nobr")
)  # fmt: skip
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "math", "object", "embed", "iframe", "select", "option",
     "textarea", "audio", "video", "canvas", "map", "datalist", "input", "noframes", "applet")
)  # fmt: skip
_TAG_FLAGS_BY_NAME = {
    "article": Inside.ARTICLE, "main": Inside.MAIN, "nav": Inside.NAV, "header": Inside.HEADER,
    "footer": Inside.FOOTER, "aside": Inside.ASIDE, "form": Inside.FORM, "button": Inside.FORM,
    "figure": Inside.FIGURE, "figcaption": Inside.FIGURE | Inside.CAPTION, "ul": Inside.LIST, "ol": Inside.LIST,
    "dl": Inside.LIST, "blockquote": Inside.QUOTE, "table": Inside.TABLE, "pre": Inside.PRE, "h1": Inside.TITLE,
    "menu": Inside.NAV,
}  # fmt: skip
_TAG_FLAGS = {tag: int(flag) for tag, flag in _TAG_FLAGS_BY_NAME.items()}
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
_ROLES_BY_NAME = {"navigation": Inside.NAV, "banner": Inside.HEADER, "contentinfo": Inside.FOOTER, "main": Inside.MAIN,
          "article": Inside.ARTICLE, "complementary": Inside.ASIDE, "search": Inside.FORM, "dialog": Inside.PROMO}  # fmt: skip
_ROLES = {role: int(flag) for role, flag in _ROLES_BY_NAME.items()}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
MAX_HINT = 200
_PRE = int(Inside.PRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the page says about one line: its element, how much of it is link, and what it stands in.

    `element` numbers its element in the order of the page; `home` and `yard` number the elements around that and
    around that again: lines with the same are siblings.
    """

    tag: str
    link_chars: int
    emphasis_chars: int
    inside: int  # flags of Inside, as a plain int: enum arithmetic is slow
    depth: int
    element: int
    home: int
    yard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatPage:
    """A page as text: `text` holds one line a block element, `lines` and `marks` are parallel.

    `parents` holds for each numbered element the number of the one around it; an element stands before what it holds.
    """

    text: str
    lines: list[Line]
    marks: list[Mark]
    parents: list[int]


def _parser() -> Any:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)


def parse_page(markup: str) -> Any | None:
    """The page's tree, None when there is none; never fails."""
    cleaned = markup.replace("\x00", "")
    try:
        tree = html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


class _Writer:
    """Collects text into lines as the walk goes through the page.

    Past half of `limit` lines, links that follow links share a line, and past the limit everything shares the last
    one: a page of a hundred thousand links is read whole, in few lines.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.pieces: list[str] = []
        self.link = 0
        self.strong = 0
        self.texts: list[list[str]] = []
        self.marks: list[Mark] = []
        self.parents: list[int] = [0]

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
        if not text:
            return
        many = len(self.texts)
        all_link = link >= 0.9 * len(text)
        if many >= self.limit or (many > self.limit // 2 and all_link and self.marks[-1].link_chars > 0):
            self.texts[-1].append(text)
            return
        self.texts.append([text])
        self.marks.append(
            Mark(
                tag=where.tag,
                link_chars=link,
                emphasis_chars=strong,
                inside=where.inside,
                depth=where.depth,
                element=where.number,
                home=where.home,
                yard=where.yard,
            )
        )

    def page(self) -> FlatPage:
        """All that was written, a line an element."""
        lines: list[Line] = []
        start = 0
        whole = [" ".join(pieces) for pieces in self.texts]
        for text in whole:
            lines.append(Line(start=start, end=start + len(text), text=text, gap=False))
            start += len(text) + 1
        return FlatPage(text="\n".join(whole), lines=lines, marks=self.marks, parents=self.parents)


@dataclass(slots=True)
class _Place:
    """The open block element: its tag, all it stands in, and its depth."""

    tag: str
    inside: int
    depth: int
    number: int
    home: int
    yard: int


def flatten(tree: Any, limit: int) -> tuple[FlatPage, bool]:
    """The lines of a page, `limit` at most, and whether the tree is as deep as the parser goes."""
    writer = _Writer(limit)
    hints: dict[str, int] = {}
    places = [_Place("body", 0, 0, 0, 0, 0)]
    linked = strong = skipped = number = 0
    deepest = depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
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
                inside = above.inside | _flags(element, tag, hints)
                writer.parents.append(above.number)
                places.append(_Place(tag, inside, depth, number, above.number, above.home))
            if element.text:
                _add_text(writer, element.text, places[-1], linked > 0, strong > 0)
        else:
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
            if not skipped and element.tail:
                _add_text(writer, element.tail, places[-1], linked > 0, strong > 0)
    writer.flush(places[0])
    return writer.page(), deepest >= MAX_DEPTH


def _add_text(writer: _Writer, text: str, where: _Place, linked: bool, strong: bool) -> None:
    pieces = text.split("\n") if where.inside & _PRE else [text]
    for i, piece in enumerate(pieces):
        if i:
            writer.flush(where)
        writer.add(piece, linked, strong)


def _flags(element: Any, tag: str, hints: dict[str, int]) -> int:
    """What one element adds to what its lines stand in."""
    flags = _TAG_FLAGS.get(tag, 0)
    if not element.attrib:
        return flags
    get = element.get
    names = f"{get('class', '')} {get('id', '')} {get('data-testid', '')}".strip()[:MAX_HINT].lower()
    if names and tag not in ("body", "html"):
        found = hints.get(names)
        if found is None:
            found = sum(int(flag) for flag, pattern in _HINTS if pattern.search(names))
            hints[names] = found
        flags |= found
    role = get("role")
    if role in _ROLES:
        flags |= _ROLES[role]
    if get("itemprop") in ("articleBody", "reviewBody"):
        flags |= int(Inside.BODY)
    style = get("style")
    if get("hidden") is not None or get("aria-hidden") == "true" or (style and _HIDDEN_STYLE.search(style[:500])):
        flags |= int(Inside.HIDDEN)
    return flags
