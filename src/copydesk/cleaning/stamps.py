"""Time stamps in lines, addresses and meta values → the days they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Sense = Literal["published", "modified", "plain"]

# Month names in the languages of the larger news markets, by their first letters; English first.
_MONTHS = (
    "jan jän gen ene янв sty ocak",
    "feb fév fev févr лют фев lut şub",
    "mar mär mrz maa мар mart",
    "apr abr avr апр kwi nis",
    "may mai mag maj mei май мая",
    "jun juin giu июн cze haz",
    "jul juil lug июл lip tem",
    "aug aoû ago авг sie ağu août",
    "sep set сен wrz eyl",
    "oct okt ott out окт paź eki",
    "nov ноя lis kas",
    "dec dez déc dic дек gru ara",
)
_MONTH_OF = {stem: i for i, stems in enumerate(_MONTHS, 1) for stem in stems.split()}
_WEEKDAYS = (
    "mon lun mont montag seg pon пон maandag lundi lunes lunedì", "tue mar dien dienstag ter wto вто mardi martes martedì",
    "wed mer mié mitt mittwoch qua śro сре mercredi miércoles mercoledì", "thu gio jeu jue donn donnerstag qui czw чет jeudi jueves giovedì",
    "fri ven vie frei freitag sex pią пят vendredi viernes venerdì", "sat sam sáb sab samstag sob суб samedi sábado sabato",
    "sun dim dom sonn sonntag nie вос dimanche domingo domenica",
)  # fmt: skip
_WEEKDAY_OF = {stem: i for i, stems in reversed(list(enumerate(_WEEKDAYS))) for stem in stems.split()}
_NAME = r"[^\W\d_]{3,12}"
_YEAR = r"(?:19[89]\d|20\d\d)"
_CLOCK = re.compile(
    r"(?<![\d.])([01]?\d|2[0-3])(?:[:h]([0-5]\d)(?::[0-5]\d)?\s?(?:([ap])\.?\s?m\b)?|\.([0-5]\d)\s?([ap])\.?m\b)",
    re.IGNORECASE,
)
_ISO = re.compile(rf"(?<!\d)({_YEAR})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s-]{{1,2}}(?:de\s|of\s)?({_NAME})\.?,?[\s-](?:de\s|del\s)?({_YEAR})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b({_NAME})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s({_YEAR})(?!\d)", re.IGNORECASE)
_NUMBERS = re.compile(rf"(?<![\d./-])(\d{{1,2}})([./-])(\d{{1,2}})\2({_YEAR})(?!\d)")
_YEAR_FIRST = re.compile(rf"(?<!\d)({_YEAR})([./])(\d{{1,2}})\2(\d{{1,2}})(?!\d)")
_COMPACT = re.compile(rf"(?<!\d)({_YEAR})(\d\d)(\d\d)(?:T?\d{{4,6}}Z?)?(?!\d)")
_CLOCK_INSIDE = re.compile(
    rf"\b({_NAME})\s(\d{{1,2}})\s([0-2]\d:[0-5]\d)(?::\d\d)?\s(?:[A-Z]{{2,5}}\s)?({_YEAR})(?!\d)"
)  # "Tue Jan 28 15:28:56 CET 2020"
_WEEKDAY_BEFORE = re.compile(rf"({_NAME})\.?,?\s{{0,2}}(?:the\s|den\s|le\s|el\s)?$", re.IGNORECASE)
_IN_PATH = re.compile(rf"/(?:[a-z-]{{0,40}}-)?({_YEAR})[/-](\d{{1,2}}|[a-z]{{3}})[/-](\d{{1,2}})(?!\d)")
_MONTH_IN_PATH = re.compile(rf"/({_YEAR})[/-](\d{{2}}|[a-z]{{3}})(?=/)")
_UPDATED = re.compile(
    r"\b(?:updated|modified|last (?:update|edit|change)|edited|revised|aktualisiert|zuletzt|geändert|(?:letzte )?änderung|editiert|bearbeitet|mise? à jour|modifiée?|actualizad[oa]|modificad[oa]|aggiornat[oa]|ultim[oa] (?:aggiornamento|modifica)|atualizad[oa]|bijgewerkt|gewijzigd|zaktualizowano|aktualizacja|uppdaterad|oppdatert|opdateret|päivitetty|aktualizov\w{2,4}|frissítve|güncelle\w{2,8}|actualizat|обновлен[оа]?|изменен[оа]?|оновлено|تحديث|ενημ\w{3,10})\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|publication|publish date|created|issued|released|filed|veröffentlicht|veröffentlichung|veröffentlichungsdatum|erstellt|erschienen|publi(?:é|ée|cation)|parue?|mis en ligne|publicad[oa]|publicación|publicação|pubblicat[oa]|pubblicazione|gepubliceerd|geplaatst|opublikowan[oay]|data publikacji|publicerad|publisert|offentliggjort|udgivet|julkaistu|publikov\w{2,4}|zveřejněno|vydáno|közzétéve|megjelent|yayın\w{2,10}|yayım\w{2,10}|publicat|date|datum|fecha|data|опубликован[оа]?|дата|опубліковано|نشر|δημοσ\w{3,10}|发布|發佈|公開)\b",
    re.IGNORECASE,
)
LONGEST_STAMP = 200  # characters of a line that is looked at: a stamp is short


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A day named in a text: where, with a clock time ("04:43") or "", a weekday's number, and what it claims to be."""

    start: int
    end: int
    day: date
    clock: str
    weekday: int | None
    sense: Sense

    def as_(self, sense: Sense) -> Stamp:
        """The same stamp under another label."""
        return replace(self, sense=sense)

    @property
    def fits(self) -> bool:
        """Whether the weekday that stands beside it is that day's."""
        return self.weekday is None or self.weekday == self.day.weekday()


