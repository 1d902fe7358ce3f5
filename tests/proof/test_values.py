"""Values that leaves are claimed as."""

from __future__ import annotations

import pytest

from backfile.proof.values import LONGEST_VALUE, value_problem

LONG = "https://alt.example/" + "x" * LONGEST_VALUE


@pytest.mark.parametrize(
    ("value", "leaf"),
    [(LONG, LONG), ((LONG,), LONG), (("https://alt.example/", LONG), f"\n{LONG} "), ("de-CH", "de-CH")],
)
def test_a_value_that_the_field_holds_whole_may_be_long(value: object, leaf: str) -> None:
    assert value_problem("legacy_urls", value, leaf) == ""


@pytest.mark.parametrize("value", ["https://alt.example/", ("https://alt.example/",), (), ("x",), LONG[:-1], True])
def test_a_long_leaf_that_the_field_does_not_hold_hides_text(value: object) -> None:
    assert value_problem("legacy_urls", value, LONG) == "too long for a value"
