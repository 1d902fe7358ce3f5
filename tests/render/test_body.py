"""A body's HTML: semantic, escaped, with marks that nest, and nothing in it that could act."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.article import (
    Answer,
    Article,
    Block,
    Cell,
    Crosshead,
    Embed,
    FactBox,
    Gallery,
    Image,
    List,
    ListItem,
    Mark,
    Note,
    Paragraph,
    Preformatted,
    Question,
    Quote,
    Separator,
    Table,
    Text,
    Unsupported,
    plain_text,
)
from backfile.render import body, inline, safe_url

ELEMENTS = frozenset(
    """
    p h2 h3 h4 h5 h6 blockquote footer cite ul ol li div table caption thead tbody tr th td figure
    figcaption span img a aside hr pre br em strong sub sup code small s u mark q abbr
    """.split()  # noqa: SIM905
)
ATTRIBUTES = frozenset(
    """
    id class href title rel src alt width height loading decoding role tabindex aria-label scope colspan
    rowspan start dir data-generated
    """.split()  # noqa: SIM905
)
VOID = frozenset({"br", "hr", "img"})


class Reader(HTMLParser):
    """Reads a body strictly: balanced, only known elements and attributes, only safe addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.generated: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.faults += [tag] * (tag not in ELEMENTS) + [name for name in names if name not in ATTRIBUTES]
        for name in ("href", "src"):
            value = names.get(name) or ""
            scheme = re.match(
                r"\s*([a-zA-Z][\w+.\-]*):", re.sub(r"[\x00-\x20\u200b-\u200f\u2028\u2029\ufeff]", "", value)
            )
            if scheme and scheme[1].lower() not in {"http", "https", "mailto", "tel"}:
                self.faults.append(value)
        if tag not in VOID:
            self.open.append(tag)
            if "data-generated" in names:
                self.generated.append(len(self.open))
        self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> in {self.open}")
            return
        if self.generated and self.generated[-1] == len(self.open):
            self.generated.pop()
        self.open.pop()
        self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.generated:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, reader.open
    assert not reader.faults, reader.faults
    return reader


def squeeze(text: str) -> str:
    return "".join(text.split())


def article(*blocks: Block, **fields: Any) -> Article:
    return Article(source="seebote", key="1", blocks=blocks, **fields)


def html_of(*blocks: Block, **fields: Any) -> str:
    html = body(article(*blocks, **fields))
    read(html)
    return html


# -- each block ---------------------------------------------------------------------------------------


def test_lead_comes_first() -> None:
    html = html_of(Paragraph(id="b1", text=Text("Eins.\nZwei & drei <4")), lead=Text("Zuerst."))
    assert html == '<p class="lead">Zuerst.</p>\n<p id="b1">Eins.<br>\nZwei &amp; drei &lt;4</p>\n'


def test_crossheads_leave_no_gap() -> None:
    html = html_of(*(Crosshead(id=f"b{n}", text=Text("T"), level=n) for n in (5, 3, 5, 6)))
    assert re.findall(r"<(h\d)", html) == ["h3", "h2", "h3", "h4"]


def test_picture_with_caption_and_credit() -> None:
    image = Image(
        id="b1",
        src="http://old.example/a.jpg",
        media="a b.jpg",
        alt=Text('Ein "Haus"'),
        caption=Text("Legende"),
        credit=Text("Bild: X"),
        width=3,
        height=2,
    )
    html = html_of(image)
    assert '<img src="/media/a%20b.jpg" alt="Ein &quot;Haus&quot;" width="3" height="2">' in html
    assert '<figcaption>Legende <span class="credit">Bild: X</span></figcaption>' in html
    assert '<img src="../media/a%20b.jpg"' in body(article(image), media="../media/")


def test_a_missing_picture_asks_no_other_host() -> None:
    html = html_of(Image(id="b1", src="https://old.example/a.jpg", alt=Text("Haus")), language="fr")
    assert "old.example" not in html
    assert 'aria-label="Haus"' in html
    assert "manque" in html


