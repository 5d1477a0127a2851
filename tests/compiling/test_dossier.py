from __future__ import annotations

from dataclasses import replace

import pytest

from copydesk.compiling import compile_dossier, wording
from copydesk.compiling.headline import choose_headline
from copydesk.compiling.sources import clause
from copydesk.compiling.wording import faults
from copydesk.model.dossiers import Dossier
from copydesk.model.stories import Alignment

from .sample import Sample, ferry_alignment, ferry_resolution, make_dossiers, make_story


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample()


@pytest.fixture(scope="module")
def ferry(sample: Sample) -> Dossier:
    return make_dossiers(sample)[1]


def test_every_summary_line_is_the_words_of_its_first_span(sample: Sample, ferry: Dossier) -> None:
    texts = {a.article.id: a.article.text for a in ferry.articles}
    assert 3 <= len(ferry.summary) <= 6
    for statement in ferry.summary:
        first = statement.support[0]
        assert texts[first.article][first.start : first.end] == statement.text


def test_corroborated_facts_come_first_in_the_summary(ferry: Dossier) -> None:
    status = {s.span: f.status for f in ferry.facts for s in f.support}
    ranks = [status[s.support[0]] == "corroborated" for s in ferry.summary]
    assert ranks[0] and ranks == sorted(ranks, reverse=True)


def test_the_headline_is_one_articles_own_and_no_spun_one(ferry: Dossier) -> None:
    assert ferry.headline in {a.article.headline for a in ferry.articles}
    assert ferry.headline != "Boat goes down close to Harbour Vessel"


def test_a_shouted_or_cut_headline_gives_way(ferry: Dossier) -> None:
    articles = list(ferry.articles)
    loud = replace(articles[0], article=replace(articles[0].article, headline=ferry.headline.upper() + " ..."))
    assert choose_headline([loud, *articles[1:]]) == ferry.headline


def test_a_story_without_headlines_has_none() -> None:
    assert choose_headline([]) == ""


def test_an_article_that_is_not_compared_gives_no_voice(sample: Sample, ferry: Dossier) -> None:
    assert [v.name for v in ferry.voices] == ["Norden Press", "Vessel Herald", "Gulf Wire"]
    assert sample.id("foreign") in {a.article.id for a in ferry.articles}


def test_the_timeline_runs_forward(ferry: Dossier) -> None:
    days = [m.when.earliest for m in ferry.timeline if m.when.earliest]
    assert days == sorted(days)


def test_updates_stand_after_conflicts_and_keep_their_order_of_time(ferry: Dossier) -> None:
    assert [c.kind for c in ferry.conflicts] == ["conflict", "update"]
    assert [s.value for s in ferry.conflicts[1].sides] == ["14", "15"]


def test_the_storys_clock_dates_an_article_that_has_no_date(sample: Sample, ferry: Dossier) -> None:
    spun = next(a.article for a in ferry.articles if a.article.id == sample.id("spun"))
    assert spun.published.method == "story clock"


def test_the_order_in_which_facts_and_claims_come_in_changes_nothing(sample: Sample, ferry: Dossier) -> None:
    story = make_story(sample, "ferry", ("wire", "reprint", "spun", "own", "later", "foreign"))
    found = ferry_alignment(sample)
    turned = Alignment(claims=found.claims[::-1], facts=found.facts[::-1], conflicts=found.conflicts[::-1])
    again = compile_dossier(sample.pile().of(story), ferry_resolution(sample, story), turned, {})
    assert again.facts == ferry.facts and again.claims == ferry.claims and again.conflicts == ferry.conflicts


def test_a_line_is_told_in_the_words_that_most_share_not_the_spun_ones(sample: Sample, ferry: Dossier) -> None:
    for statement in ferry.summary:
        assert statement.support[0].article != sample.id("spun")


def test_of_three_wordings_the_odd_one_is_not_chosen(sample: Sample) -> None:
    words = {
        "wire": "The Marisol left Kestrel Island shortly after midnight and sent its last signal at 2.40 a.m., harbour master Ilse Brandvik said.",
        "reprint": "The Marisol left Kestrel Island shortly after midnight and sent its last signal at 2.40 a.m., harbour master Ilse Brandvik said.",
        "own": "The ship sailed from Kestrel Island at about half past midnight with 84 passengers and crew.",
    }
    spans = [sample.span(name, text) for name, text in words.items()]
    told = wording._apart({s: words[n] for s, n in zip(spans, words, strict=True)})
    assert told[spans[0]] == told[spans[1]] < told[spans[2]]


def test_every_fact_is_told_in_the_words_of_its_first_span(ferry: Dossier) -> None:
    texts = {a.article.id: a.article.text for a in ferry.articles}
    for fact in ferry.facts:
        first = fact.support[0].span
        assert texts[first.article][first.start : first.end] == fact.text


def test_the_summary_leaves_out_what_a_later_report_has_replaced(ferry: Dossier) -> None:
    update = next(c for c in ferry.conflicts if c.kind == "update")
    old = {span for side in update.sides[:-1] for span in side.support}
    assert not old & {statement.support[0] for statement in ferry.summary}


def test_words_somebody_says_of_themselves_do_not_stand_alone() -> None:
    assert faults("I saw the mast break and then we were in the water.") > faults(
        "The mast broke and five sailors fell into the water."
    )
    assert faults("After the mast had broken in the storm off Kestrel Island,") > faults(
        "The mast had broken in the storm off Kestrel Island"
    )
    assert faults("“I saw the mast break,” sailor Ilka Toren told the court.") == 0


def test_what_starts_inside_its_sentence_is_told_so() -> None:
    assert clause("after the mast had broken.") == "… after the mast had broken."
    assert clause("The mast broke.") == "The mast broke."
