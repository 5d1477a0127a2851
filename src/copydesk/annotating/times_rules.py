"""The grammar: patterns over lexeme symbols, each with the reading that it builds. Among equals the first wins.

Symbols are those of `times_lexicon` and `times_lexer.Lexeme`; the readings' groups are named in `times_hits.Hit`.
"""

from __future__ import annotations

import re

from copydesk.annotating import times_lengths as lengths
from copydesk.annotating import times_readings as read
from copydesk.annotating.times_hits import NOT_A_TIME, Builder

Rule = tuple[re.Pattern[str], Builder]

_N = r"(?:(?P<n>[#Y])|A?(?P<w>w)F?|A)"
_YEAR_END = r"(?:,?(?P<y>Y)|,?F?T?(?P<r>[lxi])(?P<u>u))?"
_BASE = r"(?:(?P<bn>N)|(?P<bd>D)|(?P<bm>M)(?P<bmd>[#o])|(?:[lxi])?(?P<bw>W)|(?P<bh>H))"
_OUTER = r"[FI]T?(?:(?P<m>M)(?:,?(?P<y>Y))?|(?:(?P<r>[lxi])|T)?(?P<u>u))"
_SPECS: tuple[tuple[str, Builder], ...] = (
    (r"(?:i?W,?\(?-?)?(?P<d>D)", read.whole_date),
    (r"(?:i?(?P<wd>W),?)?(?P<d>b)", read.digits_day),
    (r"(?:i?(?P<wd>W),?[(-]?)?(?P<m>M)[-/.]?T?(?P<d>[#o])" + _YEAR_END + r"(?![-/]?#)", read.month_day),
    (
        r"(?:(?P<wd>W),?T?)?T?(?P<d>[#o])[-.]?F?T?(?P<m>M)" + _YEAR_END.replace(",?(?P<y>Y)", "[,F]?(?P<y>Y)"),
        read.month_day,
    ),
    (r"T(?P<d>[o#])", read.day_of_month),
    (r"T?(?P<d>o)F?T?(?P<r>[lxi])(?P<u>u)", read.day_of_month),
    (r"(?P<m>M)(?:[,F/-]*(?P<y>Y)|,?F?T?(?P<r>[lxi])(?P<u>u))", read.month_year),
    (r"(?P<y>Y)[,/-]?(?P<m>M)(?P<r>)(?P<u>)", read.month_year),
    (r"(?:T?(?P<r>[lxi])l?)?(?P<m>M)", read.month),
    (r"(?:T?(?P<r>[lxi])l?)?(?P<w>W)(?:(?:IT|,|O)?(?P<p>t))?(?P<rw>)(?P<u>)(?P<d>)", read.weekday),
    (r"(?P<w>W)[FO]?T?(?P<rw>[lxi])(?P<u>u)(?P<r>)(?P<d>)", read.weekday),
    (r"T?(?P<rw>[lxi])(?P<u>u)O?(?P<w>W)(?P<r>)(?P<d>)", read.weekday),
    (r"(?P<w>W),?T(?P<d>[#o])(?!u)(?P<r>)(?P<rw>)(?P<u>)", read.weekday),
    (r"(?P<c>C),?O?(?P<r>[lxi])?(?P<w>W)(?P<rw>)(?P<u>)(?P<d>)", read.weekday),
    (r"(?P<p>t),?O?(?P<r>[lxi])?(?P<w>W)(?P<rw>)(?P<u>)(?P<d>)", read.weekday),
    (r"(?P<r>[lxi])?(?P<w>W),?O?(?P<c>C)(?P<rw>)(?P<u>)(?P<d>)", read.weekday),
    (r"T?(?P<u>u)(?P<k>[er])" + _BASE, lengths.day_beside),
    (r"i?W\((?P<m>M)-?(?P<d>[#o])\((?P<y>)(?P<r>)(?P<u>)", read.month_day),
    (r"(?P<n>N)(?:t?,?O?(?P<c>C)|(?P<p>t))?", read.deictic),
    (r"(?:(?P<p>t)|(?P<c>C)),?(?P<n>N)", read.deictic),
    (r"T?(?P<r>[lxi])(?P<p>t)", read.part_of_day),
    (r"T(?P<p>t)(?P<k>[er])", read.part_beside),
    (r"T(?P<p>t)(?P<r>)", read.part_of_day),
    (
        r"(?P<p>t)(?P<r>)(?<!T)",
        lambda hit: read.part_of_day(hit) if hit["p"].word in ("overnight", "midnight", "noon", "midday") else None,
    ),
    (r"(?P<c>C)(?P<p>)", read.clock),
    (r"(?P<c>[C#])IT(?P<p>t)", read.clock),
    (r"T?(?P<o>[ol])(?P<w>W)" + _OUTER, read.nth),
    (r"(?P<o>o)(?P<w>W)(?!I|F(?!v))", read.nth_here),
    (r"T?(?P<o>[ol])(?P<v>u)" + _OUTER, read.nth_unit),
    (r"T?(?P<o>[ol])(?P<v>u)[FI](?P<y>Y)(?P<m>)(?P<r>)(?P<u>)", read.nth_unit),
    (r"T?(?:i(?=l))?(?P<r>[lxi])g*(?P<u>u)", read.calendar_unit),
    (r"T?(?P<r>[lx])" + _N + r"-?(?P<u>u)", lengths.stretch),
    (_N + r"-?(?P<u>u)(?P<k>k)", lengths.shifted),
    (_N + r"-?(?P<u>u)(?P<k>[er])(?:" + _BASE + r")?", lengths.shifted),
    (
        _N + r"(?P<u>u)(?:(?P<k>[er])|f)(?:" + _BASE + r"|(?P<now>P))",
        lambda hit: lengths.from_there(hit) if hit.get("k") else lengths.from_now(hit),
    ),
    (r"T?(?:o|L|o(?=#))?" + _N + r"(?:&A(?P<half>j))?J*-?(?P<u>u)(?:-?(?P<age>h))?(?P<a>)", lengths.duration),
    (r"(?P<a>A)(?P<u>u)(?:-?(?P<age>h))?(?P<n>)(?P<w>)(?P<half>)", lengths.duration),
    (r"(?:(?<!T)A?(?P<g>g)|Z|(?P<j>j))-?A?(?P<u>u)", lengths.whole_unit),
    (r"A(?P<u>u)&A?j", lengths.and_half),
    (r"(?P<u>u)", lengths.bare_units),
    (r"w?(?P<u>u)&(?P<z>u)", lengths.either_units),
    (r"T?g*(?P<y>u)-?[ek](?P<n>#)(?P<w>)(?P<u>u)", lengths.year_ago_stretch),
    (r"(?P<u>u)-(?P<h>h)", lengths.lasting),
    (r"(?P<u>u)(?P<n>#)", read.numbered_week),
    (r"T?(?P<d>d)", read.decade),
    (r"T?(?P<o>o)-?(?P<u>u)", read.century),
    (r"T?g*-?(?P<o>o)-?(?P<q>u)(?:,?F?T?g*(?:(?P<y>Y)|(?P<r>[lxi])(?P<u>u)))?", read.quarter),
    (r"T?(?:(?P<y>Y)|(?P<r>[lxi])(?P<u>u)'?),?T?g*(?P<o>o)-?(?P<q>u)", read.quarter),
    (r"T?(?P<o>[ol])-?(?P<j>j)F?T?(?:(?P<y>Y)|(?P<r>[lxi])(?P<u>u))", read.half_of),
    (r"(?P<q>Q)(?:F?T?(?P<r>[lxi])(?P<u>u))?", read.quarter_part),
    (r"T?[LT]g*(?P<u>u)", read.that_quarter),
    (r"TLg*(?P<u>u)", read.latest_year),
    (r"T[Lg]+p", read.that_period),
    (r"T?(?P<y>Y)(?P<u>[pu])", read.that_quarter_of),
    (r"T?g*(?P<y>u)-?[ek](?P<o>o)-?(?P<u>u)", read.year_ago_quarter),
    (r"T?g*(?P<u>u)A(?P<y>u)[ek]", read.year_ago_quarter),
    (r"T?g*(?P<y>u)-?[ek]u?", read.year_ago_period),
    (r"#uAu", lambda hit: ("SET", NOT_A_TIME)),  # 24 hours a day: always
    (r"(?<=E)(?P<r>)(?P<s>S)(?P<y>)(?P<ry>)(?P<u>)", read.season),
    (r"(?<=E)(?P<p>t)(?P<r>)|(?<=E-)(?P<p2>t)(?P<r2>)", read.narrow_part),
    (r"(?:T|I|(?:T?(?P<r>[lxi])l?))(?P<s>S)(?P<y>)(?P<ry>)(?P<u>)", read.season),
    (r"T?(?P<s>S)(?:[,F]?(?P<y>Y)|F?T?(?P<ry>[lxi])(?P<u>u))(?P<r>)", read.season),
    (r"T?(?P<r>[lxi])?(?P<h>H)(?:[,F]*(?P<y>Y)|,?F?(?P<ry>[lxi])(?P<u>u))?", read.holiday),
    (r"v(?P<other>n)?(?P<n>#)?(?P<i>[uWMt])", lengths.recurrence),
    (r"(?P<i>V)(?P<n>)(?P<other>)", lengths.recurrence),
    (r"(?P<y>y)", lengths.adverb),
    (r"T?g?(?:(?<=u))?(?P<y>Y)", read.year),
    (r"f?(?P<y>Y)[-2&/](?P<z>[Y#])(?!u)", read.years),
    (r"f?(?P<m>M)f?(?P<d>[#o])[-2&](?P<z>[#o])(?!u)(?:,?(?P<y>Y))?(?P<r>)(?P<u>)", read.month_span),
    (r"f(?P<d>#)2(?P<m>M)(?P<z>#)(?:,?(?P<y>Y))?", read.month_span),
    (r"T?(?P<rw>[lxi])(?P<u>u)f(?P<w>W)[2&-](?P<z>W)", read.days_of_week),
    (r"I" + _N + r"(?P<u>u)(?P<i>)", lengths.ahead),
    (r"f?(?P<d>[#o])[-2&](?P<z>[#o])F?(?P<m>M)(?:,?(?P<y>Y))?(?P<r>)(?P<u>)", read.month_span),
    (r"f?(?P<d>[#o])[-2&](?P<z>[#o])[FI]?(?P<r>[lxi])(?P<u>u)(?P<m>)(?P<y>)", read.month_span),
    (r"(?P<p>P)", read.vague),
    (r"(?P<i>i)(?!u|l|[MWStH])", read.current),
    (r"T(?P<p>P)", lambda hit: read.vague(hit) if hit["p"].word == "future" else None),
    (r"T(?P<l>l)(?![#wAuMWStH])", read.the_past),
    (r"T?(?P<u>u)", read.weekend),
    (r"T?(?P<e>E)F?T?(?P<r>[lxi])?(?P<u>u)", read.end_of),
    (r"(?P<e>[Eer])IT(?P<u>u)(?P<r>)", read.end_of),
    (r"(?P<u>u)'?-?(?P<e>E)(?P<r>)", read.end_of),
    (r"(?P<x>_)F?(?:T|i)?(?P<u>u)", read.rest_of),
    (r"(?P<t>T)(?P<g>g)?(?P<u>u)", read.that_day),
    (r"T?(?P<u>u)F(?P<m>M)\.?(?P<d>[#o])(?:,?(?P<y>Y))?", read.week_of),
    (r"T?(?P<u>u)(?P<s>[_E])O?(?P<m>M)(?P<d>[#o])(?:,?(?P<y>Y))?", read.week_of),
)

RULES: tuple[Rule, ...] = tuple((re.compile(pattern), build) for pattern, build in _SPECS)