def test_lists_by_level() -> None:
    items = [("a", 0, False), ("b", 1, True), ("c", 1, True), ("d", 9, False), ("e", 0, False), ("f", -3, False)]
    html = html_of(List(id="b1", items=tuple(ListItem(Text(t), n, o) for t, n, o in items)))
    flat = html.replace("\n", "")
    assert flat == ('<ul id="b1"><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li><li>f</li></ul>')


def test_ordered_list_keeps_its_first_number() -> None:
    assert '<ol id="b1" start="4">' in html_of(List(id="b1", items=(ListItem(Text("a")),), ordered=True, first=4))


def test_a_change_of_kind_begins_another_list() -> None:
    items = (ListItem(Text("a")), ListItem(Text("b"), ordered=True))
    assert html_of(List(id="b1", items=items)).count("<ol") == 1


def test_tables_scroll_in_a_box_of_their_own() -> None:
    rows = (
        (Cell(Text("Ort"), header=True), Cell(Text("Zahl"), header=True, columns=2)),
        (Cell(Text("Chur"), header=True), Cell(Text("1"), rows=99), Cell(Text("2"))),
        (Cell(Text("Bern")), Cell(Text("3"), columns=10**9)),
    )
    html = html_of(Table(id="b1", rows=rows, caption=Text("Zahlen")))
    assert html.startswith('<div class="table" id="b1" role="region" tabindex="0" aria-label="Zahlen"><table>')
    assert '<th scope="col" colspan="2">Zahl</th>' in html
    assert '<th scope="row">Chur</th><td rowspan="2">1</td>' in html
    assert 'colspan="100"' in html


def test_quotes_questions_boxes_and_the_rest() -> None:
    html = html_of(
        Quote(id="b1", text=Text("Eins\nzwei"), attribution=Text("Rosa")),
        Quote(id="b2", text=Text("Eins\nzwei", (Mark(2, 7, "strong"),)), pull=True),
        Question(id="b3", text=Text("Wann?")),
        Answer(id="b4", text=Text("Bald.")),
        Separator(id="b5"),
        Preformatted(id="b6", text=Text("\n  a\n b")),
        FactBox(id="b7", title=Text("Kasten"), blocks=(Paragraph(id="b8", text=Text("Innen")),)),
        Unsupported(id="b9", text=Text("Ja · Nein"), name='poll" onclick="x'),
        Note(id="ba", text=Text("Korrektur")),
        Gallery(id="bb", images=(Image(id="bc", src="x", media="x.jpg"),), caption=Text("Drei Bilder")),
    )
    assert '<blockquote id="b1"><p>Eins</p>\n<p>zwei</p>\n<footer><cite>Rosa</cite></footer></blockquote>' in html
    assert '<blockquote id="b2" class="pull"><p>Ei<strong>ns<br>\nzw</strong>ei</p></blockquote>' in html
    assert '<pre id="b6">\n\n  a\n b</pre>' in html
    assert '<aside class="factbox" id="b7">' in html
    assert "onclick" not in html


def test_the_notice_of_an_earlier_migration_is_not_printed() -> None:
    note = Note(id="b1", text=Text("Dieser Artikel wurde importiert."), kind="import-notice")
    assert html_of(note) == ""


def test_an_embed_is_a_card() -> None:
    html = html_of(Embed(id="b1", url="https://video.example/x?a=1&b=2", kind="video", caption=Text("Film")))
    assert (
        '<a href="https://video.example/x?a=1&amp;b=2" rel="noopener" data-generated>Video auf video.example</a>'
        in html
    )
    assert "<iframe" not in html
    assert "<a" not in html_of(Embed(id="b1", url="javascript:alert(1)"))


