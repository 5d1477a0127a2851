"""Two articles and their copy link → what stands in both, passage beside passage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from copydesk import desk
from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink, Passage
from copydesk.model.spans import Stretch

RowKind = Literal["passage", "left", "right"]
WORDS_MAX = 3_000  # characters of a passage that are compared word by word; a longer one is shown as it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a passage's text; `changed` where the other side has other words or none."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the comparison: a passage on both sides, or text that only one side has."""

    kind: RowKind
    id: str
    copy_kind: str = ""
    similarity: str = ""
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    moved: str = ""  # where the left words stand when not in this order
    left_href: str = ""
    right_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two articles aligned; `link` is None when none is known between them."""

    left: Article
    right: Article
    link: CopyLink | None
    rows: tuple[Row, ...]
    shared_left: float
    shared_right: float


def compare(left: Article, right: Article, link: CopyLink | None) -> Comparison:
    """The right article from its first line to its last, each passage beside the words of the left that it has."""
    pairs = list(_pairs(left, link))
    rows = tuple(_rows(left, right, pairs)) if pairs else tuple(_apart(left, right))
    return Comparison(
        left=left, right=right, link=link, rows=rows,
        shared_left=_share([p for p, _, _ in pairs], left), shared_right=_share([p for _, p, _ in pairs], right),
    )  # fmt: skip


def find_link(links: Sequence[CopyLink], left: str, right: str) -> CopyLink | None:
    """The link between two articles, whichever way it goes."""
    return next((x for x in links if {x.origin, x.copy} == {left, right}), None)


def _pairs(left: Article, link: CopyLink | None) -> Iterator[tuple[Stretch, Stretch, Passage]]:
    """Each passage's place on the left and on the right, in order of the right; none twice."""
    if link is None:
        return
    flipped = link.origin != left.id
    found = [(p.copy, p.origin, p) if flipped else (p.origin, p.copy, p) for p in link.passages if p.origin is not None]
    end = 0
    for one, other, passage in sorted(
        ((a, b, p) for a, b, p in found if a is not None and b is not None), key=lambda x: (x[1], x[0])
    ):
        if other.start >= end:
            end = other.end
            yield one, other, passage


def _rows(left: Article, right: Article, pairs: Sequence[tuple[Stretch, Stretch, Passage]]) -> Iterator[Row]:
    steady = _longest_rising([one.start for one, _, _ in pairs])
    held = sorted((one for one, _, _ in pairs), key=lambda s: s.start)
    done_left = done_right = 0
    for place, (one, other, passage) in enumerate(pairs):
        if place in steady:
            for gap in _gaps(Stretch(start=done_left, end=one.start), held):
                yield from _alone(left, gap, "left")
            done_left = max(done_left, one.end)
        yield from _alone(right, Stretch(start=done_right, end=other.start), "right")
        done_right = other.end
        moved = "" if place in steady else "stands elsewhere in the other article"
        yield _passage(left, right, (one, other, passage), moved)
    for gap in _gaps(Stretch(start=done_left, end=len(left.text)), held):
        yield from _alone(left, gap, "left")
    yield from _alone(right, Stretch(start=done_right, end=len(right.text)), "right")


def _passage(left: Article, right: Article, pair: tuple[Stretch, Stretch, Passage], moved: str) -> Row:
    one, other, passage = pair
    here, there = left.text[one.start : one.end], right.text[other.start : other.end]
    changes = () if max(len(here), len(there)) > WORDS_MAX or here == there else desk.find_changes(here, there)
    return Row(
        kind="passage", id=f"p-{one.start}-{other.start}", copy_kind=passage.kind, similarity=f"{passage.similarity:.0%}",
        left=_pieces(here, [c.before for c in changes]), right=_pieces(there, [c.after for c in changes]), moved=moved,
        left_href=f"/articles/{left.id}?at={one.start}-{one.end}#at", right_href=f"/articles/{right.id}?at={other.start}-{other.end}#at",
    )  # fmt: skip


def _pieces(text: str, changed: Sequence[Stretch]) -> tuple[Piece, ...]:
    found, at = [], 0
    for stretch in changed:
        if stretch.start < stretch.end:
            found += [Piece(text=text[at : stretch.start]), Piece(text=text[stretch.start : stretch.end], changed=True)]
            at = stretch.end
    return tuple(p for p in (*found, Piece(text=text[at:])) if p.text)


def _gaps(whole: Stretch, held: Sequence[Stretch]) -> Iterator[Stretch]:
    """What of a stretch no passage holds."""
    at = whole.start
    for stretch in held:
        if stretch.end <= at or stretch.start >= whole.end:
            continue
        if stretch.start > at:
            yield Stretch(start=at, end=stretch.start)
        at = max(at, stretch.end)
    if at < whole.end:
        yield Stretch(start=at, end=whole.end)


def _alone(article: Article, stretch: Stretch, side: Literal["left", "right"]) -> Iterator[Row]:
    words = article.text[stretch.start : stretch.end].strip()
    if not any(c.isalnum() for c in words):
        return
    pieces = (Piece(text=words),)
    start = article.text.index(words, stretch.start)
    name = f"{'a' if side == 'left' else 'b'}-{start}"
    yield Row(kind=side, id=name, left=pieces if side == "left" else (), right=pieces if side == "right" else ())


def _apart(left: Article, right: Article) -> Iterator[Row]:
    """Two articles with nothing in common, one beside the other."""
    yield Row(kind="left", id="whole", left=(Piece(text=left.text),), right=(Piece(text=right.text),))


def _share(stretches: Sequence[Stretch], article: Article) -> float:
    body = max(1, len(article.text) - len(article.headline))
    at = covered = 0
    for stretch in sorted(stretches):
        covered += max(0, stretch.end - max(at, stretch.start))
        at = max(at, stretch.end)
    return min(1.0, covered / body)


def _longest_rising(values: Sequence[int]) -> frozenset[int]:
    """The places of the longest run of values that rise: what kept its order."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(values)
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        before[place] = ends[at - 1] if at else -1
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [place]
    found, place = set(), ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return frozenset(found)
