"""The WordPress dialect: shortcodes, block-editor comments, and paragraphs that are only blank lines.

It works on the tokens of `backfile.shaping.tokens`: what WordPress would have turned into markup when it
showed the page becomes tags here, at the same place in the leaf. The words of a shortcode that are no text of the
article are dropped by name. What only looks like a shortcode stays text: `[sic]`, `[…]`, `[die Behörden]`.

Old filters have often set curly quotes or entities inside the brackets (`[caption id=“attachment_5″ …]`), which
is why WordPress itself no longer shows such a caption; they are read like straight ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice

import msgspec

from backfile.article import Span
from backfile.fault import Fault
from backfile.ledger import Drop, Op
from backfile.patterns import compile_pattern
from backfile.shaping.autop import paragraphs
from backfile.shaping.shortcodes import Shortcode, find_shortcodes, parse_attributes, value_range
from backfile.shaping.tokens import Tag, Token, tokenize
from backfile.shaping.wordpress_names import BBCODE, BLOCKS, EMBED_HOSTS, MEDIA_ATTRIBUTES, VIDEO_ADDRESSES

BY = "wordpress"


class Dialected(msgspec.Struct, frozen=True):
    """The tokens as WordPress would have shown them, and what became of the text that they no longer hold."""

    tokens: list[Token]
    account: tuple[Op, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Edit(msgspec.Struct, frozen=True):
    """`leaf[start:end]` becomes `tokens`; the text in it that no token of them holds is dropped."""

    start: int
    end: int
    tokens: list[Token]
    reason: str = "shortcode"


def dialect(source: str, tokens: list[Token], leaf: str, context: Mapping[str, str]) -> Dialected:
    """Apply the dialect to the tokens of one HTML body. `context` is the record's: it knows the media."""
    work = _Work(source, tokens, leaf, context)
    if "[" in source:
        work.shortcodes()
    if "://" in source:
        work.addresses()
    if "<!-- wp:" in source:
        work.block_comments()
    work.tokens = paragraphs(source, work.tokens)
    return Dialected(work.tokens, tuple(work.account), tuple(work.faults))


def _bare_address(source: str) -> bool:
    return not all(found.start() and source[found.start() - 1] in "\"'" for found in _ADDRESS(source))


