"""What stands around a time: tense and clause decide whether it lies behind or ahead, and whether it is a time at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from copydesk.model.markup import Sentence, Tokens

STEPS_MAX = 12  # heads climbed from a time to its verb
_AHEAD = re.compile(
    r"\b(?:will|shall|'ll|’ll|won['’]t|would|could|plans?|planned|planning|expects?|expected|scheduled|due|set to|slated|going to|upcoming"
    r"|is to|are to|was to|were to|to be|hopes?|intends?|aims?|until|deadline|next|effective|expires?|begins?|proposed|promises|may|starts?|opens?)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:was|were|had|has|have|did|been|said|told|ended|reported|killed|died|made|took|went|came|began|became|got|found|held|left|fell|rose|lost|won|met|shot|hit|ran|flew|drove|sank|broke|brought|gave|saw|spoke|stood|sent|sold|built|bought|caught|chose|fought|fled|grew|kept|led|let|paid|put|sat|set|struck|swept|taught|thought|wore|wrote|knew|felt|heard|read|since|[a-z]{3,}ed|last)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|as (?:soon|early) as|ahead of|effective)\s+$", re.IGNORECASE
)  # after these a day lies ahead, whatever the tense
_TITLE = re.compile(
    r"\b(?:Minutes|Hours|Days?|Weeks?|Months|Years?)$"
)  # in quotation marks and capitals: a programme's name
_GENERIC = re.compile(  # what is of our days, not of this one
    r"['’]s\s+(?:[a-z]+\s+)?(?:world|society|societies|youth|generations?|econom(?:y|ies)|markets?|climate|culture|age|era|children|kids|parents"
    r"|teen-?agers|students|women|men|workers|families|consumers|voters|standards|prices|money|technolog(?:y|ies)|computers|machines|cars)\b",
    re.IGNORECASE,
)
_MANY_OF = re.compile(r"\b(?:many|most|some|much|all|few) of\s+$", re.IGNORECASE)
_OF_A_YEAR = frozenset({  # several of them have one year: what stands before them does not count them
    "result", "earnings", "earning", "sale", "figure", "profit", "loss", "revenue", "election", "game", "olympics", "protest", "riot", "budget", "price",
    "level", "estimate", "forecast", "dividend", "contract", "talk", "account", "expense", "cost", "proceeds", "primary", "poll",
})  # fmt: skip
_SAYING = frozenset(
    {"say", "tell", "report", "announce", "show", "add", "note", "write", "quote", "describe", "claim", "argue"}
)
# Presents that are spelt as their past: the tagger cannot tell them apart.
_SPELT_ALIKE = frozenset(
    {
        "hurt",
        "hit",
        "put",
        "cut",
        "set",
        "let",
        "shut",
        "cost",
        "spread",
        "read",
        "quit",
        "beat",
        "split",
        "bet",
        "cast",
        "burst",
        "shed",
        "have",
    }
)
_LASTING = frozenset(
    {"lie", "live", "work", "serve", "stand", "last", "rule", "reign", "fight", "lead", "sleep", "talk", "wait", "sit"}
)
_PLANS = frozenset(
    {
        "agreement",
        "plan",
        "deal",
        "proposal",
        "decision",
        "offer",
        "bid",
        "intention",
        "promise",
        "pledge",
        "permission",
        "commitment",
        "option",
    }
)
_CALLED_OFF = frozenset({"cancel", "postpone", "scrap", "ban", "abandon", "drop", "delay"})
_FUTURE_LEMMAS = frozenset(
    {
        "expect",
        "plan",
        "schedule",
        "slate",
        "set",
        "hope",
        "intend",
        "aim",
        "promise",
        "prepare",
        "vow",
        "agree",
        "want",
    }
)


def direction_at(place: tuple[int, int], sentence: Sentence | None, tokens: Tokens, text: str) -> str:
    """ "past", "future" or "near": where a time without a year or week of its own lies, seen from publication."""
    if sentence is None or text.startswith(("'s", "’s"), place[1]):
        return "near"
    at = bisect_left(tokens.start, place[0])
    if _UNTIL.search(text, max(sentence.start, place[0] - 16), place[0]):
        return "past" if at < len(tokens) and _is_reached(at, tokens) else "future"
    if at < len(tokens) and tokens.dep[at]:
        found = _by_syntax(at, bisect_left(tokens.start, place[1]), tokens)
        if found:
            return found
    return _by_words(text, place, sentence)


def _is_reached(at: int, tokens: Tokens) -> bool:
    """Whether it is told that something did not happen until then, when it did, or went on until then, when it ended."""
    for _ in range(STEPS_MAX):
        if tokens.head[at] == at or tokens.pos[at] in ("VERB", "AUX"):
            break
        at = tokens.head[at]
    before = [i for i in range(max(0, at - 6), at) if tokens.head[i] == at]
    if tokens.tag[at] == "VBD" and tokens.lemma[at] in _LASTING:
        return True
    return any(tokens.dep[i] == "neg" for i in before) and any(tokens.tag[i] == "VBD" for i in before)


def _by_syntax(first: int, last: int, tokens: Tokens) -> str | None:
    """What the tense of the clause says that the time stands in; None when no verb governs it."""
    head = first
    for _ in range(STEPS_MAX):
        if not first <= head < last and tokens.pos[head] in ("VERB", "AUX"):
            break
        if tokens.head[head] == head:
            return None
        head = tokens.head[head]
    if tokens.pos[head] not in ("VERB", "AUX"):
        return None
    auxiliaries = [
        i
        for i in range(max(0, head - 8), head)
        if tokens.head[i] == head and tokens.dep[i] in ("aux", "auxpass", "mark")
    ]
    words = {tokens.lemma[i] for i in auxiliaries}
    tags = {tokens.tag[i] for i in auxiliaries}
    if words & {"will", "shall", "'ll", "’ll"} or tokens.lemma[head] in ("will",):
        return "future"
    if tokens.tag[head] in ("VBD", "VBN") and not words & {"to"}:
        if tokens.lemma[head] in ("expect", "schedule", "slate", "plan"):
            return "future" if not _is_called_off(head, tokens) else "closest"
        if tokens.tag[head] == "VBN" and tokens.lemma[head] in ("due", "set"):
            done = not tags and tokens.lemma[min(head + 1, len(tokens) - 1)] in (
                "on",
                "in",
                "at",
                "by",
            )  # a record set in May
            return "past" if done else "future"
        if tokens.dep[head] == "advcl" and _as_soon_as(head, tokens) and _is_ahead(tokens.head[head], tokens):
            return "future"  # they were likely to sell as soon as trading opened
        return "past" if not tags & {"MD"} or "have" in words or "could" in words else "future"
    if "have" in words:
        return "past"
    if "to" in words or "TO" in tags:
        parent = tokens.head[head]
        above = (parent, tokens.head[parent])  # "had been scheduled to", "had been due to": no longer
        if any(
            tokens.head[i] in above and tokens.tag[i] == "VBD" and tokens.lemma[i] == "have"
            for i in range(max(0, parent - 5), parent)
        ):
            return "past"
        if tokens.pos[parent] == "VERB" and any(
            tokens.head[i] == parent and tokens.dep[i] == "auxpass" and tokens.tag[i] in ("VBP", "VBZ")
            for i in range(max(0, parent - 4), parent)
        ):
            return "future"  # they are supposed to end
        if tokens.dep[head] == "acl" and tokens.lemma[parent] in _PLANS:
            return "future"  # an agreement to buy
        return (
            "future"
            if parent != head and (tokens.lemma[parent] in _FUTURE_LEMMAS or tokens.tag[parent] in ("VBZ", "VBP"))
            else None
        )
    if "MD" in tags and words & {"would", "should", "may", "might", "can", "must"}:
        return "future"
    if (
        tokens.tag[head] == "VBG"
        and not auxiliaries
        and tokens.dep[head] in ("prep", "advcl")
        and tokens.head[head] != head
    ):
        verb = tokens.head[head]  # starting, ending: as the verb that it belongs to
        if tokens.pos[verb] == "VERB" and tokens.tag[verb] != "VBG" and not first <= verb < last:
            return _by_syntax(verb, verb, tokens)
    if tokens.tag[head] in ("VBZ", "VBP"):
        plans = tokens.lemma[head] in _FUTURE_LEMMAS and any(
            tokens.head[i] == head and tokens.dep[i] == "xcomp" for i in range(head + 1, min(len(tokens), head + 8))
        )
        if plans:
            return "future"
        return (
            "due"
            if tokens.lemma[head] not in _SAYING | _SPELT_ALIKE
            and tokens.pos[head] == "VERB"
            and _hangs_on(head, first, last, tokens)
            else "near"
        )
    return None


def _hangs_on(head: int, first: int, last: int, tokens: Tokens) -> bool:
    """Whether the time is the verb's own, by itself or after "on" or "at": "they meet Monday"."""
    for i in range(first, last):
        above = tokens.head[i]
        if tokens.dep[i] == "npadvmod" and above == head:
            return True
        if tokens.dep[i] == "pobj" and tokens.lemma[above] in ("on", "at") and tokens.head[above] == head:
            return True
    return False


