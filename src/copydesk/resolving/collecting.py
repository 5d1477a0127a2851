"""Markup → the name mentions of a story, trimmed to the name itself, those that the tagger missed among them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, NameMention, NameType
from copydesk.model.piles import Pile
from copydesk.reference import gazetteer
from copydesk.reference.given_names import is_given_name
from copydesk.reference.naming import ADDRESS, NUMBERED
from copydesk.reference.titles import TITLE_FILLERS, TITLE_WORDS
from copydesk.resolving.growing import grow_names, read_page
from copydesk.resolving.kinds import settle_kinds
from copydesk.resolving.mentions import Mention
from copydesk.resolving.repairs import Lexicon, bracketed, repair_names
from copydesk.resolving.spelling import Name, is_acronym
from copydesk.resolving.untagged import find_untagged
from copydesk.text.normalise import Word, find_words

# Last words of what is a time and no name. May, March, April, June and August are people's names, too.
CALENDAR = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "july", "september",
     "october", "november", "december", "gmt", "est", "edt", "pst", "pdt", "utc"]
)  # fmt: skip
DEGREES = frozenset(
    [
        "md",
        "phd",
        "mba",
        "msc",
        "bsc",
        "ma",
        "ba",
        "jd",
        "dds",
        "rn",
        "esq",
        "mp",
        "qc",
        "kc",
        "cbe",
        "obe",
        "mbe",
        "frs",
    ]
)  # behind a name
WORDS_MAX = 10  # words of a name; longer ones are the tagger's mistakes
SPREAD_LETTERS = 4  # a single word that is looked for in other articles has at least this many letters


def collect_mentions(pile: Pile, lexicon: Lexicon, spread: bool) -> list[Mention]:
    """All name mentions of a story in order of article and place."""
    found = [
        m
        for article, markup in zip(pile.articles, pile.markups, strict=True)
        for m in _tagged(article, markup, lexicon)
    ]
    found = _without_first_words(pile, _without_headline_noise(pile, found), lexicon)
    if spread:
        found += _spread(pile, found, lexicon)
    found = settle_kinds(found, pile, lexicon.small)
    return sorted(found, key=lambda m: (m.article, m.start, m.end))


def _tagged(article: Article, markup: Markup, lexicon: Lexicon) -> Iterator[Mention]:
    starts = [s.start for s in markup.sentences]
    page = read_page(article.text, markup, len(article.headline))
    mended = grow_names(page, _longest(repair_names(article.text, markup.names, starts, lexicon)), lexicon)
    mended = _longest([*mended, *bracketed(article.text, mended)])
    taken = sorted((n.start, n.end) for n in mended)
    for name in [*mended, *find_untagged(article.text, markup, taken, lexicon)]:
        mention = _trim(article, name, starts)
        if mention is not None:
            yield mention


def _longest(names: Iterable[NameMention]) -> list[NameMention]:
    """The names without those that lie inside another."""
    kept: list[NameMention] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def _without_headline_noise(pile: Pile, found: Sequence[Mention]) -> list[Mention]:
    """The mentions without those of headlines that no body has: capitals there do not make a name."""
    bodies = {a.id: len(a.headline) for a in pile.articles}
    said = {m.key for m in found if m.start >= bodies[m.article]}
    return [m for m in found if m.start >= bodies[m.article] or m.key in said or _known(m, said)]


def _without_first_words(pile: Pile, found: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, cut by a capitalised first word of a sentence that stands before a name known without it."""
    text_of = {a.id: a.text for a in pile.articles}
    firsts = {(m.article, s.start) for m in pile.markups for s in m.sentences}
    count = Counter(m.key for m in found)
    parts = {w for m in found if len(m.key) > 1 for w in m.key}
    at_start = Counter(m.key for m in found if {(m.article, m.start), (m.article, m.start - 4)} & firsts)
    kept = []
    for m in found:
        opens = (m.article, m.start) in firsts and len(m.key) > 1 and count[m.key] == 1
        opening = (m.article, m.start) in firsts or (m.article, m.start - 4) in firsts
        if opening and len(m.key) == 1 and at_start[m.key] == count[m.key]:
            alone = m.type == "person" and not m.address and m.key[0] not in parts and not is_given_name(m.text)
            if alone or m.key[0] in lexicon.small:
                continue  # a capital that only the beginning of a sentence gives
        common = m.key[0] in lexicon.small or m.key[0].endswith("ing") or _is_trade(m)
        known = count[m.key[1:]] > 1 or _is_trade(m)
        if opens and common and known and m.key[-1].isalpha() and not lexicon.pairs[m.key[0], m.key[1]]:
            words = list(find_words(text_of[m.article][m.start : m.end]))
            start = m.start + words[1].start
            m = replace(
                m, start=start, text=text_of[m.article][start : m.end], key=m.key[1:], address_start=start, address=""
            )
        kept.append(m)
    return kept


def _is_trade(m: Mention) -> bool:
    """Whether a name begins with a word that is no given name before one that is: "Baker Ada Lund"."""
    words = m.text.split()
    return m.type == "person" and len(words) > 2 and is_given_name(words[1]) and not is_given_name(words[0])


def _known(mention: Mention, said: set[Name]) -> bool:
    """Whether a name that only headlines have is a place of the gazetteer or abbreviates a name of the bodies."""
    if len(mention.key) == 1 and any(is_acronym(mention.key[0], key) for key in said):
        return True
    return mention.type == "place" and bool(gazetteer().find(mention.text))


