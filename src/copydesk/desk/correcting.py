"""What the user says of a desk's stories, links and names, and takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copydesk.desk.looking import find_article, find_story
from copydesk.desk.project import Desk
from copydesk.errors import DeskError
from copydesk.model.corrections import Correction, Subject
from copydesk.model.desks import Event, Said

PAIRS_MAX = 20_000  # of one split: a story of hundreds cut in halves


def merge(desk: Desk, stories: Sequence[str], reason: str = "") -> Said:
    """Says that these stories are one; holds from the next update on. Raises DeskError for a story that is not there."""
    rows = [find_story(desk, story) for story in stories]
    if len({row.id for row in rows}) < 2:
        raise DeskError("merge takes two stories or more; copydesk stories lists them")
    left, right = rows[0].articles, [a for row in rows[1:] for a in row.articles]
    correction = Correction(subject="story", verdict="same", left=" ".join(left), right=" ".join(right), reason=reason)
    return _say(desk, correction, f"merge {', '.join(row.headline for row in rows)}", rows[0].id)


def split(desk: Desk, story: str, articles: Sequence[str], reason: str = "") -> Said:
    """Says that these articles of a story belong to another; holds from the next update on. Raises DeskError."""
    row = find_story(desk, story)
    out = [find_article(desk, article).id for article in articles]
    strangers = [a for a in out if a not in row.articles]
    rest = [a for a in row.articles if a not in out]
    if strangers:
        raise DeskError(f"{strangers[0]} is not in story {row.id}; copydesk story {row.id} lists its articles")
    if not out or not rest:
        raise DeskError(f"split takes some of the {len(row.articles)} articles of story {row.id}, not none and not all")
    if len(out) * len(rest) > PAIRS_MAX:
        raise DeskError(
            f"{len(out)} × {len(rest)} pairs are more than {PAIRS_MAX:,}: split off fewer articles at a time"
        )
    correction = Correction(
        subject="story", verdict="not-same", left=" ".join(out), right=" ".join(rest), reason=reason
    )
    return _say(desk, correction, f"split {len(out)} of {len(row.articles)} articles off {row.headline}", row.id)


def say_same(desk: Desk, left: str, right: str, *, subject: Subject, reason: str = "") -> Said:
    """Says that two names are one entity, that one of two articles took from the other, or that they tell one story."""
    return _say_pair(desk, Correction(subject=subject, verdict="same", left=left, right=right, reason=reason))


def say_not_same(desk: Desk, left: str, right: str, *, subject: Subject, reason: str = "") -> Said:
    """Says that they are not; the last word on two things holds."""
    return _say_pair(desk, Correction(subject=subject, verdict="not-same", left=left, right=right, reason=reason))


def undo(desk: Desk, number: int | None = None) -> Said:
    """Takes a correction back, the last that holds when no number is given. Raises DeskError when there is none."""
    log = read_log(desk)
    held = [said for said in log if said.undone is None]
    if number is None:
        if not held:
            raise DeskError("no correction holds, so none can be undone")
        number = held[-1].number
    with desk.store.writing():
        if not desk.store.take_back(number, desk.now()):
            known = any(said.number == number for said in log)
            raise DeskError(
                f"correction {number} is undone already"
                if known
                else f"there is no correction {number}; copydesk correct log lists them"
            )
        found = next(said for said in desk.store.said() if said.number == number)
        words = f"undone: correction {number}"
        desk.store.tell(Event(at=desk.now(), kind="corrected", story=None, article=None, words=words))
    return found


def read_log(desk: Desk) -> tuple[Said, ...]:
    """Everything that was ever said, in order, with what was taken back."""
    return desk.store.said()


def corrections_in_force(desk: Desk) -> tuple[Correction, ...]:
    """What holds, a pair of things each: stories that were merged or split are told by their articles."""
    pairs = []
    for said in desk.store.said():
        if said.undone is not None:
            continue
        correction = said.correction
        if correction.subject == "story":
            pairs += _pairs(correction)
        else:
            pairs.append(correction)
    return tuple(pairs)


def _pairs(correction: Correction) -> list[Correction]:
    left, right = correction.left.split(), correction.right.split()
    if correction.verdict == "same":
        return [replace(correction, left=left[0], right=other) for other in [*left[1:], *right]]
    return [replace(correction, left=one, right=other) for one in left for other in right]


def _say_pair(desk: Desk, correction: Correction) -> Said:
    if correction.subject != "entity":
        left, right = find_article(desk, correction.left).id, find_article(desk, correction.right).id
        correction = replace(correction, left=left, right=right)
    if correction.left == correction.right:
        raise DeskError(f"{correction.left} is given twice; name two different things")
    return _say(desk, correction, f"{correction.left} {correction.verdict} {correction.right}", None)


def _say(desk: Desk, correction: Correction, words: str, story: str | None) -> Said:
    now = desk.now()
    with desk.store.writing():
        number = desk.store.say(correction, now)
        desk.store.tell(Event(at=now, kind="corrected", story=story, article=None, words=words))
    return Said(number=number, correction=correction, at=now)
