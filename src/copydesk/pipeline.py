"""Inputs → Brief: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from copydesk.aligning import align
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning import clean, find_repeats
from copydesk.clustering import cluster
from copydesk.compiling import compile_dossier
from copydesk.errors import CopydeskError
from copydesk.language.encoder import BlankEncoder, CachedEncoder, FloatMatrix
from copydesk.language.tagger import Tagger, TaggerChoice
from copydesk.model.articles import Article, ArticleWarning, Repeats
from copydesk.model.captures import Capture, Skipped
from copydesk.model.corrections import Correction, names_article
from copydesk.model.dossiers import Brief, Dossier
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.model.ports import Engine, Progress, SentenceEncoder, be_silent
from copydesk.model.stories import Alignment, Resolution, Story
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.options import Options
from copydesk.reading import read_register
from copydesk.resolving import gather_register, learn_kinds, resolve
from copydesk.tracing import find_altered_language, trace

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What touches the world: the models, the engine, the clock, and whoever watches."""

    tagger: Tagger
    encoder: CachedEncoder
    engine: Engine
    now: Callable[[], datetime]
    progress: Progress = field(default=be_silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStories:
    """A traced pile with what its articles' wordings warn of, and its stories."""

    pile: Pile
    warnings: Mapping[str, tuple[ArticleWarning, ...]]
    stories: tuple[Story, ...]


def make_brief(
    captures: Iterable[Capture | Skipped], corrections: Sequence[Correction], tools: Tools, options: Options
) -> Brief:
    """The brief of one pile. Every capture ends as an article or as Skipped, every article in one story."""
    found = list(_watch(captures, "reading", None, tools))
    read = sorted((c for c in found if isinstance(c, Capture)), key=lambda c: c.id)
    skipped = [c for c in found if isinstance(c, Skipped)]
    articles = clean_all(read, tools, options)
    skipped += [a for a in articles if isinstance(a, Skipped)]
    pile = annotate_all([a for a in articles if isinstance(a, Article)], corrections, tools, options)
    grouped = find_stories(pile, tools, options)
    parts = zip(grouped.stories, grouped.pile.split(grouped.stories), strict=True)
    watched = _watch(parts, "compiling", len(grouped.stories), tools)
    dossiers = [tell(story, part, (tools, options), grouped.warnings) for story, part in watched]
    traced = {t.article.id: t for d in dossiers for t in d.articles}
    return Brief(
        generated=tools.now(),
        version=version("copydesk"),
        options=options.as_tables() | {"models": {"tagger": tools.tagger.name, "encoder": tools.encoder.name}},
        articles=tuple(traced[a.id] for a in pile.articles),
        skipped=tuple(sorted(skipped, key=lambda s: (s.path, s.stage, s.reason))),
        dossiers=tuple(sorted(dossiers, key=_weight)),
        corrections=tuple(replace(c, used=_is_used(c, dossiers)) for c in corrections),
    )


def clean_all(
    captures: Sequence[Capture], tools: Tools, options: Options, repeats: Repeats | None = None
) -> list[Article | Skipped]:
    """An article or Skipped a capture, in order. Lines that recur are those of these captures, unless they are given."""
    repeats = find_repeats(captures, options.cleaning) if repeats is None else repeats
    work = partial(_clean_one, repeats=repeats, options=options.cleaning)
    return list(_watch(tools.engine.map(work, captures), "cleaning", len(captures), tools))


def _clean_one(capture: Capture, **given: object) -> Article | Skipped:
    try:
        return clean(capture, **given)  # type: ignore[arg-type]
    except CopydeskError as error:
        return Skipped(path=capture.path, stage="cleaning", reason=str(error))


def annotate_all(
    articles: Sequence[Article], corrections: Sequence[Correction], tools: Tools, options: Options
) -> Pile:
    """The articles with their markup, sorted by id."""
    ordered = sorted(articles, key=lambda a: a.id)
    if tools.engine.name == "serial":
        markups = annotate(ordered, tools.tagger, options.annotating)
    else:
        markups = tools.engine.map(partial(_annotate_one, choice=options.language, options=options.annotating), ordered)
    watched = _watch(markups, "annotating", len(ordered), tools)
    return Pile(articles=tuple(ordered), markups=tuple(watched), corrections=tuple(corrections))


@cache
def load_tagger(choice: TaggerChoice) -> Tagger:
    """The tagger of this process: a worker loads it once and keeps it."""
    return Tagger(choice)


def _annotate_one(article: Article, choice: TaggerChoice, options: AnnotatingOptions) -> Markup:
    return next(iter(annotate((article,), load_tagger(choice), options)))


def find_stories(pile: Pile, tools: Tools, options: Options) -> FoundStories:
    """Who took text from whom in the whole pile, which articles tell of one event, and what is known of its names."""
    pile = replace(pile, kinds=learn_kinds(pile))
    if options.resolving.links:
        tools.progress("reading", 0, None)
        pile = replace(pile, register=gather_register(read_register(Path(options.resolving.links)), pile))
    tools.progress("tracing", 0, None)
    encoder = _encoder(pile, tools)
    traced = replace(pile, trace=trace(pile, encoder, options.tracing))
    warnings = find_altered_language(traced, options.tracing)
    tools.progress("clustering", 0, None)
    return FoundStories(pile=traced, warnings=warnings, stories=cluster(traced, encoder, options.clustering))


def tell(
    story: Story, part: Pile, means: tuple[Tools, Options], warnings: Mapping[str, tuple[ArticleWarning, ...]]
) -> Dossier:
    """The dossier of one story from its part of the pile."""
    tools, options = means
    resolution = resolve(part, story, options.resolving)
    alignment = align(part, resolution, _encoder(part, tools), options.aligning)
    return compile_dossier(part, resolution, alignment, warnings)


def _encoder(pile: Pile, tools: Tools) -> SentenceEncoder[FloatMatrix]:
    """The encoder, where there are two articles whose sentences it can hold against each other."""
    return tools.encoder if len(pile.articles) > 1 else BlankEncoder()


def list_only(story: Story, part: Pile, warnings: Mapping[str, tuple[ArticleWarning, ...]]) -> Dossier:
    """A dossier that lists a story's articles, voices and copies and claims nothing: where telling it failed."""
    nobody = Resolution(
        story=story, entities=(), entity_of={}, quotes=(), moments=(), when=UNKNOWN_WHEN, where=(), who=(), published={}
    )
    return compile_dossier(part, nobody, Alignment(claims=(), facts=(), conflicts=()), warnings)


def _is_used(correction: Correction, dossiers: Sequence[Dossier]) -> bool:
    """Whether both things that a correction names were found: names of entities, or articles."""
    if correction.subject == "entity":
        spellings = {alias.text for d in dossiers for e in d.entities for alias in e.aliases}
        return {correction.left, correction.right} <= spellings
    articles = [t.article for d in dossiers for t in d.articles]
    return all(
        any(names_article(side, article_id=a.id, path=a.path) for a in articles)
        for side in (correction.left, correction.right)
    )


def _weight(dossier: Dossier) -> tuple[int, int, str]:
    return -len(dossier.voices), -len(dossier.articles), dossier.story.id


def _watch(items: Iterable[Item], stage: str, total: int | None, tools: Tools) -> Iterator[Item]:
    tools.progress(stage, 0, total)
    done = 0
    for done, item in enumerate(items, start=1):
        yield item
        tools.progress(stage, done, total)
    tools.progress(stage, done, done)

