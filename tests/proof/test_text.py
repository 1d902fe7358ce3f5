"""Loss and invention, planted in articles made by a naive reference: always found; nothing planted: never."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.article import (
    Article,
    Comment,
    Extra,
    Image,
    ListItem,
    Mark,
    Paragraph,
    Span,
    Text,
)
from backfile.article import List as ListBlock
from backfile.ledger import Drop, Generate, Move
from backfile.proof import Verdict, prove
from backfile.record import Origin, Record, SourceSpec

# -- a naive reference: an article made of given texts, each placed where the source holds it ----------------

SPEC = SourceSpec(non_text=("id",))


def record(leaf: str, media: str = "json") -> Record:
    """A record of one leaf: `body` of a JSON object, the text of a file, or a page."""
    payload = json.dumps({"id": 7, "body": leaf}) if media == "json" else leaf
    return Record(
        source="test",
        key="7",
        format="test",
        media=media,
        payload=payload.encode(),
        origin=Origin("x"),  # type: ignore[arg-type]
    )


def paragraph(number: int, text: str, start: int, end: int, leaf: str = "body") -> Paragraph:
    return Paragraph(id=f"b{number}", source=(Span(leaf, start, end),), text=Text(text))


_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def naive(leaf: str) -> Article:
    """For markup that is `<p>…</p>` with inline tags only: one paragraph each."""
    blocks = []
    for number, found in enumerate(_PARAGRAPH.finditer(leaf)):
        text = html.unescape(re.sub(r"<[^<>]*>", "", found[1]))
        if text.strip():
            blocks.append(paragraph(number, " ".join(text.split()), found.start(1), found.end(1)))
    return Article(source="test", key="7", blocks=tuple(blocks))


def verdict(leaf: str, article: Article, account: Any = (), media: str = "json") -> Verdict:
    return prove(record(leaf, media), SPEC, article, account, (), article)


def kinds(found: Verdict) -> list[str]:
    return [problem.kind for problem in found.problems]


# -- planted -------------------------------------------------------------------------------------------------

WORD = st.text("abcdefgäöüéß", min_size=2, max_size=9)
SENTENCE = st.lists(WORD, min_size=2, max_size=8)
INLINE = st.sampled_from(
    ["{}", "{}", "<em>{}</em>", "<b>{}</b>,", "{} &amp;", "x&lt;{}", "{}<br>", "<span class='x'>{}</span>"]
)


@st.composite
def stories(draw: Any) -> list[list[str]]:
    """Paragraphs of words, each word with its markup; each paragraph is unlike all others."""
    texts = draw(st.lists(SENTENCE, min_size=2, max_size=6))
    return [[f"nr{number}", *(draw(INLINE).format(word) for word in words)] for number, words in enumerate(texts)]


def markup(story: list[list[str]]) -> str:
    return "\n".join(f"<p>{' '.join(words)}</p>" for words in story)


def with_text(article: Article, number: int, text: str) -> Article:
    blocks = list(article.blocks)
    blocks[number] = msgspec.structs.replace(blocks[number], text=Text(text))
    return msgspec.structs.replace(article, blocks=tuple(blocks))


def with_blocks(article: Article, *blocks: Any) -> Article:
    return msgspec.structs.replace(article, blocks=tuple(blocks))


@given(stories())
def test_nothing_planted_is_proved(story: list[list[str]]) -> None:
    leaf = markup(story)
    assert verdict(leaf, naive(leaf)).state == "proved"


@given(stories(), st.data())
def test_a_lost_word_is_found(story: list[list[str]], data: st.DataObject) -> None:
    leaf = markup(story)
    article = naive(leaf)
    number = data.draw(st.integers(0, len(article.blocks) - 1))
    words = article.blocks[number].text.text.split()
    words.pop(data.draw(st.integers(0, len(words) - 1)))
    found = verdict(leaf, with_text(article, number, " ".join(words)))
    assert found.state == "failed"
    assert set(kinds(found)) <= {"loss", "change"}


@given(stories(), st.data())
def test_swapped_paragraphs_are_found(story: list[list[str]], data: st.DataObject) -> None:
    leaf = markup(story)
    article = naive(leaf)
    number = data.draw(st.integers(0, len(article.blocks) - 2))
    blocks = list(article.blocks)
    blocks[number], blocks[number + 1] = blocks[number + 1], blocks[number]
    assert kinds(verdict(leaf, with_blocks(article, *blocks))) == ["order"]


@given(stories(), st.data())
def test_exchanged_texts_are_found(story: list[list[str]], data: st.DataObject) -> None:
    leaf = markup(story)
    article = naive(leaf)
    one, other = article.blocks[:2]
    swapped = with_text(with_text(article, 0, other.text.text), 1, one.text.text)  # type: ignore[union-attr]
    assert verdict(leaf, swapped).state == "failed"


@given(stories(), st.data())
def test_a_sentence_told_twice_is_found(story: list[list[str]], data: st.DataObject) -> None:
    leaf = markup(story)
    article = naive(leaf)
    number = data.draw(st.integers(0, len(article.blocks) - 1))
    again = msgspec.structs.replace(article.blocks[number], id="again")
    blocks = (*article.blocks[: number + 1], again, *article.blocks[number + 1 :])
    assert verdict(leaf, with_blocks(article, *blocks)).state == "failed"


@given(stories(), st.data(), WORD)
def test_an_invented_word_is_found(story: list[list[str]], data: st.DataObject, word: str) -> None:
    leaf = markup(story)
    article = naive(leaf)
    number = data.draw(st.integers(0, len(article.blocks) - 1))
    words = article.blocks[number].text.text.split()
    words.insert(data.draw(st.integers(0, len(words))), word)
    found = verdict(leaf, with_text(article, number, " ".join(words)))
    assert found.state == "failed"
    assert set(kinds(found)) <= {"invention", "change", "duplicate"}


# -- what the account may say ---------------------------------------------------------------------------


def drop(leaf: str, words: str, text: str | None = None) -> Drop:
    start = leaf.index(words)
    return Drop(
        by="test", reason="test", text=words if text is None else text, span=Span("body", start, start + len(words))
    )


CODE = "<p>Vor [codex id=1] nach.</p>"


def test_a_drop_inside_a_paragraph() -> None:
    one = paragraph(1, "Vor nach.", 3, 25)
    article = Article(source="test", key="7", blocks=(one,))
    assert verdict(CODE, article, [drop(CODE, "[codex id=1]")]).state == "proved"
    assert verdict(CODE, article, [drop(CODE, "[codex id=1]", "[codex id=2]")]).state == "failed"
    assert kinds(verdict(CODE, article)) == ["loss"]
    two = msgspec.structs.replace(one, source=(Span("body", 3, 6), Span("body", 20, 25)))
    assert verdict(CODE, with_blocks(article, two), [drop(CODE, "[codex id=1]")]).state == "proved"
    assert verdict(CODE, with_blocks(article, two)).state == "failed"


def test_a_script_must_be_dropped_by_name() -> None:
    leaf = "<p>Text</p><script>var a = 1;</script>"
    assert kinds(verdict(leaf, naive(leaf))) == ["loss"]
    assert verdict(leaf, naive(leaf), [drop(leaf, "var a = 1;")]).state == "proved"
    assert verdict(leaf, naive(leaf), [drop(leaf, "<script>var a = 1;</script>", "var a = 1;")]).state == "proved"


def test_a_comment_that_holds_prose_must_be_dropped_by_name() -> None:
    leaf = "<p>Text</p><!-- Dieser Satz stand einmal auf der Seite. --><!-- nav -->"
    assert kinds(verdict(leaf, naive(leaf))) == ["loss"]
    account = [drop(leaf, " Dieser Satz stand einmal auf der Seite. ")]
    assert verdict(leaf, naive(leaf), account).state == "proved"
    assert verdict(leaf, naive(leaf), [*account, drop(leaf, " nav ")]).state == "proved"
    assert verdict(leaf, naive(leaf), [*account, drop(leaf, "<!-- nav -->", "nav")]).state == "proved"


@pytest.mark.parametrize("leaf", ["<p>Er sagte: x<y und <3 <Name der Redaktion geändert>.</p>",
                                  "<p>Vor <!-- offen nach</p>",
                                  "<p>Bild</p><!** Bild 1 Legende dazu><p>Ende</p>"])  # fmt: skip
def test_malformed_markup_loses_nothing(leaf: str) -> None:
    """What HTML parsers lose silently (they stop at the `<`) is a loss here."""
    start, end = leaf.index("<p>") + 3, leaf.index("<", 4)
    lossy = Article(source="test", key="7", blocks=(paragraph(0, leaf[start:end].strip(), start, end),))
    assert "loss" in kinds(verdict(leaf, lossy))


def test_an_unclosed_quote_swallows_nothing() -> None:
    leaf = '<p><a href="http://x.ch>Erster Link</a> Text <a href="http://y.ch">zweiter</a></p>'
    swallowed = Article(
        source="test", key="7", blocks=(paragraph(0, "zweiter", leaf.index("zweiter"), leaf.index("zweiter") + 7),)
    )
    assert "loss" in kinds(verdict(leaf, swallowed))
    marks = (Mark(0, 11, "link", "http://x.ch"), Mark(17, 24, "link", "http://y.ch"))
    whole = msgspec.structs.replace(paragraph(0, "", 3, len(leaf) - 4), text=Text("Erster Link Text zweiter", marks))
    assert verdict(leaf, with_blocks(swallowed, whole)).state == "proved"


def test_a_move_must_be_recorded() -> None:
    leaf = "<p>Erstens.</p><p>Zweitens.</p>"
    one, two = naive(leaf).blocks
    swapped = Article(source="test", key="7", blocks=(two, one))
    assert kinds(verdict(leaf, swapped)) == ["order"]
    move = Move(by="test", text="Erstens.", to="body", span=one.source[0])
    assert verdict(leaf, swapped, [move]).state == "proved"


def test_a_move_to_a_field_without_ranges_must_arrive() -> None:
    leaf = "<p>Von Anna Muster</p><p>Text.</p>"
    article = Article(source="test", key="7", blocks=naive(leaf).blocks[1:], bylines=("Anna Muster",))
    account = [drop(leaf, "Von"), Move(by="test", text="Anna Muster", to="bylines", span=Span("body", 7, 18))]
    placed = msgspec.structs.replace(article, origin={"bylines": (Span("body", 7, 18),)})
    assert verdict(leaf, placed, account).state == "proved"
    assert "loss" in kinds(verdict(leaf, msgspec.structs.replace(article, bylines=()), account))


def test_what_is_generated_is_no_invention_if_it_is_named() -> None:
    leaf = "<p>Text</p>"
    article = Article(source="test", key="7", blocks=(paragraph(0, "1. Text", 3, 7),))
    assert kinds(verdict(leaf, article)) == ["invention"]
    said = Generate(by="test", text="1.", reason="number", span=Span("body", 3, 3))
    assert verdict(leaf, article, [said]).state == "proved"


def test_text_without_ranges_is_an_invention() -> None:
    leaf = "<p>Text</p>"
    article = naive(leaf)
    block = Paragraph(id="x", text=Text("Nirgends her"))
    assert kinds(verdict(leaf, with_blocks(article, *article.blocks, block))) == ["invention"]
    assert kinds(verdict(leaf, msgspec.structs.replace(article, headline=Text("Nirgends her")))) == ["invention"]


def test_ranges_that_do_not_exist_are_found() -> None:
    leaf = "<p>Text</p>"
    assert "span" in kinds(verdict(leaf, with_blocks(naive(leaf), paragraph(0, "Text", 3, 900))))
    elsewhere = paragraph(1, "Mehr", 0, 4, "nirgends")
    assert "span" in kinds(verdict(leaf, with_blocks(naive(leaf), *naive(leaf).blocks, elsewhere)))


# -- attributes, pictures, links --------------------------------------------------------------------------

PICTURE = '<p>Vor</p><img src="/a.jpg" alt="Ein Bild" title="Der See"><p><a href="/b?x=1&amp;y=2">Nach</a></p>'


def picture_article(**changes: Any) -> Article:
    alt = PICTURE.index("Ein Bild")
    image = Image(id="i", src="/a.jpg", alt=Text("Ein Bild"), caption=Text("Der See"),
                  source=(Span("body", alt, alt + 8, "alt"), Span("body", alt + 17, alt + 24, "caption")))  # fmt: skip
    image = msgspec.structs.replace(image, **changes)
    end = len(PICTURE) - 8
    link = msgspec.structs.replace(
        paragraph(2, "", end - 4, end), text=Text("Nach", (Mark(0, 4, "link", "/b?x=1&y=2"),))
    )
    return Article(source="test", key="7", blocks=(paragraph(1, "Vor", 3, 6), image, link))


def test_words_in_attributes_are_text() -> None:
    article = picture_article()
    assert verdict(PICTURE, article).state == "proved"
    lost = picture_article(caption=Text(), source=article.blocks[1].source[:1])
    assert kinds(verdict(PICTURE, lost)) == ["loss"]
    assert verdict(PICTURE, lost, [drop(PICTURE, "Der See")]).state == "proved"
    assert kinds(verdict(PICTURE, picture_article(alt=Text("Ein Bild!")))) == ["invention"]


def test_a_lost_picture_is_found() -> None:
    article = picture_article(src="/b.jpg")
    found = verdict(PICTURE, article)
    assert kinds(found) == ["media"]
    assert found.problems[0].expected == "/a.jpg"
    named = Drop(by="test", reason="tracking pixel", text="/a.jpg", span=Span("body", 0, 0))
    assert "media" not in kinds(verdict(PICTURE, article, [named]))


def test_a_lost_link_is_found_also_where_its_address_is_linked_twice() -> None:
    leaf = '<p><a href="/a">eins</a> und <a href="/a">zwei</a></p>'
    both = (Mark(0, 4, "link", "/a"), Mark(9, 13, "link", "/a"))

    def article(*marks: Mark) -> Article:
        block = msgspec.structs.replace(paragraph(0, "", 3, len(leaf) - 4), text=Text("eins und zwei", marks))
        return Article(source="test", key="7", blocks=(block,))

    assert verdict(leaf, article(*both)).state == "proved"
    assert kinds(verdict(leaf, article(both[0]))) == ["link"]
    assert verdict(leaf.replace(" und ", ""), article()).state == "failed"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "#", "", " JavaScript:x "])
def test_addresses_that_lead_nowhere_need_no_link(href: str) -> None:
    leaf = f'<p><a href="{href}">Text</a></p>'
    assert verdict(leaf, naive(leaf)).state == "proved"


def test_neighbouring_links_may_become_one() -> None:
    leaf = '<p><a href="/a">ein</a><a href="/a">s</a></p>'
    block = msgspec.structs.replace(paragraph(0, "", 3, len(leaf) - 4), text=Text("eins", (Mark(0, 4, "link", "/a"),)))
    assert verdict(leaf, Article(source="test", key="7", blocks=(block,))).state == "proved"


# -- fields, values, lists, leaves ---------------------------------------------------------------------------


def many(
    article: Article, leaves: dict[str, Any], spec: SourceSpec = SPEC, context: dict[str, str] | None = None
) -> Any:
    payload = Record(source="t", key="1", format="t", media="json", payload=msgspec.json.encode(leaves),
                     origin=Origin("f"), context=context or {})  # fmt: skip
    return prove(payload, spec, article, (), (), article)


def test_every_leaf_counts() -> None:
    article = Article(source="t", key="1", headline=Text("Titel"), origin={"headline": (Span("title", 0, 5),)})
    assert many(article, {"title": "Titel", "id": "x"}).state == "proved"
    assert kinds(many(article, {"title": "Titel", "note": "Vergessen"})) == ["unmapped"]
    assert kinds(many(article, {"title": "Titel und mehr"})) == ["loss"]
    extra = msgspec.structs.replace(article, extra=(Extra("note", "Vergessen", (Span("note", 0, 9),)),))
    assert many(extra, {"title": "Titel", "note": "Vergessen"}).state == "proved"


def test_a_category_may_be_section_and_topic() -> None:
    span = (Span("tag", 0, 5),)
    article = Article(source="t", key="1", section="Sport", topics=("Sport",), origin={"section": span, "topics": span})
    assert many(article, {"tag": "Sport"}).state == "proved"


def test_names_in_order_each_with_its_range() -> None:
    origin = {"bylines": (Span("by", 0, 4), Span("by", 9, 12))}
    article = Article(source="t", key="1", bylines=("Anna", "Urs"), origin=origin)
    assert kinds(many(article, {"by": "Anna und Urs"})) == ["loss"]
    payload = record("x")
    payload = msgspec.structs.replace(payload, payload=b'{"by": "Anna und Urs"}')
    account = [Drop(by="t", reason="and", text="und", span=Span("by", 5, 8))]
    assert prove(payload, SPEC, article, account, (), article).state == "proved"


@pytest.mark.parametrize(
    ("leaf", "state"),
    [
        ("2011-03-05 10:00:00", "proved"),
        ("Sat, 05 Mar 2011 09:00:00 +0000", "proved"),
        ("2011-03-05T10:00:00+01:00", "proved"),
        ("5. März 2011, 10 Uhr", "proved"),
        ("20110305", "proved"),
        (str(int(datetime(2011, 3, 5, 9, tzinfo=UTC).timestamp())), "proved"),
        ("2011-03-06 10:00:07", "failed"),
        ("2012-03-05T10:00:00+01:00", "failed"),
        ("5. März 1999", "failed"),
    ],
)
def test_dates_must_be_the_sources(leaf: str, state: str) -> None:
    when = datetime(2011, 3, 5, 10, tzinfo=timezone(timedelta(hours=1)))
    article = Article(source="t", key="1", published=when, origin={"published": (Span("date", 0, len(leaf)),)})
    assert many(article, {"date": leaf}).state == state


def test_a_long_text_cannot_pass_as_a_value() -> None:
    leaf = "Ein Satz, der verschwinden soll. " * 100
    article = Article(source="t", key="1", origin={"language": (Span("date", 0, len(leaf)),)})
    assert many(article, {"date": leaf}).state == "failed"


def test_a_display_name_comes_from_the_context() -> None:
    article = Article(source="t", key="1", bylines=("Anna Muster",), origin={"bylines": (Span("id", 0, 2),)})
    assert many(article, {"id": "am"}, context={"author": "Anna Muster"}).state == "proved"
    assert many(article, {"id": "am"}, context={"author": "Urs"}).state == "failed"
    assert many(article, {"id": "am"}).state == "failed"


def test_a_leaf_with_signs_of_markup_is_read_one_way_or_the_other() -> None:
    """Tags shown literally lose nothing: the reading is recorded. Tags lost where text was meant is not possible."""
    leaf = "Wenn <b>a</b> &amp; b"

    def article(text: str) -> Article:
        return Article(source="t", key="1", headline=Text(text), origin={"headline": (Span("title", 0, len(leaf)),)})

    assert many(article("Wenn a & b"), {"title": leaf}).readings == ()
    literal = many(article(leaf), {"title": leaf})
    assert (literal.state, literal.readings) == ("proved", (("title", "text"),))
    assert many(article("Wenn <b>a</b> & b"), {"title": leaf}).state == "failed"
    assert many(article("Wenn b"), {"title": leaf}).state == "failed"


def test_list_items_and_comments() -> None:
    leaf = "<ul><li>eins</li><li>zwei</li></ul>"
    spans = (Span("body", 8, 12, "items.0"), Span("body", 21, 25, "items.1"))

    def article(*items: str) -> Article:
        block = ListBlock(id="l", items=tuple(ListItem(Text(item)) for item in items), source=spans[: len(items)])
        return Article(source="test", key="7", blocks=(block,))

    assert verdict(leaf, article("eins", "zwei")).state == "proved"
    assert kinds(verdict(leaf, article("eins"))) == ["loss"]
    assert kinds(verdict(leaf, article("zwei", "eins"))) == ["order", "order"]
    assert verdict(leaf, article("einszwei")).state == "failed"

    said = Comment("Urs", Text("Stimmt!"), source=(Span("body", 0, 7, "text"), Span("id", 0, 1, "author")))
    commented = Article(source="test", key="7", comments=(said,))
    assert verdict("Stimmt!", commented).state == "failed"
    assert (
        verdict(
            "Stimmt!", msgspec.structs.replace(commented, comments=(msgspec.structs.replace(said, author="7"),))
        ).state
        == "proved"
    )


def test_special_spaces_and_composed_letters_are_no_difference_but_letters_are() -> None:
    leaf = "<p>Zu\u0308rich\u00a0&ndash; gross\u00adartig</p>"
    assert (
        verdict(leaf, with_blocks(naive(leaf), paragraph(0, "Zürich – gross\u00adartig", 3, len(leaf) - 4))).state
        == "proved"
    )
    assert (
        verdict(leaf, with_blocks(naive(leaf), paragraph(0, "Zürich – grossartig", 3, len(leaf) - 4))).state == "failed"
    )
    damaged = "<p>Und so weiter\x85</p>"
    assert (
        verdict(damaged, with_blocks(naive(damaged), paragraph(0, "Und so weiter", 3, len(damaged) - 4))).state
        == "failed"
    )


def test_problems_are_bounded() -> None:
    leaf = "".join(f"<p>{'wort' * 100} {n}</p>" for n in range(200))
    found = verdict(leaf, Article(source="test", key="7", blocks=(paragraph(0, "x", 0, 1),)))
    assert found.state == "failed"
    assert len(found.problems) == 20
    assert len(msgspec.json.encode(found)) < 12_000
