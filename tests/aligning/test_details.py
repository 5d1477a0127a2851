"""Details: who, where, when and how many that several articles give in clauses that tell different things."""

from __future__ import annotations

from datetime import date

from tests.aligning.stories import Aligned, Told, tell

RESCUE = (
    "A cargo plane crashed on Sunday near the village of Tarvik, and all 14 people on board were killed. Rescue workers reached the "
    "wreck in the mountains of Velmoor at dawn. The plane had left the capital an hour before."
)
INQUIRY = (
    "All 14 people aboard a cargo plane died on Sunday when it came down in bad weather. The transport ministry will look into the crash in "
    "Velmoor, a province of forests and few roads. The pilot had flown for twenty years."
)
MOURNING = (
    "Flags flew at half mast after Sunday's plane crash in the province of Velmoor that killed 14. A service will be held in the "
    "capital on Friday. The king sent a message to the families."
)
STALE = (
    "The Brannick choir sang for an hour in the town hall of Velmoor, where workers had mended the roof. Tickets had been sold out "
    "since the spring."
)


def crash(**more: Told | str) -> Aligned:
    return tell({"a": RESCUE, "b": INQUIRY, "c": MOURNING, **more})


def details(told: Aligned) -> dict[str, set[str]]:
    """The words of each detail, by the words that it is told in."""
    return {f.text: {told.words(s.span) for s in f.support} for f in told.alignment.facts if f.detail_of}


def test_a_province_that_reports_name_beside_different_things_is_a_fact_of_its_own() -> None:
    told = crash()
    found = next(f for f in told.alignment.facts if f.detail_of and "Velmoor" in f.text)
    assert told.fact("Rescue workers reached").id != told.fact("will look into the crash").id
    assert {"a", "b"} <= {s.span.article for s in found.support}
    assert found.voices == found.articles >= 2
    assert found.status == "corroborated"
    assert {told.words(s.span) for s in found.support} <= {"of Velmoor", "in Velmoor"}
    assert found.reasons[0].startswith("a detail of “")


def test_a_detail_that_one_fact_holds_for_all_is_not_told_twice() -> None:
    told = tell({"a": RESCUE, "b": RESCUE.replace("A cargo plane", "A plane"), "c": STALE})
    assert details(told) == {}


def test_a_name_that_another_event_has_too_does_not_join_the_two() -> None:
    told = crash(d=STALE)
    together = [{s.span.article for s in f.support} for f in told.alignment.facts]
    assert {"d"} in together
    assert not any("d" in articles and len(articles) > 1 for articles in together)


def test_whoever_says_something_is_no_detail_of_what_is_said() -> None:
    told = tell(
        {
            "a": "Mayor Ilka Toren said the timber market would stay closed. The bridge fell on Monday.",
            "b": "Ilka Toren told reporters that nobody was on the bridge. It fell on Monday.",
            "c": "Ilka Toren said the bridge would be built anew. Engineers looked at the beams on Tuesday.",
        }
    )
    assert not any("Toren" in text for text in details(told))


def test_every_detail_is_a_claim_of_its_own_in_one_fact() -> None:
    told = crash(d=STALE)
    claims = {c.id: c for c in told.alignment.claims}
    held = [c for f in told.alignment.facts for c in f.claims]
    assert sorted(held) == sorted(claims)
    for fact in told.alignment.facts:
        assert [(claims[c].start, claims[c].end) for c in fact.claims] == [
            (s.span.start, s.span.end) for s in fact.support
        ]


def test_details_do_not_depend_on_the_order_of_articles() -> None:
    texts = {"a": RESCUE, "b": INQUIRY, "c": MOURNING}
    assert tell(texts).alignment == tell(texts, order=("c", "a", "b")).alignment


def test_the_words_of_a_detail_stand_in_the_clause_that_it_is_of() -> None:
    told = crash(d=STALE)
    found = [f for f in told.alignment.facts if f.detail_of]
    assert found
    assert all(f.text in f.detail_of for f in found)


def test_what_one_voice_alone_gives_inside_a_fact_of_several_is_told_as_its_own() -> None:
    told = tell({
        "a": "A cargo plane registered as TK-104 crashed on Sunday near the village of Tarvik. Rescue workers walked all night.",
        "b": "A cargo plane crashed on Sunday near the village of Tarvik. The king sent a message to the families.",
        "c": STALE,
    })  # fmt: skip
    clause = told.fact("cargo plane crashed on Sunday near")
    assert clause.voices == 2 and not clause.detail_of
    added = [f for f in told.alignment.facts if f.detail_of and f.status == "single-voice"]
    assert [f.text for f in added] == ["registered as TK-104"]
    assert [s.voice for s in added[0].support] == ["v-a"]


