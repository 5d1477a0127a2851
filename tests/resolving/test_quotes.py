from __future__ import annotations

from copydesk.model.stories import Quote, Resolution
from tests.resolving.stories import HARBOUR, pile_of, resolve_texts, the


def said(resolution: Resolution, words: str) -> list[Quote]:
    """The statements that hold some words, in themselves or in a variant."""
    return [q for q in resolution.quotes if words in q.text or any(words in v.text for v in q.variants)]


def test_the_same_words_in_two_articles_are_one_statement() -> None:
    found = resolve_texts(HARBOUR)
    (quote,) = said(found, "thirty years")
    assert {s.article for s in quote.support} | {s.article for v in quote.variants for s in v.support} == {"a", "b"}


def test_she_is_the_mayor_who_was_named_before() -> None:
    found = resolve_texts(HARBOUR)
    (quote,) = said(found, "thirty years")
    assert quote.speaker == the(found, "Adela Lundqvist").id


def test_a_role_noun_stands_for_the_person_who_has_the_role() -> None:
    found = resolve_texts(
        {
            "a": "The harbour master of Port Vessel, Ada Lund, closed the port. A storm was coming, and boats stayed in. "
            '"No ship leaves before noon," the harbour master said.',
        }
    )
    (quote,) = said(found, "No ship leaves")
    assert quote.speaker == the(found, "Ada Lund").id


def test_both_ministers_are_no_one_person() -> None:
    found = resolve_texts(
        {
            "a": "Foreign Minister Ada Lund met Foreign Minister Bram Okker in Port Vessel on Tuesday. "
            "Both ministers said that the talks would go on.",
        }
    )
    quotes = [q for q in found.quotes if "talks" in q.text]
    assert quotes and all(q.speaker is None for q in quotes)


def test_two_statements_of_one_speaker_stay_two() -> None:
    found = resolve_texts(
        {
            "a": '"The bridge will open in March with four lanes," Ada Lund said. "Tolls pay for the repairs of the quay," Lund said.',
        }
    )
    assert said(found, "bridge will open") != said(found, "Tolls pay")


def test_the_same_words_of_two_speakers_stay_two_when_they_are_few() -> None:
    found = resolve_texts(
        {
            "a": '"It was loud," Ada Lund said.',
            "b": '"It was loud," Bram Okker said.',
        }
    )
    assert len(said(found, "It was loud")) == 2


def test_every_statement_rests_on_words_of_its_article() -> None:
    found = resolve_texts(HARBOUR)
    text = {a.id: a.text for a in pile_of(HARBOUR).articles}
    assert found.quotes
    for quote in found.quotes:
        assert quote.support and quote.reasons
        joined = " … ".join(" ".join(text[s.article][s.start : s.end].split()) for s in quote.support)
        assert joined == quote.text


def test_the_airline_stands_for_the_airline_named_before() -> None:
    found = resolve_texts(
        {
            "a": "A plane of Marlow Airways turned back to Port Vessel on Friday. The airline said that a bird had struck it.",
        }
    )
    (quote,) = said(found, "a bird had struck")
    assert quote.speaker == the(found, "Marlow Airways").id
