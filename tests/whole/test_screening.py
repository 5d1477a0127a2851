"""What tracing leaves out before it encodes a sentence must cost no link."""

from __future__ import annotations

from copydesk import desk
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.copies import Trace
from copydesk.options import Options
from copydesk.tracing import TracingOptions, trace
from tests.whole.examples import EXAMPLES


def _links(found: Trace) -> set[tuple[str | None, str, str]]:
    return {(x.origin, x.copy, x.kind) for x in found.links}


def test_the_examples_in_one_pile_have_the_links_that_all_sentences_against_all_give() -> None:
    """A hard case: the spun copy of the ship's story shares a third of its words with the wire."""
    order = desk.order(sorted(EXAMPLES.glob("*/pile")), options=Options())
    articles, _ = desk.read_articles(order)
    pile, screened = desk.trace_articles(articles, Options())
    every = trace(pile, CachedEncoder(MiniLmEncoder()), TracingOptions(exhaustive=True))
    assert _links(screened) == _links(every)
