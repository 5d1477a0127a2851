"""What reading may take in before it says no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """Limits of reading. What passes one becomes Skipped, with the limit in its reason.

    `capture_bytes` bounds one file, page or record; `json_bytes` one .json file or feed, which can only be parsed whole;
    `unpacked_bytes` what one .gz may hold and `unpacked_ratio` how many times its size (asked once it has given
    `ratio_from_bytes`: short texts of few words pack well); `folder_depth` how deep folders may lie in folders.
    """

    capture_bytes: int = 20_000_000
    json_bytes: int = 100_000_000
    unpacked_bytes: int = 8_000_000_000
    unpacked_ratio: int = 200
    ratio_from_bytes: int = 30_000_000
    captures: int = 500_000
    folder_depth: int = 40
