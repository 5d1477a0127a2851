"""A reading → the tokens that report what somebody says, thinks or wants, each with its probability."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.annotating.readings import Reading

SHOWN = frozenset(["PUNCT", "ADP", "SCONJ", "CCONJ", "PRON", "DET", "AUX", "PART", "ADV"])
_NEAR = 100  # tokens either side in which quotations are looked for
_VERBAL = ("VERB", "AUX")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "agent")
_CLAUSES = ("ccomp", "xcomp", "dobj", "prep", "prt", "advcl", "dative", "oprd", "acomp", "attr", "parataxis")


def lexicon_key(reading: Reading, i: int) -> str:
    """How the lexicon of reporting words lists a token: verbs by lemma, all else with its part of speech."""
    tokens = reading.tokens
    lemma = tokens.lemma[i]
    return lemma if tokens.pos[i] in _VERBAL else f"{lemma}/{tokens.pos[i]}"


def listed_key(reading: Reading, i: int, lexicon: Mapping[str, float]) -> str:
    """The token's key where the lexicon lists it, else "unlisted": no judge learns words that never report."""
    key = lexicon_key(reading, i)
    return key if key in lexicon else "unlisted"


def candidates(reading: Reading, lexicon: Mapping[str, float]) -> list[int]:
    """The tokens that may be a cue: verbs that are no mere auxiliaries, and other words that the lexicon lists."""
    tokens = reading.tokens
    found = []
    for i in range(len(tokens)):
        pos = tokens.pos[i]
        if pos in _VERBAL:
            if tokens.dep[i] in ("aux", "auxpass") and lexicon.get(tokens.lemma[i], 0.0) < 0.3:
                continue
            found.append(i)
        elif f"{tokens.lemma[i]}/{pos}" in lexicon:
            found.append(i)
    return found


def rate_level(lexicon: Mapping[str, float], key: str) -> str:
    """How often the lexicon's word is a cue, in coarse steps; "new" for a word it does not list."""
    return _level(lexicon[key]) if key in lexicon else "new"


def _level(rate: float) -> str:
    """A coarse step of a rate, so that rare words share what common ones teach."""
    for step in (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85):
        if rate < step:
            return str(step)
    return "1"


def _subject(reading: Reading, i: int) -> int:
    """The subject of a verb, its own or that of the verb it is joined to; -1 for none."""
    tokens = reading.tokens
    at = i
    for _ in range(4):
        for child in reading.children[at]:
            if tokens.dep[child] in _SUBJECTS:
                return child
        if tokens.dep[at] in ("conj", "xcomp", "advcl") and tokens.head[at] != at:
            at = tokens.head[at]
        elif tokens.dep[at] in ("relcl", "acl"):
            return tokens.head[at]
        else:
            break
    return -1


def _subject_sort(reading: Reading, subject: int) -> str:
    if subject < 0:
        return "none"
    tokens = reading.tokens
    name = reading.name_of[subject]
    if name >= 0:
        return reading.names[name].type
    if tokens.pos[subject] == "PRON":
        return reading.words[subject]
    return (
        "noun" if tokens.pos[subject] == "NOUN" else "proper" if tokens.pos[subject] == "PROPN" else tokens.pos[subject]
    )


def _neighbour(reading: Reading, i: int) -> str:
    """A function word or mark as written, any other word by its tag."""
    return reading.words[i] if reading.tokens.pos[i] in SHOWN else reading.tokens.tag[i]


def _shown(reading: Reading, i: int) -> str:
    """A token's lemma, names left out: a judge that knew who is who would not travel."""
    name = (
        reading.tokens.pos[i] == "PROPN" or reading.name_of[i] >= 0 or reading.text[reading.tokens.start[i]].isupper()
    )
    return "NAME" if name and reading.tokens.pos[i] != "PRON" else reading.tokens.lemma[i]


