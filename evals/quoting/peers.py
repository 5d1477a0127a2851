"""Other finders of quotes, run beside ours: a cue-verb list with the dependency tree, and textacy's direct quotations."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from copydesk.language.tagger import Tagger
from copydesk.model.markup import Markup
from copydesk.text.sentences import find_paragraphs
from evals.quoting.scoring import Attribution, word_numbers, words_of

_QUOTED = re.compile(r"[“\"«][^“”\"«»]{2,800}[”\"»]")
Find = Callable[[str, Markup], list[Attribution]]


def peers(tagger: Tagger) -> Iterator[tuple[str, Find]]:
    """The finders that are installed, by name; each is given a text and its markup."""
    yield "verbs+syntax", lambda text, markup: list(baseline(markup, text))
    if find_spec("textacy") is None:
        print("evals: textacy is not installed, left out", file=sys.stderr)
        return
    yield "textacy", textacy_finder(tagger)


def textacy_finder(tagger: Tagger) -> Find:
    """textacy.extract.direct_quotations on our pipeline's own analysis, a paragraph at a time.

    It refuses a text with an odd number of quotation marks; paragraph by paragraph that costs it the least.
    """
    direct_quotations: Any = import_module("textacy.extract").direct_quotations

    def find(text: str, markup: Markup) -> list[Attribution]:
        words = words_of(text)
        paragraphs = find_paragraphs(text)
        found = []
        for (start, _), doc in zip(paragraphs, tagger.tag(text[a:b] for a, b in paragraphs), strict=True):
            try:
                triples = list(direct_quotations(doc))
            except ValueError:
                continue
            for speaker, cue, content in triples:
                place = (start + content.start_char, start + content.end_char)
                found.append(
                    Attribution(
                        content=word_numbers(words, [place]),
                        cue=tuple((start + t.idx, start + t.idx + len(t)) for t in cue),
                        source=tuple((start + t.idx, start + t.idx + len(t)) for t in speaker),
                        direct=True,
                    )
                )
        return found

    return find


# The baseline: a short list of verbs, their grammatical subject, their clause or the quotations of the sentence.
BASELINE_VERBS = frozenset(
    ["say", "tell", "add", "write", "ask", "note", "argue", "announce", "claim", "explain", "report", "state", "warn",
     "suggest", "insist", "admit", "declare", "tweet", "reply", "deny", "believe", "think", "according"]
)  # fmt: skip


def baseline(markup: Markup, text: str) -> Iterator[Attribution]:
    """Attributions of a cue-verb list and the dependency tree."""
    tokens, words = markup.tokens, words_of(text)

    def place(top: int) -> tuple[int, int]:
        reach = {top}
        for _ in range(12):
            reach |= {i for i in range(len(tokens)) if tokens.head[i] in reach and abs(i - top) < 80}
        return tokens.start[min(reach)], tokens.end[max(reach)]

    for sentence in markup.sentences:
        inside = range(sentence.first, sentence.last)
        quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text, sentence.start, sentence.end)]
        for i in inside:
            if tokens.lemma[i] not in BASELINE_VERBS:
                continue
            below = [j for j in inside if tokens.head[j] == i and j != i]
            clause = next((j for j in below if tokens.dep[j] == "ccomp"), None)
            subject = next((j for j in below if tokens.dep[j] == "nsubj"), None)
            content = quoted or ([place(clause)] if clause is not None else [])
            if content:
                yield Attribution(
                    content=word_numbers(words, content),
                    cue=((tokens.start[i], tokens.end[i]),),
                    source=(place(subject),) if subject is not None else (),
                    direct=bool(quoted),
                )
                break
