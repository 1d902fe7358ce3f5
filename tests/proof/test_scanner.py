"""The scanner: every code point in exactly one token, and what is text is text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.proof.quick import quick
from backfile.proof.scanner import attributes, scan
from backfile.proof.segments import segments

UNITS = [*"<>/!?-\"'= abpx:&;[]\nü", "<p>", "</p>", "<!--", "-->", "<b", "<script>", "</script>", '<a href="', "<i>",
         "&amp;", "<![CDATA[", "]]>", '<img alt="', "<!-- wp:p -->", "<meta ", "<style>", "</style>",
         'title="']  # fmt: skip
MARKUP = st.lists(st.sampled_from(UNITS), max_size=40).map("".join)


def shown(markup: str, *, xml: bool = False) -> str:
    return "".join(part.text for part in segments(markup, xml=xml) if part.kind in ("flow", "literal"))


def words(markup: str) -> list[str]:
    return [part.text for part in segments(markup) if part.must and part.kind not in ("flow", "literal")]


@given(MARKUP)
def test_the_pieces_tile_the_leaf(markup: str) -> None:
    at = 0
    for piece in scan(markup):
        assert piece.start == at < piece.end
        assert piece.inner == (0, 0) or piece.start <= piece.inner[0] <= piece.inner[1] <= piece.end
        at = piece.end
    assert at == len(markup)


@given(MARKUP)
def test_attributes_lie_inside_their_tag_in_order(markup: str) -> None:
    for piece in scan(markup):
        if piece.kind == "open":
            at = piece.start
            for attribute in attributes(markup, piece):
                assert at <= attribute.start <= attribute.end <= piece.end
                at = attribute.end


@given(MARKUP)
def test_the_quick_look_sees_what_the_careful_one_sees(markup: str) -> None:
    seen = quick(markup)
    if seen is not None:
        assert "".join(seen.flow.split()) == "".join(shown(markup).split())
        assert seen.words == words(markup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Aarau 3<5 und x<y, sagte er.</p>", "Aarau 3<5 und x<y, sagte er."),
        ("Wir <3 Thun", "Wir <3 Thun"),
        ("<p>Anna <Name der Redaktion geändert> lebt.</p>", "Anna <Name der Redaktion geändert> lebt."),
        ("Text <!-- nie zu <b>und</b> weiter", "Text  nie zu und weiter"),
        ('<a href="http://x.ch>Link</a> und mehr', "Link und mehr"),
        ('<a href="http://x.ch>Link</a> und <a href="y">mehr</a>', "Link und mehr"),
        ('<a title="a > b">Pfeil</a>', "Pfeil"),
        ('<div data-text="<p>Innen</p>">Aussen</div>', "Aussen"),
        ("<bericht>Neu</bericht>", "Neu"),
        ("<bericht>Neu", "<bericht>Neu"),
        ("<o:p>Word</o:p><my-box>Box</my-box>", "WordBox"),
        ("<http://www.example.ch> steht da", "<http://www.example.ch> steht da"),
        ("<script>var a = '<p>x</p>';</script>Text", "Text"),
        ("<script>nie zu. Und Text", "nie zu. Und Text"),
        ("a <![CDATA[b & <c>]]> d", "a b & <c> d"),
        ("<p>Zuletzt ein <b", "Zuletzt ein <b"),
        ("<P CLASS=x>Gross</P>", "Gross"),
        ("<p>Tom &amp; Jerry &auml; &#8211; &nbsp;x</p>", "Tom & Jerry ä – \u00a0x"),
        ("<p>&am<b>p;</b></p>", "&amp;"),
        ("", ""),
    ],
)
def test_what_is_no_markup_is_text(markup: str, text: str) -> None:
    assert shown(markup) == text


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ('<img src="a.jpg" alt="Die Aare bei Thun">', ["Die Aare bei Thun"]),
        ('<img src="a.jpg" alt="">', []),
        ("<!--Dieser Absatz wurde leider gestrichen.-->", ["Dieser Absatz wurde leider gestrichen."]),
        ("<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->", []),
        ('<!-- wp:box {"text":"Ein Satz mit genug Wörtern","id":3} /-->', ["Ein Satz mit genug Wörtern"]),
        ("<!--[if mso]><table><tr><td><![endif]-->", []),
        ("<!** Bild Legende: Der See>", ["** Bild Legende: Der See"]),
        ("<!DOCTYPE html><?xml version='1.0'?>", []),
        ("<style>p { color: red }</style>", ["p { color: red }"]),
        ('<div data-beschreibung="Ein langer Text, den nur ein Skript je gezeigt hat">x</div>',
         ["Ein langer Text, den nur ein Skript je gezeigt hat"]),
        ('<div style="font-family: Times New Roman, serif; color: red" class="a b c d e f g h i j k l m">x</div>', []),
        ('<meta name="description" content="Kurz gesagt"><meta name="robots" content="a">', ["Kurz gesagt"]),
    ],
)  # fmt: skip
def test_words_that_markup_hides(markup: str, hidden: list[str]) -> None:
    assert words(markup) == hidden


def test_in_xml_every_name_is_markup() -> None:
    assert shown("<hl2>Titel</hl2><person/><money>5 Fr.</money>", xml=True) == "Titel5 Fr."


def test_an_address_keeps_what_only_looks_like_a_reference() -> None:
    (part,) = [s for s in segments('<a href="?a=1&copy=2&amp;b=3">x</a>') if s.kind == "attribute"]
    assert part.text == "?a=1&copy=2&b=3"


HOSTILE = ["<", "<a ", '<a "', "<a '", "<a x='\"", "<!--", "<![CDATA[", "<script>", "<p>", "</", "&", "<a b=\"<a c='",
           "<x1>", '<a "<a " ', "<!-- wp:a {\"", "<a =\"'>", "<?", "<!a"]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_on_hostile_markup(unit: str) -> None:
    def read(times: int) -> None:
        markup = unit * times + ">"
        segments(markup)
        quick(markup)

    assert_linear(read, 5_000)
