"""Articles, links by sentence → lines, voices, and each article's shares.

A line is text of one origin: follow every sentence back along the links to the article where it first stood. Its voice
is whom that article credits its text to, else whom the copies credit, else its outlet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import PurePath

from copydesk.linking.columns import IntColumn
from copydesk.model.articles import Article
from copydesk.model.copies import Line, Voice, VoiceKind, VoiceShare
from copydesk.model.spans import Span, Stretch
from copydesk.reference import read_credited
from copydesk.tracing.corpus import Body

TITLE_MAX = 100  # characters of a headline that can stand for an article
MAINLY = 0.6  # share of an article from which its credit speaks for the line that it carries


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One directed link by sentence: sentence `to[i]` of article `copy` stood as sentence `at[i]` in `origin`."""

    origin: int
    copy: int
    at: IntColumn
    to: IntColumn
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Who is behind a line, and what says so."""

    name: str
    kind: VoiceKind
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        return make_id("v", self.kind, self.name.casefold())


@lru_cache(maxsize=1 << 14)  # of few voices, asked for at every sentence
def make_id(prefix: str, *parts: str) -> str:
    """A short id derived from content."""
    return f"{prefix}-{blake2b(chr(31).join(parts).encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def find_roots(bodies: Sequence[Body], sources: Sequence[Source]) -> list[list[int]]:
    """For each article, for each sentence, the article where it first stood; the links hold no circle."""
    into: dict[int, list[Source]] = {}
    for source in sources:
        into.setdefault(source.copy, []).append(source)
    roots: list[list[int] | None] = [None] * len(bodies)
    for article in _in_order(len(bodies), into):
        own = [article] * len(bodies[article])
        taken = set()
        best_first = sorted(into.get(article, ()), key=lambda s: (-len(s.to), -s.score, s.origin))
        for source in best_first:
            origin = roots[source.origin] or []
            for at, to in zip(source.at.tolist(), source.to.tolist(), strict=True):
                if to not in taken and at < len(origin):
                    taken.add(to)
                    own[to] = origin[at]
        roots[article] = own
    return [r or [] for r in roots]


def _in_order(n: int, into: dict[int, list[Source]]) -> list[int]:
    """Articles so that origins come before their copies."""
    state = [0] * n
    order: list[int] = []
    for first in range(n):
        stack = [first]
        while stack:
            article = stack[-1]
            if state[article] == 0:
                state[article] = 1
                stack.extend(sorted({s.origin for s in into.get(article, ()) if state[s.origin] == 0}, reverse=True))
            else:
                stack.pop()
                if state[article] == 1:
                    state[article] = 2
                    order.append(article)
    return order


def share_of(body: Body, roots: list[int]) -> dict[int, float]:
    """The share of a body that comes from each root, by characters of its sentences."""
    sizes: list[int] = (body.end - body.start).tolist()
    total = max(1, sum(sizes))
    shares: dict[int, float] = {}
    for root, size in zip(roots, sizes, strict=True):
        shares[root] = shares.get(root, 0.0) + size / total
    return shares


def name_roots(articles: Sequence[Article], shares: Sequence[dict[int, float]]) -> dict[int, Name]:
    """Who is behind each root's line."""
    carried: dict[int, list[int]] = {}
    for article, held in enumerate(shares):
        for root, share in held.items():
            if share >= MAINLY and article != root:
                carried.setdefault(root, []).append(article)
    roots = sorted({root for held in shares for root in held} | set(range(len(articles))))
    return {root: _name(articles, root, carried.get(root, [])) for root in roots}


def text_credits(article: Article) -> list[str]:
    """Whom an article credits its text to, others than its own outlet, agencies first."""
    own = (article.outlet or "").casefold()
    names = [c.name for c in article.credits if c.kind == "text" and c.name.casefold() != own]
    return sorted(dict.fromkeys(names), key=lambda n: (_kind(n) != "agency", names.index(n)))


def _kind(name: str) -> VoiceKind:
    source = read_credited(name)
    return source.kind if source is not None else "outlet"


