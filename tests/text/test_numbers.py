"""Number words and digits → values."""

from __future__ import annotations

from copydesk.text.numbers import find_numbers


def test_an_m_behind_digits_is_metres_where_something_is_measured_and_millions_elsewhere() -> None:
    def values(text: str) -> list[float]:
        return [n.value for n in find_numbers(text)]

    assert values("fell into the 80m-deep shaft") == [80.0]
    assert values("a 40m dry well") == [40.0]
    assert values("12m below the ground") == [12.0]
    assert values("a £80m-a-year deal and an $80m fund") == [8e7, 8e7]
    assert values("about 80m people") == [8e7]
