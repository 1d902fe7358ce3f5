"""Leaf strings: read again from the bytes, by the rules of `backfile.record`."""

from __future__ import annotations

import contextlib
import json

import msgspec
import pytest
from tests.growth import assert_linear

from backfile.article import Article
from backfile.proof import prove
from backfile.proof.leaves import leaves
from backfile.proof.xmlleaves import Unreadable, xml_leaves
from backfile.record import Media, Origin, Record, SourceSpec


def record(payload: bytes, media: Media = "xml", encoding: str = "utf-8", **context: str) -> Record:
    return Record(source="t", key="1", format="t", media=media, payload=payload, encoding=encoding,
                  origin=Origin("f"), context=context)  # fmt: skip


def of(text: str, *regions: str) -> dict[str, str]:
    return xml_leaves(text, frozenset(regions))


def test_paths_count_siblings_and_name_attributes() -> None:
    assert of('<item a="1"><b>x</b><b c="y">z</b><d><e>f</e></d></item>') == {
        "@a": "1", "b": "x", "b[2]@c": "y", "b[2]": "z", "d/e": "f",
    }  # fmt: skip


def test_sections_references_and_line_ends() -> None:
    assert of("<i><a><![CDATA[<p>1 & 2</p>]]></a><b>&lt;&nbsp;&#228;&foo;</b><c>x\r\ny</c><d e='1\n2'/></i>") == {
        "a": "<p>1 & 2</p>", "b": "<\u00a0ä&foo;", "c": "x\ny", "d@e": "1 2",
    }  # fmt: skip


def test_a_region_is_its_inner_markup_as_it_stands() -> None:
    text = '<nitf><body a="b"><p>Eins &amp; <person>Zwei</person></p>\r\n<p/></body><x>y</x></nitf>'
    assert of(text, "body") == {"body@a": "b", "body": "<p>Eins &amp; <person>Zwei</person></p>\r\n<p/>", "x": "y"}
    assert of("<n><b><![CDATA[1]]></b><b>2</b></n>", "b") == {"b": "<![CDATA[1]]>", "b[2]": "2"}


def test_mixed_content_is_one_leaf_and_its_children_are_others() -> None:
    assert of("<i>vor <b>fett</b> nach</i>") == {"b": "fett", ".": "vor  nach"}


def test_damaged_xml_keeps_everything() -> None:
    assert of("<i><a>x < y & z</a><b>offen</i>") == {"a": "x < y & z", "b": "offen"}
    assert of("<i><a><![CDATA[eins ]]> & zwei]]></a></i>") == {"a": "eins ]]> & zwei"}
    assert of("<i><a><![CDATA[nie zu</a><b>y</b></i>") == {"a": "nie zu", "b": "y"}
    assert of("<i><a>1</zz></a></i>") == {"a": "1</zz>"}
    assert of("<i><a>1</a></i> und mehr</i>")["."].strip() == "</i> und mehr"


def test_sections_in_well_formed_xml_end_where_xml_ends_them() -> None:
    assert of("<i><a><![CDATA[eins]]> zwei <![CDATA[drei]]></a></i>") == {"a": "eins zwei drei"}
    assert of("<i><a><![CDATA[x]]]]><![CDATA[>y]]></a></i>") == {"a": "x]]>y"}
    assert of("<?xml version='1.0'?><!DOCTYPE i [<!ENTITY a 'b'>]><!-- c --><i><a>1</a></i><!-- ende -->") == {"a": "1"}


def test_no_bomb_goes_off() -> None:
    bomb = "<!DOCTYPE i [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;'>]><i><t>&b;&b;</t></i>"
    assert of(bomb) == {"t": "&b;&b;"}
    with pytest.raises(Unreadable, match="deeper"):
        of("<a>" * 5000)


@pytest.mark.parametrize(
    "unit", ["<a>", "<a><![CDATA[", "<a><![CDATA[</a>", "</a>", "<a b='", "&#1;", "<!--", "<a><b/>", "]]>"]
)
def test_time_is_linear_on_hostile_xml(unit: str) -> None:
    def read(times: int) -> None:
        with contextlib.suppress(Unreadable):
            of("<i>" + unit * times + "]]></i>")

    assert_linear(read, 5_000)


def test_json_keeps_numbers_as_they_are_written() -> None:
    found = leaves(record(b'{"id": 1.10, "t": ["a", {"b": "c"}], "n": null, "y": true}', "json"), SourceSpec())
    assert found == {"id": "1.10", "t": "a", "t[2]/b": "c"}


def test_csv_takes_its_header_from_the_context() -> None:
    found = leaves(record(b'7,"Zwei, drei",\n', "csv", header="id,titel,leer"), SourceSpec())
    assert found == {"id": "7", "titel": "Zwei, drei"}
    assert leaves(record(b"7,x,y", "csv", header="id"), SourceSpec()) == {"id": "7", "column 2": "x", "column 3": "y"}
    assert leaves(record(b"7;x", "csv", header='["id", "a;b"]', delimiter=";"), SourceSpec()) == {"id": "7", "a;b": "x"}


@pytest.mark.parametrize(
    ("payload", "media", "encoding", "why"),
    [
        (b"\xff\xfe", "text", "utf-8", "is not utf-8"),
        (b"x", "text", "klingonisch", "is not klingonisch"),
        (b"{", "json", "utf-8", "no JSON"),
        (b'{"a": "1", "a": "2"}', "json", "utf-8", "same key twice"),
        (b"[" * 100_000, "json", "utf-8", "nested"),
        (b"1,2", "csv", "utf-8", "no header"),
    ],
)
def test_what_cannot_be_read_says_why(payload: bytes, media: Media, encoding: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        leaves(record(payload, media, encoding), SourceSpec())


def test_what_cannot_be_read_is_not_checked() -> None:
    article = Article(source="t", key="1")
    found = prove(record(b"{", "json"), SourceSpec(), article, (), (), article)
    assert found.state == "not_checked"
    assert "no JSON" in found.problems[0].note
    assert json.loads(msgspec.json.encode(found))["state"] == "not_checked"
