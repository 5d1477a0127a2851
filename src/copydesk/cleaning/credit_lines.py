"""One line of a page → the credits it states, by its form and by the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from copydesk.model.articles import CreditKind
from copydesk.reference.sources import Source, find_agency, find_outlet, has_agency_form, has_outlet_form, read_credited
from copydesk.reference.words import word_set

Strictness = Literal["any", "formed", "agency", "known"]
LINE_MAX = 1200  # a longer line is a paragraph: only its ends are read for datelines, tails and cues

_NAMES = r"(?P<names>[^()\[\]\n©|]{2,90}?)"
_DASH = r"(?:-{1,3}|[–—―:])"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_END = r"\s*[.)\]]?\s*$"
_PIECE = r"(?:story|article|report|piece|post|column|interview|dispatch|feature)"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCredit:
    """A credit in one line: the name, its kind, the place of the words that say so, and why.

    `elsewhere` is its kind where the line stands in the middle of an article: a bare name there credits a photo, a
    bracketed one at a paragraph's end relays that paragraph's fact.
    """

    name: str
    kind: CreditKind
    start: int
    end: int
    reason: str
    elsewhere: CreditKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    pattern: re.Pattern[str]
    kind: CreditKind
    strictness: Strictness
    reason: str
    whole: bool = True  # the line is nothing but the credit
    elsewhere: CreditKind | None = None


def _rule(pattern: str, kind: CreditKind, strictness: Strictness, reason: str, *, whole: bool = True,
          elsewhere: CreditKind | None = None) -> _Rule:  # fmt: skip
    return _Rule(
        pattern=re.compile(pattern), kind=kind, strictness=strictness, reason=reason, whole=whole, elsewhere=elsewhere
    )


# In order: the first rule that finds a name it may accept decides for its stretch of the line.
RULES = (
    # photographs first: "Photo credit: X" is not "Credit: X"
    _rule(r"(?i:\b(?:file\s+|stock\s+)?(?:photos?|photographs?|images?|pictures?|pic|video|graphic|illustration|thumbnail|screengrab|"
          r"caption|picture)(?:\s+(?:credits?|source|courtesy(?:\s+of)?|by|from|via|credited\s+to))?)"
          r"\s*(?::|©|\bby\b|\bvia\b|\|)\s*(?:©|\(c\)|by|via)?\s*" + _NAMES + r"(?:/\s?File)?" + _END,
          "photo", "any", "a photo credit"),
    _rule(r"(?i:\b(?:photos?|photographs?|images?|pictures?)\s+(?:credits?|courtesy(?:\s+of)?|copyright|by))\s*[:©]*\s*"
          + _NAMES + r"(?:/\s?File)?" + _END, "photo", "formed", "a photo credit"),
    _rule(r"\(\s*(?:(?i:photo(?:\s+by)?|image|picture|file)\s*[:/]?\s*)" + _NAMES + r"\s*\)\s*$", "photo", "formed",
          "a photo credit in brackets"),
    _rule(r"[(\[]?\s*(?P<names>(?:[A-Z]|dpa)[^()\[\]\n/]{0,50}?)\s+(?i:(?:file\s+)?(?:photos?|images?|pictures?))(?:\s?/[^()\n]{2,60})?\s*"
          r"[)\]]?\s*$", "photo", "formed", "a photo credit"),
    _rule(r"(?:^|[(\s.])(?:[A-Z][\w.’'-]+\s){0,3}[A-Z][\w.’'-]+\s?/\s?(?P<names>(?:AFP|REUTERS|Reuters|AP|EPA|dpa|TASS|Getty)"
          r"(?:\s?(?:/|via)\s?Getty)?(?:\sImages)?)\s*[).]*\s*$", "photo", "known", "a photographer and an agency"),
    _rule(r"(?:^|[(\s])(?P<names>REUTERS|AFP|AP|EPA|GETTY IMAGES|Getty Images|Shutterstock|iStock|Alamy)"
          r"(?:\sPhoto)?\s?/\s?(?:[A-Z][\w.’'-]+\s){1,3}[A-Z]?[\w.’'-]*\s*[).]*\s*$", "photo", "known", "an agency and a photographer"),
    # contributions
    _rule(r"\b(?i:with)\s+(?:(?:additional|further)\s+)?(?i:inputs?|reporting|files?|information|material|agencies)\s+(?:from|by)\s+"
          r"(?:the\s+)?" + _NAMES + r"(?:\s+in\s+[A-Z][\w ]+)?" + _END, "contribution", "any", "“with reporting by …”", whole=False),
    _rule(r"(?:^|[.!?”\"’]\s*)(?:The\s+)?(?P<names>[^.!?”\"()\n]{2,90}?)\s+(?:(?:also|further)\s+)?contributed\s+"
          r"(?:reporting\s+)?to\s+th(?:is|e)\s+" + _PIECE + r"\b", "contribution", "formed", "“… contributed to this report”", whole=False),
    _rule(r"\b(?i:(?:some|additional|certain|background|further)\s+(?:of\s+the\s+)?(?:information|material|reporting|content|details))\s+"
          r"(?:(?:in|for|used\s+in)\s+this\s+" + _PIECE + r"\s+)?(?:came|comes|is|was|were|has\s+been)\s+(?:(?:provided|taken|supplied|"
          r"gathered|drawn)\s+)?(?:from|by)\s+(?:the\s+)?" + _NAMES + r"\s*[.)]", "contribution", "any", "“some information came from …”",
          whole=False),
    _rule(r"\bThis\s+" + _PIECE + r"\s+(?:includes|contains|uses|draws\s+on|incorporates)\s+(?:information|material|reporting|content)\s+"
          r"(?:from|by)\s+(?:the\s+)?" + _NAMES + r"\s*[.)]", "contribution", "any", "“this report includes material from …”", whole=False),
    _rule(r"\b(?i:additional\s+reporting)\s*(?:by|from|:)\s*(?:the\s+)?" + _NAMES + r"(?:;|" + _END + r")", "contribution", "formed",
          "“additional reporting by …”", whole=False),
    _rule(r"^(?P<names>(?:The\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\s+(?:staff\s+)?(?:writers?|reporters?|correspondents?|journalists?)"
          r"\s[^\n]{3,200}?\bcontributed\b", "contribution", "known", "an agency's writer contributed", whole=False),
    # where the text comes from
    _rule(r"(?i:\b(?:this|the)\s+" + _PIECE + r"\s+)(?:(?:was|is|has\s+been|had\s+been)\s+)?(?:(?i:first|originally|initially|previously|"
          r"also)\s+)?(?i:appeared|published|posted|reported|produced|provided|supplied|written|released|republished|syndicated|distributed)"
          r"(?:\s+(?:first|originally))?\s+(?:in|on|at|by|from|via|with)\s+(?:the\s+website\s+of\s+)?"
          + _NAMES + r"(?:\s+(?:and|under|on|in)\s[^\n]{0,120})?" + _END, "text", "any", "“this story first appeared in …”", whole=False),
    _rule(r"^\W{0,3}(?i:(?:originally|first)\s+(?:appeared|published|posted|reported)\s+(?:in|on|at|by)\s+)" + _NAMES + _END, "text", "any",
          "“originally published by …”"),
    _rule(r"(?i:^\W{0,3}(?:read\s+(?:the\s+)?(?:original|full|more|rest)(?:\s+" + _PIECE + r")?\s+(?:in|on|at|from))\s+)" + _NAMES
          + r"(?:\s*:\s*\S+)?" + _END, "text", "any", "“read the original in …”"),
    _rule(r"^\W{0,3}(?i:republished|reprinted|reproduced|syndicated|translated)\s+(?:(?:here|with\s+(?:the\s+)?permission)\s+)?(?:from|of|by)\s+"
          + _NAMES + _END, "text", "formed", "“republished from …”"),
    _rule(r"^\W{0,3}(?i:sources?|text|credits?|courtesy|via|agency|agencies|origin)\s*:\s*" + _NAMES + r"(?:\s*[-–—|]\s*\d.*)?" + _END,
          "text", "any", "“Source: …”"),
    _rule(r"^\W{0,3}(?i:via|courtesy\s+of)\s+" + _NAMES + _END, "text", "any", "“via …”"),
    _rule(r"^\W{0,3}(?i:(?:as\s+)(?:first\s+)?reported\s+by)\s+"
          + _NAMES + _END, "text", "any", "“as reported by …”"),
    _rule(r"^\W{0,3}(?i:(?:first\s+)?reported\s+by|reporting\s+by|story\s+by|text\s+by|written\s+by|report\s+by)\s*:?\s+"
          + _NAMES + _END, "text", "formed", "“reported by …”"),
    _rule(r"(?:^|[.!?”\"’]\s*)\(?\s*(?i:source|via)\s*:\s*" + _NAMES + _END, "text", "formed", "“source: …” at the end", whole=False),
    # the line is the name, bare or in brackets
    _rule(r"^\W{0,2}[(\[/]\s*(?:(?i:by|source|via)\s*:?\s*)?" + _NAMES + r"\s*[)\]/]\W{0,2}$", "text", "any", "a name alone in brackets", elsewhere="relay"),
    _rule(r"^(?:-{1,3}|[–—―•])\s*" + _NAMES + r"\.?\s*$", "text", "formed", "a name after a dash", elsewhere="photo"),
    _rule(r"^" + _NAMES + r"\.?\s*$", "text", "agency", "an agency's name alone in its line", elsewhere="photo"),
    _rule(r"^(?i:by|from)\s*:?\s+" + _NAMES + r"\s+(?i:staff(?:\s+(?:writers?|reporters?))?|news\s?desk|newsroom|web\s+desk|news\s+team)\s*$",
          "text", "any", "a byline that names the staff of an outlet"),
    _rule(r"^(?i:by)\s*:?\s+(?:the\s+|The\s+)?" + _NAMES + r"(?:\s+(?i:staff|writers?|reporters?|correspondents?))?(?:\s+in\s+[A-Z]\w+)?\s*$",
          "text", "formed", "a byline that names an agency or outlet"),
    _rule(r"^(?:(?i:by)\s+(?:[A-Z][\w.’'-]*\s+){1,4}?[,|/–—-]?|(?:[A-Z][\w.’'-]*\s+){1,3}?[A-Z][\w.’'-]*\s*[,|/–—-])\s*(?:(?:for|of)\s+)?(?P<names>(?:[Tt]he\s+)?[A-Z][\w.-]*"
          r"(?:\s[A-Z][\w.-]*){0,3}?)(?:\s+(?i:staff)?\s?(?i:writers?|reporters?|correspondents?|news))?\s*$", "text", "known",
          "a byline with its agency"),
    _rule(r"^(?P<names>[A-Z][^()\n]{1,40}?)\s+(?:staff|exclusive|staff\s+report)\s*$", "text", "formed", "an outlet's staff or exclusive"),
    # datelines and tails
    _rule(r"^(?P<place>[^()\n]{0,70}?)\(\s*" + _NAMES + r"\s*\)\s*" + _DASH + r"\s*\S", "text", "any", "the dateline", whole=False),
    _rule(r"^(?P<place>[^()\n]{0,70}?)\(\s*" + _NAMES + r"\s*\)\s+(?=[A-Z“\"‘])", "text", "known", "the dateline", whole=False),
    _rule(r"^(?P<place>[A-Z][^()\n/]{1,60}?)\s/(?P<names>[^/\n]{2,30})/\s*" + _DASH + r"{1,2}\s", "text", "any", "the dateline", whole=False),
    _rule(r"^(?P<place>[A-Z][\w .’'-]{1,40},\s+" + _MONTH + r"\s\d{1,2}(?:,\s\d{4})?)\s*[,–—-]+\s*(?P<names>[A-Z][\w]+(?:\s[A-Z]\w+)?)\s*"
          r"[–—-]{1,2}\s", "text", "known", "the dateline", whole=False),
    _rule(r"^(?P<names>[A-Z]{2,8}|dpa|Reuters|Xinhua|Bernama|Kyodo)\s?(?:–|—|--)\s(?=[A-Z“\"‘])", "text", "known", "the dateline", whole=False),
    _rule(r"(?<=[.!?”\"’'])\s*[(\[]\s*(?:(?i:source|via)\s*:?\s*)?" + _NAMES + r"\s*[)\]]\W{0,2}$", "text", "formed",
          "a name in brackets at the end", whole=False, elsewhere="relay"),
    _rule(r"(?<=[.!?”\"’'])\s*(?:-{1,3}|[–—])\s?" + _NAMES + r"\.?\s*$", "text", "known", "a name after a dash at the end", whole=False, elsewhere="relay"),
    _rule(r"(?<=[.!?”\"’'])\s*/(?P<names>[^/\n]{2,30})/\W{0,2}$", "text", "formed", "a name between strokes at the end", whole=False, elsewhere="relay"),
)  # fmt: skip

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\(C\)|[Cc]opyright|COPYRIGHT)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?,?\s*(?:[Bb]y\s+)?"
    r"(?P<names>(?:[Tt]he\s+)?[^\W\d_][^.,|©()\n]{1,60}?)\s*(?=[.,|]|\s[Aa]ll\s+[Rr]ights|$)"
)
_PROPERTY = re.compile(r"\bintellectual\s+property\s+of\s+(?:the\s+)?(?P<names>[A-Z][^.,;|©()\n]{1,60}?)\s+(?:or|and)\s+its\b|"
                       r"\bbelongs\s+to\s+(?:the\s+)?(?P<other>[A-Z][^.,;|©()\n]{1,60}?)\.")  # fmt: skip
_WIRE_NOTICE = re.compile(r"may not be published, broadcast, rewritten|content is the intellectual property of")
_DESK = re.compile(
    r"(?:^|[.!?”\"’]\s*)\(?\s*(?:(?P<names>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\s+[Rr]eporting|(?:Additional\s+)?[Rr]eporting\s+(?:and\s+writing\s+)?by"
    r"\s+[^\n;()]{3,200})\s*[,;.]\s*[^\n]{0,300}?\b(?:[Ww]riting|[Ee]diting)\s+by\b[^\n]{0,200}$"
)
_SPLIT = re.compile(r"\s*(?:/|;|\||,)\s*|\s+(?:and|&|via)\s+")
_WORD = re.compile(r"(?:dpa|epd|[A-Z0-9À-ÞА-Я][\w.’'&+-]*|of|the|de|la|le|du|da|do|el|and|for|in|al|di|des|&)$")
_TRAILER = re.compile(r"\s+(?:(?i:staff|reporters?|writers?|correspondents?|news\s?desk|newsroom|bureau|photo|images))$|/\s?File$")
_NO_NAME = word_set(
    """
    video photo photos file image images audio watch live update updated updates continued exclusive opinion
    editorial analysis breaking advertisement sponsored subscribe share read more agencies staff reporter
    correspondent author team us me you here there this that it email newsletter comments twitter facebook
    instagram youtube whatsapp telegram linkedin getty january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday unknown
    supplied screenshot handout courtesy wikipedia wikimedia internet archive representational representative
    optional corrects corrected adds recasts graphic satire pictured left right center centre above below a an
    the in on at of and or to no not new mr mrs ms dr
    """
)  # fmt: skip
_SURNAME_WORDS = word_set(
    """
    post star mail sun eagle reader pilot voice globe express record register wire desk leader reporter media
    press mercury banner messenger monitor wired
    """
)  # fmt: skip


def same_source(name: str, other: str | None) -> bool:
    """Whether two written names of an outlet are one, case and article apart."""
    return other is not None and re.sub(r"^the\s+|\W", "", name.casefold()) == re.sub(r"^the\s+|\W", "", other.casefold())


def read_credit_line(line: str, own: str | None = None) -> tuple[LineCredit, ...]:
    """The credits that one line of a page states, in order of place. `own` is the page's own outlet."""
    if not line.strip():
        return ()
    taken: list[LineCredit] = [*_copyright(line, own), *_desk(line)]
    head, tail = line[:LINE_MAX], max(0, len(line) - LINE_MAX)
    for rule in RULES:
        if rule.whole and len(line) > 160:
            continue
        for shift, part in ((0, head), (tail, line[tail:])) if tail else ((0, line),):
            match = rule.pattern.search(part)
            if match is None or not _place_fits(match):
                continue
            start, end = match.start("names") + shift, match.end("names") + shift
            if any(start < c.end and c.start < end for c in taken):
                continue
            taken.extend(_read_names(line, (start, end), rule, own))
    return tuple(sorted(taken, key=lambda c: (c.start, c.end, c.name)))


