"""G1: the hyphen of a line's end in print is still in the word: `einen Fi- nanzantrag`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.fault import Grade
from backfile.faults.letters import LETTER, LOWER, in_address, word_after, word_before, words
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="hyphenation-residue",
    group="G1",
    title="A hyphen of the printed line is left in a word",
    readers_saw="A word cut in the middle of a line: einen Fi- nanzantrag, die Gemein-de.",
    why="The typesetting system's line ends were removed, the hyphens in front of them were not.",
    before="Der Rat lehnte den Fi- nanzantrag ab.",
    after="Der Rat lehnte den Finanzantrag ab.",
    will_get_wrong="A word cut on purpose whose joined form the archive knows. Real hyphens (Lese- und Schreibkurse) "
    "stay: the word after them says so. English compounds at a line's end (heart-breaking) stay as they are unless the "
    "archive writes them together twenty times as often.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_HYPHEN = re.compile(rf"[{LOWER}]-(?:( |\n)(?=[{LETTER}])|(?=[{LOWER}]))")
_JOINING = words(
    """und oder bzw beziehungsweise sowie bis als statt noch wie plus aber respektive resp u o usw etc et ou ni e o ed
    od and or nor to as than with y en"""
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    for match in _HYPHEN.finditer(body):
        here = match.start() + 1
        left, right = word_before(body, here), word_after(body, match.end())
        if len(left) < 2 or len(right) < 2 or right in _JOINING or in_address(body, here, here + 1):
            continue
        if (
            body[here - len(left) - 1 : here - len(left)] == "-"
            or body[match.end() + len(right) : match.end() + len(right) + 1] == "-"
        ):
            continue  # one of several hyphens: a real compound
        yield from _judge(match, here, left, right, ask)


_NEVER_PARTED = words(
    """without within into onto upon another become became becomes becoming before because together today tonight
    tomorrow however himself herself itself themselves ourselves yourself myself something anything nothing everything
    someone anyone everyone somebody anybody everybody nobody somewhere anywhere everywhere whatever whenever wherever
    whoever although throughout understand understands understanding understood outside inside between beyond
    newspaper newspapers weekend weekends football airport background forward towards afternoon"""
)
"""English words of two words that nobody writes with a hyphen today."""


def _judge(match: re.Match[str], here: int, left: str, right: str, ask: Ask) -> Iterator[Found]:
    spaced = match.group(1) is not None
    if right[0].islower() and ask.known(left + right):
        if spaced and _compound(left, right, ask):
            if ask.known(f"{left}-{right}"):
                yield _out_of_compound(match)
            return
        if not spaced and _played_with(match.string, match.end(), right):
            return
        grade: Grade = "safe" if spaced or _broken(left, right, ask) else "proposed"
        if grade == "proposed" and ask.language.startswith("en"):
            return  # English writes many words either way: in-line, heart-breaking
        yield Found(start=here, end=match.end(), after="", drop="hyphen of the printed line", grade=grade)
    elif spaced and ask.known(f"{left}-{right}"):
        yield _out_of_compound(match)


def _out_of_compound(match: re.Match[str]) -> Found:
    return Found(start=match.end() - 1, end=match.end(), after="", drop="white space in a word")


def _compound(left: str, right: str, ask: Ask) -> bool:
    """Whether two English words may stand with a hyphen of their own, which a line's end fell upon: heart-breaking."""
    joined = (left + right).lower()
    if not ask.language.startswith("en") or joined in _NEVER_PARTED or not (ask.known(left) and ask.known(right)):
        return False
    return ask.count(joined) < _MUCH_MORE * max(1, ask.count(f"{left}-{right}"))


def _played_with(body: str, at: int, right: str) -> bool:
    """Whether the text has the second part as a word of its own: an Ent-täuschung is the end of a Täuschung."""
    found = re.finditer(rf"(?<![{LETTER}-]){right}(?![{LETTER}-])", body, re.IGNORECASE)
    return any(one.start() != at for one in found)


_MUCH_MORE = 20


def _broken(left: str, right: str, ask: Ask) -> bool:
    """An author may have written it so (Start-ups): only fragments, or a much more frequent word, tell."""
    if ask.known(right):
        return False
    return not ask.known(left) or ask.count(left + right) >= _MUCH_MORE * max(1, ask.count(f"{left}-{right}"))


RULE = TextRule(card=CARD, trigger=rf"[{LOWER}]-(?:[ \n][{LETTER}]|[{LOWER}])", literals=("-",), find=find)
