"""The head of saved pages: which heading is the headline, whose name the byline, and what says them a second time."""

from __future__ import annotations

import pytest

from backfile.article import Article, plain_text
from backfile.proof import prove
from backfile.record import Options, Origin, Record
from backfile.shaping import shape
from backfile.sources.pages import SOURCE

HEADLINE = "Die alte Fähre geht in Pension"
LEAD = "Nach vierzig Jahren auf dem See wird das Schiff verschrottet, und viele trauern."
FIRST = "Am Samstag legt die Fähre zum letzten Mal ab, begleitet von einer Blaskapelle und hundert kleinen Booten."
SECOND = "Der Kapitän sagt, er habe jeden Morgen denselben Hund am Steg gesehen, und jeden Morgen habe der gebellt."
TEXT = f"<p>{FIRST}</p><h2>Ein letzter Gruss</h2><p>{SECOND}</p>"
BODY = f"<div class='article-body'>{TEXT}</div>"


def article(inner: str, head: str = "", before: str = "") -> Article:
    """The article of a page, after its proof."""
    page = f"<html><head>{head}</head><body>{before}<article>{inner}</article></body></html>"
    record = Record(source="s", key="k", format="pages", media="html", payload=page.encode(), origin=Origin("k.html"))
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems
    return shaped.article


def meta(**values: str) -> str:
    return "".join(f'<meta name="{name.replace("_", ":", 1)}" content="{value}">' for name, value in values.items())


def test_a_title_in_the_navigation_leaves_the_headline_to_the_text() -> None:
    way = f"<nav class=breadcrumb><a href=/>Start</a><h1>Fähre Pension: {HEADLINE.lower()} 2003</h1></nav>"
    heading = f"<h2><span class=kicker>Schifffahrt</span> <span class=headline>{HEADLINE}</span></h2>"
    found = article(heading + BODY, meta(og_title=HEADLINE), way)
    assert (found.kicker.text, found.headline.text) == ("Schifffahrt", HEADLINE)


def test_a_crosshead_is_no_headline() -> None:
    way = f"<nav><h1>{HEADLINE}</h1></nav>"
    found = article(BODY, meta(og_title=HEADLINE), way)
    assert found.headline.text == HEADLINE
    assert "Ein letzter Gruss" in plain_text(found)


def test_a_header_called_banner_inside_an_article_is_the_articles() -> None:
    found = article(f"<header role=banner><h2>{HEADLINE}</h2></header>{BODY}", meta(og_title=HEADLINE))
    assert found.headline.text == HEADLINE
    assert found.origin["headline"]


def test_what_machines_are_told_is_no_teaser() -> None:
    inner = f"<div class=page-teaser><h2 class=teaser__title>{HEADLINE}</h2><p class=teaser__lead>{LEAD}</p></div>"
    found = article(inner + BODY, meta(og_title=HEADLINE, og_description=LEAD))
    assert (found.headline.text, found.lead.text) == (HEADLINE, LEAD)


def test_a_linked_teaser_of_the_same_article_stays_a_teaser() -> None:
    other = f"<div class=teaser><h3><a href=/x>{HEADLINE}</a></h3></div>"
    found = article(f"<h1>{HEADLINE}</h1>{BODY}{other}", meta(og_title=HEADLINE))
    assert plain_text(found).count(HEADLINE) == 0


@pytest.mark.parametrize("second", [HEADLINE, "Die alte Fähre geht bald in Pension"])
def test_a_headline_said_twice(second: str) -> None:
    found = article(f"<h1>{HEADLINE}</h1><div class='article-body'><h2>{second}</h2>{TEXT}</div>")
    assert second not in plain_text(found)


def test_another_heading_above_the_text_stays() -> None:
    found = article(f"<h1>{HEADLINE}</h1><div class='article-body'><h2>Abschied vom See</h2>{TEXT}</div>")
    assert "Abschied vom See" in plain_text(found)


def test_the_line_that_the_title_begins_with_is_the_kicker() -> None:
    inner = f"<div class='article-body'><p>Auf dem See</p>{TEXT}</div>"
    found = article(f"<h1>{HEADLINE}</h1>{inner}", f"<title>Auf dem See: {HEADLINE}</title>")
    assert found.kicker.text == "Auf dem See"
    assert "Auf dem See" not in plain_text(found)


