"""The forms that credits take in one line, in the order in which they are tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from copydesk.model.articles import CreditKind

Strictness = Literal["any", "formed", "agency", "known"]

_NAMES = r"(?P<names>[^()\[\]\n©|]{2,90}?)"
_DASH = r"(?:-{1,3}|[–—―])"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_END = r"\s*[.)\]]?\s*$"
_PIECE = r"(?:story|article|report|piece|post|column|interview|dispatch|feature)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A form of credit: its pattern (the group `names` holds the names), its kind, and which names it may accept.

    `whole`: the line is nothing but the credit. `inside` and `above` are the kinds of the same words in the middle of
    an article and above its first paragraph, where these differ. `lower`: one word in small letters is a name too.
    `cues`: the pattern matches no line that holds none of these, in small letters; () when it may match any.
    """

    pattern: re.Pattern[str]
    kind: CreditKind
    strictness: Strictness
    reason: str
    whole: bool = True
    inside: CreditKind | None = None
    above: CreditKind | None = None
    lower: bool = False
    cues: tuple[str, ...] = ()


def _rule(pattern: str, kind: CreditKind, strictness: Strictness, reason: str, *, whole: bool = True,
          inside: CreditKind | None = None, above: CreditKind | None = None, lower: bool = False, cues: str = "") -> Rule:  # fmt: skip
    return Rule(
        pattern=re.compile(pattern), kind=kind, strictness=strictness, reason=reason, whole=whole, inside=inside,
        above=above, lower=lower, cues=tuple(cues.split()),
    )  # fmt: skip


