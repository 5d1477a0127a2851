from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from copydesk.compiling import check_brief, from_json, load_schema, to_json
from copydesk.compiling.json_schema import schema_text
from copydesk.errors import BriefError
from copydesk.model.dossiers import Brief

from .sample import make_brief


@pytest.fixture(scope="module")
def brief() -> Brief:
    return make_brief()


@pytest.fixture
def record(brief: Brief) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(brief))
    return found


def test_the_brief_is_valid_against_the_shipped_schema(record: dict[str, Any]) -> None:
    schema = load_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)


def test_the_shipped_schema_is_the_one_that_the_records_make() -> None:
    """Write it anew with json_schema.schema_text() when a record changes."""
    assert json.dumps(load_schema(), indent=2, ensure_ascii=False) + "\n" == schema_text()


def test_a_member_that_the_contract_does_not_name_is_refused(record: dict[str, Any]) -> None:
    record["stories"][0]["facts"][0]["truth"] = 1.0
    assert not jsonschema.Draft202012Validator(load_schema()).is_valid(record)
    assert check_brief(record)[0].startswith("shape")


def test_a_sound_brief_passes_the_check(record: dict[str, Any]) -> None:
    assert check_brief(record) == []


def test_every_article_and_claim_is_in_one_story_and_fact(record: dict[str, Any], brief: Brief) -> None:
    held = [a for s in record["stories"] for a in s["articles"]]
    assert sorted(held) == sorted(a["id"] for a in record["articles"]) == sorted(a.article.id for a in brief.articles)
    record["stories"][1]["articles"] = []
    assert any("is in 0 stories" in line for line in check_brief(record))


def _lose_span(record: dict[str, Any]) -> None:
    record["stories"][0]["facts"][0]["support"][0]["end"] = 10**6


def _paraphrase(record: dict[str, Any]) -> None:
    record["stories"][0]["quotes"][0]["text"] = "We knew nothing of any doors"


def _lose_fact(record: dict[str, Any]) -> None:
    record["stories"][0]["facts"].pop()


def _swap_days(record: dict[str, Any]) -> None:
    record["stories"][0]["when"] |= {"earliest": "2027-03-09", "latest": "2027-03-01"}


def _change_text(record: dict[str, Any]) -> None:
    record["articles"][0]["text"] = "X" + record["articles"][0]["text"][1:]


def _name_nobody(record: dict[str, Any]) -> None:
    record["stories"][0]["quotes"][0]["speaker"] = "e-nobody"


def _promote(record: dict[str, Any]) -> None:
    next(f for f in record["stories"][0]["facts"] if f["voices"] == 1)["status"] = "corroborated"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_lose_span, "does not lie inside"),
        (_paraphrase, "is not the words of its spans"),
        (_lose_fact, "is in 0 facts"),
        (_swap_days, "is after latest"),
        (_change_text, "is not the source text"),
        (_name_nobody, "entity e-nobody is not listed"),
        (_promote, "corroborated with 1 voices"),
    ],
)
def test_the_check_tells_what_does_not_hold(record: dict[str, Any], spoil: Any, told: str) -> None:
    spoil(record)
    assert any(told in line for line in check_brief(record)), check_brief(record)


def test_the_same_brief_gives_the_same_bytes_whatever_the_order_of_its_stories(brief: Brief) -> None:
    turned = replace(brief, dossiers=brief.dossiers[::-1], articles=brief.articles[::-1], skipped=brief.skipped[::-1])
    assert to_json(turned) == to_json(brief) == to_json(make_brief())


def test_reading_back_gives_what_was_written(brief: Brief) -> None:
    import msgspec

    again = msgspec.json.format(msgspec.json.encode(from_json(to_json(brief))), indent=1) + b"\n"
    assert again == to_json(brief)


def test_letters_are_written_as_they_are_and_lone_surrogates_replaced(brief: Brief) -> None:
    odd = replace(brief, skipped=(replace(brief.skipped[0], reason="Küste \ud83d end"),))
    content = to_json(odd)
    assert "Küste \ufffd end".encode() in content


def test_spans_in_dropped_matter_say_so_and_others_do_not(record: dict[str, Any]) -> None:
    credit = next(c for a in record["articles"] for c in a["credits"])
    assert credit["in"] == "source"
    assert "in" not in record["stories"][0]["summary"][0]["support"][0]


def test_a_copy_names_an_article_or_a_voice(record: dict[str, Any]) -> None:
    origins = [set(c["from"]) for c in record["stories"][0]["copies"]]
    assert {"article"} in origins and {"voice"} in origins


def test_something_else_than_a_brief_is_refused_with_a_message() -> None:
    with pytest.raises(BriefError, match=r"copydesk\.brief/1"):
        from_json(b'{"schema": "other"}')
