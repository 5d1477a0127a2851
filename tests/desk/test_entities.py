"""What the user says of two names holds through every update that follows, until it is taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from copydesk import desk
from copydesk.compiling import check_brief, to_json
from copydesk.desk.lasting import keep_entities
from copydesk.model.stories import Entity
from tests.desk.conftest import open_at

FERRY = {
    "one.txt": "The ferry Kestrel ran aground off Port Sarn on Tuesday, harbour master Adela Lundqvist said. Lundqvist saw seven "
    "people hurt. The pilot, Ivo Renn, told the coastguard that the steering of the ferry Kestrel had failed off Port Sarn.",
    "two.txt": "Harbour master Adela Lundquist said on Tuesday that the ferry Kestrel ran aground off Port Sarn and seven people "
    "were hurt. Lundquist thanked the coastguard. Pilot Ivo Renn said the steering of the ferry Kestrel had failed.",
    "three.txt": "Seven people were hurt when the ferry Kestrel ran aground off Port Sarn on Tuesday. Harbour master Adela Lundqvist "
    "and pilot Ivo Renn spoke to the coastguard, who said the steering of the ferry Kestrel had failed off Port Sarn.",
    "four.txt": "The ferry Kestrel, aground off Port Sarn since Tuesday, was towed home. Adela Lundquist, the harbour master, said "
    "the seven people hurt were well. The coastguard questioned Ivo Renn, the pilot, about the steering of the ferry Kestrel.",
}  # fmt: skip


def add(found: desk.Desk, folder: Path, name: str, day: int = 3) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"Ferry aground off Port Sarn\n\n{day} March 2026\n\n{FERRY[name]}\n", encoding="utf-8")
    desk.add(found, [folder / name])
    desk.update(found)


def who(found: desk.Desk, name: str) -> Entity:
    entities = [e for row in desk.list_stories(found) for e in desk.open_dossier(found, row.id).entities]
    (entity,) = [e for e in entities if any(a.text == name for a in e.aliases)]
    return entity


def test_two_that_the_user_parts_stay_two_while_articles_come(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        add(found, tmp_path / "pile", "one.txt")
        add(found, tmp_path / "pile", "two.txt")
        assert who(found, "Adela Lundqvist").id == who(found, "Adela Lundquist").id
        said = desk.say_not_same(
            found, "Adela Lundqvist", "Adela Lundquist", subject="entity", reason="mother and daughter"
        )
        desk.update(found)
        for name in ("three.txt", "four.txt"):
            assert who(found, "Adela Lundqvist").id != who(found, "Adela Lundquist").id
            add(found, tmp_path / "pile", name)
        assert len(who(found, "Adela Lundqvist").mentions) >= 2 and len(who(found, "Adela Lundquist").mentions) >= 2
        assert who(found, "Adela Lundqvist").id != who(found, "Adela Lundquist").id
    with open_at(tmp_path / "desk") as again:  # another day
        desk.undo(again, said.number)
        desk.update(again)
        assert who(again, "Adela Lundqvist").id == who(again, "Adela Lundquist").id


def test_two_that_the_user_joins_stay_one_and_keep_their_id_while_articles_come(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        add(found, tmp_path / "pile", "one.txt")
        harbour_master = who(found, "Adela Lundqvist").id
        assert who(found, "Ivo Renn").id != harbour_master
        desk.say_same(found, "Adela Lundqvist", "Ivo Renn", subject="entity", reason="she writes as him")
        desk.update(found)
        for name in ("two.txt", "three.txt", "four.txt"):
            joined = who(found, "Ivo Renn")
            assert joined.id == who(found, "Adela Lundqvist").id == harbour_master
            assert any("user" in reason for reason in joined.reasons)
            add(found, tmp_path / "pile", name)
        assert who(found, "Ivo Renn").id == harbour_master


def test_an_entity_keeps_its_id_when_an_older_article_comes(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        add(found, tmp_path / "pile", "four.txt", day=6)
        before = {name: who(found, name).id for name in ("Adela Lundquist", "Ivo Renn", "Port Sarn")}
        add(found, tmp_path / "pile", "one.txt", day=2)
        assert {name: who(found, name).id for name in before} == before
        (row,) = desk.list_stories(found)
        dossier = desk.open_dossier(found, row.id)
        assert len(row.articles) == 2 and set(before.values()) & {e for f in dossier.facts for e in f.entities}
        assert check_brief(json.loads(to_json(desk.brief_of(found, row.id)))) == []


def test_two_entities_never_end_under_one_id(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        add(found, tmp_path / "pile", "one.txt")
        (row,) = desk.list_stories(found)
        dossier = desk.open_dossier(found, row.id)
    first, second = dossier.entities[:2]
    turned = replace(dossier, entities=(replace(first, id=second.id), *dossier.entities[2:]))
    kept = keep_entities(dossier, turned)
    assert len({e.id for e in kept.entities}) == len(dossier.entities)
    assert kept.entities[0].id == second.id