def _is_called_off(head: int, tokens: Tokens) -> bool:
    """Whether what was planned is said to be no more: "the march planned for Sunday was banned"."""
    above = tokens.head[tokens.head[head]]
    return tokens.dep[head] == "acl" and tokens.lemma[above] in _CALLED_OFF


def _as_soon_as(head: int, tokens: Tokens) -> bool:
    return any(
        tokens.lemma[i] == "as" and tokens.lemma[i - 1] == "soon" and tokens.head[i] == head
        for i in range(max(1, head - 8), head)
    )


def _is_ahead(at: int, tokens: Tokens) -> bool:
    """Whether a clause tells of what is likely, due or ready to come: "were likely to buy"."""
    for _ in range(3):
        if tokens.pos[at] == "ADJ" and tokens.lemma[at] in ("likely", "ready", "sure", "due", "certain"):
            return True
        if any(
            tokens.head[i] == at and tokens.lemma[i] in ("will", "shall", "'ll", "’ll")
            for i in range(max(0, at - 5), at)
        ):
            return True
        if tokens.head[at] == at:
            return False
        at = tokens.head[at]
    return False


def _by_words(text: str, place: tuple[int, int], sentence: Sentence) -> str:
    """The nearest cue in the sentence, words before the time first."""
    before = text[max(sentence.start, place[0] - 90) : place[0]]
    ahead = max((m.end() for m in _AHEAD.finditer(before)), default=-1)
    behind = max((m.end() for m in _BEHIND.finditer(before)), default=-1)
    if ahead == behind:
        after = text[place[1] : min(sentence.end, place[1] + 90)]
        ahead = -min((m.start() for m in _AHEAD.finditer(after)), default=99)
        behind = -min((m.start() for m in _BEHIND.finditer(after)), default=99)
    return "future" if ahead > behind else "past" if behind > ahead else "near"


