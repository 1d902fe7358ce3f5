"""XML to leaves: well-formed or terrible, nothing is expanded and nothing lost, and the proof reads the same."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.errors import RefusedInput
from backfile.proof.xmlleaves import xml_leaves
from backfile.sources._xml import MAX_DEPTH, is_well_formed, leaves, outside, root_start


def test_paths_of_siblings_attributes_and_regions() -> None:
    text = '<item a="1"><c d="x">eins</c><c>zwei</c><r><p>A &amp; <b>B</b></p></r><m><k>y</k><k>z</k></m></item>'
    assert leaves(text, ("r",)) == {
        "@a": "1",
        "c@d": "x",
        "c": "eins",
        "c[2]": "zwei",
        "r": "<p>A &amp; <b>B</b></p>",
        "m/k": "y",
        "m/k[2]": "z",
    }


def test_undeclared_prefixes_are_fine() -> None:
    assert leaves("<item><wp:post_id>007</wp:post_id></item>") == {"wp:post_id": "007"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<i><t>Müller & Söhne</t></i>", "Müller & Söhne"),
        ("<i><t>a &nbsp; b &bogus; c</t></i>", "a \xa0 b &bogus; c"),
        ("<i><t>x < y und 3<4</t></i>", "x < y und 3<4"),
        ("<i><t>Glocke\x07</t></i>", "Glocke\x07"),
        ("<i><t>Glocke&#7; und &#0; und &#55296;</t></i>", "Glocke\x07 und &#0; und &#55296;"),
        ("<i><t><![CDATA[a <![CDATA[ b ]]> c]]></t></i>", "a <![CDATA[ b ]]> c"),
        ("<i><t><![CDATA[a ]]]]><![CDATA[> b]]></t>&</i>", "a ]]> b"),
        ("<i><t><![CDATA[offen</t>&</i>", "offen"),
        ("<i><t><![CDATA[ganz offen &", "ganz offen &"),
        ("<i><t>vor <!-- nie zu</t></i>", "vor <!-- nie zu"),
        ("<i><t>vor </b> nach</t></i>", "vor </b> nach"),
        ("<i><t>Zeile\r\nzwei &</t></i>", "Zeile\nzwei &"),
        ("<i><t>Ende fehlt &", "Ende fehlt &"),
        ("<i><t>vor </i> nach</t></i>", "vor </i> nach"),
        ("<i><t a=b>kein Tag</t></i>", None),
    ],
)
def test_terrible_xml(text: str, expected: str | None) -> None:
    assert not is_well_formed(text)
    found = leaves(text)
    if expected is not None:
        assert found["t"] == expected
    else:
        assert "kein Tag" in "".join(found.values())


def test_well_formed_sections_keep_their_meaning() -> None:
    assert leaves("<i><t><![CDATA[a]]> und <![CDATA[b]]></t></i>") == {"t": "a und b"}
    assert leaves("<i><t><![CDATA[a ]]]]><![CDATA[> b]]></t></i>") == {"t": "a ]]> b"}


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY x PUBLIC "-//X" "http://example.invalid/x">]>',
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        "<!DOCTYPE r [<!ENTITY % p \"<!ENTITY q 'x'>\"> %p;]>",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">',
    ],
)
def test_hostile_document_types_are_refused(doctype: str) -> None:
    with pytest.raises(RefusedInput):
        leaves(f'<?xml version="1.0"?>{doctype}<r><a>&x;</a></r>')


def test_a_harmless_document_type_is_passed_over() -> None:
    head = '\ufeff\n<?xml version="1.0"?><!-- <r> --><!DOCTYPE r SYSTEM "nie-geladen.dtd" [<!ENTITY uuml "ü">]>\n'
    text = head + "<r><a>f&uuml;r</a></r>"
    assert root_start(text) == len(head)
    assert leaves(text) == {"a": "für"}


def test_nesting_has_a_limit() -> None:
    with pytest.raises(RefusedInput):
        leaves("<a>" * 1_000_000)
    inner = "<a>" * (MAX_DEPTH - 1) + "x" + "</a>" * (MAX_DEPTH - 1)
    assert list(leaves(f"<r>{inner}</r>").values()) == ["x"]


@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        ("<i>", "<![CDATA[", ""),
        ("<i>", "<x><![CDATA[a</x>", "&"),
        ("<i>", "<!--", ""),
        ("<i>", "<?", ""),
        ("", '<i a="', ""),
        ("<i>", "&", ""),
        ("<i>", "</x>", ""),
        ("", "<!DOCTYPE ", ""),
        ("", "<!-- ", ""),
        ("<i>", "]]> ", ""),
        ("<i>" + "".join(f"<x{n}><![CDATA[" for n in range(200)), "]]>", ""),
    ],
    ids=range(11),
)
def test_time_is_linear(before: str, unit: str, after: str) -> None:
    def read(length: int) -> None:
        hostile = before + unit * (length // len(unit)) + after
        with suppress(RefusedInput):
            leaves(hostile)
        with suppress(RefusedInput):
            list(outside(hostile))

    assert_linear(read, 50_000)


_TAGS = ["<a>", "</a>", "<b x='1'>", "</b>", "<c/>", '<wp:d y="&amp;é">', "</wp:d>", "<item>", "</item>", "<x y=z>"]
_MARKS = ["<![CDATA[", "]]>", "]]]]><![CDATA[>", "<!--", "-->", "<?p", "?>", "<", ">", "'", '"']
_TEXTS = ["&amp;", "&", "&uuml;", "&#252;", "&#x1;", "\r\n", " ", "Text", "ü", "\x02"]
_PIECES = st.sampled_from(_TAGS + _MARKS + _TEXTS)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=600, deadline=None)
def test_the_proof_reads_the_same_leaves(inner: str) -> None:
    text = f"<item>{inner}</item>"
    assert leaves(text) == xml_leaves(text, frozenset())
    assert leaves(text, ("a",)) == xml_leaves(text, frozenset({"a"}))


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_text_survives_in_cdata(text: str) -> None:
    wrapped = text.replace("]]>", "]]]]><![CDATA[>")
    found = leaves(f"<i><t><![CDATA[{wrapped}]]></t></i>")
    assert found.get("t", "") == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_outside_tiles_the_text(text: str) -> None:
    try:
        pieces = list(outside(text))
    except RefusedInput:
        return
    assert "".join(text[start:end] for _, start, end in pieces) == text
