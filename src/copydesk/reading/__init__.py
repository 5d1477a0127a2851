"""Files, folders, WARC, JSONL, feeds → Capture."""
