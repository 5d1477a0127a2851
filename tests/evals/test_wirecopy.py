"""What the evaluations of wire piles and of warnings take from bylines, overlaps and gold."""

from __future__ import annotations

from evals.warnings import split_by_rewording
from evals.wirecopy import overlapping, sources_in
from tests.tracing.stories import INDEPENDENT, WIRE, make_article


def test_a_byline_names_an_agency_among_names_of_people() -> None:
    assert sources_in("By ADA QUILL and BEN ROOK Associated Press") == ({"AP"}, True)


def test_a_byline_of_people_or_of_an_outlet_names_no_agency() -> None:
    assert sources_in("By Ada Quill")[1] is False
    assert sources_in("By ADA QUILL, CNN")[1] is False


def test_only_pairs_with_over_half_of_the_shorter_body_in_common_overlap() -> None:
    articles = [make_article("a", WIRE), make_article("b", WIRE[:4]), make_article("c", INDEPENDENT)]
    assert list(overlapping(articles)) == [("a", "b")]


def test_a_reprint_of_a_spun_copy_is_no_plain_article() -> None:
    links = [
        {"from": "o", "to": "s", "kind": "spun", "ops": []},
        {"from": "s", "to": "r", "kind": "verbatim", "ops": ["cut"]},
        {"from": "o", "to": "v", "kind": "verbatim", "ops": []},
    ]
    assert split_by_rewording(links, ["o", "s", "r", "v"]) == ({"o", "v"}, {"s"})
