"""Saved pages: headline, kicker, lead and text found, all else dropped by name; every page must pass the proof."""

from __future__ import annotations

import pytest

from backfile.article import Article, Image, Paragraph, plain_text
from backfile.proof import prove
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.shaping import shape

FIRST = "Der Gemeinderat hat am Dienstag entschieden, dass die alte Brücke bis zum Herbst gesperrt bleibt."
SECOND = "Die Kosten für die Sanierung belaufen sich auf rund zwei Millionen Franken, wie die Bauleiterin sagte."
THIRD = "Wer aus dem Nachbardorf zur Schule will, muss bis dahin einen Umweg von drei Kilometern machen."


def article(head: str, body: str, meta: str = "") -> Article:
    """The article of a page with this heading and this body, after its proof."""
    page = (
        f"<html><head>{meta}</head><body><article>{head}<div class='article-body'>{body}</div></article></body></html>"
    )
    record = Record(source="s", key="k", format="pages", media="html", payload=page.encode(), origin=Origin("k.html"))
    shaped = shape(record, [Field("body", page, "page", markup="page")], Options())
    verdict = prove(record, SourceSpec(), shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems
    return shaped.article


def text(*parts: str) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


BODY = text(FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("heading", "kicker", "headline"),
    [
        ("<span class='topline'>Verkehr</span> <span class='line'>Die Brücke bleibt zu</span>",
         "Verkehr", "Die Brücke bleibt zu"),
        ("<span>Verkehr</span>Die Brücke bleibt zu", "Verkehr", "Die Brücke bleibt zu"),
        ("<span class='x__kicker'>Verkehr</span><span class='hidden'> - </span><span>Die Brücke bleibt zu</span>",
         "Verkehr", "Die Brücke bleibt zu"),
        ("<span class='a'>Verkehr</span><span class='b'>: Die Brücke bleibt zu</span>",
         "Verkehr", "Die Brücke bleibt zu"),
        ("<em>Verkehr</em> bleibt ein Thema", "", "Verkehr bleibt ein Thema"),
        ("<span>Verkehr</span> bleibt ein Thema", "", "Verkehr bleibt ein Thema"),
        ("<span class='line'>Die Brücke</span> <span class='line'>bleibt zu</span>", "", "Die Brücke bleibt zu"),
    ],
)  # fmt: skip
def test_a_kicker_inside_the_heading(heading: str, kicker: str, headline: str) -> None:
    found = article(f"<h1>{heading}</h1>", BODY)
    assert (found.kicker.text, found.headline.text) == (kicker, headline)


def test_the_way_to_a_page_is_no_kicker() -> None:
    found = article("<div class='kicker'>Region / Bern / Verkehr</div><h1>Die Brücke bleibt zu</h1>", BODY)
    assert found.kicker.text == ""


def test_of_several_links_in_a_kicker_the_first_is_taken() -> None:
    kicker = "<div class='kicker'><a href=/v>Verkehr</a><a href=/b>Brücken</a></div>"
    assert article(f"{kicker}<h1>Die Brücke bleibt zu</h1>", BODY).kicker.text == "Verkehr"


def test_a_caption_is_no_lead() -> None:
    caption = "Die Brücke vor der Sperrung, aufgenommen an einem schönen Morgen im Mai."
    figure = f"<figure><img src=b.jpg><figcaption><p class='teaser-text lead'>{caption}</p></figcaption></figure>"
    found = article(f"<h1>Die Brücke bleibt zu</h1>{figure}", BODY)
    assert found.lead.text == ""
    assert next(block for block in found.blocks if isinstance(block, Image)).caption.text == caption


def test_the_one_line_beside_a_picture_amid_paragraphs_is_its_caption() -> None:
    box = "<div><a href=/gross><img src=b.jpg alt='Brücke'></a><div class=i><p>Die gesperrte Brücke</p></div></div>"
    found = article("<h1>Die Brücke bleibt zu</h1>", text(FIRST) + box + text(SECOND, THIRD))
    assert next(block for block in found.blocks if isinstance(block, Image)).caption.text == "Die gesperrte Brücke"


def test_a_box_of_a_picture_and_a_long_text_is_no_figure() -> None:
    box = f"<div><img src=b.jpg><p>{FIRST} {SECOND} {THIRD} {FIRST}</p></div>"
    found = article("<h1>Die Brücke bleibt zu</h1>", text(SECOND) + box + text(THIRD))
    assert sum(type(block) is Paragraph for block in found.blocks) == 3


def test_caption_and_credit_in_a_box_that_is_called_both() -> None:
    line = "<span class='figcaption'>Die Brücke im Mai.</span> <span class='figcaption__copyright'>Bild Muster</span>"
    figure = f"<figure><img src=b.jpg><div class='captionLine mediaBox__copyright'>{line}</div></figure>"
    found = article("<h1>Die Brücke bleibt zu</h1>", text(FIRST) + figure + text(SECOND, THIRD))
    image = next(block for block in found.blocks if isinstance(block, Image))
    assert (image.caption.text, image.credit.text) == ("Die Brücke im Mai.", "Bild Muster")


@pytest.mark.parametrize(
    "tag", ['<img src=b.jpg alt="Anna Muster"loading="lazy">', '<img src=b.jpg alt="Eine "alte" Brücke" class="x y">']
)
def test_quotes_out_of_place_in_attributes(tag: str) -> None:
    found = article("<h1>Die Brücke bleibt zu</h1>", text(FIRST) + tag + text(SECOND, THIRD))
    assert FIRST in plain_text(found)


@pytest.mark.parametrize(
    "line",
    [
        "Stand: 12.04.2003 16:11 Uhr", "Freitag, 12.4.2003, 19:25", "12. 04. 2003, 14:59 Uhr Lesezeit: 4 Minuten",
        "Publié le 12 avril 2003 à 07h30", "Pubblicato il 12 aprile 2003 alle 9:15", "Updated April 12, 2003, 7:30 pm",
    ],
)  # fmt: skip
def test_a_line_of_dates_above_the_text_is_not_in_it(line: str) -> None:
    assert line not in plain_text(article("<h1>Die Brücke bleibt zu</h1>", f"<p>{line}</p>{BODY}"))


@pytest.mark.parametrize("line", ["12. April 2003", "Um 7.30 Uhr rückte die Feuerwehr aus"])
def test_a_date_amid_the_text_stays(line: str) -> None:
    body = text(FIRST, SECOND, line, THIRD)
    assert line in plain_text(article("<h1>Die Brücke bleibt zu</h1>", body))


def test_the_author_beside_the_date_is_the_byline() -> None:
    line = "<p>Do 12.04.03 | 14:07 Uhr | Von Anna Muster-Beispiel</p>"
    assert article("<h1>Die Brücke bleibt zu</h1>", line + BODY).bylines == ("Anna Muster-Beispiel",)


@pytest.mark.parametrize(
    ("author", "bylines", "agency"),
    [
        ('{"@type": "Organization", "name": "Der Bergbote"}', (), ""),
        ('{"@type": "Person", "name": "Der Bergbote"}', (), ""),
        ('{"@type": "Person", "name": "bergbote.ch"}', (), ""),
        ('[{"@type": "Person", "name": "Anna Muster"}, {"@type": "Person", "name": "sda"}]', ("Anna Muster",), "sda"),
        ('{"@type": "Person", "name": "Bote Berger"}', ("Bote Berger",), ""),
    ],
)
def test_houses_are_no_authors_and_agencies_have_rights(author: str, bylines: tuple[str, ...], agency: str) -> None:
    publisher = '"publisher": {"@type": "Organization", "name": "Der Bergbote"}'
    data = f'{{"@type": "NewsArticle", "headline": "Die Brücke bleibt zu", "author": {author}, {publisher}}}'
    meta = f'<script type="application/ld+json">{data}</script><link rel=canonical href="https://www.bergbote.ch/a/1">'
    found = article("<h1>Die Brücke bleibt zu</h1>", BODY, meta)
    assert (found.bylines, found.rights.agency) == (bylines, agency)


@pytest.mark.parametrize(
    "box",
    [
        "<p>Fehler gefunden? <a href=/m>Jetzt melden.</a></p>",
        "<div><h3>Der Morgenbrief</h3><p>Täglich das Wichtigste.</p><form><input type=email></form></div>",
        "<a href=/x><span>Verkehr</span><h3>Noch eine gesperrte Brücke</h3></a>",
        "<article><img src=t.jpg><h3><a href=/x>Noch eine gesperrte Brücke</a></h3></article>",
        "<h3>Weitere Themen</h3><div><h4><a href=/x>Brücke</a></h4></div><div><h4><a href=/y>Ein Tunnel</a></h4></div>",
    ],
)
def test_boxes_for_clicking_are_no_text(box: str) -> None:
    found = article("<h1>Die Brücke bleibt zu</h1>", text(FIRST, SECOND) + box + text(THIRD))
    assert plain_text(found) == "\n\n".join([FIRST, SECOND, THIRD])


def test_linked_crossheads_stay() -> None:
    heads = [f"<h3><a href=/{n}>Brücke {n}</a></h3><p>{part}</p>" for n, part in enumerate((FIRST, SECOND, THIRD))]
    found = article("<h1>Drei Brücken</h1>", "".join(heads))
    assert plain_text(found).startswith("Brücke 0\n\n")
