"""Pages in other languages: the body is found without a word of English, and the language is named."""

from __future__ import annotations

import pytest

from copydesk.cleaning import CleaningOptions, clean
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Medium
from copydesk.reference.stopwords import stop_word_languages, stop_words
from tests.cleaning.pages import capture

OPTIONS = CleaningOptions()
ALONE = Repeats(pages=1, by_pile={}, by_outlet={})

# Headline, furniture before, paragraphs, furniture behind.
Story = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
STORIES: dict[str, Story] = {
    "fr": (
        "Le conseil du port de Sarne reporte la vente du vieux quai",
        ("Accueil", "Politique", "Sports", "Météo", "S’abonner"),
        (
            "Le conseil du port de Sarne a décidé mardi de reporter la vente du vieux quai, après une longue séance qui s’est terminée peu avant minuit.",
            "La maire, Odile Brandt, a expliqué que les élus avaient besoin de temps pour étudier les deux offres reçues, dont celle d’une compagnie voisine.",
            "« Personne ne veut vendre ce quai dans la précipitation », a-t-elle dit devant la mairie, où une centaine de dockers s’étaient rassemblés.",
            "Environ cent quarante personnes travaillent sur le quai, qui a traité l’an dernier un cinquième de grain de moins que l’année précédente.",
        ),
        ("À lire aussi", "Mentions légales", "Nous contacter"),
    ),
    "es": (
        "La junta del puerto de Sarne aplaza la venta del muelle viejo",
        ("Inicio", "Política", "Deportes", "El tiempo", "Suscríbete"),
        (
            "La junta del puerto de Sarne decidió el martes aplazar la venta del muelle viejo, después de una larga sesión que terminó poco antes de la medianoche.",
            "La alcaldesa, Odile Brandt, explicó que los concejales necesitaban más tiempo para estudiar las dos ofertas recibidas, una de ellas de una naviera vecina.",
            "«Nadie quiere vender el muelle con prisas», dijo ante el ayuntamiento, donde se había reunido un centenar de estibadores con sus familias.",
            "En el muelle trabajan unas ciento cuarenta personas, y el año pasado movió una quinta parte menos de grano que el año anterior.",
        ),
        ("Te puede interesar", "Aviso legal", "Contacto"),
    ),
    "de": (
        "Hafenrat von Sarn verschiebt den Verkauf des alten Kais",
        ("Startseite", "Politik", "Sport", "Wetter", "Abonnieren"),
        (
            "Der Hafenrat von Sarn hat am Dienstag beschlossen, den Verkauf des alten Kais zu verschieben, nach einer langen Sitzung, die erst kurz vor Mitternacht endete.",
            "Bürgermeisterin Odile Brandt sagte, der Rat brauche mehr Zeit, um die beiden Angebote zu prüfen, von denen eines aus der Nachbarstadt kommt.",
            "„Niemand will den Kai in Eile verkaufen“, sagte sie vor dem Rathaus, wo sich rund hundert Hafenarbeiter mit ihren Familien versammelt hatten.",
            "Auf dem Kai arbeiten etwa hundertvierzig Menschen; im vergangenen Jahr wurde dort ein Fünftel weniger Getreide umgeschlagen als im Jahr zuvor.",
        ),
        ("Das könnte Sie auch interessieren", "Impressum", "Datenschutz"),
    ),
    "pt": (
        "Conselho do porto de Sarne adia a venda do cais velho",
        ("Início", "Política", "Esportes", "Previsão do tempo", "Assine"),
        (
            "O conselho do porto de Sarne decidiu na terça-feira adiar a venda do cais velho, depois de uma longa sessão que terminou pouco antes da meia-noite.",
            "A prefeita, Odile Brandt, explicou que os vereadores precisavam de mais tempo para estudar as duas propostas recebidas, uma delas de uma empresa vizinha.",
            "“Ninguém quer vender o cais às pressas”, disse ela em frente à prefeitura, onde uma centena de estivadores estava reunida com as famílias.",
            "Cerca de cento e quarenta pessoas trabalham no cais, que no ano passado movimentou um quinto a menos de grãos do que no ano anterior.",
        ),
        ("Leia também", "Política de privacidade", "Fale conosco"),
    ),
    "ar": (
        "مجلس ميناء سارن يؤجل بيع الرصيف القديم",
        ("الرئيسية", "سياسة", "رياضة", "الطقس", "اشترك"),
        (
            "قرر مجلس ميناء سارن يوم الثلاثاء تأجيل بيع الرصيف القديم بعد جلسة طويلة انتهت قبل منتصف الليل بقليل، كما جاء في بيان صدر عن المجلس.",
            "وقالت رئيسة البلدية أوديل براندت إن الأعضاء يحتاجون إلى مزيد من الوقت لدراسة العرضين اللذين وصلا إليهم، وأحدهما من شركة في المدينة المجاورة.",
            "وأضافت أمام مبنى البلدية، حيث تجمع نحو مئة من عمال الميناء مع عائلاتهم، أن أحدا لا يريد أن يبيع الرصيف على عجل.",
            "ويعمل في الرصيف نحو مئة وأربعين شخصا، وقد تراجعت كمية الحبوب التي مرت عبره في العام الماضي بمقدار الخمس عن العام الذي سبقه.",
        ),
        ("اقرأ أيضا", "سياسة الخصوصية", "اتصل بنا"),
    ),
    "ru": (
        "Совет порта Сарн отложил продажу старого причала",
        ("Главная", "Политика", "Спорт", "Погода", "Подписаться"),
        (
            "Совет порта Сарн во вторник решил отложить продажу старого причала после долгого заседания, которое закончилось незадолго до полуночи.",
            "Мэр города Одиль Брандт объяснила, что депутатам нужно больше времени, чтобы изучить оба предложения, одно из которых пришло от соседней компании.",
            "«Никто не хочет продавать причал в спешке», — сказала она перед зданием мэрии, где собралось около сотни докеров со своими семьями.",
            "На причале работают около ста сорока человек, а зерна через него в прошлом году прошло на пятую часть меньше, чем годом раньше.",
        ),
        ("Читайте также", "Правила пользования", "Контакты"),
    ),
}


