"""Quotes are scored and their errors told apart as documented."""

from __future__ import annotations

from collections import Counter

import pytest

from evals.quotes import _opens, gold_attributions
from evals.quoting.errors import error_types
from evals.quoting.scoring import Attribution, Tally, count
from evals.quoting.variants import Ink


def attribution(content: set[int], cue: int, source: int | None = None, *, direct: bool = False) -> Attribution:
    place = () if source is None else ((source, source + 1),)
    return Attribution(content=frozenset(content), cue=((cue, cue + 1),), source=place, direct=direct)


def test_the_same_on_both_sides_is_right_throughout() -> None:
    both = [attribution({1, 2}, 10, 20, direct=True), attribution({5}, 30)]
    tally = Tally()
    count(tally, both, both)
    metrics = ("content_overlap", "content_exact", "cue", "source", "relation", "direct_content")
    assert {tally.f1(m) for m in metrics} == {1.0}
    assert Counter(t for t, _ in error_types(both, both)) == {"right": 2}


def test_each_error_has_its_type() -> None:
    gold = [attribution({1, 2, 3}, 10, 20), attribution({7}, 40, direct=True)]
    system = [attribution({2, 3, 4}, 11), attribution({90}, 50)]
    assert Counter(error_types(system, gold)) == {
        ("another cue", "other"): 1,
        ("source missing", "other"): 1,
        ("content starts late", "other"): 1,
        ("content ends late", "other"): 1,
        ("missed", "direct"): 1,
        ("spurious", "other"): 1,
    }


def test_content_that_opens_with_a_mark_is_direct() -> None:
    text = "“Go,” she said. He said so."
    told = [{"content": [[0, 5]], "cue": [], "source": []}, {"content": [[24, 26]], "cue": [], "source": []}]
    assert [a.direct for a in gold_attributions(text, {"attributions": told})] == [True, False]


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("She said: “Go", True),
        ("She said: “ Go", True),
        ("‘“Go", True),
        ("“Wait.”\n\nGo", False),
        ("``Wait,'' Go", False),
        ("“Wait” Go", False),
        ("Go", False),
    ],
)
def test_only_a_mark_that_opens_makes_content_direct(text: str, opens: bool) -> None:
    assert _opens(text, text.index("Go")) is opens


def test_ink_is_found_whatever_the_marks() -> None:
    ink = Ink("“It’s  over,”\nshe said")
    start = ink.letters.find(Ink("It's over").letters)
    assert ink.place(1, 11) == (start, start + len("itsover"))
