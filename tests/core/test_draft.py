"""The ledger is the execution: what a draft did, a replay does again, and marks keep to their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.article import (
    Article,
    Crosshead,
    FactBox,
    Gallery,
    Image,
    List,
    ListItem,
    Mark,
    Note,
    Paragraph,
    Text,
    article_texts,
    from_json,
    plain_text,
    to_json,
)
from backfile.draft import Draft, concat, cut, replay, splice
from backfile.ledger import Drop, LedgerError, Op, Replace
from backfile.ledger import from_json as ops_from_json
from backfile.ledger import to_json as ops_to_json
from backfile.splicing import splice_all


def article(*texts: str, **fields: object) -> Article:
    blocks = tuple(Paragraph(id=f"b{n}", text=Text(text)) for n, text in enumerate(texts))
    return Article(source="bote", key="1", blocks=blocks, **fields)  # type: ignore[arg-type]


def texts(found: Article) -> list[str]:
    return [text.text for _, text in article_texts(found)]


def test_replace_moves_the_marks_after_it() -> None:
    text = Text("Der f&uuml;nfte Tag", (Mark(start=4, end=15, kind="strong"), Mark(start=16, end=19, kind="emphasis")))
    mended = splice(text, 5, 11, "ü")
    assert mended.text == "Der fünfte Tag"
    assert [mended.text[m.start : m.end] for m in mended.marks] == ["fünfte", "Tag"]


def test_insertion_at_the_edge_of_a_mark_stays_outside_it() -> None:
    text = Text("Bern", (Mark(start=0, end=4, kind="strong"),))
    assert splice(text, 4, 4, ", heute").marks == text.marks
    assert splice(text, 0, 0, "In ").marks == (Mark(start=3, end=7, kind="strong"),)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4),
    st.integers(0, 30),
    st.integers(0, 30),
    st.text(max_size=5),
)
def test_splice_keeps_marks_inside_the_text(
    body: str, ranges: list[tuple[int, int]], a: int, b: int, after: str
) -> None:
    size = len(body)
    marks = tuple(
        Mark(start=min(x, y), end=max(x, y), kind="strong") for x, y in ranges if x != y and max(x, y) <= size
    )
    start, end = sorted((min(a, size), min(b, size)))
    out = splice(Text(body, marks), start, end, after)
    assert out.text == body[:start] + after + body[end:]
    assert all(0 <= m.start < m.end <= len(out.text) for m in out.marks)
    untouched = [m for m in marks if m.end <= start]
    assert all(m in out.marks for m in untouched)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[Text, list[tuple[int, int, str]]]:
    """A text with marks, and edits of it in order: none overlaps another, no two insertions at one place."""
    body = draw(st.text(alphabet="abc ", min_size=1, max_size=24))
    bounds = sorted(draw(st.lists(st.integers(0, len(body)), max_size=8, unique=True)))
    afters = draw(st.lists(st.sampled_from(["", "x", "yz", "long one"]), min_size=4, max_size=4))
    edits = [(a, b, after) for a, b, after in zip(bounds[::2], bounds[1::2], afters, strict=False)]
    pairs = draw(st.lists(st.tuples(st.integers(0, len(body)), st.integers(0, len(body))), max_size=4))
    marks = tuple(Mark(start=min(pair), end=max(pair), kind="strong") for pair in pairs if pair[0] != pair[1])
    return Text(body, marks), edits


@given(texts_with_edits())
def test_many_edits_at_once_are_one_after_the_other_from_the_right(
    given_text: tuple[Text, list[tuple[int, int, str]]],
) -> None:
    text, edits = given_text
    one_by_one = text
    for start, end, after in reversed(edits):
        one_by_one = splice(one_by_one, start, end, after)
    assert splice_all(text, edits) == one_by_one


@given(st.text(max_size=20), st.integers(0, 20))
def test_cut_and_concat_are_inverse(body: str, at: int) -> None:
    at = min(at, len(body))
    text = Text(body, (Mark(start=0, end=len(body), kind="link", href="/"),) if body else ())
    joined = concat(cut(text, 0, at), "", cut(text, at, len(body)))
    assert joined.text == body


def test_every_operation_replays_to_the_same_article() -> None:
    start = article("Bern. Ein Satz.Ein zweiter Satz", "Rest (sda)", "Titel hier", language="de")
    draft = Draft(start)
    second = draft.split("b0", 15, by="glued-sentences")
    draft.move("b1:text", 5, 10, "agency", by="agency-credit")
    draft.retype("b2", "crosshead", by="crosshead")
    draft.join("b0", second, " ", by="hand")
    draft.replace("b0:text", 0, 4, "BERN", by="hand")
    draft.set_field("language", "de-CH", by="language")
    draft.set_mark("b0:text", Mark(start=0, end=4, kind="strong"), by="hand")
    draft.generate("b1:text", 0, "1. ", reason="list number", by="hand")
    draft.drop("b1:text", 3, 8, reason="sign-off", by="hand")
    assert texts(draft.article) == ["BERN. Ein Satz. Ein zweiter Satz", "1. ", "Titel hier"]
    assert draft.article.rights.agency == "(sda)"
    assert isinstance(draft.article.blocks[2], Crosshead)
    ops = ops_from_json(ops_to_json(draft.ops))
    assert list(ops) == draft.ops
    assert to_json(replay(start, ops)) == to_json(draft.article)


def test_dropping_a_block_records_all_its_text() -> None:
    images = (Image(id="i1", src="a.jpg", caption=Text("Links")), Image(id="i2", src="b.jpg", caption=Text("Rechts")))
    start = Article(source="s", key="1", blocks=(*article("Text").blocks, Gallery(id="g", images=images)))
    draft = Draft(start)
    draft.drop_block("g", reason="repeated gallery", by="test")
    assert draft.ops == [Drop(by="test", text="Links\nRechts", reason="repeated gallery", at="g:")]
    assert replay(start, draft.ops) == draft.article


def test_blocks_inside_a_box_are_found_and_changed() -> None:
    box = FactBox(id="box", title=Text("Kurz"), blocks=(Paragraph(id="p", text=Text("a  b")),))
    items = List(id="l", items=(ListItem(text=Text("eins")), ListItem(text=Text("zwei"))))
    draft = Draft(Article(source="s", key="1", blocks=(box, items)))
    draft.replace("p:text", 1, 3, " ", by="t")
    draft.replace("l:items.1", 0, 4, "drei", by="t")
    assert texts(draft.article) == ["Kurz", "a b", "eins", "drei"]


@pytest.mark.parametrize(
    "op",
    [
        Replace(by="t", at="b0:text", start=0, before="Basel", after="Bern"),
        Replace(by="t", at="b9:text", start=0, before="B", after="C"),
        Replace(by="t", at="b0:items.3", start=0, before="B", after="C"),
        Drop(by="t", at="b0:text", text="xx", start=0, end=5, reason="r"),
        Drop(by="t", at="b0:", text="other", reason="r"),
    ],
)
def test_an_operation_that_does_not_fit_changes_nothing(op: Op) -> None:
    draft = Draft(article("Bern"))
    before = draft.article
    with pytest.raises(LedgerError):
        draft.do(op)
    assert draft.article is before
    assert draft.ops == []


def test_a_replacement_by_nothing_is_refused() -> None:
    with pytest.raises(LedgerError, match="drop"):
        Draft(article("Bern")).replace("b0:text", 0, 4, "", by="t")


def test_retype_refuses_to_lose_a_text() -> None:
    draft = Draft(article("Zitat"))
    draft.retype("b0", "note", by="t", kind="import-notice")
    note = draft.article.blocks[0]
    assert isinstance(note, Note)
    assert note.kind == "import-notice"
    with pytest.raises(LedgerError):
        draft.retype("b0", "image", by="t")


def test_json_is_the_same_for_the_same_article_and_reads_back() -> None:
    start = article("Größe", origin={})
    assert from_json(to_json(start)) == start
    assert to_json(from_json(to_json(start))) == to_json(start)


def test_plain_text_has_lead_and_captions_but_no_headline_or_alt() -> None:
    picture = Image(id="i", src="a.jpg", caption=Text("Die Brücke."), alt=Text("Brücke"))
    found = Article(source="s", key="1", headline=Text("Titel"), lead=Text("Lead."), blocks=(picture,))
    assert plain_text(found) == "Lead.\n\nDie Brücke."


def test_a_field_that_is_a_list_is_replayed_from_the_stored_ledger() -> None:
    article = Article(source="s", key="1", bylines=("Anna Muster ", "Urs Beispiel"))
    draft = Draft(article)
    draft.set_field("bylines", ("Anna Muster", "Urs Beispiel"), by="test")
    stored = ops_from_json(ops_to_json(draft.ops))
    assert replay(article, stored) == draft.article
    assert draft.article.bylines == ("Anna Muster", "Urs Beispiel")
    assert replay(article, draft.ops) == draft.article
