"""Pure string functions: normalise, sentences, shingles, offsets, calendar."""
