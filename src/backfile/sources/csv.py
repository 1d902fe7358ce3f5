"""CSV and TSV: one article a row, the first row names the columns.

What database tools and spreadsheets give: any delimiter, quoted line ends inside a body, Excel's UTF-16 `Unicode text`,
single bytes of other encodings. Nothing is converted: `00123` keeps its zeros. A row with too few columns is a
reject of its own (most often a line end that nobody quoted); columns beyond the named ones are kept as extra.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from backfile.decoding import decode
from backfile.errors import BackfileError, UnreadableInput
from backfile.patterns import compile_pattern
from backfile.record import Field, Item, Options, Record, Reject, SourceSpec
from backfile.sources import _files, _mapping
from backfile.sources._decoded import decoded
from backfile.sources._lately import Lately
from backfile.sources._streams import Piece, lines, newline_of
from backfile.sources.text import site_name

_CSV_NAMES = compile_pattern(r"\.(?:csv|tsv|tab)$", re.IGNORECASE)
_DELIMITERS = ";,\t|"
MAX_COLUMNS = 2000
MAX_RESTARTS = 50
"""So often a quote that never closes is taken for a slip in one row."""

csv.field_size_limit(1 << 30)  # records are limited by their size before they come here


class Csv:
    """Reads delimited tables with a header. The key is the id column, else file and offset."""

    name = "csv"
    title = "CSV or TSV with a row of column names"
    spec = SourceSpec()

    def recognise(self, path: Path) -> int:
        scores = [_likely(name, head) for name, head in _files.heads(path)]
        return sum(scores) // len(scores) if scores else 0

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        _mapping.plan(options, ())  # a mapping that cannot be is said at once, not once a record
        source = options.source or site_name(path)
        for entry in _files.named(path, _CSV_NAMES, "not a table"):
            if isinstance(entry, _files.Entry):
                yield from _entry(entry, source, options)
            else:
                yield entry

    def fields(self, record: Record, options: Options) -> list[Field]:
        row = _lately.take(record)
        if row is None:
            values = _values(record.payload.decode(record.encoding), record.context["delimiter"])
            row = dict(zip(_names(record.context["header"]), values, strict=False))
        return _mapping.mapped(row, options)


SOURCE = Csv()
_lately: Lately[dict[str, str]] = Lately()


class _Table(msgspec.Struct):
    """What the head of a file says: `names` are unique; `codec` is empty for 8-bit encodings."""

    delimiter: str
    names: list[str]
    codec: str


@lru_cache(maxsize=64)
def _header(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False)


@lru_cache(maxsize=64)
def _names(header: str) -> list[str]:
    found: list[str] = json.loads(header)
    return found


def _values(text: str, delimiter: str) -> list[str]:
    """The columns of one row. Raises `UnreadableInput` if it is not exactly one."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise UnreadableInput(f"no CSV row: {problem}") from problem
    if len(rows) != 1:
        raise UnreadableInput(f"{len(rows)} rows where one was expected")
    return rows[0]


# -- recognising -----------------------------------------------------------------------------------


def _likely(name: str, head: bytes) -> int:
    named = bool(_CSV_NAMES.search(_files.stem(name)))
    _, codec, skip = newline_of(head)
    text = decode(head[skip : len(head) - len(head[skip:]) % 2 if codec else None], said=codec).text
    first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    delimiter = _delimiter(first)
    if not delimiter or not rest.strip() or first.lstrip().startswith(("<", "{", "[")):
        return 0
    try:
        names = _values(first, delimiter)
    except UnreadableInput:
        return 0
    roles = {role for role, _ in _mapping.plan(Options(), tuple(dict.fromkeys(names))).values()}
    known = len(roles & {"headline", "body", "published", "byline", "key", "lead"})
    sensible = len(names) > 1 and all(len(column) < 80 for column in names) and len(set(names)) * 2 > len(names)
    if not sensible or (not named and known < 2):
        return 0
    return 60 + 5 * min(known, 4) if named else 40


def _delimiter(text: str) -> str:
    """The one that parts the first line into most columns, outside of quotes; empty if none does."""
    first = re.sub(r'"[^"]*"', '""', text.lstrip("\ufeff").partition("\n")[0][:20_000])
    best = max(_DELIMITERS, key=first.count)
    return best if first.count(best) else ""


# -- reading ---------------------------------------------------------------------------------------


def _entry(entry: _files.Entry, source: str, options: Options) -> Iterator[Item]:
    try:
        with entry.open() as file:
            head = file.peek(65536)[:65536] if hasattr(file, "peek") else b""
            _, codec, _ = newline_of(head)
            rows = _rows(lines(file, options.max_record_bytes), options.max_record_bytes, codec, _head_delimiter(head))
            table = _table(next(rows, None), codec, _head_delimiter(head), options)
            if table is None:
                yield _files.rejected(entry, "no row of column names", head[:1000],
                                      hint="Put the columns' names in the first row.")  # fmt: skip
                return
            for piece, problem in rows:
                yield _record(piece, problem, table, entry, source, options)
    except BackfileError as problem:
        yield Reject(origin=entry.origin(), reason=problem.what, hint=problem.hint)


