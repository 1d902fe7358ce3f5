"""Whatever the markup, all text is in the article or in its account: shown by the proof, which has eyes of its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.proof import prove
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.shaping import Shaped, shape

WORDS = st.sampled_from(
    ["Bern", "über", "x<y", "<3", "&amp;", "&nbsp;", "&uuml", "«so»", "Wort", "\n", "  ",
     "<Name der Redaktion geändert>",
     "&", "1&nbsp;000", "😀", "a=\"b", "--", "]]>", "Ende."]
)  # fmt: skip
BLOCKS = [
    "p",
    "div",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "caption",
    "blockquote",
    "cite",
    "footer",
    "figure",
    "figcaption",
    "aside",
    "details",
    "summary",
    "pre",
    "center",
    "section",
    "address",
    "form",
    "select",
    "option",
    "button",
    "svg",
    "math",
    "unbekannt",
]
INLINE = ["b", "i", "a", "span", "em", "strong", "font", "sub", "sup", "q", "u", "o:p", "abbr", "code", "small"]
VOID = (
    "<br>", "<br/>", "<hr>", '<img src="a.jpg" alt="Das Dorf">', "<img src=b.jpg>", "<!-- Ein Satz als Kommentar -->",
    "<!--", "-->", "<iframe src=//v.example/1>Kein Rahmen</iframe>", "<script>var x = 1 < 2;</script>", "</p>", "</b>",
    "</div>", "</td>", "<p hidden>weg</p>", '<div style="display:none">Unsichtbares</div>', "<!** Bild 1 Legende>",
    "<![CDATA[roh & <b>]]>", "<noscript>Bitte einschalten</noscript>", "<input placeholder='Ihr Name'>",
    '<p title="Ein Tooltip">', "<video src=v.mp4>Kein Film</video>", '<a href="javascript:x()">', '<a href="x>',
    '<p class="bildlegende">', '<div class="caption">', '<span class="credit">', "<p",
)  # fmt: skip


def proved(source: str, markup: str = "html", dialect: str = "") -> tuple[Shaped, list[object]]:
    record = Record(source="t", key="1", format="t", media="html", payload=source.encode(), origin=Origin("x"))
    fields = [Field("body", source, "page", 0, markup, dialect)]  # type: ignore[arg-type]
    shaped = shape(record, fields, Options())
    verdict = prove(record, SourceSpec(), shaped.article, shaped.account, (), shaped.article)
    return shaped, [] if verdict.state == "proved" else list(verdict.problems)


@st.composite
def markup(draw: st.DrawFn, depth: int = 0) -> str:
    """Nested, mis-nested and broken markup with text in all places."""
    parts = []
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.integers(0, 5))
        if kind <= 1:
            parts.append(" ".join(draw(st.lists(WORDS, min_size=1, max_size=4))))
        elif kind == 2:
            parts.append(draw(st.sampled_from(VOID)))
        elif depth < 4:
            name = draw(st.sampled_from(BLOCKS if kind < 5 else INLINE))
            end = draw(st.sampled_from([f"</{name}>"] * 4 + ["", "</p>"]))
            attribute = ' href="https://a.example/"' if name == "a" else ""
            parts.append(f"<{name}{attribute}>{draw(markup(depth + 1))}{end}")
    return "".join(parts)


@given(markup())
@settings(max_examples=120, deadline=None)
def test_all_text_is_in_the_article_or_the_account(source: str) -> None:
    _, problems = proved(source)
    assert not problems, source


@given(markup())
@settings(max_examples=25, deadline=None)
def test_the_same_source_gives_the_same_article(source: str) -> None:
    assert proved(source)[0] == proved(source)[0]


@pytest.mark.parametrize("source", VOID)
def test_single_pieces(source: str) -> None:
    for whole in (source, f"Davor {source} danach", f"<p>Davor {source} danach</p><p>Weiter</p>"):
        assert not proved(whole)[1], whole
