"""Entities that are places → where they lie, by the gazetteer and by the country that the story is about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from copydesk.model.articles import Article
from copydesk.model.stories import Entity, Place
from copydesk.reference import GazetteerPlace, gazetteer
from copydesk.resolving.locating import Toponym, locate_toponyms
from copydesk.text.normalise import find_words

OWN_COUNTRY = 8.0  # times a namesake's people count when it lies in the story's country
MEANT = 1e4  # times as many people count where all mentions mean the place
TOWN = 15_000  # a smaller place is meant only where the story is about its country
WIDE = {"country": 1e9, "region": 3e6, "county": 1e5, "city": 0.0}  # people that a bare name of a kind stands for


def locate_places(entities: Sequence[Entity], articles: Sequence[Article]) -> list[Entity]:
    """The entities, places among them with their coordinates where the gazetteer has them.

    Of namesakes the one with the most people wins, those in the countries that the story names counting more, and those
    that the articles which name it mean, each by its other names and its outlet. The countries are told by names that
    can only be one place, then by all others.
    """
    found = {e.id: _candidates(e) for e in entities if e.type == "place"}
    meant = _meant(entities, articles)
    countries: Counter[str] = Counter()
    for e in entities:
        if e.type == "other":
            code = gazetteer().country_of(e.name)
            if code:
                countries[code] += len(e.mentions)
        elif e.id in found and (
            whole := {p.country for p in found[e.id] if p.kind == "country" or len(found[e.id]) == 1}
        ):
            countries.update({code: len(e.mentions) for code in whole if code})
    return [_locate(e, found.get(e.id, ()), countries, meant.get(e.id, Counter())) for e in entities]


def _meant(entities: Sequence[Entity], articles: Sequence[Article]) -> dict[str, Counter[GazetteerPlace]]:
    """How many of each place entity's mentions mean which place, article by article."""
    text_of = {a.id: a.text for a in articles}
    named = [
        (e.id, Toponym(article=s.article, start=s.start, end=s.end, text=text_of[s.article][s.start : s.end]))
        for e in entities if e.type == "place" for s in e.mentions
    ]  # fmt: skip
    votes: dict[str, Counter[GazetteerPlace]] = {}
    for (entity, _), place in zip(named, locate_toponyms([t for _, t in named], articles), strict=True):
        if place is not None:
            votes.setdefault(entity, Counter())[place] += 1
    return votes


def _candidates(entity: Entity) -> tuple[GazetteerPlace, ...]:
    """The places of the gazetteer that bear one of the entity's names, those of its commonest name first."""
    for text in (entity.name, *(a.text for a in entity.aliases)):
        written = text.title() if text.isupper() and len(text) > 4 else text
        places = gazetteer().find(written.replace("’", "'"))
        if places:
            return places
    return ()


def _shares_word(entity: Entity, name: str) -> bool:
    words = {w.key for w in find_words(name)}
    return any(w.key in words for alias in entity.aliases for w in find_words(alias.text))


def _locate(
    entity: Entity, places: Sequence[GazetteerPlace], countries: Counter[str], meant: Counter[GazetteerPlace]
) -> Entity:
    if not places:
        return entity
    total = max(1, countries.total())

    def weight(place: GazetteerPlace) -> float:
        people = max(place.population, WIDE[place.kind], 1.0)
        share = meant[place] / max(1, meant.total())
        return people * (1.0 + OWN_COUNTRY * 10 * countries[place.country] / total) * math.pow(MEANT, share)

    best = max(places, key=lambda p: (weight(p), p.name, p.country))
    if best.kind == "city" and best.population < TOWN and countries[best.country] * 5 < total:
        return entity
    if best.kind == "city" and " " in entity.name and not _shares_word(entity, best.name):
        return entity  # another language's name of the place, or no place at all
    others = len({(p.country, p.name, p.kind) for p in places}) - 1
    why = f"gazetteer: {best.kind} {best.name}" + (
        f" in {best.country}" if best.kind != "country" and best.country else ""
    )
    if others:
        why += f", rather than {others} other place{'s' if others > 1 else ''} of that name"
    return replace(
        entity, place=Place(lat=best.lat, lon=best.lon, country=best.country), reasons=(*entity.reasons, why)
    )
