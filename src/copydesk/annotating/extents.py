"""A reading and a cue → what the judge of extents looks at: is this token source, content, or neither?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.annotating.cues import SHOWN, listed_key, rate_level
from copydesk.annotating.quotations import SPEAKER_LINE
from copydesk.annotating.readings import Reading

_LOOSE = frozenset(["prep", "advcl", "relcl", "acl", "conj", "appos", "npadvmod", "advmod", "parataxis"])
_CUTS = (",", "—", "–", "--", ";")
_SIDE_MAX = 200  # tokens before and after the cue that are looked at in an endless sentence
_BACK_MAX = 8  # quotations before and after the cue's sentence that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One place in the sequence that is judged: a token of the cue's sentence, or a piece of quotation beside it.

    `first` ≤ i < `last` are its tokens; `beside` is "" for a token, else "back" or "on"; `number` counts those.
    """

    first: int
    last: int
    beside: str = ""
    number: int = 0


def units_of(reading: Reading, cue: int) -> list[Unit]:
    """The tokens of the cue's sentence, with the quotations that reach out of it or follow it as one unit each."""
    sentence = reading.sentences[reading.sentence_of[cue]]
    first, last = max(sentence.first, cue - _SIDE_MAX), min(sentence.last, cue + _SIDE_MAX)
    tokens = [Unit(first=i, last=i + 1) for i in range(first, last)]
    back = _back(reading, first) if first == sentence.first else []
    return back + tokens + (_on(reading, cue, last) if last == sentence.last else [])


def _back(reading: Reading, first: int) -> list[Unit]:
    """What of a quotation stands before the sentence that goes on with it, or comes right after it."""
    if first == 0 or reading.quotation_of[first - 1] < 0:
        return []
    q = reading.quotation_of[first - 1]
    here = reading.quotation_of[first]
    if here != q and reading.quotations[q].paragraph != reading.paragraph_of(first):
        return []
    start, _ = reading.token_range(reading.quotations[q])
    return [Unit(first=start, last=first, beside="back", number=0 if here == q else 1)]


def _on(reading: Reading, cue: int, last: int) -> list[Unit]:
    """The quotations that follow the sentence with nothing between, as far as they can belong to the cue."""
    found: list[Unit] = []
    count = len(reading.tokens)
    at = last
    paragraph = reading.paragraph_of(cue)
    open_before = False
    while at < count and len(found) < _BACK_MAX:
        q = reading.quotation_of[at]
        if q < 0:
            break
        quotation = reading.quotations[q]
        fresh = quotation.paragraph != paragraph
        colon = reading.words[last - 1] == ":"
        if fresh and not (quotation.alone or open_before or (colon and not found)):
            break
        if fresh and SPEAKER_LINE.match(reading.text, quotation.first):
            break  # the next speaker of a transcript
        _, end = reading.token_range(reading.quotations[q])
        goes_on = end < count and end > at and reading.sentence_of[end] == reading.sentence_of[end - 1]
        if goes_on and reading.quotation_of[last - 1] != q and _words_follow(reading, end):
            break  # its last sentence has a teller of its own
        found.append(Unit(first=at, last=max(end, at + 1), beside="on", number=len(found)))
        open_before = not quotation.closed
        paragraph = quotation.paragraph
        at = max(end, at + 1)
        if goes_on:
            break
    return found


