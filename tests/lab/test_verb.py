"""`backfile lab` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backfile import cli


def said(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, str]:
    capsysbinary.readouterr()
    code = cli.run([str(one) for one in arguments])
    return code, capsysbinary.readouterr().out.decode()


def test_classes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out = said(capsysbinary, "lab", "classes", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(rows) > 100
    assert {"group", "name", "layer", "recoverable", "what"} <= set(rows[0])
    code, out = said(capsysbinary, "lab", "classes")
    assert code == 0
    assert "Not injected" in out


def test_inject_pipe_score(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The three steps by hand give what `run` gives."""
    folder = tmp_path / "cases"
    code, out = said(
        capsysbinary, "lab", "inject", "--seed", 7, "--count", 12, "--only", "B1", "--out", folder, "--json"
    )
    assert code == 0
    assert json.loads(out)["questions"] == len((folder / "questions.jsonl").read_text().splitlines())
    answers = tmp_path / "answers.jsonl"
    with (folder / "questions.jsonl").open("rb") as asked:
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": asked}))
        code, out = said(capsysbinary, "pipe", "--learn", folder / "archive.jsonl")
    assert code == 0
    answers.write_text(out, encoding="utf-8")
    code, out = said(capsysbinary, "lab", "score", folder / "truth.jsonl", answers, "--json")
    by_hand = json.loads(out)
    code, out = said(capsysbinary, "lab", "run", "--seed", 7, "--count", 12, "--only", "B1", "--json")
    in_one = json.loads(out)
    assert code == 0
    assert {**by_hand, "tool": ""} == {**in_one, "tool": ""}


def test_run_for_people_and_as_a_page(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    page = tmp_path / "score.md"
    code, out = said(
        capsysbinary, "lab", "run", "--tool", "identity", "--tool", "html.unescape", "--count", 10, "--only", "B1",
        "--failures", 1, "--page", page,
    )  # fmt: skip
    assert code == 0
    assert "named-entity" in out
    assert "expected" in out
    assert "html.unescape" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("run", "--only", "no-such-class"), 2),
        (("run", "--tool", "no-such-tool-anywhere", "--count", "1"), 8),
        (("score", "nowhere.jsonl", "nowhere.jsonl"), 4),
        (("inject", "nowhere.jsonl", "--out", "x"), 4),
    ],
)
def test_errors(capsysbinary: pytest.CaptureFixture[bytes], arguments: tuple[str, ...], exit_code: int) -> None:
    assert said(capsysbinary, "lab", *arguments)[0] == exit_code
