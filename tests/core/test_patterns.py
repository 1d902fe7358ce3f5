"""Patterns with possessive groups find the same on every Python."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.patterns import atomic, compile_pattern

TAG = r"""<a(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>"""
GAPS = r"\s*+(?:</?\w+\s*+/?>\s*+)*+"
VALUES = r"""(\w+)((?:\s++[^\s=<>"'/]++\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'))*+)\s*+>"""
PIECES = st.lists(
    st.sampled_from(["<a", "<b>", "</b>", ">", '"', "'", " ", "x", "=", "/", '="1"', "y='2'"]), max_size=10
)


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        (r"(?:a|b)*+c", r"(?>(?:a|b)*)c"),
        (r"[()]++x", r"[()]++x"),
        (r"\(a\)*+", r"\(a\)*+"),
        (r"(x(?:a|b){2,3}+)?+", r"(?>(x(?>(?:a|b){2,3}))?)"),
        (r"(?P<n>a)++[^\])]*+", r"(?>(?P<n>a)+)[^\])]*+"),
    ],
)
def test_possessive_groups_become_atomic_ones(written: str, rewritten: str) -> None:
    assert atomic(written) == rewritten
    assert atomic(written.encode()) == rewritten.encode()


@pytest.mark.parametrize(
    ("pattern", "text", "end"),
    [(TAG, "<a x=\"1\" y='2'>", 15), (TAG, '<a x="1>', None), (GAPS, "<b> </b><x/> y", 13), (VALUES, "x y='2' >", 9)],
)
def test_they_match_what_they_should(pattern: str, text: str, end: int | None) -> None:
    found = compile_pattern(pattern).match(text)
    assert (found.end() if found else None) == end


@pytest.mark.skipif(sys.version_info < (3, 11, 5), reason="here the engine itself is wrong")
@given(PIECES)
def test_both_ways_of_writing_find_the_same(pieces: list[str]) -> None:
    text = "".join(pieces)
    for pattern in (TAG, GAPS, VALUES):
        one, other = re.match(pattern, text), re.match(atomic(pattern), text)
        assert (one and (one.span(), one.groups())) == (other and (other.span(), other.groups()))