def cue_features(reading: Reading, i: int, lexicon: Mapping[str, float]) -> list[str]:
    """What the judge of cues looks at for one token."""
    tokens, words = reading.tokens, reading.words
    lemma, pos, dep, tag = tokens.lemma[i], tokens.pos[i], tokens.dep[i], tokens.tag[i]
    key = listed_key(reading, i, lexicon)
    rate = rate_level(lexicon, key)
    sentence = reading.sentences[reading.sentence_of[i]]
    children = reading.children[i]
    deps = {tokens.dep[c] for c in children}
    found = ["bias", "l=" + key, "r=" + rate, f"t={tag}", f"d={dep}", f"d={dep}|r={rate}", f"p={pos}|r={rate}"]
    for c in children:
        d = tokens.dep[c]
        if d in _CLAUSES:
            found.append(f"c={d}|l={key}")
            found.append(f"c={d}|r={rate}")
            if d in ("prep", "prt"):
                found.append(f"c={d}:{tokens.lemma[c]}|l={key}")
                found.append(f"c={d}:{tokens.lemma[c]}|r={rate}")
            if d == "ccomp":
                marks = {words[m] for m in reading.children[c] if tokens.dep[m] == "mark"}
                found.append(f"ccomp:{'that' if 'that' in marks else 'bare'}:{'after' if c > i else 'before'}|r={rate}")
            if d in ("dobj", "attr", "acomp", "xcomp", "oprd"):
                found.append(f"c={d}:{_shown(reading, c)}")
                found.append(f"c={d}:{tokens.pos[c]}|r={rate}")
        elif d in ("neg", "aux", "auxpass"):
            found.append(f"a={tokens.lemma[c]}")
            found.append(f"a={tokens.lemma[c]}|r={rate}")
        elif d == "poss":
            found.append(f"poss|l={key}")
            found.append(f"poss:{_subject_sort(reading, c)}|r={rate}")
    found.append(
        "kids=" + "+".join(sorted(deps & {"ccomp", "xcomp", "dobj", "prep", "nsubj", "nsubjpass"})) + "|r=" + rate
    )
    subject = _subject(reading, i)
    sort = _subject_sort(reading, subject)
    found += [f"s={sort}", f"s={sort}|r={rate}", f"s={sort}|l={key}"]
    if subject >= 0:
        found.append("sl=" + _shown(reading, subject))
        found.append(f"sq={reading.quotation_of[subject] >= 0}|r={rate}")
    clause = "ccomp" in deps or "xcomp" in deps
    found += [f"s={sort}|clause={clause}|r={rate}", f"s={sort}|obj={'dobj' in deps}|r={rate}"]
    left = sum(words[j] not in ',.”"' for j in range(i + 1, min(i + 4, sentence.last)))
    found += [f"left={left}|r={rate}", f"left={left}|clause={clause}", f"t={tag}|clause={clause}|r={rate}"]
    head = tokens.head[i]
    if head != i:
        found.append(f"h={_shown(reading, head)}|d={dep}")
        found.append(f"h={tokens.pos[head]}|d={dep}|r={rate}")
    # A reporting verb above: what hangs from it is its content, and attributions are not nested.
    path = reading.up(i)[1:]
    for step, above in enumerate(path):
        above_rate = lexicon.get(lexicon_key(reading, above), 0.0)
        if above_rate >= 0.3:
            below = i if step == 0 else path[step - 1]
            found.append(f"up={tokens.dep[below]}|{_level(above_rate)}")
            found.append(f"up={tokens.dep[below]}|{_level(above_rate)}|r={rate}")
            found.append(f"upl={tokens.lemma[above]}|{tokens.dep[below]}")
            break
    below_rate = max(
        (
            lexicon.get(lexicon_key(reading, c), 0.0)
            for c in children
            if tokens.dep[c] in ("xcomp", "conj", "ccomp", "advcl")
        ),
        default=0.0,
    )
    found.append(f"down={_level(below_rate)}|r={rate}")
    quotation = reading.quotation_of[i]
    if quotation >= 0:
        q = reading.quotations[quotation]
        size = "short" if q.end - q.start < 40 else "long"
        found += [f"inq={size}", f"inq={size}|r={rate}"]
    else:
        near = _quotes_near(reading, i, max(sentence.first, i - _NEAR), min(sentence.last, i + _NEAR))
        found += [f"q={near}|{rate}", f"q={near}|{key}"]
    before = _neighbour(reading, i - 1) if i > sentence.first else "<s>"
    after = _neighbour(reading, i + 1) if i + 1 < sentence.last else "</s>"
    found += [
        f"w-1={before}",
        f"w+1={after}",
        f"w+1={after}|r={rate}",
        f"w-1={before}|r={rate}",
        f"w+1={after}|l={key}",
    ]
    found.append(f"w-1t={tokens.tag[i - 1] if i > sentence.first else '<s>'}|t={tag}")
    found.append(f"head={sentence.is_headline or reading.sentence_of[i] == 0}|r={rate}")
    if lemma != words[i] and key != "unlisted":
        found.append(f"form={words[i]}")
    return found


def _quotes_near(reading: Reading, i: int, first: int, last: int) -> str:
    """Whether quotations stand before and after a token in its sentence, and how close."""
    before = after = "no"
    for j in range(i - 1, first - 1, -1):
        if reading.quotation_of[j] >= 0:
            before = "near" if i - j <= 4 else "far"
            break
    for j in range(i + 1, last):
        if reading.quotation_of[j] >= 0:
            after = "next" if j - i <= 2 else "near" if j - i <= 6 else "far"
            break
    else:
        if last < len(reading.quotation_of) and reading.quotation_of[last] >= 0:
            after = "following"
    return f"{before}/{after}"
