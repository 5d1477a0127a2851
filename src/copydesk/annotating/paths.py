"""Scores of labels and of their changes along a chain → the best labels of all places together, and the next best.

The steps are written out for the three labels: this runs for every cue of every article. Of equal scores the first label wins.
"""

from __future__ import annotations

from collections.abc import Sequence

OUTSIDE, SOURCE, CONTENT = 0, 1, 2
LABELS = 3

Scores = Sequence[Sequence[float]]
_LABEL_OF = (OUTSIDE, SOURCE, OUTSIDE, SOURCE, CONTENT)  # states: two before the first content, three from it on
_TURNS = tuple((a, b) for a in range(LABELS) for b in range(LABELS) if (a == CONTENT) != (b == CONTENT))


def best_path(own: Scores, moves: Scores) -> list[int]:
    """The labels with the highest sum of scores among those with some content: a cue reports something."""
    if not own:
        return []
    ahead, came = _forwards(own, moves)
    label = _first_of_best(*ahead[-1])
    free = [label]
    for before in came[:0:-1]:
        label = before[label]
        free.append(label)
    return free[::-1] if CONTENT in free else _best_path_with_content(own, moves)


def best_cuts(own: Scores, moves: Scores, count: int) -> list[tuple[float, list[int]]]:
    """The best labels, then those whose content starts or ends elsewhere: at most `count`, with what each lacks of the best.

    For every place where content may start or end the best labels with that start or end are offered.
    """
    n = len(own)
    if not n:
        return []
    ahead, came = _forwards(own, moves)
    behind, goes = _backwards(own, moves)
    offers = [(-(ahead[i][CONTENT] + behind[i][CONTENT]), i, CONTENT, CONTENT) for i in sorted({0, n - 1})]
    for i in range(1, n):
        before, change, here, after = ahead[i - 1], moves[i], own[i], behind[i]
        for a, b in _TURNS:
            offers.append((-(before[a] + change[a * LABELS + b] + here[b] + after[b]), i, a, b))
    offers.sort()
    before_held, after_held = _held_before(came), _held_after(goes)
    found: list[tuple[float, list[int]]] = []
    seen = set()
    for score, i, a, b in offers:
        last = i - 1 if a != b else i  # the last place whose label comes from the start of the chain
        held = before_held[last][a] | after_held[i][b]
        if held not in seen:
            seen.add(held)
            found.append((score - offers[0][0], _labels_of(came, goes, (last, a), (i, b))))
            if len(found) == count:
                break
    return found


def _labels_of(
    came: Sequence[Sequence[int]], goes: Sequence[Sequence[int]], left: tuple[int, int], right: tuple[int, int]
) -> list[int]:
    """The labels of the best path up to a place with its label, and from a place with its label on."""
    place, label = left
    labels = [label]
    for j in range(place, 0, -1):
        label = came[j][label]
        labels.append(label)
    labels.reverse()
    place, label = right
    if place > left[0]:
        labels.append(label)
    for j in range(place, len(goes) - 1):
        label = goes[j][label]
        labels.append(label)
    return labels


def _held_before(came: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """For every place and label a number with a bit for each place up to it where the best path there has content."""
    found = [(0, 0, 1)]
    for j in range(1, len(came)):
        x, y, z = came[j]
        last = found[-1]
        found.append((last[x], last[y], last[z] | 1 << j))
    return found


def _held_after(goes: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """The same from a place on."""
    j = len(goes) - 1
    found = [(0, 0, 1 << j)]
    while j:
        j -= 1
        x, y, z = goes[j]
        after = found[-1]
        found.append((after[x], after[y], after[z] | 1 << j))
    found.reverse()
    return found


def _first_of_best(x: float, y: float, z: float) -> int:
    if x >= y:
        return 0 if x >= z else 2
    return 1 if y >= z else 2


def _forwards(own: Scores, moves: Scores) -> tuple[list[Sequence[float]], list[Sequence[int]]]:
    """For every place and label the best score up to it, and the label before it on that path."""
    x, y, z = own[0]
    best: list[Sequence[float]] = [(x, y, z)]
    came: list[Sequence[int]] = [(0, 0, 0)]
    for i in range(1, len(own)):
        xx, xy, xz, yx, yy, yz, zx, zy, zz = moves[i]
        to_x, to_y, to_z = own[i]
        a, b, c = x + xx, y + yx, z + zx
        from_x = (0 if a >= c else 2) if a >= b else (1 if b >= c else 2)
        to_x += (a, b, c)[from_x]
        a, b, c = x + xy, y + yy, z + zy
        from_y = (0 if a >= c else 2) if a >= b else (1 if b >= c else 2)
        to_y += (a, b, c)[from_y]
        a, b, c = x + xz, y + yz, z + zz
        from_z = (0 if a >= c else 2) if a >= b else (1 if b >= c else 2)
        to_z += (a, b, c)[from_z]
        x, y, z = to_x, to_y, to_z
        best.append((x, y, z))
        came.append((from_x, from_y, from_z))
    return best, came


def _backwards(own: Scores, moves: Scores) -> tuple[list[Sequence[float]], list[Sequence[int]]]:
    """For every place and label the best score after it, and the label after it on that path."""
    best: list[Sequence[float]] = [(0, 0, 0)]
    goes: list[Sequence[int]] = [(0, 0, 0)]
    for i in range(len(own) - 1, 0, -1):
        xx, xy, xz, yx, yy, yz, zx, zy, zz = moves[i]
        here, behind = own[i], best[-1]
        x, y, z = here[0] + behind[0], here[1] + behind[1], here[2] + behind[2]
        a, b, c = xx + x, xy + y, xz + z
        after_x = (0 if a >= c else 2) if a >= b else (1 if b >= c else 2)
        to_x = (a, b, c)[after_x]
        a, b, c = yx + x, yy + y, yz + z
        after_y = (0 if a >= c else 2) if a >= b else (1 if b >= c else 2)
        to_y = (a, b, c)[after_y]
        a, b, c = zx + x, zy + y, zz + z
        after_z = (0 if a >= c else 2) if a >= b else (1 if b >= c else 2)
        best.append((to_x, to_y, (a, b, c)[after_z]))
        goes.append((after_x, after_y, after_z))
    return best[::-1], goes[::-1]


def _best_path_with_content(own: Scores, moves: Scores) -> list[int]:
    """The same among the paths that hold a content label: every label twice, before and after the first content.

    Until then a path is outside or source; after it, it may be anything.
    """
    never = -1e9
    x, y = own[0][OUTSIDE], own[0][SOURCE]
    states = [never, never, own[0][CONTENT]]
    back: list[tuple[Sequence[int], Sequence[int]]] = []
    for i in range(1, len(own)):
        change, here = moves[i], own[i]
        offers = [x, y, *states]
        chosen = []
        scores = []
        for label in range(LABELS):
            first = 2 if label != CONTENT else 0  # content may be the first one, all else comes after some
            came = [offers[k] + change[_LABEL_OF[k] * LABELS + label] for k in range(first, len(offers))]
            top = max(came)
            chosen.append(first + came.index(top))
            scores.append(top + here[label])
        a, b = x + change[0], y + change[LABELS]
        c, d = x + change[1], y + change[LABELS + 1]
        back.append(((0 if a >= b else 1, 0 if c >= d else 1), chosen))
        x, y, states = max(a, b) + here[0], max(c, d) + here[1], scores
    state = 2 + states.index(max(states))
    found = [state]
    for before, after in reversed(back):
        state = after[state - 2] if state >= 2 else before[state]
        found.append(state)
    return [_LABEL_OF[state] for state in reversed(found)]
