"""Boxes and lines amid a saved page's text that ask readers for something, and sentences that look like them."""

from __future__ import annotations

import pytest

from backfile.article import Article, plain_text
from backfile.proof import prove
from backfile.record import Options, Origin, Record
from backfile.shaping import shape
from backfile.sources.pages import SOURCE

FIRST = "Die Bäckerei am Markt schliesst nach hundert Jahren, weil niemand den Ofen übernehmen will."
SECOND = "Der letzte Laib wird am Samstag verkauft, und die Bäckerin lädt alle zu einem Kaffee ein."
THIRD = "Was aus dem Haus wird, ist offen, denn die Gemeinde hat sich noch nicht entschieden."
REST = [
    f"Am {day} kamen mehr Leute als sonst, und die Schlange reichte bis zum Brunnen." for day in ("Montag", "Freitag")
]
REST += [
    f"Das Rezept für das {bread} gibt die Familie nicht heraus, sagt die Bäckerin." for bread in ("Brot", "Gebäck")
]


def article(box: str) -> Article:
    """The article of a page with a box amid its text, after its proof."""
    text = f"<p>{FIRST}</p><p>{SECOND}</p>{box}<p>{THIRD}</p>{''.join(f'<p>{part}</p>' for part in REST)}"
    inner = f"<h1>Der Ofen bleibt kalt</h1><div class=article-body>{text}</div>"
    page = f"<html><body><article>{inner}</article></body></html>"
    record = Record(source="s", key="k", format="pages", media="html", payload=page.encode(), origin=Origin("k.html"))
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems
    return shaped.article


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>Empfohlener redaktioneller Inhalt</h3><p>Hier steht externer Inhalt eines Videodienstes. Er erscheint"
        " mit einem Klick.</p><label><input type=checkbox> Zeigen</label><p>Ich bin einverstanden, dass"
        " personenbezogene Daten übermittelt werden.</p></div>",
        "<section><p>Ce contenu externe peut déposer des cookies et lire vos données personnelles.</p>"
        "<button>J’accepte</button></section>",
        "<p><em>Der Marktbrief: unser Newsletter am Morgen. <a href=/brief>Hier geht's zur Anmeldung</a></em></p>",
        "<h3><a href=/newsletter>Click here to subscribe to the Market Newsletter</a></h3>",
        "<p><strong>Related:</strong> <a href=/x>Ein Ofen, den jeder will</a></p>",
        "<p>Lire aussi : <a href=/x>Un four pour tout le village, et une boulangère qui ne dort jamais</a></p>",
        "<p>Sharing is caring!</p>", "<h3>Like this:</h3>", "<p>Follow the Market Post on Twitter and Facebook.</p>",
        "<div id=printbox><span>Dieser Artikel wurde ausgedruckt unter der Adresse:</span> <b>markt.example</b></div>",
        "<div><span>autoplay</span></div>",
    ],
)  # fmt: skip
def test_what_a_page_asks_of_readers_is_no_text(box: str) -> None:
    assert plain_text(article(box)) == "\n\n".join([FIRST, SECOND, THIRD, *REST])


@pytest.mark.parametrize(
    "box",
    [
        "<p>Über den Datenschutz und personenbezogene Daten von Drittanbietern stritt der Rat lange.</p>",
        "<div><p>Der Datenschutz ist streng.</p><p>Personenbezogene Daten bleiben im Haus.</p></div>",
        "<p>Der Newsletter der Bäckerei zählte zuletzt <a href=/z>dreitausend</a> Leser.</p>",
        "<p>Related companies have <a href=/x>bought</a> ovens of their own for many years.</p>",
        "<p>Wer mehr wissen will: Der <a href=/v>Verein</a> der Bäcker gibt Auskunft, auch am Sonntag.</p>",
        "<p>Follow the money, said the baker, and you will find the flour.</p>",
        "<p>Caption und Bild stammen vom selben Fotografen.</p>",
    ],
)
def test_sentences_about_such_things_stay(box: str) -> None:
    assert len(plain_text(article(box)).split("\n\n")) > 7


def test_what_opens_at_a_name_amid_a_paragraph() -> None:
    links = "<a href=/m>Mia Muster</a><a href=/1>Brot</a> <a href=/2>Mehl</a>"
    card = f"<span class=c><span><img src=m.jpg>{links}</span></span>"
    found = article(f"<p>Die Bäckerin <span><a href=/m>Mia Muster</a>{card}</span> sagte am Montag zu.</p>")
    assert "Die Bäckerin Mia Muster sagte am Montag zu." in plain_text(found)
