"""A fault: one display error in one article, found by a rule or while shaping."""

from __future__ import annotations

from typing import Literal

import msgspec

Grade = Literal["safe", "proposed", "shown"]
"""`safe` is mended unasked, `proposed` waits for the desk, `shown` cannot be mended by rule."""

State = Literal["open", "mended"]


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A display error in one article, as stored: `state` is `mended` (the ledger says how) or `open`.

    `at`, `start`, `end` speak of the stored article for open faults, and of the text as it was when
    the rule mended it for mended ones. `before` is the text concerned (at most 200 characters around
    it in `excerpt`), `after` what became or would become of it.
    """

    name: str
    grade: Grade
    state: State
    at: str = ""
    start: int = 0
    end: int = 0
    before: str = ""
    after: str = ""
    excerpt: str = ""
    note: str = ""
