"""Entities and the user's own register: linked where one record fits, left alone where two do."""

from __future__ import annotations

from dataclasses import replace

from copydesk.model.registers import Registered
from copydesk.model.stories import Resolution
from copydesk.resolving import gather_register, registered_in
from tests.resolving.stories import HARBOUR, pile_of, resolve_pile, the

TEXTS = {
    "a": (
        "Trawler talks open in Lisbon\n\n"
        "Fisheries minister Mikhail Zhukhov of Georgia met fishermen in Lisbon, Portugal, on Monday. Zhukhov said the talks with "
        "the Bureau of Tidal Affairs had begun well. His adviser Tomas Berkovich left on Tuesday."
    )
}
MINISTER = Registered(
    id="Q1", names=("Mikhaïl Joukhov",), types=("person",), countries=("GE",), roles=("minister of fisheries",)
)


def linked(*records: Registered) -> Resolution:
    pile = pile_of(TEXTS)
    return resolve_pile(replace(pile, register=gather_register(records, pile)))


def test_a_record_of_another_spelling_is_linked_with_its_grounds() -> None:
    (link,) = the(linked(MINISTER), "Mikhail Zhukhov").links
    assert (link.id, link.name) == ("Q1", "Mikhaïl Joukhov")
    assert 0.7 <= link.score <= 1.0
    assert "is spelled" in link.reason and "GE" in link.reason and "fisheries" in link.reason


def test_two_that_fit_alike_are_linked_to_neither_and_named() -> None:
    entity = the(linked(MINISTER, replace(MINISTER, id="Q2")), "Mikhail Zhukhov")
    assert entity.links == ()
    assert any("Q1 and Q2" in reason for reason in entity.reasons)


def test_of_two_namesakes_the_one_of_the_storys_country_is_linked() -> None:
    entity = the(linked(MINISTER, replace(MINISTER, id="Q2", countries=("PE",))), "Mikhail Zhukhov")
    assert [x.id for x in entity.links] == ["Q1"]


def test_a_namesake_of_another_country_or_kind_is_not_linked() -> None:
    for other in (replace(MINISTER, countries=("PE",)), replace(MINISTER, types=("organization",))):
        assert the(linked(other), "Mikhail Zhukhov").links == ()


def test_an_organization_is_linked_by_its_words_and_a_surname_alone_by_nothing() -> None:
    bureau = Registered(id="Q3", names=("Bureau of Tidal Affairs Ltd",), types=("organization",))
    resolution = linked(bureau, Registered(id="Q4", names=("Berkovich",), types=("person",)))
    assert [x.id for x in the(resolution, "Bureau of Tidal Affairs").links] == ["Q3"]
    assert the(resolution, "Tomas Berkovich").links == ()


def test_only_records_that_may_be_meant_are_kept() -> None:
    pile = pile_of(TEXTS)
    others = (Registered(id=f"X{n}", names=(f"Somebody Else {n}",)) for n in range(1_000))
    register = gather_register([MINISTER, *others], pile)
    assert {r.id for held in register.values() for r in held} == {"Q1"}
    assert registered_in(replace(pile, register=register)) == (MINISTER,)
    assert registered_in(replace(pile_of({"h": HARBOUR["b"]}), register=register)) == ()


def test_a_name_that_hundreds_bear_tells_nobody() -> None:
    pile = pile_of(TEXTS)
    crowd = (replace(MINISTER, id=f"Q{n}") for n in range(300))
    assert gather_register(crowd, pile) == {}
