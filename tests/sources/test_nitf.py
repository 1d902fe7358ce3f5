"""NITF documents: fields to their places, several documents to a file, damaged ones rejected by themselves."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from backfile import proof, shaping
from backfile.errors import RefusedInput
from backfile.paths import is_non_text
from backfile.record import Excluded, Field, Item, Options, Record, Reject
from backfile.sources._xml import leaves
from backfile.sources.nitf import SOURCE

OPTIONS = Options(source="probe")


def read(path: Path, options: Options = OPTIONS) -> list[Item]:
    return list(SOURCE.items(path, options))


def records(path: Path) -> list[Record]:
    return [item for item in read(path) if isinstance(item, Record)]


def by_role(fields: list[Field], role: str) -> list[str]:
    return [" ".join(field.value.split()) for field in fields if field.role == role]


@pytest.fixture
def folder(samples: Path) -> Path:
    return samples / "nitf"


def test_recognised_by_its_root(folder: Path, samples: Path) -> None:
    assert SOURCE.recognise(folder) == 90
    assert SOURCE.recognise(folder / "utf16.xml") == 90
    assert SOURCE.recognise(samples / "wxr") == 0


def test_each_field_to_its_place(folder: Path) -> None:
    (record,) = records(folder / "seilbahn.xml")
    assert (record.key, record.kind, record.modified) == ("tbd.2009.00417", "Inland", "2009-03-15T00:00:00Z")
    fields = SOURCE.fields(record, OPTIONS)
    assert by_role(fields, "kicker") == ["Seilbahn"]
    assert by_role(fields, "headline") == ["Gondel bleibt <em>zwei Stunden</em> stehen"]
    assert by_role(fields, "byline") == ["Von <person>Rosa Keller</person>", "Talbahn-Dienst"]
    assert by_role(fields, "agency") == ["tbd"]
    assert by_role(fields, "section") == ["Inland"]
    assert by_role(fields, "topic") == ["Katastrophen", "Seilbahn", "Unfall"]
    assert by_role(fields, "published") == ["20090315"]
    assert by_role(fields, "embargo") == ["20090314T180000+0100"]
    assert by_role(fields, "copyright") == ["Talbahn-Dienst"]
    assert by_role(fields, "language") == ["de-CH"]
    assert len(by_role(fields, "body")) == 2
    extra = {field.attrs["name"]: field.value for field in fields if field.role == "extra"}
    assert extra["stichwort"] == "Seilbahn, Revision"
    assert extra["head/docdata/ed-msg@info"] == "Ersetzt die Meldung von 15 Uhr"
    assert "md5" not in extra


def test_the_article_is_proved(folder: Path) -> None:
    (record,) = records(folder / "seilbahn.xml")
    made = shaping.shape(record, SOURCE.fields(record, OPTIONS), OPTIONS)
    article = made.article
    assert article.headline.text == "Gondel bleibt zwei Stunden stehen"
    assert "Oberau" in article.dateline
    assert "14. März" in article.dateline
    assert article.published is not None
    assert article.published.isoformat() == "2009-03-15T00:00:00+01:00"
    verdict = proof.prove(record, SOURCE.spec, article, made.account, (), article)
    assert verdict.state == "proved", verdict.problems


def test_several_documents_in_one_file(folder: Path) -> None:
    path = folder / "several.xml"
    found = read(path)
    raw = path.read_bytes()
    keys = [(type(item).__name__, item.key) for item in found]
    assert keys == [
        ("Record", "a.1"),
        ("Record", "a.1"),
        ("Record", "a.2"),
        ("Reject", ""),
        ("Record", "several#4"),
        ("Reject", ""),
    ]
    assert [item.reason[:20] for item in found if isinstance(item, Reject)] == [
        "text outside of any ",
        "the document is neve",
    ]
    first, second = records(path)[:2]
    assert first.modified < second.modified
    for item in found:
        assert raw[item.origin.offset : item.origin.offset + item.origin.length] == item.payload


def test_utf16_is_one_document(folder: Path) -> None:
    (record,) = records(folder / "utf16.xml")
    assert record.key == "u.1"
    assert by_role(SOURCE.fields(record, OPTIONS), "headline") == ["Größe"]


def test_external_entities(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RefusedInput):
        read(folder / "external.xml")
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(folder / "external.xml", "a.xml")
        packed.write(folder / "seilbahn.xml", "b.xml")
        packed.writestr("bild.jpg", b"\xff\xd8\xff")
    found = {item.origin.file: item for item in read(archive)}
    assert isinstance(found["export.zip!/a.xml"], Reject)
    assert isinstance(found["export.zip!/b.xml"], Record)
    assert isinstance(found["export.zip!/bild.jpg"], Excluded)


def test_a_large_document_is_rejected_without_being_held(folder: Path) -> None:
    (found,) = [i for i in read(folder / "seilbahn.xml", Options(max_record_bytes=500)) if isinstance(i, Reject)]
    assert found.payload == b""
    assert found.sha256
    assert found.origin.length > 500


def test_text_around_documents_is_reported_where_it_lies(folder: Path, tmp_path: Path) -> None:
    document = (folder / "seilbahn.xml").read_bytes()
    data = b"some words before " + document[document.index(b"<nitf") :].rstrip() + b" and some behind"
    path = tmp_path / "around.xml"
    path.write_bytes(data)
    for item in read(path):
        found = data[item.origin.offset : item.origin.offset + item.origin.length]
        assert item.origin.offset >= 0
        assert found == getattr(item, "payload", found)
    assert [type(item).__name__ for item in read(path)] == ["Reject", "Record", "Reject"]


@pytest.mark.corpus
def test_real_documents(corpus: Path) -> None:
    for path in sorted((corpus / "nitf").rglob("*.xml")):
        raw = path.read_bytes()
        found = read(path)
        assert len(found) == raw.count(b"<nitf")
        for item in found:
            assert isinstance(item, Record), path
            assert item.payload == raw[item.origin.offset : item.origin.offset + item.origin.length]
            document = leaves(item.payload.decode(item.encoding), SOURCE.spec.regions)
            fields = SOURCE.fields(item, OPTIONS)
            mapped = {field.leaf for field in fields}
            for field in fields:
                assert document[field.leaf][field.start : field.start + len(field.value)] == field.value
            for name, value in document.items():
                assert name in mapped or not value.strip() or is_non_text(SOURCE.spec, name, document), (path, name)


def test_a_refused_file_is_kept_whole(tmp_path: Path) -> None:
    hostile = b'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<nitf><body><p>&x;</p></body></nitf>'
    (tmp_path / "a.xml").write_bytes(hostile)
    (tmp_path / "b.xml").write_bytes(b"<nitf><body><body.content><p>Gut.</p></body.content></body></nitf>")
    refused, good = SOURCE.items(tmp_path, Options())
    assert isinstance(refused, Reject)
    assert refused.payload == hostile
    assert isinstance(good, Record)
