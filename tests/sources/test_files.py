"""Walking files, folders and archives: order, limits, and everything that must not be opened."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from backfile import registry
from backfile.errors import RefusedInput, UnreadableInput
from backfile.record import Excluded, Reject
from backfile.sources import _files
from backfile.sources._files import Entry, entries, read


def listing(path: Path) -> list[tuple[str, object]]:
    """(name, content or reason) of everything at `path`."""
    found: list[tuple[str, object]] = []
    for entry in entries(path):
        if isinstance(entry, Entry):
            data = read(entry)
            found.append((entry.name, data if isinstance(data, bytes) else data.reason))
        else:
            found.append((entry.origin.file, entry.reason if isinstance(entry, Reject) else entry.rule))
    return found


def zipped(path: Path, members: dict[str, bytes], **more: object) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **more) as archive:  # type: ignore[arg-type]
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [name for name, _ in listing(tmp_path)] == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_packed_files_read_as_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "1.gz").write_bytes(gzip.compress(b"eins"))
    (tmp_path / "2.bz2").write_bytes(bz2.compress(b"zwei"))
    (tmp_path / "3.xz").write_bytes(lzma.compress(b"drei"))
    assert listing(tmp_path) == [("1.gz", b"eins"), ("2.bz2", b"zwei"), ("3.xz", b"drei")]
    assert _files.stem("x.zip!/ordner/1.html.GZ") == "ordner/1.html"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_zip_gives_its_members_in_the_order_of_its_directory(tmp_path: Path, method: int) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("z.txt", b"Zoo " * 50_000)
        archive.writestr("leer/", b"")
        archive.writestr("a.txt", b"")
    assert listing(path) == [("export.zip!/z.txt", b"Zoo " * 50_000), ("export.zip!/a.txt", b"")]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_archive_gives_its_files_and_refuses_links(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "export.tar"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name in ("b.txt", "../hinaus.txt", "/absolut.txt"):
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    out = "the entry's path leads out of the archive"
    assert listing(path) == [
        ("export.tar!/b.txt", b"abc"),
        ("export.tar!/../hinaus.txt", out),
        ("export.tar!//absolut.txt", out),
        ("export.tar!/link.txt", "a link: not followed"),
    ]


def test_paths_that_climb_out_of_a_zip_are_refused_one_by_one(tmp_path: Path) -> None:
    names = ("../a.txt", "b/../../c.txt", "/d.txt", "C:/e.txt", "..\\f.txt", "gut.txt")
    found = dict(listing(zipped(tmp_path / "x.zip", dict.fromkeys(names, b"t"))))
    assert found.pop("x.zip!/gut.txt") == b"t"
    assert set(found.values()) == {"the entry's path leads out of the archive"}
    assert len(found) == 5


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert {reason for _, reason in listing(tmp_path)} == {"a link: not followed", "no regular file: not followed"}


def test_litter_of_operating_systems_is_excluded_by_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"__MACOSX/._a.txt": b"x", "a.txt": b"a", "b/Thumbs.db": b"x", ".DS_Store": b""})
    kinds = [type(entry) for entry in entries(path)]
    assert kinds == [Excluded, Entry, Excluded, Excluded]


def test_an_archive_inside_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.txt": b"a"}).read_bytes()
    path = zipped(tmp_path / "outer.zip", {"inner.zip": inner, "b.txt": b"b"})
    assert listing(path) == [
        ("outer.zip!/inner.zip", "an archive (zip) inside the source is not opened"),
        ("outer.zip!/b.txt", b"b"),
    ]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"bomb.txt": b"\0" * (40 << 20), "gut.txt": b"t"})
    assert listing(path) == [
        ("x.zip!/bomb.txt", "the entry would unpack to more than it may"),
        ("x.zip!/gut.txt", b"t"),
    ]


def test_many_small_bombs_together_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {f"{n}.txt": b"\0" * (15 << 20) for n in range(4)})
    with pytest.raises(RefusedInput):
        listing(path)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"\0" * (40 << 20)))
    assert listing(tmp_path) == [("bomb.txt.gz", "it would unpack to more than it may")]


def test_a_directory_that_lies_about_sizes_is_found_out(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.txt": b"Ein Satz. " * 100})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (5).to_bytes(4, "little")
    path.write_bytes(data)
    assert "does not agree" in str(listing(path)[0][1])


def test_a_damaged_member_is_a_reject_and_the_next_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.txt": os.urandom(500), "b.txt": b"gut"})
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)
    found = listing(path)
    assert "damaged" in str(found[0][1])
    assert found[1][1] == b"gut"


def test_a_cut_off_zip_is_unreadable(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.txt": b"a" * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UnreadableInput, match="cut off"):
        listing(path)


def test_a_cut_off_gzip_and_tar_are_rejects(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(5000))
    (tmp_path / "a.txt.gz").write_bytes(whole[:2000])
    assert "cut off" in str(listing(tmp_path)[0][1])
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("1.txt", "2.txt"):
            info = tarfile.TarInfo(name)
            info.size = 2000
            archive.addfile(info, io.BytesIO(b"x" * 2000))
    path.write_bytes(path.read_bytes()[:3000])
    found = listing(path)
    assert found[0] == ("b.tar!/1.txt", b"x" * 2000)
    assert "cut off" in str(found[1][1]) or "damaged" in str(found[1][1])


def test_an_encrypted_entry_is_a_reject(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.txt": b"geheim"})
    data = bytearray(path.read_bytes())
    for magic, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + shift] |= 1
    path.write_bytes(data)
    assert listing(path) == [("x.zip!/a.txt", "the entry is encrypted")]


def test_names_with_lying_encodings_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"aerztin.txt": b"1", "kuoe.txt": b"2"})
    data = (
        path.read_bytes().replace(b"aerztin.txt", b"\x84\x84rztin.tx\x81").replace(b"kuoe.txt", "küö.t".encode() + b"x")
    )
    path.write_bytes(data)
    assert [name for name, _ in listing(path)] == ["x.zip!/äärztin.txü", "x.zip!/küö.tx"]


def test_a_name_flagged_utf8_that_is_not_does_not_abort_the_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"über.txt": b"1", "b.txt": b"2"})
    path.write_bytes(path.read_bytes().replace("über".encode(), b"\xfcbers"))
    assert [name for name, _ in listing(path)] == ["x.zip!/übers.txt", "x.zip!/b.txt"]


def test_a_file_over_the_limit_is_rejected_by_its_length_and_sum(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 200_000)
    (entry,) = entries(tmp_path)
    assert isinstance(entry, Entry)
    reject = read(entry, 1000)
    assert isinstance(reject, Reject)
    assert reject.origin.length == 200_000
    assert len(reject.payload) <= _files.KEPT_OF_REJECT
    assert len(reject.sha256) == 64


def test_heads_never_raise(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    assert list(_files.heads(tmp_path / "a.zip")) == []
    assert list(_files.heads(tmp_path / "missing")) == []


def test_a_zip64_archive_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"gross")
    assert listing(path) == [("x.zip!/a.txt", b"gross")]


@pytest.mark.parametrize(
    ("head", "markup"),
    [
        (b'<?xml version="1.0"?><nitf>', True),
        (b"\xef\xbb\xbf\n  <nitf>", True),
        (b"\x01\x02bsd0123 4 pl 112\r\n<nitf>", True),
        ("<nitf>".encode("utf-16"), True),
        (b'{"body": "<nitf><body>"}', False),
        (b'[\n{"id": 1,\n "body": "<nitf>"}]', False),
        (b'id;titel;text\n1;a;"<nitf>"', False),
        (b"INSERT INTO a VALUES (1, '<nitf>')", False),
        (b"\n" * 65536, False),
    ],
)
def test_markup_is_told_by_the_outermost(head: bytes, markup: bool) -> None:
    assert _files.is_markup(head) is markup


def test_what_only_holds_other_formats_is_not_taken_for_them(tmp_path: Path) -> None:
    nitf = "<nitf><head><docdata/></head><body><body.content><p>a</p></body.content></body></nitf>"
    (tmp_path / "a.json").write_text(json.dumps({"uri": "1", "headline": "a", "body_nitf": nitf}))
    (tmp_path / "b.json").write_text(
        json.dumps([{"id": 1, "title": "a", "body": "<wp:post_id> wordpress.org/export/"}])
    )
    for name in ("a.json", "b.json"):
        assert registry.recognise(tmp_path / name).name == "jsonl"