def _head_delimiter(head: bytes) -> str:
    _, codec, skip = newline_of(head)
    return _delimiter(head[skip:].decode(codec or "latin-1", "ignore")) or ","


def _table(first: tuple[Piece, str] | None, codec: str, delimiter: str, options: Options) -> _Table | None:
    if first is None or first[1] or not first[0].data.strip():
        return None
    text = decode(first[0].data, said=codec or options.encoding).text
    try:
        columns = _values(text, delimiter)
    except UnreadableInput:
        return None
    return _Table(delimiter, _unique(columns), codec) if len(columns) <= MAX_COLUMNS else None


def _unique(columns: list[str]) -> list[str]:
    """Names for all columns: a second `title` is `title[2]`, one without a name `column 7`."""
    seen: dict[str, int] = {}
    names = []
    for number, column in enumerate(columns, 1):
        name = column.strip().strip("\ufeff") or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}[{seen[name]}]")
    return names


def _rows(pieces: Iterator[Piece], limit: int, codec: str, delimiter: str) -> Iterator[tuple[Piece, str]]:
    """(bytes of one row, what is wrong with it). A row goes on over lines while a quoted column is open."""
    opened = compile_pattern(_COLUMN.replace("DELIMITER", re.escape(delimiter)))
    waiting: deque[Piece] = deque()
    restarts = 0
    while piece := _next(waiting, pieces):
        if piece.length:
            yield piece, "the line is larger than a record may be"
            continue
        run, size, inside = [piece], len(piece.data), _open_after(opened, piece.data, codec, False)
        while inside and restarts < MAX_RESTARTS and size <= limit and (more := _next(waiting, pieces)):
            run.append(more)
            size += len(more.data)
            inside = not more.length and _open_after(opened, more.data, codec, True)
        if inside:
            restarts += 1
            waiting.extendleft(reversed(run[1:]))
            yield piece, "a quoted column is never closed"
        elif any(more.length for more in run):
            yield piece, "a line of this row is larger than a record may be"
        else:
            data = b"".join(more.data for more in run)
            if data.strip(b"\r\n\0 \x1a"):
                yield Piece(piece.offset, data), ""


def _next(waiting: deque[Piece], pieces: Iterator[Piece]) -> Piece | None:
    return waiting.popleft() if waiting else next(pieces, None)


_COLUMN = r'(?:\A|DELIMITER)(?:"((?:[^"]++|"")*+)("?)|(?=[^"]|\Z))'


def _open_after(opened: re.Pattern[str], data: bytes, codec: str, inside: bool) -> bool:
    """Whether a quoted column is open at the end of a line that began `inside` one or not."""
    if b'"' not in data:
        return inside
    text = data.decode(codec or "latin-1", "ignore")
    if inside:
        text = '"' + text
    last = None
    for match in opened.finditer(text):
        if match[1] is not None:
            last = match
    return last is not None and not last[2]


def _record(piece: Piece, problem: str, table: _Table, entry: _files.Entry, source: str, options: Options) -> Item:
    origin = entry.origin(piece.offset, piece.length or len(piece.data))
    names = table.names
    text, encoding = decoded(piece.data, said=table.codec or options.encoding)
    if not problem:
        try:
            values = _values(text, table.delimiter)
            if len(values) < len(names):
                problem = f"the row has {len(values)} of {len(names)} columns"
            if len(values) > len(names):
                names = names + [f"column {n}" for n in range(len(names) + 1, len(values) + 1)]
        except UnreadableInput as found:
            problem = found.what
    if problem:
        return Reject(origin=origin, source=source, reason=problem, payload=piece.data[: _files.KEPT_OF_REJECT],
                      sha256=piece.sha256 or hashlib.sha256(piece.data).hexdigest(),
                      hint="Look for a line end or a quote in it that is not quoted.")  # fmt: skip
    row = dict(zip(names, values, strict=False))
    planned = _mapping.plan(options, row)
    said = {role: row[name].strip() for name, (role, _) in reversed(planned.items())}
    record = Record(
        source=source, key=said.get("key") or f"{_files.stem(entry.name)}:{piece.offset}", format="csv", media="csv",
        payload=piece.data, encoding=encoding, origin=origin, kind="article", modified=said.get("modified", ""),
        context={"header": _header(tuple(names)), "delimiter": table.delimiter},
    )  # fmt: skip
    _lately.keep(record, row)
    return record
