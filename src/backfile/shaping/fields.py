"""Mapped fields → the article's fields: text cleaned of markup, dates read, names parted, every range kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Any

from backfile.article import NO_TEXT, Block, Comment, Extra, Image, Paragraph, Rights, Span, Text, block_texts, nested
from backfile.fault import Fault
from backfile.ledger import Drop, Op
from backfile.record import Field, Options
from backfile.shaping import dates, nitf
from backfile.shaping.boxes import is_text, merge, with_slot
from backfile.shaping.bylines import Part, parts
from backfile.shaping.html import Body, build
from backfile.shaping.ids import new_id
from backfile.shaping.inline import SPACES
from backfile.shaping.language import tag

_MARKUP = ("html", "nitf")
_LANGUAGES = {
    "deutsch": "de", "german": "de", "allemand": "de", "tedesco": "de", "ger": "de", "deu": "de", "d": "de",
    "französisch": "fr", "french": "fr", "français": "fr", "francese": "fr", "fre": "fr", "fra": "fr", "f": "fr",
    "italienisch": "it", "italian": "it", "italien": "it", "italiano": "it", "ita": "it", "i": "it",
    "englisch": "en", "english": "en", "anglais": "en", "inglese": "en", "eng": "en", "e": "en",
    "rätoromanisch": "rm", "rumantsch": "rm", "romansh": "rm", "roh": "rm",
}  # fmt: skip
_WITHHELD = {
    "draft": "draft", "auto-draft": "draft", "pending": "draft", "entwurf": "draft", "brouillon": "draft",
    "bozza": "draft",
    "unpublished": "draft", "inactive": "draft", "hidden": "private", "private": "private", "privat": "private",
    "password": "password", "trash": "trash", "deleted": "trash", "killed": "trash", "canceled": "trash",
    "cancelled": "trash", "withdrawn": "trash", "future": "future", "scheduled": "future", "embargo": "embargo",
    "embargoed": "embargo", "withheld": "embargo",
}  # fmt: skip


class Fields:
    """Gathers the fields of one article; `values` are the article's attributes."""

    def __init__(self, options: Options, ids: dict[str, int]) -> None:
        self.options, self.ids = options, ids
        self.values: dict[str, Any] = {}
        self.origin: dict[str, list[Span]] = {}
        self.rights: dict[str, Any] = {}
        self.bylines: list[str] = []
        self.topics: list[str] = []
        self.urls: list[str] = []
        self.comments: list[Comment] = []
        self.extra: list[Extra] = []
        self.front: list[Block] = []
        """Blocks before the body: pictures and second leads from fields of their own."""
        self.account: list[Op] = []
        self.faults: list[Fault] = []

    def add(self, field: Field) -> None:
        """Put one field where its role says."""
        _ROLES[field.role](self, field)

    def _from(self, name: str, field: Field, start: int = 0, end: int | None = None) -> None:
        """Note the range of a field, without white space at its ends; none for values from beside the text."""
        if field.leaf and (span := _span(field, start, end)):
            self.origin.setdefault(name, []).append(span)

    # -- texts -------------------------------------------------------------------------------------

    def text(self, field: Field) -> None:
        """Headline, kicker, lead. A second one that says something else is kept: a lead as a paragraph."""
        name = field.role
        text, spans, blocks = self._inline(field)
        if not text.text:
            self.front += blocks
            self.nothing(field)
        elif name not in self.values:
            self.values[name] = text
            self.front += blocks
            if spans:
                self.origin[name] = list(spans)
        elif not field.leaf:
            return
        elif name == "lead" and text.text != self.values[name].text:
            self.front += [Paragraph(text=text, source=spans, id=new_id(self.ids, text.text)), *blocks]
        else:
            self.front += blocks
            self._extra(field, field.attrs.get("name") or name)

    def _inline(self, field: Field) -> tuple[Text, tuple[Span, ...], list[Block]]:
        """A field's text with its marks, and blocks in it that are no text (a picture in a headline)."""
        value = field.value
        if field.markup in _MARKUP and "<" not in value:
            value = unescape(value)
        elif field.markup in _MARKUP:
            body = _built(field)
            self.account += body.account
            self.faults += [fault for fault in body.faults if fault.name != "unsupported-block"]
            text, spans = merge([block for block in body.blocks if is_text(block)], "")
            others = [block for block in body.blocks if not is_text(block)]
            return text, spans if field.leaf else (), others
        span = _span(field)
        return Text(_line(value)), (span,) if span and field.leaf else (), []

    def nothing(self, field: Field) -> None:
        """A field of markup without words: left out by name."""
        span = _span(field)
        if span and field.leaf:
            self.account.append(Drop(by="fields", text="", reason="no-text", span=span))

    def words(self, field: Field) -> None:
        """Dateline, section: one line of plain text."""
        text = _line(_plain(field))
        if not text:
            return
        if field.role not in self.values:
            self.values[field.role] = text
            self._from(field.role, field)
        elif field.role == "section":
            self.topic(field)
        elif field.leaf:
            self._extra(field, field.role)

    def topic(self, field: Field) -> None:
        text = _line(_plain(field))
        if text and (field.leaf or text not in self.topics):
            self.topics.append(text)
            self._from("topics", field)

    def right(self, field: Field) -> None:
        text = _line(_plain(field))
        if text and field.role not in self.rights:
            self.rights[field.role] = text
            self._from(field.role, field)
        elif text and field.leaf:
            self._extra(field, field.role)

    def byline(self, field: Field) -> None:
        """Names, with the words around them dropped by name; an account's name gives way to the author's."""
        display = _line(field.attrs.get("display", ""))
        if display and display != field.value.strip():
            self.bylines.append(display)
            self._drop(field, 0, len(field.value), "account-name")
            return
        if field.attrs.get("title"):
            self._extra(field, "byline title")
            return
        if "<" in field.value or "&" in field.value:
            text, spans, _ = self._inline(field)
            if text.text:
                self.bylines.append(text.text)
                self._from(
                    "bylines", field, *((spans[0].start - field.start, spans[-1].end - field.start) if spans else ())
                )
            return
        for part in _few_parts(field.value) if len(field.value) < 200 else parts(field.value):
            if part.name:
                self.bylines.append(_line(field.value[part.start : part.end]))
                self._from("bylines", field, part.start, part.end)
            else:
                self._drop(field, part.start, part.end, "byline-label")

    def _drop(self, field: Field, start: int, end: int, reason: str) -> None:
        span = _span(field, start, end)
        if field.leaf and span:
            text = field.value[span.start - field.start : span.end - field.start]
            self.account.append(Drop(by="fields", text=text, reason=reason, span=span))

    # -- values ------------------------------------------------------------------------------------

    def date(self, field: Field) -> None:
        """The first date that can be read wins; one that cannot is a fault, and stays with the record."""
        self._from(field.role, field)
        if self.values.get(field.role) is not None:
            return
        found = dates.read(field.value, self.options.zone, field.attrs.get("offset", ""))
        self.values[field.role] = found.date
        if found.fault and field.role != "modified":
            self._fault(found.fault, field.role, field.value)
        elif found.date is not None and field.role == "published" and dates.is_future(found.date):
            self._fault("future-date", field.role, field.value)

    def embargo(self, field: Field) -> None:
        self._from("embargo", field)
        date = dates.read(field.value, self.options.zone, field.attrs.get("offset", "")).date
        if date is not None:
            self.rights["embargo"] = date
            if dates.is_future(date):
                self.values.setdefault("withheld", "embargo")

    def language(self, field: Field) -> None:
        self._from("language", field)
        value = field.value.strip().replace("_", "-")
        if value and "language" not in self.values:
            self.values["language"] = _LANGUAGES.get(value.lower(), tag(value))

    def url(self, field: Field) -> None:
        self._from("legacy_urls", field)
        value = (field.attrs.get("url") or field.value).strip()
        if value and value not in self.urls:
            self.urls.append(value)

    def status(self, field: Field) -> None:
        self._from("withheld", field)
        said = (field.attrs.get("withheld") or field.value).strip().lower()
        if said:
            self.values.setdefault("withheld", _WITHHELD.get(said, said if "withheld" in field.attrs else ""))

    # -- the rest ----------------------------------------------------------------------------------

    def image(self, field: Field) -> None:
        """A picture in a field of its own stands before the text."""
        src = (field.attrs.get("src") or field.value).strip()
        self._from("image", field)
        if src and not any(isinstance(block, Image) and block.src == src for block in self.front):
            alt, caption = _text(field.attrs.get("alt", "")), _text(field.attrs.get("caption", ""))
            self.front.append(Image(src=src, id=new_id(self.ids, src), alt=alt, caption=caption))

    def beside(self, field: Field) -> None:
        """A caption or credit: of the picture named before it."""
        text, spans, _ = self._inline(field)
        last = self.front[-1] if self.front else None
        if not isinstance(last, Image) or getattr(last, field.role).text or not text.text:
            self._extra(field, field.role)
            return
        self.front[-1] = with_slot(last, field.role, [Paragraph(text=text, source=spans)])

    def comment(self, field: Field) -> None:
        attrs = field.attrs
        text, spans, others = self._inline(field)
        for block in others:
            self._out_of_comment(block)
        source = tuple(Span(span.leaf, span.start, span.end, "text") for span in spans)
        author = attrs.get("author", "")
        if attrs.get("author_leaf") and author.strip():
            lead = len(author) - len(author.lstrip())
            source += (Span(attrs["author_leaf"], lead, lead + len(author.strip()), "author"),)
        date = dates.read(attrs.get("date", ""), self.options.zone, attrs.get("offset", "")).date
        approved = attrs.get("approved", "1") not in ("0", "spam", "trash", "post-trashed")
        self.comments.append(Comment(author=_line(author), text=text, published=date, approved=approved, source=source))

    def _out_of_comment(self, block: Block) -> None:
        """Comments are one text: their pictures and boxes are left out by name, pictures with their address."""
        for inner in nested(block):
            self._out_of_comment(inner)
        for slot, text in block_texts(block):
            for span in block.source:
                if span.slot == slot or (slot == "text" and not span.slot):
                    self.account.append(Drop(by="fields", text=text.text, reason="comment-picture", span=span))
        address = getattr(block, "src", "") or getattr(block, "url", "")
        if address and block.source:
            self.account.append(Drop(by="fields", text="", reason=f"comment-picture {address}", span=block.source[0]))

    def other(self, field: Field) -> None:
        self._extra(field, field.attrs.get("name") or field.leaf)

    def _extra(self, field: Field, name: str) -> None:
        span = _span(field)
        if span and field.leaf:
            value = field.value[span.start - field.start : span.end - field.start]
            if field.markup in _MARKUP:
                value = _plain(field)
            self.extra.append(Extra(name=name, value=value, source=(span,)))

    def _fault(self, name: str, at: str, before: str) -> None:
        self.faults.append(Fault(name=name, grade="shown", state="open", at=at, before=before.strip()[:200]))

    # -- all together ------------------------------------------------------------------------------

    def article(self) -> dict[str, Any]:
        """The article's attributes but source, key and blocks."""
        if self.values.get("published") is None and not any(fault.at == "published" for fault in self.faults):
            self._fault("missing-date", "published", "")
        values = self.values
        values["bylines"] = tuple(self.bylines)
        values["topics"] = tuple(self.topics)
        values["legacy_urls"] = tuple(self.urls)
        values["comments"] = tuple(self.comments)
        values["extra"] = tuple(self.extra)
        if self.rights:
            values["rights"] = Rights(**self.rights)
        values["origin"] = {name: tuple(spans) for name, spans in self.origin.items()}
        return values