def find_stamps(text: str) -> list[Stamp]:
    """The days that a short text names in full, in order of place; day before month where numbers leave it open."""
    head = text[:LONGEST_STAMP]
    found: list[Stamp] = []
    for start, end, day in sorted(_days(head), key=lambda d: (d[0], -d[1])):
        if found and start < found[-1].end:
            continue
        before = head[max(0, start - 30) : start]
        named = _WEEKDAY_BEFORE.search(before)
        weekday = _WEEKDAY_OF.get(named.group(1).lower()[:3]) if named else None
        since = found[-1].end if found else 0
        clock = _clock(head[end : end + 16]) or _clock(head[max(since, start - 16) : start])
        found.append(
            Stamp(start=start, end=end, day=day, clock=clock, weekday=weekday, sense=label_sense(head[since:start]))
        )
    return found


def label_sense(before: str) -> Sense:
    """What the words before a stamp say that it is; the last of them where there are several."""
    updated = [m.end() for m in _UPDATED.finditer(before)]
    published = [m.end() for m in _PUBLISHED.finditer(before)]
    if updated and (not published or updated[-1] > published[-1]):
        return "modified"
    return "published" if published else "plain"


def _clock(text: str) -> str:
    found = _CLOCK.search(text)
    if found is None:
        return ""
    hour, minute = int(found.group(1)), found.group(2) or found.group(4)
    half = (found.group(3) or found.group(5) or "").lower()
    if half and hour > 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute}"


def _days(text: str) -> Iterator[tuple[int, int, date]]:
    for m in _ISO.finditer(text):
        made = make_day(m.group(1), m.group(2), m.group(3))
        if made is not None:
            yield m.start(), m.end(3), made
    for m in _YEAR_FIRST.finditer(text):
        yield from _day(m, m.group(1), m.group(3), m.group(4))
    for m in _DAY_FIRST.finditer(text):
        yield from _day(m, m.group(3), m.group(2), m.group(1))
    for m in _MONTH_FIRST.finditer(text):
        yield from _day(m, m.group(3), m.group(1), m.group(2))
    for m in _NUMBERS.finditer(text):
        first, second = int(m.group(1)), int(m.group(3))
        american = second > 12 or (first <= 12 and m.group(2) == "/" and is_american(text))
        month, day = (m.group(1), m.group(3)) if american else (m.group(3), m.group(1))
        yield from _day(m, m.group(4), month, day)


def is_american(text: str) -> bool:
    """A twelve-hour clock or an American zone beside a numeric date makes its month come first."""
    return re.search(r"\d\s?[ap]\.?m\b|\b[ecmp][sd]?t\b", text, re.IGNORECASE) is not None


def _day(m: re.Match[str], year: str, month: str, day: str) -> Iterator[tuple[int, int, date]]:
    made = make_day(year, month, day)
    if made is not None:
        yield m.start(), m.end(), made


def make_day(year: str, month: str, day: str) -> date | None:
    """The day, None when there is no such; the month as a number or a name."""
    number = int(month) if month.isdigit() else _month(month)
    try:
        return date(int(year), number, int(day)) if number else None
    except ValueError:
        return None


def _month(name: str) -> int:
    lowered = name.lower()
    return _MONTH_OF.get(lowered[:4], 0) or _MONTH_OF.get(lowered[:3], 0)


def day_in_address(url: str) -> tuple[date, date] | None:
    """First and last day that an address's path names: one day, or a month."""
    path = "/" + url.split("://", 1)[-1].partition("/")[2].split("?")[0].lower()
    for m in _IN_PATH.finditer(path):
        day = make_day(*m.groups())
        if day is not None:
            return day, day
    for m in _COMPACT.finditer(path):
        day = make_day(*m.groups())
        if day is not None:
            return day, day
    for m in _MONTH_IN_PATH.finditer(path):
        first = make_day(m.group(1), m.group(2), "1")
        if first is not None:
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return first, date.fromordinal(following.toordinal() - 1)
    return None


_ARCHIVED = re.compile(
    r"^https?://(?:web\.archive\.org/web|archive\.(?:today|is|ph|li|vn|fo|md))/(\d{4})(\d\d)(\d\d)\d{0,6}(?:[a-z]{2}_)?/(?=\w)"
)


def split_archived(url: str) -> tuple[str, date | None]:
    """The address that an archive's address wraps and the day it was archived; another address as it is, and None."""
    found = _ARCHIVED.match(url)
    if found is None:
        return url, None
    inner = url[found.end() :]
    return (inner if inner.startswith(("http://", "https://")) else f"http://{inner}"), make_day(*found.groups())


def read_moment(value: str) -> tuple[date, str] | None:
    """Day and clock time ("" when not given) of a meta value or a user's statement."""
    text = value.strip()
    if text.isdigit() and len(text) in (10, 13):
        return date.fromordinal(date(1970, 1, 1).toordinal() + int(text[:10]) // 86_400), ""
    compact = _COMPACT.match(text)
    if compact:
        day = make_day(*compact.groups())
        return (day, "") if day else None
    iso = _ISO.search(text[:40])
    if iso:
        day = make_day(iso.group(1), iso.group(2), iso.group(3))
        return (day, f"{iso.group(4)}:{iso.group(5)}" if iso.group(4) else "") if day else None
    inside = _CLOCK_INSIDE.search(text[:60])
    if inside:
        day = make_day(inside.group(4), inside.group(1), inside.group(2))
        return (day, inside.group(3)) if day else None
    stamps = find_stamps(text)
    return (stamps[0].day, stamps[0].clock) if stamps else None