def as_page(language: str) -> str:
    headline, before, paragraphs, behind = STORIES[language]
    links = "".join(f"<li><a href='/{i}'>{label}</a></li>" for i, label in enumerate(before))
    foot = "".join(f"<a href='/f{i}'>{label}</a> " for i, label in enumerate(behind))
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<html lang='{language}'><head><meta charset='utf-8'><title>{headline}</title></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{headline}</h1>{body}</article><footer>{foot}</footer></body></html>"
    )


def as_text(language: str) -> str:
    headline, before, paragraphs, behind = STORIES[language]
    return "\n".join([*before, headline, *paragraphs, *behind])


READ = [(language, medium) for language in STORIES for medium in ("html", "text")]


@pytest.mark.parametrize(("language", "medium"), READ)
def test_the_body_of_a_page_in_another_language_is_kept_and_its_language_named(language: str, medium: Medium) -> None:
    found = clean(capture(as_page(language) if medium == "html" else as_text(language), medium), ALONE, OPTIONS)
    assert isinstance(found, Article)
    headline, before, paragraphs, behind = STORIES[language]
    assert found.language == language
    assert [p for p in paragraphs if p not in found.text] == []
    body = [found.source_text[b.start : b.end] for b in found.blocks if b.kind == "body"]
    assert [label for label in (*before, *behind) if label in body] == []
    assert found.headline == headline
    assert (found.compared, found.reason) == (False, f"language {language} has no pack")


@pytest.mark.parametrize("language", ["en", *STORIES])
def test_stop_words_come_for_each_language(language: str) -> None:
    assert language in stop_word_languages()
    words = stop_words(language)
    assert len(words) > 100 and all(w == w.lower() for w in words)
    if language != "en":
        spoken = [w.strip('.,;:«»„“”"’') for p in STORIES[language][2] for w in p.lower().split()]
        assert sum(w in words for w in spoken) > len(spoken) / 5


def test_a_language_that_the_library_does_not_know_has_no_stop_words() -> None:
    assert stop_words("xx") == frozenset()
