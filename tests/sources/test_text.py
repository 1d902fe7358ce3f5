"""Plain text files: what is read, what is rejected, and where dates come from."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.proof import prove
from backfile.record import Excluded, Field, Options, Record, Reject
from backfile.shaping import plain, shape
from backfile.sources.text import SOURCE, date_in_name


def by_key(path: Path) -> dict[str, Record]:
    return {item.key: item for item in SOURCE.items(path, Options()) if isinstance(item, Record)}


def test_a_folder_of_every_kind_of_text(samples: Path) -> None:
    items = list(SOURCE.items(samples / "text" / "archiv", Options()))
    assert SOURCE.recognise(samples / "text" / "archiv") == 60
    assert [type(item).__name__ for item in items] == ["Record", "Record", "Record", "Reject"]
    assert isinstance(items[3], Reject)
    assert items[3].reason == "the file is empty"


def test_every_sample_is_proved(samples: Path) -> None:
    for record in by_key(samples / "text" / "archiv").values():
        shaped = shape(record, SOURCE.fields(record, Options()), Options())
        verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
        assert verdict.state == "proved", (record.key, verdict.problems)


def test_a_zip_gives_the_same_records_as_its_folder(samples: Path, tmp_path: Path) -> None:
    folder = samples / "text" / "archiv"
    path = tmp_path / "archiv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    assert {k: r.payload for k, r in by_key(path).items()} == {k: r.payload for k, r in by_key(folder).items()}


def test_dos_text_is_read(samples: Path) -> None:
    record = by_key(samples / "text" / "archiv")["1987-03-14-gemeinderat.txt"]
    assert record.encoding == "cp850"
    assert "Schülerzahlen in den nächsten" in record.payload.decode(record.encoding)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "mac_roman", "cp1252"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    text = "Die Bühne gehört den Gästen\nÜber hundert Zuhörer hörten schöne Töne, spät fuhren sie müde zurück.\n"
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    record = by_key(tmp_path)["a.txt"]
    assert record.payload.decode(record.encoding) == text


def test_other_files_are_excluded_or_rejected_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ein Titel\nUnd ein Text.")
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff\x00")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    items = list(SOURCE.items(tmp_path, Options()))
    assert isinstance(items[1], Excluded)
    assert items[1].rule == "not a text file"
    assert isinstance(items[2], Reject)
    assert "binary" in items[2].reason


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2003/04/12/lokal.txt", "2003-04-12"), ("20030412_x.txt", "2003-04-12"), ("12.4.2003.txt", "2003-04-12"),
        ("2003-02-30.txt", ""), ("artikel 47.txt", ""), ("tel 0443214567.txt", ""),
    ],
)  # fmt: skip
def test_dates_in_names(name: str, day: str) -> None:
    assert date_in_name(name) == day


@given(st.text(alphabet="aÄ .-«»:\n\r\t\x01\x02\x03\x1f\ufeff1•—", max_size=300))
def test_whatever_the_text_it_is_accounted_for(text: str) -> None:
    data = text.encode()
    if not text.strip():
        return
    record = Record(source="t", key="k", format="text", media="text", payload=data, origin=_origin())
    field = Field("body", text, "text", markup="plain")
    shaped = shape(record, [field], Options())
    verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems


def _origin():  # type: ignore[no-untyped-def]
    from backfile.record import Origin

    return Origin("t.txt")


def test_many_short_lines_take_linear_time() -> None:
    for text in ("- a\n* b\n" * 20_000, "kurz\n" * 40_000, "a  \t b\n" * 40_000, "\x01" * 200_000, "1) x\n" * 40_000):
        plain.shape(Field("body", text, "text", markup="plain"))
