"""JSON Lines: one object a line; also a JSON array, an object with a list of objects, or one object a file.

What content stores and home-made exports give. The keys are mapped by `_mapping`. Strings stay strings and
numbers keep their digits: `00123` and `1.10` are what they were. A damaged line is a reject of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backfile.errors import BackfileError, RefusedInput, UnreadableInput
from backfile.record import Excluded, Field, Item, Options, Record, Reject, SourceSpec
from backfile.sources import _files, _mapping
from backfile.sources._decoded import decoded
from backfile.sources._lately import Lately
from backfile.sources._streams import Piece, Value, json_values, lines, newline_of
from backfile.sources.text import site_name

MAX_DEPTH = 100
_JSON_NAMES = re.compile(r"\.(?:jsonl|ndjson|json|jsonlines|ldjson)$", re.IGNORECASE)
_LIST_NAMES = frozenset(
    [
        "posts", "articles", "items", "entries", "data", "records", "results", "rows", "docs", "documents", "hits",
        "news", "stories", "nodes", "content", "artikel",
    ]
)  # fmt: skip


class JsonLines:
    """Reads JSON Lines and their relatives. The key is what the record calls its id, else file and offset."""

    name = "jsonl"
    title = "JSON Lines, or a JSON list of objects"
    spec = SourceSpec()

    def recognise(self, path: Path) -> int:
        scores = [_likely(name, head) for name, head in _files.heads(path)]
        return sum(scores) // len(scores) if scores else 0

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        _mapping.plan(options, ())  # a mapping that cannot be is said at once, not once a record
        source = options.source or site_name(path)
        for entry in _files.named(path, _JSON_NAMES, "not a JSON file"):
            if isinstance(entry, _files.Entry):
                yield from _entry(entry, source, options)
            else:
                yield entry

    def fields(self, record: Record, options: Options) -> list[Field]:
        found, switches = _lately.take(record) or leaves(record.payload.decode(record.encoding))
        return _mapping.mapped(found, options, switches)


SOURCE = JsonLines()
_lately: Lately[tuple[dict[str, str], dict[str, bool]]] = Lately()


def leaves(text: str) -> tuple[dict[str, str], dict[str, bool]]:
    """(strings and numbers, true and false) by path. Raises `UnreadableInput` saying what is wrong with the JSON."""
    try:
        value = _decoder.decode(text.lstrip("\ufeff"))
    except json.JSONDecodeError as problem:
        raise UnreadableInput(f"no JSON: {problem.msg} at character {problem.pos}") from problem
    except RecursionError as problem:
        raise UnreadableInput("nested too deep") from problem
    if not isinstance(value, dict):
        raise UnreadableInput(f"a record must be an object, this is {_kind(value)}")
    strings: dict[str, str] = {}
    switches: dict[str, bool] = {}
    halves = "\\ud" in text or "\\uD" in text
    for key, inner in value.items():
        if type(inner) is str and not halves:
            strings[key] = inner
        else:
            _gather(inner, key, strings, switches, 1)
    return strings, switches


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableInput(f"the key {twice[:80]!r} stands twice in one object", hint="Which one is meant?")
    return found


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False
)  # fmt: skip


def _gather(value: Any, path: str, strings: dict[str, str], switches: dict[str, bool], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise UnreadableInput("nested too deep")
    if isinstance(value, str):
        if not value.isascii() and _HALF.search(value):
            raise UnreadableInput(f"{path[:80]!r} holds half a character (a lone surrogate)")
        strings[path] = value
    elif isinstance(value, bool):
        switches[path] = value
    elif isinstance(value, dict):
        for key, inner in value.items():
            _gather(inner, f"{path}/{key}" if path else key, strings, switches, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            _gather(inner, f"{path}[{number}]" if number > 1 else path, strings, switches, depth + 1)


_HALF = re.compile(r"[\ud800-\udfff]")


def _kind(value: Any) -> str:
    return {list: "a list", str: "a string or a number", bool: "true or false"}.get(type(value), "nothing")


# -- files -----------------------------------------------------------------------------------------


def _likely(name: str, head: bytes) -> int:
    """How sure the head of one file is JSON that holds articles."""
    text = _start(head)
    if not text.startswith(("{", "[")) or re.match(r"\[\s*(?![\s{\]])|\{\s*(?![\s\"}])", text):
        return 0
    named = bool(_JSON_NAMES.search(_files.stem(name)))
    if _shape(head) == "lines":
        return 75 if named else 65
    return 55 if named else 45


def _start(head: bytes) -> str:
    _, codec, skip = newline_of(head)
    text = head[skip : len(head) - (len(head) - skip) % 2] if codec else head[skip:]
    return text.decode(codec or "latin-1", "ignore").lstrip()


def _shape(head: bytes) -> str:
    """`lines`, `array`, `lists` (an object that holds lists of objects) or `values` (objects one after the other)."""
    text = _start(head)
    if text.startswith("["):
        return "array"
    line, end, _ = text.partition("\n")
    whole = bool(end) or len(head) < 65536
    try:
        value = json.loads(line, strict=False) if whole else None
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return "lists" if _holds_lists(value) and not text[len(line) :].strip() else "lines"
    if _damaged_line(text):
        return "lines"
    return "lists" if re.match(r"\{\s*\"[^\"]{1,60}\"\s*:\s*\[\s*\{", text) else _pretty(text)


def _holds_lists(value: dict[str, Any]) -> bool:
    """Whether an object is a wrapper: its articles lie in a list, and it has no text of its own."""
    lists = [inner for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)]
    roles = {role for role, _ in _mapping.plan(Options(), [k for k, v in value.items() if isinstance(v, str)]).values()}
    return bool(lists) and not roles & {"headline", "body"}


def _damaged_line(text: str) -> bool:
    """Whether a file whose first line is no JSON has lines that are."""
    for line in text.splitlines()[1:6]:
        try:
            if line.startswith("{") and isinstance(json.loads(line, strict=False), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return not text.startswith("{\n") and not text.startswith("{\r") and "\n{" in text and '\n  "' not in text


def _pretty(text: str) -> str:
    """An object over many lines: a wrapper if a list of objects lies right below it, before any text of its own."""
    match = re.search(r"^(?: {1,4}|\t)\"([^\"\n]{1,60})\"\s*:\s*\[\s*\{", text, re.MULTILINE)
    if match is None:
        return "values"
    before = re.findall(r"^(?: {1,4}|\t)\"([^\"\n]{1,60})\"\s*:\s*\"", text[: match.start()], re.MULTILINE)
    roles = {role for role, _ in _mapping.plan(Options(), before).values()}
    return "values" if roles & {"headline", "body"} else "lists"


_DEPTH = {"values": 0, "array": 1, "lists": 2}


def _entry(entry: _files.Entry, source: str, options: Options) -> Iterator[Item]:
    try:
        with entry.open() as file:
            head = file.peek(65536)[:65536] if hasattr(file, "peek") else b""
            shape = _shape(head)
            _, codec, _ = newline_of(head)
            if shape == "lines":
                for piece in lines(file, options.max_record_bytes):
                    if piece.length or piece.data.strip(b" \t\r\n\0"):
                        yield _record(piece, entry, source, options, codec)
            elif codec:
                yield Reject(origin=entry.origin(), reason=f"a JSON list in {codec.upper()} is not read",
                             hint="Convert it: `iconv -f UTF-16 -t UTF-8`.")  # fmt: skip
            else:
                yield from _values(file, _DEPTH[shape], entry, source, options)
    except BackfileError as problem:
        yield Reject(origin=entry.origin(), reason=problem.what, hint=problem.hint)


def _values(file: Any, depth: int, entry: _files.Entry, source: str, options: Options) -> Iterator[Item]:
    chosen = ""
    found = False
    for value in json_values(file, depth, options.max_record_bytes):
        found = True
        if value.stray:
            yield _stray(value, chosen, entry, source)
            continue
        if value.around == b"{[" and (not chosen or (chosen not in _LIST_NAMES and value.name in _LIST_NAMES)):
            chosen = value.name
        if _is_beside(value, chosen):
            yield Excluded(origin=entry.origin(value.piece.offset, len(value.piece.data)),
                           rule=f"not in the list of articles: {value.name[:80]}", source=source,
                           payload=value.piece.data[: _files.KEPT_OF_REJECT])  # fmt: skip
        else:
            yield _record(value.piece, entry, source, options, "")
    if not found:
        yield _files.rejected(entry, "no objects in this file", hint="Is it cut off, or no export of articles?")


def _is_beside(value: Value, chosen: str) -> bool:
    """Whether it lies in a list of a wrapper, or in an object, that is not the one of the articles."""
    return len(value.around) == 2 and value.name not in _LIST_NAMES and (value.around == b"{{" or value.name != chosen)


def _stray(value: Value, chosen: str, entry: _files.Entry, source: str) -> Item:
    """What is no record: beside the lists of a wrapper it is left out by name, anywhere else it is a reject."""
    piece = value.piece
    origin = entry.origin(piece.offset, piece.length or len(piece.data))
    payload = piece.data[: _files.KEPT_OF_REJECT]
    if value.around == b"{":
        return Excluded(origin=origin, rule="beside the list of articles", source=source, payload=payload)
    if _is_beside(value, chosen):
        rule = f"not in the list of articles: {value.name[:80]}"
        return Excluded(origin=origin, rule=rule, source=source, payload=payload)
    return Reject(origin=origin, source=source, payload=payload, reason="no object: it stands outside of all records",
                  sha256=piece.sha256 or hashlib.sha256(piece.data).hexdigest(),
                  hint="Look for a brace or a quote that is missing or too many.")  # fmt: skip


def _record(piece: Piece, entry: _files.Entry, source: str, options: Options, codec: str) -> Item:
    if piece.length:
        return Reject(origin=entry.origin(piece.offset, piece.length), source=source, payload=piece.data,
                      sha256=piece.sha256, reason=f"larger than {options.max_record_bytes} bytes",
                      hint="Raise `max_record_bytes` if it really is one article.")  # fmt: skip
    text, encoding = decoded(piece.data, said=codec or options.encoding)
    try:
        read = leaves(text)
        planned = _mapping.plan(options, read[0])
    except (UnreadableInput, RefusedInput) as problem:
        return Reject(origin=entry.origin(piece.offset, len(piece.data)), source=source, reason=problem.what,
                      hint=problem.hint or "The lines around it have been read.",
                      payload=piece.data[: _files.KEPT_OF_REJECT],
                      sha256=hashlib.sha256(piece.data).hexdigest())  # fmt: skip
    said = {role: read[0][path] for path, (role, _) in reversed(planned.items())}
    key = said.get("key", "").strip() or f"{_files.stem(entry.name)}:{piece.offset}"
    record = Record(
        source=source, key=key, format="jsonl", media="json", payload=piece.data, encoding=encoding,
        origin=entry.origin(piece.offset, len(piece.data)), kind="article", modified=said.get("modified", ""),
    )  # fmt: skip
    _lately.keep(record, read)
    return record
