"""What ftfy repairs, we repair: its published cases, where its repair of encodings applies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ftfy import fix_encoding

from backfile.article import Article, Paragraph, Text, plain_text
from backfile.faults import RULES
from backfile.faults.mend import mend
from backfile.profile import Profile

ENCODING_ONLY = frozenset(rule.card.name for rule in RULES) - {"mojibake"}


def mended(text: str) -> str:
    article = Article(source="s", key="1", blocks=(Paragraph(id="b", text=Text(text)),))
    return plain_text(mend(article, Profile(), ENCODING_ONLY).article)


@pytest.mark.corpus
def test_published_cases(corpus: Path) -> None:
    paths = sorted(corpus.glob("text-ftfy/*/*.json"))
    cases = [case for path in paths for case in json.loads(path.read_text(encoding="utf-8"))]
    assert len(cases) > 100
    checked = 0
    for case in cases:
        wanted = case.get("fixed-encoding", case["fixed"])
        if case["expect"] == "pass" and fix_encoding(case["original"]) == wanted:
            checked += 1
            assert mended(case["original"]) == wanted, case["label"]
    assert checked > 80


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("Ã„rger in KÃ¶ln", "Ärger in Köln"),
        ("g√¢teau et p√¢t√©", "gâteau et pâté"),
        ("voilÃ  le maire", "voilà le maire"),
        ("â€žJaâ€œ, sagte sie", "„Ja“, sagte sie"),
    ],
)
def test_our_own(damaged: str, sound: str) -> None:
    assert mended(damaged) == sound
