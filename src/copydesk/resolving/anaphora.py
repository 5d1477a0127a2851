"""Pronouns and "the minister" → the person that they stand for, within one article."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from copydesk.model.markup import Sentence
from copydesk.model.spans import Span
from copydesk.reference import gazetteer
from copydesk.reference.naming import OFFICES, SMALL
from copydesk.resolving.roles import RoleMention
from copydesk.resolving.syntax import Syntax
from copydesk.text.normalise import find_words

HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
SENTENCES_BACK = 4  # a pronoun this many sentences after the last mention of anybody stands for nobody
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as anaphora sees one: sex ("m", "f", "" when nothing tells) and roles."""

    entity: str
    sex: str
    roles: tuple[RoleMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A place where a person was named or stood for."""

    entity: str
    start: int
    sentence: int
    subject: bool
    quoted: bool
    headline: bool


def follow_anaphora(syntax: Syntax, named: Mapping[Span, str], persons: Mapping[str, Person]) -> dict[Span, str]:
    """The persons that an article's pronouns and role nouns stand for. `named` holds this article's name mentions."""
    persons = _with_sexes(syntax, named, persons)
    told = _told_by_quotes(syntax, named, persons)
    spans = sorted((s, e) for s, e in named.items() if e in persons)
    counts = Counter(e for _, e in spans)
    found: dict[Span, str] = {}
    seen: list[_Seen] = []
    waiting = list(spans)
    for number, sentence in enumerate(syntax.markup.sentences):
        for i in range(sentence.first, sentence.last):
            at = syntax.tokens.start[i]
            while waiting and waiting[0][0].start <= at:
                span, entity = waiting.pop(0)
                seen.append(_see(syntax, (number, sentence), syntax.head_of(span.start, span.end), entity, span.start))
            span = Span(article=syntax.markup.article, start=at, end=syntax.tokens.end[i])
            word = syntax.text[span.start : span.end].lower()
            if span.start in told:
                entity_found: str | None = told[span.start]
            elif word in HE or word in SHE:
                entity_found = _pronoun(
                    (number, at), "m" if word in HE else "f", seen, (persons, counts, _quoted(syntax, at))
                )
            elif _stands_alone(syntax, sentence, i, named):
                entity_found = _role_noun(syntax, i, seen, persons)
            else:
                continue
            if entity_found:
                found[span] = entity_found
                seen.append(_see(syntax, (number, sentence), i, entity_found, at))
    return found


def _told_by_quotes(syntax: Syntax, named: Mapping[Span, str], persons: Mapping[str, Person]) -> dict[int, str]:
    """Where "he" is the source of a quotation that was given its speaker's name: the place of "he", and who it is."""
    by_name = {syntax.text[s.start : s.end].lower(): e for s, e in sorted(named.items()) if e in persons}
    found = {}
    for quote in syntax.markup.quotes:
        if quote.source is not None and quote.source_name and quote.source_name.lower() in by_name:
            word = syntax.text[quote.source.start : quote.source.end].lower()
            if word in HE or word in SHE:
                found[quote.source.start] = by_name[quote.source_name.lower()]
    return found


def _with_sexes(syntax: Syntax, named: Mapping[Span, str], persons: Mapping[str, Person]) -> dict[str, Person]:
    """The persons, those of unknown sex with what the pronouns say that can only be theirs.

    A pronoun can only be theirs when they alone were named in its sentence and the one before.
    """
    votes: Counter[tuple[str, str]] = Counter()
    before: set[str] = set()
    for sentence in syntax.markup.sentences:
        here = {e for s, e in named.items() if e in persons and sentence.start <= s.start < sentence.end}
        if len(here | before) == 1 and not sentence.is_headline:
            (only,) = here | before
            for i in range(sentence.first, sentence.last):
                word = syntax.text[syntax.tokens.start[i] : syntax.tokens.end[i]].lower()
                votes[only, "m" if word in HE else "f"] += word in HE or word in SHE
        before = set() if sentence.is_headline else here or before
    found = {}
    for entity, person in persons.items():
        male, female = votes[entity, "m"], votes[entity, "f"]
        sex = person.sex or ("m" if male > 2 * female else "f" if female > 2 * male else "")
        found[entity] = replace(person, sex=sex)
    return found


def _see(syntax: Syntax, place: tuple[int, Sentence], head: int | None, entity: str, start: int) -> _Seen:
    number, sentence = place
    subject = head is not None and syntax.tokens.dep[head] in _SUBJECTS
    return _Seen(
        entity=entity,
        start=start,
        sentence=number,
        subject=subject,
        quoted=_quoted(syntax, start),
        headline=sentence.is_headline,
    )


def _quoted(syntax: Syntax, at: int) -> bool:
    return any(c.start <= at < c.end for q in syntax.markup.quotes if q.kind == "direct" for c in q.content)


def _pronoun(
    place: tuple[int, int], sex: str, seen: Sequence[_Seen], known: tuple[Mapping[str, Person], Counter[str], bool]
) -> str | None:
    """The person of fitting sex who was named last, subjects before others, those often named before passers-by."""
    number, _ = place
    persons, counts, quoted = known
    best: dict[str, float] = {}
    for s in seen:
        back = number - s.sentence
        if back > SENTENCES_BACK or s.headline or persons[s.entity].sex not in ("", sex):
            continue
        score = (
            1.2 * s.subject - 1.0 * back - 1.5 * (s.quoted and not quoted) + 0.3 * math.log(max(1, counts[s.entity]))
        )
        score += 0.5 * (persons[s.entity].sex == sex) + 1e-6 * s.start
        best[s.entity] = max(best.get(s.entity, -math.inf), score)
    return max(best, key=lambda e: (best[e], e)) if best else None


def _stands_alone(syntax: Syntax, sentence: Sentence, i: int, named: Mapping[Span, str]) -> bool:
    """Whether token i is the head of "the … minister", with no name in or beside the phrase."""
    tokens = syntax.tokens
    if (
        tokens.lemma[i] not in OFFICES
        or tokens.tag[i] not in ("NN", "NNP")
        or tokens.dep[i] in ("compound", "appos", "nmod", "attr")
    ):
        return False
    children = list(syntax.children(i, sentence))
    definite = any((tokens.lemma[j] == "the" and tokens.dep[j] == "det") or tokens.dep[j] == "poss" for j in children)
    if not definite and tokens.tag[i] != "NNP":
        return False
    if any(tokens.dep[j] in ("appos", "relcl") for j in children):
        return False
    after = tokens.start[min(i + 1, len(tokens) - 1)]
    return not any(s.start <= after < s.end or s.start <= tokens.start[i] < s.end for s in named)


def _role_noun(syntax: Syntax, i: int, seen: Sequence[_Seen], persons: Mapping[str, Person]) -> str | None:
    """The person named before whose role has this noun for its head, by shared other words, then by nearness."""
    head = syntax.tokens.lemma[i]
    first = i
    while (
        first - 1 >= 0
        and i - first < 6
        and syntax.tokens.dep[first - 1] in ("compound", "amod", "nmod", "poss", "case")
    ):
        first -= 1
    words = telling_words(syntax.words(first, i)) if first < i else frozenset()
    best: tuple[int, int, str] | None = None
    for s in seen:
        for role in persons[s.entity].roles:
            said = telling_words(role.text)
            if role.head != head or not _agree(words, said):
                continue
            rank = (len(words & said), s.start, s.entity)
            best = max(best, rank) if best else rank
    return best[2] if best else _holder(head, words, persons)


def _holder(head: str, words: frozenset[str], persons: Mapping[str, Person]) -> str | None:
    """The one person of the story who has a role in so many words ("Lundia's foreign minister"), named or not so far."""
    fits = {
        e
        for e, p in persons.items()
        for role in p.roles
        if role.head == head and len(words & telling_words(role.text)) > 1 and _agree(words, telling_words(role.text))
    }
    return fits.pop() if len(fits) == 1 else None


@lru_cache(maxsize=1 << 12)
def telling_words(text: str) -> frozenset[str]:
    """The folded words of a role, countries and their adjectives as the country's code."""
    found = set()
    for word in find_words(text):
        written = text[word.start : word.end].removesuffix("'s").removesuffix("’s")
        code = gazetteer().country_of(written)
        if word.key not in SMALL:
            found.add(code or word.key)
    return frozenset(found)


def _agree(words: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a phrase may stand for a role: no two countries, and some word of the phrase, if it has any, in the role."""
    countries = [{w for w in held if w.isupper()} for held in (words, said)]
    if countries[0] and countries[1] and not countries[0] & countries[1]:
        return False
    return not words or bool(words & said) or len(said) == 1
