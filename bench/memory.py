"""This process → what it holds in memory now, and has held at most."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path


def memory_mb() -> tuple[float, float] | None:
    """What this process holds now and has held at most, in MB; None where the system does not tell.

    Not `ru_maxrss`: that begins with what the parent held when it started this process.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    held = {name: int(kb) / 1024 for name, kb in re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status, re.MULTILINE)}
    return (held["VmRSS"], held["VmHWM"]) if len(held) == 2 else None


def begin_anew() -> None:
    """Lets the peak begin with what is held now, where the system can: what came before is not what comes."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
