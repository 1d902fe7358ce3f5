"""JSON is cut into records, and every other byte is a bracket, a separator, or handed out as a stray."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.record import Excluded, Item, Options, Record, Reject
from backfile.sources import _streams
from backfile.sources._streams import Value, json_values
from backfile.sources.jsonl import SOURCE

LIMIT = 1 << 20


def cut(data: bytes, depth: int, limit: int = LIMIT) -> list[Value]:
    return list(json_values(io.BytesIO(data), depth, limit))


_PIECES = st.sampled_from(
    [b'{"t": "a"}', b'{"t": "a"},\n', b'{"t": {"u": [1, "}"]}}', b"{", b"}", b"[", b"]", b",", b" ", b"\n", b"\x1e",
     b'"', b'"posts": [', b'"meta": {"x": 1},', b"42", b"null,", "ü".encode(), b"\xef\xbb\xbf", b"\\", b"\0"]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(_PIECES, max_size=30).map(b"".join), st.integers(0, 2), st.integers(1, 30))
def test_every_byte_is_accounted_for(data: bytes, depth: int, chunk: int) -> None:
    found = cut(data, depth)
    at, rest = 0, b""
    for value in found:
        offset, piece = value.piece.offset, value.piece.data
        assert offset >= at
        assert data[offset : offset + len(piece)] == piece
        assert value.stray or piece.startswith(b"{")
        rest += data[at:offset]
        at = offset + len(piece)
    rest += data[at:]
    names = b'":postmea' if depth == 2 else b""
    assert not rest.removeprefix(b"\xef\xbb\xbf").strip(b" \n\0,\x1e[]{}" + names)
    before = _streams._CHUNK
    _streams._CHUNK = chunk
    try:
        assert cut(data, depth) == found
    finally:
        _streams._CHUNK = before


@pytest.mark.parametrize(
    ("depth", "data", "strays"),
    [
        (1, b'[{"a":1}, {"b":2}]', []),
        (1, b'[{"a":1}, 42, "x", null, {"b":2}] Ende', [b'42, "x", null', b"Ende"]),
        (1, b'[{"a":1}, [{"b":2}], {"c":3}]', [b'[{"b":2}]']),
        (1, b'[{"a":1}} , {"b":2}]', [b"}"]),
        (1, b'[{"a":1}]] [{"b":2}]', [b"]"]),
        (1, b'[{"a":1}]{"b":{"c":2}}', [b'{"b":{"c":2}}']),
        (0, b'{"a":1}\n{"b":2}\x1e{"c":3}', []),
        (0, b'{"a":1}} x {"b":2} [{"c":3}]', [b"} x", b'[{"c":3}]']),
        (2, b'{"posts": [{"a":1}], "tags": [{"b":2}]}', []),
        (2, b'{"count": 2, "posts": [{"a":1}, 7], "meta": {"x": 1}}', [b'"count": 2', b"7", b'"x": 1']),
    ],
)  # fmt: skip
def test_what_is_no_record_is_handed_out(depth: int, data: bytes, strays: list[bytes]) -> None:
    assert [value.piece.data for value in cut(data, depth) if value.stray] == strays


def test_a_large_stray_is_summed_not_held() -> None:
    stray = b"x" * 100_000
    first, found, last = cut(b'[{"a":1}, ' + stray + b', {"b":2}]', 1, limit=80_000)
    assert not first.stray
    assert not last.stray
    assert (found.piece.length, len(found.piece.data)) == (len(stray) + 2, 65_536)
    assert found.piece.sha256 == hashlib.sha256(stray + b", ").hexdigest()


@pytest.mark.parametrize("piece", [b"[", b"]", b"}", b"x", b'"', b'{"a":1}', b'{"a":1} x', b"x,\n", b", "])
def test_hostile_bytes_take_linear_time(piece: bytes) -> None:
    assert_linear(lambda count: cut(b"[" + piece * count, 1), 10_000)


def read(path: Path, data: str) -> list[Item]:
    path.write_text(data, encoding="utf-8")
    return list(SOURCE.items(path, Options()))


def test_strays_are_rejects_with_their_bytes(tmp_path: Path) -> None:
    one, stray, two = read(tmp_path / "a.json", '[{"id": 1, "title": "a"}, verirrt, {"id": 2, "title": "b"}]')
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert isinstance(stray, Reject)
    assert (stray.payload, stray.origin.offset, stray.origin.length) == (b"verirrt", 26, 7)
    assert stray.sha256 == hashlib.sha256(b"verirrt").hexdigest()
    assert stray.reason


def test_what_stands_beside_the_list_of_articles_is_left_out_by_name(tmp_path: Path) -> None:
    data = '{"n": 1,\n  "posts": [\n{"id": 1, "title": "a"}, 5], "tags": ["x"], "meta": {"x": {"title": "b"}}, "m": 2}'
    items = read(tmp_path / "a.json", data + " Ende")
    assert [type(item) for item in items] == [Excluded, Record, Reject, Excluded, Excluded, Excluded, Reject]
    others = [item.payload for item in items if not isinstance(item, Record)]
    assert others == [b'"n": 1', b"5", b'"x"', b'{"title": "b"}', b'"m": 2', b"Ende"]


def test_an_object_of_articles_is_read(tmp_path: Path) -> None:
    data = '{"meta": [{"x": 1}],\n  "posts": {"7": {"id": 7, "title": "a"}, "8": {"id": 8, "title": "b"}}}'
    items = read(tmp_path / "a.json", data)
    assert [item.key for item in items if isinstance(item, Record)][-2:] == ["7", "8"]
