"""copydesk.toml + environment → one frozen options dataclass a stage."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from copydesk.aligning import AligningOptions
from copydesk.annotating import AnnotatingOptions
from copydesk.cleaning import CleaningOptions
from copydesk.clustering import ClusteringOptions
from copydesk.errors import OptionsError
from copydesk.language.tagger import TaggerChoice
from copydesk.reading import FetchingOptions, ReadingOptions
from copydesk.resolving import ResolvingOptions
from copydesk.tracing import TracingOptions

Value: TypeAlias = str | int | float | bool | None
Stage = TypeVar("Stage")

FILE_NAME = "copydesk.toml"
PREFIX = "COPYDESK_"
NOT_OPTIONS = frozenset({"COPYDESK_DATA"})  # read by the evaluations, not by a stage


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """Where work that does not depend on its neighbours runs: "serial" or "processes"; workers 0 = one a core."""

    name: str = "serial"
    workers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of every stage; a table of copydesk.toml each."""

    reading: ReadingOptions = field(default_factory=ReadingOptions)
    fetching: FetchingOptions = field(default_factory=FetchingOptions)
    cleaning: CleaningOptions = field(default_factory=CleaningOptions)
    language: TaggerChoice = field(default_factory=TaggerChoice)
    annotating: AnnotatingOptions = field(default_factory=AnnotatingOptions)
    tracing: TracingOptions = field(default_factory=TracingOptions)
    clustering: ClusteringOptions = field(default_factory=ClusteringOptions)
    resolving: ResolvingOptions = field(default_factory=ResolvingOptions)
    aligning: AligningOptions = field(default_factory=AligningOptions)
    engine: EngineOptions = field(default_factory=EngineOptions)

    def as_tables(self) -> dict[str, dict[str, Value]]:
        """Every option by stage and name, as brief.json and copydesk.toml write them."""
        return {stage.name: dataclasses.asdict(getattr(self, stage.name)) for stage in dataclasses.fields(self)}


def load_options(path: Path | None, environment: Mapping[str, str]) -> Options:
    """The options that a file and the environment give; the environment ("COPYDESK_TRACING_…") outranks the file.

    Raises OptionsError for a file that can't be read, an unknown table or name, or a value of the wrong type.
    """
    tables = _read_tables(path) if path is not None else {}
    stages = {stage.name: getattr(Options(), stage.name) for stage in dataclasses.fields(Options)}
    unknown = sorted(set(tables) - set(stages))
    if unknown:
        raise OptionsError(f"{path}: unknown table [{unknown[0]}]; expected one of {', '.join(sorted(stages))}")
    chosen = {}
    for name, defaults in stages.items():
        given: dict[str, object] = dict(tables.get(name, {}))
        given |= _from_environment(name, defaults, environment)
        chosen[name] = _fill(defaults, given, where=f"{path or 'environment'} [{name}]")
    return Options(**chosen)


def _read_tables(path: Path) -> dict[str, dict[str, object]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionsError(f"{path}: cannot be read as TOML ({error}); mend it or name another file") from error
    for name, table in content.items():
        if not isinstance(table, dict):
            raise OptionsError(f"{path}: {name!r} stands outside a table; expected [stage] and then name = value")
    return content


def _from_environment(stage: str, defaults: object, environment: Mapping[str, str]) -> dict[str, object]:
    prefix = f"{PREFIX}{stage.upper()}_"
    names = {prefix + f.name.upper(): f.name for f in dataclasses.fields(defaults)}  # type: ignore[arg-type]
    found = {}
    for variable in sorted(environment):
        if variable.startswith(prefix) and variable not in NOT_OPTIONS:
            if variable not in names:
                raise OptionsError(f"{variable}: no such option; expected one of {', '.join(sorted(names))}")
            found[names[variable]] = _parse(environment[variable], getattr(defaults, names[variable]), variable)
    return found


def _parse(text: str, default: object, where: str) -> object:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
        if isinstance(default, (int, float)):
            return type(default)(text)
    except (ValueError, KeyError) as error:
        raise OptionsError(f"{where}: found {text!r}, expected {type(default).__name__} like {default!r}") from error
    return text


def _fill(defaults: Stage, given: Mapping[str, object], *, where: str) -> Stage:
    fields = {f.name for f in dataclasses.fields(defaults)}  # type: ignore[arg-type]
    for name, value in given.items():
        if name not in fields:
            raise OptionsError(f"{where}: unknown option {name!r}; expected one of {', '.join(sorted(fields))}")
        default = getattr(defaults, name)
        is_number = isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool)
        if default is not None and not is_number and type(value) is not type(default):
            raise OptionsError(f"{where}: {name} is {value!r}, expected {type(default).__name__} like {default!r}")
    return dataclasses.replace(defaults, **given)  # type: ignore[type-var]
