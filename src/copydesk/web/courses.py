"""An update → its values as a course over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.compiling.html.views import ConflictView, SideView

WIDTH, HEIGHT, PAD = 460, 96, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    x: int
    y: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An update with its steps; `path` is "" where the values are no numbers."""

    view: ConflictView
    path: str
    steps: tuple[Step, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def make_course(view: ConflictView) -> Course:
    """The values one after another; numbers are drawn as steps, higher ones higher, from nought where that is near."""
    numbers = [_number(side.value) for side in view.sides]
    known = [n for n in numbers if n is not None]
    words = ", then ".join(_step_words(side) for side in view.sides)
    if len(known) < 2 or len(known) < len(numbers):
        return Course(view=view, path="", steps=(), words=words)
    low, high = min(known), max(known)
    low = 0.0 if 0 <= low <= high / 2 else low - (high - low) * 0.3
    steps = tuple(_step(i, n, (low, high), view.sides) for i, n in enumerate(known))
    path = f"M{steps[0].x} {steps[0].y}" + "".join(f"H{s.x}V{s.y}" for s in steps[1:]) + f"H{WIDTH - PAD}"
    return Course(view=view, path=path, steps=steps, words=words)


def _step(place: int, number: float, bounds: tuple[float, float], sides: Sequence[SideView]) -> Step:
    low, high = bounds
    across = (WIDTH - 2 * PAD - 60) / max(1, len(sides) - 1)
    tall = (HEIGHT - 3 * PAD) * ((number - low) / (high - low) if high > low else 0.5)
    return Step(x=round(PAD + place * across), y=round(HEIGHT - PAD - tall), value=sides[place].value)


def _step_words(side: SideView) -> str:
    return f"{side.value} ({side.when})" if side.when else side.value


def _number(value: str) -> float | None:
    try:
        return float(value.replace(",", ""))
    except ValueError:
        return None
