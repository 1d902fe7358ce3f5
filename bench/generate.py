"""Generated exports for measuring: WXR or JSON Lines of invented German articles of about 3.5 KB HTML.

Streams, needs no memory, and gives the same bytes for the same arguments. Text is built from invented
sentences; a share of the articles carries display errors, a few records are damaged on wish.

    python bench/generate.py 10000 > /tmp/export.xml
    python bench/generate.py 10000 --format jsonl > /tmp/export.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from typing import Any, TextIO

PLACES = "Seewil Moosbach Arvental Grünau Oberried Felsberg Hinterthal Löwenburg Brugg-Süd Saanenmatt".split()
PEOPLE = "Gemeinderätin Präsident Wirtin Förster Lehrerin Chorleiter Landwirt Bäckerin Forscher Trainerin".split()
NAMES = "Anna Zgraggen,Urs Hugentobler,Élodie Piguet,Reto Caflisch,Miriam Öztürk,Köbi Ammann,Lea Brönnimann".split(",")
THINGS = "Brücke Turnhalle Dorfladen Bahnlinie Kläranlage Bibliothek Seepromenade Schulhaus Sägerei Käserei".split()
VERBS = "erneuert geschlossen verkauft gefeiert geprüft umgebaut verlegt besichtigt beraten abgelehnt".split()
REASONS = (
    "weil das Geld fehlt", "obwohl niemand dagegen stimmte", "damit die Kinder sicherer zur Schule kommen",
    "was im Dorf zu reden gibt", "wie es schon vor dreissig Jahren geplant war", "bevor der Winter kommt",
    "nachdem die Kommission zweimal getagt hatte", "so schnell es das Wetter erlaubt",
)  # fmt: skip
FRAMES = (
    "In {place} wird die {thing} {verb}, {reason}.",
    "Die {person} aus {place} sagt dazu: «Unsere {thing} wird nicht einfach so {verb}.»",
    "Rund {number} Einwohnerinnen und Einwohner kamen am {day}. {month} nach {place}, {reason}.",
    "{name} rechnet mit Kosten von {number} 000 Franken – {reason}.",
    "Zuvor war die {thing} von {place} schon im Jahr {year} {verb} worden.",
    "Der Kanton zahlt {small} Prozent daran, den Rest tragen {place} und {place2} gemeinsam.",
    "«Es ist, als würde ein Stück {place} verschwinden», meint {name}, {reason}.",
)
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
SECTIONS = "Region Kultur Sport Wirtschaft Leserbriefe".split()
LENGTH = 3400
"""Characters of a body, about."""


def words(rng: random.Random) -> str:
    """One sentence; numbers and names make nearly every one different."""
    return rng.choice(FRAMES).format(
        place=rng.choice(PLACES), place2=rng.choice(PLACES), thing=rng.choice(THINGS), verb=rng.choice(VERBS),
        person=rng.choice(PEOPLE), reason=rng.choice(REASONS), name=rng.choice(NAMES), number=rng.randint(12, 980),
        small=rng.randint(5, 80), day=rng.randint(1, 28), month=rng.choice(MONTHS), year=rng.randint(1890, 2010),
    )  # fmt: skip


def paragraph(rng: random.Random) -> str:
    text = " ".join(words(rng) for _ in range(rng.randint(3, 6)))
    if rng.random() < 0.3:
        first, _, rest = text.partition(" ")
        text = f'<a href="https://www.seebote.example/thema/{rng.randint(1, 99)}">{first}</a> {rest}'
    elif rng.random() < 0.3:
        text = text.replace("Franken", "<strong>Franken</strong>", 1)
    return f"<p>{text}</p>"


def damaged(rng: random.Random, body: str) -> str:
    """One display error that an old system would have left behind."""
    kind = rng.randint(0, 4)
    if kind == 0:
        return body.replace("ü", "Ã¼", 2)
    if kind == 1:
        return body.replace("«", "&amp;laquo;", 1).replace("»", "&amp;raquo;", 1)
    if kind == 2:
        return body.replace("</p>", " (sda)</p>", 1)
    if kind == 3:
        return body.replace("<p>", "<p>&lt;b&gt;", 1)
    return body.replace(". ", ".", 1)


def article(number: int, seed: int) -> dict[str, Any]:
    """Article `number` of the export of this seed; each is its own random sequence."""
    rng = random.Random(seed * 1_000_003 + number)
    place, thing, verb = rng.choice(PLACES), rng.choice(THINGS), rng.choice(VERBS)
    parts = [paragraph(rng)]
    while sum(map(len, parts)) < LENGTH:
        if len(parts) % 4 == 3:
            parts.append(f"<h3>{rng.choice(THINGS)} in {rng.choice(PLACES)}</h3>")
        parts.append(paragraph(rng))
    if rng.random() < 0.3:
        width = rng.choice((300, 600))
        src = f"https://www.seebote.example/wp-content/uploads/{rng.randint(2004, 2019)}/bild-{number}.jpg"
        parts.insert(1, f'<p><img src="{src}" alt="{thing} in {place}" width="{width}" /></p>')
    body = "\n\n".join(parts)
    published = datetime(2001, 1, 3, 7, 30) + timedelta(minutes=number * 197 % 9_000_000)
    return {
        "id": number,
        "title": f"{place}: {thing} wird {verb}",
        "lead": words(rng),
        "body": damaged(rng, body) if rng.random() < 0.2 else body,
        "author": rng.choice(NAMES),
        "section": rng.choice(SECTIONS),
        "topic": place,
        "date": published,
        "modified": published + timedelta(days=rng.randint(0, 3)),
        "url": f"https://www.seebote.example/{published:%Y/%m/%d}/{thing.lower()}-{number}/",
    }


HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Der Seebote</title><link>https://www.seebote.example</link><language>de-CH</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://www.seebote.example</wp:base_site_url>
<wp:base_blog_url>https://www.seebote.example</wp:base_blog_url>
"""
ITEM = """<item>
<title>{title}</title><link>{url}</link><pubDate>{rfc}</pubDate><dc:creator><![CDATA[{author}]]></dc:creator>
<guid isPermaLink="false">https://www.seebote.example/?p={id}</guid><description></description>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[{lead}]]></excerpt:encoded>
<wp:post_id>{id}</wp:post_id><wp:post_date>{day}</wp:post_date><wp:post_date_gmt>{day}</wp:post_date_gmt>
<wp:post_modified>{changed}</wp:post_modified><wp:post_modified_gmt>{changed}</wp:post_modified_gmt>
<wp:post_name>beitrag-{id}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<wp:is_sticky>0</wp:is_sticky><category domain="category" nicename="{slug}"><![CDATA[{section}]]></category>
<category domain="post_tag" nicename="{place}"><![CDATA[{topic}]]></category>
</item>
"""


