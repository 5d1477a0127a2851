"""Everything above → Dossier → html, json, markdown, csv."""
