"""What the proof says: proved, failed, or not checked with the reason. Bounded in size, storable as JSON."""

from __future__ import annotations

from typing import Literal

import msgspec

VERSION = 1
"""Version of the proof: its statement, its lists (`backfile.proof.lists`) and its harmless normalisations."""

MAX_PROBLEMS = 20
MAX_EXCERPT = 120

State = Literal["proved", "failed", "not_checked"]
Kind = Literal[
    "loss",  # text of the source that is nowhere
    "invention",  # text of the article that the source does not hold
    "change",  # text that differs from its source
    "glue",  # two words of the source that are one in the article
    "order",  # text out of its order, with no move recorded
    "duplicate",  # text of the source that is in the article twice
    "span",  # a place that names no range, or one that does not exist
    "unmapped",  # a leaf that nobody mapped and that is not on the list of non-text leaves
    "date",  # a date that is not the source's
    "link",  # a link of the source that is nowhere
    "media",  # a picture, video, ... of the source that is nowhere
    "ledger",  # the operations do not give the stored article, or hide what they do
    "page",  # the page does not show what is stored
    "count",  # the sums do not hold
    "unreadable",  # the proof cannot read the payload with its own eyes
]


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One finding: the source range (`leaf[start:end]`) and the place in the article, what should be there, what is.

    `expected` and `found` are excerpts of at most `MAX_EXCERPT` code points.
    """

    kind: Kind
    leaf: str = ""
    start: int = 0
    end: int = 0
    at: str = ""
    expected: str = ""
    found: str = ""
    note: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`readings` names the leaves that tile only if `<` and `&` in them are read as text: path and `text`."""

    state: State
    problems: tuple[Problem, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    version: int = VERSION


PROVED = Verdict(state="proved")


def excerpt(text: str) -> str:
    """At most `MAX_EXCERPT` code points of `text`: its beginning and its end."""
    if len(text) <= MAX_EXCERPT:
        return text
    half = MAX_EXCERPT // 2 - 1
    return f"{text[:half]}…{text[-half:]}"


def judge(problems: list[Problem], readings: list[tuple[str, str]]) -> Verdict:
    """The verdict on a finished check: failed if there is any problem."""
    if not problems and not readings:
        return PROVED
    state: State = "failed" if problems else "proved"
    return Verdict(state=state, problems=tuple(problems[:MAX_PROBLEMS]), readings=tuple(readings[:MAX_PROBLEMS]))


def not_checked(reason: str) -> Verdict:
    """The proof could not be made, and why."""
    return Verdict(state="not_checked", problems=(Problem(kind="unreadable", note=excerpt(reason)),))
