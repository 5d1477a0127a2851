"""data/pages, data/copies, data/dossiers → a row of features, a label and a weight for each line of their captures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from copydesk.cleaning.features import columns_of, line_features, words_of
from copydesk.cleaning.flatten import Mark
from copydesk.cleaning.judge import extract_votes, headline_hint, structure_rows
from copydesk.cleaning.lines import Line, split_lines
from copydesk.cleaning.metadata import read_meta
from copydesk.cleaning.options import CleaningOptions
from copydesk.cleaning.repeats import find_repeats, site_of
from copydesk.cleaning.source import read_source
from copydesk.model.articles import Repeats
from copydesk.model.captures import Capture
from evals.flat import body_sets, by_inscriptis, by_selectolax, capture_record, flatten_capture
from evals.pages import capture_page, page_sets
from evals.rows import Request
from training.furniture import furnish

Rows = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
SEED = 20240613
OPTIONS = CleaningOptions()
NO_REPEATS = Repeats(pages=1, by_pile={}, by_outlet={})
MIN_RUN = 4
WEIGHT_OF = {"copies": 0.35, "dossiers": 0.3, "furnished": 0.6, "taught": 0.5}  # many pages of few outlets, and text that is nearly all article
PLAIN_WEIGHT = 0.4  # of a page flattened without a break between its elements: such text is rare, and unlike any other
STRING_WEIGHT = 1.5  # of a line with a wanted or unwanted string; a whole page weighs 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One capture's rows with a label and a weight a line; `gold` is what the fold's figures are read from."""

    set: str
    id: str
    group: str
    lines: list[Line]
    marks: list[Mark] | None
    rows: Rows
    labels: Floats
    weights: Floats
    gold: dict[str, Any]

    def fold(self, salt: str = "") -> int:
        return int(md5((salt + self.group).encode()).hexdigest(), 16)


def plain_text(markup: str) -> str:
    """The page's text nodes as they stand, as the simplest flatteners give them."""
    page = LexborHTMLParser(markup)
    page.strip_tags(["script", "style", "noscript", "template"])
    return page.body.text() if page.body is not None else ""


FLATTENERS: dict[str, Callable[[str], str]] = {"inscriptis": by_inscriptis, "selectolax": by_selectolax, "plain": plain_text}


def aligned(lines: Sequence[Line], text: str) -> Floats:
    """Share of each line's words in runs that a longest common subsequence of the page's and the text's words has whole.

    So what a page prints twice counts once, which a look at each line by itself cannot tell.
    """
    words: list[str] = []
    owner: list[int] = []
    for i, line in enumerate(lines):
        found = words_of(line.text)
        words += found
        owner += [i] * len(found)
    whole = {" ".join(words_of(piece)) for piece in text.split("\n")}
    hit = np.zeros(len(words))
    for step in LCSseq.opcodes(words, words_of_all(text)):
        begin, end = step.src_start, step.src_end
        if step.tag != "equal":
            continue
        starts = begin == 0 or owner[begin - 1] != owner[begin]
        ends = end == len(owner) or owner[end] != owner[end - 1]
        one_line = owner[begin] == owner[end - 1] and starts and ends
        if end - begin >= MIN_RUN or (one_line and " ".join(words[begin:end]) in whole):
            hit[begin:end] = 1.0
    shares = np.bincount(owner, hit, minlength=len(lines)) if owner else np.zeros(len(lines))
    return shares / np.maximum(1, np.bincount(owner, minlength=len(lines)) if owner else 1)


def words_of_all(text: str) -> list[str]:
    return [word for piece in text.split("\n") for word in words_of(piece)]


def label_lines(lines: Sequence[Line], gold: dict[str, Any]) -> tuple[Floats, Floats]:
    """Share of each line that is article, and whether that is known."""
    if "text" in gold:
        return aligned(lines, gold["text"]), np.ones(len(lines))
    labels, known = np.zeros(len(lines)), np.zeros(len(lines))
    for i, line in enumerate(lines):
        text = " ".join(line.text.split())
        for sign, strings in ((1.0, gold["with"]), (0.0, gold["without"])):
            for string in (" ".join(s.split()) for s in strings):
                if (string in text and (sign or len(text) < 4 * len(string))) or (len(text) > 15 and text in string):
                    labels[i], known[i] = sign, 1.0
    return labels, known


def weigh(lines: Sequence[Line], known: Floats, gold: dict[str, Any], share: float) -> Floats:
    """Each line by its length, each page alike; strings by themselves."""
    if "with" in gold:
        return known * STRING_WEIGHT
    weights = known * (0.3 + np.minimum([len(line.text) for line in lines], 400) / 100)
    return weights / max(30.0, float(weights.sum())) * 100 * share


def page_sheets(data: Path, form: str) -> Iterator[Sheet]:
    """Every page, as a page or as each flattener gives it; with all that its set tells, and by itself."""
    for pages in page_sets(Request(data=data)):
        if form == "page":
            yield from form_sheets(pages.records, [capture_page(pages, r) for r in pages.records], pages.name)
            continue
        for name, flattener in FLATTENERS.items():
            captures = [flatten_capture(capture_page(pages, r), flattener) for r in pages.records]
            sheets = form_sheets(pages.records, captures, f"{pages.name}/{name}")
            for sheet in sheets:
                if is_third(sheet.id, name) or name == "plain" if sheet.set.endswith("/alone") else name != "plain":
                    yield sheet


def is_third(name: str, salt: str = "") -> bool:
    """Whether a capture is of the third that stands by itself too: those say it all."""
    return int(md5((salt + name).encode()).hexdigest(), 16) % 3 == 0


