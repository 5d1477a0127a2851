"""Who is behind a line, and which way its text went."""

from __future__ import annotations

from copydesk.language.encoder import CachedEncoder
from copydesk.model.copies import Trace
from copydesk.tracing import TracingOptions, trace
from tests.tracing.stories import INDEPENDENT, OTHER, REWORDED, WIRE, make_article, make_pile

OPTIONS = TracingOptions()


def names(found: Trace, article: str) -> list[str]:
    by_id = {v.id: v.name for v in found.voices}
    return [by_id[s.voice] for s in found.shares[article]]


def test_a_text_credit_names_the_voice(encoder: CachedEncoder) -> None:
    article = make_article("a", WIRE, outlet="Vessel Courier", credits=[("Reuters", "text")])
    found = trace(make_pile([article]), encoder, OPTIONS)
    assert [(v.name, v.kind) for v in found.voices] == [("Reuters", "agency")]


def test_a_photo_or_a_relay_names_no_voice(encoder: CachedEncoder) -> None:
    article = make_article("a", WIRE, outlet="Vessel Courier", credits=[("Reuters", "photo"), ("AFP", "relay")])
    found = trace(make_pile([article]), encoder, OPTIONS)
    assert [v.name for v in found.voices] == ["Vessel Courier"]


def test_two_lines_of_one_agency_are_one_voice(encoder: CachedEncoder) -> None:
    one = make_article("a", WIRE, outlet="Vessel Courier", credits=[("AFP", "text")])
    two = make_article("b", INDEPENDENT, outlet="Quay Observer", credits=[("AFP", "text")])
    found = trace(make_pile([one, two]), encoder, OPTIONS)
    assert [v.name for v in found.voices] == ["AFP"]
    assert found.voices[0].articles == ("a", "b")
    assert len(found.lines) == 2


def test_a_credit_alone_links_nothing(encoder: CachedEncoder) -> None:
    one = make_article("a", WIRE, outlet="Vessel Courier", credits=[("AFP", "text")])
    two = make_article("b", OTHER, outlet="Quay Observer", credits=[("AFP", "text")])
    assert all(x.origin is None for x in trace(make_pile([one, two]), encoder, OPTIONS).links)


def test_an_agency_without_its_own_article_is_the_origin_of_its_text(encoder: CachedEncoder) -> None:
    found = trace(
        make_pile([make_article("a", WIRE, outlet="Vessel Courier", credits=[("AFP", "text")])]), encoder, OPTIONS
    )
    assert [(x.origin, x.copy, x.origin_voice) for x in found.links] == [(None, "a", found.voices[0].id)]
    assert found.links[0].evidence


def test_a_copy_names_the_line_of_an_origin_without_credit(encoder: CachedEncoder) -> None:
    origin = make_article("a", WIRE, published="2031-04-03")
    copy = make_article("b", WIRE, outlet="Vessel Courier", published="2031-04-04", credits=[("Kyodo", "text")])
    assert names(trace(make_pile([origin, copy]), encoder, OPTIONS), "a") == ["Kyodo"]


def test_part_of_a_text_credited_to_an_agency_is_that_agencys(encoder: CachedEncoder) -> None:
    wire = make_article("a", WIRE, credits=[("Reuters", "text")])
    own = make_article(
        "b", [*INDEPENDENT, *REWORDED[4:7]], outlet="Quay Observer", credits=[("Reuters", "contribution")]
    )
    found = trace(make_pile([wire, own]), encoder, OPTIONS)
    link = next(x for x in found.links if x.origin == "a")
    assert (link.copy, link.direction) == ("b", "known")
    assert names(found, "b") == ["Quay Observer", "Reuters"]
    assert found.shares["b"][0].share > 0.5


def test_a_credit_to_the_other_outlet_beats_the_dates(encoder: CachedEncoder) -> None:
    origin = make_article("a", WIRE, outlet="Vessel Courier", published="2031-04-09")
    copy = make_article("b", WIRE, outlet="Quay Observer", published="2031-04-03", credits=[("Vessel Courier", "text")])
    link = next(x for x in trace(make_pile([origin, copy]), encoder, OPTIONS).links if x.origin)
    assert (link.origin, link.copy, link.direction) == ("a", "b", "known")


def test_the_earlier_of_two_dated_texts_is_the_origin(encoder: CachedEncoder) -> None:
    for early, late in (("a", "b"), ("b", "a")):
        one = make_article(early, WIRE, outlet="Vessel Courier", published="2031-04-03")
        two = make_article(late, WIRE, outlet="Quay Observer", published="2031-04-06")
        link = trace(make_pile([one, two]), encoder, OPTIONS).links[0]
        assert (link.origin, link.copy, link.direction) == (early, late, "known")


def test_without_any_evidence_the_direction_is_unknown(encoder: CachedEncoder) -> None:
    one, two = make_article("a", WIRE, outlet="Vessel Courier"), make_article("b", WIRE, outlet="Quay Observer")
    link = trace(make_pile([one, two]), encoder, OPTIONS).links[0]
    assert (link.origin, link.copy, link.direction) == ("a", "b", "unknown")


def test_a_cut_text_without_dates_comes_from_the_whole_one(encoder: CachedEncoder) -> None:
    for whole, cut in (("a", "b"), ("b", "a")):
        pile = make_pile(
            [make_article(whole, WIRE, outlet="Vessel Courier"), make_article(cut, WIRE[:4], outlet="Quay Observer")]
        )
        link = trace(pile, encoder, OPTIONS).links[0]
        assert (link.origin, link.copy, link.direction) == (whole, cut, "inferred")


def test_a_line_goes_through_a_copy_of_a_copy(encoder: CachedEncoder) -> None:
    first = make_article("a", WIRE, outlet="Vessel Courier", published="2031-04-03")
    second = make_article("b", WIRE[:7], outlet="Quay Observer", published="2031-04-04")
    third = make_article("c", WIRE[:6], outlet="Tarn Weekly", published="2031-04-05")
    found = trace(make_pile([first, second, third]), encoder, OPTIONS)
    assert [v.name for v in found.voices] == ["Vessel Courier"]
    assert len(found.lines) == 1


def test_an_article_of_nobody_is_named_after_itself(encoder: CachedEncoder) -> None:
    found = trace(make_pile([make_article("a", WIRE)]), encoder, OPTIONS)
    assert [(v.name, v.kind) for v in found.voices] == [("Report a", "unknown")]
