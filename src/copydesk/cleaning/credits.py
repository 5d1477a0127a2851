"""Blocks → credits: the words that name where text, a photo or one fact came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.cleaning.credit_lines import LineCredit, read_credit_line
from copydesk.model.articles import Block, Credit
from copydesk.model.spans import Span
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.organizations import find_organization
from copydesk.reference.sources import Source, bearers_of, has_agency_form, read_credited
from copydesk.reference.words import word_set

FOOT_LINES = 25  # lines behind the last kept block that may still credit the text; then comes the site's own foot
PARAGRAPH_WORDS = 10

_WORD = r"[A-Z][\w.&’'-]{0,40}"
_NAME = (
    r"(?:[Tt]he\s+)?(?<![\w.&’'-])(?:(?:dpa|france24|epd|allAfrica)\b|"
    + _WORD + r"(?:\s(?:(?:of|and|the|de|la|le|for)\s)?[A-Z0-9][\w.&’'-]{0,40}){0,5})"
)  # fmt: skip

_AFTER = re.compile(
    r"\b(?:(?:told|informed|instructed|reminded)|(?:speaking|spoke|talking|talked|statement|comments?|confirmed|said|remarks|disclosed)\s+to|"
    r"interview\s+(?:with|to|by)|(?:[Aa]ccording|[Ii]n\s+response)\s+to(?:\s+(?:a|the)\s+(?:[a-z]+\s)?(?:report|story|article)s?\s+(?:by|in|from|on))?|"
    r"(?:reported|reports|published|quoted|cited|seen|obtained|reviewed|carried|interviewed|confirmed)\s+(?:(?:by|in|on)\s+)?|"
    r"(?:citing|quoting)|(?:news\s+agency|newspaper|broadcaster|news\s+agencies|state\s+media|news\s+site|news\s+website|outlet|magazine|daily|"
    r"television|channel)|[Rr]eporting\s+by)\s*(?P<name>" + _NAME + r")"
)  # fmt: skip
_BEFORE = re.compile(
    r"(?P<name>" + _NAME + r")(?:’s|'s)?(?:\s+(?:news\s+agency|newspaper|news\s+website|magazine|television))?,?\s+"
    r"(?:(?:has|had|have|also|first|earlier|later|previously)\s+){0,2}(?:reported|reports|reporting|quoted|quotes|wrote|writes|said|says|revealed|"
    r"published|cited|cites|stated|announced|broadcast|claimed|noted|learned|learnt|understands|obtained|interviewed|has\s+seen|mentioned)\b"
)  # fmt: skip
# Only for agencies, which do little else than report: any verb in the past tense before or behind the name.
_AGENCY_AFTER = re.compile(
    r"\b(?:[a-z]{2,12}ed|said|told|as|by|from|to)\s+(?P<name>" + _NAME + r")(?=[.,:;”\"]|\sthat\b|$)"
)
_AGENCY_BEFORE = re.compile(r"[,”\"’]\s+(?P<name>(?:the\s+)?" + _NAME + r")\s+[a-z]{2,12}ed(?=[.,])")
# "…, reported The Lantern." at the end of a sentence: with its article a name is a paper's, in whatever table it lacks.
_INVERTED = re.compile(
    r",\s+(?:(?:as\s+)?(?:first\s+)?reported|reports|wrote|writes)\s+(?P<name>The(?:\s[A-Z][\w&’'-]{1,40}){1,4})(?=\.(?:\s|$)|$)"
)
_INITIALS = re.compile(
    r"\b(?:told|[Aa]ccording\s+to|[Ii]n\s+response\s+to)\s+(?P<told>[A-Z]{3,5})(?=[.,:;”\"])|"
    r",\s(?P<name>[A-Z]{3,5})\s+(?:report(?:ed|s)\b|informed(?=[.,]))"
)


def find_credits(
    article_id: str, source_text: str, blocks: Sequence[Block], outlet: str | None = None
) -> tuple[Credit, ...]:
    """Every credit on a page, in order of place, each with the words that state it.

    A span counts in `text` where its words stand in a kept block, else in the source text. `outlet` is the page's
    own outlet where that is known: its copyright notice is no credit.
    """
    kept = [b for b in blocks if b.at is not None]
    found: list[tuple[int, int, LineCredit]] = []
    first, head, foot = _edges(source_text, kept)
    for start, line in _credit_lines(source_text, blocks, kept):
        for c in read_credit_line(line, outlet):
            above, inside = start + len(line) <= first, head < start and start + len(line) < foot
            kind = (c.inside if inside else c.above if above else None) or c.kind
            found.append((start + c.start, start + c.end, replace(c, kind=kind)))
    taken = [(start, end) for start, end, _ in found]
    for block in kept:
        for credit in _relays(source_text[block.start : block.end]):
            start, end = block.start + credit.start, block.start + credit.end
            if not any(start < e and s < end for s, e in taken):
                lead = "; in the lead" if end <= head else ""
                found.append((start, end, replace(credit, reason=credit.reason + lead)))
    full = _expansions(source_text, [c.name for _, _, c in found])
    credits = {
        Credit(name=full.get(c.name, c.name), kind=c.kind, span=_span(article_id, (start, end), kept), reason=c.reason)
        for start, end, c in found
    }
    return tuple(sorted(credits, key=lambda c: (c.span.in_source, c.span.start, c.span.end, c.kind, c.name)))


def _credit_lines(source_text: str, blocks: Sequence[Block], kept: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """The lines that may credit this text: those of the article, and what stands near it or was read as a credit."""
    first = min((b.start for b in kept), default=0)
    last = max((b.end for b in kept), default=0)
    behind = at = 0
    for match in re.finditer(r"[^\n]+", source_text):
        line = match.group()
        if not line.strip():
            continue
        if match.start() >= last:
            behind += 1
        while at < len(blocks) and blocks[at].end <= match.start():
            at += 1
        furniture = at < len(blocks) and blocks[at].start < match.end() and blocks[at].kind == "furniture"
        near = match.start() >= first - 1500 and behind <= FOOT_LINES
        if not furniture or near:
            lead = len(line) - len(line.lstrip())
            yield match.start() + lead, line.strip()


def _edges(source_text: str, kept: Sequence[Block]) -> tuple[int, int, int]:
    """Where the first paragraph of the body begins and ends, and where the last one begins."""
    paragraphs = [
        (block.start + line.start(), block.start + line.end())
        for block in kept
        if block.kind == "body"
        for line in re.finditer(r"[^\n]+", source_text[block.start : block.end])
        if len(line.group().split()) >= PARAGRAPH_WORDS
    ]
    return (*min(paragraphs), max(paragraphs)[0]) if paragraphs else (0, 0, 0)


def _span(article_id: str, place: tuple[int, int], kept: Sequence[Block]) -> Span:
    start, end = place
    for block in kept:
        if block.at is not None and block.start <= start and end <= block.end:
            shift = block.at - block.start
            return Span(article=article_id, start=start + shift, end=end + shift)
    return Span(article=article_id, start=start, end=end, in_source=True)


def _relays(text: str) -> Iterator[LineCredit]:
    """Agencies and outlets that running text names as where one quotation or fact came from."""
    taken: list[tuple[int, int]] = []
    for pattern, from_start in ((_AFTER, True), (_BEFORE, False), (_AGENCY_AFTER, True), (_AGENCY_BEFORE, False)):
        for match in pattern.finditer(text):
            hit = _longest(match["name"], match.start("name"), from_start=from_start)
            if hit is None or any(hit[0] < e and s < hit[1] for s, e in taken):
                continue
            start, end, source = hit
            if pattern in (_AGENCY_AFTER, _AGENCY_BEFORE) and source.kind != "agency":
                continue
            taken.append((start, end))
            cue = text[match.start() : start] if from_start else text[end : match.end()]
            words = " ".join(cue.split())
            reason = f"“{words} …”" if from_start else f"“… {words}”"
            yield LineCredit(name=source.name, kind="relay", start=start, end=end, reason=f"{reason}; {source.by}")
    for match in _INVERTED.finditer(text):
        start, end = match.span("name")
        if not any(start < e and s < end for s, e in taken):
            taken.append((start, end))
            yield LineCredit(
                name=text[start:end],
                kind="relay",
                start=start,
                end=end,
                reason="“reported The …”; a name in a credit's place",
            )
    for match in _INITIALS.finditer(text):
        start, end = match.span("told") if match["told"] else match.span("name")
        initials = text[start:end]
        known = read_credited(initials) is not None or find_organization(initials) or gazetteer().find(initials)
        if not known and not any(start < e and s < end for s, e in taken):
            yield LineCredit(
                name=initials, kind="relay", start=start, end=end, reason="initials that were told, or report"
            )


def _longest(run: str, at: int, *, from_start: bool) -> tuple[int, int, Source] | None:
    """The longest beginning (or end) of a run of capitalised words that names an agency or outlet."""
    words = list(re.finditer(r"\S+", run))
    for n in range(len(words), 0, -1):
        start, end = (words[0].start(), words[n - 1].end()) if from_start else (words[-n].start(), words[-1].end())
        name = re.sub(r"(?:’s|'s|[.,])$", "", run[start:end])
        source = _relay_source(name)
        if source is not None:
            return at + start, at + start + len(name), source
    return None


def _relay_source(name: str) -> Source | None:
    bare = re.sub(r"^[Tt]he\s+", "", name)
    source = read_credited(name, credited=False) or (read_credited(name) if re.fullmatch(r"[A-Z]{2,4}", bare) else None)
    if source is None:
        return None
    if source.by.startswith("table") or has_agency_form(bare):
        return source
    last = bare.split()[-1].casefold()
    return source if last in _PAPERS else None


_PAPERS = word_set(
    """
    times post news herald tribune gazette chronicle observer mercury ledger courier bulletin telegraph sentinel
    examiner argus dispatch daily weekly globe inquirer enquirer newspaper lantern bugle clarion radio tv
    television zeitung
    """
)


def _expansions(source_text: str, names: Sequence[str]) -> dict[str, str]:
    """Initials in credits that no agency has, or several have → the agency of these initials that the page spells out."""
    short = {n for n in names if re.fullmatch(r"[A-Z]{2,5}", n)}
    initials = sorted(n for n in short if read_credited(n) is None or len(bearers_of(n)) > 1)
    found: dict[str, str] = {}
    for initial in initials:
        pattern = r"\b" + r"\s+".join(rf"{c}[a-z]+" for c in initial) + r"\b"
        match = re.search(pattern, source_text[:200_000])
        full = read_credited(match.group()) if match is not None else None
        if match is not None and full is not None:
            found[initial] = full.name if full.name in bearers_of(initial) else " ".join(match.group().split())
    return found
