"""Titles, ranks and offices that stand before names, and the words that names of organizations end in."""

from __future__ import annotations

from copydesk.reference.words import word_set

# These make a person of whatever follows; the others are also parts of names ("King", "General Motors").
STRICT_TITLES: frozenset[str] = word_set(
    """
    mr mrs ms dr prof col lt maj capt sgt cpl gen brig rabbi mallam mallama alhaji alhaja sheikh sheikha imam
    rev rep sen gov mme senator governor president colonel lieutenant sergeant ayatollah
    """
)

# Titles that a name is not cut from: "Prince Harald" is hardly called "Harald".
KEPT_TITLES: frozenset[str] = word_set(
    """
    prince princess king queen pope emperor empress lord lady baron baroness count countess duke duchess sister
    brother father don doña dona chief emir sultan
    """
)
HONORIFICS: frozenset[str] = word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess duke duchess prince
    princess king queen emperor empress emir sheikh sheikha shaikh sultan imam mullah ayatollah rabbi rev
    reverend fr father sister brother pope cardinal archbishop bishop pastor deacon mufti maulana mallam mallama
    alhaji alhaja hajj haji hajia chief herr frau monsieur madame mme mlle señor señora senor senora signor
    signora don doña mr. mrs. ms. dr. prof. rev. fr. hon hon. honourable honorable excellency
    """
)

RANKS: frozenset[str] = word_set(
    """
    col colonel gen general lt lieutenant maj major capt captain cpt sgt sergeant cpl corporal pvt private adm
    admiral cmdr commander commodore brig brigadier marshal cadet ensign cpo commandant constable inspector
    superintendent sheriff deputy detective officer det insp supt cmdr. col. gen. lt. maj. capt. sgt. cpl. pvt.
    adm. brig. det. insp. supt. vice rear trooper patrolman pfc spc ssgt msgt
    """
)

OFFICES: frozenset[str] = word_set(
    """
    president vice-president premier chancellor minister secretary undersecretary senator sen sen. rep rep.
    representative congressman congresswoman assemblyman assemblywoman gov gov. governor mayor councilman
    councilwoman councillor councilor alderman ambassador envoy consul commissioner judge justice attorney
    prosecutor lawyer magistrate speaker chairman chairwoman chairperson chair director ceo cfo coo founder
    co-founder cofounder owner manager head leader spokesman spokeswoman spokesperson coach quarterback striker
    defender goalkeeper midfielder captain driver pilot actor actress singer rapper director producer author
    writer editor reporter journalist correspondent analyst economist expert professor scientist researcher
    engineer doctor nurse teacher principal student activist campaigner candidate nominee mp mep mla taoiseach
    tánaiste ex-president ex-minister prime foreign finance defence defense interior home oligarch businessman
    businesswoman entrepreneur billionaire tycoon warlord rebel gunman attacker suspect victim witness
    counterpart colleague emperor regent czar tsar chief governor-general resident farmer officer msp exchequer
    """
)

TITLE_WORDS: frozenset[str] = HONORIFICS | RANKS | OFFICES

# Words that may stand inside a title: "former US Secretary of State", "deputy prime minister".
TITLE_FILLERS: frozenset[str] = word_set(
    """
    former then acting interim deputy vice senior junior first second third executive managing assistant
    associate foreign prime overseas finance defence defense interior home justice health education general
    attorney late retired ex incoming outgoing elect special press police army navy air force high lieutenant
    major brigadier honorary chief staff state national federal
    """
)

_ORGANIZATION_ENDS = word_set(
    """
    inc inc. corp corp. corporation co co. company companies ltd ltd. limited llc llp plc gmbh ag kg s.a. sa
    s.p.a. spa nv n.v. bv b.v. oy ab asa holdings holding group groups partners associates ventures industries
    enterprises brothers bros bank banks airlines airways motors systems technologies technology software
    pharmaceuticals energy petroleum oil gas university college school schools academy institute institution
    laboratory laboratories hospital clinic museum library church cathedral mosque synagogue temple zoo
    foundation fund trust charity society association federation union confederation league club team party
    movement alliance coalition front brigade brigades brigadiers militia army navy force forces guard guards
    corps command agency bureau department ministry office commission committee council court tribunal
    parliament senate congress assembly cabinet government administration authority authorities service services
    police organization organisation network initiative watch international press newspaper news times post
    herald tribune journal magazine tv radio television broadcasting media studios entertainment records
    pictures networks board panel center centre secretariat embassy consulate mission junta taskforce squad unit
    division battalion regiment faction cartel exchange markets insurance capital investments securities reserve
    treasury fc united f.c. s.c. sc caucus delegation observatory consortium orchestra choir band airline
    airport
    """
)
PLACE_HEADS: frozenset[str] = word_set(
    """
    street st. avenue ave ave. road rd. boulevard blvd lane square park bridge river lake mountain mount
    mountains island islands bay gulf sea ocean desert valley hill hills forest beach coast county province
    district region city town village township airport station harbour harbor port canal strait peninsula
    highway interstate plaza tower castle palace stadium arena cemetery prison jail base camp gate heights falls
    springs creek canyon oblast prefecture governorate municipality
    hotel mall cape fort glacier volcano plain plains delta garden gardens junction
    parkway pkwy drive trail terrace crescent
    """
)
FACILITY_HEADS: frozenset[str] = word_set(
    """
    prison jail forest tunnel bridge airport stadium dam refinery checkpoint camp palace lighthouse quarry mine
    pier
    """
)
EVENT_ENDS: frozenset[str] = word_set(
    """
    cup olympics games festival fest championship championships prix war revolution summit marathon bowl series
    awards carnival derby massacre uprising accords intifada regatta biennale
    """
)
ORGANIZATION_ENDS: frozenset[str] = _ORGANIZATION_ENDS - PLACE_HEADS


def is_title_word(word: str) -> bool:
    """Whether a word can stand in a title before a name ("Col.", "President", "Mr")."""
    plain = word.casefold()
    return plain in TITLE_WORDS or plain.rstrip(".") in TITLE_WORDS