def test_right_to_left_text_says_so() -> None:
    html = html_of(Paragraph(id="b1", text=Text("شاي")), Paragraph(id="b2", text=Text("Tee «für» alle")))
    assert '<p id="b1" dir="auto">' in html
    assert '<p id="b2">' in html


def test_relative_links_are_seen_from_the_old_page() -> None:
    marks = (Mark(0, 1, "link", href="bild.html?a=1"), Mark(1, 2, "link", href="#oben"), Mark(2, 3, "link", href="/x"))
    paragraph = Paragraph(id="b1", text=Text("abc", marks))
    html = html_of(paragraph, legacy_urls=("https://www.old.example/2010/05/index.html",))
    assert re.findall(r'href="([^"]*)"', html) == ["/2010/05/bild.html?a=1", "#oben", "/x"]


def test_empty_texts_leave_nothing() -> None:
    assert html_of(Paragraph(id="b1", text=Text()), Unsupported(id="b2", text=Text())) == ""


# -- marks --------------------------------------------------------------------------------------------


def test_overlapping_marks_nest() -> None:
    text = Text("abcdef", (Mark(0, 4, "strong"), Mark(2, 6, "emphasis")))
    assert inline(text) == "<strong>ab<em>cd</em></strong><em>ef</em>"


def test_no_link_inside_a_link() -> None:
    text = Text("abcdef", (Mark(0, 4, "link", href="/a"), Mark(1, 3, "link", href="/b"), Mark(2, 6, "link", href="/c")))
    html = inline(text)
    read(html)
    assert html == '<a href="/a">abcd</a><a href="/c">ef</a>'


def test_a_link_to_nowhere_safe_is_text() -> None:
    assert (
        inline(Text("abc", (Mark(0, 2, "link", href="javascript:x"), Mark(2, 3, "strong")))) == "ab<strong>c</strong>"
    )


KINDS = ("emphasis", "strong", "link", "sub", "sup", "code", "small", "strike", "underline", "mark", "quote", "abbr")
MARKS = st.builds(
    Mark,
    start=st.integers(-2, 30),
    end=st.integers(-2, 30),
    kind=st.sampled_from(KINDS),
    href=st.sampled_from(["", "/a", "https://a.example/?x=1&y=2", "javascript:a", 'x"onx="', "a:b"]),
    title=st.sampled_from(["", '"<>&']),
)


@given(st.text(max_size=24), st.lists(MARKS, max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_marks_over_any_text(text: str, marks: list[Mark]) -> None:
    text = re.sub("[\x00\r\ud800-\udfff]", "", text)
    html = inline(Text(text, tuple(marks)))
    assert squeeze("".join(read(html).text)) == squeeze(text)


def test_a_hundred_thousand_overlapping_marks_are_linear() -> None:
    def show(number: int) -> None:
        text = Text("x" * number, tuple(Mark(n, number, KINDS[n % 12], href="/a") for n in range(number)))
        assert len(inline(text)) >= number

    assert_linear(show, 12_500)


# -- addresses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x?y=1#z",
        "HTTP://a.example",
        "mailto:a@b.example",
        "tel:+41791234567",
        "/a/b",
        "a.html",
        "?p=1",
        "#x",
        "//a.example/x",
        "/a:b",
        "?x=a:b",
        "../x",
    ],
)
def test_safe_addresses_stay(url: str) -> None:
    assert safe_url(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " \x01javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u200bjavascript:alert(1)",
        "javascript\u200b:alert(1)",
        "vbscript:x",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "blob:x",
        "view-source:http://a",
        "t3://page?uid=1",
        "javascript&colon;alert(1):x",
        "feed:javascript:alert(1)",
        "",
        " ",
        "a" * 9000,
    ],
)
def test_unsafe_addresses_go(url: str) -> None:
    assert safe_url(url) == ""


# -- everything hostile -----------------------------------------------------------------------------------

