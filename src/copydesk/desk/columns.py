"""Articles → what the stages over a whole desk read of them: found once, kept, and loaded again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TypeVar

import msgspec

from copydesk.annotating import VERSION as ANNOTATING
from copydesk.annotating import annotate
from copydesk.clustering import VERSION as CLUSTERING
from copydesk.clustering import count_terms, lead_of
from copydesk.desk.adding import batches
from copydesk.desk.project import Desk
from copydesk.desk.resting import at_rest
from copydesk.model.articles import Article
from copydesk.model.corrections import Correction
from copydesk.model.markup import Markup, Tokens
from copydesk.model.piles import Pile
from copydesk.model.wordings import Terms, Wording
from copydesk.store import Form
from copydesk.tracing import WORDING, read_wording

BATCH = 16  # articles annotated in one transaction
LOADED = 200  # articles whose records are asked for at once
MARKUP = Form(Markup)
WORDING_FORM = Form(Wording)
TERMS_FORM = Form(Terms)
NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())
NAMES_MAX = 4_000  # characters of an article's names that can be searched for

Noun = TypeVar("Noun")


class Later(Mapping[str, Noun]):
    """What is found in each article, by id, loaded when it is asked for: all at once, unless some are fetched before."""

    def __init__(self, ids: Sequence[str], find: Callable[[Sequence[int]], tuple[Noun, ...]]) -> None:
        self._place = {article: place for place, article in enumerate(ids)}
        self._find = find
        self._held: dict[str, Noun] = {}

    def fetch(self, ids: Iterable[str]) -> None:
        """Loads what is found in these articles."""
        wanted = [article for article in ids if article not in self._held]
        self._held.update(zip(wanted, self._find([self._place[article] for article in wanted]), strict=True))

    def __getitem__(self, article: str) -> Noun:
        if article not in self._held and article in self._place:
            self.fetch(self._place)
        return self._held[article]

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The articles of a desk in order of id, each with its key and the part of its markup that tracing and clustering read."""

    articles: tuple[Article, ...]
    keys: tuple[str, ...]
    markups: tuple[Markup, ...]
    wordings: tuple[Wording, ...]
    terms: Later[Terms]

    def pile(self, corrections: tuple[Correction, ...] = ()) -> Pile:
        """All of it as the stages read it."""
        ids = [a.id for a in self.articles]
        return Pile(
            articles=self.articles, markups=self.markups, corrections=corrections,
            wordings=dict(zip(ids, self.wordings, strict=True)), terms=self.terms,
        )  # fmt: skip


def load_columns(desk: Desk) -> Columns:
    """Every article of the desk, those annotated that were not yet."""
    with at_rest():
        articles = tuple(desk.store.articles(desk.store.article_ids()))
        of = _Keys(desk)
        keys = tuple(of.article(article) for article in articles)
        held: list[Markup | None] = []
        for some in batches(keys, LOADED):
            records = desk.store.cache.get_all([f"outline/{key}" for key in some])
            held += [MARKUP.unpack(r) if (r := records.get(f"outline/{key}")) is not None else None for key in some]
            desk.progress("loading", len(held), len(articles))
    missing = [i for i, markup in enumerate(held) if markup is None]
    for done, (place, markup) in enumerate(
        zip(missing, _annotate(desk, articles, keys, missing), strict=True), start=1
    ):
        held[place] = markup
        desk.progress("annotating", done, len(missing))
    markups = tuple(m for m in held if m is not None)
    words_max, lead_words = desk.options.tracing.words_max, desk.options.clustering.lead_words
    worded = [(a, m, wording_key(desk, key)) for a, m, key in zip(articles, markups, keys, strict=True)]
    counted = [(a, m, terms_key(desk, key)) for a, m, key in zip(articles, markups, keys, strict=True)]
    return Columns(
        articles=articles, keys=keys, markups=markups,
        wordings=_found(desk, worded, WORDING_FORM, lambda a, m: read_wording(a, m, words_max)),
        terms=Later(
            [a.id for a in articles],
            lambda some: _found(desk, [counted[i] for i in some], TERMS_FORM, lambda a, m: count_terms(a, m, lead_words)),
        ),
    )  # fmt: skip


