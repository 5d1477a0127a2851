"""Copy links and voices → the picture of who copied whom: a lane a voice, copies to the right of what they copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copydesk.compiling.days import day_text, short_day_text
from copydesk.compiling.html.anchors import Anchors, Chips
from copydesk.compiling.html.views import Box, Chip, CopyView, Edge, LineageView
from copydesk.compiling.sources import Source, one_line, plural, shorten, story_order
from copydesk.model.copies import CopyLink
from copydesk.model.dossiers import Dossier

LABEL_HEIGHT, LABEL_WIDTH, LABEL_LETTERS = 26, 300, 32
BOX_WIDTH, BOX_HEIGHT = 180, 46
SMALL_WIDTH, SMALL_HEIGHT, SMALL_ACROSS = 40, 26, 4
GAP, ROW_GAP, LANE_GAP, PAD = 84, 10, 12, 12
COLUMNS_MAX = 4  # longer chains end in the last column
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


def strongest(dossier: Dossier, chips: Chips) -> list[int]:
    """Which of the story's copy links the picture draws: each copy's strongest, and its strongest from each other voice."""
    chip_of = {t.article.id: _first_chip(dossier, t.article.id, chips) for t in dossier.articles}
    return [number for _, number in _strongest(dossier.copies, chip_of)]


def make_lineage(dossier: Dossier, anchors: Anchors, chips: Chips, copies: Mapping[int, CopyView]) -> LineageView:
    """The picture; `copies` holds what is shown of the links that it draws, by their place in the dossier."""
    sources = {t.article.id: anchors.sources.by_id[t.article.id] for t in story_order(dossier)}
    chip_of = {a: _first_chip(dossier, a, chips) for a in sources}
    drawn = _strongest(dossier.copies, chip_of)
    linked = {a for link, _ in drawn for a in (link.origin, link.copy) if a is not None}
    depth = _depths(sources, [link for link, _ in drawn])
    picture = _Picture(anchors)
    lanes = _lanes(sources, chip_of, linked)
    named = {link.origin_voice for link, _ in drawn if link.origin is None and link.origin_voice}
    for voice in sorted(named, key=lambda v: chips.of(v).letter):
        lanes.setdefault(chips.of(voice).letter, [])
    known = {c.letter: c for _, c in chips.all()}
    for letter in sorted(lanes, key=lambda x: (x == "", len(x), x)):
        picture.lane(known.get(letter), [sources[a] for a in lanes[letter]], depth)
    alone = [s for a, s in sources.items() if a not in linked and a not in {x for lane in lanes.values() for x in lane}]
    if alone:
        picture.alone(alone, chip_of)
    for bundle in picture.bundles(drawn, chips):
        picture.edge([(link, copies[number]) for link, number in bundle], chips)
    hidden = len(dossier.copies) - len(drawn)
    note = f"{plural(hidden, 'weaker link')} between the same articles: in the list below." if hidden else ""
    return picture.view(note)


def _first_chip(dossier: Dossier, article: str, chips: Chips) -> Chip | None:
    shares = next((t.voices for t in dossier.articles if t.article.id == article), ())
    return chips.of(shares[0].voice) if shares else None


def _strongest(links: Sequence[CopyLink], chip_of: dict[str, Chip | None]) -> list[tuple[CopyLink, int]]:
    """For each copy its link with the largest coverage, and the largest from each other lane; with their numbers."""
    found: list[tuple[CopyLink, int]] = []
    seen: set[tuple[str, str]] = set()
    for number, link in sorted(enumerate(links), key=lambda x: (-x[1].coverage, x[0])):
        origin = chip_of.get(link.origin or "")
        lane = link.origin_voice or "" if link.origin is None else origin.letter if origin else link.origin
        if (link.copy, lane) not in seen:
            seen.add((link.copy, lane))
            found.append((link, number))
    return sorted(found, key=lambda x: x[1])


def _depths(articles: Iterable[str], links: Sequence[CopyLink]) -> dict[str, int]:
    """How many copies lie behind each article, bounded; a ring of copies ends where it began."""
    depth = dict.fromkeys(articles, 0)
    for _ in range(COLUMNS_MAX - 1):
        for link in links:
            behind = depth[link.origin] if link.origin is not None else 0
            if link.direction != "unknown" or link.origin is not None:
                depth[link.copy] = min(COLUMNS_MAX - 1, max(depth[link.copy], behind + 1))
    return depth


def _lanes(sources: dict[str, Source], chip_of: dict[str, Chip | None], linked: set[str]) -> dict[str, list[str]]:
    """Letter of a voice → its articles, for the voices with links or with several articles; "" holds linked others."""
    size = Counter(c.letter for c in chip_of.values() if c is not None)
    lanes: dict[str, list[str]] = {}
    for article in sources:
        chip = chip_of[article]
        letter = chip.letter if chip is not None else ""
        if article in linked or (letter and size[letter] > 1):
            lanes.setdefault(letter, []).append(article)
    return lanes


class _Picture:
    """Boxes and lines as they are laid down, lane under lane."""

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        self._lanes: list[Box] = []
        self._boxes: list[Box] = []
        self._edges: list[Edge] = []
        self._spots: dict[str, _Spot] = {}
        self._voices: dict[str, _Spot] = {}
        self._y = PAD
        self._right = PAD + 2 * BOX_WIDTH + GAP

    def lane(self, chip: Chip | None, sources: list[Source], depth: dict[str, int]) -> None:
        """One voice: its name at the left, its articles in columns by how far down the chain they stand."""
        columns: dict[int, list[Source]] = {}
        for source in sources:
            columns.setdefault(depth[source.article.id], []).append(source)
        name = chip.name if chip is not None else "No voice known"
        self._label(chip, name, plural(len(sources), "article") if sources else "not in the pile")
        for column, members in sorted(columns.items()):
            self._cell(members, PAD + column * (BOX_WIDTH + GAP), self._y + LABEL_HEIGHT + PAD)
        self._close(
            max((self._height(c) for c in columns.values()), default=-PAD), chip.tint if chip is not None else -1
        )

    def alone(self, sources: list[Source], chip_of: dict[str, Chip | None]) -> None:
        """The articles that no link touches, together."""
        self._label(None, "No copying found", plural(len(sources), "article"))
        top = self._y + LABEL_HEIGHT + PAD
        if len(sources) <= FULL_MAX:
            across, width, height = 2, BOX_WIDTH + ROW_GAP, BOX_HEIGHT + ROW_GAP
        else:
            across, width, height = (self._right - PAD) // (SMALL_WIDTH + 6), SMALL_WIDTH + 6, SMALL_HEIGHT + 6
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
        return (len(members) + SMALL_ACROSS - 1) // SMALL_ACROSS * (SMALL_HEIGHT + 6) + 6

    def _cell(self, members: Sequence[Source], x: int, y: int) -> None:
        if len(members) <= FULL_MAX:
            for i, source in enumerate(members):
                self._full(source, x, y + i * (BOX_HEIGHT + ROW_GAP))
            return
        frame = _Spot(x=x, y=y, width=BOX_WIDTH + 18, height=self._height(members))
        self._boxes.append(Box(x=x, y=y, width=frame.width, height=frame.height, css="frame"))
        for i, source in enumerate(members):
            place = x + 8 + i % SMALL_ACROSS * (SMALL_WIDTH + 5), y + 6 + i // SMALL_ACROSS * (SMALL_HEIGHT + 6)
            self._small(source, *place, None)
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
        self._right = max(self._right, x)
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
    """An SVG path from one place to another, and the middle of it."""
    x1, y1, x2, y2 = start.x + start.width, start.middle, end.x, end.middle
    if x2 > x1:
        bend = max(28, (x2 - x1) // 2)
        return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", (x1 + x2) // 2, (y1 + y2) // 2
    x2 = end.x + end.width  # the same column, or leftwards: round by the right
    out = max(x1, x2) + 44
    return f"M{x1} {y1} C{out} {y1} {out} {y2} {x2} {y2}", out - 11, (y1 + y2) // 2


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
            return shorten(line, i)
    return line


def _title(source: Source) -> str:
    article = source.article
    return f"{source.number} {source.label}: {one_line(article.headline)} ({day_text(article.published)})"
