"""Capture, Repeats → Article | Skipped."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from copydesk.cleaning.blocks import Judged, assemble
from copydesk.cleaning.bylines import byline_of
from copydesk.cleaning.comparing import find_obstacle
from copydesk.cleaning.credits import find_credits
from copydesk.cleaning.dates import date_article
from copydesk.cleaning.datings import DateEvidence
from copydesk.cleaning.fields import language_of, outlet_of, url_of
from copydesk.cleaning.headlines import find_heading, stated_headlines
from copydesk.cleaning.judge import Setting, find_likely, headline_hint, judge_lines
from copydesk.cleaning.metadata import PageMeta, read_meta
from copydesk.cleaning.options import CleaningOptions
from copydesk.cleaning.repeats import site_of
from copydesk.cleaning.sorting import notice_of, sort_lines
from copydesk.cleaning.source import read_source
from copydesk.cleaning.stamp_lines import date_stamps, other_days
from copydesk.cleaning.titles import PageView
from copydesk.model.articles import KEPT_KINDS, Article, Repeats
from copydesk.model.captures import Capture, Skipped


def clean(capture: Capture, repeats: Repeats, options: CleaningOptions) -> Article | Skipped:
    """The article that a capture carries, with every block of its source text kept or dropped for a reason."""
    source = read_source(capture, options)
    if isinstance(source, str):
        return Skipped(path=capture.path, stage="cleaning", reason=source)
    meta = read_meta(source.tree) if source.tree is not None else PageMeta()
    said = capture.said("headline")
    hint = headline_hint(meta, said[0] if said else None)
    setting = Setting(headline=hint, site=site_of(capture), repeats=repeats)
    judgement = judge_lines(source, setting, extract=options.use_page_extraction)
    url = url_of(capture, meta)
    page = PageView(marks=source.marks, meta=meta, tree=source.tree, url=url) if source.marks is not None else None
    stated = [said[0]] if said else stated_headlines(meta) if page is None else []
    heading = find_heading(source.lines, (judgement.rows, list(judgement.kept)), stated, page)
    outlet = capture.said("outlet")
    likely = find_likely(source.lines, judgement, options.keep_from, is_page=source.marks is not None)
    sorting = sort_lines(source, judgement, heading, likely, outlet[0] if outlet else None)
    name = outlet_of(capture, meta, url, sorting.judged, source.text)
    stamps = date_stamps(source, judgement, heading, sorting.body)
    evidence = DateEvidence(
        stamps=stamps, meta=meta, url=url, notice=notice_of(source, sorting, name), tree=source.tree,
        others=lambda: other_days(source, stamps),
    )  # fmt: skip
    dated = date_article(capture, evidence)
    judged = [_doubt(j, dated.doubts) for j in sorting.judged]
    text, blocks = assemble(source.text, judged)
    body = "\n".join(source.text[j.start : j.end] for j in judged if j.kind == "body")
    language = language_of(body, meta.language)
    first = next((j.start for j in judged if j.kind == "body"), 0)
    behind = "\n".join(source.text[j.start : j.end] for j in judged if j.start > first and j.kind not in KEPT_KINDS)
    reason = find_obstacle(body, behind, language, options)
    return Article(
        id=capture.id, path=capture.path, url=url, sha256=sha256(capture.content).hexdigest(),
        headline=" ".join(heading.words.split()), byline=byline_of(capture, meta, judged, source.text),
        dateline=sorting.dateline or None, outlet=name, language=language, compared=reason is None, reason=reason,
        published=dated.published, modified=dated.modified, observed=dated.observed,
        credits=find_credits(capture.id, source.text, blocks, name), text=text, source_text=source.text, blocks=blocks,
    )  # fmt: skip


def _doubt(judged: Judged, doubts: dict[int, str]) -> Judged:
    """A line with the reason why its time stamp was not believed, where it has such."""
    why = [reason for start, reason in doubts.items() if judged.start <= start < judged.end]
    return replace(judged, reason=f"{judged.reason}; {why[0]}") if why else judged
