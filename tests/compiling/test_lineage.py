from __future__ import annotations

import re
from dataclasses import replace

import pytest

from copydesk.compiling.html.anchors import Anchors, Chips
from copydesk.compiling.html.copying import Copying
from copydesk.compiling.html.lineage import make_lineage
from copydesk.compiling.html.views import LineageView
from copydesk.compiling.sources import number_sources
from copydesk.model.copies import CopyLink, Voice, VoiceShare
from copydesk.model.dossiers import Dossier, TracedArticle
from copydesk.model.spans import Stretch
from copydesk.model.stories import Membership, Story

from .sample import make_article, make_brief, on


def link(origin: str, copy: str, **changes: object) -> CopyLink:
    found = CopyLink(
        origin=origin, origin_voice=None, copy=copy, kind="verbatim", coverage=0.9, score=0.9, direction="known",
        passages=(), reasons=(),
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def dossier_of(count: int, links: list[tuple[int, int]], **changes: object) -> Dossier:
    """Articles 0 to count; those in links share voice 0, the others have one each."""
    lines = [("headline", "Lamp of Kestrel light goes out"), ("body", "The lamp went out.")]
    articles = [make_article(f"n{i:03}", lines, outlet=f"Outlet {i}", published=on(3)) for i in range(count)]  # type: ignore[arg-type]
    joined = {i for pair in links for i in pair}
    voice = [0 if i in joined else i for i in range(count)]
    body = Stretch(start=0, end=len(articles[0].text)) if articles else Stretch(start=0, end=0)
    ids = tuple(sorted(a.id for a in articles))
    template = make_brief().dossiers[0]
    return replace(
        template,
        story=Story(id="s", articles=ids, membership=tuple(Membership(article=i, reasons=()) for i in ids)),
        articles=tuple(
            TracedArticle(
                article=a, voices=(VoiceShare(voice=f"v{v}", share=1.0, spans=(body,), reasons=()),), warnings=()
            )
            for a, v in zip(articles, voice, strict=True)
        ),
        voices=tuple(
            Voice(id=f"v{v}", name=f"Voice {v}", kind="outlet", articles=tuple(a.id for a, w in zip(articles, voice, strict=True) if w == v), reasons=())
            for v in sorted(set(voice))
        ),
        copies=tuple(link(articles[a].id, articles[b].id, **changes) for a, b in links),
        facts=(), claims=(), summary=(),
    )  # fmt: skip


def draw(dossier: Dossier) -> LineageView:
    sources = number_sources(replace(make_brief(), dossiers=(dossier,), articles=()))
    anchors = Anchors(sources)
    chips = Chips("s1", dossier, sources)
    return make_lineage(dossier, anchors, chips, Copying("s1", dossier, anchors, chips).views)


@pytest.mark.parametrize(
    ("count", "links"),
    [
        (1, []),
        (3, [(0, 1), (0, 2)]),
        (3, [(0, 1), (1, 2), (2, 0)]),
        (60, [(0, i) for i in range(1, 45)]),
        (60, []),
        (12, [(i, i + 1) for i in range(11)]),
    ],
)
def test_every_article_stands_once_inside_the_picture(count: int, links: list[tuple[int, int]]) -> None:
    picture = draw(dossier_of(count, links))
    boxes = [b for b in picture.boxes if b.css.startswith("article")]
    assert sorted(b.href for b in boxes) == sorted(f"#a{i}" for i in range(1, count + 1))
    for box in picture.boxes:
        assert box.x >= 0 and box.y >= 0 and box.y + box.height <= picture.height
        assert box.x + box.width <= picture.width or box.css == "voice"
    places = [(b.x, b.y) for b in boxes]
    assert len(set(places)) == len(places)


def test_links_to_a_crowd_become_one_line_that_says_how_many() -> None:
    picture = draw(dossier_of(60, [(0, i) for i in range(1, 45)]))
    assert [e.label for e in picture.edges] == ["×44"]
    assert "44 verbatim" in picture.edges[0].title


def test_kind_and_direction_show_without_colour() -> None:
    for kind in ("verbatim", "edited", "rewritten"):
        assert f"k-{kind}" in draw(dossier_of(2, [(0, 1)], kind=kind)).edges[0].css
    markers = [draw(dossier_of(2, [(0, 1)], direction=d)).edges[0].marker for d in ("known", "inferred", "unknown")]
    assert len(set(markers)) == 3 and markers[2] == ""


def test_of_links_alike_the_one_from_the_original_is_drawn() -> None:
    picture = draw(dossier_of(3, [(0, 1), (1, 2), (0, 2)]))
    assert len(picture.edges) == 2 and "1 weaker link" in picture.note
    starts = {re.match(r"M(\d+)", e.path).group(1) for e in picture.edges}  # type: ignore[union-attr]
    assert len(starts) == 1


def test_a_voice_whose_article_is_not_in_the_pile_has_a_lane_of_its_own() -> None:
    dossier = dossier_of(2, [(0, 1)])
    named = replace(dossier.copies[0], origin=None, origin_voice="v-far")
    picture = draw(replace(dossier, copies=(named,)))
    assert any(b.css == "voice" and "not in the pile" in b.second for b in picture.boxes)
    assert len(picture.edges) == 1
