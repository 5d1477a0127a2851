"""The shipped judges' training report → rows of the sites that they had not seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from evals.rows import Row

SYSTEM = "copydesk, held out"
IN_PILE = "/pile"  # with the lines that recur in the set's pages known, as in the rows beside


def held_out_rows(form: str, stage: str, pages: str, n: int) -> Iterator[Row]:
    """The figures of pages whose site the weights had not seen, as `training/blocks.py` reported them.

    These are of the judges with the rules for comments and echoes; what cleaning does by rule afterwards (captions, credits,
    headings) is in the rows of all data alone.
    """
    report = json.loads((files("copydesk.cleaning") / "weights" / "report.json").read_text(encoding="utf-8"))
    for part, figures in sorted(report.get(form, {}).items()):
        if not part.startswith("held out"):
            continue
        for name, value in sorted(figures.items()):
            place, _, metric = name.rpartition(" ")
            if place.removesuffix(IN_PILE) == pages:
                yield Row(stage=stage, set=pages, system=SYSTEM, metric=metric, value=value, n=n)
