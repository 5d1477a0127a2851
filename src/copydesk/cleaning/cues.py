"""What furniture says, in general: the words and turns by which web pages talk about themselves.

Written from general knowledge of news pages in the larger European languages; each turn is one feature of a line
among many, never a verdict.
"""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.reference.stopwords import stop_words


def _bag(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Russian, Greek, Turkish: the commonest
_COMMONEST = _bag(
    "the of and to in a is that for it was on with as he be by at are this from his have not they which had but or an were their has its been who will more said about would when she after also than her i we you there can up out if one what so",
    "der die das und ist nicht ein eine den dem des mit auf für von im zu sich es sie er dass wie auch an als bei nach aus um werden wurde sind hat wir ich noch nur über vor zum zur einen einer einem oder wenn durch man aber haben",
    "le la les de des du et est un une que qui dans pour pas sur par au aux avec ce cette il elle nous vous ils sont a été plus son sa ses se ne mais ou comme leur",
    "el los las y que en del se por con una para su al lo como más o pero sus ha sobre este esta no es fue son entre cuando",
    "il lo gli e di che è della dei delle nel nella per con non si da una sono alla al ha anche come più questo dal dalla ma",
    "o os as e do da dos das em no na um uma para com não que se por mais foi ao como mas ele ela são",
    "het een van en in te dat op voor met zijn niet aan er om ook als door over bij uit naar maar werd deze",
    "w i na z do się nie że jest o za to po przez od jak oraz dla ale przy",
    "och att det som en ett på är av för med den till inte om har de var han från",
    "и в не на я что с он по это но из у за как от так же для к мы бы был все его",
    "και το να του η της με που την από ο στο για τα των",
    "ve bir bu da de için ile olarak çok daha olan gibi",
)

# The library's English list is left out: it takes words for function words that page furniture is made of.
LISTED = [
    "ar",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sv",
    "tr",
    "uk",
]
FUNCTION_WORDS = _COMMONEST.union(*(stop_words(language) for language in LISTED))

# By these readers' comments speak, hardly ever a report outside its quotations.
PERSON_WORDS = _bag(
    "i i'm i've i'd i'll me my mine myself you you're your yours u ur lol im ich mir mich mein meine du dein je j'ai moi mon ma mes tu ton vous votre",
    "yo mí mi mis tú tu usted io mio mia eu meu minha você ik mij mijn jij jouw ja mój jag min du я мне меня мой ты вы",
)

CHROME_WORDS = _bag(
    "home menu search login log sign signup register subscribe subscription newsletter newsletters cookies cookie privacy policy terms conditions contact about careers jobs advertise advertising advertisement sponsored copyright rights reserved comments comment reply related stories story articles read more trending latest popular recommended share tweet pin email e-mail print whatsapp facebook twitter instagram linkedin reddit telegram youtube pinterest flipboard messenger rss feed feeds copy link save bookmark follow like likes views shares click here skip content navigation toggle close open next previous back top breaking live video videos photos photo gallery galleries podcast podcasts weather sport sports business politics world opinion culture entertainment lifestyle technology tech science health travel money finance local national international archive archives tags tag topics topic category categories section sections editions edition sitemap faq help account profile password forgot username settings preferences notifications sign-in sign-up app apps download ios android store shop donate support us our min minutes ago updated published posted reading font size listen listening advert ads ad loading accept reject manage",
    "startseite menü suche anmelden abonnieren abo datenschutz impressum agb kontakt teilen kommentare kommentar mehr weitere artikel lesen drucken newsletter anzeige werbung themen ressort nachrichten politik wirtschaft kultur meinung wetter schlagzeilen merken",
    "accueil recherche connexion abonner abonnez-vous partager commentaires commentaire lire imprimer publicité rubriques actualités politique économie culture mentions légales confidentialité",
    "inicio buscar suscríbete suscribirse compartir comentarios leer noticias publicidad deportes economía aviso legal privacidad contacto imprimir",
    "cerca accedi abbonati condividi commenti leggi notizie pubblicità cronaca contatti stampa",
    "buscar entrar assine compartilhar partilhar comentários leia notícias publicidade contato",
    "delen reacties lees nieuws zoeken inloggen abonneren",
    "udostępnij komentarze czytaj wiadomości szukaj zaloguj reklama",
    "поделиться комментарии читайте новости подписаться реклама",
)

MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|"
    r"october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|"
    r"octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)"
)
# Written in lower case for lower-cased text, which is searched twice as fast as with IGNORECASE; "byline" needs case.
TURNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("related", re.compile(
        r"^\W{0,6}(?:(?:you (?:may|might|could) (?:also|like)|related\b|(?:also )?read (?:more|also|next|on)|also read|read:|more (?:from|on|in|stories|news|like|about|top|articles)|"
        r"see also|see more|recommended|trending|(?:the )?latest\b|most (?:read|viewed|popular|shared|watched|recent|commented)|popular\b|don.t miss|editor.?s.? (?:pick|choice)|top (?:stories|news|headlines)|"
        r"(?:previous|next|older|newer) (?:article|post|story|entr)|up next|in case you missed|around the web|from (?:around )?the web|what to read|watch(?: now| next| more)?:|similar|elsewhere|in other news|"
        r"lire aussi|à lire|sur le même|mehr zum|lesen sie (?:auch|mehr)|auch interessant|das könnte|weitere (?:artikel|themen|nachrichten)|zum thema|lee también|te puede interesar|más noticias|leggi anche|leia (?:também|mais)|lees ook|czytaj (?:też|także)|läs (?:mer|också)|lea también|le puede interesar|noticias relacionadas|leggi tutto|ilgili haberler|(?:читайте|смотрите) (?:также|ещё|еще)|читайте також|διαβάστε (?:επίσης|ακόμα)|اقرأ (?:أيض|المزيد)|(?:مواضيع|أخبار|مقالات) ذات صلة|(?:相关|延伸)(?:阅读|新闻)|関連(?:記事|ニュース)))")),
    ("share", re.compile(r"(?:^|\b)(?:share (?:this|on|via|the|with|article|story)|share$|^share\b.{0,40}$|tweet(?: this)?$|pin it|e-?mail this|print this|copy link|follow (?:us|me|him|her|@)|like us|teilen|partager|compartir|condividi|compartilhar|gift (?:this )?article)")),
    ("prompt", re.compile(
        r"(?:newsletter|subscrib|sign (?:up|in)\b|log ?in\b|register (?:now|for|to|here)|free trial|already a (?:member|subscriber)|download (?:our|the) (?:\w+ )?app|join (?:us|our|the conversation|the discussion)|"
        r"listen to this|click here|your (?:inbox|email)|e-?mail address|enable (?:java|cookies|notif)|support (?:our|independent)|become a (?:member|subscriber|patron)|donate|make a (?:contribution|donation)|get (?:the|our) (?:best|latest|top|daily|free)|"
        r"create an account|unlimited access|continue reading|to (?:read|view) (?:this|the full)|abonnieren|abonnez|suscríb|iscriviti|assine|prenumerera|turn on|push notif|breaking news alert|tip us|send us|have a (?:news )?tip|got a (?:news )?tip|what do you think|let us know)")),
    ("comments", re.compile(r"(?:^\W{0,4}\d{0,6}\s?comments?\b|(?:leave|post|add|write|view|show|load|read)\W+(?:a |your |all |the |\d+ )?(?:comment|repl)|comments (?:are|will|\(\d)|commenting|join the conversation|be the first to|kommentar|commentaires?\b|comentarios?\b|commenti\b|your email address will not)")),
    ("legal", re.compile(
        r"(?:©|\(c\) ?(?:19|20)\d\d|copyright|all rights reserved|rights reserved|terms (?:of|and|&)|privacy (?:policy|notice|statement|settings)|cookies?\b|may not be (?:published|reproduced|redistributed|copied)|prior (?:written )?(?:consent|permission)|"
        r"registered (?:in|office|company|trademark)|trademarks? of|without (?:the )?(?:express|prior|written)|not be liable|alle rechte|tous droits|todos los derechos|tutti i diritti|todos os direitos|powered by|proudly|disclaimer)")),
    ("photo", re.compile(r"(?:^\W{0,3}(?:(?:file |handout )?(?:photo|image|picture|photograph|foto|bild|illustration|video|screenshot|graphic|media caption|image caption|image source|image copyright)s?(?:\s?[:/©(|]|\s(?:by|credit|courtesy|via|from|copyright|source)\b|$))|getty images|shutterstock|istock|\b(?:photo|picture|image|foto|photograph)s?(?:\s?(?:by|credit|courtesy)\b|:)|\((?:photo|image|picture|pic)\b|/(?:ap|afp|reuters|getty|epa|pa|dpa)\b(?: images| photo| via)?|file\)\.?$|\b(?:pictured|l-r|left to right)\b)")),
    ("byline", re.compile(r"^\W{0,3}(?:by|written by|posted by|reported by|author:?|words by|von|par|por|di|af|av|door|autor:?|автор:?)\s+(?-i:[^\W\d_a-zß-öø-ÿа-я])", re.IGNORECASE)),
    ("stamp", re.compile(
        rf"(?:^\W{{0,4}}(?:published|updated|posted|last (?:updated|modified)|created|modified|first published|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|date)\b|"
        rf"^\W{{0,4}}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de |of )?{MONTHS}|{MONTHS}\.?\s+\d{{1,2}})\b|\d{{1,2}}:\d{{2}}\s?(?:am|pm|a\.m|p\.m|gmt|utc|est|edt|et\b|bst|ist|cet|uhr)|^\W{{0,3}}\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\b\d{{1,2}} (?:min|minute|hour|day|week|month|year)s? ago)")),
    ("count", re.compile(r"\b\d[\d,.]{0,8}[kKmM]? (?:views?|shares?|comments?|likes?|min(?:ute)?s? read|reads|followers|replies|retweets|points|votes|photos|slides|min)\b|\b\d+\s?/\s?\d+$|\b\d{1,3}[-\s]min(?:ute)? read")),
    ("advert", re.compile(r"(?:^\W{0,3}(?:advertisement|advert|sponsored|promoted|anzeige|werbung|publicité|publicidad|pubblicità|ad)\W{0,3}$|(?:story|article|text) continues|continues? (?:below|after)|scroll (?:down|to)|skip (?:to|ad)|paid (?:content|post)|sponsored by|affiliate|commission)")),
    ("credit", re.compile(r"(?:contributed to (?:this|the)|(?:additional )?reporting by|editing by|writing by|compiled by|with (?:reporting|files|information|inputs?) (?:by|from)|first (?:appeared|published) (?:in|on|at)|originally (?:appeared|published|posted)|^\W{0,3}(?:source|sources|via|quelle|fuente|fonte|bron|źródło)\s?(?::|\b).{0,60}$|republished|this (?:story|article|post) (?:was|is|has been|originally|first)|associated press writer)")),
    ("about", re.compile(r"(?:\bis (?:a|an|the|our)\b.{0,60}\b(?:reporter|writer|journalist|correspondent|editor|columnist|producer|contributor|author|blogger|freelanc)|\b(?:covers|has covered|writes about|reports on|has written for|has worked (?:for|at|as))\b|on twitter|@\w{3,}|follow (?:him|her|them|me)|can be reached|contact (?:him|her|the (?:author|writer)|us)|view all posts|more by\b|about the author|journalist|staff (?:writer|reporter))")),
    ("tags", re.compile(r"^\W{0,3}(?:tags?|topics?|categor(?:y|ies)|filed under|in this article|keywords?|section|themen|schlagworte|mots[- ]clés|etiquetas|temas|label|posted in|key points)\b\s?:?")),
    ("toggle", re.compile(r"^\W{0,3}(?:close|open|menu|search|skip|toggle|back|next|previous|prev|home|more|show|hide|expand|loading|ok|yes|no|cancel|submit|accept|reject|play|pause|mute|fullscreen|replay|watch|listen|print|save|email|font size|text size|advertisement|top|share|live|breaking)\b.{0,24}$")),
)  # fmt: skip
_TURN = dict(TURNS)


@lru_cache(maxsize=4096)  # a line is asked about when it is judged, and again when it is named
def find_turns(text: str) -> tuple[str, ...]:
    """The names of the turns that a short text holds, in the order of `TURNS`."""
    lowered = text.lower()
    return tuple([name for name, turn in TURNS if turn.search(text if name == "byline" else lowered)])


def has_turn(name: str, text: str) -> bool:
    """Whether a text holds one turn."""
    return _TURN[name].search(text if name == "byline" else text.lower()) is not None
