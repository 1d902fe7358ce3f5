"""D5: lines end where the typesetter's column ended, in the middle of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from backfile.article import Text
from backfile.faults.letters import LOWER
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="hard-line-break",
    group="D5",
    title="Lines break where a column used to end",
    readers_saw="Every line ends after some sixty characters, in the middle of sentences.",
    why="Text of a typesetting system or of a mail was stored with the line ends of its column.",
    before="Der Gemeinderat hat an seiner Sitzung vom Montag dem Kredit\nfür die neue Turnhalle zugestimmt. Nun "
    "entscheiden im Herbst die\nStimmberechtigten an der Urne über das Vorhaben.",
    after="Der Gemeinderat hat an seiner Sitzung vom Montag dem Kredit für die neue Turnhalle zugestimmt. Nun "
    "entscheiden im Herbst die Stimmberechtigten an der Urne über das Vorhaben.",
    will_get_wrong="A poem in prose whose lines are all filled to the same width would be joined. Where just two lines "
    "tell, it proposes.",
    grade="safe",
    since="0.1",
)

NARROWEST, WIDEST = 34, 100
_SURE_BREAKS = 3


def wrapped(lines: Sequence[str], slack: int = 0) -> bool:
    """Whether a machine filled these lines to one width: no line had room for the next one's first word.

    `slack`: characters that a line may fall short, because the letters of print differ in width.
    """
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST:
        return False
    return all(
        bool(after.strip()) and len(line) + 1 + len(after.split(maxsplit=1)[0]) > width - slack
        for line, after in pairwise(lines)
    )


def columned(lines: Sequence[str]) -> bool:
    """Whether most lines are filled to about one width and end without any stop: print, and no verse."""
    open_ends = sum(line.rstrip()[-1:].isalnum() or line.rstrip()[-1:] == "-" for line in lines[:-1])
    return len(lines) > 2 and 3 * open_ends >= 2 * (len(lines) - 1) and wrapped(lines, max(map(len, lines)) // 7)


def goes_on(line: str, after: str) -> bool:
    """Whether a sentence goes on from one line into the next."""
    end, start = line.rstrip()[-1:], after.lstrip()[:1]
    return (end.isalnum() or end in ",-") and (start.islower() or end == "-" or end == ",")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    lines = text.text.split("\n")
    breaks = len(lines) - 1
    if not breaks or not (wrapped(lines) or columned(lines)):
        return
    if breaks == 1 and lines[0].rstrip().endswith(","):
        return  # a couplet
    running = sum(map(goes_on, lines, lines[1:]))
    if 2 * running < breaks:
        return
    sure = breaks >= _SURE_BREAKS or running == breaks > 1
    offset = 0
    for line in lines[:-1]:
        offset += len(line)
        yield Found(start=offset, end=offset + 1, after=" ", grade=None if sure else "proposed")
        offset += 1


RUNS_ON = rf"[\w,-][ ]?\n[ ]?[{LOWER}]|[,-][ ]?\n"
"""A line that ends without a stop, and the next one goes on in lower case, or after a comma or hyphen."""

RULE = TextRule(
    card=CARD,
    trigger=RUNS_ON,
    literals=("\n",),
    find=find,
    blocks=("paragraph", "lead", "quote"),
)
