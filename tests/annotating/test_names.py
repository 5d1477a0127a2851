"""Names: where they stand, and one type for each throughout an article, whatever the tagger called it."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from copydesk.annotating.names import find_names, settle_names
from copydesk.model.markup import NameMention, NameType

BLANK = spacy.blank("en")
LABELS: dict[NameType, str] = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "GPE",
    "other": "NORP",
    "event": "EVENT",
    "work": "LAW",
}


def tagged(text: str, *names: tuple[str, NameType]) -> Doc:
    """The text as a tagger would give it that calls each name, wherever it stands, by that type; the rest are no names."""
    doc = BLANK(text)
    spans: list[Span] = []
    for name, kind in names:
        at = text.find(name)
        assert at >= 0, name
        while at >= 0:
            span = doc.char_span(at, at + len(name), label=LABELS[kind], alignment_mode="expand")
            if not any(span.start < s.end and s.start < span.end for s in spans):
                spans.append(span)
            at = text.find(name, at + 1)
    doc.ents = tuple(spans)
    for token in doc:
        token.pos_ = (
            "PROPN" if token.text[:1].isupper() and (not token.is_sent_start or token.ent_type_) and token.i else "X"
        )
    return doc


def names_of(text: str, *names: tuple[str, NameType]) -> list[tuple[str, NameType]]:
    found = settle_names(text, find_names(tagged(text, *names), text))
    assert all(text[n.start : n.end] == n.text for n in found)
    return [(n.text, n.type) for n in found]


def test_a_country_is_a_place_whatever_the_tagger_says() -> None:
    found = names_of("Troops from Mali left Chad. Then Mali closed its border.", ("Mali", "person"), ("Chad", "person"))
    assert found == [("Mali", "place"), ("Chad", "place"), ("Mali", "place")]


def test_a_surname_takes_the_type_of_the_full_name() -> None:
    text = "The envoy Tomas Brekk spoke first. Brekk said the talks would go on."
    assert names_of(text, ("Tomas Brekk", "person"), ("Brekk", "organization")) == [
        ("Tomas Brekk", "person"), ("Brekk", "person"),
    ]  # fmt: skip


def test_a_name_that_the_tagger_passed_over_is_found_by_its_repeat() -> None:
    text = "Officials met Orla Vann on Monday. Later, reporters asked Vann about it."
    doc = tagged(text, ("Orla Vann", "person"))
    for token in doc:
        if token.idx > 30:
            token.pos_ = "X"
    found = settle_names(text, find_names(doc, text))
    assert [(n.text, n.type) for n in found] == [("Orla Vann", "person"), ("Vann", "person")]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Col. Assad Merrin", "Assad Merrin"), ("Foreign Minister Lena Okafor", "Lena Okafor"), ("Mr. Tomas Brekk", "Tomas Brekk"),
        ("Works Minister Lena Okafor", "Lena Okafor"), ("Rabbi Jon Falk", "Jon Falk"), ("Prince Aldric", "Prince Aldric"),
    ],
)  # fmt: skip
def test_a_title_is_no_part_of_a_name(written: str, name: str) -> None:
    assert names_of(f"We saw {written} there.", (written, "person")) == [(name, "person")]


def test_an_honorific_makes_a_person() -> None:
    text = "The letter came from Ms. Kessany Okole. Kessany Okole denied it."
    found = names_of(text, ("Ms. Kessany Okole", "organization"), ("Kessany Okole", "organization"))
    assert found == [("Kessany Okole", "person")] * 2


@pytest.mark.parametrize(
    ("written", "first", "kind"),
    [("Mazar-i-Sharif", "Mazar", "place"), ("Sarn-e-Veyra", "Sarn", "organization")],
)
def test_a_small_word_between_hyphens_joins_two_names(written: str, first: str, kind: NameType) -> None:
    last = written.rpartition("-")[2]
    text = f"Fighters of the group {written} left on Tuesday."
    assert names_of(text, (first, kind), (last, "other")) == [(written, kind)]


def test_a_possessive_joins_two_names() -> None:
    assert names_of("Talks with Russia's Brekk failed.", ("Russia's Brekk", "person")) == [
        ("Russia", "place"),
        ("Brekk", "person"),
    ]


def test_a_possessive_inside_a_hospitals_name_stays() -> None:
    text = "He lay in St Alden's Hospital for a week."
    assert names_of(text, ("St Alden", "place"), ("Hospital", "organization")) == [
        ("St Alden's Hospital", "organization")
    ]


def test_an_adjective_before_a_person_is_a_name_of_its_own() -> None:
    assert names_of("The Russian Brekk spoke.", ("Russian Brekk", "person")) == [
        ("Russian", "other"),
        ("Brekk", "person"),
    ]


def test_initials_in_brackets_stand_for_the_organization_before_them() -> None:
    text = "A report by Harbour Rights Watch (HRW) named him. The HRW said more."
    assert names_of(text, ("Harbour Rights Watch", "organization"))[:2] == [
        ("Harbour Rights Watch", "organization"), ("HRW", "organization"),
    ]  # fmt: skip


def test_an_article_and_a_possessive_are_cut_off() -> None:
    assert names_of("They joined the Delta Group’s board.", ("the Delta Group’s", "organization")) == [
        ("Delta Group", "organization")
    ]


def test_a_capital_article_inside_a_sentence_belongs_to_the_name() -> None:
    assert names_of("She told The Associated Press so.", ("Associated Press", "organization")) == [
        ("The Associated Press", "organization")
    ]


def test_an_outlet_is_known_by_its_article() -> None:
    assert names_of("He was late, reported The Print.", ("Print", "place")) == [("The Print", "organization")]


def test_a_group_is_told_by_the_words_around_it() -> None:
    text = "The militant group Sarn Dal fled. Sarn Dal fighters burned the bridge."
    assert names_of(text, ("Sarn Dal", "person")) == [("Sarn Dal", "organization")] * 2


def test_a_town_is_told_by_where_it_lies() -> None:
    text = "They met at Vellmar in central Moldova. Sarnby, a small village near the border, was quiet."
    found = names_of(text, ("Vellmar", "organization"), ("Sarnby", "person"))
    assert ("Vellmar", "place") in found and ("Sarnby", "place") in found


def test_a_town_and_its_country_are_two_places() -> None:
    text = "He grew up in Ostrava, Moldova."
    assert names_of(text, ("Ostrava, Moldova", "organization")) == [("Ostrava", "place"), ("Moldova", "place")]


@pytest.mark.parametrize("word", ["Monday", "January", "He", "President", "2031", "Mr."])
def test_calendar_words_pronouns_and_bare_titles_are_no_names(word: str) -> None:
    assert names_of(f"They said that {word} was late.", (word, "person")) == []


def test_a_headlines_capitals_prove_nothing() -> None:
    text = "Brekk Visits Port As Harbour Talks Resume\n\nThe envoy Tomas Brekk visits the port. The talks in the harbour resume."
    found = names_of(text, ("Brekk Visits", "person"), ("Harbour Talks", "organization"), ("Tomas Brekk", "person"))
    assert found == [("Brekk", "person"), ("Tomas Brekk", "person")]


def test_a_dateline_in_capitals_is_the_place_of_the_text() -> None:
    text = "OSLO — Rain fell in Oslo all day."
    assert names_of(text, ("Oslo", "place")) == [("OSLO", "place"), ("Oslo", "place")]


def test_a_short_form_keeps_its_full_stop() -> None:
    assert names_of("ERIE, Pa. — It rained.", ("Pa", "place")) == [("Pa.", "place")]


def test_a_prison_belongs_to_its_name() -> None:
    assert names_of("He was held in Varn prison for a year.", ("Varn", "person")) == [("Varn prison", "place")]


def test_what_a_page_lets_its_reader_do_is_no_name() -> None:
    assert names_of("The ferry in port. Hide Caption 4 of 25", ("Hide Caption", "organization")) == []


def test_a_photo_credit_is_no_part_of_a_name() -> None:
    assert names_of("We saw Tomas Brekk AFP there.", ("Tomas Brekk AFP", "person"))[0] == ("Tomas Brekk", "person")


def test_an_ordinary_word_that_is_also_a_town_is_no_place() -> None:
    text = "The media were late. Media from abroad came as well."
    assert ("Media", "place") not in names_of(text, ("Media", "organization"))


def test_a_name_has_one_type_throughout() -> None:
    text = "In Varn the rain fell. Near Varn the river rose. Varn said nothing."
    found = settle_names(
        text,
        [
            NameMention(start=m, end=m + 4, text="Varn", type=kind, reason="tagger")
            for m, kind in ((3, "person"), (28, "place"), (48, "organization"))
            if text[m : m + 4] == "Varn"
        ],
    )
    assert len({n.type for n in found}) == 1


def test_every_name_has_a_reason() -> None:
    text = "The envoy Tomas Brekk met Lena Okafor in Bamako."
    found = settle_names(text, find_names(tagged(text, ("Tomas Brekk", "person"), ("Bamako", "organization")), text))
    assert {n.text for n in found} >= {"Tomas Brekk", "Bamako"} and all(n.reason for n in found)


WORDS = st.sampled_from(
    [
        "Brekk",
        "Tomas",
        "the",
        "of",
        "’s",
        "Mali",
        "(HRW)",
        "Hospital",
        "said",
        "in",
        "\n",
        ".",
        "Col.",
        "AFP",
        "and",
        "/",
    ]
)


@given(st.lists(WORDS, max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 5)), max_size=8))
@settings(deadline=None, max_examples=150)
def test_names_lie_in_the_text_in_order_and_apart(words: list[str], spans: list[tuple[int, int]]) -> None:
    text = " ".join(words)
    doc = BLANK(text)
    ents: list[Span] = []
    for at, length in spans:
        span = Span(doc, min(at, len(doc)), min(at + length, len(doc)), label="ORG")
        if (
            span.text.strip()
            and not span.text.isspace()
            and not any(span.start < e.end and e.start < span.end for e in ents)
        ):
            ents.append(span)
    doc.ents = tuple(e for e in ents if not e[0].is_space and not e[-1].is_space)
    found = settle_names(text, find_names(doc, text))
    assert all(text[n.start : n.end] == n.text and n.text for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert settle_names(text, find_names(doc, text)) == found


def test_settling_takes_time_in_step_with_the_text() -> None:
    text = " ".join(f"Brekk Xa{i} met Brekk Yb{i} near the quay of Port Vessel." for i in range(4_000))
    names = []
    for match in re.finditer(r"Brekk \w+", text):
        start, end = match.span()
        names.append(NameMention(start=start, end=end, text=match.group(), type="person", reason="tagger"))
    started = time.perf_counter()
    assert len(settle_names(text, names)) >= 8_000
    assert time.perf_counter() - started < 5
