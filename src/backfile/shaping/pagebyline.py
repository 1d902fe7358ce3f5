"""Who wrote a page's article: names that machines are told, where readers see them, else what it calls an author."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from backfile.record import Field
from backfile.shaping import bylines, pagemeta
from backfile.shaping.pagefinder import Finder
from backfile.shaping.pagemeta import plain
from backfile.shaping.tree import Element

_AUTHOR = re.compile(
    r"(?:^|[-_\s])(?:authors?(?:-?names?)?|byline|auteurs?|autor(?:en|[ei])?|autorin|vcard|verfasser(?:in)?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_LABEL_WORDS = (
    r"autorin/autor|autor(?:in|en)?|authors?|text|story|auteurs?|autor[ei]|testo|texte|written by|von|par|di|by"
)
_LABEL = re.compile(rf"\s*(?:(?:{_LABEL_WORDS})\b\s*[:.]?\s*)+", re.IGNORECASE)
_ONLY_LABEL = re.compile(rf"\s*(?:{_LABEL_WORDS})\s*:?\s*", re.IGNORECASE).fullmatch
_LABEL_ELEMENTS = ("strong", "b", "dt", "th", "span", "label")
_APART = re.compile(r"\s*(?:[,;/|•·]|\b(?:und|et|ed|and)\b|&(?:amp;)?)\s*", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:(?<=[|•·,])|(?<=>))\s{0,99}(?:[Vv]on|[Pp]ar|[Dd]i|[Bb]y)\s{1,9}"
    r"([A-ZÄÖÜÉ][\w.'’-]{1,40}(?:[ \xa0][\w.'’-]{1,40}){1,3})\s{0,99}(?=$|<|[|•·,])"
)
_PLACE = re.compile(r"[A-ZÄÖÜÉ][\w.-]+(?: [A-ZÄÖÜÉ][\w.-]+)?").fullmatch
_NO_NAME = re.compile(
    r"\b(?:redaktion|rédaction|redazione|artikel|articles?|articoli|alle|mehr|team|news|posts?|posted|staff|verlag|agentur"
    r"|about|follow|view|more|autor(?:in|en)?|author)\b",
    re.IGNORECASE,
).search
MAX_BYLINE = 120


def read(finder: Finder, headline: Element | None) -> None:
    """Bylines and the agency as fields."""
    said = [n for n in finder.meta.values.get("byline", []) if len(n) < 100 and not n.startswith("http")]
    finder.fields += [Field("agency", name, "") for name in said if pagemeta.is_agency(name)][:1]
    names = [n for n in said if not _is_house(finder, n)]
    low = headline.start if headline else 0
    for name in names[:8]:
        at = _shown(finder, name, low)
        finder.fields.append(Field("byline", name, finder.leaf if at >= 0 else "", max(at, 0)))
        if at >= 0:
            finder.taken.append((at, at + len(name)))
    if not names:
        _called(finder, low) or _labelled(finder, low) or _signed_date(finder)
    _repeated(finder, headline)


def _called(finder: Finder, low: int) -> bool:
    """Names in the first element that the page calls an author and that holds nothing else."""
    regions = finder.content.regions
    high = regions[-1].end + 4000 if regions else len(finder.source)
    return any(_take_names(finder, e) for e in finder.all_classed(_AUTHOR, low, high, MAX_BYLINE))


def _labelled(finder: Finder, low: int) -> bool:
    """Names after a label in an element of its own: `<b>Autorin:</b> Anna Muster`."""
    for label in finder.tree.elements:
        if label.start < low or label.name not in _LABEL_ELEMENTS or label.parent is None:
            continue
        words = finder.tree.line(label, 20)
        near = len(words) > 3 and finder.tree.line(label.parent, MAX_BYLINE) != "" and not finder.banned(label)
        if near and _ONLY_LABEL(words) and _take_names(finder, label.parent):
            return True
    return False


def _take_names(finder: Finder, element: Element) -> bool:
    """The names in an element's first text that holds any; False if anything there is neither name, label nor place."""
    for start, end, tag in finder.tree.tokens[element.first : element.last]:
        raw = finder.source[start:end]
        if tag is not None or not raw.strip() or _ONLY_LABEL(raw.replace("&nbsp;", " ")):
            continue
        found = names_in(raw)
        if not found or any(_is_house(finder, raw[a:b]) for a, b in found):
            return False
        for a, b in found:
            if not finder.is_taken(start + a, start + b):
                finder.fields.append(Field("byline", raw[a:b], finder.leaf, start + a))
                finder.taken.append((start + a, start + b))
        finder.cut[element.number] = "article header"
        return True
    return False


