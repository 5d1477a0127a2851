"""A page's tree → what it states about itself in meta elements, JSON-LD and its title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAX_SCRIPT = 1_000_000
MAX_NODES = 20_000
_ARTICLE = re.compile(r"(?:article|posting|report|review|liveblog|recipe|webpage|creativework)$", re.IGNORECASE)
_NEWS = re.compile(r"(?:article|posting|report|review|liveblog)$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One value that a page states, and where: "json-ld", "og:title", "meta author", …"""

    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """All that a page states about itself, the most trusted first."""

    headlines: tuple[Statement, ...] = ()
    title: str = ""
    authors: tuple[Statement, ...] = ()
    sites: tuple[Statement, ...] = ()
    published: tuple[Statement, ...] = ()
    modified: tuple[Statement, ...] = ()
    urls: tuple[Statement, ...] = ()
    language: str = ""


_META = {
    "og:title": "headlines", "twitter:title": "headlines", "dc.title": "headlines", "parsely-title": "headlines",
    "sailthru.title": "headlines", "citation_title": "headlines",
    "author": "authors", "article:author": "authors", "dc.creator": "authors", "parsely-author": "authors",
    "sailthru.author": "authors", "byl": "authors", "citation_author": "authors", "article:author_name": "authors",
    "cxenseparse:author": "authors", "dcterms.creator": "authors",
    "og:site_name": "sites", "application-name": "sites", "article:publisher_name": "sites",
    "article:published_time": "published", "og:published_time": "published", "datepublished": "published",
    "date": "published", "dc.date": "published", "dc.date.issued": "published", "dcterms.created": "published",
    "dcterms.issued": "published", "pubdate": "published", "publishdate": "published", "publish-date": "published",
    "publication_date": "published", "parsely-pub-date": "published", "sailthru.date": "published",
    "article.published": "published", "article_date_original": "published", "originalpublicationdate": "published",
    "ptime": "published", "pdate": "published", "displaydate": "published", "cxenseparse:recs:publishtime": "published",
    "dcterms.date": "published", "article.created": "published", "citation_publication_date": "published",
    "rnews:datepublished": "published", "bt:pubdate": "published", "article:post_date": "published",
    "article:modified_time": "modified", "og:updated_time": "modified", "datemodified": "modified",
    "lastmod": "modified", "last-modified": "modified", "dcterms.modified": "modified", "utime": "modified",
    "dc.date.modified": "modified", "article.updated": "modified", "revision_date": "modified",
    "og:url": "urls", "twitter:url": "urls",
}  # fmt: skip


_HEADLINE = re.compile(r"(?:^|[:.])headline$")  # a content system's own word for it, whatever its prefix
_LABELS = frozenset(("twitter:label1", "twitter:data1", "twitter:label2", "twitter:data2", "twitter:creator"))
_WRITTEN = re.compile(
    r"written|author|autor|auteur|verfasst|geschrieben|écrit|escrito|scritto|geschreven|skrev|napisane|автор",
    re.IGNORECASE,
)


def read_meta(tree: Any) -> PageMeta:
    """What the page states; values as they stand, white space made alike."""
    found: dict[str, list[Statement]] = {
        k: [] for k in ("headlines", "authors", "sites", "published", "modified", "urls")
    }
    nodes, named = _linked_data(tree)
    for node in nodes:
        _read_node(node, found, named)
    labels: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        name = name.strip().lower()
        field = _META.get(name) or ("headlines" if _HEADLINE.search(name) else None)
        value = _tidy(element.get("content") or "")
        if name in _LABELS:
            labels[name] = value
        if field and value:
            found[field].append(Statement(value=value, where=f"meta {name}" if ":" not in name else name))
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            found["urls"].insert(0, Statement(value=element.get("href").strip(), where="link canonical"))
    for label, held in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if _WRITTEN.search(labels.get(label, "")) and labels.get(held):
            found["authors"].append(Statement(value=labels[held], where="meta label"))
    creator = labels.get("twitter:creator", "")
    if creator and not creator.startswith("@"):
        found["authors"].append(Statement(value=creator, where="meta twitter:creator"))
    found["published"].extend(_shown_dates(tree))
    found["authors"].extend(_shown_authors(tree))
    title = next((_tidy(e.text_content()) for e in tree.iter("title")), "")
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()[:12]
    return PageMeta(title=title, language=language, **{k: tuple(v) for k, v in found.items()})


def _shown_dates(tree: Any) -> Iterator[Statement]:
    """The days that the page's markup calls those of publication, where the page shows them."""
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        if element.get("itemprop", "").lower() == "datepublished" or element.get("pubdate") is not None:
            value = element.get("datetime") or element.get("content") or "".join(element.itertext())[:100]
            if _tidy(value):
                yield Statement(value=_tidy(value), where="shown date")
    yield from _lone_time(tree)


