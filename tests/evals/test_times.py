from __future__ import annotations

from datetime import date

from copydesk.model.markup import TimeMention
from copydesk.model.spans import Stretch
from evals.temporal.errors import commonest, plain
from evals.temporal.timex import Timex, as_timex
from evals.times import scores

TEXT = "It rained from 3 to 5 May."
RECORD = {
    "text": TEXT, "published": "2019-05-15",
    "times": [
        {"start": 15, "end": 16, "type": "DATE", "value": "2019-05-03"},
        {"start": 20, "end": 25, "type": "DATE", "value": "2019-05-05"},
        {"start": None, "end": None, "type": "DATE", "value": "2019-05-15"},
    ],
}  # fmt: skip
RANGE = TimeMention(
    start=10, end=25, text=TEXT[10:25], type="DATE", expression="range(month-day(05-03,past),month-day(05-05,past))",
    value="2019-05-03/2019-05-05", earliest=date(2019, 5, 3), latest=date(2019, 5, 5), precision="range", anchor="published",
    reason="grammar", ends=(Stretch(start=15, end=16), Stretch(start=20, end=25)),
)  # fmt: skip


def test_a_range_is_scored_as_its_two_ends_and_the_creation_time_not_at_all() -> None:
    found = as_timex([RANGE], "2019-05-15")
    rows = {r.metric: r.value for r in scores("made-up", "copydesk", [RECORD], [found])}
    assert rows == {"span_f1": 1.0, "span_f1_strict": 1.0, "value_f1": 1.0, "value_f1_plain": 1.0}


def test_errors_are_told_by_type_and_without_a_word_of_the_text() -> None:
    found = [Timex(start=15, end=16, type="DATE", value="2019-05", reading="month(05,past)")]
    told = commonest([RECORD], [found])
    assert (1, "missed: DATE 9999-99-99") in told
    assert (1, "value: gold 9999-99-99, read 9999-99 as month") in told


def test_two_spellings_of_one_value_are_plainly_the_same() -> None:
    assert [plain(v) for v in ("1949-XX", "199X", "2000-W7", "1998-WXX", "PXY", "2001-05-04", None)] == [
        "1949", "199", "2000-W07", "1998", "PXY", "2001-05-04", None,
    ]  # fmt: skip
