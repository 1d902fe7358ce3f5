"""JSON Lines in, JSON Lines out, no archive: for other people's pipelines and for scoring.

One object a line: `{"id", "content", "format": "text" | "html" | "page" | "nitf" | …, "language"?, "url"?,
"dialect"?}`; one answer a line, in order. What cannot be read gives `{"id", "error"}` and the pipe goes on.
docs/pipe.md describes both.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from backfile import registry, shaping
from backfile.article import Article, Block, article_texts, block_texts, nested, plain_text
from backfile.errors import BackfileError
from backfile.fault import Fault
from backfile.faults.mend import Mended, mend
from backfile.ledger import Drop, Move, Op, Replace
from backfile.profile import Learner, Profile
from backfile.proof import Verdict, prove
from backfile.record import Field, Media, Options, Origin, Record, Reject, Source, SourceSpec

MAX_LINE = 64 * 1024 * 1024
"""A longer line is answered by an error instead of being held in memory."""
MAX_HEAD = 64 * 1024
"""So much of a line that is no object is searched for its id."""

_RECORDS = {"text": "text", "page": "pages", "wxr": "wxr"}
"""Formats whose content is one record as it stands, and the source whose record it is. The content of all other
formats is a whole file of the source of that name, with one record in it."""
_MEDIA: dict[str, Media] = {"text": "text", "page": "html", "nitf": "xml", "html": "html", "jsonl": "json"}
_DATELESS = frozenset({"html", "text"})
"""Formats that have no place for a date: that there is none is no fault of theirs."""


class Question(msgspec.Struct):
    """One line of input."""

    content: str
    format: str | None = "html"
    id: Any = None
    language: str | None = ""
    url: str | None = ""
    dialect: str | None = ""


class Shape(msgspec.Struct, frozen=True):
    """What shaping made of one question, kept until it is mended."""

    record: Record
    spec: SourceSpec
    shaped: shaping.Shaped


def shape(question: Question) -> Shape:
    """Read and shape one question. Raises `BackfileError` if the format is unknown or the content cannot be read."""
    dialect = question.dialect or ""
    if dialect and dialect not in shaping.DIALECTS:
        raise BackfileError(f"there is no dialect called {dialect!r}; known: {', '.join(shaping.DIALECTS)}")
    options = Options(language=question.language or "", dialect=dialect, source="pipe", encoding="utf-8")
    record, spec, fields = _read(question, options)
    return Shape(record, spec, shaping.shape(record, fields, options))


def _read(question: Question, options: Options) -> tuple[Record, SourceSpec, list[Field]]:
    name = question.format or "html"
    known = {"html": "html", **{name: name for name in registry.sources() if name != "pages"}, **_RECORDS}
    if name not in known:
        raise BackfileError(f"there is no format called {name!r}; known: {', '.join(known)}")
    record = Record(
        source="pipe",
        key=_key(question.id),
        format=known[name],
        media=_MEDIA.get(name, "xml"),
        payload=question.content.encode("utf-8"),
        origin=Origin(file="-"),
        context={"url": question.url} if question.url else {},
    )
    if name == "html":
        body = Field(role="body", value=question.content, leaf="page", markup="html", dialect=options.dialect)
        return record, SourceSpec(), [body]
    source = registry.source(record.format)
    if name not in _RECORDS:
        record = _document(source, record, options)
    return record, source.spec, source.fields(record, options)


def _document(source: Source, record: Record, options: Options) -> Record:
    """The one record that the content holds, read as if it were a file. Raises if it is none, or cannot be read."""
    with tempfile.TemporaryDirectory(prefix="backfile-") as folder:
        path = Path(folder) / f"document.{record.format}"
        path.write_bytes(record.payload)
        found = list(source.items(path, options))
    for item in found:
        if isinstance(item, Reject):
            raise BackfileError(item.reason)
    if len(found) != 1 or not isinstance(found[0], Record):
        raise BackfileError(f"not one document but {len([i for i in found if isinstance(i, Record)])}")
    return msgspec.structs.replace(found[0], source="pipe", key=record.key)


def _key(value: Any) -> str:
    return bytes(value).decode() if isinstance(value, msgspec.Raw) else str(value)


def answer(question: Question, profile: Profile, *, mending: bool = True) -> dict[str, Any]:
    """The answer to one question, as an object. Raises `BackfileError` for what cannot be read."""
    shape_ = shape(question)
    shaped = shape_.shaped
    mended = mend(shaped.article, profile) if mending else Mended(shaped.article, (), (), ())
    verdict = prove(shape_.record, shape_.spec, shaped.article, shaped.account, mended.ops, mended.article)
    faults = tuple(fault for fault in (*shaped.faults, *mended.faults) if _concerns(fault, question))
    return _as_object(question, mended.article, (*shaped.account, *mended.ops), faults, verdict)


def _concerns(fault: Fault, question: Question) -> bool:
    return fault.name != "missing-date" or (question.format or "html") not in _DATELESS


def _as_object(
    question: Question, article: Article, ops: tuple[Op, ...], faults: tuple[Fault, ...], verdict: Verdict
) -> dict[str, Any]:
    return {
        "id": question.id,
        "headline": article.headline.text,
        "kicker": article.kicker.text,
        "lead": article.lead.text,
        "byline": ", ".join(article.bylines),
        "date": article.published.isoformat() if article.published else "",
        "language": article.language,
        "text": plain_text(article),
        "blocks": [_block(block) for block in article.blocks],
        "edits": [_edit(op) for op in ops if getattr(op, "span", None) is None],
        "faults": [_fault(_placed(fault, article)) for fault in faults],
        "drops": [_drop(op) for op in ops if isinstance(op, Drop)],
        "verdict": verdict.state,
        "problems": [msgspec.to_builtins(problem) for problem in verdict.problems],
    }


def _block(block: Block) -> dict[str, Any]:
    """A block with its plain text as `text`, whatever its type; the rest as the archive stores it."""
    stored: dict[str, Any] = msgspec.to_builtins(block)
    marked = stored.pop("text", None) or {}
    inner = [_block(child) for child in nested(block)]
    own = "\n".join(text.text for slot, text in block_texts(block) if slot != "alt" and text.text)
    below = "\n".join(child["text"] for child in inner if child["text"])
    stored["text"] = "\n".join(part for part in (own, below) if part)
    if marked.get("marks"):
        stored["marks"] = marked["marks"]
    if inner:
        stored["images" if "images" in stored else "blocks"] = inner
    return stored


def _edit(op: Op) -> dict[str, Any]:
    stored: dict[str, Any] = msgspec.to_builtins(op)
    edit = {"rule": stored.pop("by"), "before": "", "after": ""}
    if isinstance(op, Replace):
        return {**edit, **stored}
    if isinstance(op, Drop | Move):
        return {**edit, **stored, "before": op.text}
    return {**edit, **stored}


def _drop(op: Drop) -> dict[str, Any]:
    stored: dict[str, Any] = msgspec.to_builtins(op)
    return {
        "text": op.text,
        "reason": op.reason,
        "rule": op.by,
        **{k: stored[k] for k in ("span", "at") if k in stored},
    }


def _placed(fault: Fault, article: Article) -> Fault:
    """An open fault that shaping found without a place: where its text stands in the finished article, if it does."""
    if fault.state != "open" or fault.end or not fault.before:
        return fault
    for at, text in article_texts(article):
        start = text.text.find(fault.before) if at == fault.at or not fault.at else -1
        if start >= 0:
            return msgspec.structs.replace(fault, at=at, start=start, end=start + len(fault.before))
    return fault


def _fault(fault: Fault) -> dict[str, Any]:
    block, _, slot = fault.at.partition(":")
    place = {"name": fault.name, "grade": fault.grade, "state": fault.state, "start": fault.start, "end": fault.end}
    rest = {"before": fault.before, "after": fault.after, "excerpt": fault.excerpt, "note": fault.note}
    return {**place, "block": block, "slot": slot, **{name: value for name, value in rest.items() if value}}


def learn(lines: Iterable[bytes]) -> Profile:
    """A profile from another file of the same form. Lines that cannot be read teach nothing."""
    learner = Learner()
    for line in lines:
        if line.strip():
            try:
                learner.add(shape(parse(line)).shaped.article)
            except BackfileError:
                continue
    return learner.freeze()


def run(lines: Iterable[bytes], profile: Profile, *, mending: bool = True) -> Iterator[bytes]:
    """One answer, a line of JSON, for each line that is not blank: in order, each before the next line is asked for."""
    for line in lines:
        if line.strip():
            yield _encoded(_one(line, profile, mending))


def _one(line: bytes, profile: Profile, mending: bool) -> dict[str, Any]:
    try:
        question = parse(line)
    except BackfileError as problem:
        return {"id": _id_of(line), "error": str(problem)}
    try:
        return answer(question, profile, mending=mending)
    except BackfileError as problem:
        return {"id": question.id, "error": str(problem)}
    except Exception as defect:  # one bad object never stops the pipe; the defect is named
        return {"id": question.id, "error": f"defect of Backfile: {type(defect).__name__}: {defect}"}


def _encoded(found: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(found) + b"\n"
    except (UnicodeEncodeError, RecursionError) as problem:  # what an error quotes may hold what JSON cannot
        return msgspec.json.encode({"id": found["id"], "error": f"no JSON: {type(problem).__name__}"}) + b"\n"


# -- one line ----------------------------------------------------------------------------------------


class _Line(Question):
    """A question whose id is kept as it is written, so that it comes back to the last digit."""

    id: msgspec.Raw = msgspec.Raw(b"null")


_lines = msgspec.json.Decoder(_Line)
_ID = re.compile(r'\s*\{\s*"id"\s*:\s*')
_LONE = re.compile("[\ud800-\udfff]+")


def parse(line: bytes) -> Question:
    """One line as a question; its id is a `msgspec.Raw`. Raises `BackfileError` for anything else."""
    if len(line) > MAX_LINE:
        raise BackfileError(f"a line of more than {MAX_LINE} bytes is over the limit")
    try:
        found = _lines.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        found = _leniently(line, problem)
    if len(found.id) > MAX_HEAD:
        raise BackfileError(f"an id of {len(found.id)} bytes is over the limit of {MAX_HEAD}")
    return msgspec.structs.replace(found, id=msgspec.Raw(bytes(found.id)))


def _leniently(line: bytes, problem: Exception) -> _Line:
    """Halves of characters beyond 16 bits and bare control characters are no JSON, and yet what other programs write.

    A half alone becomes U+FFFD, so that a rule finds it.
    """
    try:
        told = json.loads(line.decode("utf-8"), strict=False, parse_constant=_refused)
        raw = _ascii(told.get("id"))
        told = {name: _whole(value) for name, value in told.items() if name != "id"}
        found = msgspec.convert(told, _Line)
        return msgspec.structs.replace(found, id=raw)
    except (ValueError, AttributeError, RecursionError):
        what = "nested too deep" if isinstance(problem, RecursionError) else str(problem)
        raise BackfileError(f"not an object as described in `backfile pipe --help`: {what}") from problem


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _whole(value: Any) -> Any:
    if isinstance(value, str) and _LONE.search(value):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _ascii(value: Any) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(value).encode())


def _id_of(line: bytes) -> Any:
    """The id of an object that is wrong otherwise, so that the caller can tell which one it was; null if unknown."""
    text = line[:MAX_HEAD].decode("utf-8", "replace")
    match = _ID.match(text)
    try:
        if match:
            return _ascii(json.JSONDecoder(strict=False, parse_constant=_refused).raw_decode(text, match.end())[0])
        told = json.loads(line, strict=False, parse_constant=_refused) if len(line) <= MAX_HEAD else None
        return _ascii(told.get("id")) if isinstance(told, dict) else None
    except (ValueError, RecursionError):
        return None
