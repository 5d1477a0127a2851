"""The keys under which the tables look names up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=65_536)
def place_key(name: str) -> str:
    """A place's name as it is looked up: lower case, no accents, one space, "st" for "saint"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).casefold()
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[’'ʼ`´‘]", "", plain)
    plain = " ".join(re.sub(r"[^\w.]+", " ", plain).split())
    plain = re.sub(r"\b(\w\.) (?=\w\.)", r"\1", plain)  # "u. s." is "u.s."
    if not re.fullmatch(r"(?:\w\.\s?)+", plain):
        plain = " ".join(plain.replace(".", "").split())
    return re.sub(r"\bsaint\b", "st", plain)
