"""What annotating can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatingOptions:
    """Bounds of the work.

    `text_max`: code points of an article that are analysed; what follows is cut into sentences only.
    `paragraph_max`: code points given to the tagger at once; a longer paragraph is analysed in pieces.
    `batch_articles`: articles whose new paragraphs go to the tagger together. `names`, `quotes`, `times` and
    `quantities` switch a part off.
    """

    text_max: int = 200_000
    paragraph_max: int = 10_000
    batch_articles: int = 64
    names: bool = True
    quotes: bool = True
    times: bool = True
    quantities: bool = True
