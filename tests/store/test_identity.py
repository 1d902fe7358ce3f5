"""What becomes of a record whose key is known."""

from __future__ import annotations

import pytest

from backfile.store.identity import Entry, decide, newer

RUN = 7


def entry(sha: str = "a", *, title: str = "t", modified: str = "", seen: int = 1, fingerprint: str = "") -> Entry:
    return Entry(1, fingerprint, sha.encode(), modified, title.encode(), b"r", "rules", 1, seen)


def action(entries: list[Entry], sha: str, modified: str = "", title: str = "t") -> str:
    return decide(entries, sha.encode(), modified, title.encode(), RUN).action


def test_an_unknown_key_is_a_new_article() -> None:
    assert action([], "a") == "new"


def test_the_same_record_is_unchanged_and_within_a_run_met_again() -> None:
    assert action([entry()], "a") == "same"
    assert action([entry(seen=RUN)], "a") == "again"


def test_a_later_run_changes_its_article_even_under_a_new_headline() -> None:
    assert action([entry()], "b") == "update"
    assert action([entry()], "b", title="corrected") == "update"


def test_an_older_version_never_replaces_a_newer_one() -> None:
    assert action([entry(modified="2020-01-02")], "b", "2020-01-01") == "older"
    assert action([entry(modified="2020-01-01")], "b", "2020-01-02") == "update"


def test_within_a_run_the_newest_modification_wins() -> None:
    met = [entry(modified="2020-01-01 10:00", seen=RUN)]
    assert action(met, "b", "2020-01-01 11:00") == "newer"
    assert action(met, "b", "2020-01-01 09:00") == "older"


@pytest.mark.parametrize(("modified", "title"), [("", "t"), ("2020-01-01", "t"), ("2020-02-02", "another")])
def test_without_order_or_with_another_title_both_are_kept(modified: str, title: str) -> None:
    assert action([entry(modified="2020-01-01", seen=RUN)], "b", modified, title) == "twin"


def test_twins_find_their_own_in_a_later_run() -> None:
    first, second = entry("a", title="one"), entry("b", title="two", fingerprint="b")
    assert decide([first, second], b"b2", "", b"two", RUN).entry is second
    assert decide([first, second], b"a2", "", b"one", RUN).entry is first
    assert decide([first, second], b"b", "", b"two", RUN).action == "same"


def test_a_merged_version_met_again_stays_merged() -> None:
    known = entry()
    known.merged = frozenset([b"old"])
    assert action([known], "old") == "known"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2020-01-02T00:00:00+02:00", "2020-01-01T23:00:00+00:00", False),
        ("2020-01-02", "2020-01-01T23:00:00", True),
        ("20200102", "20200101", True),
        ("12", "9", True),
        ("Fri, 3 May", "Thu, 2 May", False),
        ("", "2020-01-01", False),
    ],
)
def test_order_of_modifications(one: str, other: str, expected: bool) -> None:
    assert newer(one, other) is expected
    assert not (expected and newer(other, one))
