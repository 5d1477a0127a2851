"""Verbs and phrases that attribute words to a speaker, and what they say of the words."""

from __future__ import annotations

from typing import Literal

AttributionClass = Literal["report", "claim", "deny", "ask", "promise", "think", "order", "warn", "praise"]

_LEMMAS: dict[AttributionClass, str] = {
    "report": """say tell add state report announce declare write note explain reveal disclose mention recall remark
        comment confirm continue conclude reply respond answer tweet post read quote cite describe testify inform
        brief relate recount repeat reiterate observe point summarise summarize indicate specify clarify elaborate
        joke quip whisper shout yell cry scream mutter murmur utter speak inform relay retell echo stress emphasise
        emphasize underline underscore highlight acknowledge admit concede confess joke interject chime begin sigh
        laugh smile message text email telephone apprise notify advise narrate apprize""",
    "claim": """claim allege assert contend argue maintain insist accuse purport suggest imply hint charge profess
        affirm boast brag assure speculate""",
    "deny": "deny reject dismiss refute dispute rebut rebuff contradict disavow retract",
    "ask": "ask question inquire enquire wonder query",
    "promise": "promise pledge vow swear guarantee undertake commit threaten offer agree",
    "think": """believe think hope expect fear feel doubt suspect consider estimate predict forecast guess understand
        assume conclude know learn decide""",
    "order": "order urge demand call request beg plead appeal instruct command recommend propose implore",
    "warn": "warn caution alert",
    "praise": "praise welcome condemn criticise criticize blame denounce slam blast lambast hail laud deplore mock",
}

# Said of a class first named: a lemma in two classes belongs to the first one here.
ATTRIBUTION_VERBS: dict[str, AttributionClass] = {}
for _kind, _words in _LEMMAS.items():
    for _lemma in _words.split():
        ATTRIBUTION_VERBS.setdefault(_lemma, _kind)


def attribution_class(lemma: str) -> AttributionClass | None:
    """What a verb, given by its lemma, says of the words it attributes; None when it attributes nothing."""
    return ATTRIBUTION_VERBS.get(lemma.casefold())
