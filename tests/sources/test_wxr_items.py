"""Items as WordPress writes them are read by one expression, and give the same leaves as when read the ordinary way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.errors import RefusedInput
from backfile.record import Options, Record
from backfile.sources import wxr
from backfile.sources._wxr_items import _ORDER, item_leaves, ordered_leaves
from backfile.sources._xml import leaves

_TEXTS = st.sampled_from(
    ["", "Wald", " ", "\n ", "Müller &amp; Sohn", "&nbsp;&#8211;", "a & b", "a]b", "]]>", "[x] ]", "\x01", "x\r\ny",
     "\xa0", "1 < 2", "<p>Ein <b>Absatz</b></p>", "2011-03-05 14:30:00"]
)  # fmt: skip
_WRAPS = st.sampled_from(
    ["<![CDATA[{}]]>", "<![CDATA[{}]]>", "{}", "{}", " <![CDATA[{}]]>", "<![CDATA[{}", "<!--{}-->", "<b>{}</b>"]
)
_SPACES = st.sampled_from(["", "\n", "\n\t\t", "\r\n", "\u2003", " x"])
_ATTRIBUTES = st.sampled_from(
    ["", ' domain="post_tag" nicename="löwe"', ' nicename="a" domain="b"', ' domain="a&amp;b" nicename="x"',
     ' domain="" nicename=""', ' domain="a\tb" nicename="\x01"', " domain='a' nicename='b'",
     ' domain="a>b" nicename="c"']
)  # fmt: skip


@st.composite
def _element(draw: st.DrawFn, name: str, attributes: str = "") -> str:
    if draw(st.integers(0, 19)) == 0:
        return draw(
            st.sampled_from(
                [f"<{name}/>", f"<{name}{attributes} />", f"<{name}>", f"</{name}>", f"<{name} >x</{name}>"]
            )
        )
    return f"<{name}{attributes}>{draw(_WRAPS).format(draw(_TEXTS))}</{name}>"


@st.composite
def _items(draw: st.DrawFn) -> str:
    parts = []
    for name in _ORDER:
        if draw(st.integers(0, 5)):
            switch = draw(st.sampled_from(["", ' isPermaLink="false"', ' isPermaLink="&lt;"', " isPermaLink=''"]))
            parts.append(draw(_element(name, switch if name == "guid" else "")))
    parts += [draw(_element("category", draw(_ATTRIBUTES))) for _ in range(draw(st.integers(0, 4)))]
    for _ in range(draw(st.integers(0, 4))):
        pair = draw(_element("wp:meta_key")) + draw(_SPACES) + draw(_element("wp:meta_value"))
        parts.append(f"<wp:postmeta>{draw(_SPACES)}{pair}{draw(_SPACES)}</wp:postmeta>")
    others = draw(st.lists(st.sampled_from(["wp:comment", "category", "title", "guid", "é"]), max_size=3))
    parts += [draw(_element(name)) for name in others]
    if draw(st.integers(0, 4)) == 0:
        parts = draw(st.permutations(parts))
    space = draw(_SPACES)
    return (
        "<item>"
        + space
        + space.join(parts)
        + space
        + draw(st.sampled_from(["</item>", "</item>\n", "</item >", "", "</item>x"]))
    )


@settings(max_examples=600)
@given(_items())
def test_same_leaves_in_the_same_order(text: str) -> None:
    quick = ordered_leaves(text)
    if quick is not None:
        assert list(quick.items()) == list(leaves(text).items())
    assert item_leaves(text) == leaves(text)


_ARTICLE = """<item>
	<title>Rat &amp; Tat</title><link>https://a.example/?p=1&amp;x=2</link>
	<dc:creator><![CDATA[rmuster]]></dc:creator><guid isPermaLink="false">https://a.example/?p=1</guid>
	<description></description>
	<content:encoded><![CDATA[<p>Ein [kleiner] Absatz & mehr.</p>]]></content:encoded>
	<wp:post_id>1</wp:post_id><wp:post_date><![CDATA[2011-03-05 14:30:00]]></wp:post_date>
	<category domain="category" nicename="sport"><![CDATA[Sport]]></category>
	<category domain="post_tag" nicename="ski"><![CDATA[Ski]]></category>
	<wp:postmeta>
		<wp:meta_key><![CDATA[lead]]></wp:meta_key>
		<wp:meta_value><![CDATA[Vorspann]]></wp:meta_value>
	</wp:postmeta>
	<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value></wp:meta_value></wp:postmeta>
	REST
</item>
"""


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment><category><![CDATA[spät]]></category>",
        "<title>Noch einer</title><description>&amp;</description><wp:is_sticky>0</wp:is_sticky>",
        '<category domain="category"><![CDATA[anders]]></category><wp:postmeta/><wp:postmeta>x</wp:postmeta>',
    ],
)
def test_what_follows_the_ordinary_elements_is_numbered_on(rest: str) -> None:
    text = _ARTICLE.replace("REST", rest)
    quick = ordered_leaves(text)
    assert quick is not None
    assert list(quick.items()) == list(leaves(text).items())


def test_many_categories_and_fields() -> None:
    pair = (
        "<category><![CDATA[Ski]]></category>\n",
        "<wp:postmeta><wp:meta_key>k</wp:meta_key>\n<wp:meta_value>v</wp:meta_value></wp:postmeta>",
    )
    text = f"<item>{pair[0] * 150}{pair[1] * 150}<category>x</category></item>"
    quick = ordered_leaves(text)
    assert quick is not None
    assert list(quick.items()) == list(leaves(text).items())


@pytest.mark.parametrize(
    "text", ["", "<item", "<item>", "<item><title>x</item>", "<item a='1'></item>", "<items></items>"]
)
def test_all_else_is_read_otherwise(text: str) -> None:
    assert ordered_leaves(text) is None


@pytest.mark.parametrize(
    "piece",
    ["<title>", "<title><![CDATA[", "<category><![CDATA[", " ", "]]>", "<wp:postmeta>", "<title><![CDATA[]",
     "<category><![CDATA[x]]></category>", "<wp:postmeta><wp:meta_key>"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert_linear(lambda count: ordered_leaves(f"<item>{piece * count}</item>"), 20_000)


@pytest.mark.corpus
def test_real_exports_read_the_same(corpus: Path) -> None:
    ordered = 0
    for path in sorted((corpus / "wxr").rglob("*.xml")):
        for item in wxr.SOURCE.items(path, Options()):
            if isinstance(item, Record):
                text = item.payload.decode(item.encoding)
                quick = ordered_leaves(text)
                if quick is not None:
                    ordered += 1
                    assert list(quick.items()) == list(_ordinary(text).items())
    assert ordered > 40


def _ordinary(text: str) -> dict[str, str]:
    try:
        return leaves(text)
    except RefusedInput:
        return {}
