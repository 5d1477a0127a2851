"""Facts: what several articles say, and how many voices say it."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.aligning.facts import count_voices
from tests.aligning.stories import Told, tell

COLLAPSE = (
    "A footbridge over the river Orle collapsed in Brannick on Monday morning. The town council had inspected the footbridge "
    "in spring. Mayor Ilka Toren said that the old timber market would stay closed for a week."
)
OTHER = (
    "In Brannick a footbridge across the river Orle collapsed on Monday. Nobody was on it at the time, a baker said. "
    "The timber market stays shut for a week, according to Mayor Ilka Toren."
)
STALE = "The Brannick choir sang for an hour in the town hall. Tickets had been sold out since Friday."


def test_two_reports_of_one_event_are_one_corroborated_fact() -> None:
    fact = tell({"a": COLLAPSE, "b": OTHER, "c": STALE}).fact("A footbridge over the river Orle collapsed")
    assert fact.articles == 2
    assert fact.voices == 2
    assert fact.status == "corroborated"


def test_copies_add_articles_and_no_voice() -> None:
    told = tell(
        {"a": Told(text=COLLAPSE, voice="v-wire"), "b": Told(text=COLLAPSE, voice="v-wire", copies="a"), "c": STALE}
    )
    fact = told.fact("A footbridge over the river Orle collapsed")
    assert fact.articles == 2
    assert fact.voices == 1
    assert fact.status == "single-voice"


def test_a_voice_that_leaves_a_fact_out_is_listed() -> None:
    fact = tell({"a": COLLAPSE, "b": OTHER, "c": STALE}).fact("A footbridge over the river Orle collapsed")
    assert fact.omitted_by == ("v-c",)


def test_outlets_that_have_it_from_one_paper_count_once() -> None:
    words = "“I heard the beams crack and I ran,” carpenter Olav Brisk told the Orle Valley Herald."
    fact = tell({"a": f"{words} {STALE}", "b": f"{words} The council met at noon."}).fact("I heard the beams crack")
    assert fact.articles == 2
    assert fact.voices == 1
    assert any("one source" in reason for reason in fact.reasons)


def test_the_same_number_of_another_thing_is_another_fact() -> None:
    told = tell(
        {
            "a": "Forty firefighters fought the blaze at the Quill Street warehouse. The roof fell in before dawn.",
            "b": "Forty paintings were moved from the museum to a bank vault. The roof fell in before dawn.",
        }
    )
    assert told.fact("Forty firefighters").id != told.fact("Forty paintings").id


def test_the_wording_of_a_fact_stands_in_its_support() -> None:
    told = tell({"a": COLLAPSE, "b": OTHER, "c": STALE})
    for fact in told.alignment.facts:
        assert any(fact.text in told.words(s.span) for s in fact.support)


def test_an_article_that_is_not_compared_gives_no_claim() -> None:
    told = tell({"a": COLLAPSE, "b": Told(text=OTHER, compared=False)})
    assert {c.article for c in told.alignment.claims} == {"a"}


def test_an_empty_story_has_no_fact() -> None:
    assert tell({"a": "Yes."}).alignment.facts == ()


def test_two_reports_that_share_a_topic_and_no_event_corroborate_nothing() -> None:
    told = tell(
        {
            "a": (
                "The finance minister of Lundavia, Petra Halvorsen, presented a budget of 40 billion crowns on Tuesday. She urged parliament "
                "to pass it before the summer. The opposition said that the cuts would hurt hospitals and schools. Halvorsen met union "
                "leaders at the palace in the evening. The central bank expects the economy to grow by two percent this year."
            ),
            "b": (
                "The mayor of Oderholm, Tomas Lindqvist, asked the city council on Monday to borrow money for two new schools. Councillors "
                "urged him to wait until the elections. Shop owners fear that taxes will rise. Lindqvist met the heads of the schools at the "
                "town hall on Friday. The city grew by nine percent over the past ten years."
            ),
        }
    )
    assert [f.text for f in told.alignment.facts if f.articles > 1] == []


def test_a_fact_has_the_day_that_most_of_its_articles_give_and_no_comma_behind() -> None:
    told = tell(
        {
            "a": Told(
                text="A cargo ship rammed the pier of Oderholm on Tuesday, killing two men.", day=date(2031, 5, 8)
            ),
            "b": Told(text="A cargo ship rammed the pier of Oderholm on Tuesday, the port said.", day=date(2031, 5, 8)),
            "c": Told(
                text="On 3 March 2031 a cargo ship that rammed the pier of Oderholm on Tuesday had passed a test.",
                day=date(2031, 5, 8),
            ),
        }
    )
    fact = next(f for f in told.alignment.facts if f.articles >= 2)
    assert fact.when is not None and fact.when.value == "2031-05-06"
    assert not fact.text.endswith(",")


def test_a_voice_that_no_firm_tie_joins_does_not_count() -> None:
    ties = {("a", "b"): 0.9, ("a", "c"): 0.1, ("b", "c"): 0.05}
    voices, sureness = count_voices(["a", "b", "b", "c", None], ties, 0.2)
    assert voices == ["a", "b", "b", None, None]
    assert sureness == 0.9
    voices, sureness = count_voices(["a", "c"], {("a", "c"): 0.1}, 0.2)
    assert (voices, sureness) == (["a", None], 0.0)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", None]), max_size=8), st.randoms(use_true_random=False))
def test_without_a_bound_every_voice_counts_and_a_bound_only_takes_away(
    told: list[str | None], chance: random.Random
) -> None:
    named = sorted({v for v in told if v is not None})
    ties = {pair: chance.random() for pair in combinations(named, 2)}
    assert count_voices(told, ties, 0.0)[0] == told
    counted, sureness = count_voices(told, ties, 0.5)
    assert all(c in (None, v) for c, v in zip(counted, told, strict=True))
    assert 0.0 <= sureness <= 1.0
    assert not named or any(counted)
