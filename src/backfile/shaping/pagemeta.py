"""What a web page tells machines about its article: JSON-LD, `meta`, `time`, `link`, `html lang`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec

from backfile.shaping.tree import Element, Tree

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Opinion|Reportage|Analysis|BackgroundNews|Report|Review|Tech|Scholarly|Social\w*|Live\w*|Advertiser\w*)?"
    r"(?:Article|Posting)$|^(?:Report|Review|CreativeWork|Recipe|LiveBlogPosting)$"
)
_AGENCIES = frozenset(
    """dpa afp apa sda ats reuters ap ansa sid epd kna keystone-sda upi efe tass pa belga ntb aap adnkronos agi lusa
    dpa-infocom dpa-afx""".split()  # noqa: SIM905
) | {"the associated press", "associated press", "agence france-presse", "press association", "deutsche presse-agentur"}
MAX_SCRIPT = 2_000_000
MAX_NODES = 5000
_NAME = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"\w+").findall
_META = {
    "headline": ("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "parsely-title"),
    "lead": ("og:description", "description", "twitter:description", "dc.description"),
    "byline": (
        "author", "article:author_name", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl",
        "citation_author",
    ),
    "published": (
        "article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "dc.date.issued",
        "dcterms.issued", "pubdate", "publishdate", "og:published_time", "sailthru.date", "parsely-pub-date",
        "article.published", "article:publicationdate",
        "last-published", "dcterms.date", "publication_date", "cxenseparse:recs:publishtime",
    ),
    "modified": (
        "article:modified_time", "datemodified", "last-modified", "og:updated_time", "dcterms.modified",
    ),
    "section": ("article:section", "section", "parsely-section", "cxenseparse:category"),
    "topic": ("article:tag", "news_keywords", "keywords", "parsely-tags"),
    "language": ("og:locale", "content-language", "dc.language", "inlanguage"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "agency": ("article:agency",),
}  # fmt: skip
_ROLE = {name: (role, rank) for role, names in _META.items() for rank, name in enumerate(names)}


class Meta(msgspec.Struct):
    """Values by role, the most trusted source first; `body` is the article's text as machine data repeats it."""

    values: dict[str, list[str]]
    body: str = ""
    site: str = ""
    is_article: bool = False
    houses: set[str] = msgspec.field(default_factory=set)
    """Names of publishers and editorial offices, in lower case."""
    titles: list[str] = msgspec.field(default_factory=list)
    """All headlines that the page states anywhere, for search engines, for networks, for its window."""

    def first(self, role: str) -> str:
        found = self.values.get(role)
        return found[0] if found else ""

    def add(self, role: str, value: str) -> None:
        value = re.sub(r"\s+", " ", unescape(value)).strip()
        if role in ("topic", "byline", "section", "headline") and not _NAME.search(value):
            return
        if role == "headline" and value not in self.titles and len(self.titles) < 20:
            self.titles.append(value)
        kept = self.values.setdefault(role, [])
        same = any(value.lower() == other.lower() for other in kept) if role == "byline" else value in kept
        if value and len(value) < 2000 and not same and len(kept) < 50:
            kept.append(value)


def read(tree: Tree) -> Meta:
    """All that the page says of itself. Damaged JSON-LD is passed over: its text is dropped by name like any script."""
    found = Meta({})
    for data in _json_ld(tree):
        _from_json_ld(data, found)
    _from_meta(tree, found)
    _from_elements(tree, found)
    return found


# -- JSON-LD ---------------------------------------------------------------------------------------


def _json_ld(tree: Tree) -> Iterator[Any]:
    """The scripts that are JSON-LD, parsed."""
    for element in tree.elements:
        if element.name != "script" or "ld+json" not in element.get("type").lower():
            continue
        raw = [
            tree.source[a:b] for a, b, tag in tree.tokens[element.first : element.last] if tag and tag.name == "#raw"
        ]
        text = "".join(raw).strip()
        text = re.sub(r"^(?:<!--|//\s*<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>)$", "", text).strip().rstrip(";")
        if 0 < len(text) < MAX_SCRIPT:
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """All objects of lists and `@graph`s, the outer first."""
    waiting, seen = [data], 0
    while waiting and seen < MAX_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting[:0] = node[:500]
        elif isinstance(node, dict):
            yield node
            waiting += [
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(node.get(key), (list, dict))
            ]


def _from_json_ld(data: Any, found: Meta) -> None:
    for node in _nodes(data):
        types = node.get("@type", "")
        names = [str(t).rpartition("/")[2] for t in (types if isinstance(types, list) else [types])]
        if any(_ARTICLE_TYPES.search(name) for name in names):
            _article(node, found)


