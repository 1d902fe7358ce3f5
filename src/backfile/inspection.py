"""What an export holds, told without importing it: counts, fields, encodings, years, dialects. One streaming pass,
bounded memory whatever the export's size: what there is too much of is counted as `more`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec

from backfile import registry
from backfile.errors import BackfileError
from backfile.record import Excluded, Field, Item, Options, Record, Reject, Source
from backfile.shaping import page, plain

MAX_NAMES = 500
"""So many different names (fields, shortcodes, elements, reasons) are told apart."""
MAX_SAMPLES = 3
SAMPLE_LENGTH = 120
MAX_LOOKED_AT = 1_000_000
"""So many code points of one field are searched for shortcodes and elements."""

_SHORTCODE = re.compile(r"\[(/?)([a-zA-Z][a-zA-Z0-9_-]{1,40})(?=[\s\]/=])[^\[\]<>]{0,500}\]")
_MACRO = re.compile(r"\{\{?\s?([a-zA-Z#][\w:.-]{1,40})[^{}\n]{0,200}\}\}?|<!--\s*(wp:[a-z/-]{2,40})")
_ELEMENT = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,30})(?=[\s/>])")
_YEAR = re.compile(
    r"(?<!\d)(1[6-9]\d\d|20\d\d)(?!\d)|(?<!\d)(1[6-9]\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_SECONDS = re.compile(r"1?\d{9}$")


class FieldFacts(msgspec.Struct):
    """One field of the records: `role` → from which leaf. `filled`: records that have it; `share`: of all records."""

    role: str
    leaf: str
    markup: str
    filled: int = 0
    share: float = 0.0
    longest: int = 0
    samples: list[str] = []


class Facts(msgspec.Struct):
    """All that `backfile inspect` tells. `sure` is 0 to 100; `others` are sources that would read it too.
    `rejects` and `excluded` count by reason and rule; `damaged` counts records whose fields could not be read."""

    path: str
    source: str
    title: str
    sure: int
    others: dict[str, int] = {}
    records: int = 0
    rejected: int = 0
    left_out: int = 0
    bytes: int = 0
    complete: bool = True
    rejects: dict[str, int] = {}
    excluded: dict[str, int] = {}
    damaged: dict[str, int] = {}
    kinds: dict[str, int] = {}
    statuses: dict[str, int] = {}
    encodings: dict[str, int] = {}
    languages: dict[str, int] = {}
    years: dict[str, int] = {}
    undated: int = 0
    fields: list[FieldFacts] = []
    markups: dict[str, int] = {}
    shortcodes: dict[str, int] = {}
    macros: dict[str, int] = {}
    elements: dict[str, int] = {}
    first: list[Record] = []
    """The first few records, for showing how they would come out."""


def inspect(path: Path, options: Options, source: Source | None = None, limit: int = 0, show: int = 3) -> Facts:
    """Read `path` and tell what it holds. `limit` stops after so many items. Raises `UnknownInput` if
    no source knows it."""
    chosen = source or registry.recognise(path)
    gathering = _Gathering(path, chosen, options, show)
    for number, item in enumerate(chosen.items(path, options)):
        if limit and number >= limit:
            gathering.facts.complete = False
            break
        gathering.add(item)
    return gathering.done()


class _Names:
    """A counter that stays small."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, name: str, count: int = 1) -> None:
        if name not in self.counts and len(self.counts) >= MAX_NAMES:
            name = "more"
        self.counts[name] += count

    def told(self) -> dict[str, int]:
        return dict(sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0])))


