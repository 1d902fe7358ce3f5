"""The record's universe: every leaf string of its payload, decoded and read again from the bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import backfile.decoding  # noqa: F401  it makes its codecs known: `mixed-cp1252`, ...
from backfile.proof.xmlleaves import MAX_DEPTH, Unreadable, xml_leaves
from backfile.record import Record, SourceSpec

csv.field_size_limit(64 * 1024 * 1024)


def leaves(record: Record, spec: SourceSpec) -> dict[str, str]:
    """Leaf strings by path, as `backfile.record` defines paths. Raises `Unreadable` with the reason."""
    text = _decoded(record)
    match record.media:
        case "xml":
            return xml_leaves(text, _regions(spec.regions))
        case "json":
            return _json(text)
        case "csv":
            return _csv(text, record.context)
        case "html":
            return {"page": text}
        case "text":
            return {"text": text}
    raise Unreadable(f"the proof cannot read media {record.media!r}")  # pragma: no cover


def _decoded(record: Record) -> str:
    """The payload, decoded strictly: an encoding that does not fit is found here."""
    try:
        return record.payload.decode(record.encoding)
    except (UnicodeDecodeError, LookupError) as problem:
        raise Unreadable(f"the payload is not {record.encoding}: {problem}") from problem


@lru_cache(maxsize=64)
def _regions(paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(paths)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("an object of the payload has the same key twice")
    return found


_json_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False
)


def _json(text: str) -> dict[str, str]:
    try:
        value = _json_decoder.decode(text.lstrip("\ufeff"))
    except ValueError as problem:
        raise Unreadable(f"the payload is no JSON: {problem}") from problem
    except RecursionError as problem:
        raise Unreadable("the payload is nested too deeply") from problem
    return dict(_walk(value, "", 0))


def _walk(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        raise Unreadable(f"the payload is nested deeper than {MAX_DEPTH}")
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, f"{path}/{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _walk(inner, f"{path}[{number}]" if number > 1 else path, depth + 1)


def _csv(text: str, context: Any) -> dict[str, str]:
    header = context.get("header", "")
    if not header:
        raise Unreadable("the record's context holds no header")
    delimiter = context.get("delimiter", "") or ","
    try:
        names = json.loads(header) if header.startswith("[") else next(csv.reader([header], delimiter=delimiter))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (csv.Error, ValueError, StopIteration) as problem:
        raise Unreadable(f"the payload is no CSV row: {problem}") from problem
    if len(rows) != 1:
        raise Unreadable(f"the payload holds {len(rows)} rows")
    names += [f"column {number + 1}" for number in range(len(names), len(rows[0]))]  # more than the header names
    return {name: value for name, value in zip(names, rows[0], strict=False) if value}
