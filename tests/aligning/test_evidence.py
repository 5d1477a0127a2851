"""What speaks for two clauses saying the same thing beyond the words that they share."""

from __future__ import annotations

from copydesk.aligning import evidence
from copydesk.aligning.align import weigh
from copydesk.aligning.figures import amount_evidence
from copydesk.aligning.options import AligningOptions
from copydesk.model.markup import QuantityMention
from copydesk.model.stories import Story
from copydesk.resolving import ResolvingOptions, resolve
from tests.aligning.stories import encoder, tell


def of_pair(ours: str, theirs: str) -> dict[str, float]:
    """The evidence on two sentences, each an article."""
    told = tell({"a": ours, "b": theirs})
    story = Story(id="s-test", articles=("a", "b"), membership=())
    weighed = weigh(told.pile, resolve(told.pile, story, ResolvingOptions()), encoder(), AligningOptions())
    assert weighed.evidence.features.shape[0] >= 1
    return dict(zip(evidence.FEATURES, weighed.evidence.features[0].tolist(), strict=True))


def test_other_words_for_one_deed_are_alike_in_meaning() -> None:
    near = of_pair("The mayor bought the brewery of Oderholm.", "The mayor purchased the brewery of Oderholm.")
    far = of_pair("The mayor bought the brewery of Oderholm.", "The mayor painted the brewery of Oderholm.")
    assert near["verbs alike"] > far["verbs alike"]
    assert near["words alike in meaning"] > near["words in common"]


def test_who_did_it_and_to_whom_are_told_apart() -> None:
    same = of_pair("The dog bit the postman again.", "The dog chased the postman again.")
    turned = of_pair("The dog bit the postman again.", "The postman bit the dog again.")
    assert same["doers alike"] > turned["doers alike"]
    assert same["done to alike"] > turned["done to alike"]


def test_what_words_are_alike_does_not_depend_on_the_other_pairs() -> None:
    ours, theirs = "The mayor praised the firefighters of Oderholm.", "The mayor lauded the brave firefighters."
    alone = of_pair(ours, theirs)
    told = tell(
        {"a": ours, "b": theirs, "c": "The mayor thanked the nurses of Oderholm and the brave pilots of Brannick."}
    )
    story = Story(id="s-test", articles=("a", "b", "c"), membership=())
    found = weigh(told.pile, resolve(told.pile, story, ResolvingOptions()), encoder(), AligningOptions()).evidence
    row = [k for k, pair in enumerate(zip(found.left.tolist(), found.right.tolist(), strict=True)) if pair == (0, 1)]
    for name in ("verbs alike", "doers alike", "done to alike"):
        assert abs(float(found.features[row[0], evidence.FEATURES.index(name)]) - alone[name]) < 1e-3


def test_what_stands_next_to_two_clauses_speaks_for_them() -> None:
    told = tell(
        {
            "a": "The footbridge of Brannick fell into the river Orle. Nobody was hurt at all.",
            "b": "The footbridge of Brannick fell into the river Orle at noon. There were no victims.",
        }
    )
    story = Story(id="s-test", articles=("a", "b"), membership=())
    weighed = weigh(told.pile, resolve(told.pile, story, ResolvingOptions()), encoder(), AligningOptions())
    column = evidence.FEATURES.index("neighbours alike")
    assert weighed.evidence.features[:, column].max() > 0.5


def quantities(text: str) -> tuple[QuantityMention, ...]:
    return tuple(tell({"a": text}).pile.markups[0].quantities)


def test_one_amount_in_two_units_agrees_and_another_differs() -> None:
    pounds, kilograms, more = (
        quantities(f"The bear of the Oderholm zoo weighs {x}.") for x in ("400 pounds", "181 kg", "250 kg")
    )
    assert amount_evidence(pounds, kilograms) == (1.0, 0.0)
    assert amount_evidence(pounds, more) == (0.0, 1.0)
    assert amount_evidence(pounds, ()) == (0.0, 0.0)
