"""Small invented piles for the tests of clustering: articles of made-up events in made-up places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from copydesk.linking.columns import FloatMatrix
from copydesk.model.articles import Article, Block
from copydesk.model.copies import CopyLink, Trace
from copydesk.model.corrections import Correction
from copydesk.model.markup import Markup, NameMention, Tokens
from copydesk.model.piles import Pile
from copydesk.model.times import UNKNOWN_WHEN, When

NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())
_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")


class BagEncoder:
    """A stand-in for the sentence encoder: unit vectors of hashed words, alike where words are shared."""

    name = "bag"
    dimensions = 256

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        rows = np.zeros((len(sentences), self.dimensions), dtype=np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in re.findall(r"[a-z]{4,}", sentence.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def article(name: str, headline: str, body: str, day: date | None = None, compared: bool = True) -> Article:
    """An article with its headline and one block of body."""
    text = f"{headline}\n\n{body}"
    published = (
        UNKNOWN_WHEN
        if day is None
        else When(value=day.isoformat(), earliest=day, latest=day, precision="day", method="meta")
    )
    return Article(
        id=name, path=f"pile/{name}.txt", url=None, sha256=hashlib.sha256(text.encode()).hexdigest(), headline=headline,
        byline=None, dateline=None, outlet=None, language="en", compared=compared, reason=None if compared else "one line",
        published=published, modified=None, observed=None, credits=(), text=text, source_text=text,
        blocks=(
            Block(kind="headline", start=0, end=len(headline), at=0, reason="first line"),
            Block(kind="body", start=len(headline) + 2, end=len(text), at=len(headline) + 2, reason="sentences"),
        ),
    )  # fmt: skip


def pile_of(*articles: Article, links: tuple[CopyLink, ...] = (), corrections: tuple[Correction, ...] = ()) -> Pile:
    """A pile of articles; two capitalised words in a row are taken for a name."""
    ordered = sorted(articles, key=lambda a: a.id)
    markups = tuple(
        Markup(
            article=a.id, sentences=(), tokens=NO_TOKENS, quotes=(), times=(), quantities=(),
            names=tuple(
                NameMention(start=m.start(), end=m.end(), text=m.group(), type="person", reason="test")
                for m in _NAME.finditer(a.text)
            ),
        )
        for a in ordered
    )  # fmt: skip
    trace = Trace(links=links, lines=(), voices=(), shares={})
    return Pile(articles=tuple(ordered), markups=markups, corrections=corrections, trace=trace)


def link(origin: str, copy: str, coverage: float) -> CopyLink:
    """A verbatim copy link that covers this share of the copy."""
    return CopyLink(
        origin=origin, origin_voice=None, copy=copy, kind="verbatim", coverage=coverage, score=0.99, direction="inferred",
        passages=(), reasons=("test",),
    )  # fmt: skip


FERRY = (
    "The ferry Heron ran aground off Port Vessel on Monday with forty passengers aboard, the harbour master Ada Lund "
    "said. Tugs pulled the Heron free at high water and nobody was hurt. The shipping line Vessel Lines blamed fog."
)
FERRY_AGAIN = (
    "Forty passengers of the ferry Heron waited for high water on Monday after it ran aground near Port Vessel. "
    "Harbour master Ada Lund said tugs freed the ship. Vessel Lines said fog had hidden the buoys. Nobody was hurt."
)
BUDGET = (
    "The council of Great Marlow passed a budget on Thursday that raises the rents of market stalls by a tenth. "
    "Treasurer Bram Okker called the rise modest; stallholders announced a strike and marched to the town hall."
)
BUDGET_AGAIN = (
    "Stallholders in Great Marlow plan a strike after the council raised market rents by a tenth in Thursday's budget. "
    "The treasurer, Bram Okker, defended the modest rise as protesters gathered at the town hall."
)
