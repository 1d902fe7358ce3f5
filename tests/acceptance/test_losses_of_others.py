"""What other migrations lost, one test each: the whole way from a file on disk to the page that readers get."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from backfile.article import Article, Crosshead, Embed, Image, Paragraph, walk
from backfile.article import List as ListBlock

BEFORE, AFTER = "Vor der Brücke wird gebaut.", "Nach der Brücke geht es weiter."


def kinds(article: Article) -> list[str]:
    return [type(block).__name__ for block in walk(article.blocks)]


def each_source(exports: Any, body: str, **more: Any) -> dict[str, Any]:
    """The same HTML body in every source that holds one: name → (export, key)."""
    return {
        "wxr": (exports.wxr({"id": 7, "body": body, **more}), "7"),
        "jsonl": (exports.jsonl({"id": "7", "title": "Ein Titel", "body": body, "date": "2014-05-03", **more}), "7"),
        "csv": (exports.csv({"id": "7", "title": "Ein Titel", "body": body, "date": "2014-05-03", **more}), "7"),
        "pages": (exports.pages({"id": 7, "body": body}), "https://www.seebote.example/artikel/7"),
    }


SOURCES = ("wxr", "jsonl", "csv", "pages")


# -- an iframe inside a paragraph deletes the paragraph ---------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
def test_an_iframe_inside_a_paragraph_leaves_the_paragraph(paper: Any, exports: Any, source: str) -> None:
    frame = '<iframe src="https://video.example/embed/4711" width="560"></iframe>'
    body = f"<p>{BEFORE} {frame} {AFTER}</p><p>Schluss.</p>"
    path, key = each_source(exports, body)[source]
    assert paper.take(path)["imported"] == 1
    text = paper.text(key)
    assert BEFORE in text
    assert AFTER in text
    embeds = [block for block in walk(paper.article(key).blocks) if isinstance(block, Embed)]
    assert [block.url for block in embeds] == ["https://video.example/embed/4711"]
    page = paper.body(key)
    assert "<iframe" not in page
    assert "https://video.example/embed/4711" in page
    assert page.index(BEFORE) < page.index("https://video.example/embed/4711") < page.index("Schluss.")


# -- paragraphs of only a picture vanish ------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "picture",
    [
        '<p><img src="https://bild.example/a.jpg" alt="Die Brücke"></p>',
        '<p><a href="https://bild.example/gross.jpg"><img src="https://bild.example/a.jpg"></a></p>',
        '<p>&nbsp;<img src="https://bild.example/a.jpg"/>&nbsp;</p>',
        '<div><p><span><img src="https://bild.example/a.jpg"></span></p></div>',
    ],
)
def test_a_paragraph_of_only_a_picture_stays(paper: Any, exports: Any, source: str, picture: str) -> None:
    path, key = each_source(exports, f"<p>{BEFORE}</p>{picture}<p>{AFTER}</p>")[source]
    paper.take(path)
    images = [block.src for block in walk(paper.article(key).blocks) if isinstance(block, Image)]
    assert images == ["https://bild.example/a.jpg"]
    page = paper.body(key)
    assert page.index(BEFORE) < page.index("<figure") < page.index(AFTER)


# -- bare text at top level vanishes ----------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
def test_bare_text_at_top_level_stays(paper: Any, exports: Any, source: str) -> None:
    body = (
        f"{BEFORE} <b>Fett</b> davor.<p>Mitten im Absatz.</p>{AFTER}<div>In der Kiste.</div>Ganz am Schluss noch dies."
    )
    path, key = each_source(exports, body)[source]
    paper.take(path)
    seen = paper.seen(key)
    wanted = (f"{BEFORE} Fett davor.", "Mitten im Absatz.", AFTER, "In der Kiste.", "Ganz am Schluss noch dies.")
    places = [seen.index(one) for one in wanted]
    assert places == sorted(places)


# -- sub, pre, font, video come out as visible tags -------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
def test_no_tag_is_ever_visible(paper: Any, exports: Any, source: str) -> None:
    body = (
        "<p>Der CO<sub>2</sub>-Ausstoss stieg um 3 m<sup>2</sup>, sagt <font color='red' face=Arial>der Rote</font>."
        "</p>"
        "<pre>Ein Vers\n  eingerückt</pre>"
        "<video src='https://film.example/a.mp4' controls>Ihr Gerät zeigt kein Video.</video>"
        "<p><center>In der Mitte</center> <acronym title='Schweizerische Bundesbahnen'>SBB</acronym> <tt>Schreib"
        "maschine</tt>"
        " <big>gross</big> <nobr>ohne Umbruch</nobr> <o:p>Wort</o:p> <mark>wichtig</mark></p>"
        "<audio src='https://film.example/a.mp3'></audio><p>Ende.</p>"
    )
    path, key = each_source(exports, body)[source]
    paper.take(path)
    seen = paper.seen(key)
    assert not re.search(r"</?[a-z]", seen, re.IGNORECASE)
    for words in ("CO2-Ausstoss", "3 m2", "der Rote", "Ein Vers", "In der Mitte", "SBB", "Schreibmaschine", "gross",
                  "ohne Umbruch", "Wort", "wichtig", "Ende."):  # fmt: skip
        assert words in seen
    page = paper.body(key)
    assert "CO<sub>2</sub>" in page
    assert "m<sup>2</sup>" in page
    assert "\n  eingerückt" in page
    assert "https://film.example/a.mp4" in page
    assert "https://film.example/a.mp3" in page
    assert "&lt;" not in page


# -- a failed picture takes the text after it along -------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "picture",
    [
        '<img src="">',
        "<img>",
        '<img src="https://[kaputt/a.jpg">',
        '<img src="javascript:alert(1)" alt="x">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="https://bild.example/weg.jpg" onerror="this.remove()">',
        '<img src="../../../etc/passwd">',
        "<img src=\"https://bild.example/a b\u00e4 c.jpg?x='1'\">",
    ],
)
def test_a_failed_picture_keeps_the_text_after_it(paper: Any, exports: Any, source: str, picture: str) -> None:
    path, key = each_source(exports, f"<p>{BEFORE} {picture} {AFTER}</p>{picture}Und dann.<p>Schluss.</p>")[source]
    paper.take(path)
    seen = paper.seen(key)
    for words in (BEFORE, AFTER, "Und dann.", "Schluss."):
        assert words in seen
    assert "onerror" not in paper.body(key)
    assert "javascript:" not in paper.body(key)


# -- a headline is cut at its first inline tag ------------------------------------------------------------

HEADLINE = "Das <em>grosse</em> Fest der <b>Z&uuml;nfte</b> am <i>See</i> &amp; im Tal"
HEADLINE_SEEN = "Das grosse Fest der Zünfte am See & im Tal"


@pytest.mark.parametrize("source", SOURCES)
def test_a_headline_with_inline_tags_is_whole(paper: Any, exports: Any, source: str) -> None:
    path = {
        "wxr": lambda: exports.wxr({"title": HEADLINE}),
        "jsonl": lambda: exports.jsonl({"id": "1", "title": HEADLINE, "body": BEFORE}),
        "csv": lambda: exports.csv({"id": "1", "title": HEADLINE, "body": BEFORE}),
        "pages": lambda: exports.pages({"title": HEADLINE}),
    }[source]()
    paper.take(path)
    assert [one.headline.text for one in paper.articles] == [HEADLINE_SEEN]


def test_a_nitf_headline_with_inline_tags_is_whole(paper: Any, exports: Any) -> None:
    paper.take(exports.nitf({"title": HEADLINE.replace("&uuml;", "&#252;")}))
    assert [one.headline.text for one in paper.articles] == [HEADLINE_SEEN]


# -- a caption shortcode with curly quotes loses its caption ----------------------------------------------


@pytest.mark.parametrize(
    "shortcode",
    [
        '[caption id=“a_1” align=”left” width=“300”]<img src="https://bild.example/a.jpg"> Die alte Brücke[/caption]',
        '[caption width=&#8220;3&#8243;]<img src="https://bild.example/a.jpg"> Die alte Brücke[/caption]',
        '[caption width=„300“ caption=“Die alte Brücke”]<img src="https://bild.example/a.jpg">[/caption]',
        '[caption id="a" width="300" caption="Die alte Brücke"]<img src="https://bild.example/a.jpg" />[/caption]',
        "[caption width='3']<a href=x><img src='https://bild.example/a.jpg'></a>Die alte Brücke[/caption]",
    ],
)
def test_a_caption_shortcode_keeps_its_caption(paper: Any, exports: Any, shortcode: str) -> None:
    paper.take(exports.wxr({"id": 3, "body": f"{BEFORE}\n\n{shortcode}\n\n{AFTER}"}))
    images = [block for block in walk(paper.article(3).blocks) if isinstance(block, Image)]
    assert [(image.src, image.caption.text) for image in images] == [("https://bild.example/a.jpg", "Die alte Brücke")]
    assert "<figcaption" in paper.body(3)
    assert "caption]" not in paper.seen(3)


# -- of ten articles with one title and one date nine are dropped -----------------------------------------


def test_ten_articles_with_one_title_and_one_date_are_ten(paper: Any, exports: Any, reader: Any) -> None:
    ten = [{"title": "In Kürze", "date": "2014-05-03 10:00:00", "body": f"<p>Meldung {n}.</p>"} for n in range(10)]
    assert paper.take(exports.wxr(*({"id": n, **one} for n, one in enumerate(ten))), "a")["imported"] == 10
    assert paper.take(exports.jsonl(*({"id": str(n), **one} for n, one in enumerate(ten))), "b")["imported"] == 10
    assert paper.take(exports.jsonl(*ten, name="ohne.jsonl"), "c")["imported"] == 10
    assert paper.take(exports.csv(*({"id": n, **one} for n, one in enumerate(ten))), "d")["imported"] == 10
    nitf = [{"title": one["title"], "body": one["body"], "id": n} for n, one in enumerate(ten)]
    assert paper.take(exports.nitf(*nitf), "e")["imported"] == 10
    assert paper.take(exports.text(*(f"In Kürze\n\nMeldung {n}." for n in range(10))), "f")["imported"] == 10
    paths = [path for (path,) in paper.db.execute("SELECT path FROM article")]
    assert len(set(paths)) == 60
    for path in paths:
        page = reader.get(path)
        assert page.status_code == 200
    assert {one.blocks[0].text.text for one in paper.articles} == {f"Meldung {n}." for n in range(10)}


# -- a corrected headline makes a second article ----------------------------------------------------------


@pytest.mark.parametrize("source", ["wxr", "jsonl", "csv", "nitf", "pages", "text"])
def test_a_corrected_headline_updates_the_one_article(paper: Any, exports: Any, source: str, reader: Any) -> None:
    def export(title: str) -> Any:
        return {
            "wxr": lambda: exports.wxr({"id": 5, "title": title}),
            "jsonl": lambda: exports.jsonl({"id": "5", "title": title, "body": BEFORE}),
            "csv": lambda: exports.csv({"id": "5", "title": title, "body": BEFORE}),
            "nitf": lambda: exports.nitf({"id": "5", "title": title}),
            "pages": lambda: exports.pages({"id": 5, "title": title}),
            "text": lambda: exports.text(f"{title}\n\n{BEFORE}\n\n{AFTER}"),
        }[source]()

    assert paper.take(export("Die Brüke steht"))["imported"] == 1
    address = paper.db.execute("SELECT path FROM article").fetchone()[0]
    assert paper.take(export("Die Brücke steht"))["updated"] == 1
    assert [one.headline.text for one in paper.articles] == ["Die Brücke steht"]
    assert "Die Brücke steht" in reader.get(address).content.decode()


# -- a retry imports everything twice ---------------------------------------------------------------------


def test_a_second_import_imports_nothing_twice(paper: Any, exports: Any) -> None:
    pieces = [{"id": n, "title": f"Titel {n}", "body": f"Text {n}."} for n in range(5)]
    sources = {
        "wxr": exports.wxr(*pieces),
        "jsonl": exports.jsonl(*pieces),
        "csv": exports.csv(*pieces),
        "nitf": exports.nitf(*({**one, "body": f"<p>{one['body']}</p>"} for one in pieces)),
        "pages": exports.pages(*pieces),
        "text": exports.text(*(f"{one['title']}\n\n{one['body']}" for one in pieces)),
    }
    for name, path in sources.items():
        assert paper.take(path, name)["imported"] == 5
    for name, path in sources.items():
        counts = paper.take(path, name)
        assert {key: counts[key] for key in counts if key != "all"} == {"unchanged": 5}, name
    assert paper.db.execute("SELECT count(*) FROM article").fetchone() == (30,)


def test_a_retry_of_rejects_imports_nothing_twice(paper: Any, exports: Any) -> None:
    from backfile.rejects import retry

    paper.take(exports.jsonl({"id": "1", "title": "Eins", "body": BEFORE}, '{"id": "2", "title": "Zw'))
    exports.jsonl({"id": "1", "title": "Eins", "body": BEFORE}, '{"id": "2", "title": "Zwei", "body": "Text."}')
    for read in (1, 0):
        assert retry(paper.archive).read == read
        assert [one.headline.text for one in paper.articles] == ["Eins", "Zwei"]
    counts = paper.take(exports.folder / "export.jsonl")
    assert (counts.get("imported", 0), counts["unchanged"]) == (0, 2)


# -- one redirect or one bad row aborts the run -----------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["https://[::1/x", "http://", "ht!tp://x y", "//", "/" * 3000, "https://x.example/\u0000", "?", "http://x:99999999/a",
            "mailto:a@b", "\ud800", "http://xn--a/b", "https://x.example/%zz%ff?q=%", "https://é.example/à"],
)  # fmt: skip
def test_one_bad_old_address_stops_nothing(paper: Any, exports: Any, url: str) -> None:
    good = [{"id": str(n), "title": f"Titel {n}", "body": BEFORE, "url": f"https://a.example/{n}"} for n in (1, 2)]
    bad = {"id": "3", "title": "Titel 3", "body": BEFORE, "url": url}
    counts = paper.take(exports.jsonl(good[0], json.dumps(bad), good[1]), honest=len(url) < 2000)
    assert counts["imported"] + counts.get("rejected", 0) == 3
    assert {one.key for one in paper.articles} >= {"1", "2"}
    if "\ud800" not in url:
        assert counts["imported"] == 3


@pytest.mark.parametrize(
    "row",
    ['{"id": "2", "title": ', "[1, 2]", '"text"', "null", "\x00\x00", "{}", '{"title": {"a": ["b"]}}', "}{",
     '{"id": 1e999}'],
)  # fmt: skip
def test_one_bad_line_aborts_nothing(paper: Any, exports: Any, row: str) -> None:
    good = [{"id": f"g{n}", "title": f"Titel {n}", "body": BEFORE} for n in (1, 2)]
    counts = paper.take(exports.jsonl(good[0], row, good[1]))
    assert {one.key for one in paper.articles} >= {"g1", "g2"}
    assert counts["all"]["records"] == (3 if row.strip("\0") else 2)


def test_one_bad_row_or_item_or_file_aborts_nothing(paper: Any, exports: Any) -> None:
    rows = 'id;title;body\n1;Eins;Text eins\n2;Zwei\n3;Drei;Text drei\n4;Vier;"offen\n5;Fünf;Text fünf\n'
    paper.take(exports.write("e.csv", rows), "csv")
    assert {one.key for one in paper.articles} == {"1", "3", "5"}
    assert len(paper.rejects()) == 2
    bad = "<item><title>Kaputt</titl><wp:post_id>2</wp:post_id><content:encoded><![CDATA[Der Text bleibt.]]></item>\n"
    counts = paper.take(exports.wxr({"id": 1}, bad, {"id": 3}), "wxr")
    assert counts["all"]["records"] == 3
    assert {"1", "3"} <= {one.key for one in paper.articles if one.source == "wxr"}
    counts = paper.take(exports.nitf({"id": "a"}, "<nitf><head></nitf", "kein XML", {"id": "b"}), "nitf")
    assert {one.key for one in paper.articles if one.source == "nitf"} == {"a", "b"}
    assert counts["all"]["records"] == 4


# -- a record lacking a field takes that field from all the others ----------------------------------------


def test_a_record_lacking_a_field_takes_it_from_no_other(paper: Any, exports: Any) -> None:
    poor = {"title": "Ohne", "body": "Nur Text."}
    rich = {"title": "Mit", "body": "Text.", "lead": "Ein Vorspann.", "author": "Rosa Keller", "date": "2014-05-03"}
    rich |= {"section": "Region", "tags": "Brücke"}
    for order in ([poor, rich, poor], [rich, poor, rich], [poor, poor, rich]):
        pieces = [{"id": str(n), **one} for n, one in enumerate(order)]
        name = "".join(one["title"][0] for one in order)
        paper.take(exports.jsonl(*pieces, name=f"{name}.jsonl"), f"j{name}")
        columns = ("id", *rich)
        paper.take(exports.csv(*pieces, name=f"{name}.csv", columns=columns), f"c{name}")
    found = paper.articles
    assert len(found) == 18
    for one in found:
        said = (one.lead.text, one.bylines, one.section, one.topics, one.published is not None)
        whole = ("Ein Vorspann.", ("Rosa Keller",), "Region", ("Brücke",), True)
        assert said == (whole if one.headline.text == "Mit" else ("", (), "", (), False)), (one.source, one.key)


def test_an_item_or_document_lacking_a_field_takes_it_from_no_other(paper: Any, exports: Any) -> None:
    rich = {"title": "Mit", "lead": "Ein Vorspann.", "section": "Region", "topic": "Brücke"}
    pieces: list[dict[str, Any]] = [{"title": "Ohne"}, rich, {"title": "Ohne"}]
    paper.take(exports.wxr(*({"id": n, **one, "author": "Rosa Keller" if one is rich else ""}
                             for n, one in enumerate(pieces))), "wxr")  # fmt: skip
    paper.take(exports.nitf(*({"id": n, **one, "byline": "Rosa Keller" if one is rich else ""}
                              for n, one in enumerate(pieces))), "nitf")  # fmt: skip
    for one in paper.articles:
        said = (one.lead.text, one.bylines, one.section, one.topics)
        whole = ("Ein Vorspann.", ("Rosa Keller",), "Region", ("Brücke",))
        assert said == (whole if one.headline.text == "Mit" else ("", (), "", ())), (one.source, one.key)


# -- 00123 becomes 123 ------------------------------------------------------------------------------------


def test_a_number_keeps_its_zeros(paper: Any, exports: Any) -> None:
    paper.take(exports.csv({"id": "00123", "title": "Eins", "body": "Konto 00456, Preis 1.10"}), "csv")
    paper.take(exports.jsonl({"id": "00123", "title": "Eins", "body": "x", "konto": "00456"}), "jsonl")
    paper.take(exports.wxr({"id": "00123"}), "wxr")
    paper.take(exports.nitf({"id": "00123"}), "nitf")
    assert {(one.source, one.key) for one in paper.articles} == {(s, "00123") for s in ("csv", "jsonl", "wxr", "nitf")}
    assert "00456" in paper.articles[0].blocks[0].text.text


@pytest.mark.parametrize("number", ["123", "12345678901234567890", "1.10", "1e3", "0", "-0", "1.0"])
def test_a_json_number_keeps_its_digits(paper: Any, exports: Any, number: str) -> None:
    paper.take(exports.jsonl(f'{{"id": {number}, "title": {number}, "body": "Text", "version": {number}}}'))
    assert [(one.key, one.headline.text) for one in paper.articles] == [(number, number)]


# -- text stops at the first umlaut, emoji or curly quote -------------------------------------------------

WORDS = "Zürich – «Grüße» “an” alle 😀👩‍👩‍👧 und 𝔘𝔫𝔦𝔠𝔬𝔡𝔢, œuvre, Łódź, 東京, ﬁn … € danach."


@pytest.mark.parametrize("source", SOURCES)
def test_text_goes_on_after_umlaut_emoji_and_curly_quote(paper: Any, exports: Any, source: str) -> None:
    path, key = each_source(exports, f"<p>{WORDS} Und weiter.</p><p>Noch ein Absatz.</p>")[source]
    paper.take(path)
    seen = paper.seen(key)
    assert "danach. Und weiter. Noch ein Absatz." in seen
    for word in ("Zürich", "alle 😀👩‍👩‍👧 und 𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "œuvre, Łódź, 東京", "€ danach"):
        assert word in seen


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac-roman"]
)
@pytest.mark.parametrize("source", ["text", "csv", "jsonl"])
def test_text_goes_on_in_every_encoding(paper: Any, exports: Any, encoding: str, source: str) -> None:
    """No file says which encoding it is in; that is to be found out, for each of them."""
    long = "Der Gemeinderat von Zürich hörte die Kläger und prüfte die Bücher über Jahre. Für später fällt nichts ab."
    body = f"{long} Größe: schön. Und danach geht es weiter."
    data = {
        "text": f"Die Brücke\n\n{long} Größe: schön.\n\nUnd danach geht es weiter.\n",
        "csv": f'id,title,body\r\n1,Die Brücke,"{body}"\r\n',
        "jsonl": json.dumps({"id": "1", "title": "Die Brücke", "body": body}, ensure_ascii=False) + "\n",
    }[source].encode(encoding)
    if encoding.startswith("utf-16-"):
        data = (b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff") + data
    paper.take(exports.write(f"export.{source.replace('text', 'txt')}", data))
    (one,) = paper.articles
    assert one.headline.text == "Die Brücke"
    text = " ".join(paper.text(one.key).split())
    assert "hörte die Kläger und prüfte die Bücher über Jahre" in text
    assert text.endswith("Größe: schön. Und danach geht es weiter.")


@pytest.mark.parametrize(
    "declared", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "utf-16", "shift_jis", "nonsense"]
)
@pytest.mark.parametrize("real", ["utf-8", "cp1252"])
@pytest.mark.parametrize("source", ["wxr", "nitf", "pages"])
def test_text_goes_on_where_the_declared_encoding_lies(
    paper: Any, exports: Any, declared: str, real: str, source: str
) -> None:
    words = "Zürich – «Bäche» “schön” und über Jahre … fünf Franken. Und danach geht es weiter."
    path = {
        "wxr": lambda: exports.wxr({"id": 1, "body": words}),
        "nitf": lambda: exports.nitf({"id": 1, "body": f"<p>{words}</p>"}),
        "pages": lambda: exports.pages({"id": 1, "body": f"<p>{words}</p>"}),
    }[source]()
    for file in [path] if path.is_file() else list(path.iterdir()):
        text = file.read_text("utf-8").replace('encoding="UTF-8"', f'encoding="{declared}"')
        file.write_bytes(text.replace('charset="utf-8"', f'charset="{declared}"').encode(real))
    paper.take(path)
    assert "über Jahre … fünf Franken. Und danach geht es weiter." in " ".join(
        paper.text(paper.articles[0].key).split()
    )
    assert "Zürich – «Bäche»" in paper.text(paper.articles[0].key)


# -- list items merge into one word -----------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>Brot</li><li>Käse</li><li>Wein</li></ul>",
        "<ul><li>Brot<li>Käse<li>Wein</ul>",
        "<ol><li><p>Brot</p></li><li><div>Käse</div></li><li><b>Wein</b></li></ol>",
        "<li>Brot</li><li>Käse</li><li>Wein</li>",
        "<ul><li>Brot<ul><li>Käse</li></ul></li><li>Wein</li></ul>",
        "<ul><ul><li>Brot</li></ul><li>Käse</li>Wein</ul>",
        "<dl><dt>Brot</dt><dd>Käse</dd><dt>Wein</dt></dl>",
        "<table><tr><td>Brot</td><td>Käse</td></tr><tr><td>Wein</td></tr></table>",
        "<select><option>Brot</option><option>Käse</option><option>Wein</option></select>",
        "<menu><li>Brot</li><li>Käse</li><li>Wein</li></menu>",
        "<p>Brot<br>Käse<br/>Wein</p>",
        "<div>Brot</div><div>Käse</div><div>Wein</div>",
    ],
)
def test_list_items_never_merge(paper: Any, exports: Any, source: str, body: str) -> None:
    if source == "pages" and body.startswith(("<select", "<menu")):
        pytest.skip("on a whole page they are the website's own controls")
    path, key = each_source(exports, f"<p>{BEFORE}</p>{body}<p>{AFTER}</p>")[source]
    paper.take(path)
    page, text = paper.seen(key), " ".join(paper.text(key).split())
    for found in (page, text):
        assert re.search(r"\bBrot\b.*\bKäse\b.*\bWein\b", found), found
    assert not re.search(r"BrotKäse|KäseWein", page + text)


@pytest.mark.parametrize("source", SOURCES)
def test_lists_are_lists(paper: Any, exports: Any, source: str) -> None:
    path, key = each_source(exports, "<p>Auf dem Tisch:</p><ul><li>Brot</li><li>Käse</li></ul>")[source]
    paper.take(path)
    (found,) = [block for block in walk(paper.article(key).blocks) if isinstance(block, ListBlock)]
    assert [item.text.text for item in found.items] == ["Brot", "Käse"]


# -- words glue together between links --------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ('<p><a href="/a">Brot</a> <a href="/b">Käse</a> und <a href="/c">Wein</a></p>', "Brot Käse und Wein"),
        ('<p><a href="/a">Brot</a>\n<a href="/b">Käse</a></p>', "Brot Käse"),
        ('<p><a href="/a">Brot </a><a href="/b">Käse</a></p>', "Brot Käse"),
        ('<p><a href="/a">Brot</a><a href="/b"> Käse</a></p>', "Brot Käse"),
        ('<p><a href="/a">Brot</a>&nbsp;<a href="/b">Käse</a></p>', "Brot Käse"),
        ("<p><b>Brot</b> <i>Käse</i> <span>und</span> <u>Wein</u></p>", "Brot Käse und Wein"),
        ('<p><a href="/a">Brot</a><!-- x --> <!-- y --><a href="/b">Käse</a></p>', "Brot Käse"),
        ("<p><b>Brot</b><br><i>Käse</i></p>", "Brot Käse"),
        ('<p><a href="/a">Brot</a>, <a href="/b">Käse</a>; <a href="/c">Wein</a>.</p>', "Brot, Käse; Wein."),
        ('<p>St<b>ad</b>t<a href="/a">rat</a></p>', "Stadtrat"),
    ],
)
def test_words_never_glue_together(paper: Any, exports: Any, source: str, body: str, seen: str) -> None:
    path, key = each_source(exports, f"<p>{BEFORE}</p>{body}<p>{AFTER}</p>")[source]
    paper.take(path)
    assert f"{BEFORE} {seen} {AFTER}" in paper.seen(key).replace("\xa0", " ")


def test_a_crosshead_stays_a_crosshead_and_a_paragraph_a_paragraph(paper: Any, exports: Any) -> None:
    paper.take(exports.wxr({"id": 1, "body": f"<p>{BEFORE}</p><h2>Ein Zwischentitel</h2><p>{AFTER}</p>"}))
    assert [type(block) for block in paper.article(1).blocks] == [Paragraph, Crosshead, Paragraph]


@pytest.mark.parametrize(
    "comment", ["<details><summary>Frage</summary>Wer zahlt?</details>", "<ul><li>Eins</li><li>Zwei</li></ul>"]
)
def test_a_comment_of_boxes_and_lists_holds_no_article_back(paper: Any, exports: Any, comment: str) -> None:
    paper.take(exports.wxr({"id": 1, "comment": f"Vorher. {comment} Nachher."}))
    (found,) = paper.article(1).comments
    assert "Vorher." in found.text.text
    assert "Nachher." in found.text.text
