"""Source text → the probability of each line that it is article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from trafilatura import bare_extraction

from copydesk.cleaning.features import Matrix, columns_of, line_features, words_of
from copydesk.cleaning.lines import is_code
from copydesk.cleaning.metadata import PageMeta
from copydesk.cleaning.page_features import page_features
from copydesk.cleaning.source import SourceText
from copydesk.cleaning.trees import load_trees
from copydesk.model.articles import Repeats

MAX_EXTRACTED_LINES = 5_000  # a page of more is no article page; its structure alone has to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The lines' text features and the probability of each line that it is article."""

    rows: Matrix
    kept: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known around a capture's lines: what it is said to be about, its site, and the pile's recurring lines."""

    headline: str
    site: str
    repeats: Repeats


def judge_lines(source: SourceText, setting: Setting, *, extract: bool = True) -> Judgement:
    """How much each line belongs to the article: by its text, and for a page by its structure too.

    A page in which trafilatura finds nothing is judged as flattened text is.
    """
    code = np.array([source.marks is None and is_code(line.text) for line in source.lines], dtype=np.bool_)
    if code.any() and not code.all():
        return _judge_words(source, code, setting)
    rows = line_features(source.lines, setting.headline, setting.site, setting.repeats)
    small = len(source.lines) <= MAX_EXTRACTED_LINES
    taken = extract_text(source.tree) if source.marks is not None and extract and small else ""
    if not taken.strip():
        return Judgement(rows=rows, kept=load_trees("flat").probabilities(rows))
    every = np.hstack([rows, structure_rows(source, rows, taken)])
    return Judgement(rows=rows, kept=load_trees("page").probabilities(every))


def _judge_words(source: SourceText, code: npt.NDArray[np.bool_], setting: Setting) -> Judgement:
    """The judgement of a text among whose lines stands code, as if that were not there."""
    words = [line for line, is_it in zip(source.lines, code, strict=True) if not is_it]
    inner = line_features(words, setting.headline, setting.site, setting.repeats)
    rows = np.zeros((len(code), inner.shape[1]))
    kept = np.zeros(len(code))
    rows[~code] = inner
    kept[~code] = load_trees("flat").probabilities(inner)
    return Judgement(rows=rows, kept=kept)


def structure_rows(source: SourceText, rows: Matrix, taken: str) -> Matrix:
    """What the page's structure, and the text that trafilatura took from it, say of each line."""
    prose = rows[:, columns_of()["prose"]] * np.array([min(60, len(words_of(line.text))) for line in source.lines])
    return page_features(source.lines, source.marks or [], prose, taken)


def extract_text(tree: Any) -> str:
    """What trafilatura takes for the article's text, "" when it finds none.

    Its fast mode, without metadata (read here) and comments: on 181 benchmark pages the judge on top of it scores as
    well as on the precision mode, in two thirds of the time (`python -m evals pages --set aeb` after
    `training/blocks.py`).
    """
    if tree is None:
        return ""
    try:
        document = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # whatever a hostile page breaks in it, the page is then judged without it
        return ""
    if document is None or isinstance(document, dict):
        return ""
    return document.text or ""


def headline_hint(meta: PageMeta, stated: str | None) -> str:
    """What the article is said to be about, for the features that compare lines with it."""
    if stated:
        return stated
    return meta.headlines[0].value if meta.headlines else meta.title
