"""Path patterns of leaves without text."""

from __future__ import annotations

import pytest

from backfile.paths import is_non_text
from backfile.record import SourceSpec


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("guid", "guid", True),
        ("category", "category[12]", True),
        ("category", "category@domain", False),
        ("category@domain", "category[2]@domain", True),
        ("wp:*_id", "wp:post_id", True),
        ("wp:*_id", "wp:comment/wp:comment_id", False),
        ("**/wp:*_id", "wp:comment[3]/wp:comment_id", True),
        ("**/wp:*_id", "wp:post_id", True),
        ("**/*@*", "title@type", True),
        ("**/*@*", "a/b/c[4]@id", True),
        ("**/*@*", "a/b/c", False),
        ("a.b", "axb", False),
        ("guid", "guide", False),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert is_non_text(SourceSpec(non_text=(pattern,)), path, {}) is expected


def test_a_neighbour_decides() -> None:
    spec = SourceSpec(non_text=("m[k=_*|views]/v", "!m[k=_subtitle]/v"))
    leaves = {
        "m/k": "_edit_lock",
        "m/v": "1",
        "m[2]/k": " views\n",
        "m[2]/v": "2",
        "m[3]/k": "_subtitle",
        "m[3]/v": "3",
    }
    leaves |= {"m[4]/k": "unterzeile", "m[4]/v": "4", "m[5]/v": "no key at all"}
    assert [p for p in leaves if p.endswith("v") and is_non_text(spec, p, leaves)] == ["m/v", "m[2]/v"]


def test_a_pattern_that_is_none_fails_loudly() -> None:
    with pytest.raises(ValueError, match="no path pattern"):
        is_non_text(SourceSpec(non_text=("a[b]/c",)), "a", {})


def test_an_attribute_decides() -> None:
    spec = SourceSpec(non_text=("head/meta[@name=md5|wordcount]@content",))
    leaves = {"head/meta@name": "md5", "head/meta@content": "0a1b", "head/meta[2]@name": "titel"}
    leaves["head/meta[2]@content"] = "Ein Titel"
    assert is_non_text(spec, "head/meta@content", leaves)
    assert not is_non_text(spec, "head/meta[2]@content", leaves)
