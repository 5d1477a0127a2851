"""Captures → Repeats; Capture, Repeats → Article | Skipped."""

from copydesk.cleaning.clean import clean
from copydesk.cleaning.options import CleaningOptions
from copydesk.cleaning.repeats import find_repeats, lines_of

VERSION = "3"

__all__ = ["VERSION", "CleaningOptions", "clean", "find_repeats", "lines_of"]
