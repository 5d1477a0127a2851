"""dossiers/: whole briefs against stories annotated by hand, by the score.py that lies beside them.

Beside its figures stand the bounds of the F1 of conflicts, drawing the stories anew (n: contradictions in gold), and, where
`scale/` is there, `facts.strangers`: of the facts of several articles the share that joins an article of another event put
into the story (n: facts of several articles; lower is better), and `conflicts.strangers`, the same of conflicts and updates.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from copydesk import desk
from copydesk.options import Options
from evals.claiming.bootstrap import conflict_bounds
from evals.claiming.strangers import strangers_joined
from evals.rows import Request, Row, leave_out

FIELDS = ("id", "url", "outlet", "headline", "byline", "published", "text")


def run(request: Request) -> Iterator[Row]:
    """The scorer's figures, over one brief a story."""
    scorer = request.data / "dossiers" / "score.py"
    golds = [p for p in request.sets("dossiers", "*.json") if request.wants("dossiers") or request.wants(p.stem)]
    stories = [story for path in golds if (story := _story(path)) is not None]
    if not stories:
        return
    with tempfile.TemporaryDirectory() as folder:
        briefs = [_brief(path, articles, Path(folder)) for path, articles in stories]
        done = subprocess.run(
            [sys.executable, str(scorer), *map(str, briefs), "--gold", str(scorer.parent)],
            capture_output=True, text=True, check=False,
        )
        bounds = conflict_bounds(scorer, briefs)
    if done.returncode:
        raise SystemExit(f"evals: {scorer} ended with {done.returncode}: {done.stderr.strip()}")
    n = sum(len(articles) for _, articles in stories)
    for line in done.stdout.splitlines():
        parts = line.split()
        if len(parts) >= 2:
            name, value = parts[0], parts[1]
            yield _row(request, name, float(value), n)
    if bounds is not None:
        low, high, contradictions = bounds
        yield _row(request, "conflicts.f1_low", low, contradictions)
        yield _row(request, "conflicts.f1_high", high, contradictions)
    strange = strangers_joined([articles for _, articles in stories], request.data)
    if strange is not None:
        yield _row(request, "facts.strangers", strange.facts_joined / max(1, strange.facts), strange.facts)
        yield _row(request, "conflicts.strangers", strange.conflicts_joined / max(1, strange.conflicts), strange.conflicts)


def _row(request: Request, metric: str, value: float, n: int) -> Row:
    return Row(stage="dossiers", set=request.set or "dossiers", system="copydesk", metric=metric, value=value, n=n)


def _story(path: Path) -> tuple[Path, list[dict[str, object]]] | None:
    content = json.loads(path.read_text(encoding="utf-8"))
    articles = content.get("articles") if isinstance(content, dict) else None
    if not isinstance(articles, list) or not all({"id", "text"} <= a.keys() for a in articles):
        leave_out(path, "a story with articles of id and text")
        return None
    return path, [{k: a[k] for k in FIELDS if a.get(k) is not None} for a in articles]


def _brief(path: Path, articles: list[dict[str, object]], folder: Path) -> Path:
    """The brief.json of one story, its articles written as one JSON file each: nothing of the annotation is read."""
    pile = folder / path.stem
    pile.mkdir()
    for article in articles:
        (pile / f"{article['id']}.json").write_text(json.dumps(article, ensure_ascii=False), encoding="utf-8")
    brief = desk.make_brief(desk.order([pile], options=Options()))
    return desk.write_brief(brief, folder / f"{path.stem}-brief").json
