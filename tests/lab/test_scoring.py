"""Scoring: oracles, tools that do nothing, tools that destroy, and small answers whose score can be told by hand."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from backfile.errors import MissingTool, UnreadableInput
from backfile.lab import backfile_tool, injecting, running, tables, tools
from backfile.lab.judging import changes, judge
from backfile.lab.reports import reports
from backfile.lab.scoring import Score, score
from backfile.lab.sheet import Place


def scored(cases: list[injecting.Case], answer: Callable[[injecting.Case], dict[str, Any]], failures: int = 0) -> Score:
    pairs = ((case.truth, answer(case)) for case in cases)
    return score(pairs, lambda name: frozenset({name}), failures=failures)


def oracle(case: injecting.Case) -> dict[str, Any]:
    """The clean texts, and every place reported under its class."""
    texts = {at: texts.clean for at, texts in case.truth.texts.items()}
    faults = [
        {"name": place.classes[0], "block": "" if place.at == "text" else place.at, "start": place.start,
         "end": place.end, "before": place.given or case.truth.texts[place.at].given[place.start - 1 : place.end + 1]}
        for place in case.truth.places
    ]  # fmt: skip
    return {"id": case.truth.id, **texts, "faults": faults}


def test_a_perfect_oracle(cases: list[injecting.Case]) -> None:
    found = scored(cases, oracle)
    every = tables.total(found)
    assert every.exact == every.places > 2000
    assert every.wrong == every.left == 0
    assert all(one.harmed == one.beside == one.alarms == 0 for one in found.harm.values())
    assert every.found / every.places > 0.99
    assert every.hits / (every.hits + every.astray) > 0.99


def test_a_tool_that_does_nothing(cases: list[injecting.Case]) -> None:
    answers = list(tools.peer("identity")(case.asked for case in cases))
    found = running.scored((case.truth for case in cases), answers, "identity", 0)
    every = tables.total(found)
    assert every.left == every.silent == every.places
    assert every.exact == every.wrong == every.found == every.hits == 0
    assert all(one.harmed == one.beside == 0 for one in found.harm.values())
    assert not found.reporting


def test_a_tool_that_destroys_everything(cases: list[injecting.Case]) -> None:
    found = scored(cases, lambda case: dict.fromkeys(case.truth.texts, ""))
    assert all(one.harmed == one.blocks > 0 for one in found.harm.values())
    assert tables.total(found).exact < tables.total(found).places * 0.01  # of fields that ought to be empty


def test_a_tool_that_harms_one_word_a_block(cases: list[injecting.Case]) -> None:
    clean = [case for case in cases if not case.truth.classes]
    found = scored(clean, lambda case: {"text": case.truth.texts["text"].given.replace(" ", "  ", 1)})
    assert sum(one.harmed for one in found.harm.values()) == len(clean)


def test_no_answer_harms_all(cases: list[injecting.Case]) -> None:
    found = score([(cases[-1].truth, None), (cases[-2].truth, {"error": "no"})], lambda name: frozenset())
    assert found.errors == 2
    assert all(one.harmed == one.blocks for one in found.harm.values())


def place(given: str, at: int, right: str, *also: str) -> Place:
    return Place(classes=("x",), at="text", start=at, end=at + len(given), given=given, right=(right, *also))


GIVEN = "Der f?r Rat.\n\nEin Block.\n\nNoch einer."
PLACE = place("f?r", 4, "für")


@pytest.mark.parametrize(
    ("answer", "verdict", "harmed", "beside"),
    [
        (GIVEN, "left", 0, 0),
        ("Der für Rat.\n\nEin Block.\n\nNoch einer.", "exact", 0, 0),
        ("Der fär Rat.\n\nEin Block.\n\nNoch einer.", "wrong", 0, 0),
        ("Der für Rat!\n\nEin Block.\n\nNoch einer.", "exact", 0, 1),
        ("Der f?r Rat.\n\nEin Klotz.\n\nNoch einer.", "left", 1, 0),
        ("Der für Rat.\n\nEin Block. Noch einer.", "exact", 2, 0),
        ("Der für Rat.\n\nNoch einer.", "exact", 1, 0),
        ("", "wrong", 2, 0),
    ],
)
def test_small_answers(answer: str, verdict: str, harmed: int, beside: int) -> None:
    clean = GIVEN.replace("f?r", "für")
    found = judge(GIVEN, clean, answer, [PLACE])
    assert found.verdicts == (verdict,)
    assert (len(found.harmed), len(found.beside), found.blocks) == (harmed, beside, 2)


def test_other_right_answers() -> None:
    given = "Ein Satz.Noch einer."
    gap = place("", 9, "\n\n", " ")
    for answer, verdict in (("Ein Satz.\n\nNoch einer.", "exact"), ("Ein Satz. Noch einer.", "exact"),
                            ("Ein Satz.-Noch einer.", "wrong"), (given, "left")):  # fmt: skip
        assert judge(given, "Ein Satz.\n\nNoch einer.", answer, [gap]).verdicts == (verdict,)


def test_either_of_two_equal_sentences_may_go() -> None:
    said = "Es regnet seit Tagen. "
    given = f"A. {said}{said}B."
    twice = place(said, 3 + len(said), "")
    assert judge(given, f"A. {said}B.", f"A. {said}B.", [twice]).verdicts == ("exact",)
    other = f"A, {said}B."
    assert judge(given, f"A. {said}B.", other, [twice]).verdicts == ("exact",)


def test_reports_are_found_by_their_words() -> None:
    given = "Die Br?cke.\n\nDie Br?cke f?r alle."
    answer = {"text": "Die Brücke.\n\nDie Brücke für alle.", "blocks": [
        {"id": "a", "text": "Die Brücke."}, {"id": "b", "text": "Die Brücke für alle."}], "faults": [
        {"name": "n", "block": "b", "start": 6, "end": 7, "before": "?"},
        {"name": "n", "block": "b", "start": 12, "end": 13, "before": "?"},
        {"name": "whole", "block": "a", "start": 0, "end": 0},
        {"name": "date", "block": "published", "start": 0, "end": 0}]}  # fmt: skip
    found = list(reports(answer, {"text": given, "date": "1970"}, changes(given, answer["text"])))
    assert [(r.name, r.at, r.start, r.end) for r in found] == [
        ("n", "text", 19, 20), ("n", "text", 25, 26), ("whole", "text", 0, 11), ("date", "date", 0, 4),
    ]  # fmt: skip


def test_what_was_taken_out_is_found_though_it_was_white_space() -> None:
    given = "L’ école et l’ élève."
    answer = {"text": "L’école et l’élève.", "blocks": [{"id": "a", "text": "L’école et l’élève."}], "faults": [
        {"name": "n", "state": "mended", "block": "a", "start": 13, "end": 14},
        {"name": "n", "state": "mended", "block": "a", "start": 2, "end": 3}]}  # fmt: skip
    found = list(reports(answer, {"text": given}, changes(given, answer["text"])))
    assert [(r.start, r.end) for r in found] == [(14, 15), (2, 3)]


def test_failures_are_kept_and_limited(cases: list[injecting.Case]) -> None:
    found = scored(cases, lambda case: dict.fromkeys(case.truth.texts, ""), failures=2)
    single = {case.truth.id for case in cases if len(case.truth.classes) == 1}
    counts = Counter((failure.kind, failure.classes) for failure in found.failures if failure.case in single)
    assert counts
    assert max(counts.values()) == 2
    assert not scored(cases[:50], lambda case: {"text": ""}).failures


def test_any_command_is_a_tool(cases: list[injecting.Case]) -> None:
    program = (
        "import json,sys\nfor l in sys.stdin:\n q=json.loads(l); print(json.dumps({'id':q['id'],'text':q['text']}))"
    )
    answers = list(tools.command(f'{sys.executable} -c "{program}"')(case.asked for case in cases[:20]))
    assert [answer["text"] for answer in answers] == [case.asked["text"] for case in cases[:20]]
    with pytest.raises(MissingTool):
        list(tools.command("/no/such/tool")([]))
    with pytest.raises(UnreadableInput):
        list(tools.command(f'{sys.executable} -c "raise SystemExit(3)"')([]))


def test_peers_that_are_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nh3", None)
    with pytest.raises(MissingTool):
        tools.peer("nh3")


def texts_of(answers: Iterable[dict[str, Any]]) -> list[str]:
    return [answer["text"] for answer in answers]


def test_what_the_libraries_do() -> None:
    asked = [{"id": 1, "text": "f&uuml;r <b>alle</b> fÃ¼r"}]
    assert texts_of(tools.peer("html.unescape")(asked)) == ["für <b>alle</b> fÃ¼r"]
    pytest.importorskip("nh3")
    assert texts_of(tools.peer("nh3")(asked)) == ["für alle fÃ¼r"]


def test_backfile_harms_hardly_anything(articles: list[Any]) -> None:
    """Of sound articles nothing; it answers every question."""
    found = running.run(articles, running.BACKFILE, seed=5, count=150, only=(), learn=True, failures=1)
    assert found.errors == 0
    assert sum(one.clean_harmed for one in found.harm.values()) == 0
    assert found.reporting
    assert tables.total(found).found > 0


def test_a_class_maps_to_the_faults_that_backfile_knows() -> None:
    assert "mojibake" in backfile_tool.names("utf8-as-cp1252")
    assert "visible-entity" in backfile_tool.names("double-entity")
    assert backfile_tool.names("no-such-class") == frozenset({"no-such-class"})


def test_the_page_and_the_object(cases: list[injecting.Case]) -> None:
    found = scored(cases, oracle)
    found.tool = "oracle"
    page = tables.page([found, found], "backfile lab run", ["nh3"])
    assert "| oracle |" in page
    assert "Left out: nh3" in page
    assert json.dumps(tables.as_object(found))
    assert all(line.count("|") >= 3 for line in page.splitlines() if line.startswith("|"))
