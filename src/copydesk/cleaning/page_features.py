"""A page's marks and two extractors' votes → what its structure says of each line, columns by `PAGE_COLUMNS`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from copydesk.cleaning.features import Matrix, densest
from copydesk.cleaning.flatten import Inside, Mark
from copydesk.cleaning.lines import Line
from copydesk.cleaning.page_tree import TREE_COLUMNS, tree_columns
from copydesk.cleaning.source import SourceText

SHINGLE = 4
_WORD = re.compile(r"\w+")
_TAGS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "tr",
    "blockquote",
    "figcaption",
    "div",
    "section",
    "dd",
    "pre",
    "article",
)
_FLAGS = tuple(f for f in Inside)
VOTES = ("extracted", "outlined")  # what trafilatura takes, and what resiliparse takes
PAGE_COLUMNS: tuple[str, ...] = (
    "link_share", "all_link", "emphasis_share", "depth",
    *(f"tag_{t}" for t in _TAGS), *(f"in_{f.name}" for f in _FLAGS),
    *(f"{v}{x}" for v in VOTES for x in ("", "-2", "-1", "+1", "+2", "_page", "_core", "_until")),
    *(f"{h}_{x}" for h in ("home", "yard") for x in ("prose", "lines", "link_share", *VOTES)), "link_share-1", "link_share+1",
    *TREE_COLUMNS,
    "same_tag_prose", "depth_from_body",
)  # fmt: skip
_AT = {name: i for i, name in enumerate(PAGE_COLUMNS)}


def covered(lines: Sequence[Line], text: str) -> Matrix:
    """For each line the share of its words that stand in some 4-word run of the text, runs going over line ends."""
    wanted_words = _WORD.findall(text)
    wanted = set(zip(*(wanted_words[i:] for i in range(SHINGLE)), strict=False))
    words: list[str] = []
    ends = []
    for line in lines:
        words.extend(_WORD.findall(line.text))
        ends.append(len(words))
    hit = np.zeros(len(words) + 1)
    for i, run in enumerate(zip(*(words[i:] for i in range(SHINGLE)), strict=False)):
        if run in wanted:
            hit[i : i + SHINGLE] = 1.0
    whole = {" ".join(_WORD.findall(piece)) for piece in text.split("\n")} if len(text) < 2_000_000 else set()
    shares = np.zeros(len(lines))
    begin = 0
    for i, end in enumerate(ends):
        if end > begin:
            shares[i] = hit[begin:end].mean()
            if shares[i] < 1 and end - begin < SHINGLE and " ".join(words[begin:end]) in whole:
                shares[i] = 1.0
        begin = end
    return shares


def page_features(source: SourceText, prose: Any, votes: tuple[str, str]) -> Matrix:
    """One row a line; `prose` is each line's amount of prose words, `votes` what each extractor took, as in VOTES."""
    lines, marks = source.lines, source.marks or []
    n = len(lines)
    rows = np.zeros((n, len(PAGE_COLUMNS)))
    if not n:
        return rows
    lengths = np.array([max(1, len(line.text)) for line in lines], dtype=np.float64)
    link = np.minimum(1.0, np.array([m.link_chars for m in marks]) / lengths)
    rows[:, _AT["link_share"]] = link
    rows[:, _AT["all_link"]] = link > 0.9
    rows[:, _AT["emphasis_share"]] = np.minimum(1.0, np.array([m.emphasis_chars for m in marks]) / lengths)
    depth = np.array([m.depth for m in marks], dtype=np.float64)
    rows[:, _AT["depth"]] = np.minimum(depth, 40) / 40
    for i, mark in enumerate(marks):
        column = _AT.get(f"tag_{mark.tag}")
        if column is not None:
            rows[i, column] = 1.0
    inside = np.array([int(m.inside) for m in marks], dtype=np.int64)
    for flag in _FLAGS:
        rows[:, _AT[f"in_{flag.name}"]] = (inside & int(flag)) > 0
    rows[:, [_AT[c] for c in TREE_COLUMNS]] = tree_columns(source.parents, marks, lengths, prose)
    fill_votes(rows, lines, marks, [covered(lines, text) for text in votes])
    for name in ("home", "yard"):
        _fill_siblings(rows, name, [m.home if name == "home" else m.yard for m in marks], prose)
    places = Counter[tuple[str, int]]()
    for mark, amount in zip(marks, prose, strict=True):
        places[(mark.tag, mark.depth)] += amount
    rows[:, _AT["same_tag_prose"]] = [places[(m.tag, m.depth)] / max(1e-9, prose.sum()) for m in marks]
    rows[1:, _AT["link_share-1"]] = link[:-1]
    rows[:-1, _AT["link_share+1"]] = link[1:]
    if prose.sum() > 0:
        rows[:, _AT["depth_from_body"]] = np.clip(depth - np.average(depth, weights=prose), -10, 10) / 10
    return rows


def fill_votes(rows: Matrix, lines: Sequence[Line], marks: Sequence[Mark], votes: Sequence[Matrix]) -> None:
    """Fills in all that depends on the votes: for each of VOTES the share of each line that an extractor took."""
    lengths = np.array([max(1, len(line.text)) for line in lines], dtype=np.float64)
    groups = {name: np.unique([getattr(m, name) for m in marks], return_inverse=True)[1] for name in ("home", "yard")}
    for vote, shares in zip(VOTES, votes, strict=True):
        _fill_vote(rows, vote, shares, lengths)
        for name, group in groups.items():
            rows[:, _AT[f"{name}_{vote}"]] = (np.bincount(group, shares) / np.bincount(group))[group]


def _fill_vote(rows: Matrix, vote: str, shares: Matrix, lengths: Matrix) -> None:
    n = len(shares)
    rows[:, _AT[vote]] = shares
    for shift in (1, 2):
        if n > shift:
            rows[shift:, _AT[f"{vote}-{shift}"]] = shares[:-shift]
            rows[:-shift, _AT[f"{vote}+{shift}"]] = shares[shift:]
    taken = shares * lengths
    rows[:, _AT[f"{vote}_page"]] = taken.sum() / lengths.sum()
    first, last = densest((shares - 0.5) * lengths)
    place = np.arange(n)
    rows[:, _AT[f"{vote}_core"]] = (place >= first) & (place <= last)
    rows[:, _AT[f"{vote}_until"]] = np.cumsum(taken) / max(1.0, taken.sum())


def _fill_siblings(rows: Matrix, name: str, homes: Sequence[int], prose: Any) -> None:
    """What the lines under one element hold together."""
    _, home = np.unique(np.array(homes), return_inverse=True)
    held = np.bincount(home)
    rows[:, _AT[f"{name}_prose"]] = (np.bincount(home, prose) / max(1e-9, prose.sum()))[home]
    rows[:, _AT[f"{name}_lines"]] = np.log1p(np.minimum(held, 100))[home]
    rows[:, _AT[f"{name}_link_share"]] = (np.bincount(home, rows[:, _AT["link_share"]]) / held)[home]
