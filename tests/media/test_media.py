"""Pictures of the old website: found, copied under their content's name, never from outside their folder."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from backfile.article import Article, FactBox, Gallery, Image, Paragraph, Text
from backfile.config import MediaSection
from backfile.media import MediaFolder, inside, picture_size, sniff

BASE = "https://www.seebote.example/wp-content/uploads/"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x7f" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    uploads = tmp_path / "uploads"
    (uploads / "2014").mkdir(parents=True)
    (uploads / "2014" / "see.png").write_bytes(png(30, 20))
    (uploads / "2014" / "see-10x5.png").write_bytes(png(10, 5))
    (uploads / "2014" / "bär.png").write_bytes(png(7, 7))
    (uploads / "zeichnung.svg").write_text("<svg onload='alert(1)'/>")
    (uploads / "gross.png").write_bytes(png(3, 3) + b"x" * 10_000)
    (tmp_path / "geheim.png").write_bytes(png(1, 1))
    return MediaFolder(tmp_path, MediaSection(folders={BASE: "uploads"}, max_bytes=5000))


def article(*images: Image, url: str = "") -> Article:
    return Article(source="s", key="1", blocks=images, legacy_urls=(url,) if url else ())


def test_a_picture_is_copied_and_measured(folder: MediaFolder) -> None:
    placed, uses, faults = folder.place(article(Image(id="b1", src=f"{BASE}2014/see.png")))
    image = placed.blocks[0]
    assert isinstance(image, Image)
    assert (image.width, image.height) == (30, 20)
    assert (folder.goal / image.media).read_bytes() == png(30, 20)
    assert uses[0].type == "image/png"
    assert faults == ()


@pytest.mark.parametrize(
    "src",
    [
        "http://seebote.example/wp-content/uploads/2014/see.png",
        f"{BASE}2014/see.png?resize=300#x",
        f"{BASE}2014/see-10x5.png",
        "/wp-content/uploads/2014/see.png",
    ],
)
def test_the_same_picture_by_another_address(folder: MediaFolder, src: str) -> None:
    placed, _, faults = folder.place(article(Image(id="b1", src=src), url="https://www.seebote.example/a"))
    assert faults == ()
    assert placed.blocks[0].width == 30  # type: ignore[union-attr]


def test_an_address_of_any_length_is_kept_whole(folder: MediaFolder) -> None:
    found, lost = f"{BASE}2014/see.png?sig={'x' * 3000}", f"{BASE}2014/{'x' * 3000}.png"
    _, uses, faults = folder.place(article(Image(id="b1", src=found), Image(id="b2", src=lost)))
    assert [(use.url, bool(use.file)) for use in uses] == [(found, True), (lost, False)]
    assert [fault.at for fault in faults] == ["b2:"]


def test_a_long_address_is_not_cut_to_another(folder: MediaFolder) -> None:
    """`see.png` is not the file of an address that only begins so."""
    slashes = "/" * (2000 - len(f"{BASE}2014/see.png"))
    src = f"{BASE}{slashes}2014/see.png/und/weiter.png"
    assert folder.place(article(Image(id="b1", src=src)))[1][0].file == ""


def test_an_umlaut_in_an_address_is_found_however_it_is_written(folder: MediaFolder) -> None:
    both = article(Image(id="b1", src=f"{BASE}2014/b%C3%A4r.png"), Image(id="b2", src=f"{BASE}2014/bär.png"))
    placed, uses, faults = folder.place(both)
    assert faults == ()
    assert len({image.media for image in placed.blocks}) == 1  # type: ignore[union-attr]
    assert len(uses) == 2


def test_pictures_inside_galleries_and_boxes_are_placed(folder: MediaFolder) -> None:
    one = Image(id="b1", src=f"{BASE}2014/see.png")
    box = FactBox(id="b3", blocks=(Paragraph(id="b4", text=Text("Text")), one))
    placed, _, _ = folder.place(Article(source="s", key="1", blocks=(Gallery(id="b2", images=(one,)), box)))
    assert placed.blocks[0].images[0].media  # type: ignore[union-attr]
    assert placed.blocks[1].blocks[1].media  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "src",
    [
        f"{BASE}fehlt.jpg",
        f"{BASE}../geheim.png",
        f"{BASE}%2e%2e/geheim.png",
        f"{BASE}/etc/passwd",
        f"{BASE}2014",
        f"{BASE}zeichnung.svg",
        f"{BASE}gross.png",
        f"{BASE}a\0b.png",
        "https://anderswo.example/see.png",
        "http://[",
        "x" * 100_000,
    ],
)
def test_what_is_not_there_or_not_taken_is_a_fault(folder: MediaFolder, src: str) -> None:
    placed, uses, faults = folder.place(article(Image(id="b1", src=src)))
    assert placed.blocks[0].media == ""  # type: ignore[union-attr]
    assert [fault.name for fault in faults] == ["missing-media"]
    assert uses[0].file == ""
    assert not folder.goal.exists()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, folder: MediaFolder) -> None:
    (tmp_path / "uploads" / "link.png").symlink_to(tmp_path / "geheim.png")
    assert inside(tmp_path / "uploads", "link.png") is None
    _, _, faults = folder.place(article(Image(id="b1", src=f"{BASE}link.png")))
    assert len(faults) == 1


def test_without_folders_every_picture_is_missing_and_kept(tmp_path: Path) -> None:
    image = Image(id="b1", src=f"{BASE}x.jpg")
    placed, _, faults = MediaFolder(tmp_path, MediaSection()).place(article(image))
    assert placed.blocks == (image,)
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"%PDF-1.4", "application/pdf"),
        (b"<svg xmlns=", ""),
        (b"<html>", ""),
        (b"MZ\x90", ""),
        (b"", ""),
    ],
)
def test_types_are_told_by_the_first_bytes(head: bytes, kind: str) -> None:
    assert sniff(head)[0] == kind


def test_sizes_of_pictures(tmp_path: Path) -> None:
    pillow = pytest.importorskip("PIL.Image")
    for name, kind in (("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("PNG", "image/png"), ("WEBP", "image/webp")):
        path = tmp_path / name
        pillow.new("RGB", (37, 23)).save(path, name)
        assert picture_size(path, kind) == (37, 23), name
    (tmp_path / "cut").write_bytes(b"\xff\xd8\xff\xe0\x00")
    assert picture_size(tmp_path / "cut", "image/jpeg") == (0, 0)