def _found(
    desk: Desk, given: Sequence[tuple[Article, Markup, str]], form: Form[Noun], find: Callable[[Article, Markup], Noun]
) -> tuple[Noun, ...]:
    """What is found in each article, kept under the key beside it; found and kept where it was not yet."""
    found: list[Noun] = []
    for some in batches(given, LOADED):
        records = desk.store.cache.get_all([key for _, _, key in some])
        fresh: dict[str, bytes] = {}
        for article, markup, key in some:
            record = records.get(key)
            if record is None:
                found.append(find(article, markup))
                fresh[key] = form.pack(found[-1])
            else:
                found.append(form.unpack(record))
        if fresh:
            with desk.store.writing():
                for key, packed in fresh.items():
                    desk.store.cache.put(key, packed)
    return tuple(found)


def wording_key(desk: Desk, key: str) -> str:
    """Under which key the words of an article's body are kept."""
    return f"wording/{WORDING}/{desk.options.tracing.words_max}/{key}"


def terms_key(desk: Desk, key: str) -> str:
    """Under which key the terms of an article are kept."""
    return f"terms/{CLUSTERING}/{desk.options.clustering.lead_words}/{key}"


def load_markup(desk: Desk, key: str) -> Markup:
    """The whole markup of an article of which `load_columns` was asked before."""
    record = desk.store.cache.get(f"markup/{key}")
    if record is None:
        raise KeyError(key)
    return MARKUP.unpack(record)


def drop_columns(desk: Desk, article: Article) -> None:
    """Forgets all that was kept of one article's text."""
    key = article_key_of(desk, article)
    outline = _load(desk, key)
    if outline is not None:
        sentences = [article.text[s.start : s.end] for s in outline.sentences]
        desk.tools.encoder.forget([*sentences, lead_of(article, desk.options.clustering.lead_words)])
    for name in (f"outline/{key}", f"markup/{key}", wording_key(desk, key), terms_key(desk, key)):
        desk.store.cache.drop(name)


def article_key_of(desk: Desk, article: Article) -> str:
    """The key of what is found in one article."""
    return _Keys(desk).article(article)


class _Keys:
    """The keys of what is found in articles: their content, the version of the stage, and the options."""

    def __init__(self, desk: Desk) -> None:
        setting = f"{ANNOTATING}\0{desk.tools.tagger.name}\0{sorted(asdict(desk.options.annotating).items())}"
        self._setting = sha256(setting.encode())
        self._encode = msgspec.msgpack.Encoder().encode

    def article(self, article: Article) -> str:
        found = self._setting.copy()
        found.update(self._encode((article.id, article.text, article.headline, article.language)))
        found.update(self._encode(article.published))
        return found.hexdigest()[:32]


def _annotate(desk: Desk, articles: Sequence[Article], keys: Sequence[str], places: Sequence[int]) -> Iterator[Markup]:
    """The outlines of the articles at these places; each batch is kept before the next is begun."""
    marked = annotate((articles[i] for i in places), desk.tools.tagger, desk.options.annotating)
    for batch in batches(zip(places, marked, strict=True), BATCH):
        with desk.store.writing():
            for place, markup in batch:
                desk.store.cache.put(f"markup/{keys[place]}", MARKUP.pack(markup))
                desk.store.cache.put(f"outline/{keys[place]}", MARKUP.pack(_outline(markup)))
            desk.store.set_names({markup.article: _names(markup) for _, markup in batch})
        yield from (_outline(markup) for _, markup in batch)


def _load(desk: Desk, key: str) -> Markup | None:
    """The outline of an article, when it is kept."""
    record = desk.store.cache.get(f"outline/{key}")
    return None if record is None else MARKUP.unpack(record)


def _outline(markup: Markup) -> Markup:
    """The part that is read of every article of a desk. The rest is read only of a story that is told."""
    return replace(markup, tokens=NO_TOKENS, quotes=(), times=(), quantities=())


def _names(markup: Markup) -> str:
    return "\n".join(dict.fromkeys(" ".join(name.text.split()) for name in markup.names))[:NAMES_MAX]
