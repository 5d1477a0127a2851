"""Copy links and voices → the picture of who copied whom: a lane a voice, copies to the right of what they copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from copydesk.compiling.html.anchors import Anchors, Chips
from copydesk.compiling.html.picture import Picture, cell_width
from copydesk.compiling.html.views import Chip, CopyView, LineageView
from copydesk.compiling.sources import Source, plural, story_order
from copydesk.model.copies import CopyLink
from copydesk.model.dossiers import Dossier

COLUMNS_MAX = 4  # longer chains end in the last column


def strongest(dossier: Dossier, chips: Chips) -> list[int]:
    """Which of the story's copy links the picture draws: each copy's strongest, and its strongest from each other voice."""
    chip_of = {t.article.id: _first_chip(dossier, t.article.id, chips) for t in dossier.articles}
    return [number for _, number in _strongest(dossier.copies, chip_of)]


def make_lineage(dossier: Dossier, anchors: Anchors, chips: Chips, copies: Mapping[int, CopyView]) -> LineageView:
    """The picture; `copies` holds what is shown of the links that it draws, by their place in the dossier."""
    sources = {t.article.id: anchors.sources.by_id[t.article.id] for t in story_order(dossier)}
    chip_of = {a: _first_chip(dossier, a, chips) for a in sources}
    drawn = _strongest(dossier.copies, chip_of)
    linked = {a for link, _ in drawn for a in (link.origin, link.copy) if a is not None}
    depth = _depths(sources, [link for link, _ in drawn])
    lanes = _lanes(sources, chip_of, linked)
    picture = Picture(_widths(lanes, depth))
    named = {link.origin_voice for link, _ in drawn if link.origin is None and link.origin_voice}
    for voice in sorted(named, key=lambda v: chips.of(v).letter):
        lanes.setdefault(chips.of(voice).letter, [])
    known = {c.letter: c for _, c in chips.all()}
    for letter in sorted(lanes, key=lambda x: (x == "", len(x), x)):
        picture.lane(known.get(letter), [sources[a] for a in lanes[letter]], depth)
    laid = {a for lane in lanes.values() for a in lane}
    alone = [s for a, s in sources.items() if a not in laid]
    if alone:
        picture.alone(alone, chip_of)
    for bundle in picture.bundles(drawn, chips):
        picture.edge([(link, copies[number]) for link, number in bundle], chips)
    hidden = len(dossier.copies) - len(drawn)
    note = f"{plural(hidden, 'weaker link')} between the same articles: in the list below." if hidden else ""
    return picture.view(note)


def _first_chip(dossier: Dossier, article: str, chips: Chips) -> Chip | None:
    shares = next((t.voices for t in dossier.articles if t.article.id == article), ())
    return chips.of(shares[0].voice) if shares else None


def _strongest(links: Sequence[CopyLink], chip_of: dict[str, Chip | None]) -> list[tuple[CopyLink, int]]:
    """For each copy its link with the largest coverage, and the largest from each other lane; with their numbers.

    Of links about as large, the one from an article that is no copy itself.
    """
    copied = {link.copy for link in links if link.direction != "unknown"}

    def rank(item: tuple[int, CopyLink]) -> tuple[float, bool, int]:
        return -round(item[1].coverage, 1), item[1].origin in copied, item[0]

    found: list[tuple[CopyLink, int]] = []
    seen: set[tuple[str, str]] = set()
    for number, link in sorted(enumerate(links), key=rank):
        origin = chip_of.get(link.origin or "")
        lane = link.origin_voice or "" if link.origin is None else origin.letter if origin else link.origin
        if (link.copy, lane) not in seen:
            seen.add((link.copy, lane))
            found.append((link, number))
    return sorted(found, key=lambda x: x[1])


def _depths(articles: Iterable[str], links: Sequence[CopyLink]) -> dict[str, int]:
    """How many copies lie behind each article, bounded; a ring of copies ends where it began.

    A link of unknown direction puts neither of the two behind the other.
    """
    depth = dict.fromkeys(articles, 0)
    for _ in range(COLUMNS_MAX - 1):
        for link in links:
            if link.direction != "unknown":
                behind = depth[link.origin] if link.origin is not None else 0
                depth[link.copy] = min(COLUMNS_MAX - 1, max(depth[link.copy], behind + 1))
    return depth


def _lanes(sources: dict[str, Source], chip_of: dict[str, Chip | None], linked: set[str]) -> dict[str, list[str]]:
    """Letter of a voice → its articles, for the voices with links or with several articles; "" holds linked others."""
    size = Counter(c.letter for c in chip_of.values() if c is not None)
    lanes: dict[str, list[str]] = {}
    for article in sources:
        chip = chip_of[article]
        letter = chip.letter if chip is not None else ""
        if article in linked or (letter and size[letter] > 1):
            lanes.setdefault(letter, []).append(article)
    return lanes


def _widths(lanes: Mapping[str, Sequence[str]], depth: Mapping[str, int]) -> list[int]:
    """The width of each column: that of its widest cell."""
    cells = Counter((letter, depth[a]) for letter, lane in lanes.items() for a in lane)
    return [
        max((cell_width(n) for (_, column), n in cells.items() if column == wanted), default=cell_width(1))
        for wanted in range(COLUMNS_MAX)
    ]
