"""Exports written by the test, a real archive to import them into, and its pages as readers get them.

Everything goes the whole way: a file on disk, the import as the command line runs it, the stored articles, the served
website. Every import is held to two sums: all records are accounted for, and every article has a verdict.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from backfile.article import Article, from_json, plain_text
from backfile.importing import Wish, run_import
from backfile.store.archive import Archive
from backfile.store.packing import unpack
from backfile.store.runs import OUTCOMES

SITE = "https://www.seebote.example"


class Exports:
    """Writes exports of each format. A piece is a dict: `id`, `title`, `body`, `date`, and what a test needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return path

    def wxr(self, *pieces: dict[str, Any] | str, name: str = "export.xml") -> Path:
        """A string stands for itself, so that an item can be damaged."""
        items = "".join(piece if isinstance(piece, str) else wxr_item(**piece) for piece in pieces)
        return self.write(name, f"{WXR_HEAD}{items}</channel>\n</rss>\n")

    def nitf(self, *pieces: dict[str, Any] | str, name: str = "nitf") -> Path:
        for number, piece in enumerate(pieces):
            document = piece if isinstance(piece, str) else nitf_document(**piece)
            self.write(f"{name}/{number:04}.xml", document)
        return self.folder / name

    def jsonl(self, *pieces: dict[str, Any] | str, name: str = "export.jsonl") -> Path:
        lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in pieces]
        return self.write(name, "".join(f"{line}\n" for line in lines))

    def csv(self, *pieces: dict[str, Any], name: str = "export.csv", columns: tuple[str, ...] = ()) -> Path:
        file = io.StringIO(newline="")
        table = csv.DictWriter(file, columns or tuple(dict.fromkeys(key for piece in pieces for key in piece)))
        table.writeheader()
        table.writerows(pieces)
        return self.write(name, file.getvalue())

    def pages(self, *pieces: dict[str, Any] | str, name: str = "pages") -> Path:
        for number, piece in enumerate(pieces):
            self.write(f"{name}/{number:04}.html", piece if isinstance(piece, str) else html_page(**piece))
        return self.folder / name

    def text(self, *articles: str, name: str = "texts") -> Path:
        for number, article in enumerate(articles):
            self.write(f"{name}/{number:04}.txt", article)
        return self.folder / name


