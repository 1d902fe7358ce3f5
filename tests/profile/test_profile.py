"""The profile: what it learns, what it refuses to believe, and that the same is always the same."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.article import Article, Crosshead, Paragraph, Text
from backfile.profile import Learner, Profile
from backfile.profile import learner as learner_module
from backfile.profile import words as words_module
from backfile.profile.marks import bracketed, tail_code
from backfile.profile.words import WordCounter, parts

ZONE = ZoneInfo("Europe/Zurich")


def article(*texts: str, key: str = "1", **fields) -> Article:
    blocks = tuple(
        Crosshead(id=f"b{n}", text=Text(text[1:])) if text.startswith("#") else Paragraph(id=f"b{n}", text=Text(text))
        for n, text in enumerate(texts)
    )
    return Article(source="s", key=key, blocks=blocks, **{"language": "de-ch", **fields})


def learned(*articles: Article) -> Profile:
    learner = Learner()
    for one in articles:
        learner.add(one)
    return learner.freeze()


def test_words_are_counted_without_punctuation() -> None:
    profile = learned(article("«Das Brünneli», sagte er, sei alt: Brünneli-Platz."))
    assert profile.count("Brünneli") == 2
    assert profile.count("Brünneli-Platz") == 1
    assert profile.count("alt") == 1
    assert profile.count("alt:") == 0


def test_known_needs_more_than_one() -> None:
    once = learned(article("Ein Quantensprüngli."))
    assert not once.known("Quantensprüngli")
    twice = learned(article("Ein Quantensprüngli."), article("Zwei Quantensprüngli."))
    assert twice.known("Quantensprüngli")
    assert not twice.known("Quantensprung")


def test_sentence_start_knows_the_lower_case_word() -> None:
    profile = learned(article("ein hübsches Haus"), article("wie hübsches Holz"))
    assert profile.known("Hübsches")
    assert not profile.known("haus")


@pytest.mark.parametrize(
    "word", ["fÃ¼r", "StraÃŸe", "Br�cke", "f?r", "fŸr", "m\x81ssen", "Ver\u00adein", "&uuml;ber", ""]
)
def test_damaged_words_are_never_known(word: str) -> None:
    profile = learned(*[article(f"{word} {word} {word}") for _ in range(50)])
    assert not profile.known(word)


def test_common_words_are_known_without_learning() -> None:
    assert Profile().known("für")
    assert Profile().known("Über")
    assert Profile().known("aujourd'hui")
    assert not Profile().known("Brünneli")


def test_sign_off_codes() -> None:
    articles = [article("Ein Satz.", f"Der Rat tagte am Tag {n}. (dho)") for n in range(5)]
    profile = learned(*articles, article("Alles ist gut."))
    assert profile.code("dho")
    assert not profile.code("gut")
    assert not profile.code("sda")


def test_a_word_that_also_ends_articles_is_no_code() -> None:
    articles = [article("Das war es aber.", "Er kam. aber") for _ in range(4)]
    assert not learned(*articles).code("aber")


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("… vergriffen sind.ar", "ar"),
        ("Ende. (sda)", "sda"),
        ("Er kam. fs/us", "fs/us"),
        ("Er kam an", ""),
        ("mhu", "mhu"),
    ],
)
def test_tail_code(paragraph: str, code: str) -> None:
    assert tail_code(paragraph) == code


def test_agencies() -> None:
    profile = learned(*[article(f"Bern (xyz) – Der Rat tagte zum {n}. Mal.") for n in range(25)])
    assert profile.agency("xyz")
    assert profile.agency("sda")
    assert profile.agency("(SDA/AFP)")
    assert not profile.agency("rat")
    assert not profile.agency("")
    assert list(bracketed("Bern (sda/afp) Der Rat")) == ["sda", "afp"]


def test_recurring_lines_count_articles() -> None:
    box = "Die Zeitung verlost zehn Billette."
    profile = learned(*[article(box, box, f"Text {n}.") for n in range(4)], article("Nur einmal."))
    assert profile.recurring(box) == 4
    assert profile.recurring("Nur einmal.") == 0


def test_crosshead_habit() -> None:
    heads = [
        "Der Rat zögert",
        "Viele offene Fragen",
        "Wie es weitergeht",
        "Keine Einigung",
        "Neue Pläne",
        "Das Volk entscheidet",
    ]
    profile = learned(*[article(f"#{head}", "Ein Satz.") for head in heads])
    likely = profile.crosshead_habit("Mehr Geld für alle")
    assert likely > 0.5
    assert likely > profile.crosshead_habit("Das ist ein Satz.")
    assert profile.crosshead_habit("x" * 200) == 0


def test_dates_authors_sections_signs() -> None:
    day = datetime(2009, 3, 1, 12, tzinfo=ZONE)
    profile = learned(
        *[article(f"«Ja», sagte {n}.", published=day, bylines=("Anna Muster",), section="Region") for n in range(20)]
    )
    assert profile.date_spikes() == {"2009-03-01": 20}
    assert profile.author("Anna Muster")
    assert not profile.author("Anna")
    assert profile.sections == {"Region": 20}
    assert profile.signs("de-ch")["«"] == 20


def test_bytes_are_the_same_for_the_same() -> None:
    articles = [article(f"Wort{n % 7} Satz {n}.", key=str(n)) for n in range(30)]
    first, second = learned(*articles), learned(*articles)
    assert first.to_bytes() == second.to_bytes()
    again = Profile.from_bytes(first.to_bytes())
    assert again.version == first.version
    assert again.to_bytes() == first.to_bytes()
    assert again.count("Satz") == 30
    assert learned(*articles[:-1]).version != first.version


@pytest.mark.parametrize("data", [b"", b"x", b"BFPROF1\n", b"BFPROF1\n" + b"\x28\xb5\x2f\xfd" + b"0" * 20])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="profile"):
        Profile.from_bytes(data)


@given(st.lists(st.text("abü .?", min_size=1, max_size=30), max_size=12), st.integers(0, 12))
def test_merged_parts_equal_the_whole(texts: list[str], cut: int) -> None:
    articles = [article(text, key=str(n), bylines=(text[:3],)) for n, text in enumerate(texts)]
    whole, left, right = Learner(), Learner(), Learner()
    for one in articles:
        whole.add(one)
    for one in articles[:cut]:
        left.add(one)
    for one in articles[cut:]:
        right.add(one)
    left.merge(right)
    merged, at_once = left.freeze(), whole.freeze()
    for word in {word for text in texts for word in text.split()}:
        assert merged.count(word) == at_once.count(word)
    assert merged.articles == at_once.articles


def test_memory_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(words_module, "MAX_TOKENS", 100)
    monkeypatch.setattr(words_module, "MAX_WORDS", 300)
    monkeypatch.setattr(learner_module, "MAX_LINES", 50)
    learner = Learner()
    for n in range(400):
        learner.add(article(f"immer wieder wort{chr(97 + n % 26)}{'x' * (n // 26)}", f"Zeile {n}"))
    profile = learner.freeze()
    assert profile.count("immer") == 400
    assert len(learner._lines) <= 52
    assert len(learner._words.words()) <= 300


@pytest.mark.parametrize(
    ("token", "wanted"),
    [
        ("«Ja»,", ["Ja"]),
        ("12.3.2010", []),
        ("l’école", ["l'école", "école"]),
        ("Postfinance-Arena", ["Postfinance-Arena", "Postfinance", "Arena"]),
        ("info@example.ch", []),
        ("<b>", ["b"]),
        ("x" * 100, []),
    ],
)
def test_parts(token: str, wanted: list[str]) -> None:
    assert list(parts(token)) == wanted


def test_counter_total() -> None:
    counter = WordCounter()
    counter.add("eins zwei zwei")
    assert counter.total == 3


def test_a_part_of_a_large_archive_tells_its_words(monkeypatch) -> None:
    articles = [article(f"Der Rat tagt in Wyssbach zum Budget{n % 3}. ar", key=str(n)) for n in range(600)]
    whole = learned(*articles)
    monkeypatch.setattr("backfile.profile.learner.CENSUS", 50)
    monkeypatch.setattr("backfile.profile.learner.LARGE", 100)
    part, back = learned(*articles), learned(*articles[:50], *reversed(articles[50:]))
    assert part.count("Wyssbach") < whole.count("Wyssbach") / 4
    assert all(part.known(word) == whole.known(word) for word in ("Der", "Rat", "Wyssbach", "Budget", "Nichts"))
    assert part.known("Wyssbach")
    assert back.known("Wyssbach")
    assert part.codes == whole.codes
    assert part.codes.get("ar") == 600
