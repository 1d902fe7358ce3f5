"""Bad input gets a clear error or a reject with its reason: never a traceback, never silence, never another's file."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.growth import assert_linear

from backfile.article import plain_text
from backfile.errors import BackfileError
from backfile.store.packing import unpack

SECRET = "Geheimer-Schluessel-4f1c"
EXIT_CODES = range(9)
"""0 to 8 are documented answers; 70 is a defect of Backfile."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Whoever asks another machine is found out."""
    asked: list[Any] = []

    def refuse(self: socket.socket, address: Any) -> None:
        asked.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: refuse(None, a))  # type: ignore[arg-type]
    yield asked
    assert not asked


@pytest.fixture
def command(paper: Any, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, Any]]]:
    """`backfile import --json` as the command line runs it: (exit code, counts)."""
    from backfile import cli
    from backfile.cli import terminal

    def run(path: Path, *more: str) -> tuple[int, dict[str, Any]]:
        terminal.console.cache_clear()
        code = cli.run(["import", str(path), "--archive", str(paper.archive.folder), "--json", *more])
        said = capfd.readouterr()
        assert "Traceback" not in said.out + said.err
        assert code in EXIT_CODES, said.err
        if code:
            assert "error:" in said.err
        return code, json.loads(said.out) if said.out.strip() else {}

    return run


def everything_kept(paper: Any) -> bytes:
    """All bytes that the archive holds, unpacked."""
    found = b""
    for table in ("article", "page", "original", "reject", "exclusion", "ledger", "fault", "known", "media"):
        for row in paper.db.execute(f"SELECT * FROM {table}"):
            for value in row:
                data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
                found += unpack(data) if data[:4] == b"\x28\xb5\x2f\xfd" else data
    return found


# -- addresses --------------------------------------------------------------------------------------------


def test_an_address_of_any_length_is_kept_whole_and_holds_no_article(paper: Any, exports: Any, command: Any) -> None:
    url = "https://alt.example/" + "lang/" * 900
    code, counts = command(exports.jsonl({"id": "1", "title": "Eins", "body": "<p>Ein Wort im Dorf.</p>", "url": url}))
    assert (code, counts["imported"], counts["held"], counts["verdicts"]["proved"]) == (0, 1, 0, 1)
    assert paper.article("1").legacy_urls == (url,)


# -- truncated files --------------------------------------------------------------------------------------

COUNT = 6


def whole(exports: Any, kind: str) -> Path:
    pieces = [{"id": n, "title": f"Titel {n}", "body": f"<p>Der Käse Nummer {n} ist reif.</p>"} for n in range(COUNT)]
    make = {
        "wxr": lambda: exports.wxr(*pieces),
        "jsonl": lambda: exports.jsonl(*({**one, "id": str(one["id"])} for one in pieces)),
        "csv": lambda: exports.csv(*pieces),
        "json": lambda: exports.write("export.json", json.dumps(pieces, ensure_ascii=False, indent=1)),
        "nitf": lambda: exports.write("many.xml", "".join(_nitf(one) for one in pieces)),
    }
    return make[kind]()  # type: ignore[no-any-return]


def _nitf(piece: dict[str, Any]) -> str:
    return (
        f'<nitf><head><docdata><doc-id id-string="{piece["id"]}"/></docdata></head><body><body.head><hedline><hl1>'
        f"{piece['title']}</hl1></hedline></body.head><body.content>{piece['body']}</body.content></body></nitf>\n"
    )


ENDS = {"wxr": b"</item>", "jsonl": b"}", "csv": b"\n", "json": b"}", "nitf": b"</nitf>"}
STARTS = {"wxr": b"<item>", "jsonl": b"{", "csv": b"\n", "json": b"{", "nitf": b"<nitf"}


