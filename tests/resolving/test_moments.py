from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.articles import Article
from copydesk.model.stories import Moment
from copydesk.resolving.clock import set_clock
from copydesk.resolving.moments import find_moments
from tests.resolving.clock_piles import article, known, pile, story

DAY = known("2019-05-15")
HEAD = "Ferry aground\n\n"


def timeline(*articles: Article) -> tuple[Moment, ...]:
    p = pile(*articles)
    return find_moments(p, story(p), set_clock(p, story(p)))


def test_the_same_moment_of_several_articles_is_one_entry_with_both_spans() -> None:
    one = article("a", HEAD + "The ferry Albatross ran aground on the Gull reef on Tuesday morning.", published=DAY)
    other = article("b", HEAD + "On May 14 the ferry Albatross ran aground on the Gull reef.", published=DAY)
    (found,) = timeline(one, other)
    assert found.when.earliest == found.when.latest == date(2019, 5, 14)
    assert {s.article for s in found.support} == {"a", "b"}


def test_different_things_of_one_day_stay_apart() -> None:
    text = (
        HEAD
        + "The ferry ran aground off Port Vessel on Tuesday. Ministers approved a wine tax in the capital on Tuesday."
    )
    assert len(timeline(article("a", text, published=DAY))) == 2


def test_plans_are_told_from_events_and_all_are_in_order_of_time() -> None:
    text = (
        HEAD
        + "Salvage will begin on Friday at the reef. The ferry was built in 2004. It ran aground on Tuesday off the cape."
    )
    found = timeline(article("a", text, published=DAY))
    assert [(m.when.value, m.modality) for m in found] == [
        ("2004", "happened"),
        ("2019-05-14", "happened"),
        ("2019-05-17", "planned"),
    ]


def test_opening_hours_durations_and_addresses_are_no_moments() -> None:
    text = (
        HEAD
        + "The museum opens every Monday and stays open for two hours. Write to desk@vessel.example by Friday, we said."
    )
    assert timeline(article("a", text, published=DAY)) == ()


def test_a_sentence_that_dates_two_things_gives_a_clause_to_each() -> None:
    text = HEAD + "The reef was charted in 1911, and the lighthouse that warned of it was closed in 1987."
    found = timeline(article("a", text, published=DAY))
    assert [m.when.value for m in found] == ["1911", "1987"]
    assert "1987" not in found[0].text and "1911" not in found[1].text


def test_support_holds_the_words_of_the_entry() -> None:
    a = article("a", HEAD + "The ferry ran aground on Tuesday off the cape.", published=DAY)
    (found,) = timeline(a)
    (span,) = found.support
    assert a.text[span.start : span.end] == found.text
    assert [a.text[s.start : s.end] for s in found.when.evidence] == ["Tuesday"]


SENTENCES = st.sampled_from(
    [
        "The ferry ran aground on Tuesday.",
        "It was built in 2004.",
        "Salvage will begin on Friday.",
        "Crews came last week.",
        "No one was hurt.",
        "A storm hit the cape on May 2.",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=5), min_size=1, max_size=3))
def test_no_moment_comes_twice_and_all_are_in_order(bodies: list[list[str]]) -> None:
    found = timeline(*(article(f"a{i}", HEAD + " ".join(b), published=DAY) for i, b in enumerate(bodies)))
    keys = [(m.when.earliest, m.text) for m in found]
    assert len(keys) == len(set(keys))
    assert [k[0] for k in keys] == sorted(k[0] for k in keys if k[0])
