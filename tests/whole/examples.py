"""The shipped corpora with their gold answers, briefed once a test run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from copydesk import desk
from copydesk.model.dossiers import Brief, Dossier, TracedArticle
from copydesk.options import Options

EXAMPLES = Path(__file__).parents[2] / "examples"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Example:
    """A brief of a shipped corpus beside its gold."""

    brief: Brief
    gold: dict[str, Any]

    def article(self, stem: str) -> TracedArticle:
        """The article whose file has this name, endings left out, or whose record has this id."""
        return next(t for t in self.brief.articles if Path(t.article.path).name.split(".")[0] == stem)

    def stem(self, article: str) -> str:
        path = next(t.article.path for t in self.brief.articles if t.article.id == article)
        return Path(path).name.split(".")[0]

    def dossier(self, stem: str) -> Dossier:
        wanted = self.article(stem).article.id
        return next(d for d in self.brief.dossiers if wanted in d.story.articles)

    def place(self, stem: str, words: str) -> tuple[str, int, int]:
        """Where some words stand in an article's text: article id, start, end."""
        article = self.article(stem).article
        at = article.text.index(words)
        return article.id, at, at + len(words)


def read_gold(name: str) -> dict[str, Any]:
    """What a careful reader finds in the example of this name."""
    gold: dict[str, Any] = json.loads((EXAMPLES / name / "gold.json").read_text(encoding="utf-8"))
    return gold


@cache
def briefed(name: str) -> Example:
    """The example of this name, briefed at noon."""
    brief = desk.make_brief(desk.order([EXAMPLES / name / "pile"], options=Options()), now=lambda: NOON)
    return Example(brief=brief, gold=read_gold(name))
