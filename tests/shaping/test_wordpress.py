"""The WordPress dialect: what the old site would have shown, every other character dropped by name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile import proof, shaping
from backfile.article import Crosshead, Embed, Gallery, Image, Paragraph, Preformatted, Quote, block_texts, walk
from backfile.ledger import Drop
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.shaping.shortcodes import parse_attributes
from backfile.shaping.tokens import tokenize
from backfile.shaping.wordpress import dialect


def shaped(body: str, **context: str) -> shaping.Shaped:
    """Shape a body, and prove it at once."""
    record = Record(
        source="s", key="1", format="wxr", media="html", payload=body.encode(), origin=Origin("f"), context=context
    )
    field = Field("body", body, "page", markup="html", dialect="wordpress")
    found = shaping.shape(record, [field], Options())
    verdict = proof.prove(record, SourceSpec(), found.article, found.account, (), found.article)
    assert verdict.state == "proved", (body, verdict.problems)
    return found


def texts(body: str, **context: str) -> list[str]:
    return [text.text for block in walk(shaped(body, **context).article.blocks) for _, text in block_texts(block)]


def dropped(body: str, **context: str) -> list[str]:
    return [op.text for op in shaped(body, **context).account if isinstance(op, Drop) and op.by == "wordpress"]


@pytest.mark.parametrize(
    "body",
    [
        "Er sagte [sic] das.",
        "Ein Satz […] und [...] weiter",
        "Das haben [die Behörden] bestätigt, [Anm. d. Red.] auch [1] und [a] hier.",
        "[Name geändert] wohnt in [Biel/Bienne].",
        "Array[0] = [x] und [[Link]]",
        "[Die-Redaktion] [NZZ] [Quelle: sda]",
    ],
)
def test_what_editors_put_in_brackets_stays(body: str) -> None:
    assert texts(body) == [body]
    assert not dropped(body)


@pytest.mark.parametrize(
    "opening",
    [
        '[caption id="attachment_6" align="alignleft" width="300"]',
        "[caption id='attachment_6' width='300']",
        "[caption id=“attachment_6″ align=“left” width=“300″]",
        "[caption id=&#8220;attachment_6&#8221; width=&#8243;300&#8243;]",
        "[wp_caption]",
    ],
)
def test_captions(opening: str) -> None:
    name = "wp_caption" if "wp_" in opening else "caption"
    body = (
        f'Davor\n\n{opening}<a href="g.jpg"><img src="k.jpg" alt="Kuh" /></a> Die <em>Kuh</em> Elsa.[/{name}]\n\nDanach'
    )
    blocks = shaped(body).article.blocks
    assert [type(block) for block in blocks] == [Paragraph, Image, Paragraph]
    image = blocks[1]
    assert isinstance(image, Image)
    assert (image.src, image.caption.text, image.alt.text) == ("k.jpg", "Die Kuh Elsa.", "Kuh")
    assert image.caption.marks


def test_the_old_caption_in_an_attribute() -> None:
    body = '[caption id="a" caption="Die Kuh &quot;Elsa&quot; im <b>Stall</b>" width="3"]<img src="k.jpg">[/caption]'
    (image,) = shaped(body).article.blocks
    assert isinstance(image, Image)
    assert image.caption.text == 'Die Kuh "Elsa" im Stall'


def test_a_caption_without_picture_or_end_keeps_its_text() -> None:
    assert texts('[caption width="3"]Nur Text[/caption] und mehr') == ["Nur Text", "und mehr"]
    assert texts('[caption width="3"]<img src="k.jpg"> nie zu') == ["nie zu"]
    assert texts("zu[/caption] mehr") == ["zu", "mehr"] or texts("zu[/caption] mehr") == ["zu mehr"]


def test_galleries_come_from_the_export() -> None:
    media = {
        "media.1.url": "a.jpg",
        "media.2.url": "b.jpg",
        "media.2.caption": "Der zweite Gipfel",
        "media.2.alt": "Gipfel",
    }
    for body in ('[gallery ids="1,2"]', "[gallery include=“2, 1″ columns=4]", "[gallery]"):
        (gallery,) = shaped(body, gallery="1,2", **media).article.blocks
        assert isinstance(gallery, Gallery)
        assert {image.src: image.caption.text for image in gallery.images} == {
            "a.jpg": "",
            "b.jpg": "Der zweite Gipfel",
        }


def test_a_gallery_whose_pictures_are_lost_is_a_fault() -> None:
    found = shaped("Vor [gallery ids='7'] nach")
    assert [fault.note for fault in found.faults if fault.name == "unknown-shortcode"] == ["[gallery]"]
    assert dropped("Vor [gallery ids='7'] nach") == ["[gallery ids='7']"]


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("[youtube abc_123]", "https://www.youtube.com/watch?v=abc_123"),
        ("[youtube=http://www.youtube.com/watch?v=x&amp;w=5]", "http://www.youtube.com/watch?v=x&w=5"),
        ("[youtube]abc[/youtube]", "https://www.youtube.com/watch?v=abc"),
        ('[vimeo id="42"]', "https://vimeo.com/42"),
        ("[embed width=“5″]https://vimeo.com/1[/embed]", "https://vimeo.com/1"),
        ('[audio mp3="https://a.example/b.mp3"][/audio]', "https://a.example/b.mp3"),
        ("[audio https://a.example/b.mp3]", "https://a.example/b.mp3"),
        ("[video width=1 mp4='v.mp4' poster='p.jpg'][/video]", "v.mp4"),
        ("https://youtu.be/abc", "https://youtu.be/abc"),
        ("<p>https://www.youtube.com/watch?v=1&amp;t=2</p>", "https://www.youtube.com/watch?v=1&t=2"),
        (
            '<!-- wp:embed {"url":"https://a.example/x"} -->\n<figure class="wp-block-embed"><div '
            'class="wp-block-embed__wrapper">\nhttps://a.example/x\n</div></figure>\n<!-- /wp:embed -->',
            "https://a.example/x",
        ),
    ],
)
def test_embeds(body: str, url: str) -> None:
    blocks = shaped(f"Davor.\n\n{body}\n\nDanach.").article.blocks
    assert [block.url for block in blocks if isinstance(block, Embed)] == [url]
    assert [block.text.text for block in blocks if isinstance(block, Paragraph)] == ["Davor.", "Danach."]


def test_other_addresses_stay_text() -> None:
    body = "Mehr unter\nhttps://gemeinde.example/abfall\nund https://youtu.be/abc im Satz"
    assert not [block for block in shaped(body).article.blocks if isinstance(block, Embed)]
    assert "https://gemeinde.example/abfall" in texts(body)[0]


def test_unknown_shortcodes_keep_their_text_and_are_reported() -> None:
    body = '[vc_row][vc_column width="1/2"]Erster Text[/vc_column][vc_column]Zweiter[/vc_column][/vc_row]'
    found = shaped(body)
    assert texts(body) == ["Erster Text", "Zweiter"]
    assert sorted(fault.note for fault in found.faults if fault.name == "unknown-shortcode") == [
        "[vc_column]",
        "[vc_row]",
    ]
    assert texts("Ein [markiert]wichtiges[/markiert] Wort") == ["Ein wichtiges Wort"]
    assert texts("Ein [kasten farbe='rot'/] Wort") == ["Ein Wort"]


def test_brackets_that_mean_html() -> None:
    found = shaped("Ein [b]fettes[/b] Wort und [url=https://a.example]ein Link[/url].\n\n[quote]Ein Zitat.[/quote]")
    first, second = found.article.blocks
    assert isinstance(first, Paragraph)
    assert [mark.kind for mark in first.text.marks] == ["strong", "link"]
    assert isinstance(second, Quote)


def test_escaped_shortcodes_show_their_brackets() -> None:
    assert texts("Schreibe [[gallery ids=1]] in den Text") == ["Schreibe [gallery ids=1] in den Text"]


def test_automatic_paragraphs() -> None:
    assert texts("Eins\nzwei\n\n  \ndrei") == ["Eins\nzwei", "drei"]
    assert texts("<p>Eins\nzwei</p>\n\n<p>drei</p>") == ["Eins\nzwei", "drei"]
    assert texts("Eins\r\n\r\nzwei<br />\r\ndrei") == ["Eins", "zwei\ndrei"]
    assert texts("<div>Eins\n\nzwei</div>\ndrei\n<h2>Titel\nlang</h2>\nvier") == [
        "Eins",
        "zwei",
        "drei",
        "Titel lang",
        "vier",
    ]
    kinds = [type(block) for block in shaped("a\n\n<h2>T</h2>\nb\n<pre>x\n\ny</pre>").article.blocks]
    assert kinds == [Paragraph, Crosshead, Paragraph, Preformatted]
    assert texts("<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>") == ["eins", "zwei"]
    assert texts("Vor\n\n<!--more-->\n\nNach<!--nextpage-->Ende") == ["Vor", "Nach", "Ende"]


def test_blocks_of_the_block_editor_have_their_paragraphs() -> None:
    body = "<!-- wp:paragraph -->\n<p>Eine Zeile\nund noch eine</p>\n<!-- /wp:paragraph -->\n\nKlassisch\n\nzwei"
    assert texts(body) == ["Eine Zeile und noch eine", "Klassisch", "zwei"]


def test_a_sentence_in_the_settings_of_a_block_is_named() -> None:
    body = '<!-- wp:acf/zitat {"data":{"text":"Das ist ein ganzer Satz f\\u00fcr sich."}} /-->'
    assert dropped(body) == ["Das ist ein ganzer Satz für sich."]


def test_attributes_in_any_quotes() -> None:
    assert parse_attributes(" a=“1″ b='zwei drei' c=4 5 &quot;sechs sieben&quot;") == {
        "a": "1", "b": "zwei drei", "c": "4", "0": "5", "1": "sechs sieben",
    }  # fmt: skip


_CODES = ["[caption id='a']", "[/caption]", '[caption caption="L"]', "[gallery]", "[gallery ids='1']", "[embed]"]
_CODES += ["[/embed]", "[youtube x]", "[b]", "[/b]", "[[gallery]]", "[x_y a=1]", "[/x_y]", "[sic]", "[", "]"]
_TAGS = [
    "<img src='i.jpg'>",
    "<p>",
    "</p>",
    "<a href='l'>",
    "</a>",
    "<pre>x\n</pre>",
    "<h2>T</h2>",
    "<ul><li>L</li></ul>",
]
_TAGS += ["<!--more-->", "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->", "<td>", "<div>", "</div>"]
_TEXTS = ["\n", "\n\n", "Text", " und ", "https://youtu.be/a", "&amp;"]
_PIECES = st.sampled_from(_CODES + _TAGS + _TEXTS)


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=500, deadline=None)
def test_tokens_stay_in_order_and_lose_nothing(body: str) -> None:
    made = dialect(body, tokenize(body), "page", {"media.1.url": "m.jpg"})
    at = 0
    for start, end, _ in made.tokens:
        assert at <= start <= end <= len(body)
        at = end
    kept = sum(end - start for start, end, _ in made.tokens)
    gone = sum(op.span.end - op.span.start for op in made.account if isinstance(op, Drop) and op.span)
    blank = len(body) - len(body.replace("\n", "").replace(" ", ""))
    assert len(body) - blank <= kept + gone <= len(body)
    shaped(body)


@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        ("", "[", ""),
        ("", "[caption]", ""),
        ("", "[caption]", "[/caption]"),
        ("", "[caption]<b>", "[/caption]"),
        ("", "[a ", ""),
        ("", "\n\n", ""),
        ("", "https://youtu.be/a\n", ""),
        ("", "[caption caption='", ""),
        ("[gallery ids='", "1,", "']"),
    ],
)
def test_time_is_linear(before: str, unit: str, after: str) -> None:
    def read(length: int) -> None:
        count = length // len(unit + after)
        body = before + unit * count + after * count
        dialect(body, tokenize(body), "page", {})

    assert_linear(read, 30_000)
