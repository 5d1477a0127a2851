"""Words that stand before or for a name: forms of address, and nouns of office or relation."""

from __future__ import annotations

import re

NUMBERED = re.compile(r"[1-9][0-9]ers\b")  # a club that goes by a year, and is written small: "49ers"

# Folded, without full stop. They are no part of a name, and a name may come with or without one.
ADDRESS = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "madam", "madame", "monsieur", "rev", "reverend", "father", "fr", "sister", "rabbi", "imam", "sheikh", "sheik", "shaikh", "ayatollah", "hajj", "haji", "alhaji", "alhaja", "mallam", "chief", "pope", "cardinal", "archbishop", "bishop", "king", "queen", "prince", "princess", "emperor", "sultan", "emir", "duke", "duchess", "count", "baron", "baroness", "president", "vice-president", "chancellor", "premier", "minister", "senator", "sen", "representative", "rep", "congressman", "congresswoman", "governor", "gov", "mayor", "judge", "justice", "attorney", "secretary", "ambassador", "councillor", "councilman", "councilwoman", "speaker", "general", "gen", "lieutenant", "lt", "colonel", "col", "major", "maj", "captain", "capt", "sergeant", "sgt", "corporal", "cpl", "private", "admiral", "adm", "commander", "cmdr", "commodore", "brigadier", "marshal", "officer", "detective", "constable", "inspector", "superintendent", "sheriff", "coach", "herr", "frau", "señor", "señora", "don", "dona"]
)
MALE = frozenset(["mr", "sir", "lord", "father", "fr", "rabbi", "imam", "sheikh", "sheik", "shaikh", "ayatollah", "alhaji", "haji", "mallam", "pope", "cardinal", "king", "prince", "emperor", "sultan", "emir", "duke", "baron", "congressman", "councilman", "herr", "señor", "don", "monsieur"])
FEMALE = frozenset(["mrs", "ms", "miss", "dame", "lady", "madam", "madame", "sister", "queen", "princess", "duchess", "baroness", "alhaja", "congresswoman", "councilwoman", "frau", "señora", "dona"])

# Lemmas of nouns that say what somebody is; a noun phrase with one of them as its head can stand for a person.
OFFICES = frozenset(
    ["president", "minister", "premier", "chancellor", "secretary", "senator", "congressman", "congresswoman", "representative", "governor", "mayor", "judge", "justice", "attorney", "prosecutor", "lawyer", "solicitor", "barrister", "ambassador", "envoy", "diplomat", "commissioner", "councillor", "councilman", "councilwoman", "speaker", "spokesman", "spokeswoman", "spokesperson", "official", "leader", "chief", "head", "chairman", "chairwoman", "chair", "director", "executive", "ceo", "cfo", "coo", "founder", "co-founder", "owner", "boss", "manager", "president-elect", "deputy", "counterpart", "general", "lieutenant", "colonel", "major", "captain", "sergeant", "corporal", "admiral", "commander", "officer", "detective", "inspector", "superintendent", "sheriff", "policeman", "policewoman", "constable", "coroner", "doctor", "surgeon", "nurse", "physician", "scientist", "researcher", "professor", "teacher", "principal", "student", "expert", "analyst", "economist", "historian", "author", "writer", "journalist", "reporter", "correspondent", "editor", "columnist", "broadcaster", "photographer", "actor", "actress", "singer", "musician", "model", "director", "producer", "comedian", "player", "striker", "midfielder", "defender", "goalkeeper", "coach", "driver", "pilot", "captain", "champion", "king", "queen", "prince", "princess", "duke", "duchess", "pope", "bishop", "archbishop", "cardinal", "priest", "pastor", "rabbi", "imam", "sheikh", "activist", "campaigner", "lawmaker", "politician", "member", "candidate", "opponent", "rival", "veteran", "soldier", "militant", "warlord", "dictator", "ruler", "suspect", "gunman", "attacker", "killer", "victim", "witness", "survivor", "resident", "neighbour", "neighbor", "mother", "father", "son", "daughter", "wife", "husband", "brother", "sister", "uncle", "aunt", "cousin", "grandfather", "grandmother", "parent", "girlfriend", "boyfriend", "widow", "widower", "partner", "teenager", "boy", "girl", "man", "woman", "tycoon", "billionaire", "entrepreneur", "investor", "banker", "engineer", "architect", "farmer", "worker", "businessman", "businesswoman", "aide", "adviser", "advisor", "strategist", "negotiator", "mediator", "coordinator", "organiser", "organizer", "treasurer", "trustee", "trooper", "ranger", "zookeeper", "curator"]
)
MALE_NOUNS = frozenset(["spokesman", "congressman", "councilman", "chairman", "policeman", "actor", "king", "prince", "duke", "pope", "priest", "father", "son", "husband", "brother", "uncle", "grandfather", "boyfriend", "widower", "boy", "man", "businessman"])
FEMALE_NOUNS = frozenset(["spokeswoman", "congresswoman", "councilwoman", "chairwoman", "policewoman", "actress", "queen", "princess", "duchess", "mother", "daughter", "wife", "sister", "aunt", "grandmother", "girlfriend", "widow", "girl", "woman", "businesswoman"])
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
LEGAL_FORMS = frozenset(["inc", "corp", "corporation", "co", "company", "companies", "ltd", "limited", "plc", "llc", "lp", "ag", "sa", "se", "nv", "gmbh", "group", "holdings"])
DIVISIONS = frozenset(["province", "city", "county", "village", "town", "district", "region", "municipality", "prefecture", "governorate", "oblast", "department", "borough", "township"])
SMALL = frozenset(["of", "the", "for", "and", "in", "on", "at", "to", "a", "an", "de", "la", "le", "les", "du", "des", "von", "van", "der", "den", "und", "y", "e", "&"])

# Words that make a name an organization's or a place's, whatever the tagger thinks.
ORGANIZATION_WORDS = frozenset(
    ["university", "police", "bank", "airlines", "airways", "airline", "ministry", "agency", "committee", "commission", "department", "council", "party", "union", "club", "court", "army", "force", "forces", "hospital", "school", "college", "institute", "association", "federation", "foundation", "company", "corporation", "inc", "ltd", "news", "times", "post", "press", "tv", "radio", "network", "zoo", "temple", "church", "museum", "center", "centre", "society", "trust", "office", "board", "bureau", "service", "services", "authority", "league", "team", "organization", "organisation"]
)
PLACE_WORDS = DIVISIONS | frozenset(
    ["river", "lake", "mount", "mountain", "island", "islands", "airport", "street", "road", "avenue", "bridge", "tunnel", "forest", "prison", "gate", "park", "square", "valley", "desert", "bay", "gulf", "sea", "ocean", "peninsula", "coast", "beach", "station", "harbour", "harbor", "port"]
)
