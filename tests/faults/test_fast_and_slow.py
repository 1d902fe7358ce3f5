"""The quick way (one scan, only the texts that it names, nothing looked at twice) finds what the slow way finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.article import Article, Paragraph, Text
from backfile.faults.cases import article_of, load, profile_of
from backfile.faults.mend import Mended, mend
from backfile.faults.rounds import Rounds
from backfile.faults.scan import Scanner, lines_of
from backfile.places import gather, gather_strings
from backfile.profile import Profile

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "faults"
CASES = [case for path in sorted(SAMPLES.glob("*.toml")) for case in load(path)]


class _Everywhere(Scanner):
    """Says of every rule that it may find something in every text."""

    def look(self, lines: Sequence[str], ask: object = None) -> dict[int, set[int]]:
        return {number: set(range(len(lines))) for number in self._sieved}

    def fires(self, number: int, text: str) -> bool:
        return True

    def may(self, number: int, article: Article) -> bool:
        return True


class _Forgetful(dict):
    """A memory that keeps nothing."""

    def __setitem__(self, key: object, value: object) -> None:
        return


def slowly(article: Article, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Mended:
    class Forgetting(Rounds):
        def __init__(self, *args: object) -> None:
            super().__init__(*args)
            self._looked, self._rested, self._calm = _Forgetful(), _Forgetful(), _Forgetful()
            self._hits.may_be_in_strings = lambda *_: True

    with monkeypatch.context() as patch:
        patch.setattr("backfile.faults.mend.scanner", lambda rules: _Everywhere(rules, "re"))
        patch.setattr("backfile.faults.mend.Rounds", Forgetting)
        return mend(article, profile)


def same(fast: Mended, slow: Mended) -> bool:
    """All but the questions: who looks in more places asks more."""
    return (fast.article, fast.ops, fast.faults, fast.unsettled) == (
        slow.article,
        slow.ops,
        slow.faults,
        slow.unsettled,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_in_all_cases_and_decoys(case, monkeypatch) -> None:
    article, profile = article_of(case), profile_of(case)
    assert same(mend(article, profile), slowly(article, profile, monkeypatch))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_lines_that_are_scanned_are_the_texts_that_rules_look_at(case) -> None:
    article = article_of(case)
    texts, strings = gather(article)[0], gather_strings(article)
    assert lines_of(article) == [*(text.text for text in texts), *(value for _, _, value in strings)]


_WORDS = """
a Br&uuml;cke Brücke BrÃ¼cke der die <b> </b> ** „ “ « » " '' <<x>> ,,y Neue-Zeit neu- en (sda) (ar) Uhr. 1 / 8
Seite 3 Von Regula Ammann ZürichHinter \u00ad \ufffd u00fc [caption] T homas l' eau 12.5.Mai -- = ; : ! ? . ,
"""
_TOKENS = [
    *_WORDS.split(),
    "Der Steg ist wieder offen und bleibt es bis im Herbst.",
    "Erstellt: 12.03.2010, 13:15 Uhr",
    "\n",
    " ",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=5))
def test_in_texts_made_up(texts: list[str]) -> None:
    blocks = tuple(Paragraph(id=f"b{n}", text=Text(text.strip() or "x")) for n, text in enumerate(texts))
    article = Article(source="s", key="1", headline=Text("Neue Brücke"), blocks=blocks, language="de-ch")
    with pytest.MonkeyPatch.context() as patch:
        assert same(mend(article, Profile()), slowly(article, Profile(), patch))
