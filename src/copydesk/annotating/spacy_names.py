"""Names as the tagger alone sees them."""

from __future__ import annotations

from spacy.tokens import Doc

from copydesk.model.markup import NameMention, NameType

_TYPES: dict[str, NameType] = {
    "PERSON": "person", "ORG": "organization", "NORP": "other", "GPE": "place", "LOC": "place", "FAC": "place",
    "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "PRODUCT": "other",
}


def find_names(doc: Doc, text: str) -> tuple[NameMention, ...]:
    """The tagger's names with its types."""
    found = []
    for ent in doc.ents:
        kind = _TYPES.get(ent.label_)
        start, end = ent.start_char, ent.end_char
        if text[start:end].lower().startswith("the "):
            start += 4
        for tail in ("’s", "'s", "’", "'"):
            if text[start:end].endswith(tail):
                end -= len(tail)
                break
        if kind and start < end:
            found.append(NameMention(start=start, end=end, text=text[start:end], type=kind, reason="tagger"))
    return tuple(found)
