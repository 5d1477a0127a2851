"""Source text → the probability of each line that it is article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction

from copydesk.cleaning.features import Matrix, columns_of, line_features
from copydesk.cleaning.flatten import Inside, Mark
from copydesk.cleaning.lines import Line, is_code
from copydesk.cleaning.metadata import PageMeta
from copydesk.cleaning.page_features import page_features
from copydesk.cleaning.second_look import second_rows
from copydesk.cleaning.source import SourceText
from copydesk.cleaning.threads import find_threads
from copydesk.cleaning.trees import load_trees
from copydesk.model.articles import Repeats

Floats = npt.NDArray[np.float64]
MIN_BESIDE_COMMENTS = 200  # characters; less is a page that its maker calls a comment as a whole
COMMENT_AT_MOST = 0.2
KEEP_AT_LEAST = 0.1  # of a text that nothing speaks for nothing is kept; level from .08 to .2 held out by site
MAX_LINE_INK = 2_000
MAX_LABEL = 60  # characters of a heading over other articles, a button, a note
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
    """How much each line belongs to the article: by its text, and for a page by its structure too."""
    code = np.array([source.marks is None and is_code(line.text) for line in source.lines], dtype=np.bool_)
    if code.any() and not code.all():
        return _judge_words(source, code, setting)
    rows = line_features(source.lines, setting.headline, setting.site, setting.repeats)
    if source.marks is None or not extract:
        return Judgement(rows=rows, kept=judge_words(rows, source.lines))
    votes = extract_votes(source) if len(source.lines) <= MAX_EXTRACTED_LINES else ("", "")
    kept = load_trees("page").probabilities(np.hstack([rows, structure_rows(source, rows, votes)]))
    return Judgement(rows=rows, kept=without_comments(kept, source.lines, source.marks))


def judge_words(rows: Matrix, lines: Sequence[Line]) -> Floats:
    """The probability of each line by words alone: by its own row, then with what the first probabilities say around it."""
    if not len(lines):
        return np.zeros(0)
    first = without_threads(load_trees("flat").probabilities(rows), lines)
    return without_threads(load_trees("flat-second").probabilities(np.hstack([rows, second_rows(lines, first)])), lines)


def without_threads(kept: Floats, lines: Sequence[Line]) -> Floats:
    """The probabilities with threads of readers' comments made unlikely."""
    return np.where(find_threads(lines), np.minimum(kept, COMMENT_AT_MOST), kept)


def without_comments(kept: Floats, lines: Sequence[Line], marks: Sequence[Mark]) -> Floats:
    """The probabilities with comment sections made unlikely: they are none of the article where anything else is.

    On the training pages 2 of 101 such sections hold a line of it (112 of 47,681 characters), too few pages for the
    trees to learn that from.
    """
    commented = np.array([bool(m.inside & int(Inside.COMMENT)) for m in marks], dtype=np.bool_)
    lengths = np.array([len(line.text) for line in lines])
    if lengths[(kept >= 0.5) & ~commented].sum() < MIN_BESIDE_COMMENTS:
        return kept
    return np.where(commented, np.minimum(kept, COMMENT_AT_MOST), kept)


def find_likely(
    lines: Sequence[Line], judgement: Judgement, keep_from: float, *, is_page: bool
) -> npt.NDArray[np.bool_]:
    """Which lines are likely enough to be kept.

    Of flattened text those from half the F1, by characters, that can be expected of it at best, which is where the
    expected F1 is highest (Lipton, Elkan, Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1
    measure"): where the judge doubts a text as a whole, its likelier lines still make the best article. Of the lines that
    only this lets in, a short one that speaks for the page stays out. Pages, whose structure leaves fewer doubts, lose
    .005 by it held out by site, and are cut at `keep_from`.
    """
    kept = judgement.kept
    if is_page or not len(kept):
        return np.asarray(kept >= keep_from, dtype=np.bool_)
    lengths = np.array([len(line.text) for line in lines])
    ink = np.minimum(lengths, MAX_LINE_INK).astype(np.float64)
    likeliest = np.argsort(-kept, kind="stable")
    right = np.cumsum((ink * kept)[likeliest])
    expected = 2.0 * right / (np.cumsum(ink[likeliest]) + right[-1])
    speaks = judgement.rows[:, [at for name, at in columns_of().items() if name.startswith("turn_")]].max(axis=1) > 0
    half = np.clip(expected.max() / 2.0, KEEP_AT_LEAST, keep_from)
    return np.asarray(kept >= np.where(speaks & (lengths < MAX_LABEL), keep_from, half), dtype=np.bool_)


def _judge_words(source: SourceText, code: npt.NDArray[np.bool_], setting: Setting) -> Judgement:
    """The judgement of a text among whose lines stands code, as if that were not there."""
    words = [line for line, is_it in zip(source.lines, code, strict=True) if not is_it]
    inner = line_features(words, setting.headline, setting.site, setting.repeats)
    rows = np.zeros((len(code), inner.shape[1]))
    kept = np.zeros(len(code))
    rows[~code] = inner
    kept[~code] = judge_words(inner, words)
    return Judgement(rows=rows, kept=kept)


def structure_rows(source: SourceText, rows: Matrix, votes: tuple[str, str]) -> Matrix:
    """What the page's structure, and the texts that extractors took from it, say of each line."""
    words = np.rint(np.expm1(rows[:, columns_of()["words"]]))
    prose = rows[:, columns_of()["prose"]] * np.minimum(60.0, words)
    return page_features(source, prose, votes)


def extract_votes(source: SourceText) -> tuple[str, str]:
    """What trafilatura and resiliparse take for the page's article, "" where one finds none."""
    return _by_trafilatura(source.tree), _by_resiliparse(source.markup)


def _by_trafilatura(tree: Any) -> str:
    """Its fast mode, without metadata (read here) and comments: on 181 benchmark pages the judge on top of it scores as
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


def _by_resiliparse(markup: str) -> str:
    try:
        return str(
            extract_plain_text(
                markup, main_content=True, links=False, alt_texts=False, noscript=False, list_bullets=False
            )
        )
    except Exception:  # as above
        return ""


def headline_hint(meta: PageMeta, stated: str | None) -> str:
    """What the article is said to be about, for the features that compare lines with it."""
    if stated:
        return stated
    return meta.headlines[0].value if meta.headlines else meta.title
