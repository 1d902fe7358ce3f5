"""The ladder from bytes to text: the right encoding, and never a byte lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backfile.decoding import codec_of, declared_in_markup, decode

NEWS = (
    "Zürich: «Die Behörden prüfen das», sagte Müller – das Gerät kostet 20 Fränkli. Où est l’été à Genève? Ciò è città."
)
PLAIN = NEWS.replace("–", "-").replace("’", "'")


@given(st.binary(max_size=400), st.sampled_from(["", "iso-8859-1", "utf-16", "shift_jis", "rot13", "utf-7", "\x00"]))
@example(b"\xff\xfe\x00", "")
@example(b"\xef\xbb\xbf\xff", "utf-8")
@example(b"\x81\x8d\x8f\x90\x9d", "cp1252")
@example(b"\x1b$B", "iso-2022-jp")
def test_any_bytes_make_a_round_trip(data: bytes, declared: str) -> None:
    found = decode(data, declared)
    assert data.decode(found.codec) == found.text
    assert found.text.encode(found.codec) == data


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_text_comes_back(text: str, codec: str) -> None:
    text = text.replace("\0", "").replace("\ufeff", "")
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", NEWS), ("mac_roman", NEWS), ("cp850", PLAIN), ("iso8859-1", PLAIN), ("utf-16-le", NEWS),
        ("utf-16-be", NEWS),
    ],
)  # fmt: skip
def test_encodings_of_old_systems_are_found_without_a_word(codec: str, text: str) -> None:
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859-5"])
def test_another_script_is_found(codec: str) -> None:
    text = "Правительство обсуждает новые меры поддержки экономики, сообщил министр финансов во вторник."
    assert decode(text.encode(codec)).text == text


def test_a_lying_declaration_does_not_win_over_utf8() -> None:
    assert decode(NEWS.encode(), "iso-8859-1").text == NEWS


def test_latin1_means_what_browsers_make_of_it() -> None:
    assert decode("Die «Zeitung» – „so“ …".encode("cp1252"), "ISO-8859-1").text == "Die «Zeitung» – „so“ …"


def test_utf8_declared_and_windows_inside() -> None:
    found = decode(NEWS.encode("cp1252"), "utf-8")
    assert (found.text, found.codec) == (NEWS, "cp1252")


def test_a_declared_encoding_is_believed_where_it_makes_sense() -> None:
    assert decode("Łódź i Kraków: zażółć gęślą jaźń".encode("iso8859-2"), "iso-8859-2").codec == "iso8859-2"


def test_the_users_word_comes_first() -> None:
    assert decode("Zürich".encode(), said="cp1252").text == "ZÃ¼rich"


def test_mixed_lines_lose_nothing_and_are_named() -> None:
    data = "Köln, Zürich, Genf\nÜber Lörrach\n".encode() + "Genève\n".encode("cp1252")
    found = decode(data)
    assert (found.codec, found.how) == ("mixed-cp1252", "mixed")
    assert "Genève" in found.text
    assert "KÃ¶ln" in found.text


def test_one_letter_of_latin1_is_no_asian_text() -> None:
    assert decode("Der Rat von Köln tagt. ".encode("cp1252") + b"Alle kamen. " * 40).text.startswith("Der Rat von Köln")


@pytest.mark.parametrize("label", ["rot13", "hex", "base64", "unicode_escape", "idna", "utf-7", "zip", "", "x" * 5000])
def test_what_is_no_character_encoding_is_not_used(label: str) -> None:
    assert codec_of(label) == ""


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        (" UTF8 ", "utf-8"),
        ("x-sjis", "cp932"),
        ("macintosh", "mac-roman"),
        ("gb2312", "gb18030"),
    ],
)
def test_names_are_read_as_the_web_reads_them(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("head", "claim"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-15"?><a/>', "ISO-8859-15"),
        (b'<html><head><meta charset="windows-1252">', "windows-1252"),
        (b'<META HTTP-EQUIV="content-type" CONTENT="text/html; charset=macintosh">', "macintosh"),
        (b"<p>charset=utf-16</p>", ""),
    ],
)
def test_claims_in_markup(head: bytes, claim: str) -> None:
    assert declared_in_markup(head) == claim


def test_detection_is_not_quadratic() -> None:
    decode(b"<meta " * 50_000 + b"\xe4" * 50_000)
    decode(b"\xc3\xa4" * 100_000 + b"\xe4")
