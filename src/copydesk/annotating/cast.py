"""A reading → who is named in the article: persons and bodies with all their forms, roles and signs of sex."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk.annotating.readings import Reading
from copydesk.model.markup import NameMention
from copydesk.reference.titles import ORGANIZATION_ENDS

HE = frozenset(["he", "him", "his", "himself"])
SHE = frozenset(["she", "her", "hers", "herself"])
_MALE = frozenset(
    ["mr", "mr.", "sir", "lord", "king", "prince", "father", "husband", "son", "brother", "uncle", "grandfather", "boy",
     "chairman", "spokesman", "congressman", "businessman", "policeman", "actor", "man", "gentleman", "nephew",
     "fireman", "cameraman", "assemblyman", "councilman", "dad", "widower", "boyfriend", "stepfather", "duke", "monk"]
)  # fmt: skip
_FEMALE = frozenset(
    ["mrs", "mrs.", "ms", "ms.", "miss", "lady", "queen", "princess", "mother", "wife", "daughter", "sister", "aunt",
     "grandmother", "girl", "chairwoman", "spokeswoman", "congresswoman", "businesswoman", "policewoman", "actress",
     "woman", "baroness", "dame", "niece", "mum", "mom", "widow", "girlfriend", "stepmother", "duchess", "nun"]
)  # fmt: skip
SUBJECTS = ("nsubj", "nsubjpass")
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_SMALL = frozenset(["of", "the", "for", "and", "de", "in", "on", "&", "et", "la", "du"])
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,5}")
APPEARANCES_MAX = 200  # names looked back at; an article has fewer
REACH = 6  # sentences back that a pronoun or a role may point to


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """A person or a body that the article names. `roles` counts the nouns that stand beside the name."""

    words: tuple[str, ...]
    full_name: str
    person: bool
    count: int = 0
    roles: Counter[str] = field(default_factory=Counter)
    male: int = 0
    female: int = 0

    @property
    def person_like(self) -> bool:
        """Whether a body's name could be a person's that the tagger took for a body's: two or three plain words."""
        words = self.full_name.split()
        plain = all(w[:1].isupper() and w[1:].islower() for part in words for w in part.split("-"))
        return len(words) in (2, 3) and plain and words[-1].lower() not in ORGANIZATION_ENDS

    def may_be(self, pronoun: str) -> bool:
        if pronoun in HE:
            return self.female <= self.male
        return self.male <= self.female if pronoun in SHE else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One place where a member is named: its first and last token and the token that its phrase hangs by."""

    first: int
    last: int
    head: int
    member: Member


def name_words(name: str) -> tuple[str, ...]:
    """A name's words for comparison, without stops and "Jr."."""
    plain = _INITIALS.sub(lambda m: m.group().replace(".", "") + " ", name)
    words = [w.casefold() for w in plain.replace(".", " ").replace(",", " ").split()]
    return tuple(w for w in words if w not in _SUFFIXES) or tuple(words)


def is_person(mention: NameMention) -> bool:
    """Whether a name is a person's; a few capitals in a row hardly are."""
    return mention.type == "person" and not (mention.text.isupper() and len(mention.text) <= 5)


def initials(name: str) -> str:
    """The capital letters that a body's name may be shortened to."""
    return "".join(w[0] for w in name.replace("-", " ").split() if w.lower() not in _SMALL and w[0].isalnum()).upper()


