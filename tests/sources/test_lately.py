"""What a record was read to is remembered once, for the same bytes read in the same way."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from backfile.decoding import decode
from backfile.record import Origin, Record
from backfile.sources import _lately
from backfile.sources._decoded import decoded
from backfile.sources._lately import Lately


def record(payload: bytes) -> Record:
    return Record(source="a", key="1", format="wxr", media="xml", payload=payload, origin=Origin("a.xml"))


def test_given_back_once() -> None:
    lately: Lately[str] = Lately()
    one, other = record(b"<item>a</item>"), record(b"<item>b</item>")
    lately.keep(one, "a")
    lately.keep(other, "b")
    assert (lately.take(other), lately.take(one), lately.take(one)) == ("b", "a", None)


def test_nothing_for_bytes_that_were_not_read_or_are_to_be_read_otherwise() -> None:
    lately: Lately[str] = Lately()
    one = record(b"<item>a</item>")
    lately.keep(one, "a")
    assert lately.take(record(bytes(bytearray(one.payload)))) is None
    assert lately.take(msgspec.structs.replace(one, encoding="cp1252")) is None


def test_the_same_record_after_a_change_that_does_not_matter() -> None:
    lately: Lately[str] = Lately()
    one = record(b"<item>a</item>")
    lately.keep(one, "a")
    assert lately.take(msgspec.structs.replace(one, key="2")) == "a"


def test_little_is_kept() -> None:
    lately: Lately[int] = Lately()
    large = record(b"x" * _lately.LARGE)
    lately.keep(large, 1)
    assert lately.take(large) is None
    many = [record(b"%20d" % n * 1000) for n in range(1000)]
    for number, each in enumerate(many):
        lately.keep(each, number)
    kept = [each for each in many if lately.take(each) is not None]
    assert 0 < sum(len(each.payload) for each in kept) <= _lately.MOST
    assert kept[-1] is many[-1]


@given(
    st.lists(
        st.sampled_from([b"<item>", b"{", b"a", "ü".encode(), b"\xe4", b"\0", b"\x1b$B", b"\xef\xbb\xbf", b"\xff\xfe"])
    ),
    st.sampled_from(["", "utf-8", "iso-8859-1", "iso-2022-jp", "utf-16"]),
    st.sampled_from(["", "cp1252"]),
)
def test_the_straight_way_decodes_as_the_ladder(parts: list[bytes], declared: str, said: str) -> None:
    data = b"".join(parts)
    assert decoded(data, declared, said) == decode(data, declared, said)[:2]
