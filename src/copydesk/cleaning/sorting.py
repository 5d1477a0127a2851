"""Judged lines → what each stretch of the source text is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.blocks import Judged
from copydesk.cleaning.by_lines import is_byline
from copydesk.cleaning.bylines import LONE_NAME
from copydesk.cleaning.dates import find_notice_year
from copydesk.cleaning.echoes import find_echoes
from copydesk.cleaning.features import columns_of, words_of
from copydesk.cleaning.fields import find_dateline, is_agency, notice_holder
from copydesk.cleaning.headlines import Heading, repeats_heading
from copydesk.cleaning.judge import Judgement
from copydesk.cleaning.kinds import describe, speaks_of_the_page
from copydesk.cleaning.lines import Line
from copydesk.cleaning.source import SourceText
from copydesk.cleaning.stamp_lines import NEAR, only_stamps

NAMED = 4  # lines at the text's beginning among which one may name its writer
SURE, UNLIKELY = 0.8, 0.1  # by eye on flattened pages: a sentence below the second is a teaser among paragraphs
VERY_SURE = 0.95
REPEATED_PAGES = 4  # pages of one outlet that a line must stand on to outrank the judge: revisions are fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """Every line with its kind, in order; which lines are body; and the dateline's words, "" when there is none."""

    judged: list[Judged]
    body: list[int]
    dateline: str


def sort_lines(
    source: SourceText, judgement: Judgement, heading: Heading, likely: npt.NDArray[np.bool_], outlet: str | None
) -> Sorting:
    """What each line is; `likely` tells those to keep. A text whose every line is doubtful keeps its likeliest ones."""
    lines = source.lines
    body = _body(source, judgement, heading, likely)
    body = [i for i in body if not speaks_of_the_page(lines[i].text, outlet)] or body
    again = {body[k] for k in find_echoes([lines[i].text for i in body], heading.words)}
    body = [i for i in body if i not in again]
    stamps = only_stamps(source, body)
    named = {i for i in body[:NAMED] if is_byline(lines[i].text)} if len(body) > NAMED else set()
    body = [i for i in body if i not in stamps and i not in named] or body
    first, last = (body[0], body[-1]) if body else (0, len(lines) - 1)
    in_body = set(body)
    judged: list[Judged] = []
    dateline = ""
    for i, line in enumerate(lines):
        if i == heading.line:
            judged.extend(_headline(line, heading))
        elif i in named:
            judged.append(Judged(start=line.start, end=line.end, kind="byline", reason="says who wrote it"))
        elif i in in_body:
            start = line.start
            found = find_dateline(line.text) if not dateline and i in body[:3] else None
            if found is not None and found[0] < len(line.text):
                dateline = line.text[: found[0]].rstrip(" –—―-")
                end = start + len(line.text[: found[0]].rstrip())
                judged.append(
                    Judged(start=start, end=end, kind="dateline", reason="dateline: where, or by whom, it was filed")
                )
                start += found[0]
            reason = f"article text (probability {judgement.kept[i]:.2f})"
            judged.append(Judged(start=start, end=line.end, kind="body", reason=reason))
        elif i in again:
            judged.append(
                Judged(start=line.start, end=line.end, kind="furniture", reason="says again what the article says")
            )
        elif len(line.text) <= 2 * len(heading.words) and repeats_heading(line.text, heading.words):
            judged.append(Judged(start=line.start, end=line.end, kind="furniture", reason="says the headline again"))
        else:
            near = first - NEAR <= i <= last + NEAR
            kind, reason = describe(line.text, source.marks[i] if source.marks else None, outlet, near)
            pages = round(math.expm1(judgement.rows[i, columns_of()["by_outlet"]]))
            reason += f"; on {pages} pages of this outlet" if pages > 1 else ""
            judged.append(Judged(start=line.start, end=line.end, kind=kind, reason=reason))
    return Sorting(judged=judged, body=body, dateline=dateline)