def _place_fits(match: re.Match[str]) -> bool:
    """Whether what stands before a dateline's agency can be a place and a date: few words, the first a capital."""
    place = match.groupdict().get("place")
    if place is None or not place.strip():
        return True
    words = place.replace(",", " ").replace("/", " ").split()
    lower = sum(w[0].islower() for w in words)
    return len(words) <= 9 and words[0][0].isupper() and lower * 2 <= len(words) and not re.search(r"[.!?]\s+[A-Z]\w+\s+[a-z]", place)


def _read_names(line: str, place: tuple[int, int], rule: _Rule, own: str | None) -> list[LineCredit]:
    """The names in one stretch that the rule may accept; all of them or none."""
    pieces = _pieces(line, place, rule)
    if len(pieces) > 1:
        pieces = [p for p in pieces if not (same_source(line[p[0] : p[1]], own) and "/" in line[place[0] : place[1]])]
    found = []
    for start, end in pieces:
        source = _accept(line[start:end], rule, own)
        if source is not None:
            reason = f"{rule.reason}; {source.by}"
            found.append(LineCredit(name=source.name, kind=rule.kind, start=start, end=end, reason=reason,
                                    elsewhere=rule.elsewhere))  # fmt: skip
    return found


def _pieces(line: str, place: tuple[int, int], rule: _Rule) -> list[tuple[int, int]]:
    start, end = place
    whole = line[start:end]
    if find_agency(whole, credited=True) or find_outlet(whole, credited=True):
        return [place]
    pieces, at = [], start
    for match in [*_SPLIT.finditer(whole), None]:
        stop = start + match.start() if match else end
        if line[at:stop].strip():
            pieces.append((at, stop))
        at = start + match.end() if match else end
    joined = len(pieces) > 1 and "/" not in whole and "," not in whole
    if joined and rule.strictness == "any" and not any(read_credited(line[a:b]) for a, b in pieces) and read_credited(whole):
        return [place]
    trimmed = []
    for a, b in pieces:
        lead = re.match(r"\s*(?:[Tt]he\s+(?=[A-Z]))?\s*", line[a:b])
        a += lead.end() if lead else 0
        cut = _TRAILER.search(line[a:b])
        b = a + cut.start() if cut and cut.start() > 1 else b
        trimmed.append((a, a + len(line[a:b].rstrip(" .,;:"))))
    return trimmed


