"""A story and its part of the pile → its dossier, here or in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from copydesk.aligning import align
from copydesk.compiling import compile_dossier
from copydesk.language.encoder import CachedEncoder
from copydesk.model.articles import ArticleWarning
from copydesk.model.dossiers import Dossier
from copydesk.model.piles import Pile
from copydesk.model.stories import Alignment, Resolution, Story
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.options import Options
from copydesk.pipeline.tools import for_several, load_encoder
from copydesk.resolving import resolve


def tell(
    story: Story, part: Pile, means: tuple[CachedEncoder, Options], warnings: Mapping[str, tuple[ArticleWarning, ...]]
) -> Dossier:
    """The dossier of one story from its part of the pile."""
    encoder, options = means
    resolution = resolve(part, story, options.resolving)
    alignment = align(part, resolution, for_several(part, encoder), options.aligning)
    return compile_dossier(part, resolution, alignment, warnings)


def list_only(story: Story, part: Pile, warnings: Mapping[str, tuple[ArticleWarning, ...]]) -> Dossier:
    """A dossier that lists a story's articles, voices and copies and claims nothing: where telling it failed."""
    nobody = Resolution(
        story=story, entities=(), entity_of={}, quotes=(), moments=(), when=UNKNOWN_WHEN, where=(), who=(), published={}
    )
    return compile_dossier(part, nobody, Alignment(claims=(), facts=(), conflicts=()), warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A story on its way to a worker: its part of the pile and its articles' warnings."""

    story: Story
    part: Pile
    warnings: Mapping[str, tuple[ArticleWarning, ...]]


def make_parcel(story: Story, part: Pile, warnings: Mapping[str, tuple[ArticleWarning, ...]]) -> Parcel:
    """What a worker needs of a story, without what all stories have in common."""
    bare = Pile(articles=part.articles, markups=part.markups, trace=part.trace)
    return Parcel(story=story, part=bare, warnings={a: warnings[a] for a in story.articles if a in warnings})


def tell_parcel(parcel: Parcel, common: Pile, options: Options) -> Dossier:
    """The dossier of a story in a worker; `common` is the pile without its articles."""
    part = replace(common, articles=parcel.part.articles, markups=parcel.part.markups, trace=parcel.part.trace)
    return tell(parcel.story, part, (CachedEncoder(load_encoder()), options), parcel.warnings)
