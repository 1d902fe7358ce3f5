"""The score: what was found, what was mended, what was guessed wrong, and what was harmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from backfile.lab.classes import all_classes
from backfile.lab.injecting import Texts, Truth
from backfile.lab.judging import Judged, Verdict, judge
from backfile.lab.reports import Report, reports
from backfile.lab.sheet import TEXT, Place

Names = Callable[[str], frozenset[str]]
"""Class → the names under which a tool reports it."""
COMPOUND = "several together"
"""The row of the cases in which classes met."""


class Row(msgspec.Struct, kw_only=True):
    """The counts of one class. `hits`: reports at a place of it under a name of it; `astray`: all other reports in its
    cases; `found`: places that such a hit speaks of. `silent`: places neither changed nor reported."""

    name: str
    group: str = ""
    layer: str = ""
    recoverable: str = ""
    cases: int = 0
    places: int = 0
    found: int = 0
    hits: int = 0
    astray: int = 0
    exact: int = 0
    left: int = 0
    wrong: int = 0
    silent: int = 0


class Harm(msgspec.Struct, kw_only=True):
    """Of one language: sound blocks, in all cases and in the clean articles, and how many of them were changed.
    `beside`: blocks with a fault that were changed elsewhere; `alarms`: reports in clean articles."""

    language: str
    blocks: int = 0
    harmed: int = 0
    clean_blocks: int = 0
    clean_harmed: int = 0
    beside: int = 0
    alarms: int = 0


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that went wrong: `kind` is `wrong`, `left` (mendable and not mended), `harm`, `beside` or `alarm`."""

    kind: str
    classes: tuple[str, ...]
    case: str
    language: str
    at: str
    before: str
    expected: str
    got: str
    reported: tuple[str, ...] = ()


class Score(msgspec.Struct, kw_only=True):
    """All of it. `errors`: questions without an answer; all that was sound in them counts as harmed."""

    tool: str = ""
    reporting: bool = False
    cases: int = 0
    errors: int = 0
    rows: dict[str, Row] = {}
    harm: dict[str, Harm] = {}
    alarms: dict[str, int] = {}
    failures: list[Failure] = []


def score(
    pairs: Iterable[tuple[Truth, Mapping[str, Any] | None]], names: Names, *, tool: str = "", failures: int = 0
) -> Score:
    """The score of a tool's answers, each beside its truth; None where there is none. `failures`: so many are kept of
    each kind and row."""
    found = Score(tool=tool)
    kept: dict[tuple[str, str], int] = {}
    for truth, said in pairs:
        found.cases += 1
        answer = {} if said is None or "error" in said else said
        found.errors += answer is not said
        found.reporting |= "faults" in answer
        for failure in _one(found, truth, answer, names):
            key = (failure.kind, "".join(_row_names(truth)))
            kept[key] = kept.get(key, 0) + 1
            if kept[key] <= failures:
                found.failures.append(failure)
    found.rows = {name: found.rows[name] for name in [*all_classes(), COMPOUND] if name in found.rows}
    return found


def _one(found: Score, truth: Truth, answer: Mapping[str, Any], names: Names) -> Iterator[Failure]:
    given = {at: texts.given for at, texts in truth.texts.items()}
    harm = found.harm.setdefault(truth.language, Harm(language=truth.language))
    rows = [found.rows.setdefault(name, _row(name)) for name in _row_names(truth)]
    for row in rows:
        row.cases += 1
    told: list[Report] | None = None
    for at, texts in truth.texts.items():
        if answer and at not in answer and at != TEXT:
            continue  # a tool that knows no such field is not judged by it
        places = [place for place in truth.places if place.at == at]
        judged = _judged(at, texts, _said(answer.get(at)), places)
        if told is None:
            told = list(reports(answer, given, judged.changes if at == TEXT else []))
            _count_reports(rows, truth, told, names)
        _count_harm(harm, truth, judged)
        yield from _count_places(rows, truth, places, judged, told, names)
        yield from _harm_failures(truth, at, texts.given, _said(answer.get(at)), judged)
    if not truth.places:
        for report in told or ():
            harm.alarms += 1
            found.alarms[report.name] = found.alarms.get(report.name, 0) + 1
            yield _failure(
                "alarm", truth, report.at, given.get(report.at, "")[report.start : report.end], "", report.name
            )


