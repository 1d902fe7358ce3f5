"""From the leaves of a NITF document to the fields of an article: what each element and attribute means."""

from __future__ import annotations

import re
from collections.abc import Callable

from backfile.paths import is_non_text
from backfile.record import Field, Role, SourceSpec
from backfile.sources._xml import Leaves

REGIONS = (
    "body/body.head/hedline/hl1",
    "body/body.head/hedline/hl2",
    "body/body.head/byline",
    "body/body.head/dateline",
    "body/body.head/abstract",
    "body/body.head/note",
    "body/body.head/rights",
    "body/body.content",
    "body/body.end",
)
"""Elements of running text with markup inside."""

MACHINE_META = (
    "anpa-*|aap-selectors|ntb*|NTB*|md5|wordcount|priority|network|product-id|timestamp|filename|foldername|addresses",
    "fulladdresses|selezione|category_iptc|author|writer|service|category|optInfo|ap-*|reuters-*|afp-*|generator|dc.*",
)
TEXT_META = ("anpa-keyword|NTBStikkord|NTBBeskrivelse|NTBOverskrift|NTBKilde",)

NON_TEXT = (
    "@version",
    "@change.date",
    "@change.time",
    "@uno",
    "@baselang",
    "@schemaLocation",
    "@xsi:schemaLocation",
    "@class",
    "@id",
    "@xmlns",
    "@xmlns:*",
    "**/*@id",
    "**/*@class",
    "**/*@idsrc",
    "**/*@value",
    "**/*@norm",
    "head/meta@name",
    "head/meta@http-equiv",
    *(f"head/meta[@name={names}]@content" for names in MACHINE_META),
    *(f"!head/meta[@name={names}]@content" for names in TEXT_META),
    "head/tobject/tobject.subject@tobject.subject.refnum",
    "head/tobject/tobject.subject@tobject.subject.code",
    "head/tobject/tobject.subject@tobject.subject.ipr",
    "head/docdata@management-*",
    "head/docdata/doc-id@id-string",
    "head/docdata/doc-id@regsrc",
    "head/docdata/urgency@ed-urg",
    "head/urgency@ed-urg",
    "head/docdata/du-key@*",
    "head/docdata/fixture@fix-id",
    "head/docdata/from-src@level-number",
    "head/docdata/del-list/from-src@level-number",
    "head/docdata/series@series.part",
    "head/docdata/series@series.totalpart",
    "head/docdata/doc.copyright@year",
    "head/docdata/doc.rights@*date",
    "head/docdata/doc.rights@*-code",
    "head/docdata/ed-msg@msg-type",
    "head/docdata/evloc@iso-cc",
    "**/pubdata@date.publication",
    "**/pubdata@item-length",
    "**/pubdata@unit-of-measure",
    "**/pubdata@position.sequence",
    "**/pubdata@issn",
    "**/pubdata@volume",
    "**/pubdata@number",
    "**/pubdata@issue",
    "**/pubdata@ex-ref",
    "**/pubdata@type",
    "**/revision-history@function",
    "body/body.head/distributor/*@*",
)
"""Leaves that hold no text for readers: identifiers, codes, dates, lengths, versions."""

PUBLISHED = ("head/pubdata@date.publication", "head/docdata/pubdata@date.publication", "head/docdata/date.issue@norm")
"""Where the date stands, the best first."""

GENERIC_TYPES = frozenset(("news", "article", "text", "data", "story", "current", "advisory", "alert"))
"""Values of `tobject.type` that name no section."""

_NUMBER = re.compile(r"\[\d+\]")
_TITLE = re.compile(r"<byttl\b[^<>]*>(.*?)</byttl\s*>", re.DOTALL)
_TAGS = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def article_fields(document: Leaves, spec: SourceSpec) -> list[Field]:
    """The fields of one document, in its own order."""
    return _Mapping(document, spec).fields()


