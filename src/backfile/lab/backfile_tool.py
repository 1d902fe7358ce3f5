"""Backfile as one of the tools that the lab measures: run in this process, and under which names it reports a class.

The only file of the lab that knows Backfile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from backfile import pipe
from backfile.faults import RULES
from backfile.lab.classes import all_classes
from backfile.lab.sheet import GAP
from backfile.profile import Profile

_DECODING = ("mojibake", "lossy-mojibake", "legacy-charset", "c1-control")
_LOST = ("question-mark-substitution", "replacement-character", "lossy-mojibake")
_ENTITIES = ("visible-entity", "cut-entity")
_ALSO: dict[str, tuple[str, ...]] = {
    "A1": _DECODING,
    "A2": (*_DECODING, *_LOST),
    "A3": (*_DECODING, "invisible-character"),
    "A4": (*_DECODING, "visible-entity"),
    "A5": _LOST,
    "A6": _LOST,
    "A9": ("spacing-damage", "hard-line-break"),
    "B1": _ENTITIES,
    "B2": _ENTITIES,
    "B3": (*_ENTITIES, "cut-text"),
    "B4": ("escape-residue",),
    "C1": ("wiki-residue", "link-scheme-residue", "glued-sentence"),
    "C2": ("texturised-markup", "unknown-shortcode"),
    "C3": ("shortcode-residue", "wiki-residue", "unknown-shortcode", "serialised-data"),
    "C4": ("shortcode-residue", "unknown-shortcode"),
    "C6": ("shortcode-residue", "unknown-shortcode"),
    "C5": ("literal-tag",),
    "D1": ("glued-word",),
    "D2": ("glued-sentence", "crosshead-run-in"),
    "D3": ("glued-word", "glued-sentence"),
    "D4": ("glued-word", "glued-sentence", "crosshead-run-in"),
    "E2": ("text-repeated",),
    "E4": ("text-repeated", "caption-doubled"),
    "E7": ("cut-text",),
    "F3": ("agency-credit", "dateline-in-text", "byline-in-text"),
    "F4": ("caption-doubled",),
    "F6": ("stale-notice",),
    "F9": ("interface-text",),
    "G1": ("hard-line-break",),
    "I4": ("impossible-date", "missing-date"),
}
"""Entry of the catalogue → names beside those of its own rules under which the same damage may be shown."""


@cache
def names(label: str) -> frozenset[str]:
    """The faults under which Backfile may report a class of the lab."""
    known = all_classes().get(label)
    group = known.group if known else label
    groups = {group, "B1"} if group == "B2" else {group}
    own = {rule.card.name for rule in RULES if rule.card.group in groups}
    return frozenset(own | set(_ALSO.get(group, ())) | {label})


def learned(lines: Iterable[Mapping[str, Any]]) -> Profile:
    """What the archive knows about itself."""
    return pipe.learn(json.dumps(line).encode() for line in lines)


def answers(questions: Iterable[Mapping[str, Any]], profile: Profile) -> Iterator[dict[str, Any]]:
    """Backfile's answer to each question."""
    lines = (json.dumps(question).encode() for question in questions)
    for line in pipe.run(lines, profile):
        yield _printed(json.loads(line))


def _printed(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with the text that a page prints: an earlier migration's notice is kept, and is not printed."""
    notes = [
        one["text"] for one in answer.get("blocks", ()) if one["type"] == "note" and one.get("kind") == "import-notice"
    ]
    for note in notes:
        answer["text"] = answer["text"].replace(f"{GAP}{note}", "")
    return answer
