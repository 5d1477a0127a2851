"""How the terminal shows two articles."""

from __future__ import annotations

from copydesk.cli.trace import ASIDE, _aside

LONG = " ".join(f"word{i}" for i in range(200))


def test_long_text_of_one_article_alone_loses_its_middle_and_says_how_much() -> None:
    shown = _aside(LONG, whole=False)
    assert shown.startswith("word0 word1 ") and shown.endswith(" word198 word199")
    assert len(shown) < 2 * ASIDE + 60
    kept = len(shown.split(" … ")[0].split()) + len(shown.split(" … ")[2].split())
    assert f"[{200 - kept} words of its own]" in shown


def test_the_whole_text_is_shown_when_asked_for() -> None:
    assert _aside(LONG, whole=True) == LONG


def test_one_long_word_is_no_hindrance() -> None:
    assert "of its own" in _aside("x" * 2000, whole=False)
