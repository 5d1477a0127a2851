from __future__ import annotations

from copydesk.model.stories import Quote, Resolution
from tests.resolving.stories import resolve_texts

FIRST = "The ferry hit the northern breakwater at noon."
SECOND = "Nobody aboard the vessel was badly injured."


def holding(resolution: Resolution, words: str) -> list[Quote]:
    """The statements that hold some words, in themselves or in a variant."""
    return [q for q in resolution.quotes if words in q.text or any(words in v.text for v in q.variants)]


def articles_of(quote: Quote) -> set[str]:
    return {s.article for s in (*quote.support, *(s for v in quote.variants for s in v.support))}


def test_a_speech_that_every_article_carries_whole_stays_one_statement() -> None:
    found = resolve_texts(
        {
            "a": f'"{FIRST} {SECOND}" Ada Lund said on Friday.',
            "b": f'Ada Lund told reporters: "{FIRST} {SECOND}"',
        }
    )
    (quote,) = holding(found, "northern breakwater")
    assert articles_of(quote) == {"a", "b"}
    assert "badly injured" in quote.text


def test_a_speech_is_cut_where_another_article_cuts_it() -> None:
    found = resolve_texts(
        {
            "a": f'"{FIRST} {SECOND}" Ada Lund said on Friday.',
            "b": f'"{SECOND[:-1]}," Ada Lund said on Friday.',
        }
    )
    (first,), (second,) = holding(found, "northern breakwater"), holding(found, "badly injured")
    assert first.id != second.id
    assert articles_of(first) == {"a"}
    assert articles_of(second) == {"a", "b"}


def test_sentences_parted_by_their_teller_in_two_articles_are_two_statements() -> None:
    told = f'"{FIRST[:-1]}," Ada Lund said on Friday. "{SECOND}"'
    found = resolve_texts({"a": told, "b": told.replace(" on Friday", "")})
    (first,), (second,) = holding(found, "northern breakwater"), holding(found, "badly injured")
    assert first.id != second.id
    assert articles_of(first) == articles_of(second) == {"a", "b"}


def test_what_one_article_alone_tells_stays_whole() -> None:
    found = resolve_texts({"a": f'"{FIRST[:-1]}," Ada Lund said on Friday. "{SECOND}"'})
    (quote,) = holding(found, "northern breakwater")
    assert "badly injured" in quote.text


def test_a_sentence_of_few_words_stays_with_its_neighbour() -> None:
    found = resolve_texts(
        {
            "a": f'"It is over. {FIRST}" Ada Lund said on Friday.',
            "b": f'"{FIRST[:-1]}," Ada Lund said on Friday.',
        }
    )
    (quote,) = holding(found, "northern breakwater")
    assert articles_of(quote) == {"a", "b"}
    assert holding(found, "It is over") == [quote]


def test_every_part_rests_on_words_of_its_article() -> None:
    texts = {
        "a": f'"{FIRST} {SECOND}" Ada Lund said on Friday.',
        "b": f'"{SECOND[:-1]}," Ada Lund said on Friday.',
    }
    for quote in resolve_texts(texts).quotes:
        for text, spans in [(quote.text, quote.support), *((v.text, v.support) for v in quote.variants)]:
            assert text == " … ".join(texts[s.article][s.start : s.end] for s in spans)
