"""What a record says beside its leaves: its context, what the account generates, the data that machines read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backfile.proof.normal import decode, squeeze
from backfile.proof.places import Claims
from backfile.proof.segments import segments
from backfile.record import Record


class Beside:
    """Answers whether words without a range are said anywhere, and so are no invention. `words` are squeezed."""

    def __init__(self, record: Record, claims: Claims, leaves: Mapping[str, str]) -> None:
        self.record, self.claims, self.leaves = record, claims, leaves
        self._context: set[str] | None = None
        self._machine: str | None = None

    def says(self, words: str) -> bool:
        """Whether the record's context, or an entry of the account, says these words."""
        if self._context is None:
            self._context = {squeeze(value) for value in self.record.context.values()}
            self._context.update(squeeze(op.text) for op in self.claims.generated)
        return words in self._context or (len(words) > 2 and any(words in value for value in self._context))

    def machines_say(self, words: str) -> bool:
        """Whether words stand in a script or attribute of a page (JSON-LD, `meta`), as machines read them, or in what
        was dropped by name (`<title>`)."""
        if self._machine is None:
            found = [
                decode(_unescaped(part.text)) for leaf in self.leaves.values() if "<" in leaf
                for part in segments(leaf) if part.kind in ("raw", "attribute")
            ]  # fmt: skip
            found += [claim.text for claims in self.claims.by_leaf.values() for claim in claims if claim.kind == "drop"]
            self._machine = squeeze("\n".join(found))
        return words in self._machine


_JSON_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([\"\\/]))")


def _unescaped(raw: str) -> str:
    """JSON's escapes read."""
    if "\\" not in raw:
        return raw
    return _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], raw)
