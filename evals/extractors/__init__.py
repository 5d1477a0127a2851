"""Other people's extractors, each called as its own documentation calls it: a capture of a page → what it reads from it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from copydesk.model.captures import Capture
from copydesk.text.decoding import decode

Extractor = Callable[[Capture], "Found"]

# The lists of jusText by the code that a page states for its language; a page that states none is read as English.
JUSTEXT_LISTS = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian_Bokmal", "nl": "Dutch", "no": "Norwegian_Bokmal",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one system read from one page; None where it has no such field or gives no value."""

    text: str
    body: str
    headline: str | None = None
    byline: str | None = None
    published: str | None = None


NOTHING = Found(text="", body="")


def _url(capture: Capture) -> str | None:
    said = capture.said("url")
    return said[0] if said else None


def _trafilatura(fast: bool) -> Extractor:
    from trafilatura import bare_extraction

    def extract(capture: Capture) -> Found:
        document = bare_extraction(
            capture.content, url=_url(capture), fast=fast, favor_precision=not fast, include_comments=False, with_metadata=True,
        )  # fmt: skip
        if document is None or isinstance(document, dict):
            return NOTHING
        text = document.text or ""
        return Found(text=text, body=text, headline=document.title, byline=document.author, published=document.date)

    return extract


def _readability() -> Extractor:
    from lxml import html
    from readability import Document

    def extract(capture: Capture) -> Found:
        document = Document(capture.content)
        text = "\n".join(html.fromstring(document.summary()).itertext())
        return Found(text=text, body=text, headline=document.short_title())

    return extract


def _newspaper() -> Extractor:
    import newspaper

    def extract(capture: Capture) -> Found:
        url = _url(capture) or "https://page.invalid/"
        article = newspaper.article(url, input_html=decode(capture.content, None), fetch_images=False)
        day = article.publish_date
        published = day.date().isoformat() if hasattr(day, "date") else None
        return Found(
            text=article.text, body=article.text, headline=article.title or None, byline=", ".join(article.authors) or None,
            published=published,
        )  # fmt: skip

    return extract


def _justext() -> Extractor:
    import justext
    from selectolax.lexbor import LexborHTMLParser

    def extract(capture: Capture) -> Found:
        markup = decode(capture.content, None)
        root = LexborHTMLParser(markup).css_first("html")
        stated = (root.attributes.get("lang") or "") if root is not None else ""
        stop_list = justext.get_stoplist(JUSTEXT_LISTS.get(stated[:2].lower(), "English"))
        text = "\n".join(p.text for p in justext.justext(markup.encode("utf-8", "replace"), stop_list, encoding="utf-8") if not p.is_boilerplate)
        return Found(text=text, body=text)

    return extract


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    def extract(capture: Capture) -> Found:
        text = str(extract_plain_text(decode(capture.content, None), main_content=True, alt_texts=False))
        return Found(text=text, body=text)

    return extract


def _htmldate() -> Extractor:
    from htmldate import find_date

    def extract(capture: Capture) -> Found:
        return Found(text="", body="", published=find_date(decode(capture.content, None), original_date=True, url=_url(capture)))

    return extract


def _unbroken(name: str, extract: Extractor) -> Extractor:
    """The extractor; a page that it breaks on counts as empty and is named on stderr."""

    def tried(capture: Capture) -> Found:
        try:
            return extract(capture)
        except Exception as error:  # whatever a peer raises must not end the run
            print(f"evals: {name} broke on {capture.path}: {type(error).__name__}: {error}", file=sys.stderr)
            return NOTHING

    return tried


def peers() -> Iterator[tuple[str, Extractor]]:
    """The peers that are installed, each as a function of one capture."""
    known: tuple[tuple[str, str, Callable[[], Extractor]], ...] = (
        ("trafilatura-fast", "trafilatura", lambda: _trafilatura(True)),
        ("trafilatura-precision", "trafilatura", lambda: _trafilatura(False)),
        ("readability-lxml", "readability", _readability),
        ("newspaper4k", "newspaper", _newspaper),
        ("justext", "justext", _justext),
        ("resiliparse", "resiliparse", _resiliparse),
    )
    for name, module, make in known:
        if find_spec(module):
            yield name, _unbroken(name, make())


def date_peers() -> Iterator[tuple[str, Extractor]]:
    """The installed peers that read nothing but the day of publication."""
    if find_spec("htmldate"):
        yield "htmldate", _unbroken("htmldate", _htmldate())
