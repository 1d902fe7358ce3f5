"""What an import promises: the sums, what stays hidden, what a second run does, where old addresses lead."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backfile.article import walk
from backfile.store.archive import DATABASE, Archive
from backfile.store.runs import OUTCOMES

WORDS = st.sampled_from(
    ["Brücke", "Käse & Brot", "<b>Fest</b>", "«Ja»", "😀", "AT&amp;T", "x<y", "[sic]", "", "\u00ad", "12'000"]
)
TEXT = st.lists(WORDS, max_size=6).map(" ".join)
RECORD = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["good"] * 5 + ["bad", "draft", "attachment", "newer"]),
        "id": st.integers(1, 6),
        "title": st.sampled_from(["Eins", "Zwei", "Drei"]),
        "body": TEXT,
        "date": st.sampled_from(["2014-05-03 10:00:00", "", "0000-00-00 00:00:00", "2099-01-01 00:00:00"]),
        "modified": st.sampled_from(["", "2014-06-01 10:00:00", "2015-06-01 10:00:00"]),
    }
)


def as_item(record: dict[str, Any]) -> dict[str, Any] | str:
    piece = {name: record[name] for name in ("id", "title", "body", "date", "modified")}
    if record["kind"] == "bad":
        return f"<item><wp:post_id>{record['id']}</wp:post_id><title>Kaputt <content:encoded><![CDATA[x"
    if record["kind"] == "attachment":
        return piece | {"type": "attachment"}
    return piece | {"status": "draft" if record["kind"] == "draft" else "publish"}


def as_line(record: dict[str, Any]) -> dict[str, Any] | str:
    piece = {name: str(record[name]) for name in ("id", "title", "body", "date", "modified")}
    if record["kind"] == "bad":
        return '{"id": "' + piece["id"]
    return piece | ({"status": "draft"} if record["kind"] == "draft" else {})


@given(items=st.lists(RECORD, max_size=8), lines=st.lists(RECORD, max_size=8), data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counts_always_add_up(
    blank: Path, newspaper_of: Any, exports_in: Any, items: list[Any], lines: list[Any], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "archive").mkdir()
        shutil.copy(blank, folder / "archive" / DATABASE)
        exports = exports_in(folder)
        with Archive.open(folder / "archive") as archive:
            paper = newspaper_of(archive)
            for turn in range(2):
                wxr = exports.wxr(*map(as_item, items)) if items else None
                for path, format_, given_ in (
                    (wxr, "wxr", items),
                    (exports.jsonl(*map(as_line, lines)), "jsonl", lines),
                ):
                    if not given_:
                        continue
                    first = paper.take(path, format_, format=format_)["all"]
                    if format_ == "jsonl":
                        assert first["records"] == len(given_)
                        assert first["rejected"] == sum(one["kind"] == "bad" for one in given_)
                    assert first["withheld"] <= first["imported"] + first["updated"] + first["unchanged"]
                    again = paper.take(path, format_, format=format_)["all"]
                    assert again["imported"] == again["updated"] == 0, (turn, again)
                    assert again["records"] == first["records"]
                    assert again["unchanged"] + again["merged"] == sum(
                        first[one] for one in ("imported", "updated", "unchanged", "merged")
                    )
                check_the_store(paper)
                items, lines = data.draw(st.permutations(items)), lines[1:]


def check_the_store(paper: Any) -> None:
    from backfile.checking import check

    articles = paper.db.execute("SELECT count(*) FROM article").fetchone()[0]
    for table in ("known", "original", "page"):
        assert paper.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == articles, table
    hidden = paper.db.execute("SELECT count(*) FROM article WHERE withheld<>'' AND state<>'withheld'").fetchone()
    assert hidden == (0,)
    found = check(paper.archive)
    assert found.good, (found.sums, found.findings)


def test_the_sum_of_an_import_of_two_sources(paper: Any, exports: Any) -> None:
    one = exports.wxr(
        {"id": 1},
        {"id": 2, "status": "draft"},
        {"id": 3, "type": "attachment"},
        "<item><wp:post_id>4</wp:post_id>",
        {"id": 5, "modified": "2014-05-03 11:00:00"},
        {"id": 5, "modified": "2014-05-03 12:00:00", "body": "Neu."},
    )
    counts = paper.take(one, "wxr")["all"]
    assert {name: counts[name] for name in OUTCOMES} == {
        "imported": 3, "updated": 0, "unchanged": 0, "merged": 1, "excluded": 1, "rejected": 1,
    }  # fmt: skip
    assert counts["withheld"] == 1
    assert counts["verdicts"] == {"proved": 3, "failed": 0, "not_checked": 0}
    two = paper.take(exports.jsonl({"id": "1", "title": "T", "body": "B."}, "kaputt"), "lines")["all"]
    assert (two["records"], two["imported"], two["rejected"], two["undated"]) == (2, 1, 1, 1)


# -- what is held or withheld is nowhere ------------------------------------------------------------------

HIDDEN = "Schattenwort"


def hide(paper: Any, exports: Any) -> list[str]:
    """Withheld in every way that a source knows, and one that is held: its stored ledger does not prove."""
    url = "https://www.seebote.example/geheim/"
    body, author = f"{HIDDEN} im Text. " * 5, f"Autor {HIDDEN}"
    more = {"title": f"{HIDDEN} im Titel", "body": body, "author": author}
    items: list[dict[str, Any]] = [
        {
            "id": 100 + n,
            "status": status,
            "section": f"Ressort {HIDDEN}",
            "topic": f"Thema {HIDDEN}",
            "link": f"{url}{n}",
            **more,
        }
        for n, status in enumerate(["draft", "private", "trash", "pending", "future", "auto-draft"])
    ]
    items.append({"id": 200, **more, "more": "<wp:post_password>geheim</wp:post_password>", "link": f"{url}pw"})
    items.append({"id": 1, "title": "Offen", "body": "Ein offenes Wort.", "topic": "Thema", "section": "Ressort"})
    paper.take(exports.wxr(*items), "wxr")
    lines: list[dict[str, Any]] = [
        {"id": f"j{n}", **more, "tags": f"Thema {HIDDEN}", "url": f"{url}j{n}", **how}
        for n, how in enumerate(
            [
                {"status": "draft"},
                {"draft": True},
                {"published": False},
                {"status": "private"},
                {"embargo": "2099-01-01"},
            ]
        )
    ]
    paper.take(exports.jsonl(*lines, {"id": "o", "title": "Offen zwei", "body": "Noch ein Wort."}), "lines")
    held = paper.take(exports.jsonl({"id": "h", **more, "url": f"{url}h"}, name="held.jsonl"), "held")["all"]
    assert held["imported"] == 1
    paper.db.execute("UPDATE article SET state='held' WHERE key='h'")
    paper.db.execute("UPDATE known SET state='held', verdict='failed' WHERE key='h'")
    return [path for (path,) in paper.db.execute("SELECT path FROM article WHERE headline LIKE ?", (f"%{HIDDEN}%",))]


def test_what_is_held_or_withheld_is_nowhere(paper: Any, exports: Any, reader: Any, tmp_path: Path) -> None:
    from backfile import cli

    paths = hide(paper, exports)
    assert len(paths) == 13
    states = dict(paper.db.execute("SELECT state, count(*) FROM article GROUP BY state").fetchall())
    assert states == {"withheld": 12, "held": 1, "clean": 1, "flagged": 1}
    for path in paths:
        assert reader.get(path).status_code == 404
        assert reader.get(path + "/").status_code == 404
    for (old,) in paper.db.execute(
        "SELECT old FROM redirect r JOIN article a ON a.id=r.article_id WHERE a.state IN ('held', 'withheld')"
    ):
        assert reader.get(old).status_code == 404, old
    slugs = [
        slug for table in ("author", "topic") for (slug,) in paper.db.execute(f"SELECT DISTINCT slug FROM {table}")
    ]
    lists = ["/", "/2014/", "/2014/05/", "/2014/05/03/", "/undated/", "/sections/", "/topics/", "/authors/", "/years/",
             "/feed.rss", "/feed.atom", "/feed.json", "/section/ressort/", "/section/ressort/feed.rss", "/sitemap.xml",
             "/sitemap-1.xml", "/search?q=wort", "/topic/thema/"]  # fmt: skip
    lists += [f"/{kind}/{slug}/" for slug in slugs for kind in ("author", "topic", "section")]
    lists += [path for (path,) in paper.db.execute("SELECT path FROM article WHERE state IN ('clean', 'flagged')")]
    for path in lists:
        answer = reader.get(path).content.decode()
        assert HIDDEN.lower() not in answer.lower(), path
        assert not [hidden for hidden in paths if hidden in answer], path
    found = reader.get(f"/search?q={HIDDEN}").content.decode()
    assert not [hidden for hidden in paths if hidden in found]
    assert "im Titel" not in found
    folder = str(paper.archive.folder)
    for target, name in (("jsonl", "out.jsonl"), ("html", "out")):
        assert cli.run(["export", "--to", target, str(tmp_path / name), "--archive", folder]) == 0
    written = [tmp_path / "out.jsonl", *(p for p in (tmp_path / "out").rglob("*") if p.is_file())]
    assert len(written) > 3
    for file in written:
        assert HIDDEN.lower().encode() not in file.read_bytes().lower(), file
        assert b"/geheim/" not in file.read_bytes(), file


def test_an_undated_article_is_listed_as_undated(paper: Any, exports: Any, reader: Any) -> None:
    counts = paper.take(exports.jsonl({"id": "1", "title": "Ohne Jahr", "body": "Text."}))["all"]
    assert counts["undated"] == 1
    path = paper.path(1)
    assert path.startswith("/undated/")
    assert path in reader.get("/undated/").content.decode()
    page = reader.get(path).content.decode()
    assert "<time" not in page
    assert "datePublished" not in page
    assert "pubDate" not in reader.get("/feed.rss").content.decode().partition("<item>")[2]


# -- running it again -------------------------------------------------------------------------------------

SAME = ("article", "page", "original", "ledger", "fault", "redirect", "revision", "profile", "author", "topic", "media")


def set_aside(paper: Any) -> list[tuple[Any, ...]]:
    """Rejects and exclusions, without the run that saw them last."""
    return [
        paper.db.execute("SELECT id, file, reason, sha256, state, payload_zst FROM reject ORDER BY id").fetchall(),
        paper.db.execute("SELECT id, file, rule, key FROM exclusion ORDER BY id").fetchall(),
    ]


def a_mixed_bag(exports: Any) -> dict[str, Path]:
    pieces = [
        {"id": n, "title": f"Titel {n}", "body": f"<p>Der Käse &amp;amp; das Brot {n}.</p><p>Zwei.</p>"}
        for n in range(4)
    ]
    return {
        "wxr": exports.wxr(
            *pieces, {"id": 9, "status": "draft"}, {"id": 8, "type": "attachment"}, {"id": 1, "title": "Zwilling"}
        ),
        "jsonl": exports.jsonl(*({**one, "id": str(one["id"])} for one in pieces), "kaputt"),
        "csv": exports.csv(*pieces),
        "nitf": exports.nitf(
            *({**one, "body": one["body"].replace("&amp;amp;", "&amp;")} for one in pieces), "<nitf><kaputt"
        ),
        "pages": exports.pages(*pieces),
        "text": exports.text("Titel\n\nEin Text im Dorf.", "Zwei\n\nEin anderer Text."),
    }


def test_a_second_run_changes_nothing(paper: Any, exports: Any, all_rows: Callable[[Path], Any]) -> None:
    bag = a_mixed_bag(exports)
    firsts = {name: paper.take(path, name)["all"] for name, path in bag.items()}
    before, aside = all_rows(paper.archive.database), set_aside(paper)
    for name, path in bag.items():
        counts = paper.take(path, name)["all"]
        assert counts["imported"] == counts["updated"] == 0
        assert counts["unchanged"] == firsts[name]["imported"]
        for one in ("records", "merged", "excluded", "rejected", "held", "withheld", "undated", "verdicts", "faults"):
            assert counts[one] == firsts[name][one], (name, one)
    after = all_rows(paper.archive.database)
    for table in SAME:
        assert after[table] == before[table], table
    assert set_aside(paper) == aside


def test_a_fresh_archive_gets_the_same_articles(
    paper: Any, exports: Any, archive_at: Any, newspaper_of: Any, tmp_path: Path
) -> None:
    bag = a_mixed_bag(exports)
    with archive_at(tmp_path / "other") as other:
        second = newspaper_of(other)
        for name, path in bag.items():
            paper.take(path, name)
            second.take(path, name)
        for table in ("article", "page", "original", "ledger"):
            rows = [one.db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for one in (paper, second)]
            assert rows[0] == rows[1], table


def test_a_changed_record_keeps_its_old_revision_and_the_ids_of_what_stayed(
    paper: Any, exports: Any, reader: Any
) -> None:
    body = "<p>Erster Absatz.</p><p>Zweiter Absatz.</p><p>Dritter Absatz.</p>"
    paper.take(exports.jsonl({"id": "1", "title": "Titel", "body": body, "date": "2014-05-03"}))
    before = {block.text.text: block.id for block in walk(paper.article(1).blocks)}
    address = paper.path(1)
    body = body.replace("Zweiter Absatz", "Ein neuer Absatz").replace("<p>Dritter", "<p>Eingeschoben.</p><p>Dritter")
    assert paper.take(exports.jsonl({"id": "1", "title": "Titel!", "body": body, "date": "2014-06-04"}))["updated"] == 1
    after = {block.text.text: block.id for block in walk(paper.article(1).blocks)}
    assert after["Erster Absatz."] == before["Erster Absatz."]
    assert after["Dritter Absatz."] == before["Dritter Absatz."]
    assert after["Ein neuer Absatz."] not in before.values()
    assert paper.path(1) == address
    assert "Ein neuer Absatz" in reader.get(address).content.decode()
    ((kind, blob),) = paper.db.execute("SELECT kind, article_zst FROM revision").fetchall()
    from backfile.article import from_json, plain_text
    from backfile.store.packing import unpack

    assert kind == "updated"
    assert "Zweiter Absatz." in plain_text(from_json(unpack(blob)))


def test_what_is_gone_is_reported_if_the_export_is_complete(paper: Any, exports: Any) -> None:
    pieces = [{"id": n, "title": f"Titel {n}", "body": "Text."} for n in range(4)]
    for kind in ("wxr", "csv"):
        paper.take(getattr(exports, kind)(*pieces), kind)
        smaller = getattr(exports, kind)(*pieces[:2])
        assert "removed" not in paper.take(smaller, kind)["all"]
        assert paper.take(smaller, kind, complete=True)["all"]["removed"] == 2
    assert len(paper.articles) == 8


def test_a_rule_switched_off_touches_only_what_it_had_mended(paper: Any, exports: Any) -> None:
    pieces = [{"id": n, "title": f"Titel {n}", "body": f"Die Strasse {n} nach Bern."} for n in range(5)]
    pieces[2]["body"] = "Der Bär &amp;amp; die Bärin wohnen in Bern."
    path = exports.csv(*pieces)
    first = paper.take(path)["all"]
    assert first["faults"]["mended"] == 1
    query = "SELECT key, sha256, revision, change FROM article ORDER BY id"
    before = paper.db.execute(query).fetchall()
    (paper.archive.folder / "backfile.toml").write_text('[rules]\noff = ["visible-entity"]\n')
    counts = paper.take(path)
    assert (counts["updated"], counts["unchanged"]) == (1, 4)
    assert paper.text(2) == "Der Bär &amp;amp; die Bärin wohnen in Bern."
    after = paper.db.execute(query).fetchall()
    assert [new[0] for old, new in zip(before, after, strict=True) if old != new] == ["2"]
    (paper.archive.folder / "backfile.toml").unlink()
    counts = paper.take(path)
    assert (counts["updated"], counts["unchanged"]) == (1, 4)
    assert paper.text(2) == "Der Bär & die Bärin wohnen in Bern."


def test_killed_and_run_again_it_is_as_if_nothing_had_been(
    exports: Any,
    archive_at: Any,
    newspaper_of: Any,
    tmp_path: Path,
    all_rows: Callable[[Path], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In two sources at once; the store's own test kills it more often."""
    from backfile import rules_version

    monkeypatch.setattr(rules_version, "code_version", lambda: "the same code throughout")
    pieces = [{"id": n, "title": f"Titel {n}", "body": f"<p>Der Käse &amp;amp; Brot {n}.</p>" * 30} for n in range(120)]
    path = exports.wxr(*pieces)
    code = (
        "import sys; from pathlib import Path; from backfile import rules_version;"
        "rules_version.code_version = lambda: 'the same code throughout';"
        "from backfile.importing import Wish, run_import; from backfile.store.archive import Archive;"
        "archive = Archive.open(Path(sys.argv[1])); print('open', flush=True);"
        "run_import(archive, Wish(path=Path(sys.argv[2]), name='seebote'))"
    )
    for name in ("whole", "killed"):
        archive_at(tmp_path / name).close()
        (tmp_path / name / "backfile.toml").write_text("[limits]\nchunk = 10\n")
    with Archive.open(tmp_path / "whole") as archive:
        started = time.monotonic()
        newspaper_of(archive).take(path)
        span = time.monotonic() - started
    rng = random.Random(11)
    for _ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "killed"), str(path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(rng.uniform(0.2, 0.8) * span)
        child.send_signal(signal.SIGKILL)
        child.communicate()
    with Archive.open(tmp_path / "killed") as archive:
        counts = newspaper_of(archive).take(path)["all"]
    assert counts["records"] == 120
    whole, killed = (all_rows(tmp_path / name / DATABASE) for name in ("whole", "killed"))
    for table in SAME:
        assert killed[table] == whole[table], table


# -- old addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("https://www.seebote.example/2014/05/alte-bruecke/", "/2014/05/alte-bruecke/"),
        ("https://www.seebote.example/2014/05/alte-bruecke/", "/2014/05/alte-bruecke"),
        ("https://www.seebote.example/2014/05/alte-bruecke", "/2014/05/alte-bruecke/"),
        ("https://www.seebote.example/?p=77", "/?p=77"),
        ("https://www.seebote.example/?p=77", "/?p=77&utm_source=brief"),
        ("https://www.seebote.example/index.php?p=77", "/index.php?p=77"),
        ("https://www.seebote.example/artikel.php?id=77&seite=1", "/artikel.php?id=77&seite=1"),
        ("https://www.seebote.example/news/story.html", "/news/story.html"),
        ("https://www.seebote.example/news/story.html", "/news/story.html?utm_source=x&fbclid=y"),
        ("https://www.seebote.example/z%C3%BCrich/br%C3%BCcke/", "/z%C3%BCrich/br%C3%BCcke/"),
        ("https://www.seebote.example/zürich/brücke", "/z%C3%BCrich/br%C3%BCcke"),
        ("/nur/ein/pfad", "/nur/ein/pfad"),
        ("http://SEEBOTE.example:80/a/B", "/a/B"),
        ("https://www.seebote.example/section/alt/", "/section/alt/"),
        ("https://www.seebote.example/2014/05/03/alter-titel", "/2014/05/03/alter-titel"),
    ],
)  # fmt: skip
def test_old_addresses_lead_to_their_article(paper: Any, exports: Any, reader: Any, old: str, asked: str) -> None:
    other = {
        "id": "2",
        "title": "Anderes",
        "body": "Text.",
        "date": "2014-05-03",
        "url": "https://www.seebote.example/anderes",
    }
    paper.take(
        exports.jsonl({"id": "1", "title": "Die Brücke", "body": "Text.", "date": "2014-05-03", "url": old}, other)
    )
    for host in ("www.seebote.example", "archiv.seebote.example"):
        answer = reader.get(asked, HTTP_HOST=host)
        assert (answer.status_code, answer.headers.get("Location")) == (301, paper.path(1)), host
    assert reader.get(paper.path(1)).status_code == 200


def test_an_old_address_never_leads_to_the_front_page(paper: Any, exports: Any, reader: Any) -> None:
    urls = [
        "https://www.seebote.example/",
        "https://www.seebote.example",
        "/",
        "https://www.seebote.example/?",
        "",
        "#",
        "?",
    ]
    paper.take(
        exports.jsonl(*({"id": str(n), "title": f"T {n}", "body": "Text.", "url": url} for n, url in enumerate(urls)))
    )
    assert reader.get("/").status_code == 200
    for unknown in ("/?p=1", "/nix/", "/artikel.php?id=1", "/2014/05/nix/", "/index.html"):
        answer = reader.get(unknown)
        assert answer.status_code in (200, 404)
        assert "Location" not in answer.headers
    assert json.loads(reader.get("/feed.json").content)["items"]
