"""OPML → feeds to subscribe to, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from copydesk.errors import InputError
from copydesk.model.captures import Skipped
from copydesk.model.fetching import FeedState
from copydesk.reading.addresses import Refusal, checked_address, page_key
from copydesk.reading.drafts import plain
from copydesk.text.decoding import decode

OPML_BYTES_MAX = 10_000_000
FEEDS_MAX = 20_000
TITLE_MAX = 500
DECLARED = re.compile(r"\s*<\?xml[^<>]{0,200}\?>")
DEFINES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """The feeds that a list names, each once, in its order; and what in it is no feed that can be asked."""

    feeds: tuple[FeedState, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def read_opml(content: bytes, path: str) -> Subscriptions:
    """The feeds of an OPML file, however deep its outlines lie in each other; `path` is how a message names it.

    Raises InputError for what is no OPML, or is none that a list of feeds needs: one that defines entities of its own.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = _root(content, path, parser)
    feeds: dict[str, FeedState] = {}
    skipped = [
        Skipped(
            path=path, stage="reading", reason=f"damaged in line {error.line} ({error.message}); what can be read was"
        )
        for error in list(parser.error_log)[:1]
    ]
    for place, outline in enumerate(root.iter("{*}outline"), start=1):
        said = {str(name).lower(): plain(str(value)).strip() for name, value in outline.attrib.items()}
        written = said.get("xmlurl")
        if not written:
            continue  # a folder of outlines, or a note
        try:
            url = checked_address(written)
        except Refusal as refusal:
            skipped.append(
                Skipped(path=f"{path}/{place}", stage="reading", reason=f"{_line(written)}: {refusal.reason}")
            )
            continue
        title = _line(said.get("title") or said.get("text") or "") or None
        feeds.setdefault(page_key(url), FeedState(url=url, title=title, site=_site(said.get("htmlurl"))))
        if len(feeds) > FEEDS_MAX:
            raise InputError(f"{path}: more than {FEEDS_MAX:,} feeds; give it in parts")
    if not feeds:
        why = f" ({skipped[0].reason})" if skipped else ""
        raise InputError(f"{path}: an OPML file without a feed in it{why}; expected outlines with an xmlUrl")
    return Subscriptions(feeds=tuple(feeds.values()), skipped=tuple(skipped))


def write_opml(feeds: Iterable[FeedState]) -> bytes:
    """The feeds as OPML 2.0, in order of their addresses; read again it gives the same feeds."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = "copydesk feeds"
    body = etree.SubElement(opml, "body")
    for feed in sorted(feeds, key=lambda feed: feed.url):
        title = _line(feed.title or "") or feed.url
        outline = etree.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=feed.url)
        if feed.site:
            outline.set("htmlUrl", feed.site)
    written: bytes = etree.tostring(opml, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _root(content: bytes, path: str, parser: etree.XMLParser) -> etree._Element:
    if len(content) > OPML_BYTES_MAX:
        raise InputError(f"{path}: larger than {OPML_BYTES_MAX:,} bytes, the limit of a list of feeds")
    text = decode(content, None)
    if DEFINES.search(text):
        raise InputError(f"{path}: defines a document type or entities, which no list of feeds needs; take them out")
    try:
        root = etree.fromstring(DECLARED.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as OPML ({error}); export it anew from your feed reader") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise InputError(f"{path}: no OPML file; expected one that begins with <opml>")
    return root


def _site(written: str | None) -> str | None:
    try:
        return checked_address(written) if written else None
    except Refusal:
        return None


def _line(text: str) -> str:
    return " ".join(UNWRITTEN.sub(" ", text).split())[:TITLE_MAX]
