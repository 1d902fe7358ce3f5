"""What the lines of a plain text mean."""

from __future__ import annotations

from backfile.article import Block, Crosshead, List, Note, Paragraph, Preformatted
from backfile.ledger import Drop
from backfile.record import Field
from backfile.shaping import plain
from backfile.shaping.parts import Parts

LONG = "Der Gemeinderat hat gestern Abend nach langer Debatte beschlossen, das alte Schulhaus am See doch zu erhalten."


def read(text: str, head: bool = True) -> Parts:
    return plain.shape(Field("body", text, "text", 0, "plain"), head)


def fields(parts: Parts) -> dict[str, str]:
    return {field.role: field.value for field in parts.fields}


def kinds(parts: Parts) -> list[type[Block]]:
    return [type(block) for block in parts.blocks]  # type: ignore[misc]


def test_one_paragraph_a_line_with_a_crosshead_in_guillemets() -> None:
    parts = read(f"Schulhaus bleibt\n{LONG}\n{LONG} Ja.\n«Ein guter Tag»\n{LONG} Gut.\n")
    assert fields(parts) == {"headline": "Schulhaus bleibt", "lead": LONG}
    assert kinds(parts) == [Paragraph, Crosshead, Paragraph]


def test_values_are_exactly_their_place_in_the_leaf() -> None:
    text = f"\ufeffTitel:  Schulhaus bleibt  \r\nDatum: 1.2.1999\r\n\r\n{LONG}\r\n"
    for field in read(text).fields:
        assert text[field.start : field.start + len(field.value)] == field.value


def test_hard_wrapped_lines_are_joined_and_paragraphs_kept_apart() -> None:
    wrapped = (
        "Schulhaus bleibt\n\nDer Gemeinderat hat gestern Abend nach langer\nDebatte beschlossen, das alte Schulhaus am\n"  # noqa: E501
        "See doch zu erhalten und zu sanieren.\n\nDie Kosten betragen drei Millionen Franken,\nüber die das Volk im Herbst"  # noqa: E501
        " befinden wird.\nDie Parteien sind sich einig wie noch nie.\n"
    )
    parts = read(wrapped)
    texts = [f.value for f in parts.fields if f.role == "lead"] + [b.text.text for b in parts.blocks]  # type: ignore[union-attr]
    assert texts[0].replace("\n", " ").startswith("Der Gemeinderat hat gestern Abend nach langer Debatte beschlossen")
    assert len(texts) == 2


def test_the_import_notice_is_a_note_in_four_languages() -> None:
    for notice in (
        "Dieser Artikel wurde automatisch aus unserem alten Redaktionssystem übernommen. Wir bitten um Verständnis.",
        "Cet article a été importé automatiquement de notre ancien système sur le nouveau site.",
        "Questo articolo è stato importato automaticamente dal nostro vecchio sistema redazionale.",
        "This article was automatically imported from our old editorial system to our new website.",
    ):
        last = read(f"Schulhaus bleibt\n{LONG}\n{LONG} Ja.\n{notice}").blocks[-1]
        assert isinstance(last, Note), notice
        assert last.kind == "import-notice"


def test_an_article_about_automatic_imports_is_no_notice() -> None:
    line = "Die Daten werden künftig automatisch importiert, sagt die Zollverwaltung zu den neuen Formularen."
    assert not any(isinstance(b, Note) for b in read(f"Zoll\n{LONG}\n{line}\n{LONG}").blocks)


def test_lists_tables_and_verse_stay_lines() -> None:
    parts = read(f"Sport\n{LONG}\n{LONG} A.\n\n- Basel\n- Bern\n\n{LONG} B.\n\nBasel    3\nBern     2\nChur     1\n")
    assert [k for k in kinds(parts) if k in (List, Preformatted)] == [List, Preformatted]
    assert [d.text for d in parts.account if isinstance(d, Drop)] == ["-", "-"]
    poem = "Der Mond geht auf\ndie Gassen still\nein Hund bellt fern\nund niemand will"
    assert Preformatted in kinds(read(f"Gedicht\n{LONG}\n{LONG} A.\n\n{poem}\n"))


def test_a_sentence_is_no_crosshead_and_neither_is_the_last_line() -> None:
    parts = read(f"Sport\n{LONG}\n{LONG} A.\nEs regnete.\n{LONG} B.\nEin kurzer Schluss\n")
    assert Crosshead not in kinds(parts)


def test_without_a_head_nothing_is_taken_for_one() -> None:
    parts = read(f"Kurze Zeile\n{LONG}\n", head=False)
    assert not parts.fields
    assert len(parts.blocks) == 2


def test_wire_framing_is_dropped_by_name() -> None:
    parts = read(f"\x01abc 3 vm\r\n\x02Post schliesst\r\n{LONG}\r\n\x03\r\n1430\x04")
    assert {d.reason for d in parts.account if isinstance(d, Drop)} == {"wire header", "wire trailer"}
    assert fields(parts)["headline"] == "Post schliesst"
