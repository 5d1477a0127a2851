"""A desk whose options name a register of the user's own."""

from __future__ import annotations

import json
from pathlib import Path

from copydesk import desk, pipeline
from copydesk.compiling import check_brief, to_html, to_json
from copydesk.options import Options, load_options
from copydesk.resolving import learn_kinds
from tests.desk.conftest import ARTICLES, load_tools, open_at, write_pile
from tests.resolving.stories import pile_of


def linked(found: desk.Desk) -> dict[str, list[str]]:
    (row,) = desk.list_stories(found)
    return {e.name: [x.id for x in e.links] for e in desk.open_dossier(found, row.id).entities if e.links}


def test_names_are_linked_and_told_anew_when_the_register_changes(tmp_path: Path) -> None:
    register = tmp_path / "people.csv"
    register.write_text("id,label,aliases,type\nQ11,Thomas Brandt,Tomas Brandt,human\n", encoding="utf-8")
    options = tmp_path / "copydesk.toml"
    options.write_text(f"[resolving]\nlinks = {json.dumps(str(register))}\n", encoding="utf-8")
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        found.options = load_options(options, {})
        desk.add(found, [write_pile(tmp_path / "pile", ("wire.txt",))])
        desk.update(found)
        assert linked(found) == {"Tomas Brandt": ["Q11"]}
        brief = desk.brief_of(found, desk.list_stories(found)[0].id)
        written = json.loads(to_json(brief))
        assert check_brief(written) == []
        (link,) = [x for e in written["stories"][0]["entities"] for x in e.get("links", [])]
        assert (link["id"], link["name"]) == ("Q11", "Thomas Brandt")
        assert "https://www.wikidata.org/wiki/Q11" in to_html(brief)
        assert desk.update(found).told == 0
        register.write_text("id,label\nQ12,Tomas Brandt\n", encoding="utf-8")
        assert desk.update(found).told == 1
        assert linked(found) == {"Tomas Brandt": ["Q12"]}


def test_a_run_learns_the_kinds_of_names_over_all_its_stories() -> None:
    texts = {f"a{n}": f"{text} Coastguard chief Tomas Brandt said so." for n, text in enumerate(ARTICLES.values())}
    pile = pile_of(texts)
    kinds = pipeline.find_stories(pile, load_tools(), Options()).pile.kinds
    assert kinds == learn_kinds(pile) and kinds[("tomas", "brandt")] == "person"