def test_a_caption_in_a_box_called_lead_is_no_lead() -> None:
    figure = "<div class=lead-asset><figure><img src=f.jpg><figcaption>Die Fähre vor dem Steg am frühen Morgen, als"
    figure += " noch Nebel auf dem See lag.</figcaption></figure></div>"
    assert article(f"<h1>{HEADLINE}</h1>{figure}{BODY}").lead.text == ""


# -- authors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p class=article__author>Von Lea Sommer, Seedorf</p>", ("Lea Sommer",)),
        ("<p class=author>Autorin: <span>Lea Sommer und Tim Herbst, Seedorf</span></p>", ("Lea Sommer", "Tim Herbst")),
        ("<div>Do 12.4.2003 | Von <span class=authorname>Lea Sommer </span></div>", ("Lea Sommer",)),
        ("<ul><li><b>Datum</b> 12.4.2003</li><li><b>Autorin/Autor</b> Lea Sommer</li></ul>", ("Lea Sommer",)),
        ("<p class=author>Der Seebote</p>", ()),
        ("<p class=author>Alle Artikel der Redaktion</p>", ()),
        ("<div class='sig hasnt-bio'><span class=byline>By <a href=/l>Lea Sommer</a></span></div>", ("Lea Sommer",)),
    ],
)
def test_names_that_only_the_page_says(line: str, names: tuple[str, ...]) -> None:
    assert article(f"<h1>{HEADLINE}</h1>{line}{BODY}", meta(og_site_name="Der Seebote")).bylines == names


def test_people_of_the_machine_data_come_before_the_house() -> None:
    data = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Lea Sommer"}}'
    head = f"<script type='application/ld+json'>{data}</script>{meta(author='Verlag am See')}"
    found = article(f"<h1>{HEADLINE}</h1>{BODY}", head)
    assert found.bylines == ("Lea Sommer",)


def test_a_name_in_capitals_is_the_same_name() -> None:
    found = article(f"<h1>{HEADLINE}</h1>{BODY}", meta(author="Lea Sommer", byl="LEA SOMMER"))
    assert found.bylines == ("Lea Sommer",)


def test_author_and_date_at_the_texts_head_are_not_said_again() -> None:
    lines = "<div><a href=/l><span>Lea Sommer</span></a></div>"
    lines += "<div><span><time>Publiziert heute um 12:19 Uhr</time></span></div>"
    found = article(f"<h1>{HEADLINE}</h1><div class='article-body'>{lines}{TEXT}</div>", meta(author="Lea Sommer"))
    assert found.bylines == ("Lea Sommer",)
    assert plain_text(found).startswith(FIRST)


# -- date and section ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("<li>Veröffentlicht am 13. Mai 2003 um 15:44</li>", "2003-05-13 15:44"),
        ("<div>Do 24.04.03 | 14:07 Uhr</div>", "2003-04-24 14:07"),
        ("<p>Ein Satz mit dem 24.04.2003 mitten darin</p>", "None"),
    ],
)
def test_a_date_that_only_the_page_says(line: str, date: str) -> None:
    assert str(article(f"<h1>{HEADLINE}</h1>{line}{BODY}").published).startswith(date)


def test_a_section_has_the_name_that_readers_see() -> None:
    way = "<nav><a href=/s>See und Ufer</a></nav>"
    assert (
        article(f"<h1>{HEADLINE}</h1>{BODY}", meta(article_section="/region/see_und_ufer"), way).section
        == "See und Ufer"
    )
    assert article(f"<h1>{HEADLINE}</h1>{BODY}", meta(article_section="a_b")).section == ""


# -- out of sight ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "box",
    [
        "<div style='position:absolute; top:0; left:-9999px;'><a href=/x>Günstige Uhren</a></div>",
        "<p style='display: none'>Günstige Uhren</p>",
        "<p hidden>Günstige Uhren</p>",
    ],
)
def test_what_readers_never_saw(box: str) -> None:
    assert "Uhren" not in plain_text(article(f"<h1>{HEADLINE}</h1><div class='article-body'>{TEXT}{box}</div>"))


def test_the_one_line_above_a_headline_in_the_text_is_the_kicker() -> None:
    inner = f"<div class='article-body'><div><span>Schifffahrt</span></div><h1>{HEADLINE}</h1>{TEXT}</div>"
    assert article(inner).kicker.text == "Schifffahrt"
