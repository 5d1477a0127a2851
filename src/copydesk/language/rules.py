"""The rules of a spaCy pipeline, looked up: the same part of speech, morphology and lemma of every token in less time.

spaCy's attribute ruler asks all its patterns at every token, and its lemmatizer looks for a form in a list of tens of
thousands. What the patterns say follows from a token's lower-case form, its tag and how it hangs in the tree, so it is worked
out once for each kind of token; the list becomes a set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from spacy.attrs import DEP, IS_SPACE, LOWER, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs

RULER, LEMMATIZER, INDEX = "attribute_ruler", "lemmatizer", "lemma_index"
LOOKED_UP = "copydesk_looked_up_rules"
KNOWN_MAX = 100_000  # kinds of tokens that are remembered; then all are worked out anew
_COLUMNS = [LOWER, TAG, DEP, IS_SPACE]
_NAMES = ("LOWER", "TAG", "DEP", "IS_SPACE")
_FIRST_ASKED = _NAMES[:3]  # by the first of these whose values a pattern names it is found
_ASK: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda has, wanted: bool(has == wanted),
    "IN": lambda has, wanted: has in wanted,
    "NOT_IN": lambda has, wanted: has not in wanted,
    "REGEX": lambda has, wanted: re.search(wanted, has) is not None,
}

Key: TypeAlias = tuple[int, int, int, int]
Wanted: TypeAlias = Mapping[str, object]  # what a pattern wants of one token
Given: TypeAlias = Mapping[int, int]  # what a rule gives to a token


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A pattern of one or two tokens, and what the one at `index` is given. Rules of one number are other ways to say one."""

    number: int
    pattern: tuple[Wanted, ...]
    index: int
    given: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the rules say of a kind of token: those that hold of it alone with all that they give together, and those of two
    tokens for which it may be the first, or the second."""

    alone: tuple[Rule, ...]
    given: Given
    first: frozenset[Rule]
    second: frozenset[Rule]


class LookedUpRuler:
    """Gives tokens what the rules of an attribute ruler give."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._alone = _Asked([(rule, rule.pattern[0]) for rule in rules if len(rule.pattern) == 1])
        self._first = _Asked([(rule, rule.pattern[0]) for rule in rules if len(rule.pattern) == 2])
        self._second = _Asked([(rule, rule.pattern[1]) for rule in rules if len(rule.pattern) == 2])
        self._known: dict[Key, Kind] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document, its tokens changed."""
        known = self._known
        if len(known) > KNOWN_MAX:
            known.clear()
        keys: list[Key] = [tuple(row) for row in doc.to_array(_COLUMNS).tolist()] if len(doc) else []
        kinds = [known.get(key) or self._meet(key, token) for key, token in zip(keys, doc, strict=True)]
        more: dict[int, list[Rule]] = {}
        for i, (one, other) in enumerate(pairwise(kinds)):
            if one.first and other.second:
                for rule in one.first & other.second:
                    more.setdefault(i + range(2)[rule.index], []).append(rule)
        for i, (token, kind) in enumerate(zip(doc, kinds, strict=True)):
            given = _together([*kind.alone, *more[i]]) if i in more else kind.given
            if given:
                set_token_attrs(token, given)  # type: ignore[arg-type]
        return doc

    def _meet(self, key: Key, token: Token) -> Kind:
        alone = tuple(self._alone.fitting(token))
        first, second = (frozenset(asked.fitting(token)) for asked in (self._first, self._second))
        kind = self._known[key] = Kind(alone=alone, given=_together(alone), first=first, second=second)
        return kind


class _Asked:
    """Rules by what one of their patterns wants, so that few are asked of a token."""

    def __init__(self, wanted: Sequence[tuple[Rule, Wanted]]) -> None:
        self._by_value: dict[tuple[str, object], list[tuple[Rule, Wanted]]] = {}
        self._others: list[tuple[Rule, Wanted]] = []
        for rule, wants in wanted:
            name = next((name for name in _FIRST_ASKED if _values(wants.get(name))), None)
            if name is None:
                self._others.append((rule, wants))
            else:
                for value in sorted(set(_values(wants[name]))):
                    self._by_value.setdefault((name, value), []).append((rule, wants))

    def fitting(self, token: Token) -> Iterator[Rule]:
        """The rules whose pattern fits a token."""
        has: dict[str, str | bool] = dict(
            zip(_NAMES, (token.lower_, token.tag_, token.dep_, token.is_space), strict=True)
        )
        offered = [
            *self._others,
            *(pair for name in _FIRST_ASKED for pair in self._by_value.get((name, has[name]), ())),
        ]
        for rule, wants in offered:
            if all(_fits(has[name], value) for name, value in wants.items()):
                yield rule


def _values(wanted: object) -> Sequence[str]:
    """The values that are wanted of something, where they are named."""
    if isinstance(wanted, Mapping):
        return wanted["IN"] if wanted.keys() == {"IN"} else ()
    return (wanted,) if isinstance(wanted, str) else ()


def _fits(has: str | bool, wanted: object) -> bool:
    asked = wanted if isinstance(wanted, Mapping) else {"==": wanted}
    return all(_ASK[how](has, what) for how, what in asked.items())


def _together(rules: Sequence[Rule]) -> Given:
    """What rules give together: later ones go before."""
    given: dict[int, int] = {}
    for rule in sorted(rules, key=lambda rule: rule.number):
        given.update(rule.given)
    return given


@Language.factory(LOOKED_UP)
def make_ruler(nlp: Language, name: str) -> LookedUpRuler:
    """The rules of a pipeline's attribute ruler, looked up."""
    return LookedUpRuler(read_rules(nlp.get_pipe(RULER)) or ())


def look_up_rules(pipeline: Language) -> None:
    """Makes a pipeline look up what its ruler and lemmatizer would search for, as far as they are of a known form."""
    if RULER in pipeline.pipe_names and read_rules(pipeline.get_pipe(RULER)) is not None:
        pipeline.add_pipe(LOOKED_UP, after=RULER)
        pipeline.disable_pipe(RULER)
    lookups = getattr(pipeline.get_pipe(LEMMATIZER), "lookups", None) if LEMMATIZER in pipeline.pipe_names else None
    if lookups is not None and lookups.has_table(INDEX):
        table = lookups.get_table(INDEX)
        for key, forms in list(table.items()):
            if isinstance(forms, list):
                table[key] = frozenset(forms)


def read_rules(ruler: object) -> list[Rule] | None:
    """A ruler's rules in order; None where one of them asks for what cannot be looked up."""
    if type(ruler) is not AttributeRuler:
        return None
    rules = []
    for number, (told, given) in enumerate(zip(ruler.patterns, ruler.attrs, strict=True)):
        for pattern in told["patterns"]:  # type: ignore[union-attr]
            if len(pattern) not in (1, 2) or not all(map(_can_be_looked_up, pattern)):
                return None
            rules.append(Rule(number=number, pattern=tuple(pattern), index=told["index"], given=given))  # type: ignore[arg-type]
    return rules


def _can_be_looked_up(wanted: object) -> bool:
    return (
        isinstance(wanted, Mapping)
        and bool(wanted)
        and all(
            name in _NAMES
            and (isinstance(value, str | bool) or (isinstance(value, Mapping) and value.keys() <= _ASK.keys() - {"=="}))
            for name, value in wanted.items()
        )
    )
