"""Markup, CopyLinks, Story → who, where and when of one story."""

from __future__ import annotations

from copydesk.model.piles import Pile
from copydesk.model.stories import Resolution, Story
from copydesk.resolving.clock import date_story, set_clock
from copydesk.resolving.entities import find_entities
from copydesk.resolving.moments import find_moments
from copydesk.resolving.options import ResolvingOptions
from copydesk.resolving.people import add_roles, stand_ins
from copydesk.resolving.places import locate_places
from copydesk.resolving.quotes import find_quotes
from copydesk.resolving.registering import link_entities
from copydesk.resolving.salience import foremost

WHO = frozenset({"person", "organization"})
WHERE = frozenset({"place"})


def resolve(pile: Pile, story: Story, options: ResolvingOptions) -> Resolution:
    """The entities, quotations and moments of a story. `pile` holds the story's articles alone."""
    named, entity_of = find_entities(pile, options)
    called, told = add_roles(pile, locate_places(named, pile.articles))
    entities = link_entities(called, pile.register)
    published = set_clock(pile, story)
    spans = dict(entity_of)
    if options.pronouns:
        spans |= stand_ins(pile, entities, entity_of, told)
    return Resolution(
        story=story,
        entities=tuple(entities),
        entity_of=spans,
        quotes=find_quotes(pile, entities, spans, options),
        moments=find_moments(pile, story, published),
        when=date_story(pile, story, published),
        where=foremost(pile, entities, WHERE, options.main_entities),
        who=foremost(pile, entities, WHO, options.main_entities),
        published=published,
    )
