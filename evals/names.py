"""names/: spellings of one name against other names; coref/: name mentions grouped into entities.

A CSV with `left,right` lists spellings of one name. Rows in two alphabets are left out: what is read is the romanised
name. Without `same`, negatives are made: for every distinct `left` the nearest other name by Levenshtein (`auc`,
`recall_at_5fpr`: share of the rows above the 95th percentile of the nearest), and a seeded random one (`auc_random`).
A name is other when no row ties the two, directly or by a common spelling or `via`. `SET/unseen` holds the half of the
names, drawn by name, that training/names.py does not read. With `same`: `f1` of the product's own yes or no, and
`link_precision`, `link_recall` of looking the right spellings up in a register of the left ones.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from copydesk.resolving import name_likeness, same_name
from copydesk.text.normalise import fold
from evals.naming.coref import name_mentions
from evals.naming.linking import links_right
from evals.rows import Request, Row, f1, leave_out, set_name

Judge = Callable[[str, str], float]
OWN = Path(__file__).parent / "naming"  # pairs written for this project
NEAREST = 40  # nearest names that are looked through for one that is another name
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePair:
    """One row: two spellings, what both stand for in another alphabet, and whether they are one name (None: not said)."""

    left: str
    right: str
    via: str = ""
    same: bool | None = None


def read_pairs(path: Path) -> list[NamePair] | None:
    """The rows of a CSV that are written in Latin letters on both sides; None for another form."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        if not {"left", "right"} <= set(rows.fieldnames or ()):
            return None
        return [
            NamePair(left=r["left"], right=r["right"], via=r.get("via") or "",
                     same=None if "same" not in r else r["same"].strip().lower() in ("true", "1", "yes"))
            for r in rows if is_latin(r["left"]) and is_latin(r["right"])
        ]  # fmt: skip


def is_latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name if c.isalpha())


class Tied:
    """Which spellings the rows tie to each other, and the half of the names that each belongs to."""

    def __init__(self, pairs: Sequence[NamePair]) -> None:
        self._ties: dict[str, set[str]] = defaultdict(set)
        self._parent: dict[str, str] = {}
        for p in pairs:
            self._ties[p.left].update((p.right, f"via {p.via}" if p.via else p.right))
            self._ties[p.right].update((p.left, f"via {p.via}" if p.via else p.left))
            left, right = self._root(p.left), self._root(p.right)
            self._parent[max(left, right)] = min(left, right)

    def _root(self, name: str) -> str:
        while (up := self._parent.setdefault(name, name)) != name:
            name = up
        return name

    def tied(self, a: str, b: str) -> bool:
        """Whether two spellings may be one name, for all that the rows say."""
        return fold(a) == fold(b) or b in self._ties[a] or not self._ties[a].isdisjoint(self._ties[b])

    def seen(self, name: str) -> bool:
        """Whether a name belongs to the half that training reads; all spellings tied to it do, too."""
        return hashlib.blake2b(self._root(name).encode(), digest_size=4).digest()[0] % 2 == 0


def nearest_others(pairs: Sequence[NamePair], tied: Tied, *, jaro: bool = False) -> list[tuple[str, str]]:
    """For every distinct left spelling the nearest spelling of another name, by Levenshtein or by Jaro-Winkler."""
    lefts = sorted({p.left for p in pairs})
    pool = sorted({n for p in pairs for n in (p.left, p.right)})
    found = []
    for at in range(0, len(lefts), 500):
        batch = lefts[at : at + 500]
        scorer = JaroWinkler.normalized_similarity if jaro else Levenshtein.normalized_similarity
        near = process.cdist(batch, pool, scorer=scorer, dtype=np.float32, workers=1)
        top = np.argsort(-near, axis=1, kind="stable")[:, :NEAREST]
        for left, row in zip(batch, top.tolist(), strict=True):
            other = next((pool[j] for j in row if not tied.tied(left, pool[j])), None)
            if other is not None:
                found.append((left, other))
    return found


