"""A denial points to an accusation only where the text says that it answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Annotation

FAR = " The hall was full. The vote was late. Rain fell on the square. "


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        ("Ada Example accused Bertram Sample of fraud. Mr Sample denied that he had gained anything.", "fraud"),
        ("Ada Example accused Bertram Sample of lying." + FAR + "Mr Sample denied that he had lied.", "lying"),
        (
            "Ada Example accused Bertram Sample of lying. Cora Testwell accused Bertram Sample of theft."
            + FAR
            + "Mr Sample denied that he had lied.",
            "lying",
        ),
        ("Ada Example accused Bertram Sample of fraud." + FAR + "Mr Sample denied that he had met a minister.", None),
        ("Ada Example may accuse Bertram Sample of fraud. Mr Sample denied any fraud.", None),
        ("Ada Example accused Cora Testwell of fraud. Mr Bertram Sample denied any fraud.", None),
    ],
)
def test_what_a_denial_answers(annotate: Callable[[str], Annotation], text: str, charge: str | None) -> None:
    claims = annotate(text).claims
    denials = [claim for claim in claims if claim.relation == "denies"]
    assert len(denials) == 1
    about = denials[0].about
    assert (None if about is None else claims[about].detail) == charge


@pytest.mark.parametrize(
    ("text", "relation", "charge"),
    [
        (
            "Ada Example accused Bertram Sample of fraud."
            + FAR
            + "Ms Example later retracted the accusation of fraud.",
            "retracts",
            "fraud",
        ),
        (
            "Ada Example accused Bertram Sample of fraud." + FAR + "Ms Example apologised to Mr Sample.",
            "apologizesTo",
            "fraud",
        ),
        (
            "Ada Example accused Bertram Sample of fraud." + FAR + "Ms Example apologised to Cora Testwell.",
            "apologizesTo",
            None,
        ),
        ("Ada Example accused Bertram Sample of fraud." + FAR + "Mr Sample apologised.", "apologizesTo", None),
    ],
)
def test_what_an_apology_or_a_retraction_takes_back(
    annotate: Callable[[str], Annotation], text: str, relation: str, charge: str | None
) -> None:
    claims = annotate(text).claims
    (answer,) = [claim for claim in claims if claim.relation == relation]
    assert (None if answer.about is None else claims[answer.about].detail) == charge