_ELSEWHERE = re.compile(r"mast|top-?bar|page-?header|footer|comment|related|teaser|today", re.IGNORECASE)


def _names_of(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:200]


def _lone_time(tree: Any) -> Iterator[Statement]:
    """The moment in the page's `time` elements, where they all name one day: of a list of articles each has its own."""
    values = [
        value for e in tree.iter("time") if (value := _tidy(e.get("datetime") or ""))
        and not any(a.tag in ("nav", "footer", "aside") or _ELSEWHERE.search(_names_of(a)) for a in e.iterancestors())
    ]  # fmt: skip
    if len({v[:10] for v in values}) == 1:
        yield Statement(value=values[0], where="lone time")


_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:authors?|byline|autor|auteur|autore|autoren|writer|contributor|redakteur)(?:[\s_-]{0,2}(?:name|link|info|inner|names?))?(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_AUTHOR = re.compile(
    r"bio|box|avatar|image|img|photo|social|follow|desc|more|related|archive|wrap|comment", re.IGNORECASE
)
MAX_AUTHOR = 80


def _shown_authors(tree: Any) -> list[Statement]:
    """The names that the page marks as its author's: rel, itemprop, then class names; the first of each way."""
    ranked: dict[str, Statement] = {}
    for element in tree.iter("a", "span", "div", "p", "address", "cite", "li", "h3", "h4", "strong"):
        get = element.get
        if get("rel") == "author" or get("itemprop") in ("author", "name author"):
            way = "1 rel author" if get("rel") else "2 itemprop author"
        else:
            names = f"{get('class') or ''} {get('id') or ''}"
            if len(names) < 3 or len(names) > 200 or not _AUTHOR.search(names) or _NOT_AUTHOR.search(names):
                continue
            way = "3 class author"
        if way in ranked:
            continue
        text = _tidy("".join(_words_of(element))[: MAX_AUTHOR * 4])
        if 2 < len(text) <= MAX_AUTHOR and any(c.isalpha() for c in text):
            ranked[way] = Statement(value=text, where=way[2:])
    return [ranked[way] for way in sorted(ranked)]


def _words_of(element: Any) -> Iterator[str]:
    """The text of an element without its scripts and styles."""
    if element.tag not in ("script", "style", "noscript"):
        if element.text:
            yield element.text
        for child in element:
            if isinstance(child.tag, str):
                yield from _words_of(child)
            if child.tail:
                yield child.tail


def _tidy(value: str) -> str:
    return _SPACE.sub(" ", value[:1000]).strip()


def _linked_data(tree: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The JSON-LD nodes that describe an article, news types first, and the names of all nodes by their ids."""
    nodes: list[dict[str, Any]] = []
    named: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > MAX_SCRIPT:
            continue
        text = (
            script.text.strip()
            .removeprefix("<!--")
            .removesuffix("-->")
            .removeprefix("//<![CDATA[")
            .removesuffix("//]]>")
        )
        try:
            waiting: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                if isinstance(node.get("@id"), str) and isinstance(node.get("name"), str):
                    named.setdefault(node["@id"], node["name"])
                if _ARTICLE.search(_type_of(node)):
                    nodes.append(node)
                waiting.extend(v for k, v in node.items() if k in ("@graph", "mainEntity", "mainEntityOfPage") and v)
    return sorted(nodes, key=lambda n: not _NEWS.search(_type_of(n))), named


def _type_of(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    if isinstance(kind, list):
        kind = next((k for k in kind if isinstance(k, str)), "")
    return kind if isinstance(kind, str) else ""


def _read_node(node: dict[str, Any], found: dict[str, list[Statement]], named: dict[str, str]) -> None:
    simple = (("headline", "headlines"), ("datePublished", "published"), ("dateModified", "modified"), ("url", "urls"))
    news = bool(_NEWS.search(_type_of(node)))
    for key, field in simple:
        value = node.get(key)
        if isinstance(value, str) and value.strip() and (news or key.startswith("date")):
            found[field].append(Statement(value=_tidy(value), where="json-ld"))
    if news:
        found["authors"].extend(Statement(value=v, where="json-ld") for v in _names(node.get("author"), named))
        found["sites"].extend(Statement(value=v, where="json-ld") for v in _names(node.get("publisher"), named))


def _names(value: Any, named: dict[str, str]) -> list[str]:
    """The names in an author or publisher value, whether text, node, reference to a node, or list of these."""
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = (item.get("name") or named.get(str(item.get("@id")))) if isinstance(item, dict) else item
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str) and _tidy(one):
                names.append(_tidy(one))
    return names[:20]