def _trim(article: Article, name: NameMention, starts: Sequence[int]) -> Mention | None:
    """The mention without what is no part of the name; None when nothing is left."""
    text = article.text
    words = [(w.start + name.start, w.end + name.start) for w in find_words(text[name.start : name.end])]
    keys = [w.key for w in find_words(text[name.start : name.end])]
    while words and keys[0] in ("the", "a", "an", "s"):
        words, keys = words[1:], keys[1:]
    address, address_start = "", words[0][0] if words else 0
    while len(words) > 1 and name.type == "person" and keys[0] in ADDRESS:
        address = keys[0]
        words, keys = words[1:], keys[1:]
    while len(words) > 1 and name.type == "person" and gazetteer().is_adjective(text[words[0][0] : words[0][1]]):
        words, keys = words[1:], keys[1:]
    while len(words) > 2 and name.type == "person" and text[words[0][0] : words[0][1]].isupper() and len(keys[0]) > 1:
        words, keys = words[1:], keys[1:]  # "AFP Ada Lund": what stands before is a credit
    while len(words) > 2 and name.type == "person" and keys[-1] in DEGREES and text[words[-1][0]].isupper():
        words, keys = words[:-1], keys[:-1]
    if not words or len(words) > WORDS_MAX or (len(keys) == 1 and keys[0] in ADDRESS):
        return None
    start, end = words[0][0], words[-1][1]
    for ending in ("'s", "’s", "‘s"):
        if text[start:end].lower().endswith(ending):
            end -= 2
            keys[-1] = keys[-1].removesuffix("s")
            break
    if end <= start or not all(keys):
        return None
    if all(len(k) == 1 for k in keys):
        keys = ["".join(keys)]  # "U.N." is "UN"
    if not (any(c.isupper() for c in text[start:end]) or NUMBERED.match(text, start, end)) or all(
        k in TITLE_WORDS or k in TITLE_FILLERS for k in keys
    ):
        return None
    if keys[-1] in CALENDAR or (len(keys) > 1 and name.type == "person" and keys[0] in CALENDAR):
        return None
    tail = text[end : end + 1]
    if tail == "." and name.end > end and len(keys[-1]) <= 4:
        end += 1  # "Pa.", "Inc."
    if not address:
        address, address_start = _address_before(text, start)
    return Mention(
        article=article.id,
        start=start,
        end=end,
        text=text[start:end],
        key=tuple(keys),
        type=name.type,
        address=address,
        address_start=address_start,
        sentence=max(0, bisect_right(starts, start) - 1),
        found_by=name.reason,
    )


def _address_before(text: str, start: int) -> tuple[str, int]:
    """The capitalised form of address right before a place in the text, and where it begins."""
    before = text[max(0, start - 24) : start]
    words = list(find_words(before))
    if not words:
        return "", start
    last = words[-1]
    gap = before[last.end :]
    if last.key in ADDRESS and before[last.start].isupper() and gap in (" ", ". ", "\u00a0", ".\u00a0"):
        return last.key, start - len(before) + last.start
    return "", start


def _spread(pile: Pile, known: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Names that were found somewhere in the story, where the tagger passed them over."""
    types: dict[Name, Counter[NameType]] = {}
    for m in known:
        types.setdefault(m.key, Counter())[m.type] += 1
    wanted = {key: _most(votes) for key, votes in types.items() if _worth_looking_for(key, votes, lexicon.small)}
    for key in sorted(types):
        surname = key[-1].isalpha() and len(key[-1]) > 2 and key[-1] not in lexicon.small
        if 2 <= len(key) <= 3 and _most(types[key]) == "person" and surname:
            wanted.setdefault(key[-1:], "person")
    by_first: dict[str, list[Name]] = {}
    for key in sorted(wanted, key=lambda k: (-len(k), k)):
        by_first.setdefault(key[0], []).append(key)
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        taken = sorted((m.start, m.end) for m in known if m.article == article.id)
        starts = [s.start for s in markup.sentences]
        for start, end, key in _occurrences(article.text, by_first, taken):
            address, address_start = _address_before(article.text, start)
            yield Mention(
                article=article.id,
                start=start,
                end=end,
                text=article.text[start:end],
                key=key,
                type=wanted[key],
                address=address,
                address_start=address_start,
                sentence=max(0, bisect_right(starts, start) - 1),
                found_by="the same name elsewhere in the story",
            )


def _worth_looking_for(key: Name, votes: Counter[NameType], small: frozenset[str]) -> bool:
    if len(key) > 1:
        return True
    return len(key[0]) >= SPREAD_LETTERS and votes.total() > 1 and key[0] not in small


def _most(votes: Counter[NameType]) -> NameType:
    return min(votes, key=lambda t: (-votes[t], t))


def _occurrences(
    text: str, by_first: dict[str, list[Name]], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Name]]:
    words = list(find_words(text))
    i = 0
    while i < len(words):
        for key in by_first.get(_bare(words[i], text)[0], ()):
            last = i + len(key) - 1
            if last >= len(words):
                continue
            run = words[i : last + 1]
            tail, end = _bare(run[-1], text)
            if tuple([w.key for w in run[:-1]] + [tail]) != key or not _written_as_name(text, run):
                continue
            start = run[0].start
            if any(a < end and start < b for a, b in taken) or "\n" in text[start:end]:
                continue
            yield start, end, key
            i = last
            break
        i += 1


def _bare(word: Word, text: str) -> tuple[str, int]:
    """A word's folded form and end without the 's of possession."""
    written = text[word.start : word.end]
    if written[-2:] in ("'s", "’s"):
        return word.key.removesuffix("s"), word.end - 2
    return word.key, word.end


def _written_as_name(text: str, run: Sequence[Word]) -> bool:
    """Whether a run of words is written as a name: the first in capitals; of several, the rest as it pleases."""
    first = text[run[0].start]
    return first.isupper() or first.isdigit()
