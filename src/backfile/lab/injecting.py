"""From clean articles to cases: what a tool gets, and the truth about it. The same seed gives the same bytes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import msgspec

from backfile.errors import UsageError
from backfile.lab.classes import all_classes
from backfile.lab.clean import CleanArticle
from backfile.lab.fault_class import Carrier, FaultClass
from backfile.lab.render import question
from backfile.lab.sheet import FIELDS, GAP, TEXT, Place, Sheet

TRIES = 12
"""Articles that are offered to a class before it is said to have found no place."""
COMPOUND = 0.2
"""The share of cases in which two or three classes meet in one article."""
_CARRIERS: tuple[Carrier, ...] = ("body", "record", "page")


class Texts(msgspec.Struct, frozen=True):
    """One text of a case: as a tool gets it, and as it ought to be."""

    given: str
    clean: str


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What is true of one case. Without places it is a clean article, in which every finding is a false alarm.

    `texts`: the running text (`text`: lead and blocks, joined by blank lines), and the fields, where the format has
    them. A place's `start` and `end` are code points of the given text.
    """

    id: str
    article: str
    language: str
    format: str
    classes: tuple[str, ...]
    texts: dict[str, Texts]
    places: tuple[Place, ...]


class Case(msgspec.Struct, frozen=True):
    """One question and its truth."""

    asked: dict[str, Any]
    truth: Truth


def cases(articles: Sequence[CleanArticle], seed: int, count: int, only: Sequence[str] = ()) -> Iterator[Case]:
    """`count` articles with faults, class after class, a fifth of them with several; then each clean article, in each
    format."""
    if not articles:
        raise UsageError("there are no articles", hint="Give some with --articles FILE.")
    classes = chosen(only)
    unplaced: dict[str, int] = {}
    number = turn = 0
    while number < count and len(unplaced) < len(classes):
        wanted = classes[turn % len(classes)]
        turn += 1
        rng = Random(f"{seed}:{turn}")  # noqa: S311 - to be repeated, not to be secret
        together = [wanted]
        others = [one for one in classes if one is not wanted]
        if others and rng.random() < COMPOUND:
            together += rng.sample(others, min(rng.choice((1, 1, 2)), len(others)))
        found = _case(articles, together, f"{wanted.name}.{turn}", rng)
        if found is None:
            unplaced[wanted.name] = turn
            continue
        number += 1
        yield found
    for article in articles:
        for carrier in _CARRIERS:
            yield _finished(Sheet(article), f"{article.id}.clean.{carrier}", carrier)


def chosen(only: Sequence[str]) -> list[FaultClass]:
    """Classes by name or by group; all without any."""
    known = all_classes()
    found = [one for one in known.values() if not only or one.name in only or one.group in only]
    for name in only:
        if name not in known and not any(one.group == name for one in found):
            raise UsageError(f"no class and no group is called {name!r}", hint="`backfile lab classes` lists them.")
    return found


def _case(articles: Sequence[CleanArticle], classes: list[FaultClass], key: str, rng: Random) -> Case | None:
    """The first class must find a place; the others join it where they can."""
    fitting = [article for article in articles if classes[0].speaks(article.language)]
    for article in rng.sample(fitting, min(TRIES, len(fitting))):
        sheet = Sheet(article)
        if not injected(sheet, classes[0], rng):
            continue
        joined = [one for one in classes[1:] if one.speaks(article.language) and injected(sheet, one, rng)]
        used = [classes[0], *joined]
        carrier = max((one.carrier for one in used), key=_CARRIERS.index)
        return _finished(sheet, key, carrier, tuple(one.name for one in used))
    return None


def injected(sheet: Sheet, fault: FaultClass, rng: Random) -> bool:
    """Whether the class found a place in the sheet; its faults are then in it."""
    edits = fault.inject(sheet, rng)
    if not edits:
        return False
    trial = copy.copy(sheet)
    trial.segments, trial.kinds = dict(sheet.segments), list(sheet.kinds)
    trial.apply(edits, fault.name)
    if "" in trial.text.split(GAP) or trial.text.count(GAP) + 1 != len(trial.kinds):
        return False  # a block without text is no block; or two faults met that cannot live together
    sheet.segments, sheet.kinds = trial.segments, trial.kinds
    return True


def _finished(sheet: Sheet, key: str, carrier: Carrier, classes: tuple[str, ...] = ()) -> Case:
    asked = question(sheet, key, carrier)
    names = [name for name in (TEXT, *FIELDS) if name in asked]
    texts = {name: Texts(sheet.given(name), sheet.clean(name)) for name in names}
    places = tuple(place for place in sheet.places() if place.at in texts)
    truth = Truth(id=key, article=sheet.article.id, language=sheet.language, format=asked["format"], classes=classes,
                  texts=texts, places=places)  # fmt: skip
    return Case(asked, truth)


def archive(articles: Sequence[CleanArticle], seed: int) -> Iterator[dict[str, Any]]:
    """What a tool may learn from: every article in print and online, signed, and online with a button's words.

    An archive knows its own words: a word that stands in one article only stands in both of its editions.
    """
    signed = [one for one in all_classes().values() if one.group == "F2"]
    buttons = [one for one in all_classes().values() if one.group == "F6"]
    for edition in ("print", "online"):
        for article in articles:
            sheet = Sheet(article)
            rng = Random(f"{seed}:{edition}:{article.id}")  # noqa: S311
            injected(sheet, rng.choice(signed), rng)
            if edition == "online":
                injected(sheet, rng.choice(buttons), rng)
            yield question(sheet, f"{article.id}.{edition}", "record")
