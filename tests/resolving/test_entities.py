from __future__ import annotations

from dataclasses import replace

from copydesk.model.articles import Credit
from copydesk.model.corrections import Correction
from copydesk.model.spans import Span
from copydesk.model.stories import Resolution
from tests.resolving.stories import HARBOUR, pile_of, resolve_pile, resolve_texts, the, with_alias


def spellings(resolution: Resolution) -> set[frozenset[str]]:
    return {frozenset(a.text for a in e.aliases) for e in resolution.entities}


def test_one_person_of_several_spellings_is_one_entity() -> None:
    mayor = the(resolve_texts(HARBOUR), "Adela Lundqvist")
    assert {"Adela Lundqvist", "Adela Lundquist", "Lundqvist", "Lundquist"} <= {a.text for a in mayor.aliases}
    assert mayor.type == "person"
    assert mayor.name in ("Adela Lundqvist", "Adela Lundquist")


def test_a_surname_spelled_otherwise_in_the_other_article_is_the_same_person() -> None:
    found = resolve_texts(HARBOUR)
    assert the(found, "Tomas Berkovich").id == the(found, "Mr Berkovitch").id


def test_an_acronym_in_brackets_is_the_long_name() -> None:
    found = resolve_texts(HARBOUR)
    assert the(found, "BTA").name == "Bureau of Tidal Affairs"


def test_the_office_is_a_role_with_the_words_that_say_so() -> None:
    found = resolve_texts(HARBOUR)
    roles = {r.text: r.support for r in the(found, "Adela Lundqvist").roles}
    assert "mayor of Port Vessel" in roles
    (span,) = roles["mayor of Port Vessel"]
    text = {a.id: a.text for a in pile_of(HARBOUR).articles}[span.article]
    assert text[span.start : span.end] == "mayor of Port Vessel"


def test_a_father_and_a_son_of_one_surname_stay_two() -> None:
    found = resolve_texts(
        {
            "a": "Bram Okker and his son Pieter Okker sailed to Great Marlow on Friday. Pieter Okker said the crossing was calm.",
            "b": "Pieter Okker, 19, sailed with his father. Bram Okker said he was proud of the boy.",
        }
    )
    assert the(found, "Bram Okker").id != the(found, "Pieter Okker").id


def test_two_people_named_side_by_side_are_never_one() -> None:
    found = resolve_texts(
        {
            "a": "Anna Kovalenko and Anna Kowalenko won the regatta in Port Vessel on Sunday.",
            "b": "Anna Kovalenko said the wind had helped. Anna Kowalenko agreed.",
        }
    )
    assert the(found, "Anna Kovalenko").id != the(found, "Anna Kowalenko").id


def test_a_surname_that_two_share_goes_to_the_one_last_named() -> None:
    texts = {
        "a": "Bram Okker sold the boat. Okker said it leaked. His cousin Jelle Okker bought it. Okker said it floats."
    }
    pile, found = pile_of(texts), resolve_texts(texts)
    alone = [s for s in sorted(found.entity_of) if pile.articles[0].text[s.start : s.end] == "Okker"]
    assert [found.entity_of[s] for s in alone] == [the(found, "Bram Okker").id, the(found, "Jelle Okker").id]


def test_the_user_parts_what_spelling_joins() -> None:
    said = Correction(subject="entity", verdict="not-same", left="Adela Lundqvist", right="Adela Lundquist")
    found = resolve_texts(HARBOUR, [said])
    assert the(found, "Adela Lundqvist").id != the(found, "Adela Lundquist").id


def test_the_user_joins_what_spelling_parts() -> None:
    said = Correction(subject="entity", verdict="same", left="Tomas Berkovich", right="Adela Lundqvist")
    found = resolve_texts(HARBOUR, [said])
    joined = the(found, "Tomas Berkovich")
    assert joined.id == the(found, "Adela Lundqvist").id
    assert any("user" in r for r in joined.reasons)


def test_the_order_of_the_articles_does_not_matter() -> None:
    other = {"a": HARBOUR["b"], "b": HARBOUR["a"]}
    assert spellings(resolve_texts(HARBOUR)) == spellings(resolve_texts(other))
    assert resolve_texts(HARBOUR) == resolve_texts(dict(reversed(HARBOUR.items())))


def test_every_mention_is_words_of_its_article_and_every_entity_has_reasons() -> None:
    found = resolve_texts(HARBOUR)
    text = {a.id: a.text for a in pile_of(HARBOUR).articles}
    for entity in found.entities:
        written = {text[s.article][s.start : s.end] for s in entity.mentions}
        assert written <= {a.text for a in entity.aliases}
        assert entity.reasons
        assert all(found.entity_of[s] == entity.id for s in entity.mentions)


def test_a_country_is_a_place_with_coordinates_and_a_namesake_lies_in_the_storys_country() -> None:
    found = resolve_texts(
        {
            "a": "Spain closed its airports on Monday. Flights from Cordoba were cancelled, and hotels in Cordoba filled up.",
            "b": "Storms kept planes on the ground across Spain; in Cordoba travellers slept at the airport.",
        }
    )
    city = the(found, "Cordoba").place
    assert city is not None and city.country == "ES"
    assert the(found, "Cordoba").id in found.where


def test_a_headline_in_capitals_makes_no_name() -> None:
    found = resolve_texts(
        {"a": "Huge Crowd Greets Ferry\n\nA crowd greeted the ferry in the harbour. Nobody was hurt."}
    )
    assert not with_alias(found, "Huge Crowd")


