"""The head of a page's article: headline, kicker, lead, and what says them a second time.

What machines are told (JSON-LD, `og:title`, the window's title) names the headline; the heading that agrees with it is
taken from where readers see it. A heading amid running text is a crosshead, however well it is marked.
"""

from __future__ import annotations

import re

from backfile.record import Field
from backfile.shaping import headings, pagemeta
from backfile.shaping.pagefinder import Finder, in_figure
from backfile.shaping.pagemeta import plain
from backfile.shaping.tree import Element

_LEAD = re.compile(
    r"(?:^|[-_\s])(?:leads?|lede|vorspann|chapeau?|chapo|standfirst|intro(?:duction|text)?|abstract|sommario|sottotitolo"
    r"|excerpt|teaser-?text|subheadline|subtitle|sub-?title|dek|deck|summary|strapline|untertitel|description|einleitung)(?:$|[-_\s])",
    re.IGNORECASE,
)
_HEADLINE = re.compile(r"(?:^|[-_\s])(?:headline|title|titel|titre|titolo)(?:$|[-_\s])", re.IGNORECASE)
_HEADS = ("h1", "h2", "h3")
_SAME = 0.72
"""Two headings whose words agree so far are the same headline, written for two places."""
MAX_LEAD = 900
MAX_TITLE = 300


def read(finder: Finder) -> Element | None:
    """Headline, kicker and lead as fields; the element of the headline."""
    headline = _headline(finder)
    _kicker(finder, headline)
    _lead(finder, headline)
    _doubled(finder, headline)
    return headline


# -- headline --------------------------------------------------------------------------------------


def _headline(finder: Finder) -> Element | None:
    tree, meta = finder.tree, finder.meta
    heads = [e for e in tree.elements if e.name in _HEADS and e.text and not finder.banned(e)]
    early, end = finder.head_end(count=3), finder.head_end()
    found = _agreeing(finder, [e for e in heads if e.name == "h1"])
    found = found or _agreeing(finder, [e for e in heads if e.start < early][-80:])
    found = found or _first_heading(finder, heads, [e for e in heads if e.start < end])
    if found is None:
        start = finder.content.regions[0].start if finder.content.regions else 0
        found = finder.classed(_HEADLINE, 0, start, 250, ("div", "span", "p", "td"))
    parts = headings.split(tree, found) if found is not None else None
    if found is not None and parts is not None:
        finder.take_range("kicker", found, *parts.kicker)
        finder.take_range("headline", found, *parts.headline)
    elif found is not None:
        finder.take("headline", found)
    elif wanted := meta.first("headline") or _title(finder):
        finder.fields.append(Field("headline", wanted, ""))
    return found


def _agreeing(finder: Finder, heads: list[Element]) -> Element | None:
    """The heading that agrees with the first of the page's own titles that any heading agrees with."""
    for title in finder.meta.titles:
        if found := pagemeta.matching(heads, finder.tree, title):
            return found
    return None


def _first_heading(finder: Finder, heads: list[Element], before: list[Element]) -> Element | None:
    """Without agreement: the last first-level heading before the text, else the first heading at the text's head."""
    region = finder.content.regions[0] if finder.content.regions else None
    start = region.start if region else 0
    first = [e for e in heads if e.name == "h1" and 5 < e.text < MAX_TITLE]
    if above := [e for e in first if e.start <= start] or [e for e in first if e in before]:
        return above[-1]
    near = [e for e in before if region and e.inside(region) and e.start - start < 3000 and e.text < MAX_TITLE]
    if near or first:
        return (near or first)[0]
    around = next((e for e in (region.above() if region else ()) if e.name in ("article", "main")), None)
    return next((e for e in before[::-1] if around and e.inside(around) and 5 < e.text < MAX_TITLE), None)


def _title(finder: Finder) -> str:
    title = next((e for e in finder.tree.elements if e.name == "title"), None)
    words = finder.tree.words(title) if title else ""
    head, bar, tail = words.rpartition(" | ") if " | " in words else words.rpartition(" - ")
    return head if bar and len(tail) < len(head) and len(head) > 10 else words


def _doubled(finder: Finder, headline: Element | None) -> None:
    """Headings at the text's head that say the headline again go out of the text."""
    said = next((f.value for f in finder.fields if f.role == "headline"), "")
    wanted = finder.tree.words(headline) if headline else said
    if not wanted or not finder.content.regions:
        return
    end = finder.head_end(after=headline.end if headline else 0)
    for element in finder.inside(finder.content.regions[0]):
        if element.start >= end:
            return
        other = element.name in _HEADS and element is not headline and not finder.holds_taken(element)
        if other and pagemeta.agreement(finder.tree.words(element), wanted) >= _SAME:
            finder.gone[element.number] = "article header"


