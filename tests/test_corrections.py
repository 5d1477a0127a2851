"""What the user says outranks what was found, and is listed with whether it was used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from copydesk import desk
from copydesk.model.dossiers import Brief
from copydesk.options import Options
from tests.whole.examples import EXAMPLES

PILE = EXAMPLES / "harbour" / "pile"
FILES = ("01-meridian.txt", "03-courier.txt", "05-radio-halden.txt", "08-courier-followup.txt")


def corrected(tmp_path: Path, rows: str, about: str | None = None) -> Brief:
    corrections = tmp_path / "corrections.csv"
    corrections.write_text("subject,verdict,left,right,reason\n" + rows, encoding="utf-8")
    known = None
    if about is not None:
        known = tmp_path / "about.csv"
        known.write_text(about, encoding="utf-8")
    order = desk.order([PILE / name for name in FILES], corrections=corrections, about=known, options=Options())
    return desk.make_brief(order, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))


def names(brief: Brief) -> dict[str, str]:
    return {t.article.id: Path(t.article.path).name for t in brief.articles}


def test_a_link_that_the_user_denies_is_gone(tmp_path: Path) -> None:
    brief = corrected(tmp_path, "link,not-same,01-meridian.txt,03-courier.txt,two reporters were there\n")
    known = names(brief)
    linked = {frozenset((known[x.origin], known[x.copy])) for d in brief.dossiers for x in d.copies if x.origin}
    assert frozenset(("01-meridian.txt", "03-courier.txt")) not in linked
    assert [c.used for c in brief.corrections] == [True]


def test_a_story_that_the_user_splits_stays_split(tmp_path: Path) -> None:
    brief = corrected(tmp_path, "story,not-same,08-courier-followup.txt,01-meridian.txt,\n")
    known = names(brief)
    stories = [{known[a] for a in d.story.articles} for d in brief.dossiers]
    assert not any({"08-courier-followup.txt", "01-meridian.txt"} <= story for story in stories)


def test_two_people_that_the_user_joins_are_one(tmp_path: Path) -> None:
    brief = corrected(tmp_path, "entity,same,Ingrid Vasko,Karin Dahl,she changed her name\n")
    entities = [e for d in brief.dossiers for e in d.entities]
    joined = [e for e in entities if {"Ingrid Vasko", "Karin Dahl"} <= {a.text for a in e.aliases}]
    assert joined
    assert any("user" in reason for reason in joined[0].reasons)


def test_a_correction_that_names_nothing_is_listed_as_not_used(tmp_path: Path) -> None:
    brief = corrected(tmp_path, "entity,same,Nobody Atall,Somebody Else,\n")
    assert [c.used for c in brief.corrections] == [False]


def test_what_the_user_knows_of_a_file_outranks_the_file(tmp_path: Path) -> None:
    about = "path,outlet,published\n05-radio-halden.txt,Halden Live,2024-05-20\n"
    brief = corrected(tmp_path, "entity,same,Nobody Atall,Somebody Else,\n", about)
    article = next(t.article for t in brief.articles if t.article.path.endswith("05-radio-halden.txt"))
    assert article.outlet == "Halden Live"
    assert article.published.value == "2024-05-20"
    assert article.published.method == "user"