def _name(articles: Sequence[Article], root: int, copies: list[int]) -> Name:
    article = articles[root]
    credited = text_credits(article)
    if credited:
        return Name(name=credited[0], kind=_kind(credited[0]), reasons=(f"credits its text to {credited[0]}",))
    own = (article.outlet or "").casefold()
    said = Counter(text_credits(articles[c])[0] for c in copies if text_credits(articles[c]))
    if said:
        name, count = min(said.items(), key=lambda item: (-item[1], item[0]))
        if name.casefold() != own:
            return Name(name=name, kind=_kind(name), reasons=(f"{count} of its copies credit {name}",))
    if article.outlet:
        kind: VoiceKind = "agency" if _kind(article.outlet) == "agency" else "outlet"
        return Name(name=article.outlet, kind=kind, reasons=("no other origin found: its own outlet",))
    return Name(
        name=_title(article), kind="unknown", reasons=("neither credit nor outlet known: named after the article",)
    )


def _title(article: Article) -> str:
    """What an article goes by where nobody says whose it is: its headline unless that is a cut sentence, or its file."""
    headline = " ".join(article.headline.split())
    if headline and len(headline) <= TITLE_MAX and not headline.endswith(("…", "...")):
        return headline
    return PurePath(article.path).stem or article.id


def make_shares(article: Article, body: Body, roots: list[int], names: dict[int, Name]) -> tuple[VoiceShare, ...]:
    """An article's voices by passage, largest first."""
    spans: dict[str, list[Stretch]] = {}
    reasons: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    total, before = 0, ""
    for root, start, end in zip(roots, body.start.tolist(), body.end.tolist(), strict=True):
        voice = names[root].id
        held = spans.setdefault(voice, [])
        if voice == before:
            held[-1] = Stretch(start=held[-1].start, end=end)
        else:
            held.append(Stretch(start=start, end=end))
        before = voice
        total += end - start
        sizes[voice] = sizes.get(voice, 0) + end - start
        for reason in names[root].reasons:
            if reason not in reasons.setdefault(voice, []):
                reasons[voice].append(reason)
    shares = [
        VoiceShare(voice=v, share=round(sizes[v] / max(1, total), 4), spans=tuple(spans[v]), reasons=tuple(reasons[v]))
        for v in spans
    ]
    return tuple(sorted(shares, key=lambda s: (-s.share, s.voice)))


def make_lines(
    articles: Sequence[Article], bodies: Sequence[Body], roots: list[list[int]], names: dict[int, Name]
) -> tuple[Line, ...]:
    """The lines: for each root, every stretch of every article that carries its text."""
    spans: dict[int, list[Span]] = {}
    for number, (article, body) in enumerate(zip(articles, bodies, strict=True)):
        if not article.compared:
            continue
        previous = -1
        for root, start, end in zip(roots[number], body.start.tolist(), body.end.tolist(), strict=True):
            held = spans.setdefault(root, [])
            if root == previous:
                held[-1] = Span(article=article.id, start=held[-1].start, end=end)
            else:
                held.append(Span(article=article.id, start=start, end=end))
            previous = root
    lines = [
        Line(
            id=make_id("l", names[root].id, articles[root].id),
            voice=names[root].id,
            spans=tuple(held),
            reasons=(f"first stands in {articles[root].id}", *names[root].reasons),
        )
        for root, held in spans.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.id))


def make_voices(
    shares: dict[str, tuple[VoiceShare, ...]], names: dict[int, Name], listed_share: float
) -> tuple[Voice, ...]:
    """Every voice with the articles for which it is listed."""
    by_id: dict[str, Name] = {}
    reasons: dict[str, list[str]] = {}
    for root in sorted(names):
        name = names[root]
        by_id.setdefault(name.id, name)
        for reason in name.reasons:
            if reason not in reasons.setdefault(name.id, []):
                reasons[name.id].append(reason)
    listed: dict[str, list[str]] = {}
    for article in sorted(shares):
        held = shares[article]
        for share in held:
            listed.setdefault(share.voice, [])
            if share.share >= listed_share or share is held[0]:
                listed[share.voice].append(article)
    return tuple(
        Voice(id=v, name=by_id[v].name, kind=by_id[v].kind, articles=tuple(listed[v]), reasons=tuple(reasons[v][:5]))
        for v in sorted(listed)
    )
