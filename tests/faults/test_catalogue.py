"""Cards are complete, in plain English, and the pages say what the cards say."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.faults import RULES, catalogue

CARDS = catalogue.cards()


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_card_is_complete(card) -> None:
    for field in ("title", "readers_saw", "why", "before", "after", "will_get_wrong"):
        assert len(getattr(card, field).strip()) > 3 or field in ("before", "after"), field
    assert card.grade in catalogue.GRADES
    assert card.group[0] in catalogue.GROUPS
    assert card.group[1:].isdigit()
    assert card.since
    assert card.name == card.name.lower().replace(" ", "-").replace("_", "-")
    assert card.will_get_wrong.rstrip().endswith((".", ")"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_terminal_text_holds_the_card(card) -> None:
    text = catalogue.as_text(card)
    assert card.name in text
    assert " ".join(card.why.split()) in " ".join(text.split())
    assert max(map(len, text.splitlines()[2:-6])) <= catalogue.WIDTH or "before:" in text


def test_unknown_name() -> None:
    assert catalogue.card("no-such-fault") is None
    assert catalogue.card(RULES[0].card.name) is RULES[0].card


def test_pages_are_up_to_date(root: Path) -> None:
    folder = root / "docs" / "rules"
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert there == catalogue.pages(), "run: python -m backfile.faults.catalogue docs/rules"


def test_writing_changes_only_what_differs(tmp_path: Path) -> None:
    assert set(catalogue.write(tmp_path)) == set(catalogue.pages())
    assert catalogue.write(tmp_path) == []
    (tmp_path / "gone-rule.md").write_text("old")
    (tmp_path / "README.md").write_text("old")
    assert catalogue.write(tmp_path) == ["gone-rule.md", "README.md"]