def test_an_article_without_names_gives_none() -> None:
    found = resolve_texts({"a": "nothing happened here, and nobody came."})
    assert found.entities == () and found.quotes == () and found.who == ()


def test_a_pronoun_may_stand_for_someone_whom_its_article_knows_by_office_only() -> None:
    texts = {
        "a": "Petra Halvorsen, the Norwegian foreign minister, arrived in Lima on Monday. Halvorsen met the mayor.",
        "b": "The talks in Lima went well. The Norwegian foreign minister said so on Monday. She will leave tomorrow.",
    }
    resolution = resolve_texts(texts)
    told = {
        texts[s.article][s.start : s.end]
        for s, e in resolution.entity_of.items()
        if s.article == "b" and e == the(resolution, "Petra Halvorsen").id
    }
    assert told == {"minister", "She"}


def test_a_familiar_given_name_and_degrees_behind_the_surname_are_the_same_person() -> None:
    resolution = resolve_texts(
        {
            "a": "William Ostrander, M.D., heads the clinic in Lima. Ostrander said the ward was full.",
            "b": "Bill Ostrander told reporters that the ward of the clinic in Lima was full.",
        }
    )
    assert {a.text for a in the(resolution, "Bill Ostrander").aliases} >= {"William Ostrander", "Ostrander"}


def test_two_familiar_forms_of_one_name_are_two_people() -> None:
    resolution = resolve_texts(
        {
            "a": "Ted Ostrander heads the clinic in Lima.",
            "b": "Ned Ostrander told reporters that the ward of the clinic in Lima was full.",
        }
    )
    assert the(resolution, "Ted Ostrander") != the(resolution, "Ned Ostrander")


def test_a_club_without_its_town_is_the_club_unless_two_towns_have_such_a_club() -> None:
    one = resolve_texts(
        {
            "a": "The Chicago Lanterns lost to nobody this year. The Lanterns play again on Sunday, and the Lanterns expect a crowd."
        }
    )
    assert {a.text for a in the(one, "Chicago Lanterns").aliases} >= {"Lanterns"}
    two = resolve_texts(
        {
            "a": "The Chicago Lanterns lost to nobody this year. The Lanterns play again on Sunday, and the Lanterns expect a crowd.",
            "b": "The Boston Lanterns lost to nobody this year. The Lanterns play again on Sunday, and the Lanterns expect a crowd.",
        }
    )
    assert the(two, "Chicago Lanterns") != the(two, "Boston Lanterns")


def test_an_agency_in_brackets_behind_a_dateline_is_no_name_of_the_town() -> None:
    found = resolve_texts(
        {
            "a": "SAO PAULO (AP) — Dockers in Sao Paulo went home on Monday. The Associated Press saw empty quays in Sao Paulo.",
            "b": "SAO PAULO (Reuters) — Quays in Sao Paulo were empty, Reuters reporters said on Monday.",
        }
    )
    town = {a.text for a in the(found, "Sao Paulo").aliases}
    assert not town & {"AP", "Associated Press", "Reuters"}


def test_a_country_and_its_people_are_two() -> None:
    found = resolve_texts(
        {"a": "South Africa sent a ship on Monday. The South African crew was calm, and South Africa said so."}
    )
    assert the(found, "South Africa").id != the(found, "South African").id
    assert the(found, "South Africa").type == "place"


def test_a_club_that_goes_by_a_number_is_an_organization() -> None:
    found = resolve_texts(
        {"a": "The Boston 36ers signed a coach on Monday. Critics of the 36ers were pleased, and the Boston 36ers won."}
    )
    club = the(found, "Boston 36ers")
    assert club.type == "organization" and "36ers" in {a.text for a in club.aliases}


def test_a_body_with_and_without_its_country_is_one_and_its_office_another() -> None:
    found = resolve_texts(
        {
            "a": "The U.S. Harbour Commission spoke on Monday. The Harbour Commission said that the Office of the Harbour Commission had closed.",
            "b": "The United States Harbour Commission left on Tuesday. The Harbour Commission was content, and so the Harbour Commission rose.",
        }
    )
    commission = {a.text for a in the(found, "Harbour Commission").aliases}
    assert {"U.S. Harbour Commission", "United States Harbour Commission"} <= commission
    assert "Office of the Harbour Commission" not in commission


def test_a_silent_e_makes_no_other_person() -> None:
    found = resolve_texts(
        {
            "a": "Duncan Holm climbed the tower in Lima on Monday. Holm was tired.",
            "b": "Duncan Holme climbed the tower in Lima on Monday. Holme was tired.",
        }
    )
    assert the(found, "Duncan Holm").id == the(found, "Duncan Holme").id


def test_a_credited_agency_that_a_town_shares_its_name_with_is_an_organization() -> None:
    pile = pile_of(
        {"a": "The harbour master told Meridian that the steering had failed. The guild wrote two letters to the port."}
    )
    credit = Credit(name="Meridian", kind="relay", span=Span(article="a", start=24, end=32), reason="test")
    told = replace(pile, articles=tuple(replace(a, credits=(credit,)) for a in pile.articles))
    assert the(resolve_pile(pile), "Meridian").place is not None
    assert the(resolve_pile(told), "Meridian").type == "organization"
    assert the(resolve_pile(told), "Meridian").place is None
