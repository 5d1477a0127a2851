"""Brief → brief.html: one file, no script, no request, hostile text inert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from copydesk.compiling.html.anchors import Anchors
from copydesk.compiling.html.story import cut_short, make_story
from copydesk.compiling.html.views import StoryView
from copydesk.compiling.order import dossiers_in_order
from copydesk.compiling.sources import number_sources, one_line, printable
from copydesk.model.dossiers import Brief

# Of more stories than this, those of one article are shown in short: a full one takes some 140 kB, and a browser that is to
# open hundreds of them has little left for those of several articles.
STORIES_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedView:
    path: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    subject: str
    left: str
    right: str
    verdict: str
    reason: str
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The whole page: the stories, and the last page with what was skipped and how the brief was made."""

    title: str
    generated: str
    version: str
    articles: int
    voices: int
    not_compared: int
    stories: tuple[StoryView, ...]
    skipped: tuple[SkippedView, ...]
    corrections: tuple[CorrectionView, ...]
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def to_html(brief: Brief) -> str:
    """The brief as one self-contained HTML page to read and to print."""
    environment = _environment()
    return environment.get_template("page.html.j2").render(page=_page(brief), css=_stylesheet(environment))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("copydesk.compiling.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )


def _finalize(value: object) -> object:
    """Every string that a template puts out, without what could turn it round or hide in it."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _stylesheet(environment: Environment) -> Markup:
    """The shipped style sheet: our own text, and so not escaped."""
    loader = environment.loader
    if loader is None:
        raise TypeError("the environment has no loader")
    return Markup(loader.get_source(environment, "page.css")[0])


def _page(brief: Brief) -> PageView:
    sources = number_sources(brief)
    anchors = Anchors(sources)
    dossiers = dossiers_in_order(brief)
    numbers = {d.story.id: i for i, d in enumerate(dossiers, start=1)}
    stories = tuple(
        make_story(numbers[d.story.id], cut_short(d), anchors, numbers, len(d.facts))
        if len(dossiers) > STORIES_MAX and len(d.story.articles) == 1
        else make_story(numbers[d.story.id], d, anchors, numbers)
        for d in dossiers
    )
    return PageView(
        title=stories[0].headline if len(stories) == 1 else f"{len(stories)} stories",
        generated=brief.generated.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        version=brief.version,
        articles=len(sources.by_id),
        voices=len({v.id for d in dossiers for v in d.voices}),
        not_compared=sum(not s.article.compared for s in sources.by_id.values()),
        stories=stories,
        skipped=tuple(
            SkippedView(path=one_line(s.path), stage=s.stage, reason=one_line(s.reason))
            for s in sorted(brief.skipped, key=lambda s: (s.path, s.stage, s.reason))
        ),
        corrections=tuple(
            CorrectionView(
                subject=c.subject,
                left=one_line(c.left),
                right=one_line(c.right),
                verdict=c.verdict.replace("-", " "),
                reason=one_line(c.reason),
                used=c.used,
            )
            for c in brief.corrections
        ),
        options=tuple(
            (stage, tuple((name, _shown(value)) for name, value in sorted(chosen.items())))
            for stage, chosen in sorted(brief.options.items())
        ),
    )


def _shown(value: str | int | float | bool | None) -> str:
    if value is None:
        return "not set"
    return "yes" if value is True else "no" if value is False else one_line(str(value))