class _Gathering:
    def __init__(self, path: Path, source: Source, options: Options, show: int) -> None:
        self.source, self.options, self.show = source, options, show
        sure = {name: _sure(found, path) for name, found in registry.sources().items()}
        others = {name: score for name, score in sure.items() if score > 0 and name != source.name}
        self.facts = Facts(
            path=str(path), source=source.name, title=source.title, sure=sure.get(source.name, 0), others=others
        )
        self.fields: dict[tuple[str, str], FieldFacts] = {}
        self.names = {
            name: _Names()
            for name in (
                "rejects", "excluded", "damaged", "kinds", "statuses", "encodings", "languages", "years", "markups",
                "shortcodes", "macros", "elements",
            )
        }  # fmt: skip

    def add(self, item: Item) -> None:
        facts = self.facts
        if isinstance(item, Reject):
            facts.rejected += 1
            self.names["rejects"].add(item.reason[:200])
        elif isinstance(item, Excluded):
            facts.left_out += 1
            self.names["excluded"].add(item.rule[:200])
        else:
            self._record(item)

    def _record(self, record: Record) -> None:
        facts = self.facts
        facts.records += 1
        facts.bytes += len(record.payload)
        self.names["kinds"].add(record.kind or "article")
        self.names["encodings"].add(record.encoding)
        if len(facts.first) < self.show:
            facts.first.append(record)
        try:
            fields = self.source.fields(record, self.options)
        except BackfileError as problem:
            self.names["damaged"].add(problem.what[:200])
            return
        self._fields([inner for field in fields for inner in (*_within(field), field)])

    def _fields(self, fields: list[Field]) -> None:
        seen: set[tuple[str, str]] = set()
        dated = False
        for field in fields:
            if not field.value.strip():
                continue
            self._field(field, seen)
            if field.role == "language":
                self.names["languages"].add(field.value.strip()[:40].lower())
            elif field.role == "status":
                self.names["statuses"].add(field.value.strip()[:40])
            elif field.role == "published" and not dated and (year := year_of(field.value)):
                dated = True
                self.names["years"].add(year)
            if field.role == "body" and not dated and (year := year_of(field.attrs.get("date", ""))):
                dated = True
                self.names["years"].add(year)
            if field.markup != "text":
                self._markup(field)
        self.facts.undated += not dated

    def _field(self, field: Field, seen: set[tuple[str, str]]) -> None:
        leaf = re.sub(r"\[\d+\]", "", field.leaf)
        key = (field.role, leaf)
        if key not in self.fields:
            if len(self.fields) >= MAX_NAMES:
                key = (field.role, "more")
            self.fields.setdefault(key, FieldFacts(field.role, key[1], field.markup))
        facts = self.fields[key]
        facts.longest = max(facts.longest, len(field.value))
        if key not in seen:
            facts.filled += 1
            seen.add(key)
        if len(facts.samples) < MAX_SAMPLES:
            sample = _sample(field)
            if sample and sample not in facts.samples:
                facts.samples.append(sample)

    def _markup(self, field: Field) -> None:
        self.names["markups"].add(field.markup + (f" ({field.dialect})" if field.dialect else ""))
        for kind, name in dialects(field):
            self.names[kind].add(name)

    def done(self) -> Facts:
        facts = self.facts
        for name, names in self.names.items():
            setattr(facts, name, names.told())
        facts.years = dict(sorted(facts.years.items()))
        for field in self.fields.values():
            field.share = round(field.filled / facts.records, 4) if facts.records else 0.0
        facts.fields = sorted(self.fields.values(), key=lambda f: (f.role == "extra", -f.filled, f.role, f.leaf))
        return facts


def _within(field: Field) -> tuple[Field, ...]:
    """The fields that a whole text or page holds inside itself."""
    if field.markup == "page":
        return page.read(field.value[:MAX_LOOKED_AT], field.leaf).fields
    if field.markup == "plain" and field.role == "body":
        return plain.shape(field).fields
    return ()


def _sure(source: Source, path: Path) -> int:
    try:
        return source.recognise(path)
    except (BackfileError, OSError):
        return 0


def _sample(field: Field) -> str:
    """The beginning of a value as people read it."""
    if field.markup == "page":
        return ""  # its headline and lead are fields of their own
    head = field.value[: 20 * SAMPLE_LENGTH]
    if field.markup in ("html", "page", "nitf"):
        head = unescape(re.sub(r"<!--.*?-->|<[^<>]*>", " ", head, flags=re.DOTALL))
    return " ".join(head.split())[:SAMPLE_LENGTH]


def year_of(value: str) -> str:
    """The year that a date names, however it is written; empty if it names none."""
    match = _YEAR.search(value[:200])
    if match:
        return match[1] or match[2]
    if _SECONDS.match(value.strip()):
        return str(1970 + int(int(value) / 31_556_952))
    return ""


def dialects(field: Field) -> Iterator[tuple[str, str]]:
    """(`elements`, `shortcodes` or `macros`; name) for everything in a body that is written in more than words."""
    text = field.value[:MAX_LOOKED_AT]
    if field.markup != "plain" and "<" in text:
        for name in _ELEMENT.findall(text):
            yield "elements", name.lower()
    if field.markup == "page":
        return
    if "[" in text:
        for closing, name in _SHORTCODE.findall(text):
            if not closing:
                yield "shortcodes", name
    if "{" in text or "<!--" in text:
        for brace, comment in _MACRO.findall(text):
            yield "macros", brace or comment
