"""Umlauts written as ae, oe and ue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.fault import Grade
from backfile.faults.letters import word_after, word_before
from backfile.faults.looks import addresses, in_quotation, within
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="transliterated-umlaut",
    group="A8",
    title="Umlauts written as ae, oe, ue",
    readers_saw="waehrend, koennen, fuer in an article of a newspaper that writes umlauts.",
    why="Agency wires and caption databases wrote ASCII only, and their texts were stored as they came.",
    before="Die Feuerwehr rueckte waehrend der Nacht aus.",
    after="Die Feuerwehr rückte während der Nacht aus.",
    will_get_wrong=(
        "Words in lower case that the archive knows only with the umlaut are mended. Capitalised ones are "
        "mended at the "
        "start of a sentence if the word in lower case is known; all others are proposed at most, as they may be names "
        "(Goethe, Neuer, Mueller)."
    ),
    grade="safe",
    since="0.1",
)

_PAIR = re.compile("[aouAOU]e")
_NO_UMLAUT = re.compile("[aeqAEQ][uU]e")
"""The `ue` of `neue`, `Bauer`, `Quelle`."""
_LEFT = re.compile(r"[A-Za-zäöüßÄÖÜ]*\Z")
_RIGHT = re.compile(r"[A-Za-zäöüßÄÖÜ]*")
_JOINED = "0123456789_.@/#"
LONGEST_WORD = 40
SHORTEST_WORD = 3
"""`ue` alone is the two letters."""
_PLAIN = re.compile(r"[^@/:\ufffd]{1,40}")
_UMLAUT = {"ae": "ä", "oe": "ö", "ue": "ü", "Ae": "Ä", "Oe": "Ö", "Ue": "Ü"}
_BEFORE_NOUN = re.compile(
    r"(?:^|[\s(«„\"])(?:der|die|das|den|dem|des|eine?[mnrs]?|keine?[mnrs]?|im|am|zum|zur|beim|vom|ins|ans|seine?[mnrs]?"
    r"|ihre?[mnrs]?|diese[mnrs]?|jede[mnrs]?) $"
)
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:»“\"]\s+|[«„\"(])$")
MOST_PAIRS = 4


def find(text: Text, ask: Ask) -> Iterator[Found]:
    if not ask.language.startswith("de"):
        return
    body = text.text
    links = addresses(body)
    for start, end in _words(body):
        word = body[start:end]
        if ask.known(word) or within(links, start, end):
            continue
        with_umlaut = _reading(word, ask)
        grade = _grade(word, with_umlaut, body[max(0, start - 12) : start], ask) if with_umlaut else None
        if grade and in_quotation(body, start) and _among_strangers(body, start, end, ask):
            continue
        if grade:
            yield Found(start=start, end=end, after=with_umlaut, grade=grade)


def _among_strangers(body: str, start: int, end: int, ask: Ask) -> bool:
    """Whether the archive knows neither the word before nor the one after: a quotation in Dutch (`geen schoen te`)."""
    before, after = word_before(body, start - 1), word_after(body, end + 1)
    return all(word and not ask.known(word) and not _reading(word, ask) for word in (before, after))


def token(part: str, ask: Ask) -> bool:
    """`find` for a part of the text between white space."""
    if not ask.language.startswith("de"):
        return False
    if not _PLAIN.fullmatch(part) or "www." in part:
        return True
    words = [part[start:end] for start, end in _words(part)]
    return any(not ask.known(word) and bool(_reading(word, ask)) for word in words)


def _words(body: str) -> Iterator[tuple[int, int]]:
    """Words with such a pair, save parts of names with dots, digits or hyphens."""
    done = 0
    for match in _PAIR.finditer(body):
        if match.start() < done or _NO_UMLAUT.match(body, match.start() - 1):
            continue
        left = _LEFT.search(body, max(0, match.start() - LONGEST_WORD), match.start())
        right = _RIGHT.match(body, match.end())
        start = left.start() if left else match.start()
        done = right.end() if right else match.end()
        dotted = body[done : done + 1] == "." and body[done + 1 : done + 2].isalnum()
        if (
            (not start or body[start - 1] not in _JOINED)
            and not dotted
            and body[done : done + 1] not in ("@", "/", "_")
        ):
            yield start, done


def _reading(word: str, ask: Ask) -> str:
    """The one known word with umlauts that it stands for; empty if there is none, or more than one."""
    pairs = list(_PAIR.finditer(word))
    if len(pairs) > MOST_PAIRS or word.isupper() or len(word) < SHORTEST_WORD:
        return ""
    found = set()
    for chosen in range(1, 1 << len(pairs)):
        parts, at = [], 0
        for number, pair in enumerate(pairs):
            if chosen >> number & 1:
                parts += [word[at : pair.start()], _UMLAUT[pair.group()]]
                at = pair.end()
        other = "".join((*parts, word[at:]))
        if ask.known(other):
            found.add(other)
    return found.pop() if len(found) == 1 else ""


def _grade(word: str, with_umlaut: str, before: str, ask: Ask) -> Grade | None:
    if word.islower():
        return "safe"
    if ask.author(with_umlaut) or ask.author(word):
        return None
    if _STARTS_SENTENCE.search(before) and ask.known(with_umlaut.lower()):
        return "safe"
    return "proposed" if _BEFORE_NOUN.search(before) else None


RULE = TextRule(
    card=CARD,
    trigger="(?:^|[^aeqAEQ])[uU]e|[aoAO]e",
    find=find,
    token=token,
    blocks=("paragraph", "crosshead", "headline", "lead", "kicker", "image", "list", "quote", "question", "answer"),
)