def _accept(name: str, rule: _Rule, own: str | None) -> Source | None:
    source = read_credited(name)
    known = source is not None and source.by.startswith("table")
    if rule.kind != "photo" and ((source is not None and source.name == "Getty Images") or "Getty" in name):
        return None
    if rule.strictness == "known":
        return source if known else None
    if rule.strictness == "agency":
        fits = source is not None and source.kind == "agency" and (known or _is_name(name))
        return source if fits else None
    if own is not None and same_source(name, own):
        return source or Source(name=name, kind="outlet", by="the page's own outlet")
    if known:
        return source
    if not _is_name(name):
        return None
    if source is not None:
        words = name.split()
        person_like = rule.strictness == "formed" and len(words) == 2 and words[-1].casefold() in _SURNAME_WORDS
        return None if person_like and not has_agency_form(name) else source
    acronym = re.fullmatch(r"[A-Z][A-Za-z]?[A-Z]{1,4}", name) is not None
    if rule.strictness == "any" or (rule.strictness == "formed" and rule.kind in ("photo", "contribution") and acronym):
        return Source(name=name, kind="unknown", by="a name in a credit's place")
    if acronym and rule.strictness == "formed" and name.isupper():
        return Source(name=name, kind="unknown", by="initials in a credit's place")
    return None


