"""The one scan gives the same with hyperscan and without, and its cache is only a cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.article import Text
from backfile.faults import RULES, automata, scan
from backfile.faults.cases import article_of, load
from backfile.faults.mend import mend
from backfile.faults.rule import ArticleRule
from backfile.profile import Profile

pytest.importorskip("hyperscan")

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "faults"
CASES = [case for path in sorted(SAMPLES.glob("*.toml")) for case in load(path)]


@pytest.fixture(scope="module")
def engines() -> tuple[scan.Scanner, scan.Scanner]:
    return scan.Scanner(RULES, "hyperscan"), scan.Scanner(RULES, "re")


def test_the_sieve_never_says_no_too_often(engines) -> None:
    fast, plain = engines
    for case in CASES:
        article = article_of(case)
        for text in (case.text, *(text for _, text in case.blocks), *article.bylines, case.headline):
            wanted = set(plain.candidates(text))
            assert wanted <= set(fast.candidates(text)), text


def test_the_sieve_is_hardly_wider_than_the_rules(engines) -> None:
    fast, plain = engines
    texts = [case.text for case in CASES if case.text]
    extra = sum(len(set(fast.candidates(text)) - set(plain.candidates(text))) for text in texts)
    assert extra < len(texts) / 2


def test_mending_is_the_same(engines, monkeypatch) -> None:
    fast, plain = engines
    for case in CASES[::3]:
        outcomes = []
        for engine in (fast, plain):
            monkeypatch.setattr("backfile.faults.mend.scanner", lambda rules, engine=engine: engine)
            outcomes.append(mend(article_of(case), Profile()))
        assert outcomes[0] == outcomes[1]


def test_the_database_is_kept_and_a_damaged_one_is_made_anew(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    few = tuple(rule for rule in RULES if rule.card.name in ("c1-control", "visible-entity"))
    assert scan.Scanner(few, "hyperscan").candidates("&uuml;") == scan.Scanner(few, "re").candidates("&uuml;")
    kept = sorted(tmp_path.glob("backfile/*.hsdb"))
    for path in kept:
        path.write_bytes(b"damaged")
    assert scan.Scanner(few, "hyperscan").candidates("\x93") == scan.Scanner(few, "re").candidates("\x93")
    assert all(path.stat().st_size > 100 for path in kept)


def test_a_single_scan_compiles_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    scan.Scanner(RULES).candidates("Ein Satz.")
    assert not list(tmp_path.rglob("*.hsdb"))


def test_without_hyperscan(monkeypatch) -> None:
    monkeypatch.setattr(automata, "installed", lambda: None)
    scanner = scan.Scanner(RULES)
    for _ in range(scan.WORTH_COMPILING + 5):
        names = [RULES[number].card.name for number in scanner.candidates("f&uuml;r")]
    assert "visible-entity" in names


def test_rules_without_a_trigger_always_run(engines) -> None:
    fast, _ = engines
    always = [n for n, rule in enumerate(RULES) if not rule.trigger]
    assert set(always) <= set(fast.candidates(Text("x").text))
    assert all(isinstance(RULES[n], ArticleRule) for n in always)


def test_databases_of_earlier_rules_are_removed(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "backfile"
    folder.mkdir()
    for number in range(20):
        (folder / f"triggers-old{number}.hsdb").write_bytes(b"x")
    (folder / "other.txt").write_text("x")
    few = tuple(rule for rule in RULES if rule.card.name in ("c1-control", "visible-entity"))
    scan.Scanner(few, "hyperscan").candidates("x")
    assert len(list(folder.glob("triggers-*.hsdb"))) == automata.KEPT
    assert (folder / "other.txt").exists()
