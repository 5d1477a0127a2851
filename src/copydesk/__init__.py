"""What happened, who says so, and how many of them really know: a pile of news articles → dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.model.dossiers import Dossier

__all__ = ["brief"]


def brief(paths: Sequence[str | Path], *, about: Path | None = None, corrections: Path | None = None) -> list[Dossier]:
    """A dossier a story, most voices first. Raises InputError when nothing could be read.

    `about` is a CSV of what is known of each file (path, url, outlet, published, observed), `corrections` a file of
    what is, or is not, the same; what they say is marked "user".
    """
    from copydesk import desk  # imported late: the models and NumPy take a second that `import copydesk` should not
    from copydesk.errors import InputError

    made = desk.make_brief(desk.order(paths, about=about, corrections=corrections))
    if not made.articles:
        reasons = "; ".join(f"{s.path}: {s.reason}" for s in made.skipped[:5]) or "no files found"
        raise InputError(f"nothing could be read ({reasons}); expected text, HTML, JSON, CSV, WARC or feed files")
    return list(made.dossiers)
