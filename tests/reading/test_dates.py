from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reading.dates import iso_time


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2031-05-06", "2031-05-06"),
        ("2031-05", "2031-05"),
        ("2031", "2031"),
        ("20310506", "2031-05-06"),
        ("2031-05-06 07:08:09", "2031-05-06T07:08:09"),
        ("2031-05-06T07:08:09.123456Z", "2031-05-06T07:08:09+00:00"),
        ("2031-05-06T07:08+0200", "2031-05-06T07:08:00+02:00"),
        ("Tue, 06 May 2031 07:08:09 GMT", "2031-05-06T07:08:09+00:00"),
        ("May 6, 2031", "2031-05-06"),
        ("25/12/2031", "2031-12-25"),
        ("12/25/2031", "2031-12-25"),
        (1935817689, "2031-05-06T07:08:09+00:00"),
        ("1935817689000", "2031-05-06T07:08:09+00:00"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(written: str | int, iso: str) -> None:
    assert iso_time(written) == iso


@pytest.mark.parametrize(
    "written", ["05/06/2031", "2031-13-01", "2031-02-30", "soon", "", "12", 7, float("nan"), "31/31/2031"]
)
def test_what_is_no_date_or_two_is_none(written: str | int) -> None:
    assert iso_time(written) is None


@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_nothing_makes_it_fail(written: str | int | float) -> None:
    found = iso_time(written)
    assert found is None or found[:4].isdigit()
