"""Dropped lines → what each is, in words that a reader understands."""

from __future__ import annotations

import re

from copydesk.cleaning.credit_lines import LineCredit, read_credit_line
from copydesk.cleaning.cues import find_turns, has_turn
from copydesk.cleaning.features import words_of
from copydesk.cleaning.flatten import Inside, Mark
from copydesk.cleaning.lines import is_code
from copydesk.cleaning.stamps import find_stamps
from copydesk.model.articles import BlockKind

_ELLIPSIS = re.compile(r"(?:…|\.\.\.)[\s»>\])]{0,3}$")
_WEATHER = re.compile(r"^\W{0,3}-?\d{1,3}(?:[.,]\d)?\s?°?\s?[CF]\b|\bforecast\b|°", re.IGNORECASE)
_NAME = r"[^\W\d_][\w.’'-]*"
_BYLINE = re.compile(
    rf"^\W{{0,3}}(?:by|written by|words by|story by|posted by|author:?|von|par|por|di|door|av|af)\s*:?\s+"
    rf"((?:{_NAME}[\s,&/|]{{1,3}}){{0,10}}{_NAME})", re.IGNORECASE)  # fmt: skip

_NOTICE = re.compile(
    r"^\W{0,4}(?:©|\(c\)\s?(?:19|20)\d\d|copyright\b\W{0,4}(?:©|\(c\))?\W{0,3}(?:(?:19|20)\d\d|[A-Z]))", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:FILE\s?(?:PHOTO)?\s?[-–—:]\s|(?:image|media|video|photo) (?:copyright|source|caption)\b|media playback is|enlarge this image|"
    r"(?:show|hide|toggle) caption|photo(?:graph)?s? ?(?:by|credit|courtesy)\b ?:?)", re.IGNORECASE)  # fmt: skip
MAX_CAPTION = 800
_IN_PASSING = re.compile(r"dateline|at the end")
_MAY_CREDIT = re.compile(
    r"report|stor(?:y|ies)|article|informat|material|source|original|courtes|credit|contribut|via\b|appear|publish|writ|edit|agenc|wire|"
    r"copyright|©|photo|image|picture|video|translat|\(|\[|/|^\W|^by\b")  # fmt: skip
BARE_NAME = 60
MAX_CREDIT_WORDS = 30  # a longer line says more than where it comes from

ABOUT_AUTHOR = "about the author"
_SAID = {
    "related": "points to other articles", "share": "share buttons", "prompt": "asks the reader to sign up or follow",
    "comments": "comments", "legal": "legal notice", "photo": "says what a picture shows or whose it is",
    "stamp": "time stamp", "count": "counts of readers or minutes", "advert": "advert label", "credit": "says where the text comes from",
    "about": ABOUT_AUTHOR, "tags": "tags", "toggle": "button or label",
}  # fmt: skip
_PLACES = (
    (Inside.COMMENT, "comments"), (Inside.RELATED, "points to other articles"), (Inside.CAPTION, "says what a picture shows"),
    (Inside.SHARE, "share buttons"), (Inside.PROMO, "advert or prompt"), (Inside.NAV, "navigation"),
    (Inside.FOOTER, "foot of the page"), (Inside.HEADER, "head of the page"), (Inside.ASIDE, "beside the article"),
    (Inside.FORM, "form"), (Inside.CHROME, "navigation"), (Inside.HIDDEN, "not shown to readers"),
)  # fmt: skip


def find_byline(text: str) -> str | None:
    """The names in a line that says whose work the text is, None in any other line."""
    if len(words_of(text)) > 24 or len(text) > 200:
        return None
    found = _BYLINE.match(text)
    if found is None:
        return None
    names = re.split(r"\s*[|•·–—]\s*|,?\s+(?:on|at|in|published|updated|posted)\s|\s+-\s+|\d", found.group(1))[0].strip(
        " ,&/|.-"
    )
    first = names[:1]
    return names if first.isupper() or (first and not first.isalpha()) else None


def _credits(text: str, outlet: str | None) -> tuple[LineCredit, ...]:
    """The credits of a line, looked for only where a word or mark of such stands in it or it is hardly longer than a name."""
    if len(text) > BARE_NAME and not _MAY_CREDIT.search(text.lower()):
        return ()
    return read_credit_line(text, outlet)


def speaks_of_the_page(text: str, outlet: str | None) -> bool:
    """Whether a line can only be about the text, not of it: a copyright notice, a caption that says so, or a
    sentence that gives the source.

    These outrank the judge, which knows them from few pages: to take one for article makes a voice's words another's.
    """
    if _NOTICE.match(text) or (_CAPTION.match(text) and len(text) < MAX_CAPTION):
        return True
    if len(text) > 400 or len(words_of(text)) > MAX_CREDIT_WORDS:
        return False
    credits = _credits(text, outlet)
    return any(c.kind in ("text", "contribution") and not _IN_PASSING.search(c.reason) for c in credits)


def describe(text: str, mark: Mark | None, outlet: str | None, near: bool) -> tuple[BlockKind, str]:
    """Kind and reason of one dropped line. `near` tells that it stands with the article, not in the page's frame."""
    short = text[:1500]
    if mark is None and is_code(short):
        return "furniture", "script, style or data, not words"
    count = len(words_of(short))
    if _CAPTION.match(short):
        return "caption", "says what a picture shows or whose it is"
    speaks = "legal" in find_turns(short) if len(short) <= 400 else has_turn("legal", short)
    legal = speaks and (count > 6 or "©" in short or "copyright" in short.lower())
    if near and find_byline(short) is not None:
        return "byline", "says who wrote it"
    credits = _credits(short, outlet) if near and count <= 60 else ()
    if credits and all(c.kind == "photo" for c in credits):
        return "caption", f"picture credit: {credits[0].reason}"
    if legal:
        return "legal", "legal notice"
    if credits:
        return "credit", f"says where the text comes from: {credits[0].reason}"
    if mark is not None and mark.inside & int(Inside.CAPTION) and mark.tag == "figcaption":
        return "caption", "says what a picture shows"
    if _WEATHER.search(short) and count <= 8:
        return "furniture", "weather"
    if count <= 14 and find_stamps(short):
        return "furniture", "time stamp"
    if _ELLIPSIS.search(short):
        return "furniture", "teaser: breaks off in the middle"
    turns = find_turns(short[:400])
    for name, reason in _SAID.items():
        if name in turns:
            return ("caption" if name == "photo" else "furniture"), reason
    if mark is not None:
        for flag, reason in _PLACES:
            if mark.inside & int(flag):
                return "furniture", reason
        if mark.link_chars > 0.8 * len(text):
            return "furniture", "link"
    if count <= 3:
        return "furniture", "label"
    if not re.search(r"[.!?][\"”’')]*$", text):
        return "furniture", "title or label outside the article"
    return "furniture", "not part of the article: it stands apart from its paragraphs"