def form_sheets(records: Sequence[dict[str, Any]], captures: Sequence[Capture], name: str) -> Iterator[Sheet]:
    repeats = find_repeats(captures, OPTIONS)
    for record, capture in zip(records, captures, strict=True):
        source = read_source(capture, OPTIONS)
        if isinstance(source, str) or (capture.medium == "html" and source.marks is None):
            continue
        site = urlsplit(record.get("url") or "").hostname or record["id"].split("-")[0]
        hint = headline_hint(read_meta(source.tree), None) if source.tree is not None else ""
        votes = extract_votes(source) if source.marks is not None else ("", "")
        labels, known = label_lines(source.lines, record)
        for kind, among in (("pile", repeats), ("alone", NO_REPEATS)):
            rows = line_features(source.lines, hint, site_of(capture) if kind == "pile" else "", among)
            if source.marks is not None:
                rows = np.hstack([rows, structure_rows(source, rows, votes)])
            yield Sheet(
                set=f"{name}/{kind}", id=record["id"], group=site, lines=source.lines, marks=source.marks,
                rows=rows.astype(np.float32), labels=labels, weights=weigh(source.lines, known, record, 0.5) * PLAIN_WEIGHT if "/plain" in name else weigh(source.lines, known, record, 0.5),
                gold=record,
            )  # fmt: skip


def copies_sheets(data: Path) -> Iterator[Sheet]:
    """Every page built by hand, once with all that a pile tells and once by itself."""
    for name, records in body_sets(Request(data=data)):
        captures = [capture_record(r) for r in records]
        repeats = find_repeats(captures, OPTIONS)
        for record, capture in zip(records, captures, strict=True):
            source = read_source(capture, OPTIONS)
            if isinstance(source, str):
                continue
            body = np.zeros(len(record["text"]) + 1)
            for start, end in record["body"]:
                body[start:end] = 1.0
            labels = np.array([body[line.start : line.end].mean() for line in source.lines])
            weights = weigh(source.lines, np.ones(len(labels)), {}, WEIGHT_OF["copies"])
            for kind, headline, known in (("pile", record["headline"] or "", repeats), ("alone", "", NO_REPEATS)):
                if kind == "alone" and not is_third(record["id"]):
                    continue
                rows = line_features(source.lines, headline, site_of(capture), known).astype(np.float32)
                yield Sheet(
                    set=f"{name}/{kind}", id=record["id"], group=record["outlet"], lines=source.lines, marks=None, rows=rows,
                    labels=labels, weights=weights, gold={},
                )  # fmt: skip


def clean_sheets(data: Path) -> Iterator[Sheet]:
    """Texts that are article nearly whole; lines that speak of anything else are left out of training."""
    at = columns_of()
    doubtful = [at[f"turn_{t}"] for t in ("legal", "prompt", "advert", "photo", "credit", "byline", "stamp", "related", "share")]
    for path in sorted((data / "dossiers").glob("*/*.txt")):
        lines = split_lines(path.read_text(encoding="utf-8"), OPTIONS.max_lines)
        if len(lines) < 4:
            continue
        rows = line_features(lines, "", "", NO_REPEATS)
        known = (rows[:, doubtful].max(axis=1) == 0).astype(np.float64)
        known[0] = 0.0
        weights = weigh(lines, known, {}, WEIGHT_OF["dossiers"])
        yield Sheet(
            set="dossiers", id=path.stem, group=path.parent.name, lines=lines, marks=None, rows=rows.astype(np.float32),
            labels=np.ones(len(lines)), weights=weights, gold={},
        )  # fmt: skip


def furnished_sheets(data: Path) -> Iterator[Sheet]:
    """Clean articles on invented pages; lines of an article that are no sentences are left out of training."""
    articles: list[tuple[str, list[str], str]] = []
    for pages in page_sets(Request(data=data)):
        for record in pages.records:
            if "text" in record:
                lines = [piece.strip() for piece in record["text"].split("\n") if piece.strip()]
                site = urlsplit(record.get("url") or "").hostname or record["id"]
                articles.append((" ".join(lines[0].split()[:11]) if lines else "", lines, site))
    for path in sorted((data / "dossiers").glob("*/*.txt")):
        lines = [piece.strip() for piece in path.read_text(encoding="utf-8").split("\n") if piece.strip()]
        articles.append((lines[0] if lines else "", lines[1:], path.parent.name))
    articles = [a for a in articles if len(a[1]) > 3]
    at = columns_of()
    for i, (headline, paragraphs, group) in enumerate(articles):
        random = Random(SEED + i)
        near = [a for a in articles if a[2] != group]
        others = [(h, p[0]) for h, p, _ in random.sample(near, min(10, len(near)))]
        furnished = furnish(paragraphs, headline, others, random)
        between = random.choice(("\n", "\n\n", "\n\n\n"))
        text, places = "", []
        for line, is_article in furnished:
            places.append((len(text), len(text) + len(line), is_article))
            text += line + (between if random.random() < 0.9 else "\n")
        lines = split_lines(text, OPTIONS.max_lines)
        body = np.zeros(len(text) + 1)
        for start, end, is_article in places:
            body[start:end] = is_article
        labels = np.array([body[line.start : line.end].mean() for line in lines])
        rows = line_features(lines, headline if random.random() < 0.3 else "", "", NO_REPEATS)
        known = ((labels < 0.5) | (rows[:, at["prose"]] > 0.15)).astype(np.float64)
        yield Sheet(
            set="furnished", id=str(i), group=group, lines=lines, marks=None, rows=rows.astype(np.float32), labels=labels,
            weights=weigh(lines, known, {}, WEIGHT_OF["furnished"]), gold={},
        )  # fmt: skip