def _is_name(text: str) -> bool:
    """Whether words can be a name: one to six, each with a capital or a joining word, none of a page's own words."""
    words = text.split()
    if not words or words[0] in ("By", "From", "Via", "Source", "Sources", "With", "Text", "Credit"):
        return False
    if not 1 <= len(words) <= 6 or not (text[:1].isupper() or text[:1].isdigit()) or len(text) < 2:
        return False
    if not all(_WORD.match(w) for w in words):
        return False
    return not any(w.casefold().strip(".") in _NO_NAME for w in (words[0], words[-1]) if w not in ("The", "New"))


def _copyright(line: str, own: str | None) -> list[LineCredit]:
    """Agencies in copyright notices. An outlet's notice is about its page, not about this text's origin."""
    found = []
    wire = _WIRE_NOTICE.search(line) is not None
    photo = re.search(r"(?i)\b(?:photo|image|picture)s?\b[^©]{0,20}$", line.split("©")[0]) is not None
    for pattern in (_COPYRIGHT, _PROPERTY):
        for match in pattern.finditer(line[:LINE_MAX]):
            group = "names" if match["names"] else "other"
            name = match[group].strip()
            source = read_credited(name) if _is_name(name) or read_credited(name) else None
            own_notice = same_source(name, own)
            agency = source is not None and source.kind == "agency"
            if photo or own_notice or not (agency or (wire and _is_name(name))):
                continue
            source = source or Source(name=name, kind="unknown", by="a name in a wire's notice")
            found.append(LineCredit(name=source.name, kind="text", start=match.start(group), end=match.start(group) + len(name),
                                    reason=f"a copyright notice; {source.by}"))  # fmt: skip
    return found


def _desk(line: str) -> list[LineCredit]:
    """The agency behind a desk line. Reuters signs "Reporting by …; editing by …" even where it does not name itself."""
    tail = max(0, len(line) - LINE_MAX)
    match = _DESK.search(line[tail:])
    if match is None:
        return []
    start, end = match.start() + tail, match.end() + tail
    if match["names"]:
        source = read_credited(match["names"])
        if source is not None and source.kind == "agency":
            return [LineCredit(name=source.name, kind="text", start=start, end=end, reason=f"a desk line; {source.by}")]
    if re.search(r"[Rr]eporting (?:and writing )?by .{3,200}?[;.,] ?(?:[\w ]{0,40}[Ww]riting by .{3,120}?[;.,] ?)?[\w ]{0,20}[Ee]diting by", line[tail:]):
        return [LineCredit(name="Reuters", kind="text", start=start, end=end,
                           reason="a desk line in the form that Reuters signs with")]  # fmt: skip
    return []


__all__ = ["LineCredit", "has_outlet_form", "read_credit_line", "same_source"]
