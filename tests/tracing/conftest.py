"""The encoder that tracing's tests share."""

from __future__ import annotations

import pytest

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder


@pytest.fixture(scope="session")
def encoder() -> CachedEncoder:
    return CachedEncoder(MiniLmEncoder())
