"""stories/ → how many articles of ordinary prose are said to have altered language; copies/ → how many reworded ones are.

`false_alarms` is the share of the articles of a set of stories with an `altered-language` warning: the sets hold what
outlets published, none of it spun. Where copies are known, `found_altered` is the share of the translated and spun ones
with a warning, `false_alarms` that of all articles that no rewording is behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.tracing import TracingOptions, find_altered_language, trace
from evals.copies import FORM, build_pile, record_id
from evals.rows import Request, Row, leave_out, read_records, set_name

REWORDED = ("translated", "spun", "translated+spun")
REWORDING = ("spun", "spa", "transl")  # how the steps of copying that reword are called
GOLD_FIELDS = ("story", "body", "voice")


def run(request: Request) -> Iterator[Row]:
    """`false_alarms` of each set of stories; `found_altered` and `false_alarms` of the copies."""
    for path in request.sets("stories", "*.jsonl*"):
        records = list(read_records(path))
        if not records or not {"id", "text", "story"} <= records[0].keys():
            leave_out(path, "records with id, text and story")
        elif request.wants(set_name(path)):
            flagged = find_flagged(records)
            yield _row(set_name(path), "false_alarms", len(flagged) / len(records), len(records))
    folder = request.data / "copies"
    if all((folder / name).is_file() for name in FORM) and request.wants(folder.name):
        yield from _copies(folder)


def find_flagged(records: Sequence[dict[str, Any]]) -> set[str]:
    """The ids of the records that get a warning, by the product's public functions."""
    pile = build_pile([{k: v for k, v in r.items() if k not in GOLD_FIELDS} for r in records])
    options = TracingOptions()
    pile = replace(pile, trace=trace(pile, CachedEncoder(MiniLmEncoder()), options))
    warnings = find_altered_language(pile, options)
    return {record_id(a) for a in pile.articles if warnings.get(a.id)}


def _copies(folder: Path) -> Iterator[Row]:
    records = list(read_records(folder / "articles.jsonl.gz"))
    flagged = find_flagged(records)
    plain, reworded = split_by_rewording(list(read_records(folder / "copies.jsonl.gz")), [r["id"] for r in records])
    yield _row(folder.name, "found_altered", len(flagged & reworded) / max(1, len(reworded)), len(reworded))
    yield _row(folder.name, "false_alarms", len(flagged & plain) / max(1, len(plain)), len(plain))


def split_by_rewording(links: Sequence[dict[str, Any]], ids: Sequence[str]) -> tuple[set[str], set[str]]:
    """The articles that no rewording is behind, and those wholly translated or spun; part-reworded ones are in neither."""
    touched = {x["to"] for x in links if x["kind"] in REWORDED or any(o.startswith(REWORDING) for o in x["ops"])}
    while more := {x["to"] for x in links if x["from"] in touched} - touched:
        touched |= more
    return set(ids) - touched, {x["to"] for x in links if x["kind"] in REWORDED}


def _row(name: str, metric: str, value: float, n: int) -> Row:
    return Row(stage="warnings", set=name, system="copydesk", metric=metric, value=value, n=n)
