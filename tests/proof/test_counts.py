"""The sums of an import, and witnesses from outside."""

from __future__ import annotations

import gzip

import pytest

from backfile.proof.counts import compare, normal, paths_too, read_witness, sum_problems, verdict_problems

COUNTS = {"records": 21, "imported": 10, "updated": 1, "unchanged": 2, "merged": 3, "excluded": 4, "rejected": 1,
          "held": 1, "withheld": 2}  # fmt: skip


def test_the_sum_holds() -> None:
    assert sum_problems(COUNTS) == []
    assert [p.at for p in sum_problems(COUNTS | {"records": 22})] == ["records"]
    assert [p.at for p in sum_problems(COUNTS | {"held": 14})] == ["held"]
    assert [p.at for p in sum_problems(COUNTS | {"merged": -1, "imported": 14})] == ["merged"]
    assert verdict_problems(COUNTS, {"proved": 12, "failed": 1}) == []
    assert [p.found for p in verdict_problems(COUNTS, {"proved": 12})] == ["12"]


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://www.seewil.example/a?b&amp;c</loc></url>
<url><loc> <![CDATA[https://seewil.example/b/]]> </loc></url></urlset>"""
LOG = b"""10.0.0.1 - - [05/Mar/2011:10:00:00 +0100] "GET /a HTTP/1.1" 200 512 "-" "x"
10.0.0.1 - - [05/Mar/2011:10:00:01 +0100] "GET /weg HTTP/1.1" 404 12
10.0.0.1 - - [05/Mar/2011:10:00:02 +0100] "POST /a HTTP/1.1" 200 12
"""


def test_witnesses_are_told_by_their_content() -> None:
    assert list(read_witness(SITEMAP)) == ["https://www.seewil.example/a?b&c", "https://seewil.example/b/"]
    assert list(read_witness(gzip.compress(SITEMAP)))[1] == "https://seewil.example/b/"
    assert list(read_witness(LOG)) == ["/a"]
    assert list(read_witness("\ufeff# Liste\nhttp://x/a\n\n0042\n".encode())) == ["http://x/a", "0042"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.seewil.example/a/", "https://SEEWIL.example/a", True),
        ("https://seewil.example/a?utm=1", "https://seewil.example/a", True),
        ("https://seewil.example/z%C3%BCrich", "https://seewil.example/zürich", True),
        ("https://seewil.example/?p=1", "https://seewil.example/?p=2", False),
        ("https://seewil.example/a", "https://seewil.example/b", False),
        ("https://seewil.example/A", "https://seewil.example/a", False),
        ("007", "7", False),
        ("http://[", "http://[", True),
    ],
)
def test_addresses_are_compared_as_readers_would(one: str, other: str, same: bool) -> None:
    assert (normal(one) == normal(other)) is same


def test_what_the_witness_has_and_the_archive_has_not() -> None:
    archive = ["https://seewil.example/a", "https://seewil.example/b"]
    found = compare(
        ["http://www.seewil.example/a/", "http://www.seewil.example/a", "https://seewil.example/c"], archive
    )
    assert (found.witnessed, found.known, found.absent) == (2, 1, 1)
    assert found.missing == ("https://seewil.example/c",)
    assert compare(read_witness(LOG), paths_too(archive)).absent == 0
