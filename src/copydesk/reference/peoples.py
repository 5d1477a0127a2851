"""Adjectives and nouns for faiths, creeds, regions and peoples that belong to no one country ("Sunni", "Nordic")."""

from __future__ import annotations

from copydesk.reference.words import word_set

PEOPLES: frozenset[str] = word_set(
    """
    Islamic Islamist Islamists Muslim Muslims Sunni Sunnis Shia Shiite Shiites Shi'ite Shi’ite Jihadist
    Jihadists Jihadi Salafist Salafi Wahhabi Jewish Jew Jews Zionist Christian Christians Catholic Catholics
    Protestant Protestants Orthodox Anglican Lutheran Baptist Methodist Mormon Evangelical Evangelicals Hindu
    Hindus Buddhist Buddhists Sikh Sikhs Copt Copts Coptic Yazidi Yazidis Druze Alawite Alawites Maronite Arab
    Arabs Arabic Arabian Kurd Kurds Kurdish Berber Berbers Tuareg Tuaregs Hausa Fulani Igbo Yoruba Pashtun
    Pashtuns Hazara Hazaras Uighur Uighurs Uyghur Uyghurs Tibetan Tibetans Korean Koreans Rohingya Chechen Chechens Tatar
    Tatars Roma Basque Basques Catalan Catalans Bavarian Flemish Walloon Slavic Slav Slavs Nordic Scandinavian
    Scandinavians Baltic Balkan Mediterranean European Europeans African Africans Asian Asians Latin Latino
    Latinos Latina Latinas Hispanic Hispanics Caribbean Western Westerner Westerners Eastern Northern Southern
    Oriental Anglo Afro-American Afro-Caribbean African-American African-Americans Asian-American Native Inuit
    Maori Aboriginal Indigenous Black Blacks White Whites Communist Communists Socialist Socialists Marxist
    Marxists Maoist Maoists Nazi Nazis Fascist Democrat Democratic Republican Conservative Conservatives Liberal
    Liberals Leninist Stalinist Bolshevik
    """
) | {
    "West African", "West Africans", "East African", "East Africans", "North African", "North Africans", "South American",
    "North American", "Latin American", "Latin Americans", "South Americans", "Central American", "Central Americans",
    "Middle Eastern", "South Asian", "Southeast Asian", "East Asian", "Central Asian", "Eastern European",
    "Western European", "African American", "African Americans", "Asian American", "Native American", "Native Americans",
    "South Ossetian", "South Ossetians", "Abkhaz", "Crimean", "Sub-Saharan", "sub-Saharan",
}  # fmt: skip
