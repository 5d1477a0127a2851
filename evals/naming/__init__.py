"""What evals/names.py reads and measures besides lists of spellings."""
