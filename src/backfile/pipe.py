"""JSON Lines in, JSON Lines out, no archive: for other people's pipelines and for scoring.

One object a line: `{"id", "content", "format", "language"?, "url"?, "dialect"?}`. `format` is `text`,
`html` (a body fragment), `page` (a whole web page), `nitf`, or the name of any source whose records
are one document. What cannot be read gives `{"id", "error"}`
and the pipe goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from backfile import registry, shaping
from backfile.article import Article, Block, block_texts, nested, plain_text
from backfile.decoding import decode
from backfile.errors import BackfileError
from backfile.fault import Fault
from backfile.faults.mend import Mended, mend
from backfile.ledger import Drop, Move, Op, Replace
from backfile.profile import Learner, Profile
from backfile.proof import Verdict, prove
from backfile.record import Field, Media, Options, Origin, Record, SourceSpec

MAX_LINE = 64 * 1024 * 1024
"""A longer line is answered by an error instead of being held in memory."""

_SOURCES = {"text": "text", "page": "pages", "nitf": "nitf"}
_MEDIA: dict[str, Media] = {"text": "text", "page": "html", "nitf": "xml", "html": "html"}


class Question(msgspec.Struct):
    """One line of input."""

    content: str
    format: str = "html"
    id: Any = None
    language: str = ""
    url: str = ""
    dialect: str = ""


class Shape(msgspec.Struct, frozen=True):
    """What shaping made of one question, kept until it is mended."""

    record: Record
    spec: SourceSpec
    shaped: shaping.Shaped


def shape(question: Question) -> Shape:
    """Read and shape one question. Raises `BackfileError` if the format is unknown or the content cannot be read."""
    options = Options(language=question.language, dialect=question.dialect)
    record, spec, fields = _read(question, options)
    return Shape(record, spec, shaping.shape(record, fields, options))


def _read(question: Question, options: Options) -> tuple[Record, SourceSpec, list[Field]]:
    name = question.format
    record = Record(
        source="pipe",
        key=str(question.id),
        format=_SOURCES.get(name, name),
        media=_MEDIA.get(name, "xml"),
        payload=question.content.encode("utf-8", "surrogatepass"),
        origin=Origin(file="-"),
        context={"url": question.url} if question.url else {},
    )
    if name == "html":
        body = Field(role="body", value=question.content, leaf="page", markup="html", dialect=question.dialect)
        return record, SourceSpec(), [body]
    source = registry.source(record.format)
    decode(record.payload)
    return record, source.spec, source.fields(record, options)


def answer(question: Question, profile: Profile, *, mending: bool = True) -> dict[str, Any]:
    """The answer to one question, as an object. Raises `BackfileError` for what cannot be read."""
    shape_ = shape(question)
    shaped = shape_.shaped
    mended = mend(shaped.article, profile) if mending else Mended(shaped.article, (), (), ())
    verdict = prove(shape_.record, shape_.spec, shaped.article, shaped.account, mended.ops, mended.article)
    faults = (*shaped.faults, *mended.faults)
    return _as_object(question, mended.article, (*shaped.account, *mended.ops), faults, verdict)


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
        "faults": [_fault(fault) for fault in faults],
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


def _fault(fault: Fault) -> dict[str, Any]:
    block, _, slot = fault.at.partition(":")
    place = {"name": fault.name, "grade": fault.grade, "state": fault.state, "start": fault.start, "end": fault.end}
    rest = {"before": fault.before, "after": fault.after, "excerpt": fault.excerpt, "note": fault.note}
    return {**place, "block": block, "slot": slot, **{name: value for name, value in rest.items() if value}}


def learn(lines: Iterable[bytes]) -> Profile:
    """A profile from another file of the same form. Lines that cannot be read teach nothing."""
    learner = Learner()
    for line in lines:
        try:
            learner.add(shape(_parse(line)).shaped.article)
        except BackfileError:
            continue
    return learner.freeze()


def run(lines: Iterable[bytes], profile: Profile, *, mending: bool = True) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank, in order."""
    for line in lines:
        if line.strip():
            yield _one(line, profile, mending)


def _one(line: bytes, profile: Profile, mending: bool) -> dict[str, Any]:
    try:
        question = _parse(line)
    except BackfileError as problem:
        return {"id": _id_of(line), "error": str(problem)}
    try:
        return answer(question, profile, mending=mending)
    except BackfileError as problem:
        return {"id": question.id, "error": str(problem)}
    except Exception as defect:  # noqa: BLE001 - one bad object never stops the pipe; the defect is named
        return {"id": question.id, "error": f"defect of Backfile: {type(defect).__name__}: {defect}"}


def _parse(line: bytes) -> Question:
    if len(line) > MAX_LINE:
        raise BackfileError(f"a line of {len(line)} bytes is over the limit of {MAX_LINE}")
    try:
        return msgspec.json.decode(line, type=Question)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise BackfileError(f"not an object as described in `backfile pipe --help`: {problem}") from problem


def _id_of(line: bytes) -> Any:
    """The id of an object that is wrong otherwise, so that the caller can tell which one it was."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found.get("id") if isinstance(found, dict) else None
