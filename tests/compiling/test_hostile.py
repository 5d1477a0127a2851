"""A brief in which every free string is an attack: whatever a stage hands on must come out as dead text."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import lxml.html
import pytest

from copydesk.compiling import from_json, to_csv, to_html, to_json, to_markdown
from copydesk.model.dossiers import Brief
from copydesk.model.stories import Slot

from .sample import make_brief

ATTACKS = (
    "</title></style></svg><script>alert(1)</script>",
    '"><img src=//evil.example/x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "]]><!-- <iframe src=//evil.example>",
    "<https://evil.example/a> ![x](//evil.example/b.png) [y](javascript:alert(1))",
)
FREE = {
    "headline", "byline", "dateline", "outlet", "language", "reason", "method", "name", "about", "value", "speaker_text",
    "cue", "stands_for", "left", "right", "version", "country", "url", "path", "stage",
}  # fmt: skip
FREE_LISTS = {"reasons", "via"}


def poison(value: Any, attack: str) -> Any:
    """The value with every free string replaced; ids, texts and spans stay, so that it still holds together."""
    if isinstance(value, tuple):
        return tuple(poison(v, attack) for v in value)
    if not is_dataclass(value) or isinstance(value, type | Slot):
        return value
    changes = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name in FREE and isinstance(found, str):
            changes[field.name] = attack
        elif field.name in FREE_LISTS:
            changes[field.name] = (attack,)
        else:
            changes[field.name] = poison(found, attack)
    return replace(value, **changes)


@pytest.fixture(scope="module", params=ATTACKS)
def poisoned(request: pytest.FixtureRequest) -> tuple[Brief, str]:
    attack: str = request.param
    options = {attack: {attack: attack}}
    return replace(poison(make_brief(), attack), options=options), attack


def test_no_attack_becomes_markup_on_the_page(poisoned: tuple[Brief, str]) -> None:
    brief, attack = poisoned
    calm = lxml.html.document_fromstring(to_html(make_brief()))
    tree = lxml.html.document_fromstring(to_html(brief))
    assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} <= {
        e.tag for e in calm.iter() if isinstance(e.tag, str)
    }
    assert not [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a in ("src", "srcset", "srcdoc")]
    links = [link for e, _, link, _ in tree.iterlinks()]
    assert all(link.startswith(("#", "https://")) for link in links) and not any("evil" in x for x in links)
    assert " ".join(attack.split()) in " ".join(tree.text_content().split())
    assert "49" not in re.sub(r"\d{3,}", "", tree.get_element_by_id("skipped").text_content())


def test_no_attack_becomes_a_link_or_a_tag_in_markdown(poisoned: tuple[Brief, str]) -> None:
    brief, _ = poisoned
    text = re.sub(r"\\.", "", to_markdown(brief))
    text = re.sub(r"`[^`\n]*`", "", text)
    assert "<" not in text and not re.search(r"\]\(|!\[|https?:", text)


def test_no_attack_breaks_the_json_or_the_table(poisoned: tuple[Brief, str]) -> None:
    brief, attack = poisoned
    assert from_json(to_json(brief)).stories[0].headline == attack
    assert to_csv(brief).count("\r\n") == 1 + sum(len(d.facts) for d in brief.dossiers)
