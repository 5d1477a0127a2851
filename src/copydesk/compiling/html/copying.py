"""Copy links → the list of who copied whom, and the marks that their passages leave in the articles."""

from __future__ import annotations

from copydesk.compiling.html.anchors import Anchors, Chips
from copydesk.compiling.html.lineage import strongest
from copydesk.compiling.html.marked import Insert, Tint
from copydesk.compiling.html.views import CopyView, PassageView
from copydesk.model.copies import CopyLink
from copydesk.model.dossiers import Dossier
from copydesk.model.spans import Span, Stretch

LINKS_SHOWN = 300  # and all that the picture draws; 300 equal files are 44,850 pairs, and the JSON lists them
PASSAGES_SHOWN = 12  # a link; the articles below mark them all
INSERTS_MAX = 3  # arrows set before one character: an original with sixty copies would be nothing but arrows


class Copying:
    """One story's copy links as the page shows them; passages mark the articles they stand in."""

    def __init__(self, story: str, dossier: Dossier, anchors: Anchors, chips: Chips) -> None:
        self._story = story
        self._shares = {t.article.id: t.voices for t in dossier.articles}
        self._anchors = anchors
        self._chips = chips
        self.tints: dict[str, list[Tint]] = {}
        self.inserts: dict[str, list[Insert]] = {}
        shown = {*range(min(LINKS_SHOWN, len(dossier.copies))), *strongest(dossier, chips)}
        self.views = {i: self._view(i + 1, dossier.copies[i]) for i in sorted(shown)}
        self.more = len(dossier.copies) - len(shown)

    def _view(self, number: int, link: CopyLink) -> CopyView:
        anchors = self._anchors
        copy = anchors.sources.by_id[link.copy]
        origin = anchors.sources.by_id.get(link.origin or "")
        voice = self._chips.of(link.origin_voice) if origin is None and link.origin_voice else None
        passages = [self._passage(link, i) for i in range(len(link.passages))]
        return CopyView(
            anchor=f"{self._story}-k{number}",
            origin=f"{origin.number} {origin.label}" if origin else voice.name if voice else "unknown",
            origin_href=f"#a{origin.number}" if origin else voice.href if voice else "",
            copy=f"{copy.number} {copy.label}",
            copy_href=f"#a{copy.number}",
            kind=link.kind,
            coverage=f"{link.coverage:.0%}",
            score=f"{link.score:.2f}",
            direction=link.direction,
            reasons=tuple(anchors.sources.tell(r) for r in link.reasons),
            evidence=anchors.all_words(link.evidence),
            passages=tuple(passages[:PASSAGES_SHOWN]),
            more=max(0, len(passages) - PASSAGES_SHOWN),
        )

    def _passage(self, link: CopyLink, index: int) -> PassageView:
        passage = link.passages[index]
        anchors = self._anchors
        there = anchors.words(_span(link.copy, passage.copy))
        here = None
        how = f"{passage.kind}, {passage.similarity:.0%} alike"
        self.tints.setdefault(link.copy, []).append(
            Tint(
                start=passage.copy.start,
                end=passage.copy.end,
                css=f"p p-{passage.kind}{self._tint(link.copy, passage.copy)}",
            )
        )
        if passage.origin is not None and link.origin is not None:
            here = anchors.words(_span(link.origin, passage.origin))
            one_way = link.direction != "unknown"
            if not one_way:  # either may be the copy: both show what they share
                css = f"p p-{passage.kind}{self._tint(link.origin, passage.origin)}"
                tint = Tint(start=passage.origin.start, end=passage.origin.end, css=css)
                self.tints.setdefault(link.origin, []).append(tint)
            self._insert(link.copy, passage.copy.start, ("←" if one_way else "↔") + str(here.number), here.href, how)
            self._insert(
                link.origin, passage.origin.start, ("→" if one_way else "↔") + str(there.number), there.href, how
            )
        elif link.origin_voice:
            chip = self._chips.of(link.origin_voice)
            self._insert(link.copy, passage.copy.start, f"←{chip.letter}", chip.href, f"{how}, from {chip.name}")
        return PassageView(kind=passage.kind, similarity=f"{passage.similarity:.0%}", origin=here, copy=there)

    def _tint(self, article: str, place: Stretch) -> str:
        """The class of the voice that supplies most of a stretch, "" when none does."""
        shares = self._shares.get(article, ())
        held = [(sum(place.overlap(s) for s in share.spans), -i) for i, share in enumerate(shares)]
        best = max(held, default=(0, 0))
        return f" v{self._chips.of(shares[-best[1]].voice).tint}" if best[0] else ""

    def _insert(self, article: str, at: int, text: str, href: str, title: str) -> None:
        inserts = self.inserts.setdefault(article, [])
        same = sum(i.at == at for i in inserts)
        if same < INSERTS_MAX:
            inserts.append(Insert(at=at, css="arrow", text=text, href=href, title=title))
        elif same == INSERTS_MAX:
            inserts.append(Insert(at=at, css="arrow", text="…", href=f"#{self._story}-copies", title="and more copies"))


def _span(article: str, stretch: Stretch) -> Span:
    return Span(article=article, start=stretch.start, end=stretch.end)
