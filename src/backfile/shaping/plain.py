"""A plain text file → headline, lead, paragraphs, crossheads.

The shape of old text archives: a headline line, a lead, one paragraph a line, or paragraphs of hard-wrapped lines
with blank lines between, a crosshead on a line of its own, header lines (`Titel: …`) before all, and
sometimes the control characters of a news wire around it. What is told by layout alone is decided on
evidence from the whole text: lines are joined only where the next word would not have fitted any more. Nothing
but white space ever changes; everything left out (labels, list marks, control characters) is a `Drop`.
"""

from __future__ import annotations

import re

from backfile.article import Block, Crosshead, ListItem, Note, Paragraph, Preformatted, Span, Text
from backfile.article import List as ListBlock
from backfile.ledger import Drop, Op
from backfile.record import Field
from backfile.shaping import wirehead
from backfile.shaping.lines import Line, Lines, group_lines, text_of, visible
from backfile.shaping.notices import is_import_notice
from backfile.shaping.parts import Parts

BY = "plain"
MAX_HEADLINE = 200
MAX_LEAD = 900
MAX_CROSSHEAD = 90

_SENTENCE_END = re.compile(r"[.!?…:;,](?:[»”\"’)\]]*)$")
_QUOTED_LINE = re.compile(r"«[^«»]+»|„[^„“”]+[“”]|“[^“”]+”|»[^«»]+«|\"[^\"]+\"$")
_NO_CROSSHEAD = re.compile(r"https?://|www\.|@\w|^[(\[*/-]|^(?:von|par|di|by)\s+[A-ZÄÖÜ]", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?P<label>(?:Von|Par|Di|By|De)\s+)?(?P<name>[^\W\d_][\w.'’-]*(?:\s+(?:de|von|van|du|di|del|della|la|le))?"
    r"(?:\s+[A-ZÄÖÜÉÈ][\w.'’-]*){1,3})(?:\s*,\s*[A-ZÄÖÜ][\w.-]+)?$"
)
_KIND = re.compile(
    r"(?:media|press|news) release\b|(?:medien|presse)mitteilung\b|communiqué de presse\b|comunicato stampa\b",
    re.IGNORECASE,
).match
_DATELINE = re.compile(r"(?P<place>[A-ZÄÖÜÉ][^\n/]{2,80}?),?\s*/[\w .-]{2,40}/\s*(?:--|–|—)\s*$", re.MULTILINE)
_BULLET = re.compile(r"(?:[-*•·▪‣]|[1-9][0-9]{0,2}[.)])[ \t]+(?=\S)")
_HEADER = re.compile(r"([A-Za-zÀ-ÿ][A-Za-zÀ-ÿ -]{1,20}?)\s{0,3}:[ \t]*(?=\S|$)")
_HEADER_ROLES = {
    "titel": "headline", "title": "headline", "titre": "headline", "titolo": "headline", "headline": "headline",
    "schlagzeile": "headline", "überschrift": "headline",
    "spitzmarke": "kicker", "dachzeile": "kicker", "surtitre": "kicker", "occhiello": "kicker", "kicker": "kicker",
    "lead": "lead", "vorspann": "lead", "chapeau": "lead", "chapô": "lead", "sommario": "lead", "untertitel": "lead",
    "autor": "byline", "autorin": "byline", "verfasser": "byline", "author": "byline", "auteur": "byline",
    "autore": "byline", "byline": "byline", "autoren": "byline",
    "datum": "published", "date": "published", "data": "published", "erschienen": "published",
    "publiziert": "published", "published": "published", "publié": "published", "erscheinungsdatum": "published",
    "ressort": "section", "rubrik": "section", "rubrique": "section", "rubrica": "section", "section": "section",
    "sezione": "section", "category": "section", "kategorie": "section",
    "ort": "dateline", "lieu": "dateline", "luogo": "dateline", "place": "dateline", "dateline": "dateline",
    "schlagworte": "topic", "stichworte": "topic", "tags": "topic", "keywords": "topic", "mots-clés": "topic",
    "thema": "topic", "topic": "topic",
    "source": "copyright",
    "agentur": "agency", "agence": "agency", "agency": "agency", "agenzia": "agency",
    "sprache": "language", "langue": "language", "lingua": "language", "language": "language",
    "url": "url", "link": "url", "copyright": "copyright", "quelle": "copyright",
    "nummer": "extra", "ausgabe": "extra", "seite": "extra", "id": "extra", "page": "extra", "edition": "extra",
}  # fmt: skip


def shape(field: Field, head: bool = True) -> Parts:
    """The parts of a text. `head`: it holds its own headline and lead; False for the body of a record that names them
    elsewhere. `field.attrs` may carry `date`, found outside of the text (in a file's name)."""
    text = _Text(field, head)
    text.read()
    return Parts(tuple(text.fields), tuple(text.blocks), tuple(text.account))


class _Text:
    """One text on its way; the results gather in `fields`, `blocks` and `account`."""

    def __init__(self, field: Field, head: bool) -> None:
        self.leaf, self.shift, self.head, self.attrs = field.leaf, field.start, head, field.attrs
        self.value = field.value
        self.fields: list[Field] = []
        self.blocks: list[Block] = []
        self.account: list[Op] = []

    def read(self) -> None:
        lines = visible(self.value, self._drop)
        rest = self._headers(self._wire_head(lines)) if self.head else lines
        groups = group_lines(self.value, rest)
        if self.head:
            groups = self._headline(groups)
        if "date" in self.attrs and not any(f.role == "published" for f in self.fields):
            self.fields.append(Field("published", self.attrs["date"], ""))
        for number, group in enumerate(groups):
            self._block(group, groups, number)

    # -- the head ----------------------------------------------------------------------------------

    def _wire_head(self, lines: list[Line]) -> list[Line]:
        """Takes the header of a news wire from the top; returns the lines after it."""
        head = wirehead.find(self.value, lines)
        for line in lines[: head.lines]:
            kept = [span for span in (head.headline, head.byline) if line.start <= span[0] < span[1] <= line.end]
            at = line.start
            for start, end in kept:
                self._drop(at, start, "wire header")
                self._field("headline" if (start, end) == head.headline else "byline", start, end)
                at = end
            self._drop(at, line.end, "wire header")
        return lines[head.lines :]

    def _headers(self, lines: list[Line]) -> list[Line]:
        """Takes `Titel: …` lines from the top; returns the lines after them."""
        for number, line in enumerate(lines):
            match = _HEADER.match(self.value, line.start, line.end)
            role = _HEADER_ROLES.get(match[1].strip().lower()) if match else None
            if match is None or role is None:
                return lines[number:]
            self._drop(line.start, match.end(0), "field label")
            if match.end() < line.end:
                self._field(role, match.end(), line.end, match[1].strip())
        return []

    def _headline(self, groups: list[Lines]) -> list[Lines]:
        """Takes the headline, byline and lead from the top; returns the groups after them."""
        named: set[str] = {field.role for field in self.fields}
        if "headline" not in named and len(groups) > 2 and _KIND(self._clean(groups[0])):
            first, groups = groups[0], groups[1:]
            self._field("kicker", first.start, first.end)
        if "headline" not in named and groups and self._is_headline(groups):
            first, groups = groups[0], groups[1:]
            self._field("headline", first.start, first.end)
        groups = self._byline(self._dateline(groups, named), named)
        if "lead" not in named and len(groups) > 2 and self._is_lead(groups):
            first, groups = groups[0], groups[1:]
            self._field("lead", first.start, first.end)
            groups = self._byline(groups, {f.role for f in self.fields})
        return groups

    def _dateline(self, groups: list[Lines], named: set[str]) -> list[Lines]:
        """A line of place and day that a wire service ends: `BERN, 1. Feb. 2017 /Dienst/ --`."""
        match = _DATELINE.match(self.value, groups[0].start, groups[0].end) if len(groups) > 1 else None
        if match is None or "dateline" in named:
            return groups
        self._field("dateline", *match.span("place"))
        self._drop(match.end("place"), groups[0].end, "wire header")
        return groups[1:]

    def _is_headline(self, groups: list[Lines]) -> bool:
        text = self._clean(groups[0])
        if groups[0].kept or len(text) > MAX_HEADLINE or is_import_notice(text):
            return False
        return not text.endswith((".", ";", ",")) or (len(text) < 120 and len(groups) > 1)

    def _is_lead(self, groups: list[Lines]) -> bool:
        text = self._clean(groups[0])
        return not groups[0].kept and 40 <= len(text) <= MAX_LEAD and not _BULLET.match(text) and ":" not in text[-1:]

    def _byline(self, groups: list[Lines], named: set[str]) -> list[Lines]:
        """A line such as `Von Anna Muster` under the headline or the lead."""
        if "byline" in named or len(groups) < 2:
            return groups
        match = _BYLINE.match(self.value, groups[0].start, groups[0].end)
        if match is None or not match["label"] or "\n" in match[0]:
            return groups
        self._drop(match.start(), match.start("name"), "byline label")
        self._field("byline", match.start("name"), match.end())
        return groups[1:]

    # -- the body ----------------------------------------------------------------------------------

    def _block(self, group: Lines, groups: list[Lines], number: int) -> None:
        text = self._clean(group)
        if group.kept and _is_list(self.value, group):
            self._list(group)
        elif group.kept:
            self._put(Preformatted(text=Text(self._as_it_stands(group)), source=self._source(group)))
        elif is_import_notice(text):
            self._put(Note(text=Text(text), kind="import-notice", source=self._source(group)))
        elif self._is_crosshead(text, groups, number):
            self._put(Crosshead(text=Text(text), source=self._source(group)))
        else:
            self._put(Paragraph(text=Text(text), source=self._source(group)))

    def _is_crosshead(self, text: str, groups: list[Lines], number: int) -> bool:
        """A short line between longer paragraphs, without a final stop, or wholly in quotation marks."""
        if len(text) > MAX_CROSSHEAD or not 0 <= number < len(groups) - 1 or _NO_CROSSHEAD.search(text):
            return False
        if number == 0 and not self.fields:
            return False
        after = groups[number + 1]
        before = groups[number - 1] if number else None
        if (
            after.kept
            or after.end - after.start < 1.5 * len(text)
            or (before and before.end - before.start < len(text))
        ):
            return False
        if _QUOTED_LINE.fullmatch(text):
            return True
        lasting = text[-1] in "?!" and len(text) <= 60
        return (lasting or not _SENTENCE_END.search(text)) and not text[0].islower() and len(text.split()) <= 12

    def _list(self, group: Lines) -> None:
        items, spans = [], []
        first = _BULLET.match(self.value, group.lines[0].start)
        ordered = bool(first and first[0][0].isdigit())
        for item, line in enumerate(group.lines):
            match = _BULLET.match(self.value, line.start)
            assert match is not None
            self._drop(line.start, match.end(), "list mark")
            spans.append(self._span(match.end(), line.end, f"items.{item}"))
            items.append(ListItem(text=Text(_one_line(self.value[match.end() : line.end])), ordered=ordered))
        number = int(re.sub(r"\D", "", first[0]) or 1) if ordered and first else 1
        self._put(ListBlock(items=tuple(items), ordered=ordered, first=number, source=tuple(spans)))

    # -- small things ------------------------------------------------------------------------------

    def _put(self, block: Block) -> None:
        self.blocks.append(block)

    def _span(self, start: int, end: int, slot: str = "") -> Span:
        return Span(self.leaf, self.shift + start, self.shift + end, slot)

    def _source(self, group: Lines) -> tuple[Span, ...]:
        return tuple(self._span(start, end) for start, end in group.ranges())

    def _field(self, role: str, start: int, end: int, name: str = "") -> None:
        attrs = {"name": name} if role == "extra" else {}
        value = self.value[start:end]
        within = (
            self.shift + start,
            self.shift + end,
        )  # a value is its range as it stands, control characters included
        self.account = [op for op in self.account if not (within[0] <= _start(op) < within[1])]
        self.fields.append(Field(role, value, self.leaf, self.shift + start, attrs=attrs))  # type: ignore[arg-type]

    def _drop(self, start: int, end: int, reason: str) -> None:
        while end > start and self.value[end - 1].isspace():
            end -= 1
        if end > start:
            self.account.append(Drop(by=BY, text=self.value[start:end], reason=reason, span=self._span(start, end)))

    def _clean(self, group: Lines) -> str:
        return _one_line(" ".join(text_of(self.value, line) for line in group.lines))

    def _as_it_stands(self, group: Lines) -> str:
        """The lines with their inner and relative leading spaces."""
        margin = min(line.indent for line in group.lines)
        return "\n".join(
            " " * (line.indent - margin) + text_of(self.value, line).expandtabs(8) for line in group.lines
        ).strip()


_SPACES = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\u2028\u2029]{2,}|[\t\n\r\v\f\x1c-\x1f\u2028\u2029]")


def _one_line(text: str) -> str:
    """White space collapsed, as a browser does; special spaces stay."""
    return _SPACES.sub(" ", text).strip(" \t\n\r")


def _start(op: Op) -> int:
    return op.span.start if isinstance(op, Drop) and op.span else -1


def _is_list(value: str, group: Lines) -> bool:
    return all(_BULLET.match(value, line.start) for line in group.lines)