def wxr(count: int, seed: int = 1) -> Iterator[str]:
    """A whole export, piece by piece."""
    yield HEAD
    for number in range(1, count + 1):
        one = article(number, seed)
        yield ITEM.format(
            **{**one, "title": escape(one["title"], quote=False)},
            rfc=f"{one['date']:%a, %d %b %Y %H:%M:%S} +0000",
            day=f"{one['date']:%Y-%m-%d %H:%M:%S}",
            changed=f"{one['modified']:%Y-%m-%d %H:%M:%S}",
            slug=one["section"].lower(),
            place=one["topic"].lower(),
        )
    yield "</channel>\n</rss>\n"


def jsonl(count: int, seed: int = 1) -> Iterator[str]:
    for number in range(1, count + 1):
        one = {**article(number, seed), "id": str(number)}
        yield json.dumps({**one, "date": str(one["date"]), "modified": str(one["modified"])}, ensure_ascii=False) + "\n"


FORMATS = {"wxr": wxr, "jsonl": jsonl}


def write(file: TextIO, count: int, seed: int = 1, form: str = "wxr") -> None:
    for piece in FORMATS[form](count, seed):
        file.write(piece)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=sorted(FORMATS), default="wxr")
    wish = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    write(sys.stdout, wish.count, wish.seed, wish.format)


if __name__ == "__main__":
    main()
