"""Text with overlapping marks → a flat run of tokens that nest properly."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from copydesk.compiling.html.anchors import Back
from copydesk.compiling.html.views import Token
from copydesk.model.spans import Stretch

LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Anchored:
    """A stretch that statements link to. The first piece of it on the page bears the id, the last its ways back."""

    start: int
    end: int
    id: str
    backs: tuple[Back, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Tint:
    """A stretch to be shown in a way of its own; tints may cross."""

    start: int
    end: int
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Insert:
    """A small link set into the text before a character."""

    at: int
    css: str
    text: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All that is to be shown in one text."""

    anchored: Sequence[Anchored] = ()
    tints: Sequence[Tint] = ()
    inserts: Sequence[Insert] = ()


def lines_of(text: str, place: Stretch) -> Iterator[Stretch]:
    """The lines of a stretch that hold more than spaces."""
    for match in LINE.finditer(text, place.start, place.end):
        if match.group().strip():
            yield Stretch(start=match.start(), end=match.end())


def mark_lines(text: str, lines: Sequence[Stretch], marks: Marks) -> list[tuple[Token, ...]]:
    """The tokens of each line (lines in order, apart). Every anchor's id stands exactly once, even outside all lines."""
    waiting = sorted(marks.anchored, key=lambda a: (a.start, -a.end, a.id))[::-1]
    tints, inserts = sorted(marks.tints)[::-1], sorted(marks.inserts)[::-1]
    active: list[Anchored] = []
    showing: list[Tint] = []
    lost: list[Token] = []
    found: list[tuple[Token, ...]] = []
    for line in lines:
        while waiting and waiting[-1].start < line.end:
            active.append(waiting.pop())
        while tints and tints[-1].start < line.end:
            showing.append(tints.pop())
        here = []
        while inserts and inserts[-1].at < line.end:
            here.append(inserts.pop())
        showing = [t for t in showing if t.end > line.start]
        pieces, later = [], []
        for anchored in active:
            if anchored.end <= line.start:
                lost += _empty(anchored)
                continue
            inside = replace(anchored, start=max(anchored.start, line.start), end=min(anchored.end, line.end))
            if anchored.end > line.end:
                later.append(replace(anchored, id=""))
                inside = replace(inside, backs=())
            pieces.append(inside)
        active = later
        found.append(tuple(_line(text, line, pieces, _Tints(showing, here))))
    lost += [t for a in (*active, *waiting[::-1]) for t in _empty(a)]
    if lost:
        found[:1] = [(*lost, *found[0])] if found else [tuple(lost)]
    return found


def _empty(anchored: Anchored) -> list[Token]:
    """What is left of an anchor with no characters on the page: its id, so that links to it hold."""
    opened = [Token(kind="open", id=anchored.id), Token(kind="close")] if anchored.id else []
    return [*opened, *(_back(b) for b in anchored.backs)]


def _back(back: Back) -> Token:
    return Token(kind="ref", css="back", text=back.label, href=back.href, title=back.title)


class _Tints:
    """The tints and inserts of one line, handed out run by run."""

    def __init__(self, tints: Sequence[Tint], inserts: Sequence[Insert]) -> None:
        self._tints = tints
        self._inserts = sorted(inserts)[::-1]
        self._cuts = sorted({x for t in tints for x in (t.start, t.end)} | {i.at for i in inserts})

    def runs(self, text: str, start: int, end: int) -> Iterator[Token]:
        cuts = [start, *(c for c in self._cuts if start < c < end), end]
        for first, last in pairwise(cuts):
            while self._inserts and self._inserts[-1].at <= first < last:
                insert = self._inserts.pop()
                yield Token(kind="ref", css=insert.css, text=insert.text, href=insert.href, title=insert.title)
            if first < last:
                over = [t for t in self._tints if t.start <= first and last <= t.end]
                yield Token(
                    kind="text",
                    css=" ".join(dict.fromkeys(c for t in over for c in t.css.split())),
                    text=text[first:last],
                    title="; ".join(dict.fromkeys(t.title for t in over if t.title)),
                )


def _line(text: str, line: Stretch, pieces: list[Anchored], tints: _Tints) -> Iterator[Token]:
    """Opens and closes the pieces as a tree: one that crosses the end of another goes on behind it, without its id."""
    heap = [(p.start, -p.end, i, p) for i, p in enumerate(pieces)]
    heapq.heapify(heap)
    counter = len(heap)
    stack: list[Anchored] = []
    cursor = line.start
    while heap or stack:
        if stack and (not heap or stack[-1].end <= heap[0][0]):
            top = stack.pop()
            yield from tints.runs(text, cursor, top.end)
            cursor = top.end
            yield Token(kind="close")
            yield from (_back(b) for b in top.backs)
            continue
        piece = heapq.heappop(heap)[3]
        if stack and piece.end > stack[-1].end:
            rest = replace(piece, start=stack[-1].end, id="")
            heapq.heappush(heap, (rest.start, -rest.end, counter, rest))
            counter += 1
            piece = replace(piece, end=stack[-1].end, backs=())
        yield from tints.runs(text, cursor, piece.start)
        cursor = piece.start
        yield Token(kind="open", id=piece.id, css="w")
        stack.append(piece)
    yield from tints.runs(text, cursor, line.end)
