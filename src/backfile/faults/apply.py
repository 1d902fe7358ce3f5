"""From findings to operations: what a rule found in texts is done on the draft, and so recorded."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from backfile.article import Mark, Text
from backfile.draft import ONE_TEXT, Draft
from backfile.faults.rule import Found
from backfile.ledger import Drop, Op, Replace
from backfile.splicing import strip_range

MAX_RESHAPES = 500
"""Blocks cut, moved or retyped by one rule in one pass; the next round goes on."""


class Site(msgspec.Struct, frozen=True):
    """One text in which something was found: its number among the article's texts, its place, its kind."""

    index: int
    at: str
    kind: str
    text: Text


def apply_findings(draft: Draft, sites: Sequence[tuple[Site, list[Found]]], by: str) -> bool:
    """Do them all. True if blocks came or went, so that the article's texts have to be gathered again."""
    plain: list[Op] = []
    reshaping: list[tuple[Site, list[Found]]] = []
    for site, found in sites:
        if any(map(_is_reshaping, found)) or _leaves_ends(site, found):
            reshaping.append((site, found))
        else:
            plain.extend(_edit(site.at, site.text.text, one, by) for one in reversed(found))
    draft.do_all(plain)
    for site, found in reshaping[:MAX_RESHAPES]:
        if any(map(_is_reshaping, found)):
            _reshape(draft, site, found[:MAX_RESHAPES], by)
        else:
            draft.do_all([_edit(site.at, site.text.text, one, by) for one in reversed(found)])
            _tidy(draft, site, by)
    return bool(reshaping)


def apply_string(draft: Draft, field: str, index: int, value: str, found: Sequence[Found], by: str) -> str:
    """Findings in a field that is a plain string; returns its new value. Nothing is left: the entry goes."""
    after = value
    for one in reversed(found):
        after = after[: one.start] + (one.after or "") + after[one.end :]
    after = after.strip()
    if index < 0:
        draft.set_field(field, after, by)
    else:
        entries = list(getattr(draft.article, field))
        entries[index : index + 1] = [after] if after else []
        draft.set_field(field, entries, by)
    return after


def _edit(at: str, text: str, one: Found, by: str) -> Op:
    before = text[one.start : one.end]
    if one.after:
        return Replace(by=by, at=at, start=one.start, before=before, after=one.after)
    return Drop(by=by, text=before, reason=one.drop or by, at=at, start=one.start, end=one.end)


def _is_reshaping(one: Found) -> bool:
    return bool(one.split or one.move or one.retype or one.mark)


def _leaves_ends(site: Site, found: Sequence[Found]) -> bool:
    """Whether nothing would be left, or white space at an end."""
    first, last = found[0], found[-1]
    left = site.text.text[: first.start] + (first.after or "")
    right = (last.after or "") + site.text.text[last.end :]
    return not left.strip() or not right.strip() or left[0].isspace() or right[-1].isspace()


def _reshape(draft: Draft, site: Site, found: Sequence[Found], by: str) -> None:
    """From the right, so that what lies before keeps its place."""
    for one in reversed(found):
        if one.retype:
            if one.end > one.start:
                draft.do(_edit(site.at, draft.text(site.at).text, one, by))
            draft.retype(site.at.partition(":")[0], one.retype, by)
        elif one.move:
            draft.move(site.at, one.start, one.end, one.move, by)
        elif one.split:
            _split(draft, site, one, by)
        else:
            draft.do(_edit(site.at, draft.text(site.at).text, one, by))
            if one.mark and one.after:
                mark = Mark(one.start, one.start + len(one.after), one.mark, one.href)
                draft.set_mark(site.at, mark, by)
    _tidy(draft, site, by)


def _split(draft: Draft, site: Site, one: Found, by: str) -> None:
    text = draft.text(site.at).text
    left, right = text[: one.start].strip(), text[one.end :].strip()
    can_cut = site.at.endswith(":text") and site.kind in ONE_TEXT and site.kind != "embed"
    if left and right and not can_cut:
        draft.replace(site.at, one.start, one.end, "\n", by)
        return
    if text[one.start : one.end].strip():
        draft.drop(site.at, one.start, one.end, one.drop or by, by)
    if left and right:
        draft.split(site.at.partition(":")[0], one.start, by)


def _tidy(draft: Draft, site: Site, by: str) -> None:
    """A block whose text is all gone goes too; white space left at the ends of a text goes."""
    text = draft.text(site.at).text
    start, end = strip_range(text, 0, len(text))
    if start == end:
        if site.at.endswith(":text") and site.kind in ONE_TEXT and site.kind not in ("embed", "quote"):
            draft.drop_block(site.at.partition(":")[0], "empty", by)
        return
    if site.kind == "preformatted":
        return
    if end < len(text):
        draft.drop(site.at, end, len(text), "white space", by)
    if start:
        draft.drop(site.at, 0, start, "white space", by)
