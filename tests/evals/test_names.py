from __future__ import annotations

from pathlib import Path

from evals.names import NamePair, Tied, auc, is_latin, nearest_others, random_others, read_pairs
from evals.naming.coref import named_mentions

PAIRS = [
    NamePair(left="okker", right="ocker", via="x"), NamePair(left="oker", right="okkar", via="x"),
    NamePair(left="lund", right="lunde"), NamePair(left="brook", right="bruk"),
]  # fmt: skip


def test_names_with_a_common_source_are_never_negatives() -> None:
    tied = Tied(PAIRS)
    assert tied.tied("okker", "okkar") and tied.tied("oker", "ocker")
    assert all(not tied.tied(a, b) for a, b in [*nearest_others(PAIRS, tied), *random_others(PAIRS, tied)])
    assert len(nearest_others(PAIRS, tied)) == 4


def test_spellings_of_one_name_lie_in_one_half() -> None:
    tied = Tied(PAIRS)
    assert all(tied.seen(p.left) == tied.seen(p.right) for p in PAIRS)


def test_auc_counts_ties_half() -> None:
    assert auc([1.0, 2.0], [0.0, 1.0]) == 0.875


def test_rows_of_two_alphabets_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("left,right,same\nlund,лунд,true\nlund,lunde,true\nlund,brook,false\n", encoding="utf-8")
    pairs = read_pairs(path)
    assert pairs is not None and [p.same for p in pairs] == [True, False]
    assert not is_latin("лунд")
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert read_pairs(path) is None


def test_only_capitalised_entities_of_scored_sentences_are_names() -> None:
    text = "Ada Lund met the mayor in Gao .\nLater Bram Okker left ."
    spans = [
        ("Ada Lund", "entity"),
        ("the mayor", "entity"),
        ("Gao", "loc"),
        ("met", "event"),
        ("Bram Okker", "entity"),
    ]
    mentions = [{"start": text.index(t), "end": text.index(t) + len(t), "chain": t, "kind": k} for t, k in spans]
    found = named_mentions({"id": "1", "text": text, "annotated": [[0, 31]], "mentions": mentions})
    assert [chain for _, chain in found] == ["Ada Lund", "Gao"]
