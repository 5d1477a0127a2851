"""The tables of agencies and outlets: every entry can be found, none stands for two."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reference import find_agency, find_outlet, has_agency_form, outlet_of_host, read_credited
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.given_names import is_given_name
from copydesk.reference.sources import agencies, bearers_of, may_name_agency, outlets
from copydesk.reference.stopwords import stop_words


def test_the_tables_are_large_enough_to_be_of_use() -> None:
    assert len(agencies()) >= 60
    assert len(outlets()) >= 200


def test_every_spelling_of_an_agency_finds_it() -> None:
    for agency in agencies():
        for name in (agency.name, *agency.aliases, *agency.short):
            if len(bearers_of(name)) == 1 or name not in agency.short:
                assert find_agency(name, credited=True) == agency, name


def test_every_spelling_of_an_outlet_finds_it() -> None:
    for outlet in outlets():
        for name in (outlet.name, *outlet.aliases, *outlet.short):
            found = find_outlet(name, credited=True)
            assert found is not None and found.name == outlet.name, name
            if len(bearers_of(name)) < 2:
                assert find_agency(name, credited=True) is None, name


def test_no_spelling_stands_for_two_unless_both_call_it_short() -> None:
    spellings: dict[str, list[tuple[str, bool]]] = {}
    for source in (*agencies(), *outlets()):
        for spelling in {source.name, *source.aliases, *source.short}:
            spellings.setdefault(spelling, []).append((source.name, spelling in source.short))
    shared = {s: names for s, names in spellings.items() if len(names) > 1}
    assert [s for s, names in shared.items() if not all(short for _, short in names)] == []
    assert {"CNA", "APA", "APS", "KNA"} <= shared.keys()


def test_a_short_name_of_several_is_nobody_in_particular() -> None:
    for name in ("CNA", "APA", "APS", "AGP"):
        assert len(bearers_of(name)) > 1
        found = find_agency(name, credited=True)
        assert found is not None and (found.name, found.country, found.hosts) == (name, "", ())
        assert find_agency(name) is None
    assert bearers_of("Xinhua") == ()


def spellings_in_running_text() -> list[tuple[str, str]]:
    """Usual name and spelling of everything that is found without a credit; capitals are matched as they stand."""
    return [
        (source.name, name) for source in (*agencies(), *outlets()) for name in (source.name, *source.aliases)
        if name not in source.short and not name.isupper() and not name.startswith("The ")
    ]  # fmt: skip


def test_what_is_found_in_running_text_is_no_ordinary_word() -> None:
    words = frozenset().union(
        *(stop_words(language) for language in ("en", "fr", "es", "de", "pt", "ar", "ru", "it", "nl"))
    )
    assert [(usual, name) for usual, name in spellings_in_running_text() if name.casefold() in words] == []


def test_what_is_found_in_running_text_is_no_given_name_and_no_large_place() -> None:
    names = [(usual, name) for usual, name in spellings_in_running_text() if " " not in name]
    assert [(usual, name) for usual, name in names if is_given_name(name)] == []
    large = [n for _, n in names if any(p.kind != "city" or p.population > 100_000 for p in gazetteer().find(n))]
    assert large == []


def test_no_host_stands_for_two_and_each_is_found() -> None:
    hosts = Counter(host for source in (*agencies(), *outlets()) for host in source.hosts)
    assert [h for h, n in hosts.items() if n > 1] == []
    for source in (*agencies(), *outlets()):
        for host in source.hosts:
            assert outlet_of_host(host) == source.name


def test_no_alias_repeats_its_name() -> None:
    assert [s.name for s in (*agencies(), *outlets()) if s.name in s.aliases] == []


def test_countries_are_two_letters() -> None:
    assert [a.name for a in agencies() if len(a.country) != 2 or not a.country.isupper()] == []


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("Agence France-Presse", "AFP"), ("the Associated Press", "AP"), ("ТАСС", "TASS"), ("ITAR-TASS", "TASS"),
        ("Thomson Reuters", "Reuters"), ("Deutsche Presse-Agentur", "dpa"), ("REUTERS", "Reuters"),
    ],
)  # fmt: skip
def test_an_agency_is_found_in_several_spellings(written: str, usual: str) -> None:
    found = find_agency(written)
    assert found is not None and found.name == usual


WORLD = """
Agence France-Presse|Reuters|The Associated Press|United Press International|Bloomberg News|Dow Jones Newswires|Canadian Press|
PA Media|Deutsche Presse-Agentur|ANSA|Adnkronos|EFE|Europa Press|Agência Lusa|Belga|Algemeen Nederlands Persbureau|
Austria Presse Agentur|Keystone-SDA|Ritzau|Norsk Telegrambyrå|Tidningarnas Telegrambyrå|Suomen Tietotoimisto|
Polska Agencja Prasowa|ČTK|TASR|Magyar Távirati Iroda|Agerpres|Bulgarian News Agency|Tanjug|Croatian News Agency|
Athens-Macedonian News Agency|Cyprus News Agency|Anadolu Ajansı|TASS|RIA Novosti|Interfax|Ukrinform|BelTA|Armenpress|Azertag|
Kazinform|Xinhua|China News Service|Central News Agency|Kyodo News|Jiji Press|Yonhap|Korean Central News Agency|
Vietnam News Agency|Bernama|Antara|Philippine News Agency|Press Trust of India|Asian News International|
Indo-Asian News Service|United News of India|Associated Press of Pakistan|Bangladesh Sangbad Sangstha|Islamic Republic News Agency|
Fars News Agency|Iraqi News Agency|Syrian Arab News Agency|Saudi Press Agency|Emirates News Agency|Qatar News Agency|
Kuwait News Agency|Jordan News Agency|Middle East News Agency|Maghreb Arabe Presse|Algérie Presse Service|Tunis Afrique Presse|
Sudan News Agency|Ethiopian News Agency|News Agency of Nigeria|Ghana News Agency|Panapress|South African Press Association|
Angola Press Agency|Notimex|Prensa Latina|Agência Brasil|Télam|Andina|Australian Associated Press|New Zealand Press Association
"""
SCRIPTS = {
    "AFP": "АФП|فرانس برس|法新社", "Reuters": "Рейтер|رويترز|路透社|ロイター", "AP": "أسوشيتد برس|美联社|AP通信", "TASS": "ТАСС|塔斯社",
    "Xinhua": "Синьхуа|新华社|شينخوا", "Anadolu": "الأناضول|Анадолу", "Kyodo": "共同通信|Киодо", "Yonhap": "연합뉴스|Рёнхап",
    "IRNA": "ایرنا|ИРНА", "EFE": "ЭФЕ", "Interfax": "Интерфакс", "Bloomberg": "Блумберг|بلومبرغ", "PTI": "पीटीआई",
}  # fmt: skip


def test_the_worlds_main_agencies_are_in_the_table() -> None:
    names = [name for name in WORLD.replace("\n", "").split("|") if name]
    assert len(names) >= 60
    assert [name for name in names if find_agency(name) is None and find_agency(name, credited=True) is None] == []
    countries = {found.country for name in names if (found := find_agency(name, credited=True))}
    assert len(countries) >= 50


@pytest.mark.parametrize(("usual", "written"), [(usual, w) for usual, some in SCRIPTS.items() for w in some.split("|")])
def test_an_agency_is_found_in_other_scripts(usual: str, written: str) -> None:
    found = find_agency(written)
    assert found is not None and found.name == usual


@pytest.mark.parametrize("name", ["PA", "AP", "RIA", "APP", "MAP", "MENA", "TT", "SPA"])
def test_an_ambiguous_agency_needs_a_credit(name: str) -> None:
    assert find_agency(name) is None
    assert find_agency(name, credited=True) is not None


@pytest.mark.parametrize("name", ["Mirror", "Independent", "Time", "Vanguard"])
def test_an_ambiguous_outlet_needs_a_credit(name: str) -> None:
    assert find_outlet(name) is None
    assert find_outlet(name, credited=True) is not None


def test_a_name_with_its_article_is_not_the_word_without_it() -> None:
    assert find_outlet("Print") is None
    found = find_outlet("The Print")
    assert found is not None and found.name == "The Print"


def test_a_subdomain_belongs_to_its_site() -> None:
    assert outlet_of_host("www.edition.cnn.com") == "CNN"
    assert outlet_of_host("notcnn.com") is None
    assert outlet_of_host("com") is None


@pytest.mark.parametrize(
    "name", ["Corvane Press Agency", "Northern Wire Service", "Sarn Newswire", "Delta Press Bureau"]
)
def test_an_invented_agency_is_known_by_its_form(name: str) -> None:
    found = read_credited(name)
    assert found is not None and (found.name, found.kind, found.by) == (name, "agency", "form of the name")


@pytest.mark.parametrize("name", ["Secret Service", "Central Transport Agency", "Wire", "Harbour Bureau", "Ana Brook"])
def test_an_office_is_no_news_agency(name: str) -> None:
    assert not has_agency_form(name)


def test_an_invented_newspaper_is_known_by_its_form() -> None:
    found = read_credited("Port Vessel Gazette")
    assert found is not None and (found.name, found.kind) == ("Port Vessel Gazette", "outlet")


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(text: str) -> None:
    find_agency(text)
    find_outlet(text)
    outlet_of_host(text)
    read_credited(text)


ALL_NAMES = sorted(
    {name for source in (*agencies(), *outlets()) for name in (source.name, *source.aliases, *source.short)}
)


@given(st.sampled_from(ALL_NAMES), st.sampled_from(["", "the ", "The "]), st.sampled_from(["", " ", ".", ",", ";  "]))
def test_article_full_stop_and_space_around_a_name_change_nothing(name: str, before: str, behind: str) -> None:
    plain, dressed = read_credited(name), read_credited(before + name + behind)
    assert plain is not None and dressed is not None
    assert dressed.name == plain.name or name.startswith("The ")


@given(st.sampled_from(ALL_NAMES))
def test_what_a_name_stands_for_stands_for_itself(name: str) -> None:
    found = read_credited(name)
    assert found is not None
    again = read_credited(found.name)
    assert again is not None and (again.name, again.kind) == (found.name, found.kind)


@given(st.sampled_from([name for name in ALL_NAMES if len(name.removeprefix("The ")) > 5]))
def test_case_changes_nothing_in_a_name_of_more_than_five_letters(name: str) -> None:
    for written in (name.upper(), name.lower(), name.title()):
        if written.casefold() == name.casefold():
            found = read_credited(written)
            assert found is not None and found.name == (read_credited(name) or found).name


@given(st.text(max_size=40))
def test_what_is_found_without_a_credit_is_found_the_same_with_one(text: str) -> None:
    free = find_agency(text)
    assert free is None or find_agency(text, credited=True) == free


@given(
    st.lists(
        st.one_of(st.sampled_from(ALL_NAMES), st.text(max_size=12), st.sampled_from(["Sarn News Agency", "and", "/"])),
        max_size=4,
    )
)
def test_a_line_that_may_name_no_agency_names_none(parts: list[str]) -> None:
    line = " ".join(parts)
    if not may_name_agency(line):
        words = line.split()
        runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
        assert not any((found := read_credited(run)) is not None and found.kind == "agency" for run in runs)
