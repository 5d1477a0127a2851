from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.annotating.columns import grid_of, join_grids, plain_grid
from copydesk.annotating.times import find_times
from copydesk.language.tagger import Tagger
from copydesk.model.markup import TimeMention
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.text.calendar import ends_of, ground
from copydesk.text.sentences import find_paragraphs

DAY = date(2019, 5, 15)  # a Wednesday


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def read(text: str, day: date | None = DAY) -> tuple[TimeMention, ...]:
    sentences, tokens = join_grids([(a, plain_grid(text[a:b])) for a, b in find_paragraphs(text)], 0)
    published = UNKNOWN_WHEN
    if day:
        published = When(value=day.isoformat(), earliest=day, latest=day, precision="day", method="user")
    return find_times(text, sentences, tokens, published)


def values(text: str) -> list[tuple[str, str | None]]:
    return [(t.text, t.value) for t in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank on Tuesday.", [("Tuesday", "2019-05-14")]),
        ("The council will meet on Friday.", [("Friday", "2019-05-17")]),
        ("The pier opened on March 3, 1987.", [("March 3, 1987", "1987-03-03")]),
        ("It was signed on 3 March 1987.", [("3 March 1987", "1987-03-03")]),
        ("Rain fell on Sept. 30 in Port Vessel.", [("Sept. 30", "2018-09-30")]),
        ("Prices rose in July of last year.", [("July of last year", "2018-07")]),
        ("The mill closed last month.", [("last month", "2019-04")]),
        ("Talks broke down early Monday.", [("early Monday", "2019-05-13")]),
        ("He left two weeks ago.", [("two weeks ago", "2019-W18")]),
        ("The fleet has grown over the past three years.", [("the past three years", "P3Y")]),
        ("In the 1980s the harbour was dredged.", [("the 1980s", "198")]),
        ("She arrived in nineteen ninety-six.", [("nineteen ninety-six", "1996")]),
        ("Sales fell in the third quarter of 2017.", [("the third quarter of 2017", "2017-Q3")]),
        ("The bridge was built in the summer of 2009.", [("the summer of 2009", "2009-SU")]),
        ("The shop is open every Monday.", [("every Monday", "XXXX-WXX-1")]),
        ("It sailed on 2018-11-07.", [("2018-11-07", "2018-11-07")]),
        ("The strike lasted six days.", [("six days", "P6D")]),
        ("He was freed yesterday.", [("yesterday", "2019-05-14")]),
        ("The vote is set for the first Sunday of June.", [("the first Sunday of June", "2019-06-02")]),
        ("Ice covered the bay from 1946 to 1948.", [("from 1946 to 1948", "1946/1948")]),
        ("Snow fell on Christmas Day 2015.", [("Christmas Day 2015", "2015-12-25")]),
        ("The clinic shut at the end of the year.", [("the end of the year", "2019")]),
        ("The pier will shut until Friday.", [("Friday", "2019-05-17")]),
        ("Crews kept the gate shut until Friday.", [("Friday", "2019-05-17")]),
        ("A decade ago the quay was sold.", [("A decade ago", "2009")]),
        ("The hearing is on the twenty-second.", [("the twenty-second", "2019-05-22")]),
        ("It rained from Monday through Thursday.", [("from Monday through Thursday", "2019-05-06/2019-05-09")]),
        ("The 2018/19 season was long.", [("2018/19", "2018/2019")]),
        ("The pilots meet twice a week.", [("a week", "P1W")]),
        ("Traffic fell in the first half of 2018.", [("the first half of 2018", "2018-H1")]),
        ("Traffic fell in the second half of last year.", [("the second half of last year", "2018-H2")]),
        ("They dived in the years 1914 to 1918.", [("1914 to 1918", "1914/1918")]),
        ("The rota for week 10 is out.", [("week 10", "2019-W10")]),
        ("The ferry leaves at ten am.", [("ten am", "2019-05-15T10:00")]),
        ("Nets were mended over the years.", [("the years", "PXY")]),
        ("The reef was charted in April. One buoy is lost.", [("April", "2019-04")]),
        ("Tolls rose on Friday, the third rise.", [("Friday", "2019-05-10")]),
        ("The tram left at 6.10am on Wednesday.", [("6.10am on Wednesday", "2019-05-15T06:10")]),
        ("It docked at 7:40 p.m. (1640 GMT) Monday.", [("7:40 p.m. (1640 GMT) Monday", "2019-05-13T19:40")]),
        ("The toll has been raised in the past, they said.", [("the past", "PAST_REF")]),
        ("The pump will be mended within weeks or months.", [("weeks or months", "PXW")]),
        ("Catches have fallen in recent quarters.", [("recent quarters", "PXQ")]),
        ("The new fares, effective June 3, were printed.", [("June 3", "2019-06-03")]),
        ("Shops closed ahead of the weekend.", [("the weekend", "2019-W20-WE")]),
        (
            "Net fell in the first quarter. In the latest period it lost a tug.",
            [("the first quarter", "2019-Q1"), ("the latest period", "2019-Q1")],
        ),
        (
            "In the first quarter it sold more than in the 2017 quarter.",
            [("the first quarter", "2019-Q1"), ("the 2017 quarter", "2017-Q1")],
        ),
        (
            "In the first quarter it lost less than in the year-ago third quarter.",
            [("the first quarter", "2019-Q1"), ("the year-ago third quarter", "2017-Q3")],
        ),
        ("They meet every other week.", [("every other week", "P2W")]),
        ("They arrived the night before.", [("the night before", "2019-05-14TNI")]),
        ("Few sail these days.", [("these days", "PRESENT_REF")]),
        ("Tolls rose in 1H 2018.", [("1H 2018", "2018-H1")]),
        ("It struck at six o'clock on Monday.", [("six o'clock on Monday", "2019-05-13T06:00")]),
        ("It lasted over a week.", [("over a week", "P1W")]),
        ("Net for the year-earlier nine months was small.", [("the year-earlier nine months", "P9M")]),
        (
            "It sees a loss in the second quarter. In the latest quarter it earned more.",
            [("the second quarter", "2019-Q2"), ("the latest quarter", "2019-Q1")],
        ),
        ("The March meeting was moved.", [("March", "2019-03")]),
        ("The dredger must be home by May.", [("May", "2019-05")]),
        ("It expects a loss in the year ending June 30, 2019.", [("the year", "P1Y"), ("June 30, 2019", "2019-06-30")]),
        ("For the year, catches were flat.", [("the year", "2019")]),
        ("In 2012 it lost boats. It sees a profit for the full year.", [("2012", "2012"), ("the full year", "2019")]),
        ("Catches fell in the latest fiscal year.", [("the latest fiscal year", "2018")]),
        ("Tolls rose in the early summer.", [("the early summer", "2018-SU")]),
        ("By mid-afternoon the quay was empty.", [("mid-afternoon", "2019-05-15TAF")]),
        ("Boats sail on Tuesday nights.", [("Tuesday nights", "XXXX-WXX-2TNI")]),
        ("Their decades-long quarrel is over.", [("decades-long", "PXY")]),
        (
            "It sank on 3 March 2011. A few days later divers found it.",
            [("3 March 2011", "2011-03-03"), ("A few days later", "PXD")],
        ),
        (
            "It sank on 3 March 2011. Two hours later divers came.",
            [("3 March 2011", "2011-03-03"), ("Two hours later", "PT2H")],
        ),
    ],
)
def test_a_time_has_this_place_and_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The firm may march on the capital.",
        "Mayor Ilse May spoke to the crowd.",
        "A total of 2000 people fled the flood.",
        "Flight 1987 was delayed, and it cost $1995.",
        "The bond raised 100M for the port.",
        "A 34-year-old man was held.",
        "They sat in the sun on the second floor.",
        "He scored a second goal, and a third.",
        "As soon as the fog lifts they sail.",
        "The lamp burns 24 hours a day.",
        "Repairs are a matter of days.",
        "A shower in Sun Valley was brief.",
        "The latest period of the game was dull.",
        "The yard imports three-quarters of its oak.",
        "He spoke on the programme 'Sixty Minutes' about oak.",
        "The deckhands call it high noon.",
        "In today's world nobody mends nets.",
        "Most of today's trawlers are steel.",
        "Now, she said, the nets are dry.",
        "They face a future without cod.",
        "After a weekend of storms the fleet was small.",
        "As soon as it was light they sailed.",
        "He was mayor, and Ilse May was not. It was signed by May.",
    ],
)
def test_a_number_a_name_or_a_verb_is_no_time(text: str) -> None:
    assert values(text) == []


