"""Boxes in boxes of their own kind, and ends that end nothing: text keeps its order, no words grow together."""

from __future__ import annotations

import pytest

from backfile.proof import prove
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.shaping import shape
from backfile.shaping.html import build


@pytest.mark.parametrize(
    "source",
    [
        "<details><summary>Kurz<summary>und knapp</summary>gesagt</summary><p>Der Rat tagt.</p></details>",
        "<details><summary>Rat <details><summary>Innen</summary><p>Tief</p></details>aus</summary>Lang</details>",
        "<figure><img src='a.jpg'><span class='credit'>Foto <span class='credit'>Anna</span> Rot</span></figure>",
        "<figure><img src='a.jpg'><figcaption>Der See <span class='credit'>Foto: <span class='credit'>Anna</span> Rot"
        "</span></figcaption></figure>",
        "See<h2>Bern<figure><figcaption>Aare</figcaption>Brücke</figure></h2>",
        "<ul><li>Wald<pre>Feld</li></ul>Dorf</pre>Stadt",
        "<table><tr><td>Wald<pre>Feld</td></tr><li>Dorf</pre>Stadt</table>Land",
        "<h2><table><h2>Wald<td>Feld</td>Dorf",
        "<ol><table><h3>Wald<ol><tr>Feld</ol>Dorf",
        "<ol><li><h2>Wald</h2><table>Feld<h2>Dorf<tr><li><strong>Stadt<h3>Land</h3></strong></tr>See</table></li></ol>",
        "<table><tr>Wald<table><td>Feld</table>Dorf",
        "<h2><figure><h2>Wald<figcaption>Feld</figcaption>Dorf",
        "<ol><figure><h3>Wald<ul><figcaption>Feld</ul>Dorf",
        "<h3><table><aside>Wald</aside><h3><figcaption>Feld<caption>Dorf</figcaption>Stadt",
        "<blockquote><cite>Anna</cite><blockquote>Wald<cite>Urs</cite></blockquote></blockquote>",
        "<blockquote><li><cite>Anna</div><blockquote>Wald<cite>Urs",
    ],
)
def test_text_keeps_its_order_and_its_gaps(source: str) -> None:
    record = Record(source="t", key="1", format="t", media="html", payload=source.encode(), origin=Origin("x"))
    shaped = shape(record, [Field("body", source, "page", 0, "html")], Options())
    verdict = prove(record, SourceSpec(), shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems


@pytest.mark.parametrize("tag", ["td", "th", "tr", "li", "dd", "figcaption", "figure", "blockquote", "ul"])
def test_a_tag_that_closes_nothing_does_not_part_a_sentence(tag: str) -> None:
    shown = build(f"<p>Fast 300 Leute</{tag}> standen an.</p><p>Eins</{tag}>zwei</p>", "page")
    assert [block.text.text for block in shown.blocks] == ["Fast 300 Leute standen an.", "Eins", "zwei"]  # type: ignore[union-attr]


def test_attributes_without_a_space_between_them_are_none_of_the_text() -> None:
    shown = build("""<p>Der <a href='/x'class="y"data-z="<!-- <b> -->">Steg</a> steht.</p>""", "page")
    assert [block.text.text for block in shown.blocks] == ["Der Steg steht."]  # type: ignore[union-attr]