VECTORS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</p></article><script>",
    "<!--", "-->", "]]>", "<![CDATA[", "&lt;script&gt;", "&#x3c;script>", "<svg/onload=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "javascript:alert(1)", "\x00<script>", "\u2028alert(1)", "<a href='javascript:alert(1)'>x</a>",
    "</textarea><script>alert(1)</script>", "<style>@import'x'</style>", "<base href=//x>", "`${alert(1)}`",
)  # fmt: skip


def everywhere(vector: str) -> Article:
    """An article that holds the vector in each of its places."""
    text = Text(vector, (Mark(0, len(vector), "link", href=vector, title=vector), Mark(0, 1, "abbr", title=vector)))
    image = Image(id=vector, src=vector, media=vector, href=vector, alt=text, caption=text, credit=text)
    inner: tuple[Block, ...] = (
        Paragraph(id=vector, text=text),
        Crosshead(id=vector, text=text),
        Quote(id=vector, text=text, attribution=text),
        List(id=vector, items=(ListItem(text), ListItem(text, 1))),
        Table(id=vector, rows=((Cell(text, header=True), Cell(text)), (Cell(text),)), caption=text),
        image,
        Gallery(id=vector, images=(image, Image(id=vector, src=vector, alt=text)), caption=text),
        Embed(id=vector, url=vector, text=text, caption=text),
        Embed(id=vector, url=f"https://{vector}/", kind="video"),
        Question(id=vector, text=text),
        Answer(id=vector, text=text),
        Preformatted(id=vector, text=text),
        Note(id=vector, text=text, kind=vector),
        Unsupported(id=vector, text=text, name=vector),
    )
    return Article(
        source=vector,
        key=vector,
        lead=text,
        language=vector,
        legacy_urls=(vector,),
        blocks=(*inner, FactBox(id=vector, title=text, blocks=inner)),
    )


def check_inert(vector: str) -> None:
    made = everywhere(vector)
    html = body(made)
    shown = "".join(read(html).text)
    assert squeeze(shown) == squeeze(_shown(made).replace("\0", "\ufffd"))


def _shown(made: Article) -> str:
    """The texts in the order of a page: a table's caption comes first, a gallery's last."""
    word = made.lead.text
    return word * (squeeze(plain_text(made)).count(squeeze(word)) if squeeze(word) else 0)


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_acts(vector: str) -> None:
    check_inert(vector)


@given(st.text(alphabet=st.sampled_from("<>\"'&;/=- \n!scriptonax:\x00é"), max_size=40))
@settings(max_examples=60, deadline=None)
def test_nothing_acts_whatever_it_is(vector: str) -> None:
    read(body(everywhere(vector)))


@pytest.mark.corpus
def test_nothing_acts_of_the_sanitisers_vectors(corpus: Path) -> None:
    seen = 0
    for path in sorted((corpus / "xss-vectors").rglob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            payload = entry["payload"] if isinstance(entry, dict) else entry
            read(body(everywhere(re.sub("[\r\ud800-\udfff]", "", payload))))
            seen += 1
    assert seen > 50


def test_the_proof_agrees() -> None:
    from backfile.proof import prove_page

    made = article(
        Paragraph(id="b1", text=Text("Eins <b> & zwei", (Mark(0, 4, "strong"),))),
        Table(id="b2", rows=((Cell(Text("a")), Cell(Text("b"))),), caption=Text("Titel")),
        Gallery(id="b3", images=(Image(id="b4", src="x", caption=Text("c"), alt=Text("A")),), caption=Text("d")),
        Embed(id="b5", url="https://a.example/", text=Text("e"), caption=Text("f")),
        Note(id="b6", text=Text("weg"), kind="import-notice"),
        Quote(id="b7", text=Text("g\nh"), attribution=Text("i")),
        lead=Text("Vorspann"),
    )
    assert prove_page(made, body(made)).state == "proved"
    assert prove_page(made, body(made).replace("zwei", "drei")).state == "failed"
