"""How `copydesk trace` shows passages."""

from __future__ import annotations

from copydesk.cli.trace import _coloured
from copydesk.model.spans import Stretch
from tests.tracing.stories import WIRE, make_article


def test_a_passage_inside_another_is_named_with_it() -> None:
    article = make_article("a", WIRE[:3])
    lead = article.text.index(WIRE[0])
    stretches = [
        (1, Stretch(start=lead, end=lead + 60), "rewritten"),
        (2, Stretch(start=lead + 20, end=lead + 60), "verbatim"),
        (3, Stretch(start=lead + 50, end=lead + 90), "verbatim"),
    ]
    shown = _coloured(article, stretches, whole=True).plain  # type: ignore[arg-type]
    assert [mark in shown for mark in ("[1, 2] ", "[2] ", "[3] ")] == [True, False, True]
    for mark in ("[1, 2] ", "[3] "):
        shown = shown.replace(mark, "")
    assert shown == article.text