class Cast:
    """The members of one article in order of place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.members: list[Member] = []
        self._by_text: dict[tuple[str, bool], Member] = {}
        self._enlist([n for n in reading.names if n.type in ("person", "organization")])
        self.appearances = tuple(self._appearances())
        self._firsts = [a.first for a in self.appearances]
        for appearance in self.appearances:
            appearance.member.count += 1
            self._learn_roles(appearance)
        self._learn_sex()

    def _enlist(self, mentions: list[NameMention]) -> None:
        """Long names first; a shorter one joins the long one that it is a part of, the one named last before it."""
        for person in (True, False):
            own = [m for m in mentions if is_person(m) == person]
            own.sort(key=lambda m: (-len(name_words(m.text)), m.start))
            fresh: list[Member] = []
            starts: list[int] = []  # where each is named first
            by_word: dict[str, list[int]] = {}  # first, last and short words → who bears them
            for mention in own:
                if (mention.text, person) in self._by_text:
                    continue
                words = name_words(mention.text)
                bearers = by_word.get(words[-1], []) + by_word.get(words[0], [])
                fits = [i for i in dict.fromkeys(bearers[:50]) if _is_part(words, mention.text, fresh[i])]
                if fits:
                    before = [i for i in fits if starts[i] <= mention.start]
                    at = max(before or fits, key=lambda i: (words[-1] == fresh[i].words[-1], -starts[i]))
                else:
                    at = len(fresh)
                    fresh.append(Member(words=words, full_name=mention.text, person=person))
                    starts.append(mention.start)
                    for word in dict.fromkeys([words[0], words[-1], initials(mention.text).lower()]):
                        by_word.setdefault(word, []).append(at)
                self._by_text[mention.text, person] = fresh[at]
            self.members.extend(fresh)

    def _appearances(self) -> Iterator[Appearance]:
        heads = self.reading.tokens.head
        for mention in self.reading.names:
            member = self._by_text.get((mention.text, is_person(mention)))
            first, end = self.reading.token_range(mention)
            if member is None or end <= first or mention.type not in ("person", "organization"):
                continue
            top = next(
                (i for i in range(end - 1, first - 1, -1) if not first <= heads[i] < end or heads[i] == i), end - 1
            )
            yield Appearance(first=first, last=end - 1, head=top, member=member)

    def named(self, text: str) -> Member | None:
        """The member that a name as written stands for."""
        return self._by_text.get((text, True)) or self._by_text.get((text, False))

    def _learn_roles(self, at: Appearance) -> None:
        """Titles before a name and nouns beside it are its roles, and some tell the sex."""
        reading, tokens = self.reading, self.reading.tokens
        nouns = []
        sentence = reading.sentences[reading.sentence_of[at.first]]
        i = at.first - 1
        while (
            i >= max(sentence.first, at.first - 5)
            and tokens.pos[i] in ("NOUN", "PROPN", "ADJ")
            and reading.name_of[i] < 0
        ):
            nouns.append(i)
            i -= 1
        above = tokens.head[at.head]
        if tokens.dep[at.head] == "appos" and tokens.pos[above] in ("NOUN", "PROPN"):
            nouns.append(above)
        inside = range(at.first, at.last + 1)
        nouns.extend(c for c in reading.children[at.head] if tokens.dep[c] in ("appos", "compound") and c not in inside)
        if tokens.dep[at.head] in SUBJECTS and tokens.lemma[above] == "be":
            nouns.extend(c for c in reading.children[above] if tokens.dep[c] == "attr")
        for noun in sorted(set(nouns)):
            lemma = tokens.lemma[noun]
            at.member.roles[lemma] += 1
            at.member.male += 3 * (lemma in _MALE)
            at.member.female += 3 * (lemma in _FEMALE)

    def _learn_sex(self) -> None:
        """A pronoun after the only person named in its sentence and the one before speaks for that sex."""
        reading = self.reading
        people = [a for a in self.appearances if a.member.person or a.member.person_like]
        at = 0
        for i, word in enumerate(reading.words):
            while at < len(people) and people[at].last < i:
                at += 1
            if word not in HE and word not in SHE:
                continue
            near = [a for a in people[max(0, at - 6) : at] if reading.sentence_of[i] - reading.sentence_of[a.last] <= 1]
            alone = near and all(a.member is near[0].member for a in near)
            if alone and reading.quotation_of[i] == reading.quotation_of[near[-1].first]:
                near[0].member.male += word in HE
                near[0].member.female += word in SHE

    def inside(self, first: int, end: int) -> list[Appearance]:
        """Who is named wholly between two tokens."""
        places = range(bisect_left(self._firsts, first), bisect_left(self._firsts, end))
        return [self.appearances[k] for k in places if self.appearances[k].last < end]

    def before(self, token: int, reach: int = REACH) -> list[Appearance]:
        """Who is named before a token, the nearest first, within reach."""
        sentence = self.reading.sentence_of[token]
        found = []
        end = bisect_left(self._firsts, token)
        for appearance in reversed(self.appearances[max(0, end - APPEARANCES_MAX) : end]):
            if sentence - self.reading.sentence_of[appearance.first] > reach:
                break
            found.append(appearance)
        return found


def _is_part(words: tuple[str, ...], text: str, member: Member) -> bool:
    """Whether a name can be a shorter form of a member's."""
    if len(words) >= len(member.words):
        return words == member.words
    if member.person:
        if len(words) == 1:
            return words[0] in (member.words[0], member.words[-1])
        return words[-1] == member.words[-1] and all(_fits(w, member.words) for w in words[:-1])
    if len(words) == 1 and text.isupper() and len(text) >= 2:
        return text.replace(".", "") == initials(member.full_name)
    if words == member.words[-len(words) :]:
        return True
    # "Goldman" for a bank of two names, but never "United Nations" for its Security Council.
    return words == member.words[: len(words)] and member.words[-1] not in ORGANIZATION_ENDS


def _fits(word: str, words: tuple[str, ...]) -> bool:
    return any(w == word or (len(word) == 1 and w[0] == word) for w in words)