def _row_names(truth: Truth) -> list[str]:
    return [COMPOUND] if len(truth.classes) > 1 else list(truth.classes)


def _row(name: str) -> Row:
    known = all_classes().get(name)
    if known is None:
        return Row(name=name)
    return Row(name=name, group=known.group, layer=known.layer, recoverable=known.recoverable)


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


def _judged(at: str, texts: Texts, answer: str, places: list[Place]) -> Judged:
    if at != "date":
        return judge(texts.given, texts.clean, answer, places)
    day, blocks = answer[:10], 0 if places else 1
    verdict: Verdict = "exact" if day == texts.clean[:10] else "left" if day in ("", texts.given[:10]) else "wrong"
    harmed = ((0, len(texts.given)),) if not places and day != texts.given[:10] else ()
    return Judged(tuple(verdict for _ in places), tuple(answer for _ in places), blocks, harmed, (), ())


def _count_reports(rows: list[Row], truth: Truth, told: list[Report], names: Names) -> None:
    for report in told:
        hit = any(_speaks_of(report, place, names) for place in truth.places)
        for row in rows:
            row.hits += hit
            row.astray += not hit


def _speaks_of(report: Report, place: Place, names: Names) -> bool:
    if report.at != place.at or report.start > place.end or report.end < place.start:
        return False
    return any(report.name in names(one) for one in place.classes)


def _count_harm(harm: Harm, truth: Truth, judged: Judged) -> None:
    harm.blocks += judged.blocks
    harm.harmed += len(judged.harmed)
    harm.beside += len(judged.beside)
    if not truth.classes:
        harm.clean_blocks += judged.blocks
        harm.clean_harmed += len(judged.harmed)


def _count_places(
    rows: list[Row], truth: Truth, places: list[Place], judged: Judged, told: list[Report], names: Names
) -> Iterator[Failure]:
    for place, verdict, got in zip(places, judged.verdicts, judged.got, strict=True):
        speaking = [report for report in told if _speaks_of(report, place, names)]
        for row in rows:
            row.places += 1
            row.found += bool(speaking)
            setattr(row, verdict, getattr(row, verdict) + 1)
            row.silent += verdict == "left" and not speaking
        if verdict == "wrong" or (verdict == "left" and (_mendable(place) or not speaking)):
            near = [r.name for r in told if r.at == place.at and r.start <= place.end and r.end >= place.start]
            given, clean = truth.texts[place.at].given, place.right[0]
            low, high = max(0, place.start - 25), place.end + 25
            before, after = given[low : place.start], given[place.end : high]
            yield _failure(verdict, truth, place.at, f"{before}⟦{place.given}⟧{after}", clean, got, place.classes, near)


def _mendable(place: Place) -> bool:
    known = all_classes()
    return all(known[name].mendable for name in place.classes if name in known)


def _harm_failures(truth: Truth, at: str, given: str, answer: str, judged: Judged) -> Iterator[Failure]:
    for kind, ranges in (("harm", judged.harmed), ("beside", judged.beside)):
        for start, end in ranges:
            near = [one for one in judged.changes if one.start <= end + 2 and one.end >= start - 2]
            said = answer[near[0].low : near[-1].high] if near else answer
            was = given[near[0].start : near[-1].end] if near else given
            low = near[0].start if near else start
            yield _failure(kind, truth, at, f"{given[max(0, low - 25) : low]}⟦{was}⟧", was, said)


def _failure(
    kind: str, truth: Truth, at: str, before: str, expected: str, got: str,
    classes: tuple[str, ...] = (), reported: Iterable[str] = (),
) -> Failure:  # fmt: skip
    said = {"before": _short(before), "expected": _short(expected), "got": _short(got), "reported": tuple(reported)}
    whose = {"classes": classes or truth.classes, "case": truth.id, "language": truth.language, "at": at}
    return msgspec.convert({"kind": kind, **whose, **said}, Failure)


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:120]} … {text[-60:]}"
