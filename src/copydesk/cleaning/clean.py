"""Capture, Repeats → Article | Skipped."""

from __future__ import annotations

from hashlib import sha256

import py3langid

from copydesk.cleaning.blocks import Judged, assemble
from copydesk.cleaning.options import CleaningOptions
from copydesk.cleaning.repeats import host_of
from copydesk.cleaning.source import SourceText, read_source
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Capture, Skipped
from copydesk.model.times import UNKNOWN_WHEN


def clean(capture: Capture, repeats: Repeats, options: CleaningOptions) -> Article | Skipped:
    """The article that a capture carries, or why it carries none."""
    source = read_source(capture, options)
    if isinstance(source, str):
        return Skipped(path=capture.path, stage="cleaning", reason=source)
    judged = _judge(source)
    text, blocks = assemble(source.text, judged)
    headline = next((source.text[b.start : b.end] for b in blocks if b.kind == "headline"), "")
    url = capture.said("url")
    outlet = capture.said("outlet")
    byline = capture.said("byline")
    language = str(py3langid.classify(text[:3000])[0]) if text else "und"
    return Article(
        id=capture.id, path=capture.path, url=url[0] if url else None, sha256=sha256(capture.content).hexdigest(),
        headline=headline, byline=byline[0] if byline else None, dateline=None,
        outlet=outlet[0] if outlet else host_of(url[0] if url else None), language=language,
        compared=language == "en", reason=None if language == "en" else f"language {language} has no pack",
        published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text=text, source_text=source.text,
        blocks=blocks,
    )  # fmt: skip


def _judge(source: SourceText) -> list[Judged]:
    judged = []
    headed = False
    for i, line in enumerate(source.lines):
        words = line.text.split()
        if not headed and 3 <= len(words) <= 30 and line.text[-1] not in ".:" and i < 40:
            judged.append(Judged(start=line.start, end=line.end, kind="headline", reason="first short line"))
            headed = True
        elif len(words) >= 10 and line.text.rstrip("\"”’')")[-1:] in (".", "!", "?", ":", ";"):
            judged.append(Judged(start=line.start, end=line.end, kind="body", reason="a paragraph of sentences"))
            headed = True
        else:
            judged.append(Judged(start=line.start, end=line.end, kind="furniture", reason="no sentence"))
    return judged
