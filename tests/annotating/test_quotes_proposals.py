"""What the judge of proposals is told, and that it decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.annotating.attributions import PROPOSE_MIN, choose, cuts_of, draft_of, propose, weigh_cues, worth
from copydesk.annotating.boundaries import Claims, boundary_rows
from copydesk.annotating.judges import load_judges
from copydesk.annotating.proposals import Proposal, columns_of
from copydesk.annotating.quotes import quotes_of
from copydesk.annotating.readings import Reading, read
from copydesk.annotating.sources import source_offers, source_rows
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.times import UNKNOWN_WHEN

TEXT = (
    "The ferry will sail again on Friday, harbour master Ada Quill said. She warned that the pier is not safe.\n\n"
    "“We checked every bolt,” Quill said. The repairs cost a fortune."
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    article = Article(
        id="a", path="a", url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language="en",
        compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text=TEXT,
        source_text=TEXT, blocks=(),
    )  # fmt: skip
    (markup,) = annotate([article], Tagger(), AnnotatingOptions(quotes=False, times=False, quantities=False))
    return read(TEXT, markup.sentences, markup.tokens, markup.names)


def _row(reading: Reading, proposals: list[Proposal], number: int) -> dict[str, float]:
    names, rows = columns_of(reading, proposals, load_judges().cues.lexicon)
    return dict(zip(names, rows[number].tolist(), strict=True))


def _at(reading: Reading, word: str, nth: int = 0) -> int:
    return [i for i, w in enumerate(reading.words) if w == word][nth]


def test_the_shipped_trees_know_the_numbers_that_are_taken(reading: Reading) -> None:
    judges = load_judges()
    cues = weigh_cues(reading, judges, PROPOSE_MIN)
    drafts = {cue: draft_of(reading, judges, cue) for _, cue in cues.likely}
    proposals = propose(reading, cues, drafts)
    names, rows = columns_of(reading, proposals, judges.cues.lexicon)
    assert judges.proposals is not None and judges.cuts is not None and judges.sources is not None
    assert judges.proposals.columns == names
    assert len(rows) >= 3
    assert np.isfinite(rows).all()
    cue, lexicon = proposals[0].cue, judges.cues.lexicon
    cuts = cuts_of(reading, drafts[cue])
    offers = source_offers(reading, cue, cuts)
    cut_names, cut_rows = boundary_rows(reading, cue, cuts, Claims(lexicon, [], gap_max=99.0))
    source_names, source_numbers = source_rows(reading, cue, cuts, offers, lexicon)
    assert (judges.cuts.columns, judges.sources.columns) == (cut_names, source_names)
    assert np.isfinite(cut_rows).all() and np.isfinite(source_numbers).all()
    assert (len(cut_rows), len(source_numbers)) == (len(cuts), len(offers))


def test_a_proposal_sees_what_takes_the_same_words(reading: Reading) -> None:
    said, sail = _at(reading, "said"), _at(reading, "sail")
    words = tuple(range(7))
    strong = Proposal(cue=said, probability=0.9, content=words, source=())
    weak = Proposal(cue=sail, probability=0.2, content=words[:3], source=())
    row = _row(reading, [strong, weak], 1)
    assert row["taken_by"] == row["held_by"] == row["others_surest"] == 0.9
    assert row["shared_with_surer"] == 1.0
    assert _row(reading, [strong, weak], 0)["shared_with_surer"] == 0.0


def test_a_proposal_sees_how_often_the_article_reports_with_its_word(reading: Reading) -> None:
    first, second = (Proposal(cue=_at(reading, "said", n), probability=0.9, content=(n,), source=()) for n in (0, 1))
    assert _row(reading, [first, second], 0)["same_likely"] == 2
    assert _row(reading, [first], 0)["same_likely"] == 1


def test_nothing_proposed_has_no_rows(reading: Reading) -> None:
    assert columns_of(reading, [], {})[1].size == 0


def test_the_judge_of_proposals_decides(reading: Reading) -> None:
    judges = load_judges()
    said = {q.cue.start for q in quotes_of(reading, judges) if q.cue}
    assert reading.tokens.start[_at(reading, "said")] in said
    none = {q.cue.start for q in quotes_of(reading, replace(judges, worth_min=4.1)) if q.cue and q.kind == "indirect"}
    kept = {q.cue.start for q in quotes_of(reading, judges) if q.cue and q.kind == "indirect"}
    assert none < kept


def test_what_others_claim_is_told_of_a_cut(reading: Reading) -> None:
    said, sail = _at(reading, "said"), _at(reading, "sail")
    claims = Claims({}, [(said, 0.9, range(8)), (sail, 0.2, range(3))])
    assert claims.inside(said, range(said)) == [0.2]
    assert claims.claimed(sail, range(4)) == 4
    assert claims.claimed(said, range(4)) == 0


def test_the_phrases_offered_as_sources_end_with_nobody_and_never_overlap(reading: Reading) -> None:
    judges = load_judges()
    said = _at(reading, "said")
    cuts = cuts_of(reading, draft_of(reading, judges, said))
    offers = source_offers(reading, said, cuts)
    assert offers[-1].tokens == ()
    taken = [i for offer in offers for i in offer.tokens]
    assert len(taken) == len(set(taken))
    assert any(_at(reading, "quill") in offer.tokens for offer in offers)


def test_a_source_never_stands_inside_the_content_chosen(reading: Reading) -> None:
    judges = load_judges()
    cues = weigh_cues(reading, judges, PROPOSE_MIN)
    drafts = [draft_of(reading, judges, cue) for _, cue in cues.likely]
    for choice in choose(reading, judges, drafts, Claims(judges.cues.lexicon, [])):
        assert choice.content
        assert not set(choice.content) & set(choice.source)
        assert 0.0 <= choice.surety <= 1.0 and 0.0 <= choice.source_surety <= 1.0


def test_an_attribution_is_worth_most_when_all_of_it_is_sure() -> None:
    assert worth(1.0, 1.0, 1.0) == 4.0
    assert worth(0.5, 0.9, 0.9) < worth(0.5, 0.9, 1.0) < worth(0.6, 0.9, 1.0)
