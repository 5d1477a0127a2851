"""The events that a text has dated, from which "ten days before the shooting" counts and on whose day "at 10 p.m." falls."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from copydesk.annotating.times_lexicon import WORDS
from copydesk.model.markup import TimeMention, Tokens

# Words for one kind of event: what was told with the one may be taken up with another.
_ALIKE = (
    frozenset(
        {
            "kill",
            "murder",
            "slay",
            "death",
            "die",
            "homicide",
            "assassinate",
            "assassination",
            "shoot",
            "stab",
            "massacre",
            "execute",
            "execution",
        }
    ),
    frozenset({"bomb", "blast", "explode", "explosion", "detonate", "detonation"}),
    frozenset({"crash", "collide", "collision", "accident", "wreck", "derail", "derailment"}),
    frozenset({"quake", "earthquake", "tremor"}),
    frozenset({"sink", "capsize"}),
    frozenset({"arrest", "detain", "detention", "capture"}),
    frozenset({"elect", "election", "vote", "poll", "referendum"}),
    frozenset({"fire", "blaze", "burn"}),
    frozenset({"attack", "assault"}),
    frozenset({"invade", "invasion"}),
    frozenset({"marry", "marriage", "wed", "wedding"}),
    frozenset({"resign", "resignation"}),
    frozenset({"meet", "summit"}),
    frozenset({"collapse"}),
)
# Verbs that tell of nothing by themselves: what happened is their subject, or is not said.
_HAPPENING = frozenset({"happen", "occur", "be", "take", "come", "begin", "start", "strike", "hit"})
_EMPTY = frozenset(
    {
        "say",
        "tell",
        "have",
        "do",
        "make",
        "get",
        "go",
        "see",
        "report",
        "announce",
        "add",
        "find",
        "give",
        "call",
        "set",
        "hold",
        "show",
        "leave",
    }
)
_LENGTH = re.compile(r"dur\(P(\d{1,4}|X)([DWMY])\)")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_STEPS_MAX = 6


class Events:
    """Which kinds of events the text has dated so far; a kind that it gives two days is none to count from."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._dated: dict[str, tuple[str, date | None]] = {}

    def note(self, expression: str, place: tuple[int, int], mention: TimeMention) -> None:
        """Remembers the day of what the time is told of."""
        if mention.precision not in ("day", "time") or mention.anchor == "text":
            return
        if expression.startswith(("clock(", "part(")):
            expression = expression.split(",", 1)[1][:-1] if "," in expression else ""
        if not expression or expression.startswith("@"):
            return
        for kind in self._told_of(*place):
            known = self._dated.get(kind)
            same = known is None or known[1] == mention.earliest
            self._dated[kind] = (known[0] if known else expression, mention.earliest) if same else ("", None)

    def day_of(self, start: int, end: int) -> str | None:
        """The day of the event that the clause of a time tells of again."""
        kinds = [k for k in self._told_of(start, end) if k in self._dated]
        return self._dated[kinds[0]][0] or None if kinds else None

    def counted_from(self, length: str, end: int) -> str | None:
        """What "ten days" means where "before the" and a dated event follow, "the weeks" also before "he was shot"."""
        match = _LENGTH.fullmatch("dur(P1D)" if length == "beside(day)" else length)
        at = bisect_left(self._tokens.start, end)
        if match is None or at >= len(self._tokens) or self._tokens.lemma[at] not in ("before", "after"):
            return None
        noun = self._object(at)
        vague = match[1] == "X" and match[2] in "DW"
        if noun is None and vague and self._tokens.dep[at] == "mark":
            noun = self._tokens.head[at]
        base = self._dated.get(kind_of(self._tokens.lemma[noun]), ("", None))[0] if noun is not None else ""
        if not base or (match[1] == "X" and not vague):
            return None
        sign = "-" if self._tokens.lemma[at] == "before" else ""
        return (
            f"some({sign}1,{_UNITS[match[2]]},{base})"
            if vague
            else f"shift({sign}{match[1]},{_UNITS[match[2]]},{base})"
        )

    def _object(self, preposition: int) -> int | None:
        """The noun with "the" or an owner that stands behind a preposition."""
        tokens = self._tokens
        for i in range(preposition + 1, min(len(tokens), preposition + 8)):
            if tokens.head[i] == preposition and tokens.dep[i] == "pobj":
                owned = any(
                    tokens.head[k] == i and (tokens.lemma[k] in ("the", "that") or tokens.dep[k] == "poss")
                    for k in range(preposition + 1, i)
                )
                return i if owned else None
        return None

    def _told_of(self, start: int, end: int) -> list[str]:
        """The kinds of events that a time at a place belongs to: of the noun it stands in, else of its verb."""
        tokens = self._tokens
        first, last = bisect_left(tokens.start, start), bisect_left(tokens.start, end)
        at = first
        for _ in range(_STEPS_MAX):
            if at >= len(tokens):
                return []
            if (
                not first <= at < last
                and tokens.pos[at] in ("NOUN", "VERB")
                and WORDS.get(tokens.lemma[at], "_")[0] not in "ut"
            ):
                break  # past "the night of"
            if tokens.head[at] == at:
                return []
            at = tokens.head[at]
        if not tokens.dep[at] or first <= at < last or tokens.lemma[at] in _EMPTY:
            return []
        if tokens.lemma[at] not in _HAPPENING:
            return [kind_of(tokens.lemma[at])]
        subjects = [
            i for i in range(max(0, at - 12), at) if tokens.head[i] == at and tokens.dep[i] in ("nsubj", "nsubjpass")
        ]
        return [kind_of(tokens.lemma[i]) for i in subjects if tokens.pos[i] == "NOUN"]


def kind_of(lemma: str) -> str:
    """One name for the words of one kind of event: "shooting", "shot" and "murder" are one."""
    if lemma.endswith("ing") and len(lemma) > 5:
        lemma = lemma[:-3]
        if lemma[-1] == lemma[-2] and lemma[-1] not in "ls":
            lemma = lemma[:-1]
    stem = lemma.removesuffix("e")
    for number, words in enumerate(_ALIKE):
        if lemma in words or stem in words or stem + "e" in words:
            return f"#{number}"
    return stem
