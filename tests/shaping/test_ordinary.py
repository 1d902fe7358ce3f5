"""Ordinary bodies go a quick way, block by block: it gives what the builder gives for the whole body."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.shaping import build, wordpress
from backfile.shaping.ordinary import ordinary
from backfile.shaping.tokens import tokenize

WORDS = st.sampled_from(
    ["Bern", "über", "und", "&amp;", "&nbsp;", "&ouml;", "1&nbsp;000", "«so»", " ", "  ", "[…]", "[sic]", "[1]", "x<y",
     "\n", "utomat", "automatisch importiert aus dem Archivsystem",
     "<br>", "<br />\n", "😀", "?", "https://a.example/x", "", "<img src=b.png>", "Ende."]
)  # fmt: skip
LINKS = (
    '<a href="https://a.example/1">',
    '<a href="/2" target="_blank">',
    '<a href="?a&b">',
    '<a title="Ein Tipp">',
    "<a>",
    '<a href="https://a.example/{1}" target="_blank" rel="noopener">',
)
IMAGES = (
    '<img src="a.jpg" alt="Das Dorf" width="600" />', '<img src="https://a.example/b.jpg">', "<img src=c.jpg/>",
    '<img src="/e.png" class="alignleft" alt=" Ein  Dorf " height="1">', '<img src="/e.png" src="/f.png" alt="" />',
    '<img src="https://a.example/b.jpg" alt="Das Dorf" width="600px" />', '<img src="/e.png" alt="\xa0" width="x">',
    '<img src="/p.gif" width="1" height="1" />', '<img class="hidden" src="/e.png" alt="Der Hafen" />',
    '<img alt="Nur [caption id=] Worte">',
    '<img width="1" height="1" src="p.gif">', '<img src="d.jpg" title="Ein Titel">',
)  # fmt: skip
CODES = ('[caption id="attachment_1" align="alignleft" width="300"]', '[caption width="1" caption="Alt"]', "[caption]")


@st.composite
def inline(draw: st.DrawFn, depth: int = 0) -> str:
    parts = []
    for _ in range(draw(st.integers(0 if depth else 1, 4))):
        kind = draw(st.integers(0, 8))
        if kind < 6 or depth > 2:
            parts.append(draw(WORDS))
        else:
            opening = draw(st.sampled_from(("<b>", "<strong>", "<i>", "<em>", *LINKS)))
            name = opening[1:].partition(" ")[0].rstrip(">")
            parts.append(
                f"{opening}{draw(inline(depth + 1))}{draw(st.sampled_from([f'</{name}>'] * 8 + ['', '</i>']))}"
            )
    return "".join(parts)


@st.composite
def picture(draw: st.DrawFn) -> str:
    image = draw(st.sampled_from(IMAGES))
    return f"{draw(st.sampled_from(LINKS))}{image}</a>" if draw(st.booleans()) else image


@st.composite
def piece(draw: st.DrawFn) -> str:
    """One top-level block, ordinary or slightly odd."""
    kind, text = draw(st.integers(0, 11)), draw(inline())
    if kind < 4:
        return f"<p>{text}</p>"
    if kind == 4:
        around = ["<h2>{}</h2>", "<h3>{}</h3>", "<h4 class=x>{}</h4>", "<p><b>{}</b></p>", "<h1>{}</h1>", "<h5>{}</h5>"]
        return draw(st.sampled_from(around)).format(text)
    if kind == 5:
        return f"<p>{draw(picture())}{draw(st.sampled_from(['', '', ' ', text]))}</p>"
    if kind == 6:
        return (
            f"{draw(st.sampled_from(CODES))}{draw(picture())} {text}{draw(st.sampled_from(['[/caption]'] * 5 + ['']))}"
        )
    if kind == 7:
        return f"<figure>{draw(picture())}<figcaption>{text}</figcaption></figure>"
    if kind == 8:
        return f"<ul>\n<li>{text}</li><li>{draw(inline())}</li>\n</ul>"
    if kind == 9:
        return f"<blockquote><p>{text}</p><cite>{draw(WORDS)}</cite></blockquote>"
    if kind == 10:
        name = draw(st.sampled_from(['class="bildlegende"', 'style="text-align:left"', 'class="credit"', "hidden"]))
        return f"<p {name}>{text}</p>"
    odd = [
        f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->",
        f'<!-- wp:heading {{"level":3,"url":"https://a.example/"}} -->\n<h3>{text}</h3>\n<!-- /wp:heading -->',
        "<!-- more -->",
        text,
        "</p>",
        "<div>",
        "<hr>",
    ]
    return draw(st.sampled_from(odd))


@st.composite
def bodies(draw: st.DrawFn) -> str:
    gaps = st.sampled_from(["\n\n", "\n", "", "\n\n\n", " ", "\r\n\r\n"])
    return "".join(draw(piece()) + draw(gaps) for _ in range(draw(st.integers(1, 6))))


def both(source: str, dialect: bool) -> tuple[object, object]:
    """What the quick way and the builder make of a body (None: the quick way leaves it to the builder)."""
    known = {"b00000000": 3}
    quick_ids, ids = dict(known), dict(known)
    quick = ordinary(source, "page", 0, quick_ids, dialect)
    if quick is None:
        return None, None if quick_ids == known else quick_ids
    made = wordpress.dialect(source, tokenize(source), "page", {}) if dialect else wordpress.Dialected(tokenize(source))
    body = build(source, "page", made.tokens, 0, ids)
    return (
        (quick.blocks, quick.account, quick.faults, quick_ids),
        (body.blocks, (*made.account, *body.account), (*made.faults, *body.faults), ids),
    )


@given(bodies(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_both_ways_give_the_same(source: str, dialect: bool) -> None:
    quick, whole = both(source, dialect)
    assert quick == whole


@pytest.mark.parametrize(
    "odd",
    [
        '<p><img src="a.jpg" alt="Das Dorf" width="600" /></p>',
        '<p><a href="a.jpg"><img src="a.jpg" alt="Das Dorf" /></a></p>',
        '[caption id="attachment_7" align="alignright" width="3"]<img src="a.jpg" alt="" /> Das Dorf[/caption]',
        '<figure class="wp-block-image"><img src="a.jpg" alt=""/><figcaption>Das Dorf</figcaption></figure>',
        "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>",
        '<p style="text-align: left;">Ein Satz.<br />\nUnd noch einer.</p>',
    ],
)
def test_one_odd_block_does_not_send_the_body_to_the_builder(odd: str) -> None:
    quick, whole = both(f"<p>Davor [sic] steht ein Satz.</p>\n\n{odd}\n\n<p>Und <b>danach</b> auch.</p>", True)
    assert quick is not None
    assert quick == whole


@pytest.mark.parametrize(
    "piece",
    ["<p>", "<p><b>", "<p>a</p>", "<ul><li>", "<figure><img>", "[caption ", '[caption id="a"]<img>', "<p a='", "<h2>x",
     "<p><img></p>", "<!-- wp:a -->", '<p><a href="/', "<p class=a><p class=b>"],
)  # fmt: skip
def test_hostile_bodies_take_linear_time(piece: str) -> None:
    assert_linear(lambda count: ordinary(piece * count, "page", 0, {}, True), 2_500)