# In order: the first rule that finds a name it may accept decides for its stretch of the line.
RULES = (
    # photographs first: "Photo credit: X" is not "Credit: X"
    _rule(r"(?i:\b(?:file\s+|stock\s+)?(?:photos?|photographs?|images?|pictures?|pic|video|graphic|illustration|thumbnail|screengrab|"
          r"caption|picture)(?:\s+(?:credits?|source|courtesy(?:\s+of)?|by|from|via|credited\s+to))?)"
          r"\s*(?::|©|\bby\b|\bvia\b|\|)\s*(?:©|\(c\)|by|via)?\s*" + _NAMES + r"(?:/\s?File)?" + _END,
          "photo", "any", "a photo credit", cues="pic photo image video graphic illustration thumbnail screengrab caption"),
    _rule(r"(?i:\b(?:photos?|photographs?|images?|pictures?)\s+(?:credits?|courtesy(?:\s+of)?|copyright|by))\s*[:©]*\s*"
          + _NAMES + r"(?:/\s?File)?" + _END, "photo", "formed", "a photo credit", cues="photo image picture"),
    _rule(r"\(\s*(?:(?i:photo(?:\s+by)?|image|picture|file)\s*[:/]?\s*)" + _NAMES + r"\s*\)\s*$", "photo", "formed",
          "a photo credit in brackets", cues="photo image picture file"),
    _rule(r"[(\[]?\s*(?P<names>(?:[A-Z]|dpa)[^()\[\]\n/]{0,50}?)\s+(?i:(?:file\s+)?(?:photos?|images?|pictures?))(?:\s?/[^()\n]{2,60})?\s*"
          r"[)\]]?\s*$", "photo", "formed", "a photo credit", cues="photo image picture"),
    _rule(r"(?:^|[(\s.])(?:[A-Z][\w.’'-]+\s){0,3}[A-Z][\w.’'-]+\s?/\s?(?P<names>(?:AFP|REUTERS|Reuters|AP|EPA|dpa|TASS|Getty)"
          r"(?:\s?(?:/|via)\s?Getty)?(?:\sImages)?)\s*[).]*\s*$", "photo", "known", "a photographer and an agency", cues="/"),
    _rule(r"(?:^|[(\s])(?P<names>REUTERS|AFP|AP|EPA|GETTY IMAGES|Getty Images|Shutterstock|iStock|Alamy)"
          r"(?:\sPhoto)?\s?/\s?(?:[A-Z][\w.’'-]+\s){1,3}[A-Z]?[\w.’'-]*\s*[).]*\s*$", "photo", "known", "an agency and a photographer", cues="/"),
    _rule(r"[(\[]\s*(?:(?i:photos?|images?|pictures?|file|credit|courtesy(?:\s+of)?)\s*[:/]\s*)" + _NAMES + r"\s*[)\]]\s*$", "photo", "any",
          "a photo credit in brackets", whole=False, cues="photo image picture file credit courtesy"),
    _rule(r"(?<=[.!?”\"’'\d])\s*[(\[](?=[^()\[\]\n]{0,80}?(?:/|\bvia\b|(?i:photo|image)))" + _NAMES + r"\s*[)\]]\s*$", "photo", "known",
          "a photo credit in brackets behind a caption", whole=False, cues="( ["),
    # contributions
    _rule(r"\b(?i:with)\s+(?:(?:additional|further)\s+)?(?i:inputs?|reporting|files?|information|material|agencies)\s+(?:from|by)\s+"
          r"(?:the\s+)?" + _NAMES + r"(?:\s+in\s+[A-Z][\w ]+)?" + _END, "contribution", "any", "“with reporting by …”", whole=False, cues="with"),
    _rule(r"(?:^|[.!?”\"’]\s*)(?:The\s+)?(?P<names>[^.!?”\"()\n]{2,90}?)\s+(?:(?:also|further)\s+)?contributed\s+"
          r"(?:reporting\s+)?to\s+th(?:is|e)\s+" + _PIECE + r"\b", "contribution", "formed", "“… contributed to this report”", whole=False, cues="contributed"),
    _rule(r"\b(?i:(?:some|additional|certain|background|further)\s+(?:of\s+the\s+)?(?:information|material|reporting|content|details))\s+"
          r"(?:(?:in|for|used\s+in)\s+this\s+" + _PIECE + r"\s+)?(?:came|comes|is|was|were|has\s+been)\s+(?:(?:provided|taken|supplied|"
          r"gathered|drawn)\s+)?(?:from|by)\s+(?:the\s+)?" + _NAMES + r"\s*[.)]", "contribution", "any", "“some information came from …”",
          whole=False, cues="information material reporting content details"),
    _rule(r"\bThis\s+" + _PIECE + r"\s+(?:includes|contains|uses|draws\s+on|incorporates)\s+(?:information|material|reporting|content)\s+"
          r"(?:from|by)\s+(?:the\s+)?" + _NAMES + r"\s*[.)]", "contribution", "any", "“this report includes material from …”", whole=False, cues="information material reporting content"),
    _rule(r"\b(?i:additional\s+reporting)\s*(?:by|from|:)\s*(?:the\s+)?" + _NAMES + r"(?:;|" + _END + r")", "contribution", "formed",
          "“additional reporting by …”", whole=False, cues="additional"),
    _rule(r"^(?P<names>(?:The\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\s+(?:staff\s+)?(?:writers?|reporters?|correspondents?|journalists?)"
          r"\s[^\n]{3,200}?\bcontributed\b", "contribution", "known", "an agency's writer contributed", whole=False, cues="contributed"),
    _rule(r"^Contributing\s*:\s*" + _NAMES + _END, "contribution", "formed", "“Contributing: …”", cues="contributing"),
    # where the text comes from
    _rule(r"(?i:\b(?:this|the)\s+" + _PIECE + r"\s+)(?:(?:was|is|has\s+been|had\s+been)\s+)?(?:(?i:first|originally|initially|previously|"
          r"also)\s+)?(?i:appeared|published|posted|produced|provided|supplied|written|released|republished|syndicated|distributed)"
          r"(?:\s+(?:first|originally))?\s+(?:in|on|at|by|from|via|with)\s+(?:the\s+website\s+of\s+)?"
          + _NAMES + r"(?:\s+(?:and|under|on|in)\s[^\n]{0,120})?" + _END, "text", "any", "“this story first appeared in …”", whole=False, cues="appeared published posted produced provided supplied written released syndicated distributed"),
    _rule(r"^\W{0,3}(?i:(?:originally|first)\s+(?:appeared|published|posted|reported)\s+(?:in|on|at|by)\s+)" + _NAMES + _END, "text", "any",
          "“originally published by …”", cues="originally first"),
    _rule(r"(?i:^\W{0,3}(?:read\s+(?:the\s+)?(?:original|full)(?:\s+" + _PIECE + r")?\s+(?:in|on|at|from))\s+)" + _NAMES
          + r"(?:\s*:\s*\S+)?" + _END, "text", "any", "“read the original in …”", cues="read"),
    _rule(r"^\W{0,3}(?i:republished|reprinted|reproduced|syndicated|translated)\s+(?:(?:here|with\s+(?:the\s+)?permission)\s+)?(?:from|of|by)\s+"
          + _NAMES + _END, "text", "formed", "“republished from …”", cues="republished reprinted reproduced syndicated translated"),
    _rule(r"^\W{0,3}(?i:sources?|text|via|agency|agencies|origin)\s*:\s*" + _NAMES + r"(?:\s*[-–—|]\s*\d.*)?" + _END,
          "text", "any", "“Source: …”", inside="relay", lower=True, cues="source text via agenc origin"),
    _rule(r"^\W{0,3}(?i:credits?|courtesy)\s*:\s*" + _NAMES + _END, "text", "any", "“Credit: …”", inside="photo", above="photo", cues="credit courtesy"),
    _rule(r"^\W{0,3}(?i:courtesy\s+of)\s+" + _NAMES + _END, "photo", "any", "“courtesy of …”", cues="courtesy"),
    _rule(r"^\W{0,3}(?i:via)\s+" + _NAMES + _END, "text", "any", "“via …”", inside="relay", cues="via"),
    _rule(r"^\W{0,3}(?i:(?:as\s+)(?:first\s+)?reported\s+by)\s+"
          + _NAMES + _END, "text", "any", "“as reported by …”", cues="reported"),
    _rule(r"^\W{0,3}(?i:(?:first\s+)?reported\s+by|reporting\s+by|story\s+by|text\s+by|written\s+by|report\s+by)\s*:?\s+"
          + _NAMES + _END, "text", "formed", "“reported by …”", cues="by"),
    _rule(r"(?:^|[.!?”\"’]\s*)\(?\s*(?i:source|via)\s*:\s*" + _NAMES + _END, "text", "formed", "“source: …” at the end", whole=False, cues="source via"),
    # the line is the name, bare or in brackets
    _rule(r"^\W{0,2}[(\[/]\s*(?:(?i:by|source|via)\s*:?\s*)?" + _NAMES + r"\s*[)\]/]\W{0,2}$", "text", "any", "a name alone in brackets", inside="relay", cues="( [ /"),
    _rule(r"^(?:-{1,3}|[–—―•])\s*" + _NAMES + r"\.?\s*$", "text", "formed", "a name after a dash", inside="photo", cues="- – — ― •"),
    _rule(r"^(?i:by|from)\s*:?\s+" + _NAMES + r"\s+(?i:staff(?:\s+(?:writers?|reporters?))?|news\s?desk|newsroom|web\s+desk|news\s+team)\s*$",
          "text", "any", "a byline that names the staff of an outlet", cues="staff desk news"),
    _rule(r"^(?i:by)\s*:?\s+(?:the\s+|The\s+)?" + _NAMES + r"(?:\s+(?i:staff|writers?|reporters?|correspondents?))?(?:\s+in\s+[A-Z]\w+)?\s*$",
          "text", "formed", "a byline that names an agency or outlet",
          inside="relay", cues="by"),
    _rule(r"^(?:(?i:by)\s+(?:[A-Z][\w.’'-]*\s+){1,4}?[,|/–—-]?|(?:[A-Z][\w.’'-]*\s+){1,3}?[A-Z][\w.’'-]*\s*[,|/–—-])\s*(?:(?:for|of)\s+)?(?P<names>(?:[Tt]he\s+)?[A-Z][\w.-]*"
          r"(?:\s[A-Z][\w.-]*){0,3}?)(?:\s+(?i:staff)?\s?(?i:writers?|reporters?|correspondents?|news))?\s*$", "text", "known",
          "a byline with its agency", inside="relay", cues="by , | / – — -"),
    _rule(r"^(?P<names>[A-Z][^()\n]{1,40}?)\s+(?:staff|exclusive|staff\s+report)\s*$", "text", "formed", "an outlet's staff or exclusive", cues="staff exclusive"),
    _rule(r"^" + _NAMES + r"\.?\s*$", "text", "agency", "an agency's name alone in its line", inside="photo"),
    # datelines and tails
    _rule(r"^(?P<place>[^()\n]{0,70}?)\(\s*" + _NAMES + r"\s*\)\s*" + _DASH + r"\s*\S", "text", "any", "the dateline", whole=False, cues="("),
    _rule(r"^(?P<place>[^()\n]{0,70}?)\(\s*" + _NAMES + r"\s*\)\s+(?=[A-Z“\"‘])", "text", "known", "the dateline", whole=False, cues="("),
    _rule(r"^(?P<place>[A-Z][^()\n/]{1,60}?)\s/(?P<names>[^/\n]{2,30})/\s*" + _DASH + r"{1,2}\s", "text", "any", "the dateline", whole=False, cues="/"),
    _rule(r"^(?P<place>[A-Z][\w .’'-]{1,40},\s+" + _MONTH + r"\s\d{1,2}(?:,\s\d{4})?)\s*[,–—-]+\s*(?P<names>[A-Z][\w]+(?:\s[A-Z]\w+)?)\s*"
          r"[–—-]{1,2}\s", "text", "known", "the dateline", whole=False, cues="- – —"),
    _rule(r"^(?P<names>[A-Z]{2,8}|dpa|Reuters|Xinhua|Bernama|Kyodo)\s?(?:–|—|--)\s(?=[A-Z“\"‘])", "text", "known", "the dateline", whole=False, cues="- – —"),
    _rule(r"(?<=[.!?”\"’'])\s*[(\[]\s*(?:(?i:source|via)\s*:?\s*)?" + _NAMES + r"\s*[)\]]\W{0,2}$", "text", "formed",
          "a name in brackets at the end", whole=False, inside="relay", cues="( ["),
    _rule(r"(?<=[.!?”\"’'])\s*(?:-{1,3}|[–—])\s?" + _NAMES + r"\.?\s*$", "text", "known", "a name after a dash at the end", whole=False, inside="relay", cues="- – —"),
    _rule(r"(?<=[.!?”\"’'])\s*/(?P<names>[^/\n]{2,30})/\W{0,2}$", "text", "formed", "a name between strokes at the end", whole=False, inside="relay", cues="/"),
)  # fmt: skip
