"""Scores of labels and of their changes along a chain → the best labels of all places together, and the next best."""

from __future__ import annotations

from collections.abc import Sequence

OUTSIDE, SOURCE, CONTENT = 0, 1, 2
LABELS = 3

Scores = Sequence[Sequence[float]]
_TURNS = tuple((a, b) for a in range(LABELS) for b in range(LABELS) if (a == CONTENT) != (b == CONTENT))


def best_path(own: Scores, moves: Scores) -> list[int]:
    """The labels with the highest sum of scores among those with some content: a cue reports something."""
    free = _best_path(own, moves)
    return free if CONTENT in free or not free else _best_path_with_content(own, moves)


def best_cuts(own: Scores, moves: Scores, count: int) -> list[tuple[float, list[int]]]:
    """The best labels, then those whose content starts or ends elsewhere: at most `count`, with what each lacks of the best.

    For every place where content may start or end the best labels with that start or end are offered.
    """
    n = len(own)
    if not n:
        return []
    ahead, came = _forwards(own, moves)
    behind, goes = _backwards(own, moves)
    places = [(ahead[i][CONTENT] + behind[i][CONTENT], i, CONTENT, CONTENT) for i in sorted({0, n - 1})]
    for i in range(1, n):
        before, change, here, after = ahead[i - 1], moves[i], own[i], behind[i]
        for a, b in _TURNS:
            places.append((before[a] + change[a * LABELS + b] + here[b] + after[b], i, a, b))
    places.sort(key=lambda p: (-p[0], p[1:]))
    found: list[tuple[float, list[int]]] = []
    seen = set()
    for score, i, a, b in places:
        left, right = ([a], [b]) if a != b else ([], [b])
        for j in range(i - 1 if a != b else i, 0, -1):
            left.append(came[j][left[-1] if left else b])
        for j in range(i, n - 1):
            right.append(goes[j][right[-1]])
        labels = left[::-1] + right
        key = tuple(label == CONTENT for label in labels)
        if key not in seen:
            seen.add(key)
            found.append((places[0][0] - score, labels))
            if len(found) == count:
                break
    return found


def _forwards(own: Scores, moves: Scores) -> tuple[list[list[float]], list[list[int]]]:
    """For every place and label the best score up to it, and the label before it on that path."""
    best, came = [list(own[0])], [[0] * LABELS]
    for here, change in zip(own[1:], moves[1:], strict=True):
        last = best[-1]
        offers = [[last[a] + change[a * LABELS + b] for a in range(LABELS)] for b in range(LABELS)]
        tops = [max(o) for o in offers]
        came.append([o.index(top) for o, top in zip(offers, tops, strict=True)])
        best.append([top + h for top, h in zip(tops, here, strict=True)])
    return best, came


def _backwards(own: Scores, moves: Scores) -> tuple[list[list[float]], list[list[int]]]:
    """For every place and label the best score after it, and the label after it on that path."""
    best, goes = [[0.0] * LABELS], [[0] * LABELS]
    for here, change in zip(own[:0:-1], moves[:0:-1], strict=True):
        ahead = [h + b for h, b in zip(here, best[-1], strict=True)]
        offers = [[change[a * LABELS + b] + ahead[b] for b in range(LABELS)] for a in range(LABELS)]
        tops = [max(o) for o in offers]
        goes.append([o.index(top) for o, top in zip(offers, tops, strict=True)])
        best.append(tops)
    return best[::-1], goes[::-1]


def _best_path(own: Scores, moves: Scores) -> list[int]:
    """The labels with the highest sum of their own scores and those of the changes between them."""
    if not own:
        return []
    best = list(own[0])
    back: list[list[int]] = []
    for here, change in zip(own[1:], moves[1:], strict=True):
        chosen, scores = [], []
        for label in range(LABELS):
            offers = [best[before] + change[before * LABELS + label] for before in range(LABELS)]
            before = offers.index(max(offers))
            chosen.append(before)
            scores.append(offers[before] + here[label])
        back.append(chosen)
        best = scores
    labels = [best.index(max(best))]
    for chosen in reversed(back):
        labels.append(chosen[labels[-1]])
    return labels[::-1]


def _best_path_with_content(own: Scores, moves: Scores) -> list[int]:
    """The same among the paths that hold a content label: every label twice, before and after the first content."""
    never = -1e9
    width = 2 * LABELS

    def enter(state: int) -> tuple[int, bool]:
        return state % LABELS, state >= LABELS

    best = [never] * width
    for label in range(LABELS):
        best[label + LABELS * (label == CONTENT)] = own[0][label]
    back: list[list[int]] = []
    for here, change in zip(own[1:], moves[1:], strict=True):
        chosen, scores = [0] * width, [never] * width
        for state in range(width):
            label, seen = enter(state)
            for before in range(width):
                earlier, was = enter(before)
                if seen != (was or label == CONTENT):
                    continue
                offer = best[before] + change[earlier * LABELS + label] + here[label]
                if offer > scores[state]:
                    chosen[state], scores[state] = before, offer
        back.append(chosen)
        best = scores
    states = [LABELS + best[LABELS:].index(max(best[LABELS:]))]
    for chosen in reversed(back):
        states.append(chosen[states[-1]])
    return [state % LABELS for state in reversed(states)]
