"""The example archive: every planted fault is found, and mended where it can be; sound passages stay as they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from backfile import config
from backfile.article import Note, plain_text, walk
from backfile.pipeline import Outcome, process, shape_record
from backfile.profile import Learner
from backfile.record import Excluded, Options, Record, Reject
from backfile.registry import source as source_named

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PLANTED = tomllib.loads((EXAMPLES / "PLANTED.toml").read_text(encoding="utf-8"))
PAPER = EXAMPLES / "wyssbacher-tagblatt"


@pytest.fixture(scope="module")
def items() -> list[tuple[str, Record | Reject | Excluded]]:
    found = []
    for section in config.load(PAPER).source:
        options = Options(source=section.name, language=section.language)
        found += [(section.format, item) for item in source_named(section.format).items(PAPER / section.path, options)]
    return found


@pytest.fixture(scope="module")
def outcomes(items: list[tuple[str, Record | Reject | Excluded]]) -> dict[str, Outcome]:
    """By key; of two versions of a post the later one stands last in the export."""
    languages = {section.format: section.language for section in config.load(PAPER).source}
    records = [(format_name, item) for format_name, item in items if isinstance(item, Record)]
    learner = Learner()
    for format_name, record in records:
        options = Options(language=languages[format_name])
        learner.add(shape_record(record, source_named(format_name), options).article)
    profile = learner.freeze()
    return {
        record.key: process(record, source_named(name), Options(language=languages[name]), profile)
        for name, record in records
    }


def test_it_is_an_archive_of_some_size(outcomes: dict[str, Outcome], items: list) -> None:  # type: ignore[type-arg]
    articles = [outcome.article for outcome in outcomes.values()]
    years = {article.published.year for article in articles if article.published}
    assert len(articles) >= 75
    assert min(years) == 1996
    assert {article.withheld for article in articles} >= {"draft", "private", "password", "future"}
    assert sum(isinstance(item, Reject) for _, item in items) == 2


def test_everything_is_proved(outcomes: dict[str, Outcome]) -> None:
    failed = {key: outcome.verdict for key, outcome in outcomes.items() if outcome.verdict.state == "failed"}
    assert failed == {}


@pytest.mark.parametrize("planted", PLANTED["fault"], ids=lambda p: f"{p['article']}-{p['name']}")
def test_planted_fault(planted: dict[str, str], outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[planted["article"]]
    if planted["state"] == "note":
        assert [b.kind for b in walk(outcome.article.blocks) if isinstance(b, Note)] == [planted["name"]]
        return
    assert (planted["name"], planted["state"]) in {(fault.name, fault.state) for fault in outcome.faults}
    text = plain_text(outcome.article)
    assert planted.get("reads", "") in text
    assert "gone" not in planted or planted["gone"] not in text


@pytest.mark.parametrize("sound", PLANTED["sound"], ids=lambda p: p["article"])
def test_sound_passage(sound: dict[str, str], outcomes: dict[str, Outcome]) -> None:
    assert sound["reads"] in plain_text(outcomes[sound["article"]].article)
