"""Details stand by themselves: behind the facts, with the clause that they are of, and never in the summary."""

from __future__ import annotations

from dataclasses import replace

from copydesk.compiling import compile_dossier, to_html, to_markdown
from copydesk.model.dossiers import Brief, Dossier

from .sample import Sample, ferry_alignment, ferry_resolution, make_brief, make_story

HEADING = "Details that several voices give"
ADDED = "What one voice alone adds"
CLAUSE = "the clause that <b>it</b> is of"


def brief_with_details() -> tuple[Brief, Dossier]:
    """The sample brief with all facts of its second story told as details."""
    brief = make_brief()
    ferry = max(brief.dossiers, key=lambda d: len(d.facts))
    told = replace(ferry, facts=tuple(replace(f, detail_of=CLAUSE) for f in ferry.facts))
    return replace(brief, dossiers=tuple(told if d is ferry else d for d in brief.dossiers)), ferry


def test_details_are_told_behind_the_facts_with_their_clause_escaped() -> None:
    brief, _ = brief_with_details()
    page, text = to_html(brief), to_markdown(brief)
    assert HEADING in page and HEADING in text and ADDED in page and ADDED in text
    assert "the clause that &lt;b&gt;it&lt;/b&gt; is of" in page
    assert CLAUSE not in page and CLAUSE not in text
    assert not any(
        words in plain for words in (HEADING, ADDED) for plain in (to_html(make_brief()), to_markdown(make_brief()))
    )


def test_no_detail_is_a_line_of_the_summary() -> None:
    sample = Sample()
    alignment, story = (
        ferry_alignment(sample),
        make_story(sample, "ferry", ("wire", "reprint", "spun", "own", "later", "foreign")),
    )
    heavy = replace(alignment.facts[0], detail_of=CLAUSE, weight=1.0)
    told = replace(alignment, facts=(heavy, *alignment.facts[1:]))
    dossier = compile_dossier(sample.pile().of(story), ferry_resolution(sample, story), told, {})
    words = {s.span for s in heavy.support}
    assert dossier.summary
    assert not any(words.intersection(statement.support) for statement in dossier.summary)
