"""What the stages are run with: the models, the engine, the clock, and whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from copydesk.language.encoder import BlankEncoder, CachedEncoder, FloatMatrix, MiniLmEncoder
from copydesk.language.tagger import Tagger, TaggerChoice
from copydesk.model.piles import Pile
from copydesk.model.ports import Engine, PartEncoder, Progress, be_silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What touches the world: the models, the engine, the clock, and whoever watches."""

    tagger: Tagger
    encoder: CachedEncoder
    engine: Engine
    now: Callable[[], datetime]
    progress: Progress = field(default=be_silent)


@cache
def load_tagger(choice: TaggerChoice) -> Tagger:
    """The tagger of this process: a worker loads it once and keeps it."""
    return Tagger(choice)


@cache
def load_encoder() -> MiniLmEncoder:
    """The sentence encoder of this process: a worker loads it once and keeps it."""
    return MiniLmEncoder(1)


def for_several(pile: Pile, encoder: CachedEncoder) -> PartEncoder[FloatMatrix]:
    """The encoder, where there are two articles whose sentences it can hold against each other."""
    return encoder if len(pile.articles) > 1 else BlankEncoder()