def _headline(line: Line, heading: Heading) -> Iterator[Judged]:
    """The headline in its line, and what stands over or behind it there."""
    before, words, after = line.text.partition(heading.words)
    if not words or not (before.strip() or after.strip()):
        yield Judged(start=line.start, end=line.end, kind="headline", reason=heading.reason)
        return
    start = line.start + len(before)
    for piece, at in ((before, line.start), (after, start + len(words))):
        if piece.strip():
            begin = at + len(piece) - len(piece.lstrip())
            reason = "stands with the headline, not of it"
            yield Judged(start=begin, end=begin + len(piece.strip()), kind="furniture", reason=reason)
    yield Judged(start=start, end=start + len(words), kind="headline", reason=heading.reason)


def _body(source: SourceText, judgement: Judgement, heading: Heading, likely: npt.NDArray[np.bool_]) -> list[int]:
    kept = judgement.kept
    chosen = [
        i for i, line in enumerate(source.lines)
        if i != heading.line and likely[i] and not (heading.words and _is_heading_again(line.text, heading, i))
    ]  # fmt: skip
    if chosen or not len(kept):
        chosen = _without_repeated(_with_sentences_between(chosen, judgement), judgement)
        return _without_author_box(chosen, source, judgement)
    others = [i for i in range(len(kept)) if i != heading.line and len(words_of(source.lines[i].text)) > 0]
    if not others:
        return []
    best = max(kept[i] for i in others)
    return [i for i in others if kept[i] >= 0.6 * best]


def _with_sentences_between(chosen: list[int], judgement: Judgement) -> list[int]:
    """The chosen lines and the short sentences that stand alone between two sure paragraphs of the article."""
    at = columns_of()
    turns = [column for name, column in at.items() if name.startswith("turn_")]
    sure = {i for i in chosen if judgement.kept[i] >= SURE}
    between = [
        i for i in range(1, len(judgement.kept) - 1)
        if i - 1 in sure and i + 1 in sure and i not in sure and judgement.kept[i] >= UNLIKELY
        and judgement.rows[i, at["ends"]] and not judgement.rows[i, at["ends_ellipsis"]] and not judgement.rows[i, turns].any()
    ]  # fmt: skip
    return sorted({*chosen, *between})


def _without_repeated(chosen: list[int], judgement: Judgement) -> list[int]:
    """The chosen lines without those that other pages of the outlet have too, unless most have: that is a reprint."""
    least = math.log1p(REPEATED_PAGES) - 1e-9
    repeated = {i for i in chosen if judgement.rows[i, columns_of()["by_outlet"]] >= least}
    return [i for i in chosen if i not in repeated] if len(repeated) * 2 < len(chosen) else chosen


def _without_author_box(chosen: list[int], source: SourceText, judgement: Judgement) -> list[int]:
    """The chosen lines without a last one that tells of a writer whose name stands alone above it."""
    if len(chosen) < 3:
        return chosen
    last = chosen[-1]
    about = judgement.rows[last, columns_of()["turn_about"]] > 0 and judgement.kept[last] < VERY_SURE
    named = last - 1 not in chosen and LONE_NAME.fullmatch(source.lines[last - 1].text) is not None
    return chosen[:-1] if about and named else chosen


def _is_heading_again(text: str, heading: Heading, place: int) -> bool:
    return heading.line is not None and abs(place - heading.line) <= 6 and repeats_heading(text, heading.words)


def notice_of(source: SourceText, sorting: Sorting, outlet: str | None) -> tuple[int, int, int, bool] | None:
    """Place and year of the copyright notice and whether it is an agency's: that one dates the text, a site's its page."""
    own = None
    for j in sorting.judged:
        if j.kind not in ("legal", "credit", "furniture", "caption"):
            continue
        text = source.text[j.start : min(j.end, j.start + 600)]
        found = find_notice_year(text)
        if found is None or j.kind == "caption":
            continue
        holder = notice_holder(text)
        agency = bool(holder) and holder.casefold() != (outlet or "").casefold() and is_agency(holder)
        notice = (j.start + found[0], j.start + found[1], found[2], agency)
        if agency:
            return notice
        own = notice
    return own
