"""The articles of a story → the headline that stands for it: clean and central."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from copydesk.model.copies import CopyLink
from copydesk.model.dossiers import TracedArticle

WORD = re.compile(r"[^\W\d_]{4,}|\d+")  # words of four letters and more: shorter ones are mostly grammar
WORDS_IN_TEXT_MAX = 5_000  # words of one article that count
LENGTH_BEST = (28, 110)  # code points of a headline that neither teases nor rambles
FURNITURE = re.compile(
    r"[|»›]|\.\.\.$|…$|^\W*(?:live|watch|video|photos?|update[sd]?|opinion)\b\s*[:|–—-]", re.IGNORECASE
)


def choose_headline(articles: Sequence[TracedArticle], links: Iterable[CopyLink] = ()) -> str:
    """One article's own headline, as written: the one whose words most articles share, badly kept ones last.

    Articles that took most of their text from another of the story speak for it last; "" when there is no headline.
    """
    copied = {link.copy for link in links if link.direction != "unknown" and link.coverage >= 0.5}
    frequency: Counter[str] = Counter()
    for traced in articles:
        frequency.update(set(_words(traced.article.text)))
    best = ""
    best_key: tuple[float, str, str] | None = None
    for traced in articles:
        headline = " ".join(traced.article.headline.split())
        if not headline:
            continue
        score = _central(headline, frequency, len(articles)) - _faults(headline)
        score -= (
            0.5 * (not traced.article.compared) + 0.3 * bool(traced.warnings) + 0.05 * (traced.article.id in copied)
        )
        key = (-round(score, 6), headline, traced.article.id)
        if best_key is None or key < best_key:
            best, best_key = headline, key
    return best


def _words(text: str) -> list[str]:
    return [w.group().lower() for w in _first(WORD.finditer(text))]


def _first(matches: Iterable[re.Match[str]]) -> Iterable[re.Match[str]]:
    for i, match in enumerate(matches):
        if i >= WORDS_IN_TEXT_MAX:
            return
        yield match


def _central(headline: str, frequency: Counter[str], articles: int) -> float:
    """The mean share of the story's articles that hold a word of the headline, 0 to 1."""
    words = set(_words(headline))
    if not words or not articles:
        return 0.0
    return sum(frequency[w] for w in words) / len(words) / articles


def _faults(headline: str) -> float:
    letters = [c for c in headline if c.isalpha()]
    shouting = bool(letters) and sum(c.isupper() for c in letters) > 0.6 * len(letters)
    shortest, longest = LENGTH_BEST
    too_short = max(0.0, (shortest - len(headline)) / shortest)
    too_long = min(1.0, max(0.0, (len(headline) - longest) / longest))
    return (
        0.4 * shouting
        + 0.4 * bool(FURNITURE.search(headline))
        + 0.15 * headline.rstrip().endswith("?")
        + 0.5 * too_short
        + 0.5 * too_long
        + 0.1 * headline.endswith(".")
    )
