"""Who is quoted saying what: kinds of quotation, their cue, their speaker and the relay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import QuoteMention
from copydesk.model.times import UNKNOWN_WHEN


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


class Quoted:
    """An article's quotes with its text, so that a test reads as words."""

    def __init__(self, tagger: Tagger, *paragraphs: str) -> None:
        self.text = "\n\n".join(paragraphs)
        article = Article(
            id="a", path="a", url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language="en",
            compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(),
            text=self.text, source_text=self.text, blocks=(),
        )  # fmt: skip
        (markup,) = annotate([article], tagger, AnnotatingOptions())
        self.quotes = markup.quotes

    def saying(self, words: str) -> QuoteMention:
        """The one quote whose content holds some words."""
        found = [q for q in self.quotes if words in " … ".join(self.content(q))]
        assert len(found) == 1, (words, [self.content(q) for q in self.quotes])
        return found[0]

    def content(self, quote: QuoteMention) -> list[str]:
        return [self.text[s.start : s.end] for s in quote.content]

    def source(self, quote: QuoteMention) -> str | None:
        return self.text[quote.source.start : quote.source.end] if quote.source else None

    def cue(self, quote: QuoteMention) -> str | None:
        return self.text[quote.cue.start : quote.cue.end] if quote.cue else None


def test_a_direct_quotation_has_its_words_without_the_marks(tagger: Tagger) -> None:
    read = Quoted(tagger, "“The harbour will open on Monday,” mayor Ada Quill said.")
    quote = read.saying("harbour")
    assert quote.kind == "direct"
    assert read.content(quote) == ["The harbour will open on Monday"]
    assert read.cue(quote) == "said"
    assert quote.source_name == "Ada Quill"


@pytest.mark.parametrize(
    "marks", ["“”", '""', "«»", "„“", "””", "‘’"], ids=["curly", "straight", "guillemets", "low", "wrong way", "single"]
)
def test_every_kind_of_quotation_mark_is_read(tagger: Tagger, marks: str) -> None:
    read = Quoted(tagger, f"{marks[0]}We will not sell the old ferry to anyone,{marks[1]} Ada Quill said on Friday.")
    quote = read.saying("ferry")
    assert quote.kind == "direct"
    assert read.content(quote) == ["We will not sell the old ferry to anyone"]


def test_a_quotation_interrupted_by_its_cue_is_one_quote(tagger: Tagger) -> None:
    read = Quoted(tagger, "“The bridge is safe,” Orrin Vance said, “and it will stay open all winter.”")
    quote = read.saying("bridge is safe")
    assert [c.rstrip(".") for c in read.content(quote)] == ["The bridge is safe", "and it will stay open all winter"]


def test_a_quotation_goes_on_after_the_sentence_with_the_cue(tagger: Tagger) -> None:
    read = Quoted(tagger, "“The bridge is safe,” Orrin Vance said. “It has been tested twice. Nobody needs to worry.”")
    quote = read.saying("bridge is safe")
    assert "Nobody needs to worry" in read.content(quote)[-1]


def test_a_quotation_over_several_paragraphs_is_one_quote(tagger: Tagger) -> None:
    read = Quoted(
        tagger,
        "“The bridge is safe,” Orrin Vance said. “It has been tested twice.",
        "“And it will be tested again before the winter comes to the island.”",
    )
    quote = read.saying("bridge is safe")
    assert "before the winter" in read.content(quote)[-1]


def test_a_paragraph_of_quotation_alone_is_the_last_speakers(tagger: Tagger) -> None:
    read = Quoted(
        tagger,
        "“The bridge is safe,” engineer Orrin Vance said on Monday.",
        "“Nobody on this island needs to worry about the bridge or the road.”",
    )
    assert read.saying("needs to worry").source_name == "Orrin Vance"


def test_indirect_speech_is_found_with_its_clause(tagger: Tagger) -> None:
    read = Quoted(tagger, "Ada Quill said on Tuesday that the ferry would sail again in spring.")
    quote = read.saying("ferry")
    assert quote.kind == "indirect"
    assert read.content(quote) == ["that the ferry would sail again in spring"]
    assert read.source(quote) == "Ada Quill"


def test_according_to_names_a_speaker(tagger: Tagger) -> None:
    read = Quoted(tagger, "The fire started in the boiler room, according to the Vessel Fire Service.")
    quote = read.saying("boiler room")
    assert quote.kind == "indirect"
    assert read.source(quote) == "the Vessel Fire Service"


def test_a_quoted_part_makes_a_statement_mixed(tagger: Tagger) -> None:
    read = Quoted(tagger, "Ada Quill said the plan was “a gift to the rich” and would be withdrawn.")
    quote = read.saying("gift to the rich")
    assert quote.kind == "mixed"
    assert read.source(quote) == "Ada Quill"


def test_he_and_she_stand_for_whoever_was_named(tagger: Tagger) -> None:
    read = Quoted(
        tagger,
        "Anna Quill, the mayor, met her deputy, Peter Marsh, on Monday. He had asked for the meeting.",
        "Quill said the ferry would be sold. “It is too old,” she said. Marsh disagreed. “It is a fine ship,” he said.",
    )
    assert read.saying("too old").source_name == "Anna Quill"
    assert read.saying("fine ship").source_name == "Peter Marsh"


