"""The faults that Backfile knows, one file each, and the order in which they are mended.

The order means something: text is decoded before it is read, markup is read before structure is
seen, structure stands before typography is judged. A new rule is one line here.
"""

from __future__ import annotations

from backfile.faults import (
    c1_control,
)
from backfile.faults.rule import Rule

ENCODING: tuple[Rule, ...] = (c1_control.RULE,)
"""Groups A, B and C: encodings, entities and escapes, markup residue. Outer layers first."""

STRUCTURE: tuple[Rule, ...] = ()
"""Groups D and E: paragraphs, lists, boxes; repetition and loss."""

DESK: tuple[Rule, ...] = ()
"""Groups F and G: intruding metadata and boilerplate, typography and print residue."""

RULES: tuple[Rule, ...] = (*ENCODING, *STRUCTURE, *DESK)
