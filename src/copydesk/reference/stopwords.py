"""Words that carry no content of their own: by language, and the stricter English list that names are told from."""

from __future__ import annotations

from functools import cache

import stopwordsiso

from copydesk.reference.words import word_set

STOPWORDS: frozenset[str] = word_set(
    """
    a about above across after afterwards again against all almost alone along already also although always am
    amid among amongst an and another any anybody anyhow anyone anything anyway anywhere are around as at away
    back be became because become becomes been before beforehand behind being below beside besides between
    beyond both but by can cannot could did do does doing done down due during each either else elsewhere enough
    etc even ever every everybody everyone everything everywhere except few for former formerly from further get
    gets getting give go goes going gone got had has have having he hence her here hers herself him himself his
    how however i if in indeed instead into is it its itself just keep last latter least less let like likely
    made make makes many may maybe me meanwhile might mine more moreover most mostly much must my myself namely
    near nearly neither never nevertheless next no nobody none nor not nothing now nowhere of off often on once
    one only onto or other others otherwise our ours ourselves out over own per perhaps please put quite rather
    really same see seem seemed seems several shall she should since so some somebody somehow someone something
    sometimes somewhere still such take than that the their theirs them themselves then there thereafter
    therefore these they thing things this those though through throughout thus to together too toward towards
    under unless unlike until up upon us use used very via was way we well went were what whatever when whenever
    where whereas wherever whether which while who whoever whole whom whose why will with within without would
    yet you your yours yourself yourselves isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't
    couldn't shouldn't haven't hasn't hadn't i'm you're he's she's it's we're they're i've you've we've they've
    i'll you'll he'll she'll we'll they'll i'd you'd he'd she'd that's there's here's what's who's let's
    """
)


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language, by its ISO 639-1 code and in small letters; empty when the library has none."""
    if not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(word for word in stopwordsiso.stopwords(language) if any(c.isalpha() for c in word))


def stop_word_languages() -> tuple[str, ...]:
    """The codes of the languages that have stop words, in order."""
    return tuple(sorted(stopwordsiso.langs()))