_PRICE = re.compile(
    r"(?:[$€£¥#]|\b(?:no|room|flight|page|channel|route|highway|interstate|section|article|version|model|code|zip|chapter|lot|unit)\.?)\s*$",
    re.IGNORECASE,
)


def is_other_word(text: str, place: tuple[int, int], tokens: Tokens, expression: str) -> bool:
    """Whether what looks like a time is a modal verb, a number of things, a part of a name or of a larger number."""
    start, end = place
    at = bisect_right(tokens.start, start) - 1
    word = text[start:end].lower()
    if (
        0 <= at < len(tokens)
        and word in ("may", "march", "spring", "fall", "second")
        and tokens.tag[at] in ("MD", "VB", "VBP", "VBD", "VBZ")
    ):
        return True
    if (
        word.endswith("march")
        and not text[end - 5].isupper()
        and tokens.tag[min(bisect_left(tokens.end, end), len(tokens) - 1)] == "NN"
    ):
        return True  # "at this march"
    if (
        word in ("today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        and text[start:end].isupper()
    ):
        return text[max(0, start - 4) : start].strip().isupper()  # a paper's or programme's name in capitals
    if _TITLE.search(text[start:end]) and text[max(0, start - 1) : start] in ("'", '"', "“", "‘", "`"):
        return True
    if word == "future" and 0 <= at < len(tokens) and tokens.tag[at] == "JJ":
        return True  # "future earnings"
    if (
        expression == "ref(PAST_REF)"
        and word.endswith("past")
        and tokens.tag[min(bisect_left(tokens.end, end), len(tokens) - 1)] == "JJ"
    ):
        return True  # "in the past performances"
    if word == "today" and (
        _GENERIC.match(text, end)
        or (text[end : end + 1] in ("'", "’") and _MANY_OF.search(text, max(0, start - 12), start))
    ):
        return True  # "today's youth"
    if (
        word == "daily"
        and text[end + 1 : end + 2].isupper()
        and 0 <= at < len(tokens)
        and tokens.pos[at] in ("NOUN", "PROPN")
    ):
        return True  # the party's daily, with its name behind it
    if expression.startswith("date(") and len(word) == 4 and word.isdigit():
        if _PRICE.search(text, max(0, start - 14), start) or re.match(
            r"[.,]\d|\s?(?:%|°|people|dollars|euros|pounds|feet|metres|meters|miles|km|kilometers|kilometres|percent|points|jobs|members|votes|homes|shares|units|tons|tonnes|troops|soldiers|others)\b",
            text[end : end + 14],
        ):
            return True
        if not (
            0 <= at < len(tokens)
            and tokens.dep[at] == "nummod"
            and tokens.head[at] > at
            and tokens.tag[tokens.head[at]] == "NNS"
        ):
            return False
        return tokens.lemma[tokens.head[at]] not in _OF_A_YEAR
    return False
