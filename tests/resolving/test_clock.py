from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.articles import Article
from copydesk.model.copies import Trace, VoiceShare
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.resolving.clock import date_story, set_clock
from tests.resolving.clock_piles import article, known, pile, story

FERRY = (
    "Ferry runs aground off Port Vessel\n\nA ferry ran aground off Port Vessel on Tuesday, the harbour master said. {0}"
)


def clock(*articles: Article) -> dict[str, When]:
    p = pile(*articles)
    return set_clock(p, story(p))


def event(*articles: Article) -> When:
    p = pile(*articles)
    return date_story(p, story(p), set_clock(p, story(p)))


def test_a_known_day_stays_as_it_is() -> None:
    found = clock(article("a", FERRY.format(""), published=known("2019-05-15")))
    assert found["a"] == known("2019-05-15")


def test_without_any_year_nothing_is_guessed() -> None:
    assert clock(article("a", FERRY.format("")))["a"] == UNKNOWN_WHEN


def test_the_day_a_page_was_seen_is_never_taken_for_publication() -> None:
    found = clock(
        article("a", FERRY.format("It sank a tug in 2011 and another in March 2012."), observed="2019-05-15")
    )["a"]
    assert found.latest is not None and found.latest <= date(2019, 5, 15)
    assert found.earliest is not None and found.earliest < date(2015, 1, 1)


REEF = FERRY.format("Pilots had warned of the reef on March 4. It was charted in 2016.")


def test_an_article_alone_is_no_younger_than_its_copyright_and_no_surer_than_its_words() -> None:
    found = clock(article("a", REEF, footer="\n\n© 2018 Vessel Courier"))["a"]
    assert found.earliest is not None and found.latest is not None
    assert found.earliest <= date(2016, 3, 12) <= date(2018, 3, 12) <= found.latest <= date(2018, 12, 31)
    assert found.method.startswith("story clock") and found.evidence


def test_a_year_in_a_copyright_notice_of_the_text_is_not_told_twice() -> None:
    footer = clock(article("a", REEF, footer="\n\n© 2018 Vessel Courier"))["a"]
    inside = clock(article("a", REEF + "\n\n© 2018 Vessel Courier"))["a"]
    assert (inside.earliest, inside.latest) == (footer.earliest, footer.latest)


def test_articles_that_agree_narrow_each_others_day() -> None:
    other = article("b", FERRY.format("A tug left on March 6, two years after 2016. It sank on March 7, 2018."))
    found = clock(article("a", REEF, footer="\n\n© 2018 Vessel Courier"), other)
    for when in found.values():
        assert when.earliest is not None and when.latest is not None
        assert when.earliest <= date(2018, 3, 8) <= when.latest and (when.latest - when.earliest).days <= 33


def test_a_date_that_contradicts_the_rest_is_left_out_and_that_is_said() -> None:
    text = FERRY.format("It sank a tug on March 4, 2011. Its twin is to sail on May 9, 2031.")
    found = clock(article("a", text, observed="2011-04-20"))["a"]
    assert found.latest is not None and found.latest <= date(2011, 4, 20)
    assert "against it left out" in found.method
    assert "2031" not in {text[s.start : s.end] for s in found.evidence}


def test_a_plan_lies_ahead() -> None:
    found = clock(article("a", FERRY.format("A new lighthouse will open in June 2014. The old one burned in 2012.")))[
        "a"
    ]
    assert found.earliest is not None and found.earliest < date(2014, 6, 30)


def test_dated_siblings_pull_an_undated_article_to_them() -> None:
    undated = article("a", FERRY.format("The tug burned in 2012."))
    found = clock(undated, article("b", FERRY.format("Crews searched."), published=known("2017-08-09")))["a"]
    assert found.earliest is not None and found.latest is not None
    assert found.earliest <= date(2017, 8, 9) <= found.latest and (found.latest - found.earliest).days <= 31


def test_the_event_is_the_weekday_of_the_lead() -> None:
    found = event(
        article("a", FERRY.format(""), published=known("2019-05-15")),
        article("b", FERRY.format("More came."), published=known("2019-05-16")),
    )
    assert found.value == "2019-05-14"
    assert {s.article for s in found.evidence} == {"a", "b"}


def test_a_time_far_behind_is_background() -> None:
    text = "Ferry runs aground\n\nA ferry ran aground, a year after the August 2018 storm. It had left on Monday."
    assert event(article("a", text, published=known("2019-05-15"))).value == "2019-05-13"


def test_one_voice_has_one_vote_however_many_carry_it() -> None:
    wrong = [article(i, FERRY.format("").replace("Tuesday", "Monday"), published=known("2019-05-15")) for i in "abcfgh"]
    right = [article(i, FERRY.format("Crews came."), published=known("2019-05-15")) for i in "de"]
    p = pile(*wrong, *right)
    shares = {
        i: (VoiceShare(voice="one" if i in "abcfgh" else i, share=1.0, spans=(), reasons=()),) for i in "abcdefgh"
    }
    one = replace(p, trace=Trace(links=(), lines=(), voices=(), shares=shares))
    published = {a.id: a.published for a in p.articles}
    assert date_story(p, story(p), published).value == "2019-05-13"
    assert date_story(one, story(p), published).value == "2019-05-14"


def test_an_undated_story_of_a_tuesday_is_bounded_by_tuesdays() -> None:
    one = article(
        "a", FERRY.format("Pilots had warned of the reef on March 4."), footer="\n\nCopyright 2018 Vessel Courier"
    )
    found = event(one, article("b", FERRY.format("A tug had left Port Vessel on March 2, the pilots said in 2017.")))
    assert found.earliest is not None and found.latest is not None
    assert found.earliest <= date(2018, 3, 6) <= found.latest
    assert found.value is None and (found.latest - found.earliest).days <= 31


def test_no_article_at_all_or_without_times_is_unknown() -> None:
    assert event(article("a", "Ferry\n\nIt ran aground.")).method == "unknown"


@settings(max_examples=25, deadline=None)
@given(st.dates(min_value=date(1995, 1, 1), max_value=date(2024, 12, 31)), st.integers(0, 6))
def test_moving_the_publication_day_moves_the_event_with_it(day: date, lag: int) -> None:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    happened = day - timedelta(days=lag)
    text = FERRY.format("").replace("Tuesday", names[happened.weekday()])
    found = event(article("a", text, published=known(day.isoformat())))
    assert found.earliest is not None and found.latest is not None
    assert found.earliest <= happened <= found.latest and (found.latest - found.earliest).days <= 1
