"""Inputs → Brief: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning import clean, find_repeats
from copydesk.clustering import Clustering, Kept
from copydesk.errors import CopydeskError
from copydesk.language.tagger import TaggerChoice
from copydesk.model.articles import Article, ArticleWarning, Repeats
from copydesk.model.captures import Capture, Skipped
from copydesk.model.corrections import Correction, names_article
from copydesk.model.dossiers import Brief, Dossier
from copydesk.model.markup import Markup
from copydesk.model.piles import EMPTY_TRACE, Pile
from copydesk.model.stories import Story
from copydesk.options import Options
from copydesk.pipeline.telling import list_only, make_parcel, tell, tell_parcel
from copydesk.pipeline.tools import Tools, for_several, load_encoder, load_tagger
from copydesk.reading import read_register
from copydesk.resolving import gather_register, learn_kinds
from copydesk.tracing import build_corpus, find_altered_language, trace

__all__ = [
    "FoundStories",
    "Tools",
    "annotate_all",
    "clean_all",
    "find_stories",
    "list_only",
    "load_encoder",
    "load_tagger",
    "make_brief",
    "tell",
    "tell_all",
]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStories:
    """A traced pile with what its articles' wordings warn of, and its stories, with all that clustering knows of them.

    Why each article is where it is, is found for the stories that are explained: most of a desk's are not told anew.
    """

    pile: Pile
    warnings: Mapping[str, tuple[ArticleWarning, ...]]
    stories: tuple[Story, ...]
    clustering: Clustering
    explain: Callable[[Story], Story]


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
    dossiers = tell_all(grouped, tools, options)
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


def _annotate_one(article: Article, choice: TaggerChoice, options: AnnotatingOptions) -> Markup:
    return next(iter(annotate((article,), load_tagger(choice), options)))


def find_stories(pile: Pile, tools: Tools, options: Options, kept: Kept | None = None) -> FoundStories:
    """Who took text from whom in the whole pile, which articles tell of one event, and what is known of its names.

    `kept` is what clustering knew of some of the pile's articles: they are not weighed and scored again.
    """
    pile = replace(pile, kinds=learn_kinds(pile))
    if options.resolving.links:
        tools.progress("reading", 0, None)
        pile = replace(pile, register=gather_register(read_register(Path(options.resolving.links)), pile))
    tools.progress("tracing", 0, None)
    encoder = for_several(pile, tools.encoder)
    corpus = build_corpus(pile, options.tracing.words_max)
    traced = replace(pile, trace=trace(pile, encoder, options.tracing, corpus))
    warnings = find_altered_language(traced, options.tracing, corpus)
    tools.progress("clustering", 0, None)
    state = Clustering(encoder, options.clustering)
    if kept is not None:
        state = Clustering.resume(kept, traced, encoder, options.clustering)
    state.place(traced)
    told = state.tell()
    return FoundStories(pile=traced, warnings=warnings, stories=told.stories, clustering=state, explain=told.explain)


def tell_all(found: FoundStories, tools: Tools, options: Options) -> list[Dossier]:
    """The dossier of every story, in order."""
    parts = zip(map(found.explain, found.stories), found.pile.split(found.stories), strict=True)
    if tools.engine.name == "serial":
        told: Iterator[Dossier] = (tell(story, part, (tools.encoder, options), found.warnings) for story, part in parts)
    else:
        common = replace(
            found.pile, articles=(), markups=(), trace=EMPTY_TRACE
        )  # goes to a worker once, not with each story
        work = partial(tell_parcel, common=common, options=options)
        told = tools.engine.map(work, (make_parcel(story, part, found.warnings) for story, part in parts))
    return list(_watch(told, "compiling", len(found.stories), tools))


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