class _Mapping:
    def __init__(self, document: Leaves, spec: SourceSpec) -> None:
        self.document, self.spec = document, spec
        self.found: list[Field] = []
        self.seen: set[str] = set()
        self.topics: set[str] = set()
        self.published = next((path for path in PUBLISHED if _is_date(document.get(path, ""))), "")
        self.has_lead = any(_words(document.get(path, "")) for path in document if path.startswith(_ABSTRACT))
        self.headline = _words(document.get(_HL1, ""))

    def fields(self) -> list[Field]:
        for path, value in self.document.items():
            if path == self.published:
                self.add("published", path, value)
            elif value.strip():
                handler = _HANDLERS.get(_NUMBER.sub("", path) if "[" in path else path)
                if handler:
                    handler(self, path, value)
                else:
                    self.unmapped(path, value)
        return self.found

    def add(self, role: Role, path: str, value: str, start: int = 0, **attrs: str) -> None:
        markup = "nitf" if _NUMBER.sub("", path) in REGIONS else "text"
        self.found.append(Field(role, value, path, start, markup, "", attrs))  # type: ignore[arg-type]

    def unmapped(self, path: str, value: str) -> None:
        if not is_non_text(self.spec, path, self.document):
            name = self.document.get(f"{path.removesuffix('@content')}@name", "") if path.endswith("@content") else ""
            self.add("extra", path, value, name=name or path)

    def once(self, role: Role, path: str, value: str) -> None:
        """The first of its role; further ones are extra."""
        if role in self.seen:
            self.unmapped(path, value)
        else:
            self.seen.add(role)
            self.add(role, path, value)

    # -- one element each --------------------------------------------------------------------------

    def headline_field(self, path: str, value: str) -> None:
        if _words(value):
            self.once("headline", path, value)
        else:
            self.unmapped(path, value)

    def title(self, path: str, value: str) -> None:
        """The document's title is the headline where the body has none."""
        if self.headline:
            self.unmapped(path, value)
        else:
            self.once("headline", path, value)

    def subhead(self, path: str, value: str) -> None:
        """A kicker before the headline, behind it a lead where there is no other; a repeated headline is neither."""
        words = _words(value)
        if not words or words == self.headline:
            self.unmapped(path, value)
        elif "headline" not in self.seen and self.headline:
            self.once("kicker", path, value)
        elif not self.has_lead:
            self.has_lead = True
            self.add("lead", path, value)
        else:
            self.unmapped(path, value)

    def abstract(self, path: str, value: str) -> None:
        self.add("lead", path, value)

    def byline(self, path: str, value: str) -> None:
        """The name, and the title below it (`byttl`) by itself."""
        at = 0
        for match in _TITLE.finditer(value):
            self._name(path, value, at, match.start())
            self._name(path, value, match.start(1), match.end(1), title="yes")
            at = match.end()
        self._name(path, value, at, len(value))

    def _name(self, path: str, value: str, start: int, end: int, **attrs: str) -> None:
        if _words(value[start:end]):
            self.add("byline", path, value[start:end], start, **attrs)

    def dateline(self, path: str, value: str) -> None:
        if _words(value):
            self.once("dateline", path, value)

    def body(self, path: str, value: str) -> None:
        self.add("body", path, value)

    def agency(self, path: str, value: str) -> None:
        self.once("agency", path, value)

    def rights(self, path: str, value: str) -> None:
        self.once("copyright", path, value)

    def licence(self, path: str, value: str) -> None:
        self.once("licence", path, value)

    def topic(self, path: str, value: str) -> None:
        """Each topic once; a repeated one is kept as extra."""
        if value.strip().lower() in self.topics:
            self.add("extra", path, value, name="topic")
        else:
            self.topics.add(value.strip().lower())
            self.add("topic", path, value)

    def section(self, path: str, value: str) -> None:
        if value.strip().lower() in GENERIC_TYPES:
            self.unmapped(path, value)
        else:
            self.once("section", path, value)

    def language(self, path: str, value: str) -> None:
        self.once("language", path, value)

    def embargo(self, path: str, value: str) -> None:
        if _is_date(value):
            self.once("embargo", path, value)

    def status(self, path: str, value: str) -> None:
        status = value.strip().lower()
        if status != "usable":
            self.found.append(Field("status", value, path, attrs={"withheld": status}))


_ABSTRACT = "body/body.head/abstract"
_HL1 = "body/body.head/hedline/hl1"
_HANDLERS: dict[str, Callable[[_Mapping, str, str], None]] = {
    "head/title": _Mapping.title,
    _HL1: _Mapping.headline_field,
    "body/body.head/hedline": _Mapping.headline_field,
    "body/body.head/hedline/hl2": _Mapping.subhead,
    "body/body.head/byline": _Mapping.byline,
    "body/body.head/dateline": _Mapping.dateline,
    _ABSTRACT: _Mapping.abstract,
    "body/body.head/distributor": _Mapping.agency,
    "body/body.head/distributor/org": _Mapping.agency,
    "body/body.head/rights": _Mapping.rights,
    "body/body.content": _Mapping.body,
    "body/body.end": _Mapping.body,
    "head/docdata/doc.copyright@holder": _Mapping.rights,
    "head/docdata/doc.rights@owner": _Mapping.rights,
    "head/docdata/doc.rights@type": _Mapping.licence,
    "head/docdata/date.release@norm": _Mapping.embargo,
    "head/docdata@management-status": _Mapping.status,
    "head/docdata/key-list/keyword@key": _Mapping.topic,
    "head/docdata/key-list/keyword": _Mapping.topic,
    "head/docdata/doc-scope@scope": _Mapping.topic,
    "head/tobject/tobject.subject@tobject.subject.type": _Mapping.topic,
    "head/tobject/tobject.subject@tobject.subject.matter": _Mapping.topic,
    "head/tobject/tobject.subject@tobject.subject.detail": _Mapping.topic,
    "head/tobject@tobject.type": _Mapping.section,
    "head/pubdata@position.section": _Mapping.section,
    "head/docdata/pubdata@position.section": _Mapping.section,
    "@baselang": _Mapping.language,
}


def _words(markup: str) -> str:
    """The text of a region, for comparing and for seeing whether there is any."""
    return " ".join(_TAGS.sub(" ", markup).split())


def _is_date(value: str) -> bool:
    return bool(re.match(r"\s*\d{4}-?\d\d-?\d\d", value))
