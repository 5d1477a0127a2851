"""The peers of tracing and the confusions by kind."""

from __future__ import annotations

from copydesk.model.copies import CopyLink
from evals.copying.confusion import confuse, find_mistakes, related
from evals.copying.peers import longest_in_order


def make_link(origin: str, copy: str, score: float) -> CopyLink:
    return CopyLink(
        origin=origin, origin_voice=None, copy=copy, kind="edited", coverage=1.0, score=score, direction="known",
        passages=(), reasons=("a test says so",),
    )  # fmt: skip


GOLD = {frozenset("ab"): "verbatim", frozenset("ac"): "spun", frozenset("ad"): "partial"}
LINES = related([{"from": "a", "to": name} for name in "bcd"])
SCORED = {
    frozenset(p): make_link(p[0], p[1], s) for p, s in (("ab", 0.9), ("ac", 0.2), ("bc", 0.8), ("be", 0.7), ("ce", 0.1))
}


def test_a_copy_below_the_threshold_or_never_compared_is_taken_for_none() -> None:
    found = confuse(GOLD, SCORED, 0.5)
    assert found == {("verbatim", "edited"): 1, ("spun", "no copy"): 1, ("partial", "no copy"): 1}


def test_two_copies_of_one_text_are_no_false_link() -> None:
    missed, false = find_mistakes(GOLD, SCORED, LINES, 0.5)
    assert [m.pair for m in missed] == [frozenset("ad"), frozenset("ac")]
    assert [m.pair for m in false] == [frozenset("be"), frozenset("ce")]


def test_a_mistake_is_told_without_its_text() -> None:
    missed, _ = find_mistakes(GOLD, SCORED, LINES, 0.5)
    assert str(missed[1]) == "a c  spun  0.200  a test says so"


def test_the_longest_chain_goes_forward_in_both() -> None:
    assert longest_in_order([(0, 5), (1, 1), (2, 2), (3, 3), (4, 0)]) == [(1, 1), (2, 2), (3, 3)]
