from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.times import Interval
from copydesk.text.calendar import UNKNOWN, ground
from copydesk.text.calendar_units import add, easter, unit_bounds

ANCHOR = date(2019, 5, 15)  # a Wednesday
ANCHORS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
UNITS = st.sampled_from(["day", "week", "month", "quarter", "season", "half", "year", "decade", "century"])


@pytest.mark.parametrize(
    ("expression", "value", "first", "last"),
    [
        ("date(2019-02-28)", "2019-02-28", "2019-02-28", "2019-02-28"),
        ("date(2019-02)", "2019-02", "2019-02-01", "2019-02-28"),
        ("date(2019-Q3)", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("date(2019-W01)", "2019-W01", "2018-12-31", "2019-01-06"),
        ("date(198)", "198", "1980-01-01", "1989-12-31"),
        ("weekday(3,past)", "2019-05-15", "2019-05-15", "2019-05-15"),
        ("weekday(4,past)", "2019-05-09", "2019-05-09", "2019-05-09"),
        ("weekday(4,future)", "2019-05-16", "2019-05-16", "2019-05-16"),
        ("weekday(3,last)", "2019-05-08", "2019-05-08", "2019-05-08"),
        ("weekday(5,next)", "2019-05-24", "2019-05-24", "2019-05-24"),
        ("rel(-1,month)", "2019-04", "2019-04-01", "2019-04-30"),
        ("rel(-1,week)", "2019-W19", "2019-05-06", "2019-05-12"),
        ("rel(0,year)", "2019", "2019-01-01", "2019-12-31"),
        ("weekend(past)", "2019-W19-WE", "2019-05-11", "2019-05-12"),
        ("shift(-10,day)", "2019-05-05", "2019-05-05", "2019-05-05"),
        ("shift(-2,year)", "2017", "2017-01-01", "2017-12-31"),
        ("shift(2,day,date(2019-02-27))", "2019-03-01", "2019-03-01", "2019-03-01"),
        ("shift(-1,year,date(2019-Q3))", "2018-Q3", "2018-07-01", "2018-09-30"),
        ("in(month(07,past),rel(-1,year))", "2018-07", "2018-07-01", "2018-07-31"),
        ("in(month-day(01-02,past),rel(0,year))", "2019-01-02", "2019-01-02", "2019-01-02"),
        ("in(weekday(2,past),rel(1,week))", "2019-05-21", "2019-05-21", "2019-05-21"),
        ("nth(1,5,date(2019-06))", "2019-06-07", "2019-06-07", "2019-06-07"),
        ("nth(-1,1,date(2019-05))", "2019-05-27", "2019-05-27", "2019-05-27"),
        ("quarter(1,past)", "2019-Q1", "2019-01-01", "2019-03-31"),
        ("season(WI,past)", "2018-WI", "2018-12-01", "2019-02-28"),
        ("holiday(easter,past)", "2019-04-21", "2019-04-21", "2019-04-21"),
        ("holiday(thanksgiving,future)", "2019-11-28", "2019-11-28", "2019-11-28"),
        ("last(3,month)", "P3M", "2019-02-15", "2019-05-15"),
        ("early(rel(0,month))", "2019-05", "2019-05-01", "2019-05-15"),
        ("part(MO,weekday(2,past))", "2019-05-14TMO", "2019-05-14", "2019-05-14"),
        ("clock(10:35,rel(0,day))", "2019-05-15T10:35", "2019-05-15", "2019-05-15"),
        ("range(month-day(03-03,past),month-day(04-05,past))", "2019-03-03/2019-04-05", "2019-03-03", "2019-04-05"),
    ],
)
def test_an_expression_means_these_days(expression: str, value: str, first: str, last: str) -> None:
    found = ground(expression, ANCHOR)
    assert (found.value, str(found.interval.earliest), str(found.interval.latest)) == (value, first, last)


def test_a_date_told_in_the_past_tense_that_lies_just_ahead_is_the_one_ahead() -> None:
    assert ground("month-day(06-01,past)", ANCHOR).value == "2019-06-01"
    assert ground("month-day(06-01,past)", date(2019, 11, 1)).value == "2019-06-01"


def test_a_weekday_beside_a_date_says_which_year() -> None:
    assert ground("month-day(05-16,past,4)", ANCHOR).value == "2019-05-16"
    assert ground("month-day(05-16,future,3)", ANCHOR).value == "2018-05-16"


def test_open_ends_stay_open() -> None:
    assert ground("before(date(2012))", None).interval == Interval(earliest=None, latest=date(2011, 12, 31))
    assert ground("after(date(2012))", None).interval == Interval(earliest=date(2013, 1, 1), latest=None)


@pytest.mark.parametrize(
    "expression",
    ["", "(", "date(", "date(1)", "weekday(x,past)", "rel(1)", "nonsense(1)", "shift(1,day,nothing)", "in(," * 300],
)
def test_what_is_no_expression_is_unknown(expression: str) -> None:
    assert ground(expression, ANCHOR).interval == UNKNOWN.interval


@pytest.mark.parametrize(
    "name",
    ["weekday(2,past)", "month(03,near)", "rel(-1,year)", "shift(-3,day)", "holiday(easter,past)", "last(2,week)"],
)
def test_without_an_anchor_nothing_relative_has_days(name: str) -> None:
    assert ground(name, None).interval == UNKNOWN.interval


@given(ANCHORS, st.sampled_from(["past", "last", "future"]), st.integers(1, 7))
def test_a_weekday_lies_within_a_week_on_the_side_its_direction_says(
    anchor: date, direction: str, weekday: int
) -> None:
    day = ground(f"weekday({weekday},{direction})", anchor).interval.earliest
    assert day is not None and day.isoweekday() == weekday
    gap = (day - anchor).days
    assert {"past": -6 <= gap <= 0, "last": -7 <= gap < 0, "future": 0 <= gap <= 6}[direction]


@given(ANCHORS, UNITS, st.integers(-15, 15))
def test_a_relative_unit_is_that_many_units_away(anchor: date, unit: str, count: int) -> None:
    there = ground(f"rel({count},{unit})", anchor).interval
    assert there.earliest is not None and there.latest is not None
    assert unit_bounds(there.earliest, unit) == (there.earliest, there.latest) or unit == "day"
    back = ground(f"rel({-count},{unit})", there.earliest).interval
    assert back.earliest is not None and back.latest is not None and back.earliest <= anchor <= back.latest


@given(ANCHORS, UNITS)
def test_units_tile_the_calendar(day: date, unit: str) -> None:
    first, last = unit_bounds(day, unit)
    assert first <= day <= last
    assert unit_bounds(last + timedelta(days=1), unit)[0] == last + timedelta(days=1)


@given(ANCHORS, st.integers(-1500, 1500), st.sampled_from(["day", "week", "month", "year"]))
def test_adding_and_taking_away_comes_back_within_days(day: date, count: int, unit: str) -> None:
    assert abs((add(add(day, count, unit), -count, unit) - day).days) <= 3


@given(st.text(alphabet="abcdehiklmnoprstuwy(),-0123456789", max_size=80), ANCHORS)
def test_no_string_breaks_the_calendar(expression: str, anchor: date) -> None:
    ground(expression, anchor)


def test_easter_is_where_the_almanac_has_it() -> None:
    assert [easter(y) for y in (1999, 2008, 2016, 2038)] == [
        date(1999, 4, 4),
        date(2008, 3, 23),
        date(2016, 3, 27),
        date(2038, 4, 25),
    ]
