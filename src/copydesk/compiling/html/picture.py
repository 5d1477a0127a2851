"""Boxes and lines of the lineage picture as they are laid down, lane under lane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copydesk.compiling.days import day_text, short_day_text
from copydesk.compiling.html.anchors import Chips
from copydesk.compiling.html.views import Box, Chip, CopyView, Edge, LineageView
from copydesk.compiling.sources import Source, one_line, plural, shorten
from copydesk.model.copies import CopyLink

LABEL_HEIGHT, LABEL_WIDTH, LABEL_LETTERS = 26, 300, 32
BOX_WIDTH, BOX_HEIGHT = 180, 46
SMALL_WIDTH, SMALL_HEIGHT, SMALL_GAP = 40, 26, 6
GAP, ROW_GAP, LANE_GAP, PAD = 100, 10, 12, 12
FULL_MAX = 6  # articles of one cell that are drawn with their names; more become a block of numbers
LABELS_MAX = 24  # edges that carry their figure; with more it stands in the tooltip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where an article (or a voice's name, or a block of articles) stands."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def cell_width(members: int) -> int:
    """How wide a cell of so many articles is."""
    return BOX_WIDTH if members <= FULL_MAX else _across(members) * (SMALL_WIDTH + SMALL_GAP) + SMALL_GAP


def _across(members: int) -> int:
    """Small boxes side by side: a block of hundreds grows wider, not only longer."""
    return 4 if members <= 24 else 8 if members <= 96 else 16


class Picture:
    """Lanes, boxes and edges; `widths` holds the width of every column of articles."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._columns = [PAD + sum(widths[:i]) + i * GAP for i in range(len(widths))]
        self._lanes: list[Box] = []
        self._boxes: list[Box] = []
        self._edges: list[Edge] = []
        self._spots: dict[str, _Spot] = {}
        self._voices: dict[str, _Spot] = {}
        self._y = PAD
        self._right = PAD + 2 * BOX_WIDTH + GAP

    def lane(self, chip: Chip | None, sources: list[Source], depth: Mapping[str, int]) -> None:
        """One voice: its name at the left, its articles in columns by how far down the chain they stand."""
        columns: dict[int, list[Source]] = {}
        for source in sources:
            columns.setdefault(depth[source.article.id], []).append(source)
        name = chip.name if chip is not None else "No voice known"
        self._label(chip, name, plural(len(sources), "article") if sources else "not in the pile")
        for column, members in sorted(columns.items()):
            self._cell(members, self._columns[column], self._y + LABEL_HEIGHT + PAD)
        self._close(
            max((self._height(c) for c in columns.values()), default=-PAD), chip.tint if chip is not None else -1
        )

    def alone(self, sources: list[Source], chip_of: Mapping[str, Chip | None]) -> None:
        """The articles that no link touches, together."""
        self._label(None, "No copying found", plural(len(sources), "article"))
        top = self._y + LABEL_HEIGHT + PAD
        if len(sources) <= FULL_MAX:
            across, width, height = 2, BOX_WIDTH + ROW_GAP, BOX_HEIGHT + ROW_GAP
        else:
            width, height = SMALL_WIDTH + SMALL_GAP, SMALL_HEIGHT + SMALL_GAP
            across = (self._right - PAD) // width
        for i, source in enumerate(sources):
            x, y = PAD + i % across * width, top + i // across * height
            if len(sources) <= FULL_MAX:
                self._full(source, x, y)
            else:
                self._small(source, x, y, chip_of[source.article.id])
        self._close((len(sources) + across - 1) // across * height - ROW_GAP, -1)

    def _close(self, height: int, tint: int) -> None:
        """Ends a lane whose articles take `height` under its name."""
        css = f"lane v{tint}" if tint >= 0 else "lane"
        full = LABEL_HEIGHT + PAD + height + PAD
        self._lanes.append(Box(x=0, y=self._y, width=0, height=full, css=css))
        self._y += full + LANE_GAP

    def _label(self, chip: Chip | None, name: str, second: str) -> None:
        spot = _Spot(x=PAD, y=self._y + PAD - 2, width=LABEL_WIDTH, height=LABEL_HEIGHT)
        text = shorten(f"{chip.letter}  {name}" if chip is not None else name, LABEL_LETTERS)
        line = f"{text} · {second}"
        if chip is not None:  # links from the voice itself leave where its name ends, about 7 pixels a letter
            self._voices[chip.letter] = _Spot(
                x=PAD, y=spot.y - 4, width=min(LABEL_WIDTH, 7 * len(line)), height=LABEL_HEIGHT
            )
        self._boxes.append(
            Box(
                x=spot.x, y=spot.y, width=spot.width, height=spot.height, css="voice", text=text, second=second,
                href=chip.href if chip is not None else "", title=name,
            )
        )  # fmt: skip

    def _height(self, members: Sequence[Source]) -> int:
        if len(members) <= FULL_MAX:
            return len(members) * (BOX_HEIGHT + ROW_GAP) - ROW_GAP
        across = _across(len(members))
        return (len(members) + across - 1) // across * (SMALL_HEIGHT + SMALL_GAP) + SMALL_GAP

    def _cell(self, members: Sequence[Source], x: int, y: int) -> None:
        if len(members) <= FULL_MAX:
            for i, source in enumerate(members):
                self._full(source, x, y + i * (BOX_HEIGHT + ROW_GAP))
            return
        frame = _Spot(x=x, y=y, width=cell_width(len(members)), height=self._height(members))
        self._boxes.append(Box(x=x, y=y, width=frame.width, height=frame.height, css="frame"))
        for i, source in enumerate(members):
            row, column = divmod(i, _across(len(members)))
            left, top = (
                x + SMALL_GAP + column * (SMALL_WIDTH + SMALL_GAP),
                y + SMALL_GAP + row * (SMALL_HEIGHT + SMALL_GAP),
            )
            self._small(source, left, top, None)
            self._spots[source.article.id] = frame
        self._right = max(self._right, x + frame.width)

    def _full(self, source: Source, x: int, y: int) -> None:
        article = source.article
        self._boxes.append(
            Box(
                x=x, y=y, width=BOX_WIDTH, height=BOX_HEIGHT, css="article" if article.compared else "article out",
                text=_fit(f"{source.number}  {source.label}", BOX_WIDTH - 18), second=_fit(short_day_text(article.published), BOX_WIDTH - 10),
                href=f"#a{source.number}", title=_title(source),
            )
        )  # fmt: skip
        self._spots[article.id] = _Spot(x=x, y=y, width=BOX_WIDTH, height=BOX_HEIGHT)
        self._right = max(self._right, x + BOX_WIDTH)

    def _small(self, source: Source, x: int, y: int, chip: Chip | None) -> None:
        letter = chip.letter if chip is not None else ""
        self._boxes.append(
            Box(
                x=x, y=y, width=SMALL_WIDTH, height=SMALL_HEIGHT, css="article small", text=f"{letter}{source.number}",
                href=f"#a{source.number}", title=_title(source),
            )
        )  # fmt: skip
        self._spots[source.article.id] = _Spot(x=x, y=y, width=SMALL_WIDTH, height=SMALL_HEIGHT)
        self._right = max(self._right, x + SMALL_WIDTH)

    def bundles(self, drawn: Sequence[tuple[CopyLink, int]], chips: Chips) -> list[list[tuple[CopyLink, int]]]:
        """The links between the same two places of the picture together, strongest first."""
        found: dict[tuple[_Spot, _Spot], list[tuple[CopyLink, int]]] = {}
        for link, number in drawn:
            start, end = self._start(link, chips), self._spots.get(link.copy)
            if start is not None and end is not None and start != end:
                found.setdefault((start, end), []).append((link, number))
        return list(found.values())

    def _start(self, link: CopyLink, chips: Chips) -> _Spot | None:
        if link.origin is not None:
            return self._spots.get(link.origin)
        return self._voices.get(chips.of(link.origin_voice).letter) if link.origin_voice else None

    def edge(self, bundle: Sequence[tuple[CopyLink, CopyView]], chips: Chips) -> None:
        """One line for links between the same two places; several show their number and the kind of most of them."""
        link, view = bundle[0]
        start, end = self._start(link, chips), self._spots.get(link.copy)
        if start is None or end is None:
            return
        path, x, y = _curve(start, end)
        self._right = max(self._right, x + 20)
        arrow = "→" if link.direction != "unknown" else "↔"
        title = (
            f"{view.origin} {arrow} {view.copy}: {view.kind}, {view.coverage} of the copy, direction {view.direction}"
        )
        kinds = Counter(link.kind for link, _ in bundle).most_common()
        if len(bundle) > 1:
            title = f"{view.origin} {arrow} {len(bundle)} copies: {', '.join(f'{n} {kind}' for kind, n in kinds)}"
        self._edges.append(
            Edge(
                path=path,
                css=f"link k-{kinds[0][0]}",
                marker="" if link.direction == "unknown" else f"arrow-{link.direction}",
                label=view.coverage if len(bundle) == 1 else f"×{len(bundle)}",
                x=x,
                y=y,
                href=f"#{view.anchor}" if len(bundle) == 1 else f"#{view.anchor.split('-')[0]}-copies",
                title=title,
            )
        )

    def view(self, note: str) -> LineageView:
        width = self._right + PAD
        lanes = tuple(Box(x=b.x, y=b.y, width=width, height=b.height, css=b.css) for b in self._lanes)
        edges = self._edges
        if len(edges) > LABELS_MAX:
            edges = [_unlabelled(e) if not e.label.startswith("×") else e for e in edges]
        return LineageView(
            width=width, height=max(self._y - LANE_GAP + 2, 1), lanes=lanes, boxes=tuple(self._boxes),
            edges=tuple(edges), note=note,
        )  # fmt: skip


def _curve(start: _Spot, end: _Spot) -> tuple[str, int, int]:
    """An SVG path from one place to another, and where on it its figure stands."""
    x1, y1, x2, y2 = start.x + start.width, start.middle, end.x, end.middle
    if x2 > x1:  # the figure a bit nearer the end, where lines from one place have parted
        bend = max(28, (x2 - x1) // 2)
        place = round(x1 + 0.616 * (x2 - x1)), round(y1 + 0.718 * (y2 - y1))
        return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", *place
    x2 = end.x + end.width  # the same column, or leftwards: round by the right
    out = max(x1, x2) + 28
    return f"M{x1} {y1} C{out} {y1} {out} {y2} {x2} {y2}", out - 7, (y1 + y2) // 2


def _unlabelled(edge: Edge) -> Edge:
    return Edge(
        path=edge.path, css=edge.css, marker=edge.marker, label="", x=edge.x, y=edge.y, href=edge.href, title=edge.title
    )


def _fit(text: str, width: int) -> str:
    """The text cut to a width in pixels, by what letters take in a wide bold face of 12.5 pixels."""
    line = one_line(text)
    length = 0.0
    for i, letter in enumerate(line):
        length += 4.6 if letter in "ijlt.,:;'|!()[] " else 9.6 if letter.isupper() or letter in "mw@%…—" else 8.4
        if length > width and i + 1 < len(line):
            return shorten(line, i - 1)
    return line


def _title(source: Source) -> str:
    article = source.article
    return f"{source.number} {source.label}: {one_line(article.headline)} ({day_text(article.published)})"
