"""Injecting: seeded, exact, and nowhere else."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.lab import clean, injecting, running
from backfile.lab.classes import all_classes, left_out
from backfile.lab.sheet import GAP, Edit, Sheet

CLASSES = all_classes()
CATALOGUE = [f"{letter}{n}" for letter, last in zip("ABCDEFGHI", (10, 5, 10, 10, 10, 9, 7, 8, 6), strict=True)
             for n in range(1, last + 1)]  # fmt: skip


def test_every_entry_of_the_catalogue_is_injected_or_says_why_not() -> None:
    groups = {one.group for one in CLASSES.values()}
    assert groups | set(left_out()) == set(CATALOGUE)
    assert all(left_out().values())


def test_the_shipped_articles(articles: list[clean.CleanArticle]) -> None:
    counts = Counter(article.language for article in articles)
    assert set(counts) == set(clean.LANGUAGES)
    assert min(counts.values()) >= 12
    assert len({article.id for article in articles}) == len(articles)
    for article in articles:
        assert article.headline
        assert article.lead
        assert article.byline
        assert article.code
        assert article.date
        assert {block.type for block in article.blocks} <= clean.KINDS
        if article.language == "de-CH":
            assert "ß" not in "".join(block.text for block in article.blocks)


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_finds_a_place_and_its_truth_restores_the_article(
    name: str, articles: list[clean.CleanArticle]
) -> None:
    """Also: what is outside the places is the clean text, letter by letter."""
    fault, found = CLASSES[name], 0
    for number, article in enumerate(articles):
        sheet = Sheet(article)
        if not fault.speaks(article.language) or not injecting.injected(sheet, fault, Random(number)):
            continue
        found += 1
        places = list(sheet.places())
        assert places
        assert all(place.classes == (name,) for place in places)
        for at in sheet.segments:
            given, clean_text = sheet.given(at), Sheet(article).given(at)
            assert sheet.clean(at) == clean_text
            shift = 0
            for place in (one for one in places if one.at == at):
                assert given[place.start : place.end] == place.given != place.right[0]
                begin = place.start + shift
                assert clean_text[begin : begin + len(place.right[0])] == place.right[0]
                shift += len(place.right[0]) - len(place.given)
            _same_outside(given, clean_text, [place for place in places if place.at == at])
    assert found


def _same_outside(given: str, clean_text: str, places: list) -> None:
    at, to = 0, 0
    for place in places:
        length = place.start - at
        assert given[at : place.start] == clean_text[to : to + length]
        at, to = place.end, to + length + len(place.right[0])
    assert given[at:] == clean_text[to:]


def test_the_same_seed_gives_the_same_bytes(articles: list[clean.CleanArticle], tmp_path: Path) -> None:
    for folder, seed in (("a", 3), ("b", 3), ("c", 4)):
        running.write(articles, tmp_path / folder, seed, 80, ())
    for name in (running.QUESTIONS, running.TRUTH, running.ARCHIVE):
        first, again, other = ((tmp_path / folder / name).read_bytes() for folder in "abc")
        assert first == again
        assert first != other
        assert first.isascii()


def test_compound_cases_restore_too(cases: list[injecting.Case]) -> None:
    together = [case for case in cases if len(case.truth.classes) > 1]
    assert len(together) > 60
    for case in cases:
        for at, texts in case.truth.texts.items():
            said = texts.given
            for place in reversed([one for one in case.truth.places if one.at == at]):
                assert said[place.start : place.end] == place.given
                said = said[: place.start] + place.right[0] + said[place.end :]
            assert said == texts.clean


def test_the_question_shows_what_the_truth_says(cases: list[injecting.Case]) -> None:
    """`text` and the fields are the given texts; and what the payload holds of text is in its content."""
    for case in cases:
        for at, texts in case.truth.texts.items():
            assert case.asked[at] == texts.given
        assert case.asked["format"] in ("html", "jsonl", "page")
        if case.asked["format"] == "jsonl":
            assert json.loads(case.asked["content"])["id"] == case.truth.id


def test_only_some_classes(articles: list[clean.CleanArticle]) -> None:
    found = {name for case in injecting.cases(articles, 1, 30, ("A1", "drop-cap")) for name in case.truth.classes}
    assert {CLASSES[name].group for name in found} == {"A1", "G3"}


def test_classes_that_find_no_place_end(articles: list[clean.CleanArticle]) -> None:
    bare = [clean.CleanArticle(id="1", language="en", blocks=(clean.CleanBlock("No umlaut here"),))]
    made = list(injecting.cases(bare, 1, 50, ("spelt-umlaut",)))
    assert all(not case.truth.classes for case in made)


def test_anybodys_articles(tmp_path: Path) -> None:
    path = tmp_path / "clean.jsonl"
    lines = [
        {"id": 5, "language": "de", "text": "Erster Absatz.\n\nZweiter Absatz."},
        {"headline": "Kopf", "lead": "Vorspann", "text": "Vorspann\n\nText",
         "blocks": [{"type": "image", "text": "Legende"}, {"type": "list", "text": "eins\nzwei"}]},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    first, second = clean.load(path)
    assert [block.text for block in first.blocks] == ["Erster Absatz.", "Zweiter Absatz."]
    assert [(block.type, block.text) for block in second.blocks] == [
        ("caption", "Legende"), ("item", "eins"), ("item", "zwei"),
    ]  # fmt: skip


EDITS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9), st.text("xy\n", max_size=4)), max_size=6)


@given(st.text("ab \n", max_size=40), EDITS)
def test_whatever_is_put_upon_whatever(text: str, edits: list[tuple[int, int, str]]) -> None:
    """The clean text is always what it was."""
    text = re.sub(r"\n{2,}", "\n", text)
    sheet = Sheet(clean.CleanArticle(id="1", blocks=(clean.CleanBlock(text),)))
    for start, length, new in edits:
        now = sheet.text
        edit = Edit(start=min(start, len(now)), end=min(start + length, len(now)), new=new)
        sheet.apply([edit], "any")
        assert sheet.text == now[: edit.start] + new + now[edit.end :]
        assert sheet.clean("text") == text
        assert GAP in sheet.text or len(sheet.kinds) >= 1