def names_in(raw: str) -> list[tuple[int, int]]:
    """Ranges of the full names in a line that holds names, a label before and a place after them; else none."""
    label = _LABEL.match(raw)
    at = label.end() if label else 0
    end = len(raw.rstrip())
    found: list[tuple[int, int]] = []
    for stop, following in [*[m.span() for m in _APART.finditer(raw, at, end)], (end, end)]:
        piece = raw[at:stop]
        start = at + len(piece) - len(piece.lstrip())
        if bylines.is_name(raw[start:stop]) and not _NO_NAME(raw[start:stop]):
            found.append((start, stop))
        elif piece.strip() and not (found and _PLACE(piece.strip())):
            return []
        at = following
    return found


def _signed_date(finder: Finder) -> bool:
    """The author that the line with the date names: `12.4.2003 | Von Anna Muster`."""
    heads = [number for number, reason in finder.content.left_out.items() if reason == "article header"]
    for element in (finder.tree.elements[number] for number in heads):
        for start, end, tag in finder.tree.tokens[element.first : element.last]:
            match = _SIGNED.search(finder.source, start, end) if tag is None else None
            if match and not _is_house(finder, match[1]) and not finder.is_taken(*match.span(1)):
                finder.fields.append(Field("byline", match[1], finder.leaf, match.start(1)))
                finder.taken.append(match.span(1))
                return True
    return False


def _repeated(finder: Finder, headline: Element | None) -> None:
    """Elements at the text's head that hold nothing but the authors go out of the text."""
    names = {plain(field.value) for field in finder.fields if field.role == "byline"}
    if not names or not finder.content.regions:
        return
    end = finder.head_end(after=headline.end if headline else 0)
    for element in finder.inside(finder.content.regions[0]):
        if element.start >= end:
            return
        words = finder.tree.line(element, MAX_BYLINE)
        if words and plain(_LABEL.sub("", words, count=1)) in names:
            finder.gone[element.number] = "article header"


def _is_house(finder: Finder, name: str) -> bool:
    """Whether an author's name is the publisher's, the site's, an agency's or an address."""
    low = name.strip().lower()
    site = finder.meta.site.strip().lower()
    host = re.sub(r"^www\d?\.", "", urlsplit(finder.meta.first("url")).hostname or "")
    return (
        low in finder.meta.houses
        or pagemeta.is_agency(low)
        or (bool(site) and (low == site or low in (f"{site} redaktion", f"redaktion {site}")))
        or (len(host) > 3 and (host in low or low.replace(" ", "") == host.split(".")[0].replace("-", "")))
    )


# -- where the page shows a name -------------------------------------------------------------------


def _shown(finder: Finder, name: str, low: int) -> int:
    """Where the page shows the name outside of the running text; -1 if nowhere."""
    source = finder.source
    at = source.find(name, low)
    for _ in range(20):
        if at < 0:
            return -1
        number = _token_at(finder, at)
        start, end, tag = finder.tree.tokens[number]
        outside = tag is None and at + len(name) <= end and source[start:end].strip().find(name) <= 10
        if outside and not _in_story(finder, number) and not finder.is_taken(at, at + len(name)):
            return at
        at = source.find(name, at + 1)
    return -1


def _token_at(finder: Finder, at: int) -> int:
    tokens = finder.tree.tokens
    low, high = 0, len(tokens) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tokens[middle][0] <= at else (low, middle - 1)
    return low


def _in_story(finder: Finder, number: int) -> bool:
    owner = finder.tree.owner[number]
    chain = [owner, *owner.above()]
    if any(e.number in finder.content.left_out or e.number in finder.cut for e in chain):
        return False
    return any(region in chain for region in finder.content.regions)
