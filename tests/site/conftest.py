"""A small invented newspaper, stored by the store's own writer, and a client that reads it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backfile.article import (
    Answer,
    Article,
    Cell,
    Comment,
    Crosshead,
    Embed,
    FactBox,
    Gallery,
    Image,
    List,
    ListItem,
    Mark,
    Note,
    Paragraph,
    Preformatted,
    Question,
    Quote,
    Rights,
    Separator,
    Table,
    Text,
    Unsupported,
)
from backfile.fault import Fault
from backfile.pipeline import Outcome
from backfile.proof import Verdict
from backfile.record import Origin, Record
from backfile.render import body
from backfile.store.archive import Archive

ZURICH = ZoneInfo("Europe/Zurich")

CONFIG = """
[archive]
title = "Der Seebote"
language = "de-CH"
address = "archiv@seebote.example"
owner = "Verlag Seebote AG"
"""

LEAD = (
    "Nach drei Jahren Planung hat die Gemeindeversammlung den Umbau des alten Bahnhofs bewilligt. "
    "Im Frühling sollen die Arbeiten beginnen."
)
SENTENCES = (
    "Die Gemeindeversammlung hat am Dienstagabend mit 214 zu 97 Stimmen entschieden, das Stationsgebäude zu kaufen.",
    "Gemeindepräsidentin Rosa Amstad sprach von einem «grossen Tag für Oberwil am See».",
    "Zwei Anträge auf Rückweisung blieben chancenlos, obwohl die Diskussion bis kurz vor Mitternacht dauerte.",
    "Die Kosten von 4,8 Millionen Franken teilen sich Gemeinde, Kanton und eine Stiftung.",
    "Im Erdgeschoss ist ein Café geplant, darüber entstehen Räume für Vereine und die Musikschule.",
)


def words(count: int, first: int = 0) -> str:
    return " ".join(SENTENCES[(first + n) % len(SENTENCES)] for n in range(count))


def picture(folder: Path, name: str, colours: tuple[str, str]) -> str:
    """A landscape of two colours in the media folder."""
    from PIL import Image as Drawing

    drawing = Drawing.new("RGB", (960, 640), colours[0])
    drawing.paste(colours[1], (0, 400, 960, 640))
    for n in range(12):
        drawing.paste("#e9dcc0", (80 * n, 400 - 18 * (n * 7 % 11), 80 * n + 50, 400))
    target = folder / "media" / name
    target.parent.mkdir(exist_ok=True)
    data = io.BytesIO()
    drawing.save(data, "JPEG", quality=80)
    target.write_bytes(data.getvalue())
    return name


def rich(media: str) -> Article:
    """An article with every type of block."""
    link = Mark(4, 24, "link", href="https://www.oberwil.example/versammlung?jahr=2014&teil=2")
    return Article(
        source="seebote",
        key="1207",
        kicker=Text("Bahnhof Oberwil"),
        headline=Text("Ja zum neuen Leben im alten Bahnhof", (Mark(7, 17, "emphasis"),)),
        lead=Text(LEAD),
        bylines=("Anna Keller", "Reto Fässler"),
        dateline="Oberwil am See",
        published=datetime(2014, 5, 3, 17, 20, tzinfo=ZURICH),
        modified=datetime(2014, 5, 5, 8, 0, tzinfo=ZURICH),
        section="Region",
        topics=("Bahnhof", "Gemeindeversammlung", "Denkmalpflege"),
        language="de-CH",
        rights=Rights(agency="sda"),
        legacy_urls=("https://www.seebote.example/artikel.php?id=1207", "http://seebote.example/region/story/1207/"),
        comments=(
            Comment("Seebär", Text("Endlich! <b>Bravo</b>"), datetime(2014, 5, 4, 9, 0, tzinfo=ZURICH)),
            Comment("Troll", Text("Nie freigegeben"), approved=False),
        ),
        blocks=(
            Paragraph(id="b1", text=Text(words(3), (link, Mark(40, 60, "strong")))),
            Image(
                id="b2",
                src="https://www.seebote.example/bild.jpg",
                media=media,
                caption=Text("Das Stationsgebäude von 1894 steht seit 2009 leer."),
                credit=Text("Bild: Archiv Seebote"),
                alt=Text("Ein altes Bahnhofsgebäude am See"),
                width=960,
                height=640,
            ),
            Paragraph(id="b3", text=Text(words(4, 2))),
            Crosshead(id="b4", text=Text("«Ein grosser Tag»"), level=3),
            Paragraph(id="b5", text=Text(words(3, 3))),
            Quote(id="b6", text=Text("Wir bauen kein Denkmal, wir bauen ein Haus."), attribution=Text("Rosa Amstad")),
            Quote(id="b7", text=Text("Ein Bahnhof ohne Leute ist nur ein Dach."), pull=True),
            List(
                id="b8",
                items=(
                    ListItem(Text("Café im Erdgeschoss")),
                    ListItem(Text("mit Terrasse"), level=1),
                    ListItem(Text("Räume für Vereine")),
                ),
            ),
            Table(
                id="b9",
                caption=Text("Wer bezahlt den Umbau?"),
                rows=(
                    tuple(Cell(Text(t), header=True) for t in ("Trägerschaft", "Betrag in Franken", "Anteil", "Jahr")),
                    tuple(Cell(Text(t)) for t in ("Gemeinde Oberwil am See", "2’400’000", "50 Prozent", "2014–2016")),
                    tuple(Cell(Text(t)) for t in ("Kantonale Denkmalpflege", "1’400’000", "29 Prozent", "2015")),
                ),
            ),
            FactBox(
                id="b10",
                title=Text("Der Bahnhof in Zahlen"),
                blocks=(
                    Paragraph(id="b11", text=Text("1894 erbaut, 1931 erweitert, 2009 geschlossen.")),
                    List(id="b12", items=(ListItem(Text("3 Gleise")), ListItem(Text("1 Uhr"))), ordered=True),
                ),
            ),
            Question(id="b13", text=Text("Frau Amstad, wann wird eröffnet?")),
            Answer(id="b14", text=Text("Wenn alles gut geht, im Sommer 2016.")),
            Separator(id="b15"),
            Embed(id="b16", url="https://video.example/oberwil", kind="video", caption=Text("Der Film zum Umbau")),
            Gallery(
                id="b17",
                images=(
                    Image(id="b18", src="a.jpg", media=media, caption=Text("Gleis 1"), alt=Text("Gleis")),
                    Image(id="b19", src="https://www.seebote.example/weg.jpg", caption=Text("Das verlorene Bild")),
                ),
            ),
            Preformatted(id="b20", text=Text("Es steht ein Haus am See,\n    das wartet auf den Schnee.")),
            Note(id="b21", text=Text("Eine frühere Fassung nannte eine falsche Zahl.")),
            Note(id="b22", text=Text("Dieser Artikel wurde vor Jahren schon einmal umgezogen."), kind="import-notice"),
            Unsupported(id="b23", text=Text("Abstimmen: Ja · Nein"), name="poll"),
            Paragraph(id="b24", text=Text("Die Bahn heisst auf Arabisch السكة الحديدية.")),
        ),
    )


def plain(key: str, headline: str, section: str, published: datetime | None, language: str = "de-CH") -> Article:
    return Article(
        source="seebote",
        key=key,
        kicker=Text(f"{section.upper()} "),
        headline=Text(headline),
        lead=Text(words(2, int(key) % 5)),
        bylines=("Anna Keller",) if int(key) % 2 else (),
        published=published,
        section=section,
        topics=("Bahnhof",) if int(key) % 3 == 0 else ("Schule",),
        language=language,
        legacy_urls=(f"https://www.seebote.example/?p={key}",),
        blocks=tuple(Paragraph(id=f"b{n}", text=Text(words(3, n))) for n in range(5)),
    )


HEADLINES = (
    "Der See steigt nur langsam",
    "Schulhaus Rietwies wird teurer als geplant",
    "Feuerwehr rettet drei Kühe",
    "Musikschule sucht neue Räume",
    "Junge Rennfahrerin holt den ersten Titel ihrer Laufbahn",
    "Das Gemeinderatsprotokoll bleibt unter Verschluss",
    "Neue Busse, alte Fahrpläne",
    "Wie die Fähre zu ihrem Namen kam",
)


def articles(media: str) -> list[tuple[Article, str, bool]]:
    """(article, state, taken down) of the whole newspaper."""
    sections = ("Region", "Kultur", "Sport", "Wirtschaft")
    found = [(rich(media), "flagged", False)]
    start = datetime(2014, 5, 2, 6, 0, tzinfo=ZURICH)
    for n in range(40):
        day = start - timedelta(days=n * 61, hours=n % 7)
        headline = HEADLINES[n % len(HEADLINES)] + ("" if n < 8 else f" ({n})")
        found.append((plain(str(2000 + n), headline, sections[n % 4], day), "clean", False))
    found += [
        (plain("3001", "Undatiert: Ein Brief ohne Jahr", "Kultur", None), "clean", False),
        (plain("3002", "Zurückgehalten: der Beweis fehlt", "Region", start), "held", False),
        (plain("3003", "Entwurf: nie erschienen", "Region", start), "withheld", False),
        (plain("3004", "Zurückgezogen: vom Netz genommen", "Region", start), "clean", True),
        (french(start), "clean", False),
        (plain("3006", "The ferry and its name", "Culture", start, "en-GB"), "clean", False),
        (plain("3007", "Il battello e il suo nome", "Cultura", start, "it-CH"), "flagged", False),
        (plain("3008", 'Ein <script>alert("x")</script> & "Zitat"', "Region", start), "clean", False),
    ]
    return found


def french(day: datetime) -> Article:
    text = "Le bac de Morges fête ses cent ans. Les élèves de l’école ont planté des arbres au bord du lac."
    return Article(
        source="seebote",
        key="3005",
        headline=Text("Le bac fête ses cent ans"),
        published=day.replace(day=1),
        section="Romandie",
        language="fr-CH",
        blocks=(Paragraph(id="b1", text=Text(text)),),
    )


def outcome(article: Article, state: str) -> Outcome:
    faults = ()
    if state == "flagged":
        faults = (Fault(name="unsupported-block", grade="shown", state="open", at="b23:text"),)
    return Outcome(
        article=article,
        shaped=article,
        account=(),
        ops=(),
        faults=faults,
        asked=(),
        verdict=Verdict(state="proved"),
        html=body(article),
        state=state,  # type: ignore[arg-type]
    )


def store(archive: Archive, found: list[tuple[Article, str, bool]]) -> None:
    """Write articles as an import would."""
    from backfile.store.rows import pack_outcome, record_sha256
    from backfile.store.writer import Writer

    db = archive.db
    db.execute("INSERT INTO source (id, name, format, title, path) VALUES (1, 'seebote', 'jsonl', '', '')")
    db.execute(
        "INSERT INTO run (id, source_id, path, fingerprint, rules, state, complete, kind, started, seconds, counts) "
        "VALUES (1, 1, '', '', '', 'done', 1, 'import', '2026-01-01 00:00:00', 0, '{}')"
    )
    writer = Writer(archive, source=1, run=1, rules="", profile=None, process=lambda record, sha: None)  # type: ignore[arg-type, return-value]
    packed = []
    for article, state, _ in found:
        payload = article.key.encode()
        record = Record(
            source="seebote",
            key=article.key,
            format="jsonl",
            payload=payload,
            media="text",
            origin=Origin(file="x", offset=0, length=len(payload)),
        )
        packed.append(pack_outcome(record, outcome(article, state), sha256(payload).digest()))
        assert record_sha256(record)
    writer.write(1, packed)
    down = [article.key for article, _, taken in found if taken]
    db.executemany("UPDATE article SET taken_down = 1 WHERE key = ?", [(key,) for key in down])


@pytest.fixture(scope="session")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive with some fifty articles."""
    folder = tmp_path_factory.mktemp("seebote")
    (folder / "backfile.toml").write_text(CONFIG, encoding="utf-8")
    with Archive.create(folder) as archive:
        store(archive, articles(picture(folder, "bahnhof.jpg", ("#9db8c4", "#4f6d5a"))))
    return folder


@pytest.fixture
def site(newspaper: Path) -> Iterator[Callable[..., Any]]:
    """`site(path)` gives the answer to a GET."""
    from backfile.store.django import setup

    setup(newspaper)
    from django.db import connections
    from django.test import Client

    from backfile.site.about import forget

    forget()
    client = Client()
    yield client.get
    connections["default"].close()


@pytest.fixture
def client(site: Callable[..., Any]) -> Any:
    """Django's test client on the newspaper."""
    return site.__self__  # type: ignore[attr-defined]
