"""Sound passages that look damaged: no rule changes them or claims that they are, whatever the profile knows.

A decoy marked `harmed_by` is one that a rule still touches; the test holds it to exactly these rules, so that
the mark goes the day the rule is mended.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

import backfile
from backfile import config
from backfile.article import Article, Image
from backfile.faults.cases import Case, article_of
from backfile.faults.mend import Mended, mend
from backfile.pipeline import shape_record
from backfile.places import gather
from backfile.profile import Learner, Profile
from backfile.profile.habits import CrossheadHabit
from backfile.profile.words import WordCounter
from backfile.record import Options, Record
from backfile.registry import source as source_named

DECOYS = Path(backfile.__file__).parent / "lab" / "decoys"
PAPER = Path(__file__).resolve().parents[2] / "examples" / "wyssbacher-tagblatt"
LANGUAGES = ("de-CH", "de-DE", "en", "fr", "it")
CLASSES = {
    f"{group}{number}" for group, last in zip("ABCDEFGHI", (10, 5, 10, 10, 10, 9, 7, 8, 6), strict=True)
    for number in range(1, last + 1)
}  # fmt: skip
ABOUT = ("like", "why", "harmed_by")


class Decoy(msgspec.Struct, frozen=True, kw_only=True):
    """One decoy as written: which class it resembles, why it is sound, which rules still touch it."""

    like: str
    why: str
    harmed_by: frozenset[str]
    article: Article


def read(language: str) -> list[Decoy]:
    tables: list[dict[str, Any]] = tomllib.loads((DECOYS / f"{language}.toml").read_text(encoding="utf-8"))["decoy"]
    found = []
    for number, table in enumerate(tables, 1):
        fields = {name: value for name, value in table.items() if name not in ABOUT}
        case = msgspec.convert({**fields, "rule": f"{language}-{table['like']}", "number": number}, Case)
        article = _with_pictures(article_of(msgspec.structs.replace(case, language=language)))
        harmed = frozenset(re.findall(r"[a-z-]+", table.get("harmed_by", "")))
        found.append(Decoy(like=table["like"], why=table["why"], harmed_by=harmed, article=article))
    return found


def _with_pictures(article: Article) -> Article:
    """Each image is a picture of its own."""
    replace = msgspec.structs.replace
    own = (replace(b, src=f"{b.id}.jpg") if isinstance(b, Image) else b for b in article.blocks)
    return replace(article, blocks=tuple(own))


ALL = [decoy for language in LANGUAGES for decoy in read(language)]


PROFILES = ("empty", "learned", "every word known")


@pytest.fixture(scope="module")
def profiles() -> tuple[Profile, ...]:
    """Of an archive of nothing; of one that holds all decoys and the example newspaper; of one that has all their
    words often, as large archives do."""
    return Learner().freeze(), learned(), wide()


def wide() -> Profile:
    counter = WordCounter()
    for decoy in ALL:
        counter.add("\n".join(text.text for text in gather(decoy.article)[0]))
    often = Counter(dict.fromkeys(counter.words(), 20))
    return Profile.of_counts(
        share=1.0, articles=1000, words=often, total=often.total(), authors=Counter(), lines=Counter(), tails=Counter(),
        brackets=Counter(), sections=Counter(), kickers=Counter(), languages=Counter(), days=Counter(),
        crossheads=CrossheadHabit(), signs={},
    )  # fmt: skip


def learned() -> Profile:
    learner = Learner()
    for decoy in ALL:
        learner.add(decoy.article)
    for section in config.load(PAPER).source:
        source = source_named(section.format)
        options = Options(source=section.name, language=section.language)
        for item in source.items(PAPER / section.path, options):
            if isinstance(item, Record):
                learner.add(shape_record(item, source, options).article)
    return learner.freeze()


def touched(outcome: Mended) -> set[str]:
    """The rules that changed something or left a fault open; an operation no fault speaks of counts too."""
    names = {fault.name for fault in outcome.faults}
    return names or ({"unnamed"} if outcome.ops else set())


def what(outcome: Mended) -> list[tuple[str, str, str, str, str]]:
    return [(fault.name, fault.state, fault.at, fault.before, fault.after) for fault in outcome.faults]


@pytest.mark.parametrize("decoy", ALL, ids=lambda decoy: decoy.article.key)
def test_sound_text_is_left_alone(decoy: Decoy, profiles: tuple[Profile, ...]) -> None:
    for name, profile in zip(PROFILES, profiles, strict=True):
        outcome = mend(decoy.article, profile)
        assert outcome.unsettled == ()
        assert touched(outcome) <= decoy.harmed_by, f"{name}: sound, because {decoy.why}: {what(outcome)}"
        assert decoy.harmed_by or outcome.article == decoy.article


@pytest.mark.parametrize("decoy", [d for d in ALL if d.harmed_by], ids=lambda decoy: decoy.article.key)
def test_marks_go_when_the_rule_is_mended(decoy: Decoy, profiles: tuple[Profile, ...]) -> None:
    assert set().union(*(touched(mend(decoy.article, profile)) for profile in profiles)) == decoy.harmed_by


def test_every_class_has_decoys_in_several_languages() -> None:
    languages: dict[str, set[str]] = {}
    for decoy in ALL:
        languages.setdefault(decoy.like, set()).add(decoy.article.language)
    assert set(languages) == CLASSES
    assert {like: n for like, n in Counter(decoy.like for decoy in ALL).items() if n < 4} == {}
    assert [like for like, spread in languages.items() if len(spread) < 3] == []


def test_there_are_enough_and_no_two_alike() -> None:
    assert len(ALL) >= 340
    passages = Counter(msgspec.json.encode(msgspec.structs.replace(decoy.article, key="")) for decoy in ALL)
    assert passages.most_common(1)[0][1] == 1