def random_others(pairs: Sequence[NamePair], tied: Tied) -> list[tuple[str, str]]:
    """For every row its left spelling with a random spelling of another name, seeded."""
    draw = random.Random(SEED)
    pool = sorted({n for p in pairs for n in (p.left, p.right)})
    drawn = ((p.left, pool[draw.randrange(len(pool))]) for p in pairs)
    return [(a, b) for a, b in drawn if not tied.tied(a, b)]


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half."""
    ordered = np.sort(np.asarray(negative))
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / 2 / len(ordered))


def run(request: Request) -> Iterator[Row]:
    """Every list of names in names/, then the project's own pairs, then the name mentions of coref/."""
    for path in [*request.sets("names", "*.csv*"), *sorted(OWN.glob("*.csv"))]:
        name = set_name(path)
        if not request.wants(name):
            continue
        pairs = read_pairs(path)
        if not pairs:
            leave_out(path, "a CSV with left and right in Latin letters")
        elif any(p.same is not None for p in pairs):
            yield from _decided(name, pairs, peers=request.peers)
            yield from links_right(name, [(p.left, p.right, bool(p.same)) for p in pairs])
        else:
            tied = Tied(pairs)
            yield from _ranked(name, pairs, tied, peers=request.peers)
            unseen = [p for p in pairs if not tied.seen(p.left)]
            if unseen:
                yield from _ranked(f"{name}/unseen", unseen, tied, peers=request.peers)
    yield from name_mentions(request)


def _decided(name: str, pairs: Sequence[NamePair], *, peers: bool) -> Iterator[Row]:
    gold = [bool(p.same) for p in pairs]
    said = {"copydesk": [same_name(p.left, p.right) for p in pairs]}
    for system, judge in (peer_judges() if peers else {}).items():
        scores = [judge(p.left, p.right) for p in pairs]
        at = max(sorted(set(scores)), key=lambda t: _f1([s >= t for s in scores], gold))
        said[f"{system} (best)"] = [s >= at for s in scores]  # a peer may choose its threshold on these very pairs
    for system, answers in said.items():
        yield Row(stage="names", set=name, system=system, metric="f1", value=_f1(answers, gold), n=len(gold))


def _f1(said: Sequence[bool], gold: Sequence[bool]) -> float:
    right = sum(s and g for s, g in zip(said, gold, strict=True))
    return f1(right / max(1, sum(said)), right / max(1, sum(gold)))


def _ranked(name: str, pairs: Sequence[NamePair], tied: Tied, *, peers: bool) -> Iterator[Row]:
    near, drawn = nearest_others(pairs, tied), random_others(pairs, tied)
    judges: Mapping[str, Judge] = {"copydesk": name_likeness} | (peer_judges() if peers else {})
    for system, judge in judges.items():
        right = [judge(p.left, p.right) for p in pairs]
        hard = [judge(a, b) for a, b in near]
        bar = float(np.quantile(hard, 0.95))
        figures = {
            "auc": auc(right, hard),
            "auc_random": auc(right, [judge(a, b) for a, b in drawn]),
            "recall_at_5fpr": sum(s > bar for s in right) / len(right),
        }
        for metric, value in figures.items():
            yield Row(stage="names", set=name, system=system, metric=metric, value=value, n=len(pairs))


def peer_judges() -> dict[str, Judge]:
    """The peers that are installed."""
    judges: dict[str, Judge] = {
        "rapidfuzz-ratio": lambda a, b: fuzz.ratio(fold(a), fold(b)),
        "rapidfuzz-jw": lambda a, b: JaroWinkler.similarity(fold(a), fold(b)),
        "rapidfuzz-token-sort": lambda a, b: fuzz.token_sort_ratio(fold(a), fold(b)),
    }
    if find_spec("rigour"):
        judges["rigour"] = _rigour()
    if find_spec("nomenklatura"):
        judges |= _nomenklatura()
    return judges


def _rigour() -> Judge:
    similarity = import_module("rigour.text.distance").levenshtein_similarity
    metaphone = import_module("rigour.text.phonetics").metaphone

    def judge(a: str, b: str) -> float:
        left, right = fold(a), fold(b)
        sound = similarity(metaphone(left), metaphone(right), max_edits=99, max_percent=1.0)
        return float(similarity(left, right, max_edits=99, max_percent=1.0) + sound)

    return judge


def _nomenklatura() -> dict[str, Judge]:
    model = import_module("followthemoney").model
    get_algorithm = import_module("nomenklatura.matching").get_algorithm
    defaults = import_module("nomenklatura.matching.types").ScoringConfig.defaults

    def by(algorithm: str) -> Judge:
        matcher = get_algorithm(algorithm)
        config = defaults()
        number = iter(range(1 << 62))

        def judge(a: str, b: str) -> float:
            # A fresh id a comparison: nomenklatura remembers names by the id of their entity.
            sides = [
                model.get_proxy({"id": f"n{next(number)}", "schema": "Person", "properties": {"name": [n]}}) for n in (a, b)
            ]
            return float(matcher.compare(sides[0], sides[1], config).score)

        return judge

    return {f"nomenklatura {name}": by(name) for name in ("name-based", "logic-v2") if get_algorithm(name)}
