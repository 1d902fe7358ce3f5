"""Letters and words, as the rules of this room mean them."""

from __future__ import annotations

import re

UPPER = "A-ZÀ-ÖØ-Þ"
LOWER = "a-zß-öø-ÿ"
LETTER = UPPER + LOWER
"""Character classes of Latin script, for triggers that hyperscan must read too."""


def words(listed: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(listed.split())


MINUTE_WORDS = words(
    """der die das den dem des ein eine einen einem einer eines und oder aber dass weil wenn als wie bei mit von vom zum
    zur auf aus für gegen ohne über unter nach vor seit durch sowie sondern ob
    le la les un une des du de et ou mais que qui dont pour avec sans dans sur sous par chez entre vers à au aux
    il lo gli i una uno e o ma che con senza per tra fra di del della dello dei delle al alla nel nella dal dalla
    the a an and or but that which of to in at by for from with into than"""
)
"""Words that no sentence ends with in running text: articles, conjunctions, prepositions."""

OPEN_WORDS = MINUTE_WORDS - words(
    "auf aus vor nach mit bei durch über unter contre avec to in by for with from of at than"
)
"""Those that nothing ends with that is whole. A verb's prefix may (`schreibt den Auftrag aus`), and an English
preposition (`the house she was born in`)."""

_TOKEN = re.compile(r"\S*")
_TOKEN_BACK = re.compile(r"\S*\Z")
_WORD_AFTER = re.compile(rf"[{LETTER}]*")
_WORD_BEFORE = re.compile(rf"[{LETTER}]*\Z")
_ADDRESS = re.compile(
    r"[@/\\#=_]|www\.|\.(?:ch|com|org|net|de|at|fr|it|li|eu|info|tv|html?|php|pdf|jpe?g|png|gif|docx?|xlsx?|exe|js)\b",
    re.IGNORECASE,
)
_REACH = 80


def word_before(text: str, index: int) -> str:
    """The letters that end at `index`."""
    found = _WORD_BEFORE.search(text, max(0, index - _REACH), index)
    return found.group() if found else ""


def word_after(text: str, index: int) -> str:
    """The letters that begin at `index`."""
    found = _WORD_AFTER.match(text, index, index + _REACH)
    return found.group() if found else ""


def token_at(text: str, start: int, end: int) -> str:
    """Everything between the white space around `start:end`, cut at 80 characters to each side."""
    left = _TOKEN_BACK.search(text, max(0, start - _REACH), start)
    right = _TOKEN.match(text, end, end + _REACH)
    return (left.group() if left else "") + text[start:end] + (right.group() if right else "")


def in_address(text: str, start: int, end: int) -> bool:
    """Whether `start:end` stands in a web or mail address, a path or a file name."""
    return _ADDRESS.search(token_at(text, start, end)) is not None


_NOT_LETTERS = re.compile(r"[\W_]+")


def bare(line: str) -> str:
    """`line` for comparing: letters and digits only, lower case, one space between words."""
    return _NOT_LETTERS.sub(" ", line).strip().casefold()


_SAME_START = 8
_FIRST_LETTERS = 4


def begins_alike(first: str, second: str) -> bool:
    """Whether the first letters are the same: a cheap test before two texts are compared."""
    a, b = first[:1], second[:1]
    if a != b and a.isalnum() and b.isalnum() and a.casefold()[0] != b.casefold()[0]:
        return False
    a, b = first[:_FIRST_LETTERS], second[:_FIRST_LETTERS]
    if a.isalnum() and b.isalnum():
        a, b = a.casefold(), b.casefold()
        if a[: len(b)] != b[: len(a)]:
            return False
    if first[:_SAME_START] == second[:_SAME_START]:
        return True
    return bare(first[: 3 * _SAME_START])[:_SAME_START] == bare(second[: 3 * _SAME_START])[:_SAME_START]


_SMALL_WORDS = {
    "de": words("der die das und ist nicht ein eine den dem zu mit sich auf von im er sie es wir als auch bei war hat"),
    "fr": words("le la les des du et est une un qui que dans pour pas sur au aux il elle on ce ne se a ont était"),
    "it": words("il lo gli la le di del della che e è un una per non si con dal dei nel alla ha sono ma più i"),
    "en": words("the and of to is a that it was for on with as he she they at by not are had be have which I"),
}
_WORD = re.compile(rf"[{LETTER}]+")
_MOST_WORDS = 120


def speaks(body: str, tag: str, language: str) -> bool:
    """Whether a text is in a language (`fr`): by its small words where they tell, else by the article's tag."""
    found = _WORD.findall(body)[:_MOST_WORDS]
    counts = {name: sum(word in small for word in found) for name, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    others = max(count for name, count in counts.items() if name != best)
    if counts[best] >= 3 and counts[best] * 2 > others * 3:
        return best == language
    return tag.startswith(language)
