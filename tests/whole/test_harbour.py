"""The shipped harbour corpus, whole: what a careful reader finds, the brief must find."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from copydesk import desk
from copydesk.compiling import check_brief, load_schema, to_json
from copydesk.model.spans import Span
from copydesk.options import EngineOptions, Options
from tests.whole.examples import EXAMPLES, NOON, Example, briefed


@pytest.fixture(scope="module")
def harbour() -> Example:
    return briefed("harbour")


def test_every_file_becomes_an_article(harbour: Example) -> None:
    assert not harbour.brief.skipped
    assert len(harbour.brief.articles) == len(list((EXAMPLES / "harbour" / "pile").iterdir()))


def test_the_articles_fall_into_the_stories_of_the_gold(harbour: Example) -> None:
    found = sorted(sorted(harbour.stem(a) for a in d.story.articles) for d in harbour.brief.dossiers)
    assert found == sorted(sorted(story) for story in harbour.gold["stories"])


def test_every_copy_is_found_and_no_independent_report_is_called_one(harbour: Example) -> None:
    links = {
        frozenset((harbour.stem(x.origin), harbour.stem(x.copy)))
        for d in harbour.brief.dossiers
        for x in d.copies
        if x.origin is not None
    }
    assert {frozenset((c["from"], c["to"])) for c in harbour.gold["copies"]} <= links
    assert not links & {frozenset(pair) for pair in harbour.gold["not_copies"]}


def test_a_copy_points_back_to_the_wire(harbour: Example) -> None:
    for gold in harbour.gold["copies"]:
        link = next(
            x
            for d in harbour.brief.dossiers
            for x in d.copies
            if x.origin and {harbour.stem(x.origin), harbour.stem(x.copy)} == {gold["from"], gold["to"]}
        )
        assert harbour.stem(link.copy) == gold["to"], gold
        assert link.direction != "unknown"


def test_the_copies_add_articles_and_no_voice(harbour: Example) -> None:
    names = {v.id: v.name for d in harbour.brief.dossiers for v in d.voices}
    found = {
        harbour.stem(t.article.id): {names[s.voice] for s in t.voices if s.voice in names}
        for t in harbour.brief.articles
    }
    for voice, stems in harbour.gold["voices"].items():
        assert {stem for stem, voices in found.items() if voice in voices} == set(stems), voice


def test_furniture_is_dropped_and_said_why(harbour: Example) -> None:
    for stem, dropped in harbour.gold["dropped"].items():
        article = harbour.article(stem).article
        for words in dropped:
            assert words not in article.text, (stem, words)
            assert (
                any(words in article.source_text[b.start : b.end] and b.at is None and b.reason for b in article.blocks)
                or words not in article.source_text
            )


def test_publication_dates_are_those_of_the_articles_and_never_of_the_masthead(harbour: Example) -> None:
    for stem, day in harbour.gold["published"].items():
        published = harbour.article(stem).article.published
        assert published.day is not None, stem
        assert published.day.isoformat() == day, stem
    masthead = harbour.article("02-coastline").article.published
    assert masthead.value != "2024-05-15"


def test_two_spellings_are_one_person(harbour: Example) -> None:
    entities = harbour.dossier("01-meridian").entities
    for spellings in harbour.gold["entities"]:
        holders = [{e.id for e in entities if any(spelling == a.text for a in e.aliases)} for spelling in spellings]
        assert all(holders) and set.intersection(*holders), spellings


def test_a_fact_counts_voices_and_not_articles(harbour: Example) -> None:
    facts = harbour.dossier("01-meridian").facts
    for gold in harbour.gold["facts"]:
        places = [harbour.place(stem, words) for stem, words in gold["words"].items()]
        holders = [
            [f for f in facts if any(s.span.overlap(Span(article=a, start=b, end=e)) * 2 > e - b for s in f.support)]
            for a, b, e in places
        ]
        shared = [f for f in holders[0] if all(f in more for more in holders)]
        assert shared, gold["about"]
        assert any(f.status in gold["status"] for f in shared), (gold["about"], [f.status for f in shared])


def test_the_story_is_dated_by_its_event(harbour: Example) -> None:
    assert harbour.dossier("01-meridian").when.value == harbour.gold["when"]


def test_conflicts_and_updates_are_told_apart(harbour: Example) -> None:
    conflicts = harbour.dossier("01-meridian").conflicts
    for gold in harbour.gold["conflicts"]:
        found = [
            c
            for c in conflicts
            if c.kind == gold["kind"] and c.slot == gold["slot"] and set(gold["values"]) <= {s.value for s in c.sides}
        ]
        assert found, (gold, [(c.kind, c.slot, [s.value for s in c.sides]) for c in conflicts])


def test_a_quote_knows_its_speaker(harbour: Example) -> None:
    dossier = harbour.dossier("01-meridian")
    names = {e.id: e.name for e in dossier.entities}
    for gold in harbour.gold["quotes"]:
        speakers = {names.get(q.speaker or "") for q in dossier.quotes if gold["words"] in q.text}
        assert speakers == {gold["speaker"]}, gold


def test_the_json_is_valid_and_every_reference_holds(harbour: Example) -> None:
    brief = json.loads(to_json(harbour.brief))
    jsonschema.validate(brief, load_schema())
    assert check_brief(brief) == []


def test_the_same_input_gives_the_same_bytes_in_any_order(harbour: Example) -> None:
    files = sorted(str(p) for p in (EXAMPLES / "harbour" / "pile").iterdir())
    again = desk.make_brief(desk.order(list(reversed(files)), options=Options()), now=lambda: NOON)
    one, two = json.loads(to_json(harbour.brief)), json.loads(to_json(again))
    assert {a["id"] for a in one["articles"]} == {a["id"] for a in two["articles"]}
    for brief in (one, two):
        for article in brief["articles"]:
            article["path"] = Path(article["path"]).name
    assert one == two


def test_processes_find_and_tell_what_one_process_does(harbour: Example) -> None:
    options = Options(engine=EngineOptions(name="processes", workers=2))
    spread = desk.make_brief(desk.order([EXAMPLES / "harbour" / "pile"], options=options), now=lambda: NOON)
    assert to_json(replace(spread, options=harbour.brief.options)) == to_json(harbour.brief)
