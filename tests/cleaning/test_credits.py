"""Credits: each form of words is found with its name, its kind and its place; what only looks like one is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.cleaning.credit_lines import read_credit_line
from copydesk.cleaning.credit_rules import RULES
from copydesk.cleaning.credits import find_credits
from copydesk.model.articles import Block, Credit
from copydesk.reference.sources import agencies, bearers_of, outlets

LEAD = "The ferry Marigold ran aground off Port Vessel early on Tuesday with ninety people on board, the harbour office said."
MIDDLE = "Tugs reached the ship within the hour and pulled it free before the tide turned against them in the strait."
LAST = "The owner of the ship said that it would pay for the rooms that the passengers slept in on Tuesday night."


def page(*lines: str, outlet: str | None = None) -> tuple[str, tuple[Credit, ...]]:
    """A flattened page and its credits; lines of ten words and more are its body."""
    source = "\n\n".join(lines)
    blocks, at = [], 0
    for match in re.finditer(r"[^\n]+", source):
        kept = len(match.group().split()) >= 10
        kind = "body" if kept else "furniture"
        blocks.append(Block(kind=kind, start=match.start(), end=match.end(), at=at if kept else None, reason="test"))
        at += len(match.group()) + 2 if kept else 0
    return source, find_credits("a1", source, blocks, outlet)


def named(credits: tuple[Credit, ...]) -> set[tuple[str, str]]:
    return {(c.name, c.kind) for c in credits}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("(AFP)", "AFP"), ("/AP/", "AP"), ("[dpa]", "dpa"), ("— EFE", "EFE"), ("Xinhua", "Xinhua"),
        ("Source: france24", "France 24"), ("source: The Port Vessel Gazette", "Port Vessel Gazette"),
        ("via Northern Wire Service", "Northern Wire Service"), ("Text: Corvane Press Agency", "Corvane Press Agency"),
        ("(CPA)", "CPA"), ("This story first appeared in The Sarn Mercury.", "The Sarn Mercury"),
        ("(originally published by Harbour Light)", "Harbour Light"), ("As reported by Harbour Light.", "Harbour Light"),
        ("Reporting by Corvane Press Agency", "Corvane Press Agency"), ("By Kyodo News", "Kyodo"),
        ("By Harbour Light staff", "Harbour Light"), ("By Ana Brook, Associated Press", "AP"),
        ("Ana Brook | Reuters", "Reuters"), ("© 2031 Thomson Reuters, all rights reserved.", "Reuters"),
        ("Copyright 2031 The Associated Press. All rights reserved.", "AP"),
        ("By Jo Falk and ANA BROOK Associated Press", "AP"), ("© Copyright 2031 Thomson Reuters.", "Reuters"),
        ("(China Daily 10/03/2031 page4)", "China Daily"), ("Credit: Kyodo News", "Kyodo"),
        ("© 2031 Sarn Feed. All rights reserved. Sarn Feed content is the intellectual property of Sarn Feed.", "Sarn Feed"),
        ("(Reuters reporting, writing by Ana Brook; editing by Jo Falk)", "Reuters"),
        ("(Reuters reporting by Ana Brook; Editing by Jo Falk)", "Reuters"),
        ("Read the original in Harbour Light: harbour-light.example", "Harbour Light"),
    ],
)  # fmt: skip
def test_a_line_credits_the_text(line: str, name: str) -> None:
    _, credits = page("Ferry aground", LEAD, MIDDLE, LAST, line)
    assert (name.removeprefix("The "), "text") in {(c.name.removeprefix("The "), c.kind) for c in credits}


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("PORT VESSEL (Reuters) – ", "Reuters"), ("(AFP) - ", "AFP"), ("SARN, Jan. 3 (UPI) — ", "UPI"),
        ("Port Vessel /TASS/ -- ", "TASS"), ("(Corvane Press Agency) — ", "Corvane Press Agency"),
    ],
)  # fmt: skip
def test_a_dateline_credits_the_text(opening: str, name: str) -> None:
    _, credits = page("Ferry aground", opening + LEAD, MIDDLE, LAST)
    assert (name, "text") in named(credits)


def test_a_tail_credits_the_text_at_the_end_and_relays_a_fact_before_it() -> None:
    _, at_end = page("Ferry aground", LEAD, MIDDLE, LAST + " (AFP)")
    _, inside = page("Ferry aground", LEAD, MIDDLE + " (AFP)", LAST)
    assert ("AFP", "text") in named(at_end)
    assert ("AFP", "relay") in named(inside) and ("AFP", "text") not in named(inside)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Some information in this report came from Reuters.", "Reuters"),
        ("With reporting by Corvane Press Agency.", "Corvane Press Agency"),
        ("(With inputs from PTI)", "PTI"),
        ("The Associated Press contributed to this report.", "AP"),
        ("Associated Press writer Ana Brook contributed from Port Vessel.", "AP"),
        ("This report includes material from Kyodo.", "Kyodo"),
        ("CNN's Ana Brook contributed to this report.", "CNN"),
        ("Contributing: Ana Brook, Sarn Gazette; The Associated Press", "AP"),
    ],
)
def test_a_line_credits_a_part_of_the_text(line: str, name: str) -> None:
    _, credits = page("Ferry aground", LEAD, MIDDLE, LAST, line)
    assert (name, "contribution") in named(credits)
    assert (name, "text") not in named(credits)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Reuters", "Photo credit © Reuters", "Image credit: Reuters", "(Reuters Photo)", "Photograph by Reuters",
        "File photo: Reuters/File", "REUTERS/Ana Brook", "Ana Brook/REUTERS", "The tugs at work. (Ana Brook/Reuters)",
        "The tugs at work. (Photo: Ana Brook/Reuters)", "Courtesy of Reuters", "Credit: Reuters",
    ],
)  # fmt: skip
def test_a_photo_credit_says_nothing_about_the_text(line: str) -> None:
    _, credits = page("Ferry aground", line, LEAD, MIDDLE, LAST)
    assert named(credits) == {("Reuters", "photo")}


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("a sailor told AFP in the harbour", "AFP"), ("according to the Corvane Press Agency", "Corvane Press Agency"),
        ("Russian news agency RIA quoted him as saying", "RIA Novosti"), ("Reuters reported on Tuesday", "Reuters"),
        ("he said in an interview with The New York Times", "The New York Times"), ("reported The Print", "The Print"),
        ("officials told the Sarn Gazette", "Sarn Gazette"), ("and the pilots with it, XPB informed.", "XPB"),
    ],
)  # fmt: skip
def test_running_text_relays_a_fact(clause: str, name: str) -> None:
    source, credits = page(
        "Ferry aground", LEAD, f"The crew had slept, {clause}, before the ship left the quay that night.", LAST
    )
    relays = [c for c in credits if c.kind == "relay"]
    assert [c.name for c in relays] == [name]
    assert not [c for c in credits if c.kind == "text"]
    assert not relays[0].span.in_source and source


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Brook", "By Staff Reporter", "(Continued)", "(Video)", "Source: Photo", "Read more", "Related stories",
        "© 2031 Harbour Light. All rights reserved.", "Copyright 2031 Harbour Light. Use of this site means that you agree.",
        "Tuesday", "Port Vessel Times", "By Emily Post", "(68102)", "(OSLO) — Rain fell.", "Safe (164): Sarn, Delta",
        "With reporting by Thomas Brook", "Read more from Reuters", "The story was first reported by Reuters.",
    ],
)  # fmt: skip
def test_what_looks_like_a_credit_is_none(line: str) -> None:
    _, credits = page("Ferry aground", line, LEAD, MIDDLE, LAST)
    assert not [c for c in credits if c.kind in ("text", "contribution")]


def test_a_relay_in_the_lead_says_so() -> None:
    _, credits = page("Ferry aground", LEAD.replace("the harbour office said", "reported The Print"), MIDDLE, LAST)
    assert [(c.name, c.kind, c.reason.endswith("in the lead")) for c in credits] == [("The Print", "relay", True)]


def test_the_tail_of_a_page_in_one_line_is_read() -> None:
    _, credits = page(" ".join([LEAD, MIDDLE, LAST] * 30) + " (AFP)")
    assert named(credits) == {("AFP", "text")}


def test_a_person_told_of_is_no_source() -> None:
    _, credits = page(
        "Ferry aground", LEAD, "The captain told Ana Brook and the Harbour Office that the lamp had gone out.", LAST
    )
    assert credits == ()


def test_the_pages_own_notice_is_no_credit_but_its_own_byline_is() -> None:
    own = "Sarn Press Agency"
    _, notice = page(LEAD, LAST, "© 2031 Sarn Press Agency. All rights reserved.", outlet=own)
    _, byline = page("By Sarn Press Agency staff", LEAD, LAST, outlet=own)
    assert named(notice) == set()
    assert named(byline) == {(own, "text")}


def test_the_page_itself_is_left_out_beside_an_agency() -> None:
    _, credits = page("Ferry aground", LEAD, LAST, "ANSA/Harbour Light", outlet="Harbour Light")
    assert named(credits) == {("ANSA", "text")}


def test_an_outlets_name_is_known_by_its_host() -> None:
    _, credits = page(LEAD, LAST, "© 2031 WSRN Sarnwire. This material may not be published, broadcast, rewritten or sold.",
                      outlet="sarnwire.example")  # fmt: skip
    assert credits == ()


def test_a_roundups_signatures_relay_what_stands_above_them() -> None:
    _, credits = page("Views", LEAD, "Ana Brook, Reuters", MIDDLE, "Jo Falk, CNN", MIDDLE, LAST)
    assert named(credits) == {("Reuters", "relay"), ("CNN", "relay")}


def test_initials_take_the_name_that_the_page_spells_out() -> None:
    _, credits = page(LEAD, LAST, "(CPA)", "© 2031 Corvane Press Agency. All rights reserved.")
    assert named(credits) == {("Corvane Press Agency", "text")}


def test_a_span_counts_in_the_text_where_the_words_were_kept() -> None:
    source, credits = page("Menu", "PORT VESSEL (AFP) — " + LEAD, MIDDLE, LAST, "Source: Kyodo")
    by_name = {c.name: c.span for c in credits}
    text = "\n\n".join(("PORT VESSEL (AFP) — " + LEAD, MIDDLE, LAST))
    afp, kyodo = by_name["AFP"], by_name["Kyodo"]
    assert not afp.in_source and text[afp.start : afp.end] == "AFP"
    assert kyodo.in_source and source[kyodo.start : kyodo.end] == "Kyodo"


def test_lines_far_down_the_pages_foot_credit_nothing() -> None:
    _, credits = page(LEAD, LAST, *[f"Teaser {i}" for i in range(60)], "(AFP)")
    assert credits == ()


def test_every_credit_has_a_reason() -> None:
    _, credits = page("PORT VESSEL (AFP) — " + LEAD, MIDDLE, "Photo: EFE", "Source: Kyodo")
    assert len(credits) == 3 and all(c.reason for c in credits)


@given(st.text(alphabet="AByé .,()/©–-:'\n0123Reuters", max_size=200))
@settings(deadline=None, max_examples=150)
def test_spans_lie_in_any_text(text: str) -> None:
    blocks = [Block(kind="body", start=0, end=len(text), at=0, reason="test")] if text else []
    found = find_credits("a1", text, blocks)
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found)
    assert found == find_credits("a1", text, blocks)


@pytest.mark.parametrize(
    "line",
    ["A " * 2_300, "Reporting by " + "a " * 2_300, "(" * 4_700, "By " + "A. " * 1_500, "told The " * 520, "© 2031 " * 650,
     "Reporting by a; writing by b; " * 150, "X/" * 2_300, "told " + "A" * 4_600, "Photo " * 780],
)  # fmt: skip
def test_a_hostile_line_is_read_to_its_end_and_gives_few_credits(line: str) -> None:
    blocks = [Block(kind="body", start=0, end=len(line), at=0, reason="test")]
    assert len(read_credit_line(line)) <= 3
    assert len(find_credits("a1", line, blocks)) <= 3


def test_a_desk_line_without_an_agency_credits_nobody() -> None:
    _, credits = page("Ferry aground", LEAD, MIDDLE, LAST, "(Reporting by Ana Brook; Editing by Jo Falk)")
    assert not credits


def test_an_agency_with_the_name_of_a_small_town_is_an_agency_in_a_dateline() -> None:
    _, credits = page("Ferry aground", "GULL ISLAND (Meridian) – " + LEAD, MIDDLE, LAST)
    assert {(c.name, c.kind) for c in credits} == {("Meridian", "text")}


def test_a_country_in_a_dateline_is_no_agency() -> None:
    _, credits = page("Ferry aground", "GULL ISLAND (Norway) – " + LEAD, MIDDLE, LAST)
    assert not credits


def test_a_source_line_names_a_source_in_small_letters_too() -> None:
    _, credits = page("Ferry aground", LEAD, MIDDLE, LAST, "source: quaynews")
    assert {(c.name, c.kind) for c in credits} == {("quaynews", "text")}


def test_what_a_paper_is_said_to_have_reported_is_relayed_from_it() -> None:
    _, credits = page(
        "Ferry aground",
        "The ferry that ran aground on Monday had no second engine, reported The Lamplight.",
        MIDDLE,
        LAST,
    )
    assert {(c.name, c.kind) for c in credits} == {("The Lamplight", "relay")}


def test_every_spelling_of_the_tables_is_read_in_some_credit() -> None:
    forms = ("Source: {}", "({})", "By {}", "Photo: {}")
    dead = []
    for source in (*agencies(), *outlets()):
        for name in (*source.aliases, *sorted(source.short)):
            wanted = name if len(bearers_of(name)) > 1 else source.name
            if not any(c.name in (wanted, source.name) for form in forms for c in read_credit_line(form.format(name))):
                dead.append((source.name, name))
    assert dead == []


def test_initials_of_several_agencies_stay_initials_unless_the_page_spells_one_out() -> None:
    _, credits = page("Ferry aground", f"KYRENIA (CNA) – {LEAD}", MIDDLE, LAST)
    assert ("CNA", "text") in named(credits)
    _, credits = page(
        "Ferry aground", f"TAIPEI (CNA) – {LEAD}", MIDDLE, LAST, "Central News Agency correspondents in three ports"
    )
    assert ("Central News Agency", "text") in named(credits)


def test_a_rule_is_never_left_out_for_a_line_it_matches() -> None:
    lines = [form.format(name) for form in (
        "Photo: {}", "({} Photo)", "Ana Brook/{}", "{}/Ana Brook", "With reporting by {}.", "{} contributed to this report.",
        "Some information in this report came from {}.", "Additional reporting by {}", "This story first appeared in {}.",
        "Originally published by {}", "Read the original in {}", "Republished from {}", "Source: {}", "Credit: {}", "Courtesy of {}",
        "via {}", "Reported by {}", "({})", "— {}", "By {} staff", "By {}", "By Ana Brook, {}", "{} staff", "{}",
        "PORT VESSEL ({}) — The ferry ran aground.", "PORT VESSEL /{}/ -- The ferry ran aground.", "It is over. ({})", "It is over. — {}",
    ) for name in ("Reuters", "REUTERS", "Xinhua")]  # fmt: skip
    for line in lines:
        for text in (line, line.upper(), line.lower()):
            for rule in RULES:
                if rule.pattern.search(text):
                    assert not rule.cues or any(cue in text.lower() for cue in rule.cues), (text, rule.reason)
