"""The quick looks say yes only where the careful one finds nothing; plain elements are read as XML of any kind is."""

from __future__ import annotations

import html
import re
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.article import Article, Crosshead, Image, Mark, Paragraph, Rights, Span, Text
from backfile.proof.elements import elements
from backfile.proof.glance import proved_at_a_glance
from backfile.proof.prove import closely
from backfile.proof.xmlleaves import carefully as carefully_read
from backfile.proof.xmlleaves import xml_leaves
from backfile.record import Origin, Record, SourceSpec

SPEC = SourceSpec(non_text=("id",))
PIECES = [
    "<p>", "</p>", "\n", " ", "Die Brücke", "von Aarau", "a", "b", "<br>", "<em>", "</em>", "&amp;", "x<y", "<h2>",
    "</h2>",
    '<a href="https://a.example/1">', "</a>", '<a href="#">', '<img src="https://a.example/b.jpg" alt="Ein Bild">',
    '<img src="c.jpg">', "<!-- wp:paragraph -->", "<!-- Ein Satz, den niemand sieht. -->", "<script>", "</script>",
    '<span title="Wort">', "</span>", "\xa0", "\x85", "<td>", "&", ">", '<p class="x alt=" title="Wort">',
]  # fmt: skip
_PARAGRAPH = re.compile(r"<(p|h2)>(.*?)</\1>", re.DOTALL)
_LINK = re.compile(r'<a href="([^"]*)">')
_PICTURE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?>')


def record(leaves: dict[str, str]) -> Record:
    payload = msgspec.json.encode(leaves)
    return Record(source="t", key="7", format="t", media="json", payload=payload, origin=Origin("x"))


def naive(leaf: str) -> Article:
    """Paragraphs, crossheads, links and pictures where simple patterns find them: often right, often not."""
    blocks: list[Any] = []
    for number, found in enumerate(_PARAGRAPH.finditer(leaf)):
        text = html.unescape(re.sub(r"<[^<>]*>", "", found[2])).strip(" \n")
        marks = tuple(Mark(0, len(text), "link", href=href) for href in _LINK.findall(found[2]))
        kind = Crosshead if found[1] == "h2" else Paragraph
        source = (Span("body", found.start(2), found.end(2)),)
        blocks.append(kind(id=f"b{number}", source=source, text=Text(text, marks)))
        for picture in _PICTURE.finditer(found[2]):
            at = found.start(2)
            spans = (Span("body", at + picture.start(2), at + picture.end(2), "alt"),) if picture[2] else ()
            blocks.append(Image(id=f"i{at}", src=picture[1], alt=Text(picture[2] or ""), source=spans))
    return Article(source="t", key="7", blocks=tuple(blocks))


LEAF = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
PARAGRAPHS = st.lists(st.tuples(st.sampled_from(["p", "h2"]), LEAF), max_size=5).map(
    lambda found: "\n".join(f"<{name}>{text}</{name}>" for name, text in found)
)
CHANGES = st.sampled_from(
    ["none", "lose block", "lose letter", "swap", "no mark", "other leaf", "glue", "value", "other address"]
)


def changed(article: Article, change: str, number: int) -> Article:
    blocks = list(article.blocks)
    block: Any = blocks[number % len(blocks)]
    at = blocks.index(block)
    if change == "lose block":
        del blocks[at]
    elif change == "swap":
        blocks.insert(0, blocks.pop(at))
    elif change == "other leaf" and block.source:
        span = msgspec.structs.replace(block.source[0], leaf="id")
        blocks[at] = msgspec.structs.replace(block, source=(span,))
    elif change == "value":
        return msgspec.structs.replace(article, origin={"language": (Span("body", 0, 5),)})
    elif change == "other address" and isinstance(block, Image):
        blocks[at] = msgspec.structs.replace(block, src="https://other.example/")
    elif not isinstance(block, Image):
        text = block.text
        words = {"lose letter": text.text[:-1], "glue": text.text.replace("\n", "").replace(" ", "")}
        marks = () if change == "no mark" else text.marks
        blocks[at] = msgspec.structs.replace(block, text=Text(words.get(change, text.text), marks))
    return msgspec.structs.replace(article, blocks=tuple(blocks))


