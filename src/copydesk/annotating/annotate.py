"""Articles → Markup, a paragraph analysed once however many articles carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from spacy.tokens import Doc

from copydesk.annotating.columns import Grid, grid_of, join_grids, plain_grid
from copydesk.annotating.names import find_names, settle_names
from copydesk.annotating.options import AnnotatingOptions
from copydesk.annotating.quantities import find_quantities
from copydesk.annotating.quotes import find_quotes
from copydesk.annotating.times import find_times
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import Markup, NameMention
from copydesk.text.sentences import find_paragraphs

# Kinds of white space that the tagger's tokenizer makes tokens of; a space instead keeps every place as it is.
_SPACES = {ord(c): " " for c in "\n\r\t\v\f\u00a0\u2002\u2003\u2009\u200a\u202f\u2028\u2029\x85"}
KNOWN_MAX = 20_000  # paragraphs kept in memory during a run; the oldest go first


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What was found in one paragraph, places counted from its first character. It depends on nothing around it."""

    grid: Grid
    names: tuple[NameMention, ...] = ()


def annotate(articles: Iterable[Article], tagger: Tagger, options: AnnotatingOptions) -> Iterator[Markup]:
    """One markup an article, in order. A markup depends on its own article alone."""
    known: dict[str, Paragraph] = {}
    waiting = iter(articles)
    while batch := list(islice(waiting, options.batch_articles)):
        pieces = [_pieces(article, options) for article in batch]
        wanted = {
            article.text[start:end]: None
            for article, places in zip(batch, pieces, strict=True)
            if is_english(article)
            for start, end in places
            if start < options.text_max
        }
        new = sorted((t for t in wanted if t not in known), key=lambda t: (len(t), t))
        for text, doc in zip(new, tagger.tag(t.translate(_SPACES) for t in new), strict=True):
            known[text] = _read_paragraph(doc, text, options)
        for article, places in zip(batch, pieces, strict=True):
            yield _mark_up(article, places, known, options)
        for text in list(known)[: max(0, len(known) - KNOWN_MAX)]:
            del known[text]


def is_english(article: Article) -> bool:
    """Whether the article is in the language that the tagger and the rules for names and quotes know."""
    return article.language.lower().startswith("en")


def _pieces(article: Article, options: AnnotatingOptions) -> list[tuple[int, int]]:
    """Where the article's paragraphs stand, none longer than the tagger is given at once."""
    found = []
    for start, end in find_paragraphs(article.text):
        while end - start > options.paragraph_max:
            cut = article.text.rfind(" ", start + 1, start + options.paragraph_max) + 1 or start + options.paragraph_max
            found.append((start, cut))
            start = cut
        found.append((start, end))
    return found


def _read_paragraph(doc: Doc, text: str, options: AnnotatingOptions) -> Paragraph:
    return Paragraph(grid=grid_of(doc, text), names=find_names(doc, text) if options.names else ())


def _mark_up(
    article: Article, places: Sequence[tuple[int, int]], known: dict[str, Paragraph], options: AnnotatingOptions
) -> Markup:
    text = article.text
    read = is_english(article)
    paragraphs = [
        (
            start,
            known[text[start:end]]
            if read and start < options.text_max
            else Paragraph(grid=plain_grid(text[start:end])),
        )
        for start, end in places
    ]
    headline_end = len(article.headline) if text.startswith(article.headline) else 0
    sentences, tokens = join_grids([(start, p.grid) for start, p in paragraphs], headline_end)
    names = tuple(replace(n, start=n.start + at, end=n.end + at) for at, p in paragraphs for n in p.names)
    names = settle_names(text, names)
    quotes = find_quotes(text, sentences, tokens, names) if read and options.quotes else ()
    return Markup(
        article=article.id,
        sentences=sentences,
        tokens=tokens,
        names=names,
        quotes=quotes,
        times=find_times(text, sentences, tokens, article.published) if read and options.times else (),
        quantities=find_quantities(text, sentences, tokens) if read and options.quantities else (),
    )
