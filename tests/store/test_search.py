"""Searching: what readers type finds what newspapers print."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.store import search
from backfile.store.search import Document, excerpt, find, parse

ARTICLES = [
    (
        1,
        "de-CH",
        "Zürcher Gemeinderäte gegen neue Strassen",
        "Der Entscheid fiel knapp.",
        "Die Häuser an der Bahnhofstrasse bleiben stehen.",
    ),
    (
        2,
        "de",
        "Müllabfuhr kommt später",
        "",
        "Weil der Schnee liegen blieb, fahren die Wagen in Zürich erst am Mittag. Ein großer Fußball-Abend.",
    ),
    (3, "fr", "Les élèves plantent des arbres", "", "À l'école de Morges, les cloches sonnent; la fête est réussie."),
    (4, "it", "La biblioteca riapre", "", "I libri nuovi arrivano in città lunedì."),
    (5, "en", "Runners brave the rain", "", "The running club met at the old mill."),
    (6, "de", "Nicht veröffentlicht: Häuser", "", "Häuser Häuser"),
    (7, "de", "Vom Netz genommen: Häuser", "", "Häuser Häuser"),
]


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE article(id INTEGER PRIMARY KEY, revision, state, taken_down, section_slug, day, language)"
    )
    search.create(connection)
    for number, language, *_ in ARTICLES:
        state = "held" if number == 6 else "clean"
        section = "lokal" if number == 1 else "kultur"
        row = (number, 1, state, number == 7, section, f"20{10 + number}-05-01", language)
        connection.execute("INSERT INTO article VALUES (?,?,?,?,?,?,?)", row)
    search.add(connection, (Document(n, 1, lang, head, lead, text) for n, lang, head, lead, text in ARTICLES))
    return connection


def ids(db: sqlite3.Connection, text: str, **filters: object) -> list[int]:
    return [hit.article for hit in find(db, parse(text, **filters)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Haus", [1]),
        ("haeuser", [1]),
        ("HÄUSER", [1]),
        ("Strasse", [1]),
        ("Straßen", [1]),
        ("Gemeinderat", [1]),
        ("zuerich", [2]),
        ("Muellabfuhr", [2]),
        ("grosse", [2]),
        ("Fussball", [2]),
        ("eleve", [3]),
        ("élève", [3]),
        ("école", [3]),
        ("l’ecole", [3]),
        ("cloche", [3]),
        ("libro", [4]),
        ("citta", [4]),
        ("run", [5]),
    ],
)
def test_inflection_umlauts_and_accents_meet(db: sqlite3.Connection, typed: str, found: list[int]) -> None:
    assert ids(db, typed) == found


def test_what_is_not_published_is_not_found(db: sqlite3.Connection) -> None:
    assert ids(db, "veröffentlicht") == []
    assert ids(db, "Netz genommen") == []


def test_quotes_minus_and_filters(db: sqlite3.Connection) -> None:
    assert ids(db, '"gegen neue Strassen"') == [1]
    assert ids(db, '"Strassen neue gegen"') == []
    assert ids(db, "«neue Strassen»") == [1]
    assert ids(db, "Strassen -Bahnhofstrasse") == []
    assert ids(db, "-Bahnhofstrasse") == []
    assert ids(db, "Häuser", section="kultur") == []
    assert ids(db, "Häuser", year=2011, language="de") == [1]
    assert ids(db, "Häuser", year=2012) == []


def test_headline_weighs_more(db: sqlite3.Connection) -> None:
    search.add(db, [Document(8, 1, "de", "Turm", "", "Glocke " * 3), Document(9, 1, "de", "Glocke", "", "Turm " * 3)])
    for number in (8, 9):
        db.execute("INSERT INTO article VALUES (?,1,'clean',0,'x','2020-01-01','de')", (number,))
    assert ids(db, "Turm") == [8, 9]
    assert ids(db, "Glocke")[0] == 9


def test_beginnings_and_any_word_are_said_so(db: sqlite3.Connection) -> None:
    assert find(db, parse("Bahnhof")).how == "beginnings"
    found = find(db, parse("Müllabfuhr Weltraumbahnhof"))
    assert (found.how, [hit.article for hit in found.hits]) == ("any", [2])


def test_only_the_present_revision_is_found(db: sqlite3.Connection) -> None:
    db.execute("UPDATE article SET revision = 2 WHERE id = 1")
    search.add(db, [Document(1, 2, "de", "Ein Turm", "", "aus Holz")])
    assert ids(db, "Gemeinderat") == []
    assert ids(db, "Turm") == [1]


@given(st.text(max_size=60) | st.text(alphabet="\"'-*()^:«»+ANDORT {}~\0a ü", max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_query_breaks_it(typed: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE article(id INTEGER PRIMARY KEY, revision, state, taken_down, section_slug, day, language)"
    )
    search.create(connection)
    assert find(connection, parse(typed)).total == 0


def test_excerpt_marks_the_hit() -> None:
    text = "Wort " * 100 + "Die Häuser stehen noch. " + "Ende " * 100
    parts = excerpt(text, parse("haus"), "de")
    assert ("Häuser", True) in parts
    assert sum(len(part) for part, _ in parts) < 260
    assert "".join(part for part, _ in parts).startswith("… ")


def test_excerpt_without_hit_is_the_beginning() -> None:
    assert excerpt("Kurzer Text.", parse("nirgends"), "de") == [("Kurzer Text.", False)]


def test_a_long_hostile_query_is_cut() -> None:
    assert len(parse("a " * 100_000).wanted) <= 24
    assert_linear(lambda count: parse('"' * count + "-" * count), 50_000)