def test_a_time_can_rest_on_the_time_before_it() -> None:
    first, second = read("The mine flooded on 3 March 2011. Two days later the pumps failed.")
    assert (second.value, second.anchor) == ("2011-03-05", "text")
    assert first.anchor == "none"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Ice covered the bay from 1946 to 1948.", [("1946", "1946"), ("1948", "1948")]),
        ("It is open between now and May 20.", [("now", "PRESENT_REF"), ("May 20", "2019-05-20")]),
        ("The fair will run from Friday to Sunday.", [("Friday", "2019-05-17"), ("Sunday", "2019-05-19")]),
    ],
)
def test_a_range_knows_the_words_and_the_meaning_of_its_ends(text: str, ends: list[tuple[str, str]]) -> None:
    (found,) = read(text)
    known = ends_of(found.expression, DAY)
    assert known is not None
    assert [(text[e.start : e.end], k.value) for e, k in zip(found.ends, known, strict=True)] == ends


def test_two_years_with_and_between_them_are_no_range() -> None:
    assert values("Ice came in 1995 and 1997.") == [("1995", "1995"), ("1997", "1997")]


def test_without_a_publication_day_only_what_needs_none_has_a_value() -> None:
    tuesday, year = read("The mine flooded on Tuesday, as it had in 2011.", None)
    assert (tuesday.value, tuesday.earliest, tuesday.anchor) == (None, None, "unknown")
    assert ground(tuesday.expression, DAY).value == "2019-05-14"
    assert (year.value, year.anchor) == ("2011", "none")


