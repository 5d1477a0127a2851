"""What the judges of quotes make of their weights."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from copydesk.annotating.judges import CueJudge, ExtentJudge, load_judges, pack_row, unpack_row
from copydesk.annotating.paths import CONTENT, LABELS, best_cuts

weight = st.integers(-300, 300).map(lambda n: n / 100)
names = st.lists(st.sampled_from("abcd"), max_size=3)


@given(
    own=st.fixed_dictionaries({c: st.tuples(*[weight] * LABELS) for c in "abcd"}),
    change=st.fixed_dictionaries({c: st.tuples(*[weight] * LABELS**2) for c in "abcd"}),
    units=st.lists(st.tuples(names, names), min_size=1, max_size=5),
)
def test_the_labels_chosen_have_the_best_score_of_all_with_content(
    own: dict[str, tuple[float, ...]],
    change: dict[str, tuple[float, ...]],
    units: list[tuple[list[str], list[str]]],
) -> None:
    def score(labels: tuple[int, ...]) -> float:
        total = sum(own[f][label] for (fs, _), label in zip(units, labels, strict=True) for f in fs)
        for i in range(1, len(units)):
            total += sum(change[f][labels[i - 1] * LABELS + labels[i]] for f in units[i][1])
        return total

    packed = [{f: pack_row([round(w * 100) for w in row]) for f, row in rows.items()} for rows in (own, change)]
    chosen = ExtentJudge(units=packed[0], edges=packed[1]).best(units)
    best = max(score(labels) for labels in product(range(LABELS), repeat=len(units)) if CONTENT in labels)
    assert CONTENT in chosen
    assert abs(score(tuple(chosen)) - best) < 1e-9


@given(rows=st.lists(st.tuples(*[st.integers(-9_999, 9_999)] * LABELS), max_size=60))
def test_a_sum_of_packed_rows_holds_the_sum_of_every_column(rows: list[tuple[int, ...]]) -> None:
    columns = tuple(sum(row[i] for row in rows) for i in range(LABELS))
    assert unpack_row(sum(pack_row(row) for row in rows), LABELS) == columns


scores = st.lists(weight, min_size=LABELS, max_size=LABELS)
turns = st.lists(weight, min_size=LABELS**2, max_size=LABELS**2)


@given(places=st.lists(st.tuples(scores, turns), min_size=1, max_size=5), count=st.integers(1, 8))
def test_each_other_cut_is_the_best_with_its_start_or_end(
    places: list[tuple[list[float], list[float]]], count: int
) -> None:
    own, moves = [o for o, _ in places], [m for _, m in places]
    n = len(own)

    def score(labels: tuple[int, ...]) -> float:
        changes = sum(moves[i][labels[i - 1] * LABELS + labels[i]] for i in range(1, n))
        return changes + sum(o[label] for o, label in zip(own, labels, strict=True))

    ways = [labels for labels in product(range(LABELS), repeat=n) if CONTENT in labels]
    top = max(map(score, ways))
    found = best_cuts(own, moves, count)
    assert 1 <= len(found) <= count
    assert abs(score(tuple(found[0][1])) - top) < 1e-9
    assert [gap for gap, _ in found] == sorted(gap for gap, _ in found)
    cuts = [tuple(label == CONTENT for label in labels) for _, labels in found]
    assert len(set(cuts)) == len(cuts)
    for gap, labels in found:
        assert abs(top - score(tuple(labels)) - gap) < 1e-9
        edges = (
            [(0, labels[0])]
            + [(i, labels[i]) for i in range(1, n) if labels[i - 1] != labels[i]]
            + [(n - 1, labels[-1])]
        )
        bests = [
            max(score(w) for w in ways if w[i] == label and w[max(0, i - 1)] == labels[max(0, i - 1)])
            for i, label in edges
        ]
        assert any(abs(best - score(tuple(labels))) < 1e-9 for best in bests)


@given(features=st.lists(st.sampled_from(["a", "b", "unknown"]), max_size=400))
def test_a_probability_lies_between_nought_and_one(features: list[str]) -> None:
    judge = CueJudge(lexicon={}, bias=-1.0, weights={"a": 3.0, "b": -3.0})
    assert 0.0 <= judge.probability(features) <= 1.0


def test_the_shipped_lexicon_knows_what_reports() -> None:
    judges = load_judges()
    lexicon = judges.cues.lexicon
    assert min(lexicon[word] for word in ("say", "tell", "announce", "accord")) > 0.6
    assert all(0.0 < rate <= 1.0 for rate in lexicon.values())
    assert 0.1 <= judges.cue_min <= 0.6
