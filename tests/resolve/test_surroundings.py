from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.model import Annotation, Mention, MentionKind, Span
from kg.resolve.geography import tokens
from kg.resolve.surroundings import Surroundings, surroundings

Make = Callable[..., Annotation]


def read(make: Make, text: str, *names: str) -> Surroundings:
    annotation = make(text, *((f"e{i}", "Person", name) for i, name in enumerate(names)))
    _, folded, starts = tokens(text)
    return surroundings(annotation, folded, starts, {entity.id for entity in annotation.entities})


def test_words_of_the_clause_and_no_other_persons(make: Make) -> None:
    text = (
        "The chancellor, Ada Example, met Bo Sample, who was a member of the Sejm. A baker watched. "
        "Senator Cy Probe Jr. of Ohio left."
    )
    found = read(make, text, "Ada Example", "Bo Sample", "Cy Probe")
    assert "chancellor" not in found.near["e0"]
    assert "sejm" not in found.near["e0"]
    assert {"member", "sejm"} <= found.near["e1"]
    assert "baker" not in found.near["e1"]
    assert "ohio" in found.near["e2"]
    assert found.titles == {"e2": ("senator",)}


def test_a_name_after_the_is_no_person(make: Make) -> None:
    found = read(make, "Ada Example, a member of the Georgia State Senate, spoke.", "Ada Example", "Georgia State")
    assert {"georgia", "senate"} <= found.near["e0"]


def test_a_sentence_that_ends_in_a_word_of_titles(make: Make) -> None:
    found = read(
        make, "The harvest came first. Ada Example left. So did the chairman. Ada Example wept.", "Ada Example"
    )
    assert not found.titles
    assert "harvest" not in found.near["e0"]
    assert "chairman" not in found.near["e0"]


def test_periods_of_titles_end_no_sentence(make: Make) -> None:
    found = read(make, "They heard U.S. Rep. Ada Example of the Blue Party. It rained.", "Ada Example")
    assert found.titles["e0"] == ("us rep",)
    assert " of the blue party " in found.phrases["e0"]
    assert "rained" not in found.near["e0"]


def test_an_opening_that_says_as_what_the_pronoun_speaks(make: Make) -> None:
    text = (
        "Ada Example is at a desk. As a member of the Sejm, she reads. As a child, Bo Sample drew. "
        "The baker, she said, is ill."
    )
    annotation = make(text, ("e0", "Person", "Ada Example"), ("e1", "Person", "Bo Sample"))
    pronouns = [
        Mention(Span(at, at + 3), MentionKind.PRONOUN, "e0") for at in (text.index("she "), text.rindex("she "))
    ]
    annotation = replace(annotation, mentions=(*annotation.mentions, *pronouns))
    _, folded, starts = tokens(text)
    found = surroundings(annotation, folded, starts, {"e0", "e1"})
    assert {"member", "sejm"} <= found.near["e0"]
    assert not {"child", "baker"} & found.near["e0"]
    assert "sejm" not in found.near["e1"]