def test_a_number_that_two_voices_put_to_different_nouns_is_nobodys_addition() -> None:
    told = tell({
        "a": "The ferry sank on Sunday with 260 passengers on board near the harbour of Tarvik.",
        "b": "The ferry sank on Sunday near the harbour of Tarvik with 260 people on board.",
        "c": STALE,
    })  # fmt: skip
    assert not any("260" in f.text for f in told.alignment.facts if f.detail_of and f.voices == 1)


def test_a_value_of_one_voice_in_two_articles_is_told_once() -> None:
    told = tell({
        "a": Told(text="A cargo plane flown by Orvin Kash crashed on Sunday near the village of Tarvik.", voice="v-wire"),
        "b": "A cargo plane crashed on Sunday near the village of Tarvik. The king sent a message.",
        "a2": Told(text="Rescue workers reached the wreck of the cargo plane flown by Orvin Kash near Tarvik at dawn.", voice="v-wire"),
        "c": "Rescue workers reached the wreck of the cargo plane near Tarvik at dawn. Nobody was alive.",
    })  # fmt: skip
    about = [f for f in told.alignment.facts if f.detail_of and any("Kash" in told.words(s.span) for s in f.support)]
    assert [(f.articles, f.voices) for f in about] == [(2, 1)]
    held = [c for f in told.alignment.facts for c in f.claims]
    assert sorted(held) == sorted({c.id for c in told.alignment.claims})


def test_a_thing_that_reports_tell_from_others_of_its_kind_is_a_fact_of_its_own() -> None:
    told = tell(
        {
            "a": "Thieves took nine violins from the concert hall of Orvelle on Monday night. Thieves came through the stage door "
            "at three in the morning, a spokesman for the orchestra said. The orchestra had played there in the evening.",
            "b": "Nine violins are missing from the concert hall in Orvelle after a theft on Monday night. Footprints in the snow "
            "led from the stage door down to the harbour. The next concert was called off.",
        }
    )
    found = next(f for f in told.alignment.facts if f.detail_of and "stage door" in f.text)
    assert {told.words(s.span) for s in found.support} == {"through the stage door", "from the stage door"}
    assert found.status == "corroborated"
    assert not any("three in the morning" in f.text and f.voices > 1 for f in told.alignment.facts)


def test_a_day_that_one_voice_tells_by_its_morning_is_nobodys_addition() -> None:
    day = date(2031, 5, 6)
    told = tell({
        "a": Told(text="A cargo plane crashed near the village of Tarvik on Sunday morning. Rescue workers walked all night.", day=day),
        "b": Told(text="A cargo plane crashed near the village of Tarvik on Sunday. The king sent a message.", day=day),
        "c": STALE,
    })  # fmt: skip
    assert told.fact("cargo plane crashed near").voices == 2
    assert details(told) == {}


def test_days_that_another_voice_tells_more_exactly_are_nobodys_addition_the_exact_day_is() -> None:
    day = date(2031, 5, 6)
    told = tell({
        "a": Told(text="A cargo plane crashed near the village of Tarvik during the past week. Rescue workers walked all night.", day=day),
        "b": Told(text="A cargo plane crashed near the village of Tarvik on 4 May 2031. The king sent a message.", day=day),
        "c": STALE,
    })  # fmt: skip
    assert told.fact("cargo plane crashed near").voices == 2
    assert details(told) == {"on 4 May 2031": {"on 4 May 2031"}}


def test_whom_something_is_according_to_is_no_detail_of_it() -> None:
    told = tell({
        "a": "A cargo plane crashed near the village of Tarvik, according to Ilka Toren. Rescue workers walked all night.",
        "b": "A cargo plane crashed near the village of Tarvik. The king sent a message.",
        "c": STALE,
    })  # fmt: skip
    assert not any("Toren" in text for text in details(told))


def test_of_what_nation_something_is_tells_it_from_nothing() -> None:
    ship, door = (
        tell({
            "a": "Thieves took nine violins from the concert hall of Orvelle on Monday night. Thieves came through "
            f"{what} at three in the morning, a spokesman for the orchestra said.",
            "b": "Nine violins are missing from the concert hall in Orvelle after a theft on Monday night. Footprints in the snow "
            f"led from {what} down to the harbour.",
        })
        for what in ("the Norwegian ship", "the wooden door")
    )  # fmt: skip
    assert "Norwegian ship" not in str(details(ship))
    assert "wooden door" in str(details(door))
