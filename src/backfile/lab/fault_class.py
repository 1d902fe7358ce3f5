"""What a fault class is: one entry of the registry, with its injector; `backfile.lab.classes` finds them all."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Literal

import msgspec

from backfile.lab.sheet import Edit, Sheet

Layer = Literal["bytes", "string", "markup", "record", "page"]
"""Where a fault arises: in decoding, in a string, in its markup, between a record's fields, on a whole page."""
Recoverable = Literal["text", "archive", "source", "never"]
"""What is needed to mend it: the text alone, what the archive knows of itself, the old system; or nothing helps."""

Carrier = Literal["body", "record", "page"]
"""What a question is: a bare body, a record with fields, a whole web page."""


class FaultClass(msgspec.Struct, frozen=True, kw_only=True):
    """One class. `inject` puts it into a sheet as a list of edits; None where the article offers no place for it.

    `group` is its entry in the catalogue (`A1`). `languages`: empty for all; `de` includes `de-CH`. `carrier`: the
    least format it needs, a bare body, a record with fields, or a whole page. Without `mendable`, every change but the
    exact truth is a wrong guess, and to show it is all that can be asked for.
    """

    name: str
    group: str
    layer: Layer
    recoverable: Recoverable
    what: str
    inject: Callable[[Sheet, Random], list[Edit] | None]
    languages: tuple[str, ...] = ()
    carrier: Carrier = "body"

    @property
    def mendable(self) -> bool:
        return self.recoverable in ("text", "archive")

    def speaks(self, language: str) -> bool:
        return not self.languages or language in self.languages or language.partition("-")[0] in self.languages
