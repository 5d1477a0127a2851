"""The parts that tracing is made of: runs, chains, candidates, stock, passages."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from copydesk.language.encoder import CachedEncoder
from copydesk.text.shingles import hash_words
from copydesk.tracing import TracingOptions, trace
from copydesk.tracing.candidates import find_candidates
from copydesk.tracing.chains import ChainRules, find_chains
from copydesk.tracing.company import find_company
from copydesk.tracing.compare import compare, survey
from copydesk.tracing.judge import judge
from copydesk.tracing.passages import find_passages
from copydesk.tracing.quotations import find_said
from copydesk.tracing.runs import SEED, find_runs
from copydesk.tracing.sentence_features import RAW, SENTENCE_FEATURES, expand
from copydesk.tracing.tables import Sparse, multiply, tabulate
from copydesk.tracing.weights import load_judges
from tests.tracing.stories import INDEPENDENT, OTHER, REWORDED, WIRE, make_article, make_pile

sequences = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=25)


@given(sequences, sequences)
def test_runs_are_common_and_cannot_be_longer(left: list[str], right: list[str]) -> None:
    found = find_runs(hash_words(left), hash_words(right))
    for a, b, n in zip(found.left.tolist(), found.right.tolist(), found.length.tolist(), strict=True):
        assert n >= SEED
        assert left[a : a + n] == right[b : b + n]


@given(st.lists(st.sampled_from("qrstuvwxyz"), min_size=SEED, max_size=9, unique=True), sequences, sequences)
def test_a_run_that_only_occurs_once_is_found(run: list[str], before: list[str], after: list[str]) -> None:
    found = find_runs(hash_words(before + run), hash_words(run + after))
    assert any(
        a <= len(before) and a + n >= len(before) + len(run)
        for a, n in zip(found.left.tolist(), found.length.tolist(), strict=True)
    )


def test_chains_go_forward_in_both_texts() -> None:
    logit = np.full((6, 6), -9.0)
    for i, j in ((0, 3), (1, 4), (2, 5), (3, 0), (4, 1)):
        logit[i, j] = 3.0
    chains = find_chains(logit, ChainRules())
    assert [(c.left.tolist(), c.right.tolist()) for c in chains] == [([0, 1, 2], [3, 4, 5]), ([3, 4], [0, 1])]


def test_a_single_doubtful_sentence_is_no_chain() -> None:
    logit = np.full((4, 4), -9.0)
    logit[1, 2] = 0.5
    assert find_chains(logit, ChainRules()) == []


def test_features_and_weights_name_the_same_things() -> None:
    assert len(expand(np.zeros((len(RAW), 3, 2)))) == len(SENTENCE_FEATURES)
    assert len(load_judges().sentence.weights) == len(SENTENCE_FEATURES)


def test_a_notice_on_pages_of_different_topics_is_stock(encoder: CachedEncoder) -> None:
    notice = "Subscribers may read this page on three devices at no further charge."
    bodies = [
        (*WIRE[:4], notice),
        (*OTHER[:4], notice),
        (*(f"The bakery sold {n} loaves of rye." for n in "abcd"), notice),
    ]
    ground = survey(make_pile([make_article(str(i), b) for i, b in enumerate(bodies)]), encoder)
    assert [
        ground.corpus.sentences[row] for row in np.flatnonzero(ground.stock.of(np.arange(len(ground.corpus.sentences))))
    ] == [notice]


def test_the_lead_of_a_wire_in_three_papers_is_not_stock(encoder: CachedEncoder) -> None:
    ground = survey(make_pile([make_article(str(i), WIRE[: 4 + i]) for i in range(3)]), encoder)
    assert not ground.stock.of(np.arange(len(ground.corpus.sentences))).any()


def test_every_print_of_a_text_is_a_candidate_of_another(encoder: CachedEncoder) -> None:
    ground = survey(
        make_pile([make_article(f"{i:03}", WIRE) for i in range(60)] + [make_article("own", INDEPENDENT)]), encoder
    )
    pairs = find_candidates(ground.corpus, ground.vectors, TracingOptions()).pairs
    assert {i for p in pairs for i in p} >= set(range(60))
    assert len(pairs) < 60 * 5


def test_one_sentence_written_over_and_over_is_compared_in_time(encoder: CachedEncoder) -> None:
    mill = ["The mill turns and turns and turns again."] * 900
    found = trace(make_pile([make_article("a", mill), make_article("b", [*mill, *OTHER])]), encoder, TracingOptions())
    assert set(found.shares) == {"a", "b"}


def test_a_few_words_that_changed_at_a_seam_do_not_part_a_passage(encoder: CachedEncoder) -> None:
    changed = (
        *WIRE[:3],
        WIRE[3].replace("said Tomas Reyl, who leads the rescue crew", "Tomas Reyl told us"),
        *WIRE[4:],
    )
    ground = survey(make_pile([make_article("a", WIRE), make_article("b", changed)]), encoder)
    assert len(find_passages(judge(ground, (0, 1), ChainRules()).with_literal())) == 1


def test_a_sentence_that_was_left_out_parts_two_passages(encoder: CachedEncoder) -> None:
    ground = survey(make_pile([make_article("a", WIRE), make_article("b", (*WIRE[:4], *WIRE[5:]))]), encoder)
    assert len(find_passages(judge(ground, (0, 1), ChainRules()).with_literal())) == 2


def test_third_articles_agree_with_the_origin_whose_words_a_copy_changed(encoder: CachedEncoder) -> None:
    changed = tuple(
        s.replace("Thursday", "that day").replace("forty", "two score").replace("cattle", "herds") for s in WIRE
    )
    pile = make_pile([make_article("a", WIRE), make_article("b", changed), make_article("c", WIRE[:9])])
    ground = survey(pile, encoder)
    found = find_company({p: judge(ground, p, ChainRules()) for p in ((0, 1), (0, 2), (1, 2))})
    assert found[0, 1].left > 0 == found[0, 1].right


def test_what_two_strangers_share_with_a_third_stands_elsewhere_for_each(encoder: CachedEncoder) -> None:
    pile = make_pile([make_article("a", WIRE), make_article("b", (*WIRE, *OTHER)), make_article("c", OTHER)])
    ground = survey(pile, encoder)
    found = find_company({p: judge(ground, p, ChainRules()) for p in ((0, 1), (1, 2))})
    assert found[0, 1].left_elsewhere == 0 and found[0, 1].right_elsewhere > 0.2
    assert found[1, 2].left_elsewhere > 0.5 and found[1, 2].right_elsewhere == 0


def test_rare_words_lead_to_a_reworded_copy(encoder: CachedEncoder) -> None:
    ground = survey(
        make_pile([make_article("a", WIRE), make_article("b", REWORDED), make_article("c", OTHER)]), encoder
    )
    found = find_candidates(ground.corpus, ground.vectors, TracingOptions())
    assert found.pairs == ((0, 1),)


def test_sentences_without_words_in_common_are_not_encoded(encoder: CachedEncoder) -> None:
    pile = make_pile([make_article("a", WIRE), make_article("b", OTHER)])
    ground = survey(pile, encoder)
    assert find_candidates(ground.corpus, ground.vectors, TracingOptions()).pairs == ()
    assert ground.vectors.count == 0


def test_the_screen_loses_no_pair_that_all_sentences_against_all_would_link(encoder: CachedEncoder) -> None:
    bodies = [WIRE, REWORDED, OTHER, INDEPENDENT, (*OTHER, *WIRE[:4]), WIRE[4:]]
    pile = make_pile([make_article(str(i), body) for i, body in enumerate(bodies)])
    screened, every = (
        {(x.origin, x.copy) for x in trace(pile, encoder, TracingOptions(exhaustive=e)).links} for e in (False, True)
    )
    assert screened == every and len(every) >= 4


def test_fingerprints_that_everybody_has_are_cut_and_counted(encoder: CachedEncoder) -> None:
    ground = survey(make_pile([make_article(f"{i:03}", WIRE) for i in range(40)]), encoder)
    assert find_candidates(ground.corpus, ground.vectors, TracingOptions()).keys_cut > 0
    assert find_candidates(ground.corpus, ground.vectors, TracingOptions(fingerprint_articles_max=40)).keys_cut == 0


@given(st.integers(0, 50), st.integers(1, 400))
def test_a_product_of_narrow_tables_is_that_of_the_wide_matrices_to_the_last_bit(seed: int, width: int) -> None:
    random = np.random.default_rng(seed)
    left, right = (csr_array(random_array((n, width), density=0.1, rng=random, format="csr")) for n in (7, 5))
    one, other = (
        Sparse(starts=m.indptr.astype(np.int64), columns=m.indices.astype(np.int64), values=m.data)
        for m in (left, right)
    )
    assert np.array_equal(multiply(one, tabulate(other)), (left @ right.T.tocsr()).toarray())


def test_what_is_kept_of_an_article_does_not_grow_with_the_words_of_the_pile() -> None:
    row = Sparse(starts=np.array([0, 2]), columns=np.array([5, 9_000_000]), values=np.array([1.0, 2.0]))
    table = tabulate(row)
    assert table.columns.tolist() == [5, 9_000_000]
    assert table.turned.starts.nbytes < 100


def test_a_linked_pair_keeps_of_its_grids_what_its_passages_need(encoder: CachedEncoder) -> None:
    ground = survey(make_pile([make_article("a", WIRE), make_article("b", REWORDED)]), encoder)
    verdict = judge(ground, (0, 1), ChainRules())
    linked = verdict.with_literal()
    assert linked.comparison.grids.shape == (1, *verdict.logit.shape)
    assert find_passages(linked) == find_passages(verdict)


def test_quotations_in_a_row_are_said_and_those_beside_copied_sentences_are_not() -> None:
    quoted = np.zeros((9, 9))
    quoted[1, 1] = quoted[6, 6] = quoted[7, 7] = 1.0
    matches = np.array([0, 1, 6, 7]), np.array([0, 1, 6, 7])
    assert find_said(matches, np.array([12, 12, 12, 12]), quoted).tolist() == [False, False, True, True]
    assert not find_said(matches, np.array([90, 12, 12, 12]), quoted).any()


def test_words_that_only_one_text_puts_in_marks_are_quoted_in_both(encoder: CachedEncoder) -> None:
    shown = make_article(
        "a", ["The harbour office's clerk read 'no ship may leave before the flood gates are shut' aloud."]
    )
    boxed = make_article("b", ["Yesterday no ship may leave before the flood gates are shut was read."])
    comparison = compare(survey(make_pile([shown, boxed]), encoder), (0, 1))
    assert comparison.runs.length.tolist() == [10]
    assert comparison.run_quoted().tolist() == [10]


def test_an_apostrophe_opens_no_quotation(encoder: CachedEncoder) -> None:
    plain = make_article("a", ["The players' bus left at dawn and the '87 team's old coach, who didn't sleep, waved."])
    assert not survey(make_pile([plain]), encoder).corpus.bodies[0].in_quote.any()
