"""Articles → pairs that are no copies though they share text, for the pair judge to learn from.

Furniture: every page as a careless cleaner leaves it. Quotations: independent reports that were given one in common.

Whoever spoke or wrote in public is quoted by many, at length and in order, with the marks or, where a post is shown in
a box, without them. The copies set has few such pairs; these are made from its independent reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from copydesk.model.articles import Article, Block
from copydesk.model.markup import Markup, Sentence, Tokens
from copydesk.model.piles import Pile
from copydesk.text.sentences import find_sentences
from copydesk.tracing.corpus import Corpus

Pair = tuple[int, int]
LINE_WORDS = 10  # words of a line that a careless cleaner takes for body
NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())
EMPTY_MARKUP = Markup(article="", sentences=(), tokens=NO_TOKENS, names=(), quotes=(), times=(), quantities=())
QUOTED = 0.6  # share of a sentence inside quotation marks from which it can be quoted elsewhere
SENTENCES_MAX = 5
MARKS = '“”"«»„'


def furnished(pile: Pile) -> Pile:
    """The same articles as a bad cleaner would leave them: every line of ten words or more is body."""
    articles, markups = [], []
    for article in pile.articles:
        blocks, parts, at, start = [], [], 0, 0
        for line in article.source_text.split("\n"):
            if len(line.split()) >= LINE_WORDS:
                blocks.append(Block(kind="body", start=start, end=start + len(line), at=at, reason="long line"))
                parts.append(line)
                at += len(line) + 2
            start += len(line) + 1
        text = "\n\n".join(parts)
        articles.append(replace(article, text=text, headline="", blocks=tuple(blocks)))
        sentences = tuple(
            Sentence(start=b.at + s, end=b.at + e, first=0, last=0)
            for b in blocks
            if b.at is not None
            for s, e in find_sentences(text[b.at : b.at + b.end - b.start])
        )
        markups.append(replace(EMPTY_MARKUP, article=article.id, sentences=sentences))
    return Pile(articles=tuple(articles), markups=tuple(markups))


def share_quotations(pile: Pile, corpus: Corpus, pairs: Sequence[Pair], random: Random) -> tuple[Pile, list[Pair]]:
    """A pile in which the second article of each pair quotes what the first one does, and these pairs in it.

    Pairs whose first article quotes nobody are left out.
    """
    articles, markups, found = list(pile.articles), list(pile.markups), []
    for first, second in pairs:
        said = _quotation(pile.articles[first], corpus, first, random)
        if not said:
            continue
        boxed = random.random() < 0.5
        parts = [s if boxed else f"“{s}”" for s in said]
        article, markup = _insert(pile.articles[second], pile.markups[second], parts, random)
        found.append((first, len(articles)))
        articles.append(article)
        markups.append(markup)
    return Pile(articles=tuple(articles), markups=tuple(markups)), found


def _quotation(article: Article, corpus: Corpus, number: int, random: Random) -> list[str]:
    """Up to `SENTENCES_MAX` quoted sentences in order, without their marks and what follows these."""
    body = corpus.bodies[number]
    quoted = [i for i in range(len(body)) if body.quoted[i] >= QUOTED]
    if not quoted:
        return []
    at = random.randrange(len(quoted))
    said = []
    for i in quoted[at : at + random.randint(1, SENTENCES_MAX)]:
        inside = [k for k in range(int(body.first[i]), int(body.last[i])) if body.in_quote[k]]
        said.append(article.text[body.word_start[inside[0]] : body.word_end[inside[-1]]].strip(MARKS) + ".")
    return said


def _insert(article: Article, markup: Markup, parts: Sequence[str], random: Random) -> tuple[Article, Markup]:
    """The article with these parts as a paragraph between two of its sentences, anew from its own sentences."""
    own = [article.text[s.start : s.end] for s in markup.sentences if not s.is_headline]
    at = random.randint(0, len(own))
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    pieces: list[str] = []
    place = 0
    for part in [*own[:at], " ".join(parts), *own[at:]]:
        blocks.append(Block(kind="body", start=place, end=place + len(part), at=place, reason="a sentence"))
        sentences.extend(Sentence(start=place + s, end=place + e, first=0, last=0) for s, e in find_sentences(part))
        pieces.append(part)
        place += len(part) + 2
    text = "\n\n".join(pieces)
    made = replace(
        article, id=f"{article.id}+", text=text, source_text=text, headline="", blocks=tuple(blocks), credits=()
    )
    return made, replace(markup, article=made.id, sentences=tuple(sentences))
