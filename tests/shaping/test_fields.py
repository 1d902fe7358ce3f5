"""Fields: dates, names, headlines, and what becomes of the second one of a kind."""

from __future__ import annotations

import pytest

from backfile.record import Field, Options, Origin, Record
from backfile.shaping import Shaped, shape
from backfile.shaping.bylines import parts
from backfile.shaping.dates import read


def shaped(*fields: Field, **options: str) -> Shaped:
    record = Record(source="t", key="1", format="t", media="json", payload=b"{}", origin=Origin("x"))
    return shape(record, list(fields), Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Mon, 07 Mar 2011 14:30:00 +0000", "2011-03-07T15:30:00+01:00"),
        ("2011-03-07 14:30:00", "2011-03-07T14:30:00+01:00"),
        ("2011-07-07T14:30:00Z", "2011-07-07T16:30:00+02:00"),
        ("1299508200", "2011-03-07T15:30:00+01:00"),
        ("1299508200000", "2011-03-07T15:30:00+01:00"),
        ("Montag, 7. März 2011, 14.30 Uhr", "2011-03-07T14:30:00+01:00"),
        ("lundi 7 mars 2011 à 14h30", "2011-03-07T14:30:00+01:00"),
        ("1er avril 2004", "2004-04-01T00:00:00+02:00"),
        ("lunedì 7 marzo 2011 ore 14:30", "2011-03-07T14:30:00+01:00"),
        ("Monday, March 7th, 2011 2:30 pm", "2011-03-07T14:30:00+01:00"),
        ("07.03.2011 14:30", "2011-03-07T14:30:00+01:00"),
        ("12/25/2003", "2003-12-25T00:00:00+01:00"),
        ("20110307T143000+0100", "2011-03-07T14:30:00+01:00"),
        ("20110307", "2011-03-07T00:00:00+01:00"),
    ],
)
def test_dates_of_old_systems(value: str, expected: str) -> None:
    found = read(value, "Europe/Zurich")
    assert found.date is not None
    assert found.date.isoformat() == expected


@pytest.mark.parametrize("value", ["", "0000-00-00 00:00:00", "0"])
def test_no_date_is_invented_for_none(value: str) -> None:
    assert read(value, "Europe/Zurich") == (None, "missing-date")


@pytest.mark.parametrize(
    "value", ["2011-02-30", "31.02.2004", "gestern", "9" * 30, "2011-13-01", "3. Foo 2001", "12:30", "2011"]
)
def test_what_cannot_be_a_date_is_none(value: str) -> None:
    assert read(value, "Europe/Zurich") == (None, "impossible-date")


def test_a_future_date_stays_and_is_a_fault() -> None:
    result = shaped(Field("published", "2999-01-01", "date"))
    assert result.article.published is not None
    assert "future-date" in {fault.name for fault in result.faults}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Von Anna Muster und Peter Beispiel", ["Anna Muster", "Peter Beispiel"]),
        ("Par Jean-Luc du Pont et Marie d'Arc", ["Jean-Luc du Pont", "Marie d'Arc"]),
        ("Anna Muster, Hans Meier und Eva von Arx", ["Anna Muster", "Hans Meier", "Eva von Arx"]),
        ("Text und Bilder: Anna Muster", ["Anna Muster"]),
        ("Anna Muster, Bern", ["Anna Muster, Bern"]),
        ("Schmidt & Partner AG", ["Schmidt & Partner AG"]),
        ("amuster", ["amuster"]),
        ("SDA/AP", ["SDA/AP"]),
    ],
)
def test_bylines(value: str, names: list[str]) -> None:
    found = parts(value)
    assert [value[part.start : part.end] for part in found if part.name] == names
    held = "".join(value[part.start : part.end] for part in found)
    assert "".join(held.split()) == "".join(value.split())


def test_a_headline_keeps_what_follows_an_inline_tag() -> None:
    article = shaped(Field("headline", "Der <i>grosse</i> Tag &amp; die Nacht", "title", 0, "html")).article
    assert article.headline.text == "Der grosse Tag & die Nacht"
    assert [(mark.kind, mark.start, mark.end) for mark in article.headline.marks] == [("emphasis", 4, 10)]


def test_strings_stay_strings_and_spans_are_tight() -> None:
    article = shaped(Field("section", " 00123 ", "ressort")).article
    assert article.section == "00123"
    assert article.origin["section"] == (type(article.origin["section"][0])("ressort", 1, 6),)


def test_a_second_headline_is_kept_aside() -> None:
    article = shaped(Field("headline", "Eins", "a"), Field("headline", "Zwei", "b")).article
    assert article.headline.text == "Eins"
    assert [(extra.name, extra.value) for extra in article.extra] == [("headline", "Zwei")]


def test_a_second_lead_is_a_paragraph() -> None:
    article = shaped(Field("lead", "Eins", "a"), Field("lead", "Zwei", "b")).article
    assert article.lead.text == "Eins"
    assert [block.text.text for block in article.blocks] == ["Zwei"]  # type: ignore[union-attr]


def test_what_was_not_published_is_withheld() -> None:
    assert shaped(Field("status", "draft", "status")).article.withheld == "draft"
    assert shaped(Field("status", "geheim", "pw", attrs={"withheld": "password"})).article.withheld == "password"
    assert not shaped(Field("status", "publish", "status")).article.withheld


def test_an_empty_body_is_a_fault() -> None:
    assert {"empty-body", "missing-date"} <= {
        fault.name for fault in shaped(Field("headline", "Nur Titel", "t")).faults
    }


def test_languages_become_tags() -> None:
    assert shaped(Field("language", "de_ch", "l")).article.language == "de-CH"
    assert shaped(Field("language", "Français", "l")).article.language == "fr"
    assert shaped(language="it").article.language == "it"


def test_a_caption_belongs_to_the_picture_before_it() -> None:
    article = shaped(
        Field("image", "a.jpg", "img"), Field("caption", "Das Dorf", "cap"), Field("credit", "A. B.", "cr")
    ).article
    picture = article.blocks[0]
    assert (picture.src, picture.caption.text, picture.credit.text) == ("a.jpg", "Das Dorf", "A. B.")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "lead", "blocks"),
    [
        ('<p lede="true">Die Brücke ist frei.</p><p>Viele kamen.</p>', "Die Brücke ist frei.", 1),
        ('<p lede="true"><person>Anna Keller</person> ging.</p><p>Viele kamen.</p>', "Anna Keller ging.", 1),
        ('<media media-type="image"><media-reference source="a.jpg"/></media><p lede="true">Die Brücke ist frei.</p>'
         "<p>Viele kamen.</p>", "Die Brücke ist frei.", 2),
        ('<p>Zuerst kam dies.</p><p lede="true">Die Brücke ist frei.</p>', "", 2),
        ("<p>Zuerst kam dies.</p>", "", 1),
    ],
)  # fmt: skip
def test_a_paragraph_marked_as_the_lead_is_the_lead_below_a_picture_too(body: str, lead: str, blocks: int) -> None:
    record = Record(source="t", key="1", format="t", media="xml", payload=body.encode(), origin=Origin("x"))
    article = shape(record, [Field("body", body, "body", 0, "nitf")], Options()).article
    assert (article.lead.text, len(article.blocks)) == (lead, blocks)
