from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.compiling import to_csv, to_markdown
from copydesk.compiling.days import day_text, iso_text
from copydesk.compiling.markdown import escape
from copydesk.compiling.sources import shorten, web_address
from copydesk.model.dossiers import Brief
from copydesk.model.times import When

from .sample import make_brief


@pytest.fixture(scope="module")
def brief() -> Brief:
    return make_brief()


def test_every_source_is_a_footnote_with_outlet_date_and_address(brief: Brief) -> None:
    text = to_markdown(brief)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    assert sorted(map(int, notes)) == list(range(1, len(brief.articles) + 1))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) <= notes.keys()
    assert any(
        note.startswith("Norden Press, ") and "3 March 2027, <https://wire.example/wire>" in note
        for note in notes.values()
    )
    assert any("`pile/spun.txt`" in note for note in notes.values())


def test_markdown_holds_no_markup_from_the_articles(brief: Brief) -> None:
    text = to_markdown(brief)
    assert not re.search(r"(?<!\\)<(?!https://)", text)
    assert "\u202e" not in text


@given(st.text())
def test_escaped_text_stays_on_its_line_and_starts_no_block(text: str) -> None:
    escaped = escape(text)
    assert len(escaped.splitlines()) <= 1
    assert not re.match(r"[-+=#>*]|\d+[.)]", escaped)
    assert not re.search(r"(?<!\\)(?:\\\\)*[<\[`]", escaped.replace("\\<", "").replace("\\[", "").replace("\\`", ""))


def test_the_table_of_facts_has_a_line_for_every_fact(brief: Brief) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(brief), newline="")))
    facts = {f.id: f for d in brief.dossiers for f in d.facts}
    assert {r["fact"] for r in rows} == facts.keys() and len(rows) == len(facts)
    assert all(int(r["voices"]) == facts[r["fact"]].voices for r in rows)
    assert to_csv(brief).count("\r\n") == len(rows) + 1


@pytest.mark.parametrize("start", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_is_run_as_a_formula(brief: Brief, start: str) -> None:
    dossier = brief.dossiers[0]
    fact = replace(dossier.facts[0], text=start + " of the harbour")
    changed = replace(brief, dossiers=(replace(dossier, facts=(fact,)),))
    cells = [c for row in csv.reader(io.StringIO(to_csv(changed), newline="")) for c in row]
    assert not any(c.startswith(("=", "+", "-", "@", "\t", "\r")) for c in cells)


@pytest.mark.parametrize(
    ("first", "last", "told", "iso"),
    [
        (date(2027, 3, 3), date(2027, 3, 3), "3 March 2027", "2027-03-03"),
        (date(2027, 3, 3), date(2027, 3, 9), "3–9 March 2027", "2027-03-03/2027-03-09"),
        (date(2027, 2, 1), date(2027, 2, 28), "February 2027", "2027-02-01/2027-02-28"),
        (date(2027, 1, 1), date(2027, 12, 31), "2027", "2027-01-01/2027-12-31"),
        (date(2027, 1, 1), date(2027, 3, 31), "January 2027 – March 2027", "2027-01-01/2027-03-31"),
        (date(2027, 3, 30), date(2027, 4, 2), "30 March – 2 April 2027", "2027-03-30/2027-04-02"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027", "2026-12-30/2027-01-02"),
        (date(2027, 3, 3), None, "3 March 2027 or later", "2027-03-03/"),
        (None, date(2027, 3, 3), "3 March 2027 or earlier", "/2027-03-03"),
        (None, None, "date unknown", ""),
    ],
)
def test_a_time_reads_as_a_person_writes_it(first: date | None, last: date | None, told: str, iso: str) -> None:
    when = When(value=None, earliest=first, latest=last, precision="range", method="text")
    assert (day_text(when), iso_text(when)) == (told, iso)


def test_the_last_day_of_the_calendar_is_a_day_too() -> None:
    assert day_text(When(value=None, earliest=date(9999, 12, 1), latest=date.max, precision="range", method="text"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://",
        "//evil.example",
        "https://a.example/\u202e",
        "http://[",
        None,
        "",
    ],
)
def test_an_address_that_cannot_be_followed_safely_is_none(url: str | None) -> None:
    assert web_address(url) is None


def test_a_long_line_is_cut_at_a_word() -> None:
    assert shorten("the harbour master of Port Vessel", 20) == "the harbour master…"
