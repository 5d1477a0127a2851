"""Words → the class of words that news uses for one and the same state or thing."""

from __future__ import annotations

from copydesk.text.normalise import fold, stem

_CLASSES = {
    "killed": "kill killed die died dead death deaths fatality fatal perish slay succumb",
    "injured": "injure injured injury hurt wound wounded maim",
    "trapped": "trap trapped stick stuck",
    "missing": "missing unaccounted",
    "arrested": "arrest arrested detain detained custody jail",
    "rescued": "rescue rescued save saved",
    "displaced": "evacuate evacuated displace displaced homeless flee",
    "visit": "visit trip tour journey go travel",
    "attack": "attack assault raid strike",
    "crash": "crash collision accident derailment derail wreck ram plough plow collide smash slam",
    "ship": "ship vessel freighter carrier boat tanker",
    "coup": "coup putsch takeover",
    "digger": "digger excavator bulldozer",
    "child": "boy girl child kid toddler youngster teenager teen baby infant son daughter",
    "abduct": "abduct abduction kidnap kidnapping seize snatch",
    "release": "release free freed",
}
COUNTED_STATES = frozenset({"killed", "injured", "trapped", "missing", "arrested", "rescued", "displaced"})
_CLASS_OF = {stem(fold(word)): name for name, words in _CLASSES.items() for word in words.split()}


def class_of(lemma: str) -> str:
    """The class of a lemma, or its stem when it is in none."""
    key = stem(fold(lemma))
    return _CLASS_OF.get(key, key)