class _Work:
    def __init__(self, source: str, tokens: list[Token], leaf: str, context: Mapping[str, str]) -> None:
        self.source, self.tokens, self.leaf, self.context = source, tokens, leaf, context
        self.account: list[Op] = []
        self.faults: list[Fault] = []

    # -- shortcodes --------------------------------------------------------------------------------

    def shortcodes(self) -> None:
        """Replace bracketed tags by what they stand for."""
        found = find_shortcodes(self.source, self.tokens)
        partners = _pairs(found)
        edits: list[_Edit] = []
        covered = 0
        for code in found:
            if code.start < covered:
                continue
            for edit in self._meaning(code, partners.get(code.start)):
                edits.append(edit)
                covered = max(covered, edit.end) if edit.start <= code.start else covered
        if edits:
            self._apply(sorted(edits, key=lambda edit: edit.start))

    def _meaning(self, code: Shortcode, partner: Shortcode | None) -> Iterator[_Edit]:
        name = code.name.lower()
        if code.escaped:
            yield _Edit(code.start, code.start + 1, [], "shortcode-escape")
            yield _Edit(code.end - 1, code.end, [], "shortcode-escape")
        elif name in ("caption", "wp_caption"):
            yield from self._caption(code, partner)
        elif code.closing:
            yield self._plain(code, partner)
        elif name in ("gallery", "playlist"):
            yield _Edit(code.start, code.end, self._gallery(code))
        elif name in ("audio", "video") and (url := self._media_address(code)):
            yield _Edit(code.start, code.end, [_at(code.start, name, src=url), _at(code.start, name, closing=True)])
        elif name in VIDEO_ADDRESSES and (url := self._embed_address(code, partner)):
            whole = partner is not None and "<" not in self.source[code.end : partner.start]
            end = partner.end if partner is not None and whole else code.end
            yield _Edit(code.start, end, [_at(code.start, "iframe", src=url), _at(code.start, "iframe", closing=True)])
        else:
            yield self._plain(code, partner)

    def _plain(self, code: Shortcode, partner: Shortcode | None) -> _Edit:
        """A tag whose content stays: as an element of HTML where its name says which, else as paragraphs of its own."""
        name = code.name.lower()
        if partner and name in BBCODE:
            return _Edit(code.start, code.end, [_at(code.start, BBCODE[name], closing=code.closing)])
        if partner and name == "url" and (code.closing or "://" in code.attributes):
            url = code.attributes.lstrip(" =\"'").rstrip(" \"'")
            return _Edit(code.start, code.end, [_at(code.start, "a", closing=code.closing, href=url)])
        if not code.closing:
            self._report(code)
        return _Edit(code.start, code.end, [_at(code.start, "p")] if self._stands_alone(code) else [])

    def _report(self, code: Shortcode) -> None:
        """One open fault for each name that nobody knows what to do with."""
        name = f"[{code.name}]"
        if all(fault.note != name for fault in self.faults):
            before = self.source[code.start : code.end]
            self.faults.append(
                Fault(name="unknown-shortcode", grade="shown", state="open", before=before[:200], note=name)
            )

    def _stands_alone(self, code: Shortcode) -> bool:
        """At the edge of a line or of markup, on the outer side of what it encloses."""
        beside = (
            self.source[: code.start].rstrip(" \t")[-1:]
            if not code.closing
            else self.source[code.end :].lstrip(" \t")[:1]
        )
        return beside in ("", "\n", "\r", "[", "]", ">", "<")

    def _caption(self, code: Shortcode, partner: Shortcode | None) -> Iterator[_Edit]:
        """`[caption …]<img> text[/caption]`, or `[caption caption="text"]<img>[/caption]` as it once was."""
        if partner is None:
            yield _Edit(code.start, code.end, [_at(code.start, "p")])
            return
        opening, closing = (partner, code) if code.closing else (code, partner)
        picture = self._behind_picture(opening.end, closing.start)
        if code.closing:
            named = value_range(self.source, opening, "caption")
            ends = [_at(code.end, "figcaption", closing=True)] if picture and not named else []
            yield _Edit(code.start, code.end, [*ends, _at(code.end, "figure" if picture else "p", closing=True)])
            return
        if not picture:
            yield _Edit(code.start, code.end, [_at(code.start, "p")])
            return
        tokens = [_at(code.start, "figure", kind="wp-caption")]
        named = value_range(self.source, code, "caption")
        if named:
            inner = [(named[0] + s, named[0] + e, tag) for s, e, tag in tokenize(self.source[named[0] : named[1]])]
            tokens += [_at(named[0], "figcaption"), *inner, _at(named[1], "figcaption", closing=True)]
        else:
            yield _Edit(picture, picture, [_at(picture, "figcaption")])
        yield _Edit(code.start, code.end, tokens)

    def _behind_picture(self, start: int, end: int) -> int:
        """Where the text begins after the first picture in a range, and after the link around it; 0 without one."""
        seen = 0
        for s, e, tag in islice(self._between(start, end), _NEAR):
            if seen and tag is not None and tag.name == "a" and tag.closing:
                return e
            if seen and (tag is not None or self.source[s:e].strip()):
                break
            if tag is not None and tag.name in _PICTURES and not tag.closing:
                seen = e
        return seen

    def _between(self, start: int, end: int) -> Iterator[Token]:
        for number in range(_first_at(self.tokens, start), len(self.tokens)):
            token = self.tokens[number]
            if token[0] >= end:
                return
            yield token

    def _gallery(self, code: Shortcode) -> list[Token]:
        """The pictures that a gallery names, or the article's own uploads; their texts come from the export."""
        given = parse_attributes(code.attributes)
        numbers = re.findall(r"\d+", given.get("ids") or given.get("include") or self.context.get("gallery", ""))
        at = code.start
        tokens = [_at(at, "figure", kind="wp-block-gallery")]
        for number in numbers:
            url = self.context.get(f"media.{number}.url", "")
            if url:
                facts = {name: self.context.get(f"media.{number}.{name}", "") for name in ("alt", "caption")}
                tokens.append(_at(at, "img", src=url, alt=facts["alt"], data_caption=facts["caption"]))
        if len(tokens) == 1:
            self._report(code)
            return [_at(at, "p")]
        return [*tokens, _at(at, "figure", closing=True)]

    def _media_address(self, code: Shortcode) -> str:
        given = parse_attributes(code.attributes)
        named = next((given[name] for name in MEDIA_ATTRIBUTES if given.get(name)), "")
        bare = re.search(r"https?://[^\s|\"']+", unescape(code.attributes))
        return named or (bare[0] if bare else "")

    def _embed_address(self, code: Shortcode, partner: Shortcode | None) -> str:
        """The address itself, or made of the number or name that the shortcode or its content gives."""
        inner = self.source[code.end : partner.start] if partner else ""
        for text in (unescape(inner).strip(), unescape(code.attributes)):
            if found := re.search(r"(?:https?:)?//[^\s\"'“”″\]<>]+", text):
                return found[0] if found[0].startswith("http") else f"https:{found[0]}"
        given = parse_attributes(code.attributes)
        word = given.get("id") or given.get("0") or given.get("v") or inner.strip()
        template = VIDEO_ADDRESSES[code.name.lower()]
        if template == "{}" or not re.fullmatch(r"[\w\-/.:?=&%]{1,200}", word):
            return ""
        return template.format(word)

    # -- addresses on a line of their own ------------------------------------------------------------

    def addresses(self) -> None:
        """A bare address that WordPress replaces by a player; in the block editor, any address in its embed block."""
        if not _bare_address(self.source):
            return
        edits: list[_Edit] = []
        for number, (start, end, tag) in enumerate(self.tokens):
            if tag is None and "://" in self.source[start:end]:
                wrapped = number > 0 and _is_embed_wrapper(self.tokens[number - 1][2])
                edits.extend(self._bare(number, start, end, wrapped))
        if edits:
            self._apply(edits)

    def _bare(self, number: int, start: int, end: int, wrapped: bool) -> Iterator[_Edit]:
        text = self.source[start:end]
        first = number == 0 or _breaks(self.tokens[number - 1][2])
        last = number + 1 == len(self.tokens) or _breaks(self.tokens[number + 1][2])
        for found in _LINE_ADDRESS.finditer(text):
            alone = (found.start() > 0 or first) and (found.end() < len(text) or last)
            url = unescape(found[1])
            if alone and (wrapped or _is_player(url)):
                at = start + found.start(1)
                tokens = [_at(at, "iframe", src=url), _at(at, "iframe", closing=True)]
                yield _Edit(at, start + found.end(1), tokens, "embed-address")

    # -- block-editor comments -----------------------------------------------------------------------

    def block_comments(self) -> None:
        """Sentences that a block keeps only in its settings (`{"text": "…"}`) are dropped by name, not in silence."""
        for start, end, tag in self.tokens:
            if tag is not None and tag.name == "#comment" and "{" in tag.raw:
                for match in _JSON_STRING.finditer(self.source, start, end):
                    if not match[2] and match[1].count(" ") > 2:
                        self._setting(match)

    def _setting(self, match: re.Match[str]) -> None:
        try:
            value = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            value = match[1]
        span = Span(self.leaf, match.start(1), match.end(1))
        self.account.append(Drop(text=value, reason="block-setting", span=span, by=BY))

    # -- applying ------------------------------------------------------------------------------------

    def _apply(self, edits: list[_Edit]) -> None:
        """Put the edits, in order and without overlap, into the tokens."""
        new: list[Token] = []
        number, at = 0, 0
        for edit in edits:
            while (
                number < len(self.tokens)
                and self.tokens[number][1] <= edit.start
                and not (edit.start == edit.end and self.tokens[number][0] >= edit.start)
            ):
                self._keep(new, number, at, self.tokens[number][1])
                number += 1
            if number < len(self.tokens):
                self._keep(new, number, at, edit.start)
            new += edit.tokens
            self._dropped(edit)
            at = max(at, edit.end)
            while number < len(self.tokens) and self.tokens[number][1] <= at and edit.end > edit.start:
                number += 1
        for rest in range(number, len(self.tokens)):
            self._keep(new, rest, at, self.tokens[rest][1])
        self.tokens = new

    def _keep(self, new: list[Token], number: int, at: int, stop: int) -> None:
        """A token, or the part of a text that lies between two edits."""
        start, end, tag = self.tokens[number]
        if tag is not None:
            if start >= at and end <= stop:
                new.append((start, end, tag))
        elif max(start, at) < min(end, stop):
            new.append((max(start, at), min(end, stop), None))

    def _dropped(self, edit: _Edit) -> None:
        kept = [(s, e) for s, e, tag in edit.tokens if s < e and tag is None]
        at = edit.start
        for start, end in [*kept, (edit.end, edit.end)]:
            text = re.sub(r"<[^<>]*>", "", self.source[at:start])
            if text.strip():
                words = " ".join(unescape(text).split())
                self.account.append(Drop(text=words, reason=edit.reason, span=Span(self.leaf, at, start), by=BY))
            at = end


