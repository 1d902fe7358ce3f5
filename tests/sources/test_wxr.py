"""WordPress exports: every item accounted for, every field to its place, whatever the XML is like."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile import proof, shaping
from backfile.errors import RefusedInput
from backfile.paths import is_non_text
from backfile.record import Excluded, Field, Item, Options, Record, Reject
from backfile.sources._wxr_channel import channel, references
from backfile.sources._xml import leaves
from backfile.sources.wxr import SOURCE

OPTIONS = Options()
HEAD = b"<rss><channel><wp:wxr_version>1.2</wp:wxr_version><link>http://probe.example</link>"


def read(path: Path, options: Options = OPTIONS) -> list[Item]:
    return list(SOURCE.items(path, options))


def kinds(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.rule if isinstance(item, Excluded) else type(item).__name__, item.key) for item in items]


def by_role(fields: list[Field], role: str) -> list[str]:
    return [field.value for field in fields if field.role == role]


def one(tmp_path: Path, item: str, options: Options = OPTIONS) -> tuple[Record, list[Field]]:
    path = tmp_path / "one.xml"
    path.write_bytes(HEAD + item.encode() + b"</channel></rss>")
    (record,) = [found for found in read(path, options) if isinstance(found, Record)]
    return record, SOURCE.fields(record, options)


@pytest.fixture
def bergbote(samples: Path) -> Path:
    return samples / "wxr" / "bergbote.xml"


def test_recognised(bergbote: Path, samples: Path) -> None:
    assert SOURCE.recognise(bergbote) == 95
    assert SOURCE.recognise(samples / "wxr") == 95
    assert SOURCE.recognise(samples / "nitf") == 0


def test_items_and_rules(bergbote: Path) -> None:
    assert kinds(read(bergbote)) == [
        ("Record", "00123"),
        ("attachment", "124"),
        ("attachment", "125"),
        ("Record", "126"),
        ("Record", "2"),
        ("menu item", "90"),
        ("empty item", ""),
    ]
    assert ("page", "2") in kinds(read(bergbote, Options(pages=False)))


def test_the_site_names_the_source_unless_the_user_does(bergbote: Path) -> None:
    assert {item.source for item in read(bergbote)} == {"bergbote.example"}
    assert {item.source for item in read(bergbote, Options(source="bb"))} == {"bb"}
    assert (
        channel("<channel><wp:base_blog_url>https://a.example/blog/</wp:base_blog_url>", "x").name == "a.example/blog"
    )
    assert channel("<channel><title>Ohne Adresse</title>", "datei").name == "datei"


def test_context_holds_what_the_item_refers_to(bergbote: Path) -> None:
    found = {item.key: item.context for item in read(bergbote) if isinstance(item, Record)}
    assert found["00123"]["author"] == "Rosa Keller"
    assert found["00123"]["language"] == "de-CH"
    assert found["00123"]["media.124.caption"] == "Der neue Steg, vom Ufer aus gesehen"
    assert found["00123"]["media.124.alt"] == "Steg aus Holz"
    assert found["126"]["gallery"] == "125"
    assert found["126"]["author"] == "Bruno Fontana"
    assert "media.125.url" not in found["2"]


def test_fields(bergbote: Path) -> None:
    record = read(bergbote)[0]
    assert isinstance(record, Record)
    fields = SOURCE.fields(record, OPTIONS)
    assert by_role(fields, "headline") == ["Die Brücke steht wieder"]
    assert by_role(fields, "kicker") == ["Wildbach"]
    assert by_role(fields, "lead") == ["Drei Wochen lang mussten alle den Umweg nehmen."]
    assert by_role(fields, "section") == ["Region"]
    assert by_role(fields, "topic") == ["Unwetter", "Verkehr"]
    assert by_role(fields, "extra") == ["Der Steg ist zwölf Meter lang."]
    assert record.modified == "2012-07-05 07:00:00"
    (published,) = [field for field in fields if field.role == "published"]
    assert (published.value, published.attrs["offset"]) == ("2012-07-04 08:30:00", "+02:00")
    (comment,) = [field for field in fields if field.role == "comment"]
    assert comment.attrs["author"] == "Hanna"
    old = [field.attrs["url"] for field in fields if field.role == "url" and "url" in field.attrs]
    assert old == ["https://bergbote.example/2012/07/steg-wieder-da/"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<wp:status>draft</wp:status>", "draft"),
        ("<wp:status><![CDATA[private]]></wp:status>", "private"),
        ("<wp:status>trash</wp:status>", "trash"),
        ("<wp:status>future</wp:status>", "future"),
        ("<wp:status>archiviert</wp:status>", "archiviert"),
        ("<wp:status>inherit</wp:status>", "inherit"),
        ("<wp:status>publish</wp:status><wp:post_password>geheim</wp:post_password>", "password"),
        ("<wp:status>publish</wp:status>", ""),
        ("", ""),
    ],
)
def test_what_was_not_published_is_withheld(tmp_path: Path, inner: str, expected: str) -> None:
    _, fields = one(tmp_path, f"<item><title>T</title><wp:post_id>1</wp:post_id>{inner}</item>")
    assert [field.attrs["withheld"] for field in fields if field.role == "status"] == ([expected] if expected else [])


@pytest.mark.parametrize("kind", ["revision", "attachment"])
def test_what_inherits_its_status_in_real_exports_goes_out_by_name(tmp_path: Path, kind: str) -> None:
    """An earlier version of an article is no second article, whatever it belongs to."""
    path = tmp_path / "one.xml"
    inherits = f"<wp:status>inherit</wp:status><wp:post_parent>1</wp:post_parent><wp:post_type>{kind}</wp:post_type>"
    path.write_bytes(HEAD + f"<item><title>T</title><wp:post_id>2</wp:post_id>{inherits}</item>".encode())
    assert kinds(read(path)) == [(kind, "2")]


@pytest.mark.parametrize(
    ("dates", "value", "offset"),
    [
        (("2010-01-01 12:00:00", "2010-01-01 11:00:00", ""), "2010-01-01 12:00:00", "+01:00"),
        (("2010-01-01 12:00:00", "0000-00-00 00:00:00", ""), "2010-01-01 12:00:00", ""),
        (("2010-01-01 12:00:00", "", "Fri, 01 Jan 2010 16:30:00 +0000"), "2010-01-01 12:00:00", "-04:30"),
        (("2010-01-01 12:00:00", "2009-06-01 11:00:00", ""), "2010-01-01 12:00:00", ""),
        (("0000-00-00 00:00:00", "2010-01-01 11:00:00", ""), "2010-01-01 11:00:00", "+00:00"),
        (("0000-00-00 00:00:00", "0000-00-00 00:00:00", "Wed, 30 Nov -0001 00:00:00 +0000"), "0000-00-00 00:00:00", ""),
        (("", "", "Fri, 01 Jan 2010 16:30:00 +0000"), "Fri, 01 Jan 2010 16:30:00 +0000", ""),
    ],
)
def test_dates(tmp_path: Path, dates: tuple[str, str, str], value: str, offset: str) -> None:
    local, world, feed = dates
    inner = f"<pubDate>{feed}</pubDate><wp:post_date>{local}</wp:post_date><wp:post_date_gmt>{world}</wp:post_date_gmt>"
    _, fields = one(tmp_path, f"<item><title>T</title>{inner}</item>")
    (found,) = [field for field in fields if field.role == "published"]
    assert (found.value, found.attrs.get("offset", "")) == (value, offset)


def test_keys_fall_back(tmp_path: Path) -> None:
    assert one(tmp_path, "<item><title>T</title><guid>http://x/?p=1</guid></item>")[0].key == "http://x/?p=1"
    assert one(tmp_path, "<item><title>T</title><link>http://x/a</link></item>")[0].key == "http://x/a"
    assert one(tmp_path, "<item><title>T</title></item>")[0].key.startswith("sha256:")


def test_repeated_terms_and_authors_by_taxonomy(tmp_path: Path) -> None:
    inner = "".join(
        f'<category domain="{domain}" nicename="x"><![CDATA[{name}]]></category>'
        for domain, name in [
            ("author", "Anna Wyss"),
            ("author", "Jean Favre"),
            ("author", "Anna Wyss"),
            ("post_tag", "Eis"),
        ]
    )
    _, fields = one(
        tmp_path, f"<item><title>T</title><category>Eis</category><dc:creator>aw</dc:creator>{inner}</item>"
    )
    assert by_role(fields, "byline") == ["Anna Wyss", "Jean Favre"]
    assert [field.attrs["name"] for field in fields if field.role == "extra"] == ["repeated byline", "repeated topic"]


def test_the_user_may_map_custom_fields(tmp_path: Path) -> None:
    options = Options(fields={"kicker": "Ober-Titel"})
    meta = "<wp:postmeta><wp:meta_key>Ober-Titel</wp:meta_key><wp:meta_value>Eis</wp:meta_value></wp:postmeta>"
    _, fields = one(tmp_path, f"<item><title>T</title>{meta}</item>", options)
    assert by_role(fields, "kicker") == ["Eis"]


def test_terrible_xml(samples: Path) -> None:
    path = samples / "wxr" / "terrible.xml"
    raw, found = path.read_bytes(), read(path)
    expected = [("Record", str(number)) for number in range(1, 8)]
    expected += [
        ("Reject", "8"),
        ("Record", "9"),
        ("empty item", ""),
        ("commented out", ""),
        ("Reject", ""),
        ("Reject", "10"),
    ]
    assert kinds(found) == expected
    bodies, titles = {}, {}
    for item in found:
        if isinstance(item, Record):
            assert raw[item.origin.offset : item.origin.offset + item.origin.length] == item.payload
            fields = SOURCE.fields(item, OPTIONS)
            bodies[item.key] = "".join(by_role(fields, "body"))
            titles[item.key] = "".join(by_role(fields, "headline"))
    assert titles["1"] == "Müller & Söhne \xa0 geben auf"
    assert titles["2"] == "Fête à Genève – «ça va»"
    assert titles["3"] == "Glocke\x07 und Tabulator\x0b"
    assert "Nach dem Skript" in bodies["4"]
    assert bodies["5"].count("<item>") == 2
    assert bodies["6"] == "Offener Text"
    assert bodies["7"] == "Der nächste"


@pytest.mark.parametrize("name", ["bomb.xml", "external.xml"])
def test_hostile_document_types(samples: Path, tmp_path: Path, bergbote: Path, name: str) -> None:
    with pytest.raises(RefusedInput):
        read(samples / "wxr" / name)
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(samples / "wxr" / name, "a.xml")
        packed.write(bergbote, "b.xml")
    found = read(archive)
    assert isinstance(found[0], Reject)
    assert sum(isinstance(item, Record) for item in found) == 3


def test_media_of_one_file_serve_articles_of_another(tmp_path: Path) -> None:
    article = "<item><title>T</title><wp:post_id>1</wp:post_id><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
    article += "<wp:meta_value>9</wp:meta_value></wp:postmeta></item>"
    picture = "<item><title>P</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>"
    picture += "<wp:attachment_url>http://probe.example/p.jpg</wp:attachment_url></item>"
    (tmp_path / "1.xml").write_bytes(HEAD + article.encode())
    (tmp_path / "2.xml").write_bytes(HEAD + picture.encode())
    record = read(tmp_path)[0]
    assert isinstance(record, Record)
    (image,) = [field for field in SOURCE.fields(record, OPTIONS) if field.role == "image"]
    assert image.attrs["src"] == "http://probe.example/p.jpg"


def test_limits_and_foreign_files(tmp_path: Path) -> None:
    big = b"<item><wp:post_id>1</wp:post_id><content:encoded><![CDATA[" + b"x" * 5000 + b"]]></content:encoded></item>"
    deep = b"<item>" + b"<a>" * 300 + b"</item>"
    (tmp_path / "a.xml").write_bytes(HEAD + big + deep + b"<item><title>T</title></item></channel></rss>")
    (tmp_path / "b.txt").write_bytes(b"kein Export")
    (tmp_path / "c.xml").write_bytes((HEAD + b"<item/>").decode().encode("utf-16"))
    found = read(tmp_path, Options(max_record_bytes=2000))
    assert kinds(found)[2][0] == "Record"
    large, nested, _, foreign, wide = found
    assert isinstance(large, Reject)
    assert (large.payload, large.origin.length, len(large.sha256)) == (b"", len(big), 64)
    assert isinstance(nested, Reject)
    assert "nested deeper" in nested.reason
    assert isinstance(foreign, Excluded)
    assert isinstance(wide, Reject)
    assert "UTF-16" in wide.reason


def test_references() -> None:
    body = '<img class="wp-image-7"> [caption id="attachment_8"] [gallery ids="1, 2"] <!-- wp:image {"id":9} -->'
    assert references(body) == ["7", "8", "9", "1", "2"]


_TAGS = [b"<item>", b"</item>", b"<title>", b"</title>", b"</channel>", b"<![CDATA[", b"]]>", b"<!--", b"-->"]
_TEXTS = [b"<wp:post_id>7</wp:post_id>", b"<wp:post_type>attachment</wp:post_type>", b"T\xc3\xa4xt", b"\xff", b"&"]
_PIECES = st.sampled_from(_TAGS + _TEXTS)


@given(pieces=st.lists(_PIECES, max_size=30))
@settings(max_examples=200, deadline=None)
def test_whatever_comes_is_an_item_and_nothing_is_raised(
    pieces: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.xml"
    path.write_bytes(HEAD + b"".join(pieces))
    for item in read(path):
        if isinstance(item, Record):
            made = shaping.shape(item, SOURCE.fields(item, OPTIONS), OPTIONS)
            verdict = proof.prove(item, SOURCE.spec, made.article, made.account, (), made.article)
            assert verdict.state == "proved", (item.payload, verdict.problems)


@pytest.mark.parametrize("filler", [b"<!-- ", b"<wp:author>", b"<title>", b"<!DOCTYPE ", b"</item>", b"<item "])
def test_hostile_space_between_items_takes_linear_time(tmp_path: Path, filler: bytes) -> None:
    def take(length: int) -> None:
        path.write_bytes(HEAD + b"<item><title>T</title></item>" + filler * (length // len(filler)))
        read(path)

    path = tmp_path / "a.xml"
    assert_linear(take, 40_000)


@pytest.mark.corpus
def test_real_exports(corpus: Path) -> None:
    for path in sorted((corpus / "wxr").rglob("*.xml")):
        raw, found = path.read_bytes(), read(path)
        assert len(found) == raw.count(b"<item>"), path
        for item in found:
            assert not isinstance(item, Reject), (path, item)
            assert item.payload == raw[item.origin.offset : item.origin.offset + item.origin.length]
            if isinstance(item, Record):
                content = leaves(item.payload.decode(item.encoding))
                fields = SOURCE.fields(item, OPTIONS)
                mapped = {field.leaf for field in fields} | {field.attrs.get("author_leaf", "") for field in fields}
                for field in fields:
                    assert content[field.leaf][field.start : field.start + len(field.value)] == field.value
                for name, value in content.items():
                    assert name in mapped or not value.strip() or is_non_text(SOURCE.spec, name, content), (path, name)