@pytest.mark.parametrize("kind", ["wxr", "jsonl", "csv", "json", "nitf"])
def test_a_file_cut_off_anywhere_loses_only_what_is_gone(paper: Any, exports: Any, kind: str) -> None:
    """Every record that ends before the cut is imported; one that the cut goes through is a record as well."""
    path = whole(exports, kind)
    data = path.read_bytes()
    paper.take(path, "whole", format="jsonl" if kind == "json" else kind)
    texts = {one.key: plain_text(one) for one in paper.articles}
    assert len(texts) == COUNT
    for number, cut in enumerate(range(7, len(data), len(data) // 23)):
        part = exports.write(f"{number}/{path.name}", data[:cut])
        try:
            counts = paper.take(part, f"cut {number}", format="jsonl" if kind == "json" else kind)
        except BackfileError:
            assert data[:cut].count(STARTS[kind]) <= 1, cut
            continue
        complete = max(0, data[:cut].count(ENDS[kind]) - (kind == "csv"))
        begun = data[:cut].count(STARTS[kind])
        if kind == "csv" and data[:cut].endswith(b"\n"):
            begun -= 1
        found = {one.key: plain_text(one) for one in paper.articles if one.source == f"cut {number}"}
        assert len(found) >= complete, cut
        assert list(texts.items())[:complete] == list(found.items())[:complete], cut
        assert counts["all"]["records"] >= begun, (cut, counts)
        if not begun and kind != "csv":  # a table without rows is an empty table
            assert counts["all"]["records"] >= 1, (cut, "silence")


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "gz", "bz2"])
def test_a_packed_export_cut_off_is_never_silent(paper: Any, exports: Any, kind: str) -> None:
    path = pack(whole(exports, "jsonl"), kind)
    data = path.read_bytes()
    assert paper.take(path, "whole")["imported"] == COUNT
    for number, cut in enumerate(range(1, len(data), max(1, len(data) // 17))):
        part = exports.write(f"{number}/{path.name}", data[:cut])
        try:
            counts = paper.take(part, f"cut {number}", format="jsonl")
        except BackfileError:
            continue
        assert counts.get("imported", 0) <= COUNT
        trailer_only = kind == "tar" and counts.get("imported") == COUNT
        assert counts.get("rejected", 0) >= 1 or trailer_only, (cut, counts)


def pack(path: Path, kind: str) -> Path:
    packed = path.parent / f"{path.name}.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.write(path, path.name)
    elif kind.startswith("tar"):
        with tarfile.open(packed, "w:gz" if kind.endswith("gz") else "w") as tar:
            tar.add(path, path.name)
    else:
        packed.write_bytes({"gz": gzip, "bz2": bz2}[kind].compress(path.read_bytes()))  # type: ignore[attr-defined]
    return packed


def test_an_export_spliced_from_cut_ones_loses_only_what_is_gone(paper: Any, exports: Any) -> None:
    """Somebody glued a cut export and the rest of it together: `cat part1.xml part2.xml`."""
    first = exports.wxr({"id": 1}, {"id": 2, "body": "Anfang " * 40}, name="1.xml").read_bytes()
    second = exports.wxr({"id": 3, "title": "Drei", "body": "Text drei."}, {"id": 4}, name="2.xml").read_bytes()
    for cut in (first.index(b"Anfang") + 50, first.index(b"<wp:post_id>2"), first.rindex(b"</item>") + 3):
        path = exports.write(f"{cut}.xml", first[:cut] + second)
        paper.take(path, f"s{cut}", honest=False)
        found = {one.key: one for one in paper.articles if one.source == f"s{cut}"}
        assert {"1", "3", "4"} <= set(found), (cut, set(found))
        assert plain_text(found["3"]) == "Text drei."


# -- entity bombs and external entities -------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def doctypes(secret: Path) -> dict[str, tuple[str, str]]:
    uri = secret.as_uri()
    return {
        "bomb": (BOMB, "&j;"),
        "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"A" * 50_000}">]>', "&a;" * 2000),
        "file": (f'<!DOCTYPE x [<!ENTITY xx SYSTEM "{uri}">]>', "&xx;"),
        "path": (f'<!DOCTYPE x [<!ENTITY xx SYSTEM "{secret}">]>', "&xx;"),
        "public": (f'<!DOCTYPE x [<!ENTITY xx PUBLIC "-//x//x" "{uri}">]>', "&xx;"),
        "http": ('<!DOCTYPE x [<!ENTITY xx SYSTEM "http://127.0.0.1:9/x">]>', "&xx;"),
        "parameter": (f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{uri}"> %p;]>', "Text."),
        "subset": (f'<!DOCTYPE x SYSTEM "{uri}" []>', "Text."),
        "include": ("", f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{uri}" parse="text"/>'),
        "stylesheet": (f'<?xml-stylesheet href="{uri}"?>', "Text."),
        "frame": ("", f'&lt;iframe src="{uri}"&gt;&lt;/iframe&gt;&lt;img src="{uri}"&gt;'),
    }


@pytest.mark.parametrize("name", list(doctypes(Path("/"))))
@pytest.mark.parametrize("kind", ["wxr", "nitf", "pages"])
def test_entities_are_refused_and_no_file_is_read(
    paper: Any, exports: Any, command: Any, name: str, kind: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    doctype, text = doctypes(secret)[name]
    declaration = '<?xml version="1.0"?>\n'
    if kind == "wxr":
        path = exports.wxr(
            "<item><title>T</title><wp:post_id>1</wp:post_id><content:encoded>BODY</content:encoded></item>"
        )
    elif kind == "nitf":
        path = exports.write("e.xml", declaration + _nitf({"id": 1, "title": "T", "body": "<p>BODY</p>"}))
    else:
        path = exports.write(
            "e.html", declaration + "<html><body><h1>T</h1><p>BODY</p>" + "<p>Ein Wort im Dorf.</p>" * 20
        )
    whole = path.read_text().replace("BODY", text)
    head, mark, rest = whole.partition("?>\n")
    path.write_text(f"{head}{mark}{doctype}{rest}")
    tracemalloc.start()
    try:
        code, counts = command(path)
        assert tracemalloc.get_traced_memory()[1] < 90_000_000, "something was expanded"
    finally:
        tracemalloc.stop()
    assert code or counts["records"] >= 1
    kept = everything_kept(paper)
    assert SECRET.encode() not in kept
    assert b"lollollol" not in kept
    assert len(kept) < 3_000_000


# -- records over the limit -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["wxr", "jsonl", "csv", "nitf", "pages", "text"])
def test_a_record_over_the_limit_is_rejected_by_range_and_hash(
    paper: Any, exports: Any, command: Any, kind: str
) -> None:
    (paper.archive.folder / "backfile.toml").write_text("[limits]\nrecord_bytes = 20000\n")
    small, large = "<p>Ein Absatz aus dem Dorf.</p>" * 3, "<p>Ein langer Absatz.</p>" * 1500
    pieces = [{"id": n, "title": f"Titel {n}", "body": large if n == 1 else small} for n in range(3)]
    make: dict[str, Callable[[], Path]] = {
        "wxr": lambda: exports.wxr(*pieces),
        "jsonl": lambda: exports.jsonl(*({**one, "id": str(one["id"])} for one in pieces)),
        "csv": lambda: exports.csv(*pieces),
        "nitf": lambda: exports.nitf(*pieces),
        "pages": lambda: exports.pages(*pieces),
        "text": lambda: exports.text(*(f"{one['title']}\n\n{one['body']}" for one in pieces)),
    }
    path = make[kind]()
    code, counts = command(path)
    assert (code, counts["imported"], counts["rejected"], counts["records"]) == (0, 2, 1, 3)
    query = 'SELECT file, "offset", length, sha256, reason, payload_zst FROM reject'
    name, offset, length, sha, reason, payload = paper.db.execute(query).fetchone()
    assert "larger than" in reason
    data = (path / name if path.is_dir() else path).read_bytes()[offset : offset + length]
    assert length > 20000
    assert sha == hashlib.sha256(data).hexdigest()
    assert not payload or len(unpack(payload)) <= 64 * 1024


MEASURE = r"""
import re, sys
from backfile.cli import run
code = run(sys.argv[1:])
print(code, int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.parametrize("kind", ["wxr", "jsonl"])
def test_memory_stays_bounded_under_a_huge_record(paper: Any, exports: Any, kind: str) -> None:
    (paper.archive.folder / "backfile.toml").write_text("[limits]\nrecord_bytes = 1000000\n")
    path = exports.wxr({"id": 1}, {"id": 2, "body": "GROSS"}, {"id": 3}) if kind == "wxr" else exports.jsonl(
        {"id": "1", "body": "Eins."}, {"id": "2", "body": "GROSS"}, {"id": "3", "body": "Drei."})  # fmt: skip
    head, _, tail = path.read_bytes().partition(b"GROSS")
    with path.open("wb") as file:
        file.write(head)
        for _ in range(150):
            file.write(b"Wort " * 200_000)
        file.write(tail)
    counts, megabytes = _measured(path, paper.archive.folder)
    assert (counts["imported"], counts["rejected"]) == (2, 1)
    path.write_bytes(head + tail)
    _, usual = _measured(path, paper.archive.folder)
    path.unlink()
    assert megabytes < usual + 40, "the record was held in memory"


def _measured(path: Path, archive: Path) -> tuple[dict[str, Any], int]:
    """The counts of an import in a process of its own, and that process's peak memory in MB."""
    arguments = ["import", str(path), "--archive", str(archive), "--json"]
    done = subprocess.run([sys.executable, "-c", MEASURE, *arguments], capture_output=True, text=True, timeout=300)
    assert "Traceback" not in done.stderr
    counts, measured = done.stdout.strip().splitlines()
    code, megabytes = map(int, measured.split())
    assert code == 0
    return json.loads(counts), megabytes


# -- deep and endless markup ------------------------------------------------------------------------------

ENDLESS: dict[str, Callable[[int], str]] = {
    "nested tags": lambda n: "<b>" * (n // 3),
    "nested and closed": lambda n: "<div>" * (n // 11) + "Mitte" + "</div>" * (n // 11),
    "<a ": lambda n: "<a " * (n // 3),
    "open attribute": lambda n: '<a href="x' * (n // 10),
    "comments": lambda n: "<!--" * (n // 4),
    "CDATA": lambda n: "<![CDATA[" * (n // 9),
    "lists": lambda n: "<ul><li>" * (n // 8),
    "tables": lambda n: "<table><tr><td>" * (n // 15),
    "shortcodes": lambda n: "[caption " * (n // 18) + "[caption]" * (n // 18),
    "angles": lambda n: "<" * n,
    "ampersands": lambda n: "&" * n,
    "brackets": lambda n: "[" * n,
    "attributes": lambda n: "<p " + "a=1 " * (n // 4) + ">Wort</p>",
    "one word": lambda n: "w" * n,
    "quotes": lambda n: "«" * n,
}
"""Bodies of so many characters."""


@pytest.mark.parametrize("name", list(ENDLESS))
def test_endless_markup_ends(paper: Any, exports: Any, command: Any, name: str) -> None:
    numbers = count()

    def take(length: int) -> None:
        """An export of its own each time: what is known already would cost nothing."""
        which = next(numbers)
        body = f"<p>Vorher.</p>{ENDLESS[name](length)}"
        pieces = {f"{which}a": ("Vor", "Gut."), f"{which}b": ("Bös", body), f"{which}c": ("Nach", "Gut.")}
        records = [{"id": key, "title": title, "body": body} for key, (title, body) in pieces.items()]
        code, counts = command(exports.jsonl(*records, name=f"{which}.jsonl"), "--source", str(which))
        assert (code, counts["records"]) == (0, 3)
        assert {one.key for one in paper.articles} >= {f"{which}a", f"{which}c"}
        if counts["imported"] == 3:
            assert "Vorher." in paper.text(f"{which}b")

    assert_linear(take, 40_000)


def test_endless_json_and_xml_end(paper: Any, exports: Any, command: Any) -> None:
    good = '{"id": "g", "title": "Gut", "body": "Text."}\n'
    for data in (
        '{"a":' * 200_000,
        "[" * 200_000,
        '{"body": ["' + '","' * 200_000,
        '{"a": ' + "[" * 5000 + "]" * 5000 + "}",
    ):
        code, counts = command(exports.write("e.jsonl", good + data + "\n"), "--format", "jsonl")
        assert code == 0
        assert counts["rejected"] == 1, data[:20]
    deep = "<x>" * 100_000
    code, counts = command(exports.wxr({"id": 1}, f"<item><wp:post_id>2</wp:post_id>{deep}</item>", {"id": 3}))
    assert code == 0
    assert counts["records"] == 3
    assert {one.key for one in paper.articles} >= {"1", "3"}
    code, counts = command(exports.nitf({"id": "a", "body": deep}, {"id": "b"}, f"<nitf>{deep}</nitf>"))
    assert code == 0
    assert counts["records"] == 3


# -- archives that bite -----------------------------------------------------------------------------------


def bitten(outside: Path, names: list[str]) -> list[str]:
    names += ["../climb.txt", "../../climb.txt", "/climb.txt", "C:\\climb.txt", "..\\climb.txt", "a/../../climb.txt"]
    return [*names, str(outside / "climb.txt")]


def check_bitten(paper: Any, outside: Path, counts: dict[str, Any], bad: int) -> None:
    assert counts["imported"] == 1
    assert counts["rejected"] >= bad
    assert counts["records"] == counts["imported"] + counts["rejected"] + counts["excluded"]
    assert SECRET.encode() not in everything_kept(paper)
    assert not list(outside.parent.rglob("*climb*"))


GOOD_TEXT = "Die Brücke steht\n\nSie ist aus Holz und steht über dem Bach im Dorf."


def test_a_zip_that_climbs_out_or_links(paper: Any, exports: Any, command: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    path = tmp_path / "exports" / "texts.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("gut.txt", GOOD_TEXT)
        names = bitten(path.parent, [])
        for name in names:
            file.writestr(name, "Ein böser Text.")
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        file.writestr(link, str(secret))
    code, counts = command(path, "--format", "text")
    assert code == 0
    check_bitten(paper, path.parent, counts, len(names) + 1)


@pytest.mark.parametrize("packed", ["", "gz"])
def test_a_tar_that_climbs_out_or_links(paper: Any, exports: Any, command: Any, tmp_path: Path, packed: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    path = tmp_path / "exports" / f"texts.tar{packed and '.gz'}"
    path.parent.mkdir()
    names = bitten(path.parent, [])
    with tarfile.open(path, f"w:{packed}") as tar:
        for name in ["gut.txt", *names]:
            data = (GOOD_TEXT if name == "gut.txt" else "Ein böser Text.").encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"special-{kind!r}.txt")
            info.type, info.linkname = kind, str(secret)
            tar.addfile(info)
    code, counts = command(path, "--format", "text")
    assert code == 0
    check_bitten(paper, path.parent, counts, len(names) + 4)


@pytest.mark.parametrize("kind", ["text", "pages", "nitf", "jsonl", "wxr", "csv"])
def test_a_folder_with_links_out_of_it(paper: Any, exports: Any, command: Any, tmp_path: Path, kind: str) -> None:
    secret = (
        tmp_path
        / "secrets"
        / f"secret.{ {'text': 'txt', 'pages': 'html', 'nitf': 'xml', 'wxr': 'xml'}.get(kind, kind) }"
    )
    secret.parent.mkdir()
    secret.write_text(f"{SECRET}\n\n<nitf><item><p>{SECRET}")
    make: dict[str, Callable[[], Path]] = {
        "text": lambda: exports.text(GOOD_TEXT),
        "pages": lambda: exports.pages({"body": "<p>Gut.</p>"}),
        "nitf": lambda: exports.nitf({"id": 1}),
        "jsonl": lambda: exports.jsonl({"id": "1", "body": "Gut."}, name="f/e.jsonl").parent,
        "csv": lambda: exports.csv({"id": "1", "title": "T", "body": "Gut."}, name="f/e.csv").parent,
        "wxr": lambda: exports.wxr({"id": 1}, name="f/e.xml").parent,
    }
    folder = make[kind]()
    (folder / f"link{secret.suffix}").symlink_to(secret)
    (folder / "folder").symlink_to(secret.parent)
    (folder / "self").symlink_to(folder)
    os.mkfifo(folder / f"pipe{secret.suffix}")
    code, counts = command(folder, "--format", kind)
    assert (code, counts["imported"], counts["rejected"]) == (0, 1, 4)
    assert SECRET.encode() not in everything_kept(paper)


def test_bombs_are_refused(paper: Any, exports: Any, command: Any) -> None:
    zeros = b"0" * 60_000_000
    bombs = {
        "e.jsonl.gz": gzip.compress(zeros, 9),
        "e.txt.bz2": bz2.compress(zeros),
        "e.csv.gz": gzip.compress(zeros),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("gross.txt", zeros)
        made.writestr("gut.txt", GOOD_TEXT)
    bombs["texts.zip"] = file.getvalue()
    for name, data in bombs.items():
        code, counts = command(
            exports.write(name, data), "--format", name.split(".")[1].replace("txt", "text").replace("zip", "text")
        )
        assert (code, counts["rejected"]) == (0, 1), name
        assert "unpack to more than it may" in paper.rejects()[-1], name


def test_bombs_in_bombs_are_not_opened(paper: Any, exports: Any, command: Any) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("tief.txt", GOOD_TEXT)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as made:
        made.writestr("innen.txt", inner.getvalue())
        made.writestr("gut.txt", GOOD_TEXT)
    code, counts = command(exports.write("texts.zip", outer.getvalue()), "--format", "text")
    assert (code, counts["imported"], counts["rejected"]) == (0, 1, 1)
    assert "not opened" in paper.rejects()[0]


# -- duplicate keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["jsonl", "csv", "wxr"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_one_key_the_newest_wins(paper: Any, exports: Any, kind: str, order: tuple[int, ...]) -> None:
    versions = [
        {"id": "7", "title": "Der Titel", "body": f"Fassung {n}.", "modified": f"2014-05-0{n + 3} 11:00:00"}
        for n in range(3)
    ]
    path = getattr(exports, kind)(*(versions[n] for n in order))
    counts = paper.take(path)
    assert (counts["imported"], counts["merged"]) == (1, 2)
    assert paper.text(7) == "Fassung 2."
    again = paper.take(path)
    assert (again["unchanged"], again["merged"], again["all"]["records"]) == (1, 2, 3)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "wxr"])
def test_where_none_is_newer_both_are_kept_and_reported(paper: Any, exports: Any, kind: str) -> None:
    path = getattr(exports, kind)(
        {"id": "7", "title": "Der Hund", "body": "Er bellt."}, {"id": "7", "title": "Die Katze", "body": "Sie nicht."}
    )
    assert paper.take(path)["imported"] == 2
    assert [one.headline.text for one in paper.articles] == ["Der Hund", "Die Katze"]
    assert paper.db.execute("SELECT count(*) FROM fault WHERE name='duplicate-key'").fetchone() == (1,)
    assert paper.take(path)["unchanged"] == 2


# -- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "date", ["", "0000-00-00 00:00:00", "0000-00-00", "2014-02-31", "2014-13-01", "gestern", "0001-01-01",
             "-1", "99999999999999", "NaN", "2014-05-03T25:61:61", "null", "1e400", "31.02.2014", "\u0661\u0662"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["jsonl", "csv", "wxr"])
def test_an_impossible_date_is_no_date(paper: Any, exports: Any, kind: str, date: str, reader: Any) -> None:
    counts = paper.take(
        getattr(exports, kind)({"id": "1", "title": "Ohne Tag", "body": "Text.", "date": date}), honest=False
    )
    assert counts["imported"] == 1
    (one,) = paper.articles
    assert one.published is None or one.published.year < 1900, one.published
    if one.published is None:
        assert counts["all"]["undated"] == 1
        if not counts["all"]["held"]:
            assert "Ohne Tag" in reader.get("/undated/").content.decode()
        assert not paper.db.execute("SELECT 1 FROM article WHERE day IS NOT NULL").fetchone()


def test_a_date_in_the_future_is_kept_and_named(paper: Any, exports: Any) -> None:
    for kind in ("jsonl", "csv", "wxr"):
        paper.take(
            getattr(exports, kind)({"id": "1", "title": "T", "body": "Text.", "date": "2099-01-01 00:00:00"}), kind
        )
    assert [one.published.year for one in paper.articles] == [2099] * 3
    assert paper.db.execute("SELECT count(*) FROM fault WHERE name='future-date' AND state='open'").fetchone() == (3,)


# -- empty bodies, control characters, zeros, half characters ---------------------------------------------


@pytest.mark.parametrize(
    "body", ["", " ", "<p></p>", "&nbsp;", "<br><br>", "<!-- -->", "\u200b", "<script></script>", "<p><p>", "\n"]
)
def test_an_empty_body_is_an_article_of_its_headline(paper: Any, exports: Any, body: str, reader: Any) -> None:
    for kind in ("jsonl", "csv", "wxr"):
        counts = paper.take(getattr(exports, kind)({"id": "1", "title": "Nur ein Titel", "body": body}), kind)
        assert counts["imported"] == 1
        page = reader.get(paper.db.execute("SELECT path FROM article ORDER BY id DESC").fetchone()[0])
        assert page.status_code == 200
        assert "Nur ein Titel" in page.content.decode()


CONTROLS = "".join(
    map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, *range(0x80, 0xA0), 0xFFFE, 0xFFFF, 0x2028, 0x202E])
)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "wxr", "nitf", "pages", "text"])
def test_control_characters_and_zeros_break_nothing(paper: Any, exports: Any, kind: str, reader: Any) -> None:
    bad = {
        "id": "1",
        "title": f"Ein\x00Titel{CONTROLS}",
        "body": f"<p>Vor{CONTROLS}\x00 nach und weiter.</p>" + "<p>Absatz.</p>" * 20,
    }
    good = {"id": "2", "title": "Gut", "body": "<p>Ein ganzer Text.</p>"}
    if kind == "text":
        path = exports.text(f"{bad['title']}\n\n{bad['body']}", "Gut\n\nEin ganzer Text.")
    else:
        path = getattr(exports, kind)(bad, good)
    counts = paper.take(path, honest=False)
    assert counts["all"]["records"] == 2
    assert counts["imported"] + counts.get("rejected", 0) == 2
    assert "Gut" in [one.headline.text for one in paper.articles]
    for path, state in paper.db.execute("SELECT path, state FROM article").fetchall():
        assert reader.get(path).status_code == (404 if state == "held" else 200)
    for feed in ("/feed.rss", "/feed.atom", "/sitemap.xml", "/sitemap-1.xml"):
        from lxml import etree

        etree.fromstring(reader.get(feed).content)
    json.loads(reader.get("/feed.json").content)


@pytest.mark.parametrize("field", ["id", "title", "body", "date", "author", "url", "tags", "fremd"])
def test_half_characters_in_json_are_rejected_with_the_reason(paper: Any, exports: Any, field: str) -> None:
    bad = {"id": "1", "title": "T", "body": "Text.", field: "halb \ud83d zeichen"}
    counts = paper.take(exports.jsonl({"id": "0", "body": "Gut."}, json.dumps(bad), {"id": "2", "body": "Gut."}))
    assert (counts["imported"], counts["rejected"]) == (2, 1)
    assert "surrogate" in paper.rejects()[0]
    pair = {"id": "3", "title": "ganz \ud83d\ude00", "body": "Text \ud83d\ude00."}
    paper.take(exports.jsonl(json.dumps(pair)))
    assert paper.article(3).headline.text == "ganz 😀"


# -- whatever is given to the command ---------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["wxr", "nitf", "text", "pages", "jsonl", "csv", ""])
def test_no_input_brings_the_command_down(paper: Any, exports: Any, command: Any, format_: str) -> None:
    samples = [
        b"",
        b"\0" * 5000,
        bytes(range(256)) * 40,
        b"\xff\xfe",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"BZh9",
        b"<",
        b"{",
        b"[",
        b'"',
        b"\xef\xbb\xbf",
        "Ein Text.".encode("utf-16"),
        b"<?xml",
        b"<nitf",
        b"<rss",
        b"a,b\n",
        b"%PDF-1.4",
        b"\xed\xa0\x80",
    ]
    for number, data in enumerate(samples):
        path = exports.write(f"{number}/export.dat", data)
        code, counts = command(path, *(("--format", format_) if format_ else ()))
        nothing = not data.strip(b"\0 \n") or format_ == "csv"
        assert code or counts["records"] >= 1 or nothing, (data[:20], "silence")
    assert command(exports.folder / "none")[0] in EXIT_CODES[1:]
    (exports.folder / "leer").mkdir()
    command(exports.folder / "leer", *(("--format", format_) if format_ else ()))
