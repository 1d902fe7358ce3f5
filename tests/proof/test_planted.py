"""Defects planted in what shaping gives: every one is caught, and the untouched article is proved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from backfile.article import Article, Paragraph, Span, Text, block_texts
from backfile.draft import put_texts, replay
from backfile.ledger import Drop, Op, Replace, SetField
from backfile.proof import Verdict, prove
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.shaping import shape

BODY = """<p>Der Stadtrat von <em>Seewil</em> hat am 12. März 450 000 Franken für die Badi bewilligt.</p>
<h3>Streit um die Liegewiese</h3>
<p>«So geht das nicht», sagte <a href="https://seewil.example/rat?x=1&amp;y=2" title="Zur Person">Ratsherr Gubler</a>
und verliess&nbsp;den Saal. Mehr dazu <a href="/2003/badi">hier</a>.<br>Man sah ihn nicht wieder.</p>
<figure><img src="/bilder/badi.jpg" alt="Leere Liegewiese"><figcaption>Die Badi im März.</figcaption></figure>
<ul><li>Eintritt: 7 Franken</li><li>Kinder: 3 Franken</li><li>Hunde: verboten</li></ul>
<p>Vor <!-- Dieser Halbsatz stand nie in der Zeitung drin --> Ostern wird gebaut.</p>
<table><tr><th>Jahr</th><th>Gäste</th></tr><tr><td>2001</td><td>40 112</td></tr></table>
<iframe src="https://video.example/v/9"></iframe>
<script>zaehle(1);</script>
<p>Schluss &lt;Name geändert> und x<y.</p>"""
LEAVES = {"id": "77", "title": "Seewil &amp; seine Badi", "kicker": "Lokal", "body": BODY,
          "author": "Anna Muster und Urs Frei", "date": "2003-03-13 08:30:00", "note": "Seite 4"}  # fmt: skip
SPEC = SourceSpec(non_text=("id",))
RECORD = Record(source="t", key="77", format="t", media="json", payload=msgspec.json.encode(LEAVES), origin=Origin("f"))
FIELDS = [
    Field("headline", LEAVES["title"], "title", markup="html"),
    Field("kicker", LEAVES["kicker"], "kicker"),
    Field("body", BODY, "body", markup="html"),
    Field("byline", LEAVES["author"], "author"),
    Field("published", LEAVES["date"], "date"),
    Field("extra", LEAVES["note"], "note"),
]
SHAPED = shape(RECORD, FIELDS, Options())


def proof(
    article: Article = SHAPED.article, account: Any = SHAPED.account, ops: Any = (), stored: Any = None
) -> Verdict:
    return prove(RECORD, SPEC, article, account, ops, stored or article)


def test_the_untouched_article_is_proved() -> None:
    assert proof().problems == ()
    assert len(SHAPED.article.blocks) > 7


def kinds(found: Verdict) -> set[str]:
    return {problem.kind for problem in found.problems}


# -- every block lost, every text cut, every pair swapped ------------------------------------------------------

NUMBERS = range(len(SHAPED.article.blocks))
WITH_TEXT = [(n, slot) for n in NUMBERS for slot, text in block_texts(SHAPED.article.blocks[n]) if text.text]


def with_blocks(*blocks: Any) -> Article:
    return msgspec.structs.replace(SHAPED.article, blocks=tuple(blocks))


def edited(number: int, slot: str, change: Callable[[str], str]) -> Article:
    block = SHAPED.article.blocks[number]
    before = dict(block_texts(block))[slot]
    return put_texts(SHAPED.article, {f"{block.id}:{slot}": Text(change(before.text), before.marks)})


@pytest.mark.parametrize("number", NUMBERS)
def test_a_lost_block(number: int) -> None:
    blocks = SHAPED.article.blocks
    assert proof(with_blocks(*blocks[:number], *blocks[number + 1 :])).state == "failed"


@pytest.mark.parametrize(("number", "slot"), WITH_TEXT)
def test_a_text_without_its_last_letter(number: int, slot: str) -> None:
    assert proof(edited(number, slot, lambda text: text[:-1])).state == "failed"


@pytest.mark.parametrize(("number", "slot"), WITH_TEXT)
def test_a_text_without_its_first_word(number: int, slot: str) -> None:
    assert proof(edited(number, slot, lambda text: text.partition(" ")[2])).state == "failed"


@pytest.mark.parametrize(("number", "slot"), WITH_TEXT)
def test_an_invented_word(number: int, slot: str) -> None:
    assert proof(edited(number, slot, lambda text: text + " angeblich")).state == "failed"


@pytest.mark.parametrize(("number", "slot"), [(n, s) for n, s in WITH_TEXT if s != "alt"])
def test_glued_words(number: int, slot: str) -> None:
    text = dict(block_texts(SHAPED.article.blocks[number]))[slot].text
    if " " in text:
        assert proof(edited(number, slot, lambda text: text.replace(" ", "", 1))).state == "failed"


def test_a_changed_digit() -> None:
    number = next(n for n, s in WITH_TEXT if "450 000" in dict(block_texts(SHAPED.article.blocks[n]))[s].text)
    assert kinds(proof(edited(number, "text", lambda text: text.replace("450", "540")))) == {"change"}


@pytest.mark.parametrize("number", NUMBERS[:-1])
def test_two_blocks_in_the_wrong_order(number: int) -> None:
    blocks = list(SHAPED.article.blocks)
    blocks[number], blocks[number + 1] = blocks[number + 1], blocks[number]
    texts = [any(text.text for slot, text in block_texts(blocks[n]) if slot not in ("alt", "caption", "credit"))
             for n in (number, number + 1)]  # fmt: skip
    if all(texts):
        assert "order" in kinds(proof(with_blocks(*blocks)))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_block_told_twice(number: int) -> None:
    blocks = SHAPED.article.blocks
    if any(text.text for _, text in block_texts(blocks[number])):
        assert proof(with_blocks(*blocks[: number + 1], *blocks[number:])).state == "failed"


# -- single defects -----------------------------------------------------------------------------------------


def block(kind: str) -> tuple[int, Any]:
    return next((n, b) for n, b in enumerate(SHAPED.article.blocks) if type(b).__name__ == kind)


def instead(kind: str, **changes: Any) -> Article:
    number, found = block(kind)
    blocks = list(SHAPED.article.blocks)
    blocks[number] = msgspec.structs.replace(found, **changes)
    return with_blocks(*blocks)


def without_links() -> Article:
    blocks = [
        msgspec.structs.replace(b, text=Text(b.text.text)) if isinstance(b, Paragraph) else b
        for b in SHAPED.article.blocks
    ]
    return with_blocks(*blocks)


def replaced(**changes: Any) -> Article:
    return msgspec.structs.replace(SHAPED.article, **changes)


def merged_items() -> Article:
    found = block("List")[1]
    items = found.items
    both = msgspec.structs.replace(items[0], text=Text(items[0].text.text + items[1].text.text))
    return instead("List", items=(both, *items[2:]))


ARTICLE_DEFECTS: dict[str, tuple[Callable[[], Article], str]] = {
    "no headline": (lambda: replaced(headline=Text()), "loss"),
    "half a headline": (lambda: replaced(headline=Text("Seewil")), "loss"),
    "headline with an entity": (lambda: replaced(headline=Text("Seewil &amp;amp; seine Badi")), "invention"),
    "no kicker": (lambda: replaced(kicker=Text()), "loss"),
    "one author less": (lambda: replaced(bylines=SHAPED.article.bylines[:1]), "loss"),
    "an invented author": (lambda: replaced(bylines=(*SHAPED.article.bylines, "Max Niemand")), "invention"),
    "another day": (lambda: replaced(published=SHAPED.article.published.replace(day=14)), "date"),  # type: ignore[union-attr]
    "no extra": (lambda: replaced(extra=()), "unmapped"),
    "another extra": (
        lambda: replaced(extra=(msgspec.structs.replace(SHAPED.article.extra[0], value="Seite 5"),)),
        "change",
    ),
    "an invented lead": (lambda: replaced(lead=Text("Erfunden.")), "invention"),
    "one list item less": (lambda: instead("List", items=block("List")[1].items[:-1]), "loss"),
    "list items swapped": (lambda: instead("List", items=block("List")[1].items[::-1]), "order"),
    "list items merged": (merged_items, "loss"),
    "a table row less": (lambda: instead("Table", rows=block("Table")[1].rows[:1]), "loss"),
    "another picture": (lambda: instead("Image", src="/bilder/anderes.jpg"), "media"),
    "no alternative text": (lambda: instead("Image", alt=Text()), "loss"),
    "another film": (lambda: instead("Embed", url="https://video.example/v/8"), "media"),
    "no links": (without_links, "link"),
    "ranges of another leaf": (lambda: instead("Crosshead", source=(Span("title", 0, 3),)), "loss"),
    "ranges that do not exist": (lambda: instead("Crosshead", source=(Span("body", 9000, 9100),)), "span"),
    "no ranges": (lambda: instead("Crosshead", source=()), "invention"),
}


@pytest.mark.parametrize("name", ARTICLE_DEFECTS)
def test_a_planted_defect(name: str) -> None:
    make, kind = ARTICLE_DEFECTS[name]
    assert kind in kinds(proof(make()))


def test_an_entry_of_the_account_less() -> None:
    drops = [op for op in SHAPED.account if isinstance(op, Drop) and op.text.strip()]
    assert drops
    for gone in drops:
        assert proof(account=[op for op in SHAPED.account if op is not gone]).state == "failed", gone


# -- the ledger ------------------------------------------------------------------------------------------------


def first_paragraph() -> Any:
    return block("Paragraph")[1]


def test_a_ledger_that_gives_the_stored_article() -> None:
    at = f"{first_paragraph().id}:text"
    ops: list[Op] = [Replace(by="rule", at=at, start=0, before="Der", after="Die")]
    stored = edited(block("Paragraph")[0], "text", lambda text: "Die" + text[3:])
    assert proof(ops=ops, stored=stored).state == "proved"
    assert kinds(proof(ops=ops, stored=SHAPED.article)) == {"ledger"}
    assert kinds(proof(ops=(), stored=stored)) == {"ledger"}
    assert kinds(proof(ops=[*ops, *ops], stored=stored)) == {"ledger"}


def test_a_replacement_that_hides_a_drop() -> None:
    text = first_paragraph().text.text
    ops: list[Op] = [Replace(by="rule", at=f"{first_paragraph().id}:text", start=0, before=text, after="…")]
    assert kinds(proof(ops=ops, stored=replay(SHAPED.article, ops))) == {"ledger"}
    ops = [SetField(by="rule", field="section", before="", after="Lokal")]
    assert proof(ops=ops, stored=replay(SHAPED.article, ops)).state == "proved"
