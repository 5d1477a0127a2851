"""What holds of every alignment."""

from __future__ import annotations

from collections import Counter

from tests.aligning.stories import Told, tell

STORY = {
    "a": "A freight train left the rails near Oderholm on Monday, killing one driver and injuring four others, the railway said. "
    "The line to the coast will stay closed until Friday. \"We have never seen a rail bend like that,\" engineer Mirko Stahl said.",
    "b": "One driver died and four people were hurt when a freight train derailed near Oderholm on Monday. The railway expects to reopen the "
    "line to the coast on Friday. Critics allege that the rails had not been checked for a year.",
    "c": "The railway denied that the rails near Oderholm had not been checked. Why did the rail bend? Nobody knows.",
}  # fmt: skip


def test_every_claim_is_in_exactly_one_fact() -> None:
    alignment = tell(STORY).alignment
    held = Counter(c for f in alignment.facts for c in f.claims)
    assert set(held) == {c.id for c in alignment.claims}
    assert set(held.values()) == {1}


def test_every_token_of_a_telling_sentence_is_in_exactly_one_clause_and_details_lie_in_one() -> None:
    told = tell(STORY)
    detailed = {c for f in told.alignment.facts if f.detail_of for c in f.claims}
    clauses = [c for c in told.alignment.claims if c.id not in detailed]
    assert detailed
    for markup in told.pile.markups:
        tokens = markup.tokens
        for sentence in markup.sentences:
            inside = [c for c in clauses if c.article == markup.article and sentence.start <= c.start < sentence.end]
            for i in range(sentence.first, sentence.last):
                if inside and tokens.pos[i] != "SPACE":
                    assert sum(c.start <= tokens.start[i] < c.end for c in inside) == 1
    for detail in (c for c in told.alignment.claims if c.id in detailed):
        assert any(c.article == detail.article and c.start <= detail.start and detail.end <= c.end for c in clauses)


def test_the_order_of_the_articles_does_not_matter() -> None:
    assert tell(STORY).alignment == tell(STORY, order=["c", "b", "a"]).alignment


def test_the_counts_of_a_fact_are_those_of_its_support() -> None:
    for fact in tell(STORY).alignment.facts:
        assert fact.articles == len({s.span.article for s in fact.support})
        assert fact.voices == len({s.voice for s in fact.support})
        assert 0 <= fact.weight <= 1
        assert fact.reasons


def test_a_reprint_adds_no_voice_to_what_it_reprints() -> None:
    before = tell(STORY).fact("A freight train left the rails")
    after = tell({**STORY, "d": Told(text=STORY["a"], voice="v-a", copies="a")}).fact("A freight train left the rails")
    assert after.articles == before.articles + 1
    assert after.voices == before.voices
    assert after.status == before.status


def test_modality_tells_what_is_planned_denied_alleged_and_asked() -> None:
    told = tell(STORY)
    found = {told.texts[c.article][c.start : c.end]: c.modality for c in told.alignment.claims}

    def of(words: str) -> str:
        return next(m for text, m in found.items() if words in text)

    assert of("will stay closed") == "planned"
    assert of("denied that") == "denied"
    assert of("allege that") == "alleged"
    assert of("Why did") == "asked"
    assert of("left the rails") == "happened"


def test_a_quoted_claim_knows_its_speaker_and_a_slot_its_words() -> None:
    told = tell(STORY)
    quoted = next(c for c in told.alignment.claims if "never seen a rail" in told.texts[c.article][c.start : c.end])
    assert quoted.speaker is not None
    assert any(s.name == "polarity" for s in quoted.slots)
    for claim in told.alignment.claims:
        for slot in claim.slots:
            assert claim.start <= slot.start < slot.end <= claim.end
