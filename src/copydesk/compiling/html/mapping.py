"""Places of a story → a map of where they lie, drawn offline.

The ground is the gazetteer's towns as small dots, thinned to a grid: coasts and empty land show by themselves, and
no borders are drawn that somebody may dispute.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import MapView, PlaceView
from copydesk.compiling.sources import one_line, plural, shorten
from copydesk.model.stories import Entity
from copydesk.reference.gazetteer import gazetteer

WIDTH, HEIGHT_MIN, HEIGHT_MAX = 720, 260, 420  # pixels
SPAN_MIN = 10.0  # degrees of latitude that are shown at least, so that one town has its country around it
MARGIN = 0.18  # of the places' own span, on each side
LATITUDE_MAX = 84.0
GRAIN = 5  # pixels between two dots of the ground
DOTS_MAX = 3_000
PLACES_MAX, NAMES_MAX, NAME_LETTERS = 40, 14, 26
LETTER_WIDTH, NAME_HEIGHT = 7, 15  # pixels, about
MARK = 6  # half a mark's width
STEPS = (0.5, 1, 2, 5, 10, 20, 30, 45)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A box of degrees and how it lies on the paper: equirectangular, true to scale at its middle latitude."""

    south: float
    north: float
    west: float
    east: float
    height: int

    def at(self, lat: float, lon: float) -> tuple[int, int]:
        x = (lon - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - lat) / (self.north - self.south) * self.height
        return round(x), round(y)


def make_map(statements: Statements) -> MapView | None:
    """The map of a story's places, most named first; None when none of them has a known place."""
    located = [e for e in statements.dossier.entities if e.place is not None]
    located.sort(key=lambda e: (-len(e.mentions), e.id))
    if not located:
        return None
    shown = located[:PLACES_MAX]
    frame = _frame([(e.place.lat, e.place.lon) for e in shown if e.place is not None])
    grid, lines = _grid(frame)
    return MapView(
        width=WIDTH,
        height=frame.height,
        land=_land(frame),
        grid=grid,
        lines=lines,
        places=_places(shown, frame, statements),
    )


def _frame(places: Sequence[tuple[float, float]]) -> _Frame:
    lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
    middle = max(-LATITUDE_MAX, min(LATITUDE_MAX, (min(lats) + max(lats)) / 2))
    narrow = max(0.2, math.cos(math.radians(middle)))
    tall = max(SPAN_MIN, (max(lats) - min(lats)) * (1 + 2 * MARGIN))
    wide = max((max(lons) - min(lons)) * (1 + 2 * MARGIN), tall * WIDTH / HEIGHT_MAX / narrow)
    wide = min(wide, 360.0)
    tall = max(tall, wide * narrow * HEIGHT_MIN / WIDTH)
    west = max(-180.0, min(180.0 - wide, (min(lons) + max(lons)) / 2 - wide / 2))
    height = round(max(HEIGHT_MIN, min(HEIGHT_MAX, WIDTH * tall / (wide * narrow))))
    return _Frame(south=middle - tall / 2, north=middle + tall / 2, west=west, east=west + wide, height=height)


def _land(frame: _Frame) -> str:
    """A dot for each spot of the paper that has a town, the largest towns first while there is room."""
    spots: dict[tuple[int, int], None] = {}
    for lat, lon in gazetteer().towns_within(frame.south, frame.north, frame.west, frame.east):
        x, y = frame.at(lat, lon)
        spots.setdefault((x // GRAIN * GRAIN + GRAIN // 2, y // GRAIN * GRAIN + GRAIN // 2))
        if len(spots) >= DOTS_MAX:
            break
    drawn, before = [], (0, 0)
    for x, y in sorted(spots):  # from dot to dot is fewer letters than from the corner to each
        drawn.append(f"m{x - before[0]} {y - before[1]}h0")
        before = x, y
    return "".join(drawn)


def _grid(frame: _Frame) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    span = max(frame.north - frame.south, (frame.east - frame.west) / 2)
    step = next((s for s in STEPS if span / s <= 4), STEPS[-1])
    paths, lines = [], []
    for n in range(math.ceil(frame.south / step), math.floor(frame.north / step) + 1):
        _, y = frame.at(n * step, frame.west)
        paths.append(f"M0 {y}H{WIDTH}")
        if NAME_HEIGHT < y < frame.height - NAME_HEIGHT:
            lines.append((4, y - 4, _degrees(n * step, "N", "S")))
    for n in range(math.ceil(frame.west / step), math.floor(frame.east / step) + 1):
        x, _ = frame.at(frame.north, n * step)
        paths.append(f"M{x} 0V{frame.height}")
        if 4 * LETTER_WIDTH < x < WIDTH - 6 * LETTER_WIDTH:
            lines.append((x + 4, frame.height - 5, _degrees(n * step, "E", "W")))
    return "".join(paths), tuple(lines)


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}°{plus if value > 0 else minus if value < 0 else ''}"


def _places(entities: Sequence[Entity], frame: _Frame, statements: Statements) -> tuple[PlaceView, ...]:
    """The marks, each with its name where no other name or mark stands."""
    marks = [frame.at(e.place.lat, e.place.lon) for e in entities if e.place is not None]
    taken = [(x - MARK, y + MARK, 2 * MARK) for x, y in marks]
    found: list[PlaceView] = []
    for entity, words, (x, y) in zip(entities, statements.named(e.id for e in entities), marks, strict=True):
        place, name = entity.place, shorten(one_line(entity.name), NAME_LETTERS)
        spot = _free(x, y, name, taken, frame) if len(taken) - len(marks) < NAMES_MAX else None
        if spot is not None:
            taken.append((*spot, len(name) * LETTER_WIDTH))
        title = f"{one_line(entity.name)}, {plural(len(entity.mentions), 'mention')}"
        found.append(
            PlaceView(
                x=x, y=y, css="main" if entity.id in statements.dossier.where else "other", name=name if spot else "",
                name_x=spot[0] if spot else 0, name_y=spot[1] if spot else 0, href=words.href,
                title=f"{title}, {place.lat:.2f}, {place.lon:.2f} {place.country}" if place is not None else title,
            )
        )  # fmt: skip
    return tuple(found)


def _free(x: int, y: int, name: str, taken: Sequence[tuple[int, int, int]], frame: _Frame) -> tuple[int, int] | None:
    """A spot beside, under or over a mark for its name's left end, None where all are taken."""
    width = len(name) * LETTER_WIDTH
    for left, base in ((x + 9, y + 4), (x - 9 - width, y + 4), (x - width // 2, y + 23), (x - width // 2, y - 10)):
        inside = left >= 0 and left + width <= WIDTH and NAME_HEIGHT <= base <= frame.height - 4
        if inside and all(
            abs(base - b) >= NAME_HEIGHT or left + width < other or other + w < left for other, b, w in taken
        ):
            return left, base
    return None