def carefully(leaf: str, article: Article) -> str:
    """The verdict without any quick look."""
    leaves = {"id": "12", "body": leaf}
    with patch("backfile.proof.text.quick", lambda _: None):
        return closely(record(leaves), SPEC, article, (), (), article, leaves).state


def at_a_glance(leaf: str, article: Article) -> bool:
    leaves = {"id": "12", "body": leaf}
    return proved_at_a_glance(record(leaves), SPEC, article, leaves)


@given(PARAGRAPHS | LEAF, CHANGES, st.integers(0, 20))
def test_what_is_proved_at_a_glance_is_proved_with_care(leaf: str, change: str, number: int) -> None:
    article = naive(leaf)
    if article.blocks:
        article = changed(article, change, number)
    if at_a_glance(leaf, article):
        assert carefully(leaf, article) == "proved"


@given(PARAGRAPHS | LEAF, CHANGES, st.integers(0, 20))
def test_what_the_usual_look_proves_is_proved_with_care(leaf: str, change: str, number: int) -> None:
    article = naive(leaf)
    if article.blocks:
        article = changed(article, change, number)
    leaves = {"id": "12", "body": leaf}
    if closely(record(leaves), SPEC, article, (), (), article, leaves).state == "proved":
        assert carefully(leaf, article) == "proved"


ORDINARY = (
    '<p>Die <em>Brücke</em> &amp; mehr</p>\n\n<h2>Von <a href="https://a.example/1">Aarau</a></h2>\n'
    '<p>Im Bild<img src="c.jpg" alt="Ein Bild"></p>'
)


def test_an_ordinary_article_is_proved_at_a_glance() -> None:
    assert at_a_glance(ORDINARY, naive(ORDINARY))


@pytest.mark.parametrize("change", ["lose block", "lose letter", "no mark", "other leaf", "value", "other address"])
def test_a_defect_is_not_overlooked_at_a_glance(change: str) -> None:
    article = naive(ORDINARY)
    for number in range(len(article.blocks)):
        planted = changed(article, change, number)
        if planted != article:
            assert not at_a_glance(ORDINARY, planted)


def test_words_that_a_tag_parts_are_not_glued_at_a_glance() -> None:
    glued = Paragraph(id="b", source=(Span("body", 3, 17),), text=Text("VertragWerk"))
    assert not at_a_glance("<p>Vertrag<br>Werk</p>", Article(source="t", key="7", blocks=(glued,)))


def test_rights_are_words_and_no_values() -> None:
    leaf = "Nur mit Erlaubnis"
    article = Article(source="t", key="7", origin={"rights.licence": (Span("body", 0, len(leaf)),)})
    assert not at_a_glance(leaf, article)
    assert at_a_glance(leaf, msgspec.structs.replace(article, rights=Rights(licence=leaf)))


# -- XML ---------------------------------------------------------------------------------------------------

UNITS = ["<a>", "</a>", "<b>", "</b>", "<b/>", "<c:d x='1' y=\"&amp;\">", "</c:d>", "<i>Wort</i>", "<i>&uuml;</i>", " ",
         "\n", "\r\n", "<![CDATA[", "]]>", "<i><![CDATA[<b>&</b>]]></i>", "<!-- x -->", "<?y?>", "text", "&", "<",
         "<i></i>", "<i z='<'>", "<i> </i>"]  # fmt: skip


@given(st.lists(st.sampled_from(UNITS), max_size=14).map("".join))
def test_plain_elements_are_read_as_any_xml_is(inner: str) -> None:
    text = f"<item>{inner}</item>"
    assert xml_leaves(text, frozenset()) == carefully_read(text, frozenset())


def test_ordinary_payloads_are_plain_elements() -> None:
    found = elements("<item>\n<t>a</t><m><k>1</k><v><![CDATA[x]]></v></m><m><k>2</k></m><e/><t>b</t></item>\n")
    assert found is not None
    assert found.paths == ("t", "m/k", "m/v", "m[2]/k", "t[2]")
