"""A brief made by hand about invented towns and outlets, hostile strings among them."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from copydesk.compiling import compile_dossier
from copydesk.model.articles import Article, ArticleWarning, Block, BlockKind, Credit
from copydesk.model.captures import Skipped
from copydesk.model.copies import CopyLink, Line, Passage, Trace, Voice, VoiceShare
from copydesk.model.corrections import Correction
from copydesk.model.dossiers import Brief, Dossier
from copydesk.model.markup import Markup, Tokens
from copydesk.model.piles import Pile
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import (
    Alias,
    Alignment,
    Claim,
    Conflict,
    Entity,
    Fact,
    Membership,
    Moment,
    Place,
    Quote,
    QuoteVariant,
    Resolution,
    Role,
    Side,
    Slot,
    Story,
    Support,
)
from copydesk.model.times import UNKNOWN_WHEN, When

HOSTILE = (
    "<script>alert('x')</script></style><img src=//evil.example/x onerror=go()> =HYPERLINK(\"x\") \u202egnp.exe\u202c"
)

NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())

# Each article is a list of (kind, line); only headline and body lines are kept.
Lines = list[tuple[BlockKind, str]]

WIRE: Lines = [
    ("headline", "Ferry sinks off Port Vessel, 12 dead"),
    ("dateline", "PORT VESSEL, March 3 (Norden Press)"),
    (
        "body",
        "A ferry carrying 84 people sank in heavy seas off Port Vessel early on Tuesday, killing at least 12 people, the coastguard said.",
    ),
    (
        "body",
        "The Marisol left Kestrel Island shortly after midnight and sent its last signal at 2.40 a.m., harbour master Ilse Brandvik said.",
    ),
    ("body", "“We had no warning that the bow doors had failed,” Brandvik told reporters."),
    (
        "body",
        "Norden Press counted five helicopters over the strait at daybreak. Parliament is to debate ferry safety on Friday.",
    ),
    ("legal", "Copyright 2027 Norden Press. All rights reserved."),
]
REPRINT: Lines = [
    ("furniture", "Home > News > Coast"),
    ("headline", "Ferry sinks off Port Vessel, 12 dead"),
    ("byline", "By Norden Press"),
    (
        "body",
        "A ferry carrying 84 people sank in heavy seas off Port Vessel early on Tuesday, killing at least 12 people, the coastguard said.",
    ),
    (
        "body",
        "The Marisol left Kestrel Island shortly after midnight and sent its last signal at 2.40 a.m., harbour master Ilse Brandvik said.",
    ),
    ("body", "“We had no warning that the bow doors had failed,” Brandvik told reporters."),
    ("furniture", "Most read: " + HOSTILE),
    ("credit", "(Norden Press)"),
]
SPUN: Lines = [
    ("headline", "Boat goes down close to Harbour Vessel"),
    (
        "body",
        "A boat with 84 folks on board went down in tough waters close to Harbour Vessel on Tuesday morning, leaving a minimum of 12 folks lifeless, the coast watch stated.",
    ),
    ("body", "“We had no caution that the bow doorways had unsuccessful,” Brandvik informed journalists."),
    ("body", "The coast watch will maintain looking out."),
]
OWN: Lines = [
    ("headline", "Fourteen dead as island ferry goes down"),
    ("byline", "By Tomas Eckerly"),
    (
        "body",
        "Fourteen people died when the island ferry Marisol sank off Port Vessel on Tuesday, the regional hospital said.",
    ),
    ("body", "The ship sailed from Kestrel Island at about half past midnight with 84 passengers and crew."),
    ("body", "Harbour master Ilse Brandvik said the bow doors had failed without any warning."),
    (
        "body",
        "Relatives waited on the quay through the night. “Nobody tells us anything,” said Oda Fennimore, whose brother was aboard.",
    ),
    ("body", HOSTILE),
]
QUAY = "Relatives waited on the quay through the night."
LATER: Lines = [
    ("headline", "Port Vessel ferry toll rises to 15"),
    (
        "body",
        "The death toll from the sinking of the Marisol rose to 15 on Thursday after divers found another body, the Vessel Herald has learned.",
    ),
    ("body", "Parliament will debate ferry safety on Friday."),
]
FOREIGN: Lines = [("headline", "Fähre vor Port Vessel gesunken"), ("body", "Eine Fähre ist vor Port Vessel gesunken.")]
MARKET: Lines = [
    ("headline", "Grain market of Old Tarn reopens after fire"),
    ("body", "The grain market of Old Tarn reopened on Saturday, nine weeks after a fire, mayor Pell Ashgrove said."),
]


def make_article(name: str, lines: Lines, *, outlet: str | None, published: When, compared: bool = True) -> Article:
    """An article whose source text is its lines, one a line."""
    source = "\n".join(line for _, line in lines)
    blocks: list[Block] = []
    parts: list[str] = []
    place = at = 0
    for kind, line in lines:
        kept = kind in ("headline", "body")
        if kept and parts:
            at += 2
        reason = "reads as prose" if kept else f"looks like {kind}"
        blocks.append(Block(kind=kind, start=place, end=place + len(line), at=at if kept else None, reason=reason))
        if kept:
            parts.append(line)
            at += len(line)
        place += len(line) + 1
    return Article(
        id=hashlib.sha256(name.encode()).hexdigest()[:12],
        path=f"pile/{name}.txt",
        url=f"https://{name}.example/{name}" if outlet else "javascript:alert(1)",
        sha256=hashlib.sha256(source.encode()).hexdigest(),
        headline=next(line for kind, line in lines if kind == "headline"),
        byline=next((line for kind, line in lines if kind == "byline"), None),
        dateline=next((line for kind, line in lines if kind == "dateline"), None),
        outlet=outlet,
        language="en" if compared else "de",
        compared=compared,
        reason=None if compared else "German: no language pack",
        published=published,
        modified=None,
        observed=date(2027, 4, 1),
        credits=(),
        text="\n\n".join(parts),
        source_text=source,
        blocks=tuple(blocks),
    )


def on(day: int, method: str = "meta") -> When:
    found = date(2027, 3, day)
    return When(value=found.isoformat(), earliest=found, latest=found, precision="day", method=method)


def empty_markup(article: Article) -> Markup:
    return Markup(article=article.id, sentences=(), tokens=NO_TOKENS, names=(), quotes=(), times=(), quantities=())


class Sample:
    """The articles of the sample by name, and the ways to point into them."""

    def __init__(self) -> None:
        wire = make_article("wire", WIRE, outlet="Norden Press", published=on(3))
        reprint = make_article("reprint", REPRINT, outlet="Coast Mirror", published=on(4))
        spun = make_article("spun", SPUN, outlet=None, published=UNKNOWN_WHEN)
        own = make_article("own", OWN, outlet="Vessel Herald", published=on(3))
        later = make_article("later", LATER, outlet="Vessel Herald", published=on(5))
        foreign = make_article("foreign", FOREIGN, outlet="Küstenblatt", published=on(3), compared=False)
        market = make_article("market", MARKET, outlet=HOSTILE, published=on(8))
        self.named = {
            "wire": wire, "reprint": reprint, "spun": spun, "own": own, "later": later, "foreign": foreign,
            "market": market,
        }  # fmt: skip

    def span(self, name: str, words: str, *, in_source: bool = False) -> Span:
        article = self.named[name]
        start = (article.source_text if in_source else article.text).index(words)
        return Span(article=article.id, start=start, end=start + len(words), in_source=in_source)

    def stretch(self, name: str, words: str) -> Stretch:
        span = self.span(name, words)
        return Stretch(start=span.start, end=span.end)

    def id(self, name: str) -> str:
        return self.named[name].id

    def body(self, name: str) -> Stretch:
        article = self.named[name]
        return Stretch(start=len(article.headline) + 2, end=len(article.text))

    def trace(self) -> Trace:
        body_2 = "The Marisol left Kestrel Island shortly after midnight and sent its last signal at 2.40 a.m., harbour master Ilse Brandvik said."
        said = "“We had no warning that the bow doors had failed,” Brandvik told reporters."
        first = WIRE[2][1]
        verbatim = tuple(
            Passage(origin=self.stretch("wire", w), copy=self.stretch("reprint", w), kind="verbatim", similarity=1.0)
            for w in (first, body_2, said)
        )
        rewritten = (
            Passage(
                origin=self.stretch("wire", first),
                copy=self.stretch("spun", SPUN[1][1]),
                kind="rewritten",
                similarity=0.71,
            ),
            Passage(
                origin=self.stretch("wire", said),
                copy=self.stretch("spun", SPUN[2][1]),
                kind="rewritten",
                similarity=0.66,
            ),
        )
        named = "Norden Press counted five helicopters over the strait at daybreak."
        links = (
            CopyLink(
                origin=self.id("wire"), origin_voice=None, copy=self.id("reprint"), kind="verbatim", coverage=0.97,
                score=0.999, direction="known", passages=verbatim,
                reasons=("credits Norden Press at the foot", "shares 62 of 64 five-word runs"),
                evidence=(self.span("reprint", "(Norden Press)", in_source=True),),
            ),
            CopyLink(
                origin=self.id("wire"), origin_voice=None, copy=self.id("spun"), kind="rewritten", coverage=0.82,
                score=0.91, direction="inferred", passages=rewritten, reasons=("same order of sentences",),
            ),
            CopyLink(
                origin=None, origin_voice="v-gulf", copy=self.id("later"), kind="edited", coverage=0.4, score=0.7,
                direction="known", reasons=("credits Gulf Wire",),
                passages=(Passage(origin=None, copy=self.stretch("later", LATER[2][1]), kind="edited", similarity=0.8),),
            ),
        )  # fmt: skip
        voices = (
            Voice(id="v-norden", name="Norden Press", kind="agency", reasons=("is an agency",),
                  articles=tuple(sorted(self.id(n) for n in ("wire", "reprint", "spun")))),
            Voice(id="v-herald", name="Vessel Herald", kind="outlet", reasons=("own byline",),
                  articles=tuple(sorted(self.id(n) for n in ("own", "later")))),
            Voice(id="v-gulf", name="Gulf Wire", kind="agency", reasons=("credited",), articles=(self.id("later"),)),
            Voice(id="v-hill", name="Hill Radio", kind="outlet", reasons=("one passage",), articles=()),
            Voice(id="v-tarn", name=HOSTILE, kind="unknown", reasons=(HOSTILE,), articles=(self.id("market"),)),
        )  # fmt: skip
        shares = {
            self.id("wire"): self._share("v-norden", 1.0, self.body("wire")),
            self.id("reprint"): self._share("v-norden", 0.97, self.body("reprint")),
            self.id("spun"): self._share("v-norden", 0.9, self.body("spun")),
            self.id("own"): (
                *self._share("v-herald", 0.9, self.body("own")),
                *self._share("v-hill", 0.1, self.stretch("own", QUAY)),
            ),
            self.id("later"): (
                *self._share("v-herald", 0.6, self.stretch("later", LATER[1][1])),
                *self._share("v-gulf", 0.4, self.stretch("later", LATER[2][1])),
            ),
            self.id("market"): self._share("v-tarn", 1.0, self.body("market")),
        }
        line = Line(id="l1", voice="v-norden", spans=(self.span("wire", named),), reasons=())
        return Trace(links=links, lines=(line,), voices=voices, shares=shares)

    def _share(self, voice: str, share: float, stretch: Stretch) -> tuple[VoiceShare, ...]:
        return (VoiceShare(voice=voice, share=share, spans=(stretch,), reasons=("own text",)),)

    def pile(self) -> Pile:
        articles = []
        for name, article in self.named.items():
            credits: tuple[Credit, ...] = ()
            if name == "reprint":
                span = self.span("reprint", "(Norden Press)", in_source=True)
                credits = (Credit(name="Norden Press", kind="text", span=span, reason="agency in brackets at the end"),)
            articles.append(_with_credits(article, credits))
        ordered = sorted(articles, key=lambda a: a.id)
        return Pile(articles=tuple(ordered), markups=tuple(empty_markup(a) for a in ordered), trace=self.trace())


def _with_credits(article: Article, credits: tuple[Credit, ...]) -> Article:
    from dataclasses import replace

    return replace(article, credits=credits)


def make_story(sample: Sample, name: str, members: tuple[str, ...]) -> Story:
    ids = tuple(sorted(sample.id(n) for n in members))
    return Story(
        id=f"s-{name}", articles=ids,
        membership=tuple(Membership(article=a, reasons=("same names, same day", HOSTILE)) for a in ids),
    )  # fmt: skip


FERRY_WORDS: dict[str, dict[str, str]] = {
    # fact → article → its words
    "sank": {"wire": WIRE[2][1], "reprint": REPRINT[3][1], "spun": SPUN[1][1], "own": OWN[2][1]},
    "left": {"wire": WIRE[3][1], "reprint": REPRINT[4][1], "own": OWN[3][1]},
    "doors": {"wire": WIRE[4][1], "reprint": REPRINT[5][1], "spun": SPUN[2][1], "own": OWN[4][1]},
    "helicopters": {"wire": "Norden Press counted five helicopters over the strait at daybreak."},
    "debate": {"wire": "Parliament is to debate ferry safety on Friday.", "later": LATER[2][1]},
    "toll": {"later": LATER[1][1]},
    "quay": {"own": QUAY},
    "hostile": {"own": HOSTILE},
}  # fmt: skip
VOICE_OF = {"wire": "v-norden", "reprint": "v-norden", "spun": "v-norden", "own": "v-herald", "later": "v-herald"}
PASSAGE_VOICE = {("debate", "later"): "v-gulf", ("quay", "own"): "v-hill"}
STATUS = {"sank": "disputed", "left": "corroborated", "doors": "corroborated", "debate": "corroborated"}
WEIGHT = {"sank": 1.0, "doors": 0.8, "left": 0.7, "debate": 0.5, "toll": 0.45}


def ferry_alignment(sample: Sample) -> Alignment:
    claims, facts = [], []
    for name, words in FERRY_WORDS.items():
        support, ids = [], []
        for article, sentence in words.items():
            voice = PASSAGE_VOICE.get((name, article), VOICE_OF[article])
            span = sample.span(article, sentence)
            slots: tuple[Slot, ...] = ()
            if name == "sank":
                number = sample.span(article, "Fourteen people" if article == "own" else "12")
                slots = (
                    Slot(
                        name="number",
                        about="people killed",
                        value="14" if article == "own" else "12",
                        start=number.start,
                        end=number.end,
                    ),
                )
            claims.append(
                Claim(
                    id=f"c-{name}-{article}", article=span.article, start=span.start, end=span.end, voice=voice,
                    speaker="e-brandvik" if name == "doors" else None,
                    modality="planned" if name == "debate" else "alleged" if article == "spun" else "happened", slots=slots,
                )
            )  # fmt: skip
            support.append(Support(span=span, voice=voice))
            ids.append(f"c-{name}-{article}")
        voices = {s.voice for s in support}
        facts.append(
            Fact(
                id=f"f-{name}", text=next(iter(words.values())), status=STATUS.get(name, "single-voice"),  # type: ignore[arg-type]
                claims=tuple(ids), support=tuple(support), articles=len(words), voices=len(voices),
                omitted_by=tuple(sorted({"v-norden", "v-herald", "v-gulf"} - {v for v in voices if v})),
                when=on(3, "anchored") if name == "sank" else None,
                entities=("e-brandvik",) if name == "doors" else (), weight=WEIGHT.get(name, 0.2),
                reasons=("same names and numbers",),
            )
        )  # fmt: skip
    sides = (
        Side(value="12", when=on(3), text="killing at least 12 people", voices=("v-norden",),
             support=(sample.span("wire", "killing at least 12 people"), sample.span("reprint", "killing at least 12 people"))),
        Side(value="14", when=on(3), text="Fourteen people died", voices=("v-herald",),
             support=(sample.span("own", "Fourteen people died"),)),
    )  # fmt: skip
    update = (sides[1], Side(value="15", when=on(5), text="rose to 15 on Thursday", voices=("v-herald",),
                             support=(sample.span("later", "rose to 15 on Thursday"),)))  # fmt: skip
    conflicts = (
        Conflict(id="x-update", kind="update", about="people killed", slot="number", facts=("f-sank", "f-toll"), sides=update,
                 reason="the later count replaces the earlier"),
        Conflict(id="x-toll", kind="conflict", about="people killed", slot="number", facts=("f-sank",), sides=sides,
                 reason="both count the dead of Tuesday"),
    )  # fmt: skip
    return Alignment(claims=tuple(claims), facts=tuple(facts), conflicts=conflicts)


def ferry_resolution(sample: Sample, story: Story) -> Resolution:
    brandvik = Entity(
        id="e-brandvik", type="person", name="Ilse Brandvik", place=None, reasons=("same first and last name",),
        aliases=(Alias(text="Ilse Brandvik", count=3, articles=tuple(sorted(sample.id(n) for n in ("wire", "reprint", "own")))),
                 Alias(text="Brandvik", count=3, articles=(sample.id("spun"),))),
        roles=(Role(text="harbour master", support=(sample.span("wire", "harbour master"),)),),
        mentions=(sample.span("wire", "Ilse Brandvik"), sample.span("own", "Ilse Brandvik"), sample.span("spun", "Brandvik")),
    )  # fmt: skip
    port = Entity(
        id="e-port", type="place", name="Port Vessel", aliases=(Alias(text="Port Vessel", count=4, articles=(sample.id("wire"),)),),
        roles=(), place=Place(lat=12.3456789, lon=-45.6, country="XX"), mentions=(sample.span("wire", "Port Vessel"),),
        reasons=("in most articles",),
    )  # fmt: skip
    bow = "We had no warning that the bow doors had failed"
    quotes = (
        Quote(
            id="q-doors", speaker="e-brandvik", speaker_text="Brandvik", kind="direct", text=bow, cue="told", via=(),
            support=(sample.span("wire", bow), sample.span("reprint", bow)), reasons=("name next to the cue",),
            variants=(QuoteVariant(text="We had no caution that the bow doorways had unsuccessful",
                                   support=(sample.span("spun", "We had no caution that the bow doorways had unsuccessful"),)),),
        ),
        Quote(
            id="q-nobody", speaker=None, speaker_text="Oda Fennimore", kind="direct", text="Nobody tells us anything", cue="said",
            via=("Gulf Wire",), support=(sample.span("own", "Nobody tells us anything"),), variants=(), reasons=(),
        ),
    )  # fmt: skip
    planned = When(value="2027-03-06", earliest=date(2027, 3, 6), latest=date(2027, 3, 6), precision="day", method="anchored",
                   evidence=(sample.span("wire", "Friday"),))  # fmt: skip
    moments = (
        Moment(when=planned, modality="planned", text="Parliament is to debate ferry safety on Friday.",
               support=(sample.span("wire", "Parliament is to debate ferry safety on Friday."),)),
        Moment(when=on(3), modality="happened", text=WIRE[2][1], support=(sample.span("wire", WIRE[2][1]), sample.span("reprint", WIRE[2][1]))),
    )  # fmt: skip
    spun_when = When(value=None, earliest=date(2027, 3, 3), latest=date(2027, 3, 9), precision="week", method="story clock",
                     evidence=(sample.span("spun", "Tuesday morning"),))  # fmt: skip
    return Resolution(
        story=story, entities=(port, brandvik), entity_of={}, quotes=quotes, moments=moments, when=on(3, "anchored"),
        where=("e-port",), who=("e-brandvik",), published={sample.id("spun"): spun_when},
    )  # fmt: skip


def make_dossiers(sample: Sample) -> tuple[Dossier, ...]:
    pile = sample.pile()
    ferry = make_story(sample, "ferry", ("wire", "reprint", "spun", "own", "later", "foreign"))
    word = sample.span("spun", "unsuccessful")
    warning = ArticleWarning(kind="altered-language", start=word.start, end=word.end, text="unsuccessful", stands_for="failed",
                             support=(sample.span("wire", "failed"),), reason="stands where the other article has “failed”")  # fmt: skip
    market = make_story(sample, "market", ("market",))
    resolution = Resolution(story=market, entities=(), entity_of={}, quotes=(), moments=(), when=UNKNOWN_WHEN, where=(),
                            who=(), published={})  # fmt: skip
    span = sample.span("market", MARKET[1][1])
    claim = Claim(id="c-market", article=span.article, start=span.start, end=span.end, voice="v-tarn", speaker=None,
                  modality="happened", slots=())  # fmt: skip
    fact = Fact(id="f-market", text=MARKET[1][1], status="single-voice", claims=("c-market",), articles=1, voices=1,
                support=(Support(span=span, voice="v-tarn"),), omitted_by=(), when=None, entities=(), weight=0.5, reasons=())  # fmt: skip
    return (
        compile_dossier(pile.of(market), resolution, Alignment(claims=(claim,), facts=(fact,), conflicts=()), {}),
        compile_dossier(
            pile.of(ferry), ferry_resolution(sample, ferry), ferry_alignment(sample), {sample.id("spun"): (warning,)}
        ),
    )


def make_brief() -> Brief:
    """Two stories, seven articles, one of them not compared; two inputs skipped; one correction."""
    sample = Sample()
    dossiers = make_dossiers(sample)
    return Brief(
        generated=datetime(2027, 3, 9, 8, 30, tzinfo=UTC),
        version="0.1.0",
        options={"reading": {"bytes_max": 1000, "follow": False, "name": None}, "models": {"tagger": "sm"}},
        articles=tuple(a for d in dossiers for a in d.articles),
        skipped=(
            Skipped(path="pile/photo.jpg", stage="reading", reason="a picture, not text"),
            Skipped(path="pile/" + HOSTILE, stage="cleaning", reason=HOSTILE),
        ),
        dossiers=dossiers,
        corrections=(
            Correction(subject="entity", verdict="same", left="Ilse Brandvik", right="I. Brandvik", used=True),
        ),
    )
