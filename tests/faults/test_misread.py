"""The quicker repair of encodings gives what ftfy gives."""

from __future__ import annotations

import ftfy
import pytest
from ftfy import badness
from ftfy.chardata import CHARMAP_ENCODINGS
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.faults.misread import is_bad, repaired

SIGNS = sorted({char for char in badness.BADNESS_RE.pattern if not char.isascii()})
ENCODINGS = [*CHARMAP_ENCODINGS, "utf-8"]


def test_no_letter_is_bad_by_itself_that_is_not_suspected() -> None:
    for char in map(chr, [*range(0x80, 0xD800), *range(0xE000, 0x11000)]):
        for text in (char, f"a{char} b", f"A{char}b", f" {char}-", f". {char} {char} .", f"{char}-{char}{char}"):
            assert is_bad(text) == badness.is_bad(text), ascii(text)


@settings(max_examples=600, deadline=None)
@given(st.text(st.sampled_from([*SIGNS, *"aZ. ?-\n1"]), max_size=12))
def test_bad_is_what_ftfy_calls_bad(text: str) -> None:
    assert is_bad(text) == badness.is_bad(text)
    assert repaired(text) == ftfy.fix_encoding(text)


_WORDS = """
Brücke für „Ja“ à la – voilà Ã un naïf 12° Œuvre čas été? ЖУК ελλάς 日本 dû fin.
"""
WORDS = st.sampled_from([*_WORDS.split(), "\ufffd", "\x1a", "\u00a0"])


def misread(text: str, encoding: str, times: int) -> str:
    for _ in range(times):
        text = text.encode("utf-8", "replace").decode(encoding, "replace")
    return text


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from(ENCODINGS), st.integers(0, 2)), max_size=12))
def test_words_that_were_read_wrongly_in_sound_text(words: list[tuple[str, str, int]]) -> None:
    text = " ".join(misread(*word) for word in words)
    assert repaired(text) == ftfy.fix_encoding(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join), st.sampled_from(ENCODINGS), st.integers(1, 3))
def test_texts_that_were_read_wrongly(text: str, encoding: str, times: int) -> None:
    text = misread(text, encoding, times)
    assert repaired(text) == ftfy.fix_encoding(text)


@pytest.mark.parametrize(
    "text", ["", "plain", "sÃ³", "voilÃ le travail", "für BrÃ¼cke", "\x93Nein\x94", "Ãœber für Ã¼"]
)
def test_single_ones(text: str) -> None:
    assert repaired(text) == ftfy.fix_encoding(text)