WXR_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Seebote</title><link>{SITE}</link><language>de-CH</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>
"""


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def wxr_item(
    id: int | str = 1,  # noqa: A002
    title: str | None = "Ein Titel",
    body: str = "Ein Satz aus dem Dorf.",
    date: str = "2014-05-03 10:00:00",
    status: str = "publish",
    author: str = "",
    lead: str = "",
    section: str = "",
    topic: str = "",
    link: str = "",
    type: str = "post",  # noqa: A002
    comment: str = "",
    more: str = "",
    modified: str = "",
) -> str:
    parts = [
        f"<title>{cdata(title)}</title>" if title is not None else "",
        f"<link>{escape(link or f'{SITE}/?p={id}')}</link>",
        f"<dc:creator>{cdata(author)}</dc:creator>" if author else "",
        f"<content:encoded>{cdata(body)}</content:encoded>",
        f"<excerpt:encoded>{cdata(lead)}</excerpt:encoded>",
        f"<wp:post_id>{id}</wp:post_id><wp:post_date>{date}</wp:post_date>",
        f"<wp:post_modified>{modified}</wp:post_modified>" if modified else "",
        f"<wp:status>{status}</wp:status><wp:post_type>{type}</wp:post_type>",
        f'<category domain="category" nicename="x">{cdata(section)}</category>' if section else "",
        f'<category domain="post_tag" nicename="y">{cdata(topic)}</category>' if topic else "",
        f"<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>{cdata(comment)}</wp:comment_author>"
        f"<wp:comment_content>{cdata(comment)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
        "</wp:comment>"
        if comment
        else "",
        more,
    ]
    return f"<item>{''.join(parts)}</item>\n"


def nitf_document(
    id: int | str = 1,  # noqa: A002
    title: str = "Ein Titel",
    body: str = "<p>Ein Satz aus dem Dorf.</p>",
    date: str = "20140503T100000+0200",
    byline: str = "",
    lead: str = "",
    section: str = "",
    topic: str = "",
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<nitf><head><docdata><doc-id id-string={quoteattr(str(id))}/>'
        + (f"<date.issue norm={quoteattr(date)}/>" if date else "")
        + (f"<key-list><keyword key={quoteattr(topic)}/></key-list>" if topic else "")
        + "</docdata>"
        + (f"<pubdata position.section={quoteattr(section)}/>" if section else "")
        + f"</head><body><body.head><hedline><hl1>{title}</hl1></hedline>"
        + (f"<byline>{byline}</byline>" if byline else "")
        + (f"<abstract><p>{lead}</p></abstract>" if lead else "")
        + f"</body.head><body.content>{body}</body.content></body></nitf>\n"
    )


def html_page(
    title: str = "Ein Titel",
    body: str = "",
    id: int | str = 1,  # noqa: A002
    date: str = "2014-05-03",
    head: str = "",
) -> str:
    filler = (
        "Der Gemeinderat hat am Montag über die neue Strasse am See beraten und den Entscheid vertagt, weil die Pläne"
        " noch nicht vorliegen und die Kosten niemand kennt."
    )
    return (
        f'<!DOCTYPE html><html lang="de-CH"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{SITE}/artikel/{id}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{date}">{head}</head><body><article><h1>{title}</h1>'
        f"<p>{filler}</p>{body}</article></body></html>"
    )


class Paper:
    """A newspaper's archive, and what is in it."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @property
    def db(self) -> Any:
        return self.archive.db

    def take(self, path: Path, name: str = "seebote", honest: bool = True, **wish: Any) -> dict[str, Any]:
        """Import, and hold the counts to their sums. `honest`: nothing that is published has failed its proof."""
        with Archive.open(self.archive.folder) as archive:
            counts = run_import(archive, Wish(path=path, name=name, **wish)).counts
        outcomes = {one: counts[one] for one in OUTCOMES}
        assert counts["records"] == sum(outcomes.values()), counts
        assert sum(counts["verdicts"].values()) == sum(outcomes[o] for o in ("imported", "updated", "unchanged")), (
            counts
        )
        assert not [
            reason for (reason,) in self.db.execute("SELECT reason FROM reject") if "defect of Backfile" in reason
        ]
        if honest:
            assert counts["verdicts"]["failed"] == 0, self.problems()
        return {**{one: number for one, number in outcomes.items() if number}, "all": counts}

    def problems(self) -> list[tuple[str, str]]:
        return list(self.db.execute("SELECT key, problems FROM known WHERE verdict='failed'"))

    @property
    def articles(self) -> list[Article]:
        return [from_json(unpack(row[0])) for row in self.db.execute("SELECT article_zst FROM article ORDER BY id")]

    def article(self, key: int | str) -> Article:
        rows = self.db.execute("SELECT article_zst FROM article WHERE key=? ORDER BY id", (str(key),)).fetchall()
        assert len(rows) == 1, (key, self.db.execute("SELECT key FROM article").fetchall())
        return from_json(unpack(rows[0][0]))

    def text(self, key: int | str) -> str:
        return plain_text(self.article(key))

    def body(self, key: int | str) -> str:
        query = "SELECT p.body FROM page p JOIN article a ON a.id=p.article_id WHERE a.key=?"
        return str(self.db.execute(query, (str(key),)).fetchone()[0])

    def path(self, key: int | str) -> str:
        return str(self.db.execute("SELECT path FROM article WHERE key=?", (str(key),)).fetchone()[0])

    def rejects(self) -> list[str]:
        return [reason for (reason,) in self.db.execute("SELECT reason FROM reject WHERE state='open' ORDER BY id")]

    def seen(self, key: int | str) -> str:
        """The words that a reader sees: the served body without its tags."""
        from html import unescape

        spaced = re.sub(r"</?(?:p|div|h\d|li|ul|ol|td|th|tr|table|figure|figcaption|br|pre|blockquote)\b[^>]*>", " ",
                        self.body(key))  # fmt: skip
        return " ".join(unescape(re.sub(r"<[^>]*>", "", spaced)).split())


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path / "exports")


@pytest.fixture
def paper(archive_at: Callable[[Path], Archive], tmp_path: Path) -> Iterator[Paper]:
    with archive_at(tmp_path / "archive") as archive:
        yield Paper(archive)


@pytest.fixture
def reader(paper: Paper) -> Iterator[Any]:
    """Asks the website of the paper: Django's test client. Ask after the import."""
    from backfile.store.django import setup

    setup(paper.archive.folder)
    from django.db import connections
    from django.test import Client

    from backfile.site.about import forget

    forget()
    yield Client()
    connections["default"].close()


@pytest.fixture(scope="session")
def newspaper_of() -> type[Paper]:
    return Paper


@pytest.fixture(scope="session")
def exports_in() -> type[Exports]:
    return Exports
