"""Markups → Saying: every quotation of a story's articles, with its speaker and its telling words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from copydesk.model.markup import QuoteMention
from copydesk.model.piles import Pile
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Entity
from copydesk.resolving.speakers import Cast, Speaker, find_speaker
from copydesk.resolving.syntax import Syntax
from copydesk.text.normalise import find_words, stem

CONTENT_LETTERS = 4  # a word of fewer letters says too little to tell two statements apart
# Telling words below which only the same words are a variant, and a sentence is not told apart from its neighbours.
WORDS_LEAST = 4
_EMPTY_WORDS = (
    "that this with from have been were will would they them their there which what when about said says into "
    "than then also more some could should being because after before over very just only"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One quotation of one article with its speaker."""

    article: str
    mention: QuoteMention
    text: str
    words: Counter[str]
    speaker: Speaker


def list_sayings(pile: Pile, entities: Mapping[str, Entity], spans: Mapping[Span, str]) -> list[Saying]:
    """Every quotation of a story in order of article and place."""
    found = []
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        syntax = Syntax(article.text, markup)
        cast = Cast(entities=entities, spans={s: e for s, e in spans.items() if s.article == article.id})
        for mention in markup.quotes:
            text = _shown(article.text, mention.content)
            found.append(
                Saying(
                    article=article.id,
                    mention=mention,
                    text=text,
                    words=content_words(text),
                    speaker=find_speaker(syntax, mention, cast),
                )
            )
    return found


def narrow(saying: Saying, text: str, start: int, end: int) -> Saying:
    """What of a quotation stands between two places of its article's text."""
    content = tuple(
        Stretch(start=max(c.start, start), end=min(c.end, end))
        for c in saying.mention.content
        if c.start < end and start < c.end
    )
    if content == saying.mention.content:
        return saying
    shown = _shown(text, content)
    return replace(saying, mention=replace(saying.mention, content=content), text=shown, words=content_words(shown))


def _shown(text: str, content: Iterable[Stretch]) -> str:
    return " … ".join(" ".join(text[c.start : c.end].split()) for c in content)


def content_words(text: str) -> Counter[str]:
    """The telling words of a statement, without their endings."""
    return Counter(
        stem(w.key)
        for w in find_words(text)
        if (len(w.key) >= CONTENT_LETTERS or w.key.isdigit()) and w.key not in _EMPTY
    )