# -- kicker ----------------------------------------------------------------------------------------


def _kicker(finder: Finder, headline: Element | None) -> None:
    if headline is None or finder.has("kicker"):
        return
    tree = finder.tree
    found = finder.classed(headings.KICKER, max(0, headline.start - 3000), headline.end, headings.MAX_KICKER)
    if found is not None and not headline.inside(found) and not _is_trail(tree.words(found)):
        links = [child for child in tree.below(found) if child.name == "a" and tree.words(child)]
        finder.take("kicker", links[0] if links else found)
        finder.cut[found.number] = "article header"
    elif (found := _titled_kicker(finder, headline) or _line_above(finder, headline)) is not None:
        finder.take("kicker", found)


def _titled_kicker(finder: Finder, headline: Element) -> Element | None:
    """The line beside the headline that the page's title begins with: `Kicker: Headline`."""
    words = plain(finder.tree.words(headline))
    wanted = {title[: -len(words)].strip() for title in map(plain, finder.meta.titles) if title.endswith(f" {words}")}
    low, high = headline.start - 3000, headline.end + 3000
    for element in finder.tree.elements if wanted - {""} else ():
        near = low <= element.start and element.end <= high and not element.inside(headline)
        words = finder.tree.line(element, headings.MAX_KICKER) if near else ""
        if words and plain(words) in wanted and finder.fits(element, 3, headings.MAX_KICKER):
            return element
    return None


def _line_above(finder: Finder, headline: Element) -> Element | None:
    """The one short line that stands in the text above the headline."""
    regions = finder.content.regions
    if not regions or not headline.inside(regions[0]):
        return None
    above: list[Element] = []
    for element in finder.inside(regions[0]):
        if element.start >= headline.start:
            break
        if element.flow and element.end <= headline.start and element.number not in finder.content.left_out:
            above.append(element)
    if len(above) != 1 or not finder.fits(above[0], 3, headings.MAX_KICKER // 2) or in_figure(above[0]):
        return None
    return None if _is_trail(finder.tree.words(above[0])) else above[0]


def _is_trail(words: str) -> bool:
    """Whether words are the way to a page (`News / Inland / Bern`), no kicker."""
    return re.search(r"\s[/>»›]\s", words) is not None


# -- lead ------------------------------------------------------------------------------------------


def _lead(finder: Finder, headline: Element | None) -> None:
    """The element that is called a lead, or says what the page's description says, before the running text."""
    if not finder.content.regions:
        return
    region = finder.content.regions[0]
    low = headline.end if headline else max(0, region.start - 5000)
    high = _first_paragraph_end(finder, region, low)
    found = finder.classed(_LEAD, low, high, MAX_LEAD, least=40) or _described(finder, region, low, high)
    if found is not None and not finder.is_taken(found.start, found.end):
        finder.take("lead", found)


def _described(finder: Finder, region: Element, low: int, high: int) -> Element | None:
    said = finder.meta.first("lead")
    if len(said) <= 40:
        return None
    near = [
        e
        for e in finder.tree.elements
        if e.flow >= 40 and e.text <= MAX_LEAD and low <= e.start and e.end <= high
        and not finder.banned(e) and not in_figure(e)
    ]  # fmt: skip
    found = pagemeta.matching(near, finder.tree, said)
    return None if found is None or (found.inside(region) and not _alone(finder, found, region)) else found


def _first_paragraph_end(finder: Finder, region: Element, low: int) -> int:
    """End of the first running paragraph in the region, after the headline."""
    inside = finder.inside(region)
    return next((e.end for e in inside if e.name == "p" and e.flow > 40 and e.start >= low), region.start)


def _alone(finder: Finder, element: Element, region: Element) -> bool:
    """Whether an element is set apart from the paragraphs that follow, by its name, class or emphasis."""
    following = [e for e in finder.inside(region) if e.start >= element.end and e.flow > 40][:1]
    if not following:
        return False
    same = following[0].name == element.name and following[0].get("class") == element.get("class")
    bold = any(
        c.name in ("b", "strong") and c.end - c.start > 0.8 * (element.end - element.start - 7)
        for c in element.children
    )
    return bold or not same