def _article(node: dict[str, Any], found: Meta) -> None:
    found.is_article = True
    for key, role in (
        ("headline", "headline"), ("alternativeHeadline", "kicker"), ("datePublished", "published"),
        ("dateCreated", "published"), ("dateModified", "modified"), ("description", "lead"),
        ("articleSection", "section"),
        ("keywords", "topic"), ("inLanguage", "language"), ("url", "url"), ("name", "headline"),
    ):  # fmt: skip
        for value in _strings(node.get(key)):
            for part in value.split(",") if role == "topic" else (value,):
                found.add(role, unescape(part))
    for house in _strings(node.get("publisher")):
        found.houses.add(house.strip().lower())
    for author in _people(node.get("author") or node.get("creator"), found):
        found.add("byline", unescape(author))
    body = node.get("articleBody")
    if isinstance(body, str) and len(body) > len(found.body):
        found.body = re.sub(r"<[^<>]*>", " ", unescape(body))


def _people(value: Any, found: Meta) -> list[str]:
    """Names of authors; those that machines are told are organisations are houses."""
    names: list[str] = []
    for one in value[:50] if isinstance(value, list) else [value]:
        kind = str(one.get("@type", "")) if isinstance(one, dict) else ""
        if kind.endswith("Organization"):
            found.houses.update(name.strip().lower() for name in _strings(one))
            names += [name for name in _strings(one) if is_agency(name)]
        elif not isinstance(one, list):
            names += _strings(one)
    return names


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.strip(" ().").lower() in _AGENCIES


def _strings(value: Any) -> list[str]:
    """Strings of a value, a list of values, or objects with a `name`."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for text in _strings(value.get("name") or value.get("@value")) if _NAME.search(text)]
    if isinstance(value, list):
        return [text for inner in value[:50] if not isinstance(inner, list) for text in _strings(inner)]
    return []


# -- meta, link, time ------------------------------------------------------------------------------


def _from_meta(tree: Tree, found: Meta) -> None:
    ranked: list[tuple[int, int, str, str]] = []
    for element in tree.elements:
        if element.name == "meta":
            name = (
                element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
            ).lower()
            content = element.get("content")
            if name == "og:site_name":
                found.site = content.strip()
            elif name == "og:type" and "article" in content.lower():
                found.is_article = True
            elif name in _ROLE and content.strip():
                role, rank = _ROLE[name]
                ranked.append((rank, element.number, role, content))
    people = any(not is_agency(name) for name in found.values.get("byline", []))
    for _, _, role, content in sorted(ranked):
        if role == "byline" and (people or content.startswith("http") or not _NAME.search(content)):
            continue
        if role in ("published", "language", "modified", "lead") and found.values.get(role):
            continue
        for part in content.split(",") if role == "topic" else (content,):
            found.add(role, part)


def _from_elements(tree: Tree, found: Meta) -> None:
    for element in tree.elements:
        if element.name == "link" and element.get("rel").lower() == "canonical" and element.get("href").strip():
            found.values.setdefault("url", []).insert(0, element.get("href").strip())
        elif element.name == "title" and (words := tree.words(element)):
            parts = [part for part in re.split(r" [|–—-] ", words)[:2] if part.count(" ") >= 2]
            found.titles += [title for title in (words, *parts) if title not in found.titles]
        elif element.name == "html" and element.get("lang").strip():
            found.values.setdefault("language", [])[:0] = [element.get("lang").strip()]
    if not found.values.get("published"):
        _from_times(tree, found)


def _from_times(tree: Tree, found: Meta) -> None:
    """`time` and other elements that state a date: those named so, else the first."""
    named, other = [], []
    for element in tree.elements:
        value = element.get("datetime") or (element.get("content") if "date" in element.get("itemprop").lower() else "")
        if not re.search(r"\d{4}", value):
            continue
        prop = f"{element.get('itemprop')} {element.get('class')}".lower()
        if "modif" in prop or "updat" in prop:
            found.add("modified", value)
        elif "publish" in prop or "pubdate" in element.tag.raw.lower() if element.tag else False:
            named.append(value)
        elif element.name == "time":
            other.append(value)
    for value in (named or other)[:1]:
        found.add("published", value)


def matching(elements: list[Element], tree: Tree, wanted: str) -> Element | None:
    """The element whose words agree best with `wanted`, if they agree at all."""
    best, score = None, 0.6
    for element in elements:
        share = agreement(tree.words(element), wanted) if element.last - element.first <= 300 else 0.0
        if share > score:
            best, score = element, share
    return best


def plain(words: str) -> str:
    """Words for comparison: lower case, letters and digits only."""
    return " ".join(_WORDS(words.replace("\xad", "").lower()))


def agreement(words: str, wanted: str) -> float:
    """How far two lines hold the same words: 0 not at all, 1 wholly."""
    here = set(_WORDS(words.replace("\xad", "").lower()))
    there = set(_WORDS(wanted.replace("\xad", "").lower()))
    return 2 * len(here & there) / (len(here) + len(there)) if here and there else 0.0