_NEAR = 64
"""A caption's picture is among its first tokens."""
_PICTURES = ("img", "iframe", "video", "audio", "object", "embed", "picture", "amp-img")
_ADDRESS = compile_pattern(r"https?://").finditer
_LINE_ADDRESS = compile_pattern(r"(?:^|(?<=\n))[ \t\r]*(https?://[^\s<>\"\[\]]{4,2000})[ \t\r]*(?=\n|\Z)")
_JSON_STRING = compile_pattern(r'"((?:[^"\\]++|\\.)*+)"(\s*+:)?', re.DOTALL)


def _at(at: int, name: str, closing: bool = False, **attributes: str) -> Token:
    """A tag of no width. `kind` is its class, `data_caption` its `data-caption`."""
    given = {_SPELLED.get(key, key): value for key, value in attributes.items() if value}
    return (at, at, Tag.of(name, given, closing))


_SPELLED = {"kind": "class", "data_caption": "data-caption"}


def _pairs(codes: list[Shortcode]) -> dict[int, Shortcode]:
    """Opening and closing tags of the same name that belong together, each by the other's start."""
    opened: dict[str, list[Shortcode]] = {}
    found: dict[int, Shortcode] = {}
    for code in codes:
        if code.escaped:
            continue
        if not code.closing:
            opened.setdefault(code.name.lower(), []).append(code)
        elif waiting := opened.get(code.name.lower()):
            partner = waiting.pop()
            found[partner.start], found[code.start] = code, partner
    return found


def _first_at(tokens: list[Token], start: int) -> int:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle][0] < start:
            low = middle + 1
        else:
            high = middle
    return low


def _breaks(tag: Tag | None) -> bool:
    """A tag beside which a line begins."""
    return tag is not None and (tag.name in BLOCKS or tag.name in ("br", "#comment", "iframe"))


def _is_embed_wrapper(tag: Tag | None) -> bool:
    return tag is not None and "wp-block-embed__wrapper" in tag.raw


def _is_player(url: str) -> bool:
    host = url.split("/", 3)[2].lower().rpartition("@")[2].partition(":")[0]
    return any(host == known or host.endswith(f".{known}") for known in EMBED_HOSTS)
