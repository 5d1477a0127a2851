"""What annotating gives of an article: sentences, tokens, and the same for copied paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.tokens import Doc

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import Markup
from copydesk.model.times import UNKNOWN_WHEN

HEADLINE = "Harbour mayor opens the new bridge"
BODY = (
    "The mayor of Port Vessel, Col. Ada Quill, opened a bridge on Monday.",
    "“It took us nine years,” Quill said. “It will stand for ninety.”",
)


def article(name: str, *paragraphs: str, headline: str = "", language: str = "en") -> Article:
    text = "\n\n".join([headline, *paragraphs] if headline else paragraphs)
    return Article(
        id=name,
        path=name,
        url=None,
        sha256="",
        headline=headline,
        byline=None,
        dateline=None,
        outlet=None,
        language=language,
        compared=True,
        reason=None,
        published=UNKNOWN_WHEN,
        modified=None,
        observed=None,
        credits=(),
        text=text,
        source_text=text,
        blocks=(),
    )


class CountingTagger(Tagger):
    """A tagger that remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def tag(self, texts: Iterator[str]) -> Iterator[Doc]:  # type: ignore[override]
        kept = list(texts)
        self.given.extend(kept)
        yield from super().tag(kept)


@pytest.fixture(scope="module")
def tagger() -> CountingTagger:
    return CountingTagger()


def mark(tagger: Tagger, *articles: Article) -> list[Markup]:
    return list(annotate(articles, tagger, AnnotatingOptions()))


def test_the_headline_is_a_sentence_of_its_own(tagger: CountingTagger) -> None:
    given = article("a", *BODY, headline=HEADLINE)
    (markup,) = mark(tagger, given)
    assert [given.text[s.start : s.end] for s in markup.sentences if s.is_headline] == [HEADLINE]
    assert not any("\n" in given.text[s.start : s.end] for s in markup.sentences)


def test_spans_are_code_points_of_the_text(tagger: CountingTagger) -> None:
    given = article("a", "𝔸 😀 parade passed.", *BODY, headline=HEADLINE)
    (markup,) = mark(tagger, given)
    words = [given.text[a:b] for a, b in zip(markup.tokens.start, markup.tokens.end, strict=True)]
    assert "bridge" in words
    assert "".join(words) == "".join(given.text.split())
    assert [n.text for n in markup.names] == [given.text[n.start : n.end] for n in markup.names]


def test_sentences_hold_every_token_once(tagger: CountingTagger) -> None:
    (markup,) = mark(tagger, article("a", *BODY, headline=HEADLINE))
    covered = [i for s in markup.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(markup.tokens)))
    for s in markup.sentences:
        assert all(s.first <= markup.tokens.head[i] < s.last for i in range(s.first, s.last))


def test_a_copied_paragraph_is_analysed_once(tagger: CountingTagger) -> None:
    tagger.given.clear()
    one, two = article("a", *BODY, headline=HEADLINE), article("b", "Another opening here.", *BODY)
    mark(tagger, one, two, one)
    assert sorted(tagger.given) == sorted({HEADLINE, "Another opening here.", *BODY})


def test_a_markup_does_not_depend_on_its_neighbours(tagger: CountingTagger) -> None:
    one = article("a", *BODY, headline=HEADLINE)
    other = article("b", "Ships left the quay at noon.", BODY[1])
    alone = mark(tagger, one)
    assert mark(tagger, other, one)[1] == alone[0]
    assert mark(tagger, one, other)[0] == alone[0]


def test_an_article_in_another_language_has_sentences_and_tokens_only(tagger: CountingTagger) -> None:
    tagger.given.clear()
    (markup,) = mark(tagger, article("a", "Le pont est ouvert. Le maire a dit « bravo ».", language="fr"))
    assert len(markup.sentences) == 2
    assert set(markup.tokens.pos) == {"X"}
    assert not markup.names and not markup.quotes and not tagger.given


def test_an_endless_paragraph_is_cut_and_nothing_is_lost(tagger: CountingTagger) -> None:
    given = article("a", "word " * 5000)
    options = AnnotatingOptions(paragraph_max=2000, text_max=6000)
    (markup,) = annotate([given], tagger, options)
    assert len(markup.tokens) == 5000