def test_the_value_is_what_the_expression_grounds_to() -> None:
    text = (
        "Late on Monday, two years after the March 2017 fire, crews returned; work ends next spring or in early June."
    )
    for mention in read(text):
        found = ground(mention.expression, DAY)
        assert (mention.value, mention.earliest, mention.latest) == (
            found.value,
            found.interval.earliest,
            found.interval.latest,
        )


WORDS = st.sampled_from(
    [
        "the",
        "last",
        "Tuesday",
        "May",
        "5",
        "2019",
        "march",
        "of",
        "two",
        "years",
        "ago",
        "early",
        "in",
        "week",
        ",",
        ".",
        "-",
        "to",
        "from",
        "next",
        "first",
        "quarter",
        "12",
        "a",
        "few",
        "days",
        "later",
        "noon",
        "10:35",
        "and",
        "every",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_mentions_stand_in_order_apart_and_where_they_say(text: str) -> None:
    found = read(text)
    assert all(t.text == text[t.start : t.end] and t.start < t.end for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == read(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_every_time_carries_its_bounds_its_fineness_what_it_rests_on_and_why(text: str) -> None:
    for mention in read(text):
        assert mention.reason and mention.anchor in ("none", "published", "text", "unknown")
        if mention.earliest is not None and mention.latest is not None:
            assert mention.earliest <= mention.latest and mention.precision != "unknown"
        if mention.precision == "day":
            assert mention.value is not None


def test_that_before_last_week_is_no_part_of_it() -> None:
    assert values("The mayor said that last week the pier was shut.") == [("last week", "2019-W19")]


def test_long_hostile_text_is_read_in_time() -> None:
    assert len(read("1 May " * 4_000)) == 4_000
    read("1-" * 10_000)
    read("the " * 10_000 + "first of " * 2_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Until Friday, the crew had not seen land.", "2019-05-10"),
        ("The crew will not see land until Friday.", "2019-05-17"),
        ("The lease had been due to expire on Friday.", "2019-05-10"),
        ("The lease is due to expire on Friday.", "2019-05-17"),
        ("Nobody sank in the past.", "PAST_REF"),
        ("The two captains meet on Monday in the harbour.", "2019-05-20"),
        ("The storm hurt the fleet on Monday.", "2019-05-13"),
        ("On Monday, the guild plans to hold a vote.", "2019-05-20"),
        ("A regatta planned for Tuesday was canceled.", "2019-05-14"),
        ("They beat the record set on Aug. 6.", "2018-08-06"),
        ("Owners were likely to sell as soon as the market opened Monday.", "2019-05-20"),
        ("The guild announced an agreement to buy the yard in January.", "2020-01"),
        ("In January, the guild brought in a new pilot.", "2019-01"),
        ("The ferry will soon be sold.", "FUTURE_REF"),
        ("The wrecks will be raised one by one starting from Monday.", "2019-05-20"),
        ("The letter lay in the office until Friday.", "2019-05-10"),
        ("Analysts were predicting 2021 shipyard earnings in the millions.", "2021"),
    ],
)
def test_the_tense_of_its_clause_says_where_a_day_lies(tagger: Tagger, text: str, value: str) -> None:
    (doc,) = tagger.tag([text])
    sentences, tokens = join_grids([(0, grid_of(doc, text))], 0)
    published = When(value=DAY.isoformat(), earliest=DAY, latest=DAY, precision="day", method="user")
    assert [t.value for t in find_times(text, sentences, tokens, published)] == [value]
