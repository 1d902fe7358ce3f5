"""Every rule keeps the contract of its cases; no rule touches a decoy."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.faults import RULES
from backfile.faults.cases import Case, harness_check, load

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "faults"
CASES = [case for path in sorted(SAMPLES.glob("*.toml")) for case in load(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    assert harness_check(case) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.card.name)
def test_every_rule_has_cases(rule) -> None:
    cases = [case for case in CASES if case.rule == rule.card.name]
    kinds = {case.kind for case in cases}
    assert "must_not_touch" in kinds
    assert kinds & {"mends", "shows"}
    assert len({case.language[:2] for case in cases}) >= 3, "cases in at least three languages"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.card.name)
def test_file_is_called_as_the_rule(rule) -> None:
    module = Path(__file__).resolve().parents[2] / "src/backfile/faults" / f"{rule.card.name.replace('-', '_')}.py"
    assert module.is_file()


def test_names_are_unique() -> None:
    names = [rule.card.name for rule in RULES]
    assert len(names) == len(set(names))
