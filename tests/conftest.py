"""What every test runs under."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples on every run, so that a change alone can break a test; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
