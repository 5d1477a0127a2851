"""A clean article → the same article as flattened from an invented page, every line told article or furniture.

The judge sees few real pages' author boxes, notices and teasers; these are made up, in many turns, so that it learns
their shape and place and not their words. Teasers show the openings of other articles of the training data.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

FIRST = ("Amara", "Bruno", "Celia", "Dorian", "Elif", "Farid", "Greta", "Hugo", "Imani", "Jonas", "Keiko", "Lars", "Mina", "Nikolai", "Odile", "Petra", "Quentin", "Rosa", "Samir", "Tamsin", "Ursel", "Viktor", "Wanda", "Yusuf")
LAST = ("Abel", "Brandt", "Castell", "Dunmore", "Ekström", "Faro", "Grell", "Halden", "Iversen", "Jarrow", "Kestrel", "Lindqvist", "Marlow", "Nadir", "Orrel", "Pell", "Quist", "Rowan", "Selby", "Tarn", "Ulmer", "Voss", "Wren", "Zeller")
PLACES = ("Port Vessel", "Gull Island", "Cape Morrow", "Bell Square", "Kestrel Bay", "Northgate", "Halden", "Marrow Hill", "East Quay")
PAPERS = ("The Vessel Lantern", "Northgate Ledger", "Kestrel Bay Courier", "Halden Today", "The Morrow Sentinel", "Quayside Online", "Hill District News", "Radio Halden", "The Daily Anchor")
BEATS = ("politics and business", "the coast and its harbours", "global affairs", "technology", "crime and courts", "sport", "health and science", "the economy", "culture", "energy", "schools", "foreign policy")
JOBS = ("reporter", "staff writer", "senior correspondent", "journalist", "editor", "columnist", "freelance writer", "producer", "contributor", "news editor", "business reporter")
SECTIONS = ("Home", "News", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Weather", "Video", "Travel", "Health", "Tech", "Local", "Jobs", "Contact")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
BIOS = (
    "{name} is a {job} at {paper}, where {he} covers {beat}.",
    "{name} is a {job} for {paper} based in {place}. {He} has written about {beat} since {year}.",
    "I have been a {job} for {n} years and write about {beat} for {paper}.",
    "A {job} for more than a decade, I follow {beat} and {beat2} for {paper}.",
    "{first} joined {paper} in {year}. Before that {he} worked as a {job} in {place}, covering {beat}. {He} likes long walks.",
    "{name} writes about {beat}. Follow {him} on social media or send {him} a message.",
    "A graduate of the college of {place}, {name} reports on {beat} and {beat2}. {He} can be reached at the newsroom.",
    "Passionate about {beat}, {first} has spent {n} years telling stories from {place} and beyond for our readers.",
    "Our team of writers brings you the latest on {beat} every day. We love what we do and we hope that it shows.",
    "Experienced {job} with a background in {beat2}. Always looking for a good story about {beat}.",
    "{name} has been covering {beat} for {paper} since {year} and has won several awards for {his} work.",
)
NOTICES = (
    "© {year} {paper}. All rights reserved.",
    "Copyright © {year} {paper}. All rights reserved. Nothing of this story may be printed, aired, put into other words or handed on unless we have agreed to it.",
    "© {year} {paper}, all rights reserved. The content of this page is the property of {paper} or of those who supply it. Any copying or passing on of it, by framing or by other means, is forbidden without prior consent in writing. {paper} is not liable for errors or delays in it, nor for anything done in reliance on it. The name and the sign of {paper} are trademarks of its owners.",
    "Everything on this site is protected by law. To copy any of it, all or in part, you need the permission of the publisher in writing.",
    "{paper} does not answer for what other sites say. Views given here are those of their authors and need not be those of the publisher.",
    "By using this site you agree to our terms of use and our privacy notice. We use cookies to make the site work and to show you offers that suit you.",
    "Registered office: 4 Bell Square, {place}. Registered in {place}, number {n}0{n}1{n}.",
)
PROMPTS = (
    "Sign up for our newsletter and get the best of {paper} in your inbox every morning.",
    "Get the news that matters from {place}. Subscribe today and support independent journalism.",
    "Enjoyed this article? Share it with your friends and let us know what you think in the comments below.",
    "Download our app to read {paper} wherever you are.", "Have a tip? Write to the newsroom of {paper}, we would love to hear from you.",
    "Become a member of {paper} and read without limits. It only takes a minute to join.",
    "Thank you for registering. Please check your inbox to confirm your address and start to read.",
    "Please log in or create a free account to leave a comment.", "We do not show your address to anybody. Fields with a star have to be filled in.",
    "Listen to this article", "Advertisement", "Story continues below", "Join the conversation", "Follow us for more stories like this one.",
)
COMMENTS = (
    "Well said, I agree with every word of this, it is about time that somebody wrote it down.",
    "I do not believe a word of it. Who pays for this kind of writing, I wonder?", "Great article, thank you for sharing!",
    "What a mess. They should all resign and let somebody else try for a change.", "First! Love from {place}.",
    "When I lived in {place} in {year} it was just the same and nobody did anything about it then either.",
)
CREDITS = (
    "Additional reporting by {name} in {place}", "Reporting by {name} and {name2}; editing by {name3}", "With reporting from {paper}",
    "Source: {paper}", "via {paper}", "(Reporting by {name}; writing by {name2}; editing by {name3})", "This story first appeared in {paper}.",
    "{name} in {place} contributed to this report.", "Some of the information in this story came from {paper}.", "{paper} contributed reporting.",
)
RELATED = ("Related stories", "Related articles", "Read more", "You may also like", "More from {section}", "Most read", "Trending now", "Recommended for you", "Latest stories", "Don't miss", "More stories", "READ ALSO", "In other news", "Editor's picks")
BUTTONS = ("Share", "Tweet", "Email", "Print", "Copy link", "Save", "Pin it", "Facebook Twitter WhatsApp Email", "SHARE THIS STORY", "Font size: A A A", "0 comments", "Close", "Menu", "Search", "Back to top", "Next", "Previous", "Load more")
PHOTOS = ("Photo: {name}/{paper}", "Photo credit © {paper}", "Picture: {paper}", "{place} in {year}. (Photo by {name})", "File photo: {name}", "The harbour of {place}, seen from the east. Photograph: {name} for {paper}")
TAGS = ("Tags: {beat}, {place}", "Filed under: {section}", "{section}", "Topics: {section}, {beat}", "{place}", "{section} | {beat}")


def fill(template: str, random: Random) -> str:
    """A template with names, places and numbers drawn anew."""
    woman = random.random() < 0.5
    first = random.choice(FIRST)
    names = [f"{random.choice(FIRST)} {random.choice(LAST)}" for _ in range(2)]
    return template.format(
        name=f"{first} {random.choice(LAST)}", name2=names[0], name3=names[1], first=first, job=random.choice(JOBS),
        paper=random.choice(PAPERS), beat=random.choice(BEATS), beat2=random.choice(BEATS), place=random.choice(PLACES),
        year=random.randint(2005, 2024), n=random.randint(2, 30), section=random.choice(SECTIONS), he="she" if woman else "he",
        He="She" if woman else "He", him="her" if woman else "him", his="her" if woman else "his",
    )  # fmt: skip


def stamp(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.choice(MONTHS), random.randint(2005, 2024)
    clock = f"{random.randint(0, 23):02}:{random.randint(0, 59):02}"
    return random.choice((
        f"{day} {month} {year} | {clock}", f"Published {month} {day}, {year}", f"{random.choice(DAYS)}, {month} {day}, {year}",
        f"Updated: {clock}, {day} {month} {year}", f"{month} {day}, {year} at {clock}", f"Posted on {day} {month} {year}",
    ))  # fmt: skip


def furnish(article: Sequence[str], headline: str, others: Sequence[tuple[str, str]], random: Random) -> list[tuple[str, bool]]:
    """Lines with whether each is article. `others` are headlines and openings of other articles."""

    def draw(templates: Sequence[str], most: int, chance: float = 0.5) -> list[str]:
        return [fill(t, random) for t in random.sample(templates, random.randint(1, most))] if random.random() < chance else []

    def teasers(most: int) -> list[str]:
        shown: list[str] = []
        for title, opening in random.sample(list(others), min(len(others), random.randint(2, most))):
            words = opening.split()
            cut = " ".join(words[: random.randint(6, 16)]) + random.choice(("...", "…", " ...", " […]"))
            shown += random.choice(([title], [title, cut], [title, opening], [title, stamp(random)], [cut]))
        return shown

    top: list[str] = []
    if random.random() < 0.6:
        top += [f"{random.randint(-5, 35)}.{random.randint(0, 9)} C", stamp(random)][: random.randint(0, 2)]
        sections = random.sample(SECTIONS, random.randint(3, 8))
        top += random.choice(([" | ".join(sections)], sections, ["".join(sections)], [f"Home > {sections[0]}"]))
    if random.random() < 0.3:
        top.append(f"Home » {' '.join(headline.split()[:9])}...")
    under = draw(("By {name}", "{name}", "By {name}, {paper}", "{name} | {paper}", "By Staff Writer"), 1)
    under += [stamp(random)] if random.random() < 0.5 else []
    under += draw(BUTTONS, 5) + draw(PHOTOS, 1, 0.4) + (draw(TAGS, 1, 0.2))
    lines: list[tuple[str, bool]] = [(t, False) for t in [*top, headline, *under]]
    breaks = sorted(random.sample(range(1, max(2, len(article))), min(len(article) - 1, random.randint(0, 2)))) if len(article) > 4 else []
    for i, paragraph in enumerate(article):
        if i in breaks:
            block = [*draw(RELATED, 1, 0.8), *teasers(6)] if random.random() < 0.6 else draw(PROMPTS, 2, 1.0)
            lines += [(t, False) for t in block]
        lines.append((paragraph, True))
    tail = draw(CREDITS, 2, 0.4) + draw(TAGS, 2, 0.3) + draw(BUTTONS, 4, 0.4)
    if random.random() < 0.5:
        tail += [*draw(("About the author", "{name}", "{name}"), 1, 0.8), *draw(BIOS, 1, 1.0)]
    tail += draw(PROMPTS, 3, 0.5)
    if random.random() < 0.6:
        tail += [*draw(RELATED, 1, 1.0), *teasers(7)]
    tail += [*draw(("Comments", "3 comments", "Leave a comment"), 1, 0.9), *draw(COMMENTS, 3, 1.0)] if random.random() < 0.3 else []
    tail += draw(BUTTONS, 3, 0.3) + draw(NOTICES, 2, 0.7) + draw(RELATED, 1, 0.2)
    return [*lines, *((t, False) for t in tail)]
