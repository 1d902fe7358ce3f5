"""Shaping: a record's mapped fields → an article of typed blocks, with an account of everything that is not in it."""

from __future__ import annotations

from typing import Any

import msgspec

from backfile.article import Article, Block, Paragraph, block_texts, walk
from backfile.fault import Fault
from backfile.ledger import Op
from backfile.record import Field, Options, Record
from backfile.shaping import figures, nitf, page, plain, wordpress
from backfile.shaping.fields import Fields
from backfile.shaping.html import Body, Builder, build
from backfile.shaping.ids import new_id
from backfile.shaping.language import language_of, tag
from backfile.shaping.ordinary import ordinary
from backfile.shaping.settle import finished
from backfile.shaping.tokens import tokenize

DIALECTS = {"wordpress": wordpress.dialect}
"""What old systems write into HTML beside HTML: functions from tokens to tokens, by name."""


class Shaped(msgspec.Struct, frozen=True):
    """An article as its source tells it. `account`: operations with a `span`, for source text that is not simply in its
    place; `faults`: what shaping saw (missing dates, unsafe links, blocks without a type)."""

    article: Article
    account: tuple[Op, ...] = ()
    faults: tuple[Fault, ...] = ()


def shape(record: Record, fields: list[Field], options: Options) -> Shaped:
    """Shape one record. Pure: the same record gives the same article, byte for byte."""
    ids: dict[str, int] = {}
    work = Fields(options, ids)
    blocks: list[Block] = []
    for field in fields:
        if field.role == "body":
            blocks += _body(field, record, work, fields)
        else:
            work.add(field)
    values = work.article()
    blocks[:0] = work.front
    if not blocks and "lead" not in values:
        work.faults.append(Fault(name="empty-body", grade="shown", state="open"))
    if not values.get("language"):
        values["language"] = _language(values, blocks, options.language or record.context.get("language", ""))
    article = Article(source=record.source, key=record.key, blocks=tuple(blocks), **values)
    return Shaped(article, tuple(work.account), tuple(work.faults))


def _language(values: dict[str, Any], blocks: list[Block], site: str) -> str:
    """Told by the lead and the first paragraphs; of an article without any, by whatever text it has."""
    texts = [values["lead"].text] if "lead" in values else []
    texts += [block.text.text for block in blocks[:6] if type(block) is Paragraph]
    if not texts:
        texts = [text.text for block in walk(tuple(blocks[:20])) for _, text in block_texts(block)]
    return language_of(" ".join(texts), tag(site) if site else "")


def _body(field: Field, record: Record, work: Fields, fields: list[Field]) -> tuple[Block, ...]:
    """The blocks of one body; what else it holds goes to `work`."""
    if field.markup == "html":
        body = _html(field, record, work)
    elif field.markup == "nitf":
        body = _nitf(field, work)
    elif field.markup == "page":
        body = _page(field, work)
    else:
        has_headline = any(one.role == "headline" and one.value.strip() for one in fields)
        body = _plain(field, work, head=record.media == "text" and not has_headline)
    work.account += body.account
    work.faults += body.faults
    if not body.blocks and not body.account:
        work.nothing(field)
    return body.blocks


def _html(field: Field, record: Record, work: Fields) -> Body:
    dialect = DIALECTS.get(field.dialect)
    body = ordinary(field.value, field.leaf, field.start, work.ids, dialect is not None)
    if body is not None:
        return body
    tokens = tokenize(field.value)
    if dialect is None:
        return build(field.value, field.leaf, tokens, field.start, work.ids)
    made = dialect(field.value, tokens, field.leaf, record.context)
    work.account += made.account
    work.faults += made.faults
    return build(field.value, field.leaf, made.tokens, field.start, work.ids)


def _nitf(field: Field, work: Fields) -> Body:
    """The region's blocks; a first paragraph that is marked as the lead is the lead, where no field was."""
    body = nitf.shape(field.value, field.leaf, field.start, work.ids)
    number = -1 if "lead" in work.values else nitf.lead_block(field.value, field.start, body)
    if number >= 0:
        lead = body.blocks[number]
        work.values["lead"] = lead.text  # type: ignore[union-attr]
        work.origin["lead"] = list(lead.source)
        body = msgspec.structs.replace(body, blocks=body.blocks[:number] + body.blocks[number + 1 :])
    return body


def _page(field: Field, work: Fields) -> Body:
    """The article's part of a page; its fields come before those that are only said beside the text."""
    tokens = tokenize(field.value)
    found = page.read(field.value, field.leaf, tokens)
    for inner in sorted(found.fields, key=lambda one: not one.leaf):
        work.add(inner)
    work.account += found.account
    inside = figures.tokens_within(tokens, found.ranges, found.inserted)
    return build(field.value, field.leaf, inside, field.start, work.ids)


def _plain(field: Field, work: Fields, head: bool) -> Body:
    parts = plain.shape(field, head)
    for found in parts.fields:
        work.add(found)
    builder = Builder("", field.leaf, 0, work.ids)
    blocks = tuple(finished(block, builder) for block in parts.blocks)
    return Body(blocks, parts.account, (*parts.faults, *builder.faults))


__all__ = ["DIALECTS", "Body", "Builder", "Shaped", "build", "new_id", "shape"]
