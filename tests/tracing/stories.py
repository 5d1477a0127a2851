"""Invented reports of an invented flood, and how to make a pile of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from copydesk.model.articles import Article, Block, Credit
from copydesk.model.corrections import Correction
from copydesk.model.markup import Markup, Sentence, Tokens
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.text.sentences import find_sentences

NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())

WIRE = (
    "The river Ossel burst its banks above Port Vessel early on Thursday and drowned two warehouses on the north quay.",
    "Harbour master Ilka Brandow said forty boats had been torn from their moorings before dawn.",
    "Divers searched the wreck of a grain barge for a missing deckhand until the current grew too strong.",
    "“We lost the light and then we lost the rope,” said Tomas Reyl, who leads the rescue crew.",
    "The provincial government opened three schools in Upper Quell for families who had left their homes.",
    "Engineers from the dyke authority found a crack of eleven metres in the wall that was mended in 1987.",
    "A spokeswoman for the ferry company Norlin said no crossing would run before Sunday evening.",
    "Farmers on the far shore drove their cattle to the hill pastures during the night.",
    "The weather office in Mardun expects another forty millimetres of rain by Saturday noon.",
    "Parliament will hear the minister of works on the state of the dykes next week.",
)
REWORDED = (
    "Early Thursday, the Ossel river overflowed above Port Vessel and flooded two storehouses along the northern quay.",
    "Forty vessels were ripped from their berths before sunrise, harbour chief Ilka Brandow stated.",
    "Divers looked for a vanished deckhand in the wreckage of a grain barge until the stream became too powerful.",
    "“We lost the light and then we lost the rope,” declared Tomas Reyl, head of the rescue team.",
    "Three schools in Upper Quell were opened by the regional government for households that had fled their houses.",
    "Engineers of the dyke authority discovered an eleven metre fissure in the wall, which had been repaired in 1987.",
    "No crossing will operate before Sunday evening, according to a spokeswoman of the ferry firm Norlin.",
    "Farmers on the opposite bank moved their cows to the upland meadows overnight.",
)
INDEPENDENT = (
    "Sirens woke Port Vessel at four in the morning when water came over the quay.",
    "Shopkeeper Anders Foll said he had carried his stock to the attic with his daughters.",
    "By noon the market square stood a metre deep and the town hall had lost its power.",
    "“We lost the light and then we lost the rope,” said Tomas Reyl, who leads the rescue crew.",
    "The hospital sent its patients inland by bus, the director Mira Soltan told reporters.",
    "Volunteers handed out blankets and soup in the old customs house.",
    "The mayor promised that nobody would have to pay for a night in the shelter.",
    "Old people in the town compared the flood with that of their childhood.",
)
OTHER = (
    "The chess club of Lower Tarn won the island cup for the third time in a row.",
    "Its youngest player, Oda Minck, needed only nineteen moves for the last game.",
    "The final was held in the reading room of the public library.",
    "Club president Ruben Aster called the season the best since the war.",
    "Next year the cup will be played in Hallowmere.",
)
# A short wire report of a minister's visit, and an outlet's own longer one that took four of its sentences in other words
# and says at the end whom it had a part from.
VISIT_WIRE = (
    "Lorran Trade Minister Ewa Delbrun said on Monday that Lorran would continue to help Sambria rebuild its railways, a project that alarms the neighbours.",
    "Ewa Delbrun was speaking in the course of a three-day journey to the mountain state, which has fought floods and a failing currency for ten years.",
    "The neighbours fear that Lorran engineers of the Kolvar company, which also runs mines on the coast, will stay for good.",
    "Sambria, whose council came to office after a strike in 2027, has said that the engineers are guests who teach local crews how to lay track.",
    "Ewa Delbrun, quoted by the Lorran news agency TNA, also said that the country hoped to begin shipping timber, cement and copper wire to Sambria shortly.",
    "The Lorran trade minister has toured a number of mountain states as Lorran, shut out of coastal markets since the harbour dispute, tries to build up commerce and win partners inland.",
)
VISIT_OWN = (
    "Lorran Trade Minister Eva Delbrun on Monday promised that Lorran will keep helping Sambria rebuild its railways at a joint appearance carried by public radio.",
    "Beside her host, Commerce Minister Oto Parvane, the visitor praised the locomotives that were handed over in May 2029 and said more were on their way.",
    "“Those engines climb any pass,” she said, “and they have brought flour to villages that had none.”",
    "Lorran has stood closer to Sambria since the coastal league closed its banks there last year.",
    "The league had lent Sambria money in 2024 after a harvest was lost to hail, and called it back last year in a quarrel over the Kolvar engineers.",
    "The friendship worries the league, and unions have asked more than once who pays the engineers and where they live.",
    "Delbrun and Parvane both spoke of the inspectors whom the league wants to send into the tunnels.",
    "Parvane called the inspectors “tourists with clipboards” and Delbrun laughed.",
    "Reporters who asked about accidents in the tunnels were shown out twice last year.",
    "One radio station lost its licence after such a report.",
    "After a hearing before the league's assembly on March 3, Sambria sent home the head of its mission.",
    "Landslides have come further down the valleys in recent years, and several struck close to the capital this winter.",
    "In August of last year the main depot at Ulmen, eight miles from the capital, was buried.",
    "Delbrun's journey comes while Lorran looks for friends after the harbour dispute.",
    "Lorran news agency TNA quoted Delbrun as saying that the country hoped to begin shipping timber, cement and copper cable to Sambria shortly.",
    "Delbrun has toured a number of mountain states lately as Lorran, shut out of coastal markets over the harbour dispute, tries to deepen ties and win partners elsewhere.",
)
# The same visit by somebody who was there and took nothing.
VISIT_THIRD = (
    "Sambria need not explain to anybody with whom it builds, its commerce minister Oto Parvane said on Monday.",
    "His words came as Lorran Trade Minister Ewa Delbrun paid her first visit to the mountain state.",
    "At the station of the capital Delbrun said Lorran would keep helping the council rebuild its railways.",
    "“Friends lay track and others draw maps,” Parvane told the crowd.",
    "The league lent the country money for years and has now asked for it back.",
    "A strike in 2027 brought the council to office, and it has put off the vote twice since.",
)


def make_article(
    name: str,
    body: Sequence[str],
    *,
    outlet: str | None = None,
    published: str | None = None,
    credits: Sequence[tuple[str, str]] = (),
) -> Article:
    """An article whose paragraphs are these sentences; credits as (name, kind)."""
    headline = f"Report {name}"
    parts = [headline, *body]
    text = "\n\n".join(parts)
    blocks, at = [], 0
    for i, part in enumerate(parts):
        blocks.append(
            Block(kind="headline" if i == 0 else "body", start=at, end=at + len(part), at=at, reason="a test says so")
        )
        at += len(part) + 2
    day = date.fromisoformat(published) if published else None
    when = When(value=published, earliest=day, latest=day, precision="day", method="meta") if day else UNKNOWN_WHEN
    span = Span(article=name, start=0, end=4, in_source=True)
    return Article(
        id=name, path=f"{name}.txt", url=None, sha256="", headline=headline, byline=None, dateline=None, outlet=outlet,
        language="en", compared=True, reason=None, published=when, modified=None, observed=None,
        credits=tuple(Credit(name=n, kind=k, span=span, reason="a test says so") for n, k in credits),  # type: ignore[arg-type]
        text=text, source_text=text, blocks=tuple(blocks),
    )  # fmt: skip


def make_pile(articles: Sequence[Article], corrections: Sequence[Correction] = ()) -> Pile:
    """The pile of these articles with their sentences."""
    ordered = sorted(articles, key=lambda a: a.id)
    return Pile(articles=tuple(ordered), markups=tuple(mark_up(a) for a in ordered), corrections=tuple(corrections))


def mark_up(article: Article) -> Markup:
    sentences = []
    for block in article.blocks:
        assert block.at is not None
        part = article.text[block.at : block.at + block.end - block.start]
        sentences.extend(
            Sentence(start=block.at + s, end=block.at + e, first=0, last=0, is_headline=block.kind == "headline")
            for s, e in find_sentences(part)
        )
    return Markup(
        article=article.id, sentences=tuple(sentences), tokens=NO_TOKENS, names=(), quotes=(), times=(), quantities=()
    )
