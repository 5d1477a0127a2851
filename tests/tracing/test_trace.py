"""What tracing promises of a pile."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from copydesk.language.encoder import CachedEncoder
from copydesk.model.copies import CopyLink, Trace
from copydesk.model.corrections import Correction
from copydesk.tracing import TracingOptions, trace
from tests.tracing.stories import (
    INDEPENDENT,
    OTHER,
    REWORDED,
    VISIT_OWN,
    VISIT_THIRD,
    VISIT_WIRE,
    WIRE,
    make_article,
    make_pile,
)

OPTIONS = TracingOptions()


def pairs(found: Trace) -> set[tuple[str, str]]:
    return {(x.origin, x.copy) for x in found.links if x.origin is not None}


def link(found: Trace, origin: str, copy: str) -> CopyLink:
    return next(x for x in found.links if (x.origin, x.copy) == (origin, copy))


WIRE_STORY = make_article("wire", WIRE, outlet="Ossel Press Agency", published="2031-04-03")
REPRINT = make_article("reprint", WIRE[:8], outlet="Vessel Courier", published="2031-04-04")
SPUN = make_article("spun", REWORDED, outlet="Daily Mirage", published="2031-04-05")
OWN = make_article("own", INDEPENDENT, outlet="Quay Observer", published="2031-04-03")
CHESS = make_article("chess", OTHER, outlet="Tarn Weekly", published="2031-04-03")


def test_a_reprint_is_a_verbatim_copy_of_its_wire(encoder: CachedEncoder) -> None:
    found = trace(make_pile([WIRE_STORY, REPRINT, CHESS]), encoder, OPTIONS)
    assert pairs(found) == {("wire", "reprint")}
    copy = link(found, "wire", "reprint")
    assert copy.kind == "verbatim"
    assert copy.coverage > 0.95
    assert len(copy.passages) == 1
    assert copy.direction == "known"


def test_a_reworded_copy_is_found_and_called_rewritten(encoder: CachedEncoder) -> None:
    found = trace(make_pile([WIRE_STORY, SPUN, CHESS]), encoder, OPTIONS)
    assert pairs(found) == {("wire", "spun")}
    assert link(found, "wire", "spun").kind == "rewritten"
    assert link(found, "wire", "spun").coverage > 0.8


def test_a_shared_quotation_alone_is_no_copy(encoder: CachedEncoder) -> None:
    found = trace(make_pile([WIRE_STORY, OWN]), encoder, OPTIONS)
    assert pairs(found) == set()
    assert len(found.voices) == 2


def test_a_reprint_does_not_add_a_voice(encoder: CachedEncoder) -> None:
    before = trace(make_pile([WIRE_STORY, OWN]), encoder, OPTIONS)
    after = trace(make_pile([WIRE_STORY, OWN, REPRINT]), encoder, OPTIONS)
    assert {v.id for v in after.voices} == {v.id for v in before.voices}
    assert next(v for v in after.voices if v.name == "Ossel Press Agency").articles == ("reprint", "wire")


def test_the_order_of_input_does_not_matter(encoder: CachedEncoder) -> None:
    articles = [WIRE_STORY, REPRINT, SPUN, OWN, CHESS]
    assert trace(make_pile(articles), encoder, OPTIONS) == trace(make_pile(articles[::-1]), encoder, OPTIONS)


def test_names_of_articles_do_not_decide_who_is_linked(encoder: CachedEncoder) -> None:
    def links(names: str) -> set[frozenset[str]]:
        bodies = [WIRE, WIRE[:8], REWORDED, INDEPENDENT]
        pile = make_pile(
            [make_article(n, b, outlet=f"Outlet {i}") for i, (n, b) in enumerate(zip(names, bodies, strict=True))]
        )
        found = trace(pile, encoder, OPTIONS)
        outlet = {a.id: str(a.outlet) for a in pile.articles}
        return {frozenset((outlet[x.origin], outlet[x.copy])) for x in found.links if x.origin}

    assert links("abcd") == links("dbca")


@pytest.mark.parametrize("other", [REPRINT, SPUN])
def test_passages_quote_their_texts(encoder: CachedEncoder, other: object) -> None:
    pile = make_pile([WIRE_STORY, REPRINT, SPUN])
    found = trace(pile, encoder, OPTIONS)
    text = {a.id: a.text for a in pile.articles}
    for copied in found.links:
        assert copied.origin is not None
        for passage in copied.passages:
            assert passage.origin is not None
            for article, place in ((copied.origin, passage.origin), (copied.copy, passage.copy)):
                words = text[article][place.start : place.end]
                assert 0 <= place.start < place.end <= len(text[article])
                assert words == words.strip()
                assert not words.startswith("Report ")
        if copied.kind == "verbatim":
            for passage in copied.passages:
                assert passage.origin is not None
                assert (
                    text[copied.origin][passage.origin.start : passage.origin.end]
                    == text[copied.copy][passage.copy.start : passage.copy.end]
                )


def test_shares_cover_each_body_once(encoder: CachedEncoder) -> None:
    mixed = make_article("mixed", [*WIRE[:5], *INDEPENDENT[4:]], outlet="Vessel Courier", published="2031-04-05")
    found = trace(make_pile([WIRE_STORY, OWN, mixed]), encoder, OPTIONS)
    for shares in found.shares.values():
        assert sum(s.share for s in shares) == pytest.approx(1.0, abs=0.01)
        places = sorted(p for s in shares for p in s.spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(places))


def test_an_article_of_two_origins_has_both_voices(encoder: CachedEncoder) -> None:
    mixed = make_article("mixed", [*WIRE[:6], *INDEPENDENT[3:]], outlet="Vessel Courier", published="2031-04-05")
    found = trace(make_pile([WIRE_STORY, OWN, mixed]), encoder, OPTIONS)
    names = {v.id: v.name for v in found.voices}
    assert {names[s.voice] for s in found.shares["mixed"]} == {"Ossel Press Agency", "Quay Observer"}
    assert {v.name for v in found.voices if "mixed" in v.articles} == {"Ossel Press Agency", "Quay Observer"}


def test_a_sentence_moved_to_the_end_is_still_traced(encoder: CachedEncoder) -> None:
    moved = make_article("moved", [*WIRE[3:], *WIRE[:1]], outlet="Vessel Courier", published="2031-04-05")
    found = trace(make_pile([WIRE_STORY, moved]), encoder, OPTIONS)
    assert link(found, "wire", "moved").coverage > 0.95
    assert len(link(found, "wire", "moved").passages) == 2


def test_only_the_copied_words_of_a_cut_sentence_are_a_passage(encoder: CachedEncoder) -> None:
    cut = [*WIRE[:5], "Engineers from the dyke authority found a crack of eleven metres in the wall.", *WIRE[6:]]
    found = trace(
        make_pile([WIRE_STORY, make_article("cut", cut, outlet="Vessel Courier", published="2031-04-05")]),
        encoder,
        OPTIONS,
    )
    ends = {
        WIRE_STORY.text[p.origin.start : p.origin.end].split()[-1]
        for p in link(found, "wire", "cut").passages
        if p.origin
    }
    assert "wall" in ends
    assert "1987." not in ends


def test_forty_prints_of_one_text_are_one_voice(encoder: CachedEncoder) -> None:
    prints = [
        make_article(f"p{i:02}", WIRE, outlet=f"Paper {i}", published=f"2031-05-{1 + i % 28:02}") for i in range(40)
    ]
    found = trace(make_pile([WIRE_STORY, *prints]), encoder, OPTIONS)
    assert len(found.voices) == 1
    assert len(found.links) < 41 * 40 / 2


def test_an_article_that_is_not_compared_has_no_voice(encoder: CachedEncoder) -> None:
    stub = replace(make_article("stub", WIRE, outlet="Mur"), compared=False, reason="a paywall stub")
    found = trace(make_pile([WIRE_STORY, stub]), encoder, OPTIONS)
    assert "stub" not in found.shares
    assert found.links == ()
    assert all(span.article != "stub" for x in found.lines for span in x.spans)


def test_what_the_user_says_outranks_what_was_found(encoder: CachedEncoder) -> None:
    apart = Correction(subject="link", verdict="not-same", left="wire.txt", right="reprint")
    same = Correction(subject="link", verdict="same", left="own", right="wire")
    found = trace(make_pile([WIRE_STORY, REPRINT, OWN], [apart, same]), encoder, OPTIONS)
    assert {frozenset(p) for p in pairs(found)} == {frozenset(("wire", "own"))}
    assert any(r.startswith("user") for x in found.links for r in x.reasons)


def test_an_empty_pile_has_no_voices(encoder: CachedEncoder) -> None:
    assert trace(make_pile([]), encoder, OPTIONS) == Trace(links=(), lines=(), voices=(), shares={})


def test_an_article_without_a_sentence_still_has_its_voice(encoder: CachedEncoder) -> None:
    found = trace(make_pile([make_article("bare", [], outlet="Mur Gazette")]), encoder, OPTIONS)
    assert [v.name for v in found.voices] == ["Mur Gazette"]
    assert found.voices[0].articles == ("bare",)


def test_one_long_sentence_taken_word_for_word_links_a_short_note_to_it(encoder: CachedEncoder) -> None:
    note = make_article(
        "note", [WIRE[5].replace("Engineers from", "Two engineers from"), OTHER[0]], outlet="Ossel Ticker"
    )
    assert link(trace(make_pile([WIRE_STORY, note]), encoder, OPTIONS), "wire", "note").passages


def test_a_note_of_which_most_stands_word_for_word_in_another_is_linked_though_it_is_quoted(
    encoder: CachedEncoder,
) -> None:
    said = [
        f"“The {part} was mended with the cheapest stone that anybody could find,” Reyl wrote."
        for part in ("wall", "quay", "sluice")
    ]
    long = make_article("long", [*WIRE[:5], *said, *WIRE[5:]])
    note = make_article("note", [*said, "He went home."])
    assert link(trace(make_pile([long, note]), encoder, OPTIONS), "long", "note").score > 0.7


def test_credits_and_topic_join_nothing_without_a_sentence_in_common(encoder: CachedEncoder) -> None:
    other = make_article("other", INDEPENDENT[4:], outlet="Vessel Courier", credits=[("Quay Wire", "contribution")])
    wire = make_article("wire", WIRE, outlet="Quay Wire", credits=[("Quay Wire", "text")])
    assert [x for x in trace(make_pile([wire, other]), encoder, OPTIONS).links if x.origin] == []


def visit(encoder: CachedEncoder, *credits: tuple[str, str]) -> Trace:
    wire = make_article("wire", VISIT_WIRE, credits=[("Mur Wire", "text")])
    own, third = make_article("own", VISIT_OWN, credits=credits), make_article("third", VISIT_THIRD, outlet="Pass Echo")
    return trace(make_pile([wire, own, third]), encoder, OPTIONS)


def test_who_credits_a_part_to_a_wire_has_a_like_lead_from_there_too(encoder: CachedEncoder) -> None:
    found = visit(encoder, ("Mur Wire", "contribution"))
    assert pairs(found) == {("wire", "own")}
    text = make_article("own", VISIT_OWN).text
    held = " ".join(text[p.copy.start : p.copy.end] for p in link(found, "wire", "own").passages)
    assert all(VISIT_OWN[i] in held for i in (0, 14, 15))
    assert all(VISIT_OWN[i] not in held for i in range(1, 14))


def test_who_credits_nobody_is_not_given_the_doubtful_lead(encoder: CachedEncoder) -> None:
    text = make_article("own", VISIT_OWN).text
    passages = [p for x in visit(encoder).links if x.origin == "wire" for p in x.passages]
    assert all(VISIT_OWN[0] not in text[p.copy.start : p.copy.end] for p in passages)


POST = (
    "We were told this morning that the ferry may not sail until the new hull is certified.",
    "Once the papers are in order we expect to be back on the water within a week.",
)
SAYS = "The company wrote:"


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "'{}'", "{}"])
def test_what_one_quotes_and_another_shows_as_a_post_makes_no_voice_of_either(
    encoder: CachedEncoder, marks: str
) -> None:
    quoting = make_article("quoting", [*OTHER[:2], *(f"“{s}”" for s in POST), *OTHER[2:4]], outlet="Tarn Weekly")
    showing = make_article(
        "showing", [*INDEPENDENT[4:6], SAYS, *(marks.format(s) for s in POST), INDEPENDENT[6]], outlet="Mur Gazette"
    )
    found = trace(make_pile([quoting, showing]), encoder, OPTIONS)
    assert all(len(shares) == 1 for shares in found.shares.values())
    assert all(len(v.articles) == 1 for v in found.voices)


def test_a_quotation_between_copied_sentences_was_copied_with_them(encoder: CachedEncoder) -> None:
    found = trace(make_pile([WIRE_STORY, REPRINT]), encoder, OPTIONS)
    assert [s.share for s in found.shares["reprint"]] == [1.0]


def test_a_sentence_mostly_of_ones_own_is_not_another_voice(encoder: CachedEncoder) -> None:
    own = "While the mayor of Hallowmere was opening the reading week of the island schools with a long speech on sailing, "
    body = [
        *WIRE[5:9],
        own + "harbour master Ilka Brandow said forty boats had been torn from their moorings before dawn.",
        *OTHER,
    ]
    mixed = make_article("mixed", body, outlet="Vessel Courier", published="2031-04-05")
    found = trace(make_pile([WIRE_STORY, mixed]), encoder, OPTIONS)
    names = {v.id: v.name for v in found.voices}
    at = mixed.text.index(own)
    held = [s for s in found.shares["mixed"] if names[s.voice] == "Ossel Press Agency"]
    assert held and all(not (p.start <= at < p.end) for s in held for p in s.spans)
