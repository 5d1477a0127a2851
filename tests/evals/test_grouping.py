from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from evals.grouping.bcubed import b_cubed
from evals.grouping.peers import group_by_peers
from evals.grouping.picture import draw_stories
from evals.grouping.worst import worst_of

FERRY = "the ferry heron ran aground off port vessel in fog and tugs pulled it free at high water number"
RENTS = "the council of great marlow raised the rents of market stalls and stallholders marched number"


def test_b_cubed_counts_what_is_mixed_and_what_is_torn() -> None:
    assert b_cubed(["x", "x", "y"], ["1", "1", "2"]) == (1.0, 1.0)
    precision, recall = b_cubed(["x", "x", "x"], ["1", "1", "2"])
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3) and recall == 1.0
    precision, recall = b_cubed(["x", "y", "z"], ["1", "1", "2"])
    assert precision == 1.0 and recall == pytest.approx((0.5 + 0.5 + 1) / 3)


def test_the_picture_is_xml_with_a_dot_a_kind_of_story() -> None:
    gold = {"a": "1", "b": "1", "c": "2", "d": "3"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}
    tree = ElementTree.fromstring(draw_stories(gold, found, "a & b <c>"))
    titles = [t.text for t in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["1 of 2 articles, purity 0.50", "1 of 2 articles, purity 1.00"]


def test_the_costliest_join_is_named_first_and_what_is_right_is_not_named() -> None:
    gold = {"a": "1", "b": "2", "c": "3", "d": "3", "e": "4", "f": "4", "g": "5"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z", "f": "z", "g": "z"}
    lines = list(worst_of(gold, found, ({}, None), 1))  # type: ignore[arg-type]
    assert lines[0] == "worst joins: 2 in all" and "join z" in lines[1]
    assert lines[-1] == "worst splits: 0 in all"


def test_every_peer_tells_two_events_of_other_words_apart() -> None:
    texts = {
        f"{event}{i}": f"{words} {i}"
        for event, words in (("p", FERRY), ("q", RENTS), ("r", FERRY[::-1]), ("s", RENTS[::-1]))
        for i in range(3)
    }
    records = [{"id": name, "text": text, "published": "2031-05-06"} for name, text in texts.items()]
    gold = {name: name[0] for name in texts}
    axes = np.eye(4, dtype=np.float64)
    leads = {name: axes["pqrs".index(name[0])] for name in texts}
    values = dict(group_by_peers(records, leads, gold))
    assert {"tfidf-average", "tfidf-single-pass", "minilm-average"} <= values.keys()
    assert values["tfidf-average"] == values["tfidf-single-pass"] == values["minilm-average"] == 1.0
