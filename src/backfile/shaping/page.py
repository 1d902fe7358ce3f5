"""A whole web page → the article on it, and an account of all the rest.

Finds headline, kicker, lead, byline and the region that holds the text; that region is given to the HTML shaper as
ranges of the leaf. Everything else that a reader of the page could see is dropped by name (`navigation`, `teaser`,
`comment area`, …), word by word, so that the proof can lay article and account over the page and find no gap.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import msgspec

from backfile.article import Span
from backfile.ledger import Move, Op
from backfile.record import Field
from backfile.shaping import figures, headings, pagemeta
from backfile.shaping.chrome import reason_of
from backfile.shaping.content import MIN_ARTICLE, Content, find
from backfile.shaping.leftover import drops
from backfile.shaping.tokens import Token, tokenize
from backfile.shaping.tree import Element, Tree

BY = "page"
_LEAD = re.compile(
    r"(?:^|[-_\s])(?:leads?|lede|vorspann|chapeau?|chapo|standfirst|intro(?:duction|text)?|abstract|sommario|sottotitolo"
    r"|excerpt|teaser-?text|subheadline|subtitle|sub-?title|dek|deck|summary|strapline|untertitel|description|einleitung)(?:$|[-_\s])",
    re.IGNORECASE,
)
_HEADLINE = re.compile(r"(?:^|[-_\s])(?:headline|title|titel|titre|titolo)(?:$|[-_\s])", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:^|[-_\s])(?:authors?|byline|auteur|autor[ei]?|autorin|vcard)(?:$|[-_\s])", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:von|par|di|by)\s+)?[A-ZÄÖÜÉ][\w.'’-]+(?:\s+[\w.'’-]+){1,4}$", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:(?<=[|•·,])|(?<=>))\s{0,99}(?:[Vv]on|[Pp]ar|[Dd]i|[Bb]y)\s{1,9}"
    r"([A-ZÄÖÜÉ][\w.'’-]{1,40}(?:[ \xa0][\w.'’-]{1,40}){1,3})\s{0,99}(?=$|<|[|•·,])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
MAX_LEAD = 900


class Page(msgspec.Struct, frozen=True):
    """`fields`: as in `Parts`. `ranges`: of the leaf, in order, that together hold the article's HTML. `account`: what
    became of everything else. `article`: whether there is an article on the page at all."""

    fields: tuple[Field, ...]
    ranges: tuple[tuple[int, int], ...]
    account: tuple[Op, ...]
    article: bool
    inserted: figures.Inserted = {}
    """Tags that the page lacks, by the number of the token that they stand before."""


def read(source: str, leaf: str = "page", tokens: list[Token] | None = None) -> Page:
    """Read a page. Offsets are code points of `source`, which is the whole leaf."""
    return _Reader(source, leaf, tokens or tokenize(source)).read()


def _in_figure(element: Element) -> bool:
    """A caption may say what a lead would; it is none."""
    return any(node.name in ("figure", "figcaption") for node in (element, *element.above()))


def _is_trail(words: str) -> bool:
    """Whether words are the way to a page (`News / Inland / Bern`), no kicker."""
    return re.search(r"\s[/>»›]\s", words) is not None


def has_article(source: str) -> bool:
    """Whether there is anything like an article on the page: enough running text, or a page that says it is one."""
    tree = Tree(source, tokenize(source))
    meta = pagemeta.read(tree)
    return _enough(find(tree, meta.body), meta)


def _enough(content: Content, meta: pagemeta.Meta) -> bool:
    held = sum(r.text - r.links for r in content.regions)
    return content.mass >= MIN_ARTICLE or (meta.is_article and held >= 40)


class _Reader:
    def __init__(self, source: str, leaf: str, tokens: list[Token]) -> None:
        self.source, self.leaf = source, leaf
        self.tree = Tree(source, tokens)
        self.meta = pagemeta.read(self.tree)
        self.content = find(self.tree, self.meta.body)
        self.fields: list[Field] = []
        self.taken: list[tuple[int, int]] = []
        """Ranges that fields have."""
        self.cut: dict[int, str] = {}
        """Elements inside the region that fields or their neighbourhood took out of it."""

    def read(self) -> Page:
        start = self.content.regions[0].start if self.content.regions else 0
        headline = self._headline(start)
        self._kicker(headline)
        self._lead(headline)
        self._bylines(headline)
        self._machine_fields()
        ranges = self._ranges(headline)
        account = [*self._moved_lead(ranges), *drops(self.tree, self.leaf, ranges, self.taken, self._reason)]
        inside = [element for region in self.content.regions for element in self._inside(region)]
        made = figures.captioned(self.tree, inside)
        return Page(tuple(self.fields), ranges, tuple(account), _enough(self.content, self.meta), made)

    # -- fields ------------------------------------------------------------------------------------

    def _headline(self, start: int) -> Element | None:
        """The heading that agrees with what machines are told, else the last first-level one before the text."""
        wanted = self.meta.first("headline")
        heads = [e for e in self.tree.elements if e.name in ("h1", "h2", "h3") and e.text and not self._banned(e)]
        found = pagemeta.matching([e for e in heads if e.name == "h1"], self.tree, wanted)
        found = found or pagemeta.matching(heads[:80], self.tree, wanted) or self._first_heading(heads, start)
        if found is None:
            found = self._classed(_HEADLINE, 0, start, 250, ("div", "span", "p", "td"))
        parts = headings.split(self.tree, found) if found is not None else None
        if found is not None and parts is not None:
            self._take_range("kicker", found, *parts.kicker)
            self._take_range("headline", found, *parts.headline)
        elif found is not None:
            self._take("headline", found, markup="html")
        elif wanted or self._title():
            self.fields.append(Field("headline", wanted or self._title(), ""))
        return found

    def _first_heading(self, heads: list[Element], start: int) -> Element | None:
        region = self.content.regions[0] if self.content.regions else None
        first = [e for e in heads if e.name == "h1" and 5 < e.text < 300]
        before = [e for e in first if e.start <= start] or first
        if before:
            return before[-1]
        return next(
            (e for e in heads if region and e.inside(region) and e.start - region.start < 3000 and e.text < 300), None
        )

    def _title(self) -> str:
        title = next((e for e in self.tree.elements if e.name == "title"), None)
        words = self.tree.words(title) if title else ""
        head, bar, tail = words.rpartition(" | ") if " | " in words else words.rpartition(" - ")
        return head if bar and len(tail) < len(head) and len(head) > 10 else words

    def _kicker(self, headline: Element | None) -> None:
        if headline is None or any(field.role == "kicker" for field in self.fields):
            return
        found = self._classed(headings.KICKER, max(0, headline.start - 3000), headline.end, headings.MAX_KICKER)
        if found is not None and not headline.inside(found) and not _is_trail(self.tree.words(found)):
            links = [child for child in self.tree.below(found) if child.name == "a" and self.tree.words(child)]
            self._take("kicker", links[0] if links else found)
            self.cut[found.number] = "article header"

    def _lead(self, headline: Element | None) -> None:
        """The element that is called a lead, or says what the page's description says, before the running text."""
        if not self.content.regions:
            return
        region = self.content.regions[0]
        low = headline.end if headline else max(0, region.start - 5000)
        high = self._first_paragraph_end(region, low)
        found = self._classed(_LEAD, low, high, MAX_LEAD, least=40)
        if found is None:
            said = self.meta.first("lead")
            near = [
                e
                for e in self.tree.elements
                if e.flow >= 40 and low <= e.start and e.end <= high and not self._banned(e) and not _in_figure(e)
            ]
            found = (
                pagemeta.matching([e for e in near if e.text <= MAX_LEAD], self.tree, said) if len(said) > 40 else None
            )
            if found is not None and found.inside(region) and not self._alone(found, region):
                found = None
        if found is not None and not any(a < found.end and found.start < b for a, b in self.taken):
            self._take("lead", found, markup="html")

    def _first_paragraph_end(self, region: Element, low: int) -> int:
        """End of the first running paragraph in the region, after the headline."""
        return next(
            (e.end for e in self._inside(region) if e.name == "p" and e.flow > 40 and e.start >= low), region.start
        )

    def _alone(self, element: Element, region: Element) -> bool:
        """Whether an element is set apart from the paragraphs that follow, by its name, class or emphasis."""
        following = [e for e in self._inside(region) if e.start >= element.end and e.flow > 40][:1]
        if not following:
            return False
        same = following[0].name == element.name and following[0].get("class") == element.get("class")
        bold = any(
            c.name in ("b", "strong") and c.end - c.start > 0.8 * (element.end - element.start - 7)
            for c in element.children
        )
        return bold or not same

    def _bylines(self, headline: Element | None) -> None:
        """The authors that machines are told, where the page shows them; else what is called an author on it."""
        said = [n for n in self.meta.values.get("byline", []) if len(n) < 100 and not n.startswith("http")]
        self.fields += [Field("agency", name, "") for name in said if pagemeta.is_agency(name)][:1]
        names = [n for n in said if not self._is_house(n)]
        low = headline.start if headline else 0
        for name in names[:8]:
            at = self._shown(name, low)
            self.fields.append(Field("byline", name, self.leaf if at >= 0 else "", max(at, 0)))
            if at >= 0:
                self.taken.append((at, at + len(name)))
        if not names and not any(pagemeta.is_agency(name) for name in said):
            high = (self.content.regions[0].end + 4000) if self.content.regions else len(self.source)
            found = self._classed(_AUTHOR, low, high, 80)
            if found is not None and _NAME.match(words := self.tree.words(found)) and not self._is_house(words):
                self._take_name(found)
        if not any(field.role == "byline" for field in self.fields):
            self._signed_date()

    def _signed_date(self) -> None:
        """The author that the line with the date names: `12.4.2003 | Von Anna Muster`."""
        heads = [number for number, reason in self.content.left_out.items() if reason == "article header"]
        for element in (self.tree.elements[number] for number in heads):
            for start, end, tag in self.tree.tokens[element.first : element.last]:
                match = _SIGNED.search(self.source, start, end) if tag is None else None
                if match and not self._is_house(match[1]) and not self._is_taken(*match.span(1)):
                    self.fields.append(Field("byline", match[1], self.leaf, match.start(1)))
                    self.taken.append(match.span(1))
                    return

    def _is_taken(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.taken)

    def _is_house(self, name: str) -> bool:
        """Whether an author's name is the publisher's, the site's, an agency's or an address."""
        low = name.strip().lower()
        site = self.meta.site.strip().lower()
        host = re.sub(r"^www\d?\.", "", urlsplit(self.meta.first("url")).hostname or "")
        return (
            low in self.meta.houses
            or pagemeta.is_agency(low)
            or (bool(site) and (low == site or low in (f"{site} redaktion", f"redaktion {site}")))
            or (len(host) > 3 and (host in low or low.replace(" ", "") == host.split(".")[0].replace("-", "")))
        )

    def _shown(self, name: str, low: int) -> int:
        """Where the page shows the name outside of the running text; -1 if nowhere."""
        at = self.source.find(name, low)
        for _ in range(20):
            if at < 0:
                return -1
            number = self._token_at(at)
            start, end, tag = self.tree.tokens[number]
            outside = tag is None and at + len(name) <= end and self.source[start:end].strip().find(name) <= 10
            if outside and not self._in_story(number) and not any(a < at + len(name) and at < b for a, b in self.taken):
                return at
            at = self.source.find(name, at + 1)
        return -1

    def _token_at(self, at: int) -> int:
        low, high = 0, len(self.tree.tokens) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.tree.tokens[middle][0] <= at else (low, middle - 1)
        return low

    def _in_story(self, number: int) -> bool:
        owner = self.tree.owner[number]
        chain = [owner, *owner.above()]
        if any(e.number in self.content.left_out or e.number in self.cut for e in chain):
            return False
        return any(region in chain for region in self.content.regions)

    def _take_name(self, element: Element) -> None:
        for start, end, tag in self.tree.tokens[element.first : element.last]:
            raw = self.source[start:end]
            match = (
                re.match(r"\s*(?:(?:von|par|di|by)\s+)?(\S.*?)\s*$", raw, re.IGNORECASE | re.DOTALL)
                if tag is None
                else None
            )
            if match and len(match[1]) > 4:
                at = start + match.start(1)
                if not any(a < at + len(match[1]) and at < b for a, b in self.taken):
                    self.fields.append(Field("byline", match[1], self.leaf, at))
                    self.taken.append((at, at + len(match[1])))
                    self.cut[element.number] = "article header"
                return

    def _machine_fields(self) -> None:
        for role in ("published", "modified", "section", "language", "url"):
            if value := self.meta.first(role):
                self.fields.append(Field(role, value, ""))
        self.fields += [Field("topic", value, "") for value in self.meta.values.get("topic", [])[:30]]

    # -- elements ----------------------------------------------------------------------------------

    def _banned(self, element: Element) -> bool:
        return element.number in self.content.banned

    def _inside(self, region: Element) -> list[Element]:
        found = []
        for element in self.tree.elements[region.number + 1 :]:
            if element.start >= region.end:
                break
            found.append(element)
        return found

    def _classed(
        self, pattern: re.Pattern[str], low: int, high: int, most: int, names: tuple[str, ...] = (), least: int = 2
    ) -> Element | None:
        """The first element between two offsets whose class, id or itemprop matches, with a fitting length of text."""
        for element in self.tree.elements:
            if element.start < low or element.tag is None or "=" not in element.tag.raw:
                continue
            if element.start >= high:
                return None
            if element.end > high or element.last - element.first > 300 or (names and element.name not in names):
                continue
            said = f"{element.get('class')} {element.get('id')} {element.get('itemprop')} {element.get('rel')}"
            if pattern.search(_CAMEL.sub("-", said)) and self._fits(element, least, most) and not _in_figure(element):
                return element
        return None

    def _fits(self, element: Element, least: int, most: int) -> bool:
        """Whether an element is free to become a field, and of the right length."""
        if self._banned(element) or any(a < element.end and element.start < b for a, b in self.taken):
            return False
        return least <= len(self.tree.words(element)) <= most

    def _take(self, role: str, element: Element, markup: str = "html") -> None:
        """A field of the element's inner markup, from its first to its last word."""
        texts = [
            (a, b)
            for a, b, tag in self.tree.tokens[element.first : element.last]
            if tag is None and self.source[a:b].strip()
        ]
        if not texts:
            return
        first, last = texts[0], texts[-1]
        start = first[1] - len(self.source[first[0] : first[1]].lstrip())
        end = last[0] + len(self.source[last[0] : last[1]].rstrip())
        self._take_range(role, element, start, end, markup)

    def _take_range(self, role: str, element: Element, start: int, end: int, markup: str = "html") -> None:
        if any(a < end and start < b for a, b in self.taken):
            return
        self.fields.append(Field(role, self.source[start:end], self.leaf, start, markup=markup))  # type: ignore[arg-type]
        self.taken.append((start, end))
        self.cut[element.number] = "article header"

    # -- ranges ------------------------------------------------------------------------------------

    def _ranges(self, headline: Element | None) -> tuple[tuple[int, int], ...]:
        """The regions without what was left out, and the lead pictures between headline and text."""
        found: list[tuple[int, int]] = []
        for region in (*self._lead_pictures(headline), *self.content.regions):
            at = region.start
            for element in self._inside(region):
                gone = (
                    element.number in self.content.left_out
                    or (element.number in self.cut and self._holds_taken(element))
                    or (element.name == "button" and element.text > 0)
                )
                if element.start >= at and gone:
                    found.append((at, element.start))
                    at = element.end
            found.append((at, region.end))
        return tuple((a, b) for a, b in sorted(found) if a < b)

    def _moved_lead(self, ranges: tuple[tuple[int, int], ...]) -> list[Op]:
        """The lead stands first in an article; if the page had a picture before it, that is a move."""
        lead = next((f for f in self.fields if f.role == "lead" and f.leaf), None)
        if lead is None or not ranges or ranges[0][0] > lead.start:
            return []
        end = lead.start + len(lead.value)
        text = unescape(re.sub(r"<[^<>]*>", " ", lead.value))
        span = Span(self.leaf, lead.start, end)
        return [Move(by=BY, text=" ".join(text.split()), to="lead", span=span)]

    def _holds_taken(self, element: Element) -> bool:
        return any(element.start <= a and b <= element.end for a, b in self.taken)

    def _lead_pictures(self, headline: Element | None) -> list[Element]:
        """Figures between headline and text, outside of the region: the article's first picture."""
        if headline is None or not self.content.regions:
            return []
        low, high = headline.end, self.content.regions[0].start
        figures = [
            e
            for e in self.tree.elements
            if e.name == "figure" and low <= e.start and e.end <= high and not self._banned(e)
        ]
        outer = [e for e in figures if not any(o is not e and e.inside(o) for o in figures)]
        return [e for e in outer if not any(a < e.end and e.start < b for a, b in self.taken)][:3]

    def _reason(self, element: Element) -> str:
        """Why text in this element is no part of the article: the nearest name for it."""
        for node in (element, *element.above()):
            reason = self.content.left_out.get(node.number) or self.cut.get(node.number) or reason_of(node)
            if reason:
                return reason
        return "page chrome"
