"""Characters written in the escape syntax of programs, addresses and mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from backfile.article import Text
from backfile.faults.letters import token_at
from backfile.faults.looks import addresses, explains_encoding, explains_markup, in_code, within
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="escape-residue",
    group="B5",
    title="Characters in escape syntax",
    readers_saw="\\u00fcber, fu00fcr, Z%C3%BCrich, f=C3=BCr.",
    why=(
        "JSON, web addresses and mail have ways of their own to write letters that are not ASCII. A program that did "
        "not decode them, or took out the backslash only, left them in the text."
    ),
    before="Das Fest fu00fcr alle in Z%C3%BCrich",
    after="Das Fest für alle in Zürich",
    will_get_wrong=(
        "Escapes without their backslash (fu00fcr) are mended only if the archive knows the word, so that product "
        "numbers stay; the others inside words are shown. Web addresses and code are left alone."
    ),
    grade="safe",
    since="0.1",
)

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_JSON = re.compile(r"(?:\\+u[0-9a-fA-F]{4})+")
_LOST = re.compile(rf"(?<![{_LETTER}])[{_LETTER}]*(?:/?u00[c-fC-F][0-9a-fA-F])[{_LETTER}0-9/]*")
_LOST_CODE = re.compile(r"/?u(00[c-fC-F][0-9a-fA-F])")
_LOST_MARK = re.compile(r"u(20(?:1[3489cdeCDE]|26|39|3[aA])|00(?:ab|bb|AB|BB))")
_TAG = re.compile(r"u003[cC](/?[a-z][a-z0-9]{0,9}(?: ?/)?)u003[eE]")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}|(?<=[a-zA-Z])=(?:E4|F6|FC|DF|C4|D6|DC|E9|E8|E0|E7)(?=[a-z])")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_markup(body) or explains_encoding(body):
        return
    links = addresses(body)
    for found in _all(body, ask):
        if not within(links, found.start, found.end) and not in_code(text, found.start, found.end):
            yield found


def _all(body: str, ask: Ask) -> Iterator[Found]:
    for match in _JSON.finditer(body):
        yield from _found(match, _from_json(match.group()))
    for match in _TAG.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=f"<{match.group(1)}>")
    for match in _LOST.finditer(body):
        yield from _lost(match, ask)
    for match in _LOST_MARK.finditer(body):
        if not body[match.end() : match.end() + 1].isdigit() and not _in_number(body, match.start()):
            after = chr(int(match.group(1), 16))
            yield Found(start=match.start(), end=match.end(), after=after, grade="proposed")
    for match in _PERCENT.finditer(body):
        if "_" in token_at(body, *match.span()):
            continue  # the address of a page: Alte_B%C3%BCcher
        yield from _found(match, _from_bytes(unquote_to_bytes(match.group())))
    for match in _QUOTED.finditer(body):
        raw = bytes.fromhex(match.group().replace("=", ""))
        yield from _found(match, _from_bytes(raw) if len(raw) > 1 else raw.decode("latin-1"))


def _in_number(body: str, at: int) -> bool:
    """Whether a `u2013` is part of a product's name: after a digit or a capital."""
    before = body[at - 1 : at]
    return before.isdigit() or before.isupper() or before in "-_/"


def _found(match: re.Match[str], after: str) -> Iterator[Found]:
    if (after and after.isprintable()) or after in ("\n", "\u00a0"):
        yield Found(start=match.start(), end=match.end(), after=after)


def _from_json(escaped: str) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in re.findall("[0-9a-fA-F]{4}", escaped))
    return units.decode("utf-16-be", "ignore") if not len(units) % 2 else ""


def _from_bytes(raw: bytes) -> str:
    """Letters of UTF-8; empty if it is none, or ASCII only, which may be meant."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if text.isascii() else text


def _lost(match: re.Match[str], ask: Ask) -> Iterator[Found]:
    written = (
        match.group().rstrip("/0123456789") if _LOST_CODE.search(match.group().rstrip("/0123456789")) else match.group()
    )
    word = _LOST_CODE.sub(lambda code: chr(int(code.group(1), 16)), written)
    end = match.start() + len(written)
    if word.isalpha() and ask.known(word):
        yield Found(start=match.start(), end=end, after=word)
    elif word.isalpha() and len(word) > 3 and word[1:].islower():
        yield Found(start=match.start(), end=end, note=f"perhaps {word}")


RULE = TextRule(
    card=CARD,
    trigger=r"u00[0-9a-fA-F]{2}|u20[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|=[0-9A-F]{2}",
    find=find,
    strings=True,
)