def test_an_office_stands_for_its_holder(tagger: Tagger) -> None:
    read = Quoted(
        tagger,
        "Harbour minister Ada Quill arrived in Port Vessel on Monday with the engineer Orrin Vance.",
        "“The ferry is too old,” the minister said.",
    )
    assert read.saying("too old").source_name == "Ada Quill"


def test_an_office_that_nobody_is_named_for_stays_open(tagger: Tagger) -> None:
    read = Quoted(tagger, "The engineer Orrin Vance spoke first.", "“The ferry is too old,” the president said.")
    assert read.saying("too old").source_name is None


def test_who_stands_for_the_name_before_it(tagger: Tagger) -> None:
    read = Quoted(tagger, "The boat belonged to Peter Marsh, who said that he had never seen the ferry before.")
    assert read.saying("never seen the ferry").source_name == "Peter Marsh"


def test_officials_have_no_name(tagger: Tagger) -> None:
    read = Quoted(tagger, "Officials said the ferry had run aground near the lighthouse.")
    quote = read.saying("run aground")
    assert read.source(quote) == "Officials"
    assert quote.source_name is None


def test_a_relay_is_told_from_the_speaker(tagger: Tagger) -> None:
    read = Quoted(tagger, "Ada Quill, quoted by the news agency Vesselpress, said that the ferry would be sold soon.")
    quote = read.saying("ferry would be sold")
    assert read.source(quote) == "Ada Quill"
    assert quote.source_name == "Ada Quill"
    assert any("Vesselpress" in read.text[s.start : s.end] for s in quote.via)


def test_an_agency_that_quotes_somebody_is_the_relay(tagger: Tagger) -> None:
    read = Quoted(tagger, "The news agency Vesselpress quoted Ada Quill as saying that the ferry would be sold soon.")
    quote = read.saying("ferry would be sold")
    assert quote.source_name == "Ada Quill"
    assert any("Vesselpress" in read.text[s.start : s.end] for s in quote.via)


def test_a_dash_and_a_name_tell_a_quotation(tagger: Tagger) -> None:
    read = Quoted(tagger, "“The sea gives and the sea takes away from all of us.” ― Ada Quill, mayor")
    assert read.source(read.saying("sea gives")) == "Ada Quill, mayor"


def test_a_post_shown_whole_is_its_authors(tagger: Tagger) -> None:
    read = Quoted(tagger, "So proud of our crew tonight, thank you all! — Ada Quill (@adaquill) 3 May 2031")
    assert read.source(read.saying("proud of our crew")) == "Ada Quill"


def test_a_transcript_line_is_its_speakers(tagger: Tagger) -> None:
    read = Quoted(tagger, "A partial transcript:", '"QUILL: The ferry is far too old to sail again."')
    quote = read.saying("far too old")
    assert read.source(quote) == "QUILL"
    assert read.content(quote) == ["The ferry is far too old to sail again."]


def test_the_next_speaker_of_a_transcript_goes_on_with_nobodys_words(tagger: Tagger) -> None:
    read = Quoted(
        tagger,
        "Mayor Ada Quill said that the ferry would sail.",
        '"(LAUGHTER)',
        '"WARD: The ferry is far too old to sail again.',
        '"QUILL: We mended every plank of it in the spring."',
    )
    assert read.content(read.saying("far too old")) == ["The ferry is far too old to sail again."]
    assert read.content(read.saying("every plank")) == ["We mended every plank of it in the spring."]


def test_words_that_lead_up_to_a_quotation_are_left_out(tagger: Tagger) -> None:
    read = Quoted(tagger, "“We will not sell the old ferry,” Vessel mayor Anna Quill said on Friday.")
    assert read.content(read.saying("old ferry")) == ["We will not sell the old ferry"]


def test_a_title_in_marks_is_no_speech(tagger: Tagger) -> None:
    read = Quoted(tagger, "The museum bought the painting “Night Ferry” in March for its new hall.")
    assert not any(c == "Night Ferry" for q in read.quotes for c in read.content(q))


def test_quotes_are_in_order_and_inside_the_text(tagger: Tagger) -> None:
    read = Quoted(
        tagger,
        "Ada Quill said the ferry would go. “It is old,” she said.",
        "Orrin Vance told reporters that he would resign. According to police, nobody was hurt.",
    )
    starts = [q.content[0].start for q in read.quotes]
    assert starts == sorted(starts) and len(starts) >= 4
    for quote in read.quotes:
        for stretch in (*quote.content, *(s for s in (quote.cue, quote.source) if s), *quote.via):
            assert 0 <= stretch.start < stretch.end <= len(read.text)


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["he", "said", "“", "”", '"', "'", "Quill", "ferry", ".", ",", ":", "\n\n", "—", "that"]),
        max_size=40,
    )
)
def test_broken_marks_never_break_the_reader(tagger: Tagger, words: list[str]) -> None:
    read = Quoted(tagger, " ".join(words) or "x")
    for quote in read.quotes:
        assert all(c.strip() for c in read.content(quote))


def test_quoted_words_that_end_a_statement_belong_to_it(tagger: Tagger) -> None:
    told = Quoted(
        tagger,
        "Bram Ostler called the bill a “harbour tax” saying the council dug up old debts as well as the one named in order "
        "to “punish his crews.”",
    )
    quote = told.saying("punish his crews")
    assert "dug up old debts" in " … ".join(told.content(quote))
    assert quote.cue is not None
    assert told.text[quote.cue.start : quote.cue.end] == "saying"