def _words_follow(reading: Reading, i: int) -> bool:
    """Whether the sentence goes on in words from a token."""
    last = reading.sentences[reading.sentence_of[i]].last
    return any(reading.tokens.pos[j] != "PUNCT" for j in range(i, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What is the same for all tokens judged for one cue."""

    cue: int
    key: str
    rate: str
    ancestors: Mapping[int, int]
    chain: tuple[str, ...]
    has_clause: bool
    has_quotation: str
    passive: bool


def _frame(reading: Reading, cue: int, lexicon: Mapping[str, float]) -> _Frame:
    tokens = reading.tokens
    path = reading.up(cue)
    deps = {tokens.dep[c] for c in reading.children[cue]}
    sentence = reading.sentences[reading.sentence_of[cue]]
    before = any(reading.quotation_of[i] >= 0 for i in range(sentence.first, cue))
    after = any(reading.quotation_of[i] >= 0 for i in range(cue, sentence.last))
    key = listed_key(reading, cue, lexicon)
    chain = [""]
    for node in path[:-1]:
        chain.append(f"{chain[-1]}^{tokens.dep[node]}")
    return _Frame(
        cue=cue,
        key=key,
        rate=rate_level(lexicon, key),
        ancestors={node: step for step, node in enumerate(path)},
        chain=tuple(chain),
        has_clause="ccomp" in deps,
        has_quotation="q" * before + "c" + "q" * after,
        passive="nsubjpass" in deps or "auxpass" in deps,
    )


def _branch(reading: Reading, frame: _Frame, i: int) -> tuple[int, int, int, int]:
    """Where a token hangs: steps from the cue up to the common node, the child of it on the way down, the next, depth."""
    head = reading.tokens.head
    below, lower = i, -1
    at, depth = i, 0
    while at not in frame.ancestors:
        if head[at] == at or depth > 60:
            return -1, below, lower, depth
        lower, below = below, at
        at = head[at]
        depth += 1
    return frame.ancestors[at], below, lower, depth


def _near(n: int) -> str:
    for step in (1, 2, 3, 5, 8, 13, 21, 34):
        if n <= step:
            return str(step)
    return "far"


def unit_features(
    reading: Reading, cue: int, units: list[Unit], lexicon: Mapping[str, float]
) -> list[tuple[list[str], list[str]]]:
    """For every unit what speaks for its own label, and what speaks for a change of label before it."""
    frame = _frame(reading, cue, lexicon)
    sentence = reading.sentences[reading.sentence_of[cue]]
    commas = _commas(reading, cue, sentence.first, sentence.last)
    found = []
    previous = ""
    for unit in units:
        if unit.beside:
            found.append(_beside(reading, frame, unit))
            previous = unit.beside
        else:
            features, edges, previous = _inside(
                reading, frame, unit.first, commas[unit.first - sentence.first], previous
            )
            found.append((features, edges))
    return found


def _commas(reading: Reading, cue: int, first: int, last: int) -> list[int]:
    """For every token of the sentence how many commas and the like stand between it and the cue."""
    counts = [0] * (last - first)
    for direction in (1, -1):
        n = 0
        i = cue
        while first <= i < last:
            counts[i - first] = n
            n += reading.words[i] in (",", ";", ":", "—", "–", "--", "(", ")")
            i += direction
    return counts


def _inside(reading: Reading, frame: _Frame, i: int, commas: int, previous: str) -> tuple[list[str], list[str], str]:
    tokens, words = reading.tokens, reading.words
    sentence = reading.sentences[reading.sentence_of[i]]
    steps, top, lower, depth = _branch(reading, frame, i)
    side = "@" if i == frame.cue else "<" if i < frame.cue else ">"
    if i == frame.cue:
        branch = "cue"
    elif steps < 0:
        branch = "apart"
    elif depth == 0:
        branch = frame.chain[steps] + "="
    else:
        dep = tokens.dep[top]
        branch = f"{frame.chain[steps]}/{dep}"
        if dep in ("prep", "agent", "prt", "mark"):
            branch += ":" + tokens.lemma[top]
    below = tokens.dep[lower] if lower >= 0 and depth > 1 else ""
    where = branch + side
    twig = below
    if lower >= 0 and below in ("prep", "mark", "advmod", "cc", "agent"):
        twig += ":" + tokens.lemma[lower]
    start, end = reading.subtree(lower) if lower >= 0 and depth > 1 else (-1, -1)
    cut = start > sentence.first and below in _LOOSE and words[start - 1] in _CUTS
    opens = "open" if i == start else "on"
    tail = end >= sentence.last - 2
    lowest = tokens.tag[lower] if start >= 0 else ""
    deep = _loose_edge(reading, i, lower) if start >= 0 else ""
    q = reading.quotation_of[i]
    own = reading.quotation_of[frame.cue]
    inside = "out" if q < 0 else "with" if q == own else "in"
    word = words[i] if tokens.pos[i] in SHOWN else tokens.tag[i]
    before = "<s>" if i == sentence.first else words[i - 1] if tokens.pos[i - 1] in SHOWN else tokens.tag[i - 1]
    after = "</s>" if i + 1 == sentence.last else words[i + 1] if tokens.pos[i + 1] in SHOWN else tokens.tag[i + 1]
    name = reading.name_of[i]
    sort = reading.names[name].type if name >= 0 else tokens.pos[i]
    far = _near(abs(i - frame.cue))
    gap = min(commas, 3)
    features = [
        "b=" + where,
        f"b={where}|{frame.key}",
        f"b={where}|{frame.rate}",
        f"b={where}|{below}",
        f"b={where}|{twig}",
        f"b={where}|{below}|cut={cut}|{inside}",
        f"b={branch}|{below}|{frame.rate}",
        f"b={where}|{tokens.dep[i]}",
        f"b={where}|{sort}",
        f"b={where}|{inside}|{frame.has_quotation}",
        f"b={where}|{gap}",
        f"b={where}|{frame.passive}|{frame.has_clause}",
        f"w={word}|{side}",
        f"w={word}|{before}",
        f"w={word}|{after}",
        f"w={word}|{where}",
        f"w-={before}|{side}|{inside}",
        f"w+={after}|{side}|{inside}",
        f"q={inside}|{side}|{frame.has_quotation}|{gap}",
        f"q={inside}|{side}|{frame.has_clause}",
        f"d={far}|{side}|{frame.has_quotation}",
        f"d={far}|{side}|{sort}",
        f"d={far}|{side}|{frame.key}",
        f"g={gap}|{side}|{frame.has_clause}|{frame.has_quotation}",
        f"s={sort}|{side}|{gap}",
        f"k={frame.key}|{side}|{inside}",
        f"t={tokens.tag[i]}|{tokens.dep[i]}|{side}",
        f"b={where}|{twig}|{frame.key}",
        f"l={lowest}|{below}|{cut}|{side}",
        f"l={lowest}|{twig}|{cut}|{frame.rate}|{side}",
        f"z={_near(end - start)}|{below}|{cut}|{tail}|{side}",
        f"z={start > frame.cue}|{twig}|{cut}|{tail}|{frame.has_quotation}",
        f"e={deep}|{side}",
        f"e={deep}|{frame.rate}|{side}",
        f"e={deep}|{branch}",
    ]
    edges = [
        f"{opens}={below}|{cut}|{side}",
        f"{opens}={twig}|{cut}|{tail}|{side}",
        f"{opens}={lowest}|{below}|{cut}",
        f"{opens}={below}|{frame.key}|{side}",
        f"{opens}={twig}|{branch}",
        f"e={deep}|{before}|{side}",
        f"w-={before}|{tokens.tag[i]}|{side}",
        f"w={word}|{before}|{side}",
        "bias",
        f"w={word}|{side}",
        f"w-={before}|{side}",
        f"same={previous == branch}|{side}",
        f"from={previous}|{branch}",
        f"w={word}|same={previous == branch}",
        f"q={inside}|{before in ('“', chr(34), '”')}|{side}",
        f"dep={tokens.dep[i]}",
    ]
    return features, edges, branch


def _loose_edge(reading: Reading, i: int, top: int) -> str:
    """The uppermost loosely hung constituent below `top` that holds a token and comes after a comma or dash."""
    tokens, words = reading.tokens, reading.words
    found = ""
    at = i
    for _ in range(12):
        if at == top:
            break
        dep = tokens.dep[at]
        if dep in _LOOSE:
            start = reading.subtree(at)[0]
            cut = start > 0 and words[start - 1] in _CUTS
            found = f"{dep}:{words[start] if tokens.pos[start] in SHOWN else tokens.tag[start]}:{cut}"
        at = tokens.head[at]
    return found


def _beside(reading: Reading, frame: _Frame, unit: Unit) -> tuple[list[str], list[str]]:
    sentence = reading.sentences[reading.sentence_of[frame.cue]]
    q = reading.quotations[reading.quotation_of[unit.first]]
    what = f"{unit.beside}{min(unit.number, 3)}"
    fresh = q.paragraph != reading.paragraph_of(frame.cue)
    colon = reading.words[sentence.last - 1] == ":"
    ends_quoted = reading.quotation_of[sentence.last - 1] >= 0
    size = _near((unit.last - unit.first) // 2)
    features = [
        "u=" + what,
        f"u={what}|{fresh}|{q.alone}|{colon}",
        f"u={what}|{frame.has_quotation}|{fresh}",
        f"u={what}|{frame.rate}|{fresh}",
        f"u={what}|{frame.key}|{fresh}",
        f"u={what}|{ends_quoted}|{fresh}|{colon}",
        f"u={what}|{size}",
        f"u={what}|{frame.has_clause}|{frame.has_quotation}|{fresh}",
        f"u={what}|{reading.tokens.dep[frame.cue]}|{fresh}",
    ]
    return features, ["bias", f"u={what}|{fresh}|{colon}", f"u={what}|{ends_quoted}"]
