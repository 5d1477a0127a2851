"""Captures → Repeats; Capture, Repeats → Article | Skipped."""
