"""The page shows the stored text, all of it, in order, and nothing else."""

from __future__ import annotations

import msgspec
import pytest

from backfile.article import (
    Article,
    Cell,
    Crosshead,
    Embed,
    FactBox,
    Gallery,
    Image,
    ListItem,
    Mark,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    Table,
    Text,
)
from backfile.article import List as ListBlock
from backfile.proof import prove_page
from backfile.render import body

BLOCKS = (
    Paragraph(id="b1", text=Text("Der Rat tagte < lange & gut «heute».", (Mark(0, 7, "strong"),))),
    Crosshead(id="b2", text=Text("Wie weiter?")),
    ListBlock(id="b3", items=(ListItem(Text("eins")), ListItem(Text("zwei"), 1), ListItem(Text("drei")))),
    Table(id="b4", rows=((Cell(Text("a"), True), Cell(Text("b"), True)), (Cell(Text("1")), Cell(Text("2")))),
          caption=Text("Zahlen")),
    Image(id="b5", src="/a.jpg", alt=Text("Ein See"), caption=Text("Der See."), credit=Text("Foto: Urs")),
    Gallery(id="b6", images=(Image(id="b7", src="/b.jpg", alt=Text("Zug"), media="b.jpg", caption=Text("Zug")),),
            caption=Text("Bilder")),
    Embed(id="b8", url="https://video.example/1", text=Text("Ein Film"), caption=Text("Der Film")),
    Quote(id="b9", text=Text("Erste Zeile\nzweite Zeile"), attribution=Text("Anna")),
    FactBox(id="b10", title=Text("Zur Sache"), blocks=(Paragraph(id="b11", text=Text("Innen.")),)),
    Preformatted(id="b12", text=Text("a  b\n  c")),
    Note(id="b13", text=Text("Importiert."), kind="import-notice"),
    Note(id="b14", text=Text("Korrigiert.")),
)  # fmt: skip
ARTICLE = Article(source="t", key="1", headline=Text("Titel"), lead=Text("Der Lead."), blocks=BLOCKS, language="de")


def test_a_true_page_is_proved() -> None:
    assert prove_page(ARTICLE, body(ARTICLE)).problems == ()
    whole = f"<html><nav>Start</nav><article><h1>Titel</h1>{body(ARTICLE)}</article></html>"
    assert prove_page(ARTICLE, whole).state == "proved"
    assert prove_page(ARTICLE, whole.replace("<h1>Titel</h1>", "")).state == "failed"


@pytest.mark.parametrize("number", [n for n in range(len(BLOCKS)) if n != 10])
def test_a_block_that_is_not_shown_is_found(number: int) -> None:
    less = msgspec.structs.replace(ARTICLE, blocks=BLOCKS[:number] + BLOCKS[number + 1 :])
    assert prove_page(ARTICLE, body(less)).state == "failed"
    assert prove_page(less, body(ARTICLE)).state == "failed"


def test_what_differs_is_named() -> None:
    html = body(ARTICLE)
    (problem,) = prove_page(ARTICLE, html.replace("Wie weiter?", "")).problems
    assert (problem.at, problem.expected, problem.note) == ("b2:", "Wie weiter?", "not shown") or problem.at == "b2"
    (problem,) = prove_page(ARTICLE, html.replace("<h2", "<p>Werbung</p><h2")).problems
    assert (problem.at, problem.found) == ("b2", "Werbung")
    assert prove_page(ARTICLE, html.replace("<h2", "<p data-generated>Werbung <b>hier</b></p><h2")).state == "proved"
    assert prove_page(ARTICLE, html + "<p>Ende</p>").problems[0].found == "Ende"
    assert prove_page(ARTICLE, html.replace('alt="Zug"', "")).state == "failed"
    assert prove_page(ARTICLE, html.replace("Wie weiter?", "Wie<h2>weiter?")).state == "proved"


@pytest.mark.parametrize("page", ["<p>Der Text</p><p>Mehr</p>", "<p>Der<br>Text</p><p>Mehr</p>"])
def test_glue_on_the_page_is_found(page: str) -> None:
    article = Article(
        source="t", key="1", blocks=(Paragraph(id="a", text=Text("Der Text")), Paragraph(id="b", text=Text("Mehr")))
    )
    assert prove_page(article, page).state == "proved"
    assert (
        prove_page(article, page.replace("<br>", "").replace("r T", "rT").replace("</p><p>", "<b></b>")).state
        == "failed"
    )


@pytest.mark.parametrize("bad", ["<script>1</script>", "<p onclick='x()'></p>", '<a href="javascript:x">',
                                 "<iframe></iframe>", '<img src="x" onerror=x>', "<form>",
                                 '<p style="x">'])  # fmt: skip
def test_nothing_on_a_page_acts(bad: str) -> None:
    assert prove_page(ARTICLE, body(ARTICLE) + bad).state == "failed"