def _span(field: Field, start: int = 0, end: int | None = None) -> Span | None:
    """A stretch of a field as a range of its leaf, without white space at its ends; None if nothing is left."""
    value = field.value
    if end is None:
        end = len(value)
        if not start and end and not value[0].isspace() and not value[-1].isspace():
            return Span(field.leaf, field.start, field.start + end)
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    return Span(field.leaf, field.start + start, field.start + end) if start < end else None


def _plain(field: Field) -> str:
    """One line of text: entities read where the source says that it is HTML, tags or not."""
    value = field.value
    if field.markup in _MARKUP and "<" not in value:
        return unescape(value)
    if field.markup in _MARKUP:
        return merge([block for block in _built(field).blocks if is_text(block)], "")[0].text
    return value


def _built(field: Field) -> Body:
    """A field's markup as blocks; their ids count for nothing."""
    if field.markup == "nitf":
        return nitf.shape(field.value, field.leaf, field.start, {})
    return build(field.value, field.leaf, shift=field.start)


@lru_cache(maxsize=4096)
def _few_parts(value: str) -> tuple[Part, ...]:
    """The same few names stand above thousands of articles."""
    return tuple(parts(value))


def _line(value: str) -> str:
    value = value.strip()
    return value if value.isprintable() and "  " not in value else SPACES.sub(" ", value)


def _text(value: str) -> Text:
    return Text(_line(value)) if value.strip() else NO_TEXT


_ROLES: dict[str, Callable[[Fields, Field], None]] = {
    **dict.fromkeys(("headline", "kicker", "lead"), Fields.text),
    **dict.fromkeys(("dateline", "section"), Fields.words),
    **dict.fromkeys(("agency", "licence", "copyright"), Fields.right),
    **dict.fromkeys(("published", "modified"), Fields.date),
    **dict.fromkeys(("caption", "credit"), Fields.beside),
    "byline": Fields.byline,
    "topic": Fields.topic,
    "language": Fields.language,
    "embargo": Fields.embargo,
    "url": Fields.url,
    "status": Fields.status,
    "image": Fields.image,
    "comment": Fields.comment,
    "extra": Fields.other,
}
