"""G2: a ligature of print is left as one sign, or was torn off the word: `oﬃziell`, `offi ziell`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LOWER, in_address, word_after, word_before
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="ligature-damage",
    group="G2",
    title="A ligature of print damages a word",
    readers_saw="Words that no search finds (ﬁnden), or a gap after fi, fl, ff: Steffi sburg, offi ziell.",
    why="Print fonts set these letters as one sign; the export kept the sign, or put a space after it.",
    before="Die offi zielle Eröﬀnung in Steffi sburg.",
    after="Die offizielle Eröffnung in Steffisburg.",
    will_get_wrong="A gap between two words of which the second is unknown and both together are a word.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_PLAIN = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SIGN = re.compile("[ﬀﬁﬂﬃﬄﬅﬆ]")
_GAP = re.compile(rf"f[fil] (?=[{LOWER}]{{2}})")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    for match in _SIGN.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=_PLAIN[match.group()])
    for match in _GAP.finditer(body):
        left, right = word_before(body, match.end() - 1), word_after(body, match.end())
        if ask.known(right) or in_address(body, match.start(), match.end()):
            continue
        if ask.known(left + right):
            yield Found(start=match.end() - 1, end=match.end(), after="", drop="white space in a word")


RULE = TextRule(card=CARD, trigger=rf"[ﬀﬁﬂﬃﬄﬅﬆ]|f[fil] [{LOWER}]{{2}}", find=find)
