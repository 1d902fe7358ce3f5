"""Elements are cut from a stream by their bytes, in flat memory."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.sources import _slices
from backfile.sources._slices import Slice, slices

LIMIT = 1 << 26


def cut(data: bytes, limit: int = LIMIT) -> list[Slice]:
    return list(slices(io.BytesIO(data), "item", limit))


def elements(data: bytes) -> list[bytes]:
    return [piece.data for piece in cut(data) if piece.kind == "element"]


def test_elements_and_what_is_between() -> None:
    data = b"<rss>\n<item>a</item> \n<item x='1'>b</item ><items>no</items><item/></rss>"
    assert [(p.kind, p.data) for p in cut(data)] == [
        ("between", b"<rss>\n"),
        ("element", b"<item>a</item>"),
        ("between", b" \n"),
        ("element", b"<item x='1'>b</item >"),
        ("between", b"<items>no</items>"),
        ("element", b"<item/>"),
        ("between", b"</rss>"),
    ]


def test_tags_in_cdata_are_text() -> None:
    one = b"<item><c><![CDATA[ </item><item> ]]></c><d><![CDATA[</item>]]></d></item>"
    assert elements(one + one) == [one, one]


def test_commented_elements_are_none() -> None:
    assert elements(b"<!-- <item>a</item> --><item>b</item>") == [b"<item>b</item>"]
    assert elements(b"<x><![CDATA[<item>]]></x><item>b</item>") == [b"<item>b</item>"]
    assert elements(b"<!-- never closed <item>b</item>") == [b"<item>b</item>"]


def test_unclosed_elements_end_where_the_next_starts() -> None:
    found = cut(b"<item>a<item>b</item><item>c")
    assert [(p.kind, p.data) for p in found] == [
        ("unclosed", b"<item>a"),
        ("element", b"<item>b</item>"),
        ("unclosed", b"<item>c"),
    ]


@pytest.mark.parametrize("inner", [b"x" * 5000, b"<![CDATA[" + b"</item>" * 700 + b"]]>", b"<![CDATA[" + b"y" * 5000])
def test_a_large_element_is_summed_not_held(inner: bytes) -> None:
    large, small = b"<item>" + inner + b"</item>", b"<item>ok</item>"
    found = cut(small + large + small, limit=1000)
    if b"<![CDATA[y" in inner:
        assert found[1].kind == "large"
        assert found[1].length == len(large + small)
        return
    assert [p.kind for p in found] == ["element", "large", "element"]
    assert (found[1].offset, found[1].length, found[1].data) == (len(small), len(large), b"")
    assert found[1].sha256 == hashlib.sha256(large).hexdigest()


_PIECES = st.sampled_from(
    [
        b"<item>",
        b"</item>",
        b"<item a='b'>",
        b"<items>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"Text",
        b"<",
        b"<item",
        b" ",
    ]
)


@given(st.lists(_PIECES, max_size=40).map(b"".join), st.integers(1, 40), st.sampled_from([30, LIMIT]))
@settings(max_examples=500, deadline=None)
def test_the_pieces_are_the_stream_whatever_the_chunks(data: bytes, chunk: int, limit: int) -> None:
    before = _slices.CHUNK
    _slices.CHUNK = chunk
    try:
        found = cut(data, limit)
    finally:
        _slices.CHUNK = before
    at = 0
    for piece in found:
        assert piece.offset == at
        if piece.kind == "large":
            assert piece.sha256 == hashlib.sha256(data[at : at + piece.length]).hexdigest()
        else:
            assert piece.data == data[at : at + piece.length]
        at += piece.length
    assert at == len(data)
    if limit == LIMIT:
        assert found == cut(data, limit)


class _Endless(io.RawIOBase):
    """A stream of many items that never was in memory."""

    def __init__(self, item: bytes, count: int) -> None:
        self.parts: Iterator[bytes] = (item for _ in range(count))

    def read(self, size: int = -1) -> bytes:
        del size
        return next(self.parts, b"")


def test_memory_stays_flat() -> None:
    item = b"<item><c><![CDATA[" + b"Ein Satz. " * 20_000 + b"]]></c></item>\n"
    tracemalloc.start()
    count = sum(p.kind == "element" for p in slices(_Endless(item, 1000), "item", LIMIT))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1000
    assert peak < 8 * len(item) + 4 * _slices.CHUNK


@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        (b"<item><![CDATA[", b"</item>", b""),
        (b"<item><![CDATA[", b"<item>", b"]]></item>"),
        (b"", b"<item>", b""),
        (b"", b"<!-- ", b"<item>"),
        (b"", b"<items>", b""),
        (b"", b"<item", b""),
    ],
)
def test_time_is_linear(before: bytes, unit: bytes, after: bytes) -> None:
    assert_linear(lambda count: cut(before + unit * count + after), 12_500)
