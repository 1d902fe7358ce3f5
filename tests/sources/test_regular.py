"""The quick way to read regular items gives the same leaves as the ordinary one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.errors import RefusedInput
from backfile.record import Options, Record
from backfile.sources import wxr
from backfile.sources._regular import regular_leaves
from backfile.sources._xml import leaves

_NAMES = st.sampled_from(["title", "link", "wp:postmeta", "category", "é", "item"])
_TEXTS = st.sampled_from(
    ["", "Wald", " ", "\n ", "Müller &amp; Sohn", "&nbsp;&#8211;", "a & b", "]]>", "\x01", "x\r\ny", "1 < 2", "\xa0"]
)
_WRAPS = st.sampled_from(["{}", "<![CDATA[{}]]>", " <![CDATA[{}]]>", "<![CDATA[{}", "<!--{}-->", "<b>{}</b>", "<p>{}"])
_ATTRIBUTES = st.sampled_from(
    ["", ' domain="tag"', " domain='a\n&amp;b'", ' a="x>y"', ' a="1" a=""', ' a="1"b="2"', " a"]
)
_ENDS = st.sampled_from(["</{0}>", "</{0}>", "</{0} >", "\n</{0}>", "</x>", ""])


@st.composite
def _elements(draw: st.DrawFn, deep: int = 3) -> str:
    name = draw(_NAMES)
    if draw(st.integers(0, 9)) == 0:
        return f"<{name}{draw(_ATTRIBUTES)}{draw(st.sampled_from(['/>', ' />']))}"
    inner = draw(_WRAPS).format(draw(_TEXTS))
    if deep and draw(st.booleans()):
        parts = draw(st.lists(_elements(deep - 1), max_size=4))
        inner = draw(st.sampled_from(["", "\n", "\t"])).join(["", *parts, ""])
    return f"<{name}{draw(_ATTRIBUTES)}>{inner}{draw(_ENDS).format(name)}"


@settings(max_examples=300)
@given(st.lists(_elements(), max_size=6), st.sampled_from(["", "\n", " x"]))
def test_same_leaves_in_the_same_order(parts: list[str], after: str) -> None:
    text = f"<item>{''.join(parts)}</item>{after}"
    quick = regular_leaves(text)
    if quick is not None:
        assert list(quick.items()) == list(leaves(text).items())


@pytest.mark.parametrize(
    "text",
    [
        '<item a="1">\n<title>Rat &amp; Tat</title><m>\r\n<wp:meta_key>k</wp:meta_key>\n</m></item>\n',
        "<item><category domain='tag'><![CDATA[[x] ]> & <b>]]></category><category/><category></category></item>",
    ],
)
def test_ordinary_items_are_regular(text: str) -> None:
    quick = regular_leaves(text)
    assert quick is not None
    assert list(quick.items()) == list(leaves(text).items())


@pytest.mark.parametrize(
    "text",
    ["", "<item>", "<item></item>x", "<item><!-- x --><a>b</a></item>", "<item>x<a>b</a></item>", "<a><b></a></b>",
     "<item><a><![CDATA[x]]]]><![CDATA[>]]></a></item>", "<a>" * 300 + "</a>" * 300],
)  # fmt: skip
def test_all_else_is_read_the_ordinary_way(text: str) -> None:
    assert regular_leaves(text) is None


@pytest.mark.parametrize("piece", ["<a>", "<a><![CDATA[", "<a>x", " ", "<a ", '<a b="', "]]>", "</a>", "<a/>"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    regular_leaves(f"<item>{piece * 100_000}")
    regular_leaves(f"<item>{piece * 100_000}</item>")


@pytest.mark.corpus
def test_real_exports_read_the_same(corpus: Path) -> None:
    regular = 0
    for path in sorted((corpus / "wxr").rglob("*.xml")):
        for item in wxr.SOURCE.items(path, Options()):
            if not isinstance(item, Record):
                continue
            text = item.payload.decode(item.encoding)
            quick = regular_leaves(text)
            if quick is not None:
                regular += 1
                assert list(quick.items()) == list(_ordinary(text).items())
    assert regular > 40


def _ordinary(text: str) -> dict[str, str]:
    try:
        return leaves(text)
    except RefusedInput:
        return {}
