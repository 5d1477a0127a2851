"""How a brief names its articles and voices to a reader: one numbering for every output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from copydesk.compiling.order import dossiers_in_order
from copydesk.model.articles import Article
from copydesk.model.copies import Voice
from copydesk.model.dossiers import Brief, Dossier, TracedArticle
from copydesk.model.stories import Fact

# What may turn text round or hide in it: zero-width characters, bidirectional marks, embeddings and isolates, lone
# surrogates. They go. Controls but tab and line feed, and the line separators, become a space.
HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def printable(text: str) -> str:
    """The text without what could turn it round, hide in it or break a page."""
    return CONTROL.sub(" ", text if text.isascii() else HIDDEN.sub("", text))


def one_line(text: str) -> str:
    """The text on one line, unprintable matter left out."""
    return " ".join(printable(text).split())


def clause(text: str) -> str:
    """The text on one line; what starts inside its sentence is told so by an ellipsis."""
    line = one_line(text)
    return f"… {line}" if line[:1].islower() else line


def fact_line(fact: Fact) -> str:
    """A fact's words on one line; a detail is no clause, and starts inside one always."""
    return one_line(fact.text) if fact.detail_of else clause(fact.text)


def shorten(text: str, length: int) -> str:
    """The text on one line, cut at a word where it is longer, with an ellipsis."""
    line = one_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length * 0.6 else cut).rstrip(" ,;:–-") + "…"


ENDING = re.compile(r"(?<=.)\.(?:txt|html?|json|jsonl)(?:\.gz)?$", re.IGNORECASE)
ID = re.compile(r"[\w-]{4,64}")  # what an id may look like inside a reason


def count_text(articles: int, voices: int, not_compared: int) -> str:
    """The first line of every dossier: "5 articles, 3 voices (1 not compared)"."""
    line = f"{plural(articles, 'article')}, {plural(voices, 'voice')}"
    return f"{line} ({not_compared} not compared)" if not_compared else line


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def web_address(url: str | None) -> str | None:
    """The address if it is one that a reader may safely follow."""
    if url is None or len(url) > 2_000 or printable(url) != url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article under the number that the whole brief knows it by."""

    number: int
    traced: TracedArticle

    @property
    def article(self) -> Article:
        return self.traced.article

    @property
    def label(self) -> str:
        """The outlet, else the host of the address, else the file's name without its ending."""
        article = self.article
        if article.outlet and one_line(article.outlet):
            return one_line(article.outlet)
        host = urlsplit(address).hostname if (address := web_address(article.url)) else None
        name = one_line(article.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])
        return host or ENDING.sub("", name) or "unnamed"

    @property
    def where(self) -> str:
        """The address, else the path: where to find it again."""
        return web_address(self.article.url) or one_line(self.article.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Every article of a brief by number, and every voice by id."""

    by_id: dict[str, Source]
    voices: dict[str, Voice]

    def of(self, article: str) -> Source:
        return self.by_id[article]

    def numbers(self, articles: Iterable[str]) -> list[int]:
        """The numbers of the articles, each once, in order."""
        return sorted({self.by_id[a].number for a in articles if a in self.by_id})

    def tell(self, reason: str) -> str:
        """A reason on one line, the ids in it replaced by what the reader knows the thing as."""

        def known(match: re.Match[str]) -> str:
            source = self.by_id.get(match.group())
            if source is not None:
                return f"article {source.number}"
            return self.voice_name(match.group()) if match.group() in self.voices else match.group()

        return ID.sub(known, one_line(reason))

    def uncounted(self, article: str) -> str:
        """Why words of an article count for no voice."""
        source = self.by_id.get(article)
        return "too little alike to count" if source is not None and source.article.compared else "not compared"

    def voice_name(self, voice: str) -> str:
        """The voice's name; its id when no story knows it."""
        known = self.voices.get(voice)
        return one_line(known.name) if known is not None and one_line(known.name) else voice


def number_sources(brief: Brief) -> Sources:
    """Numbers 1 to N over the stories as they are read; within one by voice, then by date."""
    by_id: dict[str, Source] = {}
    voices: dict[str, Voice] = {}
    for dossier in dossiers_in_order(brief):
        for voice in (*dossier.voices, *dossier.passing_voices):
            voices.setdefault(voice.id, voice)
        for traced in story_order(dossier):
            if traced.article.id not in by_id:
                by_id[traced.article.id] = Source(number=len(by_id) + 1, traced=traced)
    for traced in sorted(brief.articles, key=lambda t: (t.article.path, t.article.id)):
        if traced.article.id not in by_id:
            by_id[traced.article.id] = Source(number=len(by_id) + 1, traced=traced)
    return Sources(by_id=by_id, voices=voices)


def story_order(dossier: Dossier) -> Sequence[TracedArticle]:
    """The story's articles, voice by voice; within one originals before copies, earlier ones first.

    What is not compared comes last.
    """
    rank = {v.id: i for i, v in enumerate(dossier.voices)}
    copies = {link.copy for link in dossier.copies if link.direction != "unknown" and link.coverage >= 0.5}

    def key(traced: TracedArticle) -> tuple[bool, int, bool, date, str, str]:
        article = traced.article
        first = next((rank[s.voice] for s in traced.voices if s.voice in rank), len(rank))
        day = article.published.latest or article.published.earliest or date.max
        return not article.compared, first, article.id in copies, day, article.path, article.id

    return sorted(dossier.articles, key=key)


def not_compared(dossier: Dossier) -> int:
    return sum(not t.article.compared for t in dossier.articles)
