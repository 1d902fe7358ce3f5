"""Boxes and lines amid a page's text that ask readers for something: consent, an address for letters, a click."""

from __future__ import annotations

import re

from backfile.shaping.furniture import is_interface
from backfile.shaping.tree import Element, Tree

MAX_BOX = 900
MAX_PROMPT = 600
MAX_LINE = 350
_BOXES = frozenset(["div", "section", "aside", "article", "figure", "blockquote"])
_LINES = frozenset(["p", "div", "h2", "h3", "h4", "h5", "em", "strong", "li", "section"])
_CONTROLS = frozenset(["input", "button", "label"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6", "div", "p", "strong"])
_CONSENT = re.compile(
    r"externe[nrs]? inhalt|personenbezogene|datenschutz|dritt(?:plattform|anbieter|partei)|mit einem klick"
    r"|einverstanden|contenus? (?:externe|tiers)|données personnelles|j.accepte|politique de confidentialité"
    r"|contenut[io] estern|dati personali|informativa sulla privacy|acconsento|external content|third[- ]part"
    r"|personal data|privacy policy|i (?:agree|consent)",
    re.IGNORECASE,
).findall
_LETTER = re.compile(r"newsletter|infolettre|bollettino", re.IGNORECASE).search
_SIGN_UP = re.compile(
    r"sign up|subscri|anmeld|abonnier|registrier|bestellen|inscri|s.abonner|iscriv|abbon|in your inbox|posteingang",
    re.IGNORECASE,
).search
_POINTER = re.compile(
    r"(?:related(?: (?:posts?|stor(?:y|ies)|articles?|video))?|read (?:more|also|next|this)|also read|see also"
    r"|see more|more (?:on|from|about) [^:]{2,40}|on [\w-]+\.(?:com|org|net|ch|de|at|fr|it)"
    r"|lesen sie (?:auch|dazu|mehr)|lies auch|mehr (?:dazu|zum thema)|zum thema|lire (?:aussi|également)|à lire"
    r"|voir aussi|leggi anche|vedi anche)\s{0,3}[:»>›–—-]?",
    re.IGNORECASE,
).match


def prompt(tree: Tree, element: Element) -> str:
    """The name of what an element asks readers for; empty if it asks for nothing."""
    if element.name in _BOXES and 0 < element.text <= MAX_BOX:
        if _asks_consent(tree, element):
            return "cookie banner"
        if element.text < MAX_PROMPT and _asks_address(tree, element):
            return "newsletter box"
    if element.name in _LINES and 0 < element.text <= MAX_LINE and element.links:
        return _clicked(tree, element)
    return ""


def _asks_consent(tree: Tree, element: Element) -> bool:
    """A box that stands for something from elsewhere until readers allow it: words of consent, and what to click."""
    said = {one.lower() for one in _CONSENT(tree.words(element))}
    if not said:
        return False
    inner = tree.below(element, 80)
    if any(child.name in ("img", "picture", "figcaption") for child in inner):
        return False
    clicked = any(child.name in _CONTROLS for child in inner)
    headed = any(child.name in _HEADINGS and is_interface(tree.line(child, 60)) for child in inner)
    return len(said) >= 2 and (clicked or headed)


def _asks_address(tree: Tree, element: Element) -> bool:
    """A box around a form, such as that for a newsletter."""
    inner = tree.below(element, 80)
    asks = any(child.name == "form" or child.get("type") == "email" for child in inner)
    return asks and not any(child.name in ("figure", "picture", "img", "video", "iframe") for child in inner)


def _clicked(tree: Tree, element: Element) -> str:
    """A line that is little else than a link: to a list of letters, or, after a label, to another article."""
    words = tree.words(element)
    if _LETTER(words) and _SIGN_UP(words):
        links = [child for child in tree.below(element, 60) if child.name == "a"]
        if any(_SIGN_UP(tree.words(a)) or _LETTER(a.get("href") + tree.words(a)) for a in links):
            return "newsletter box"
    pointer = _POINTER(words)
    apart = element.links + 3 <= len(words)
    if pointer and apart and element.name != "li" and element.links >= 0.8 * (len(words) - pointer.end()):
        return "teaser"
    return ""


def is_card(tree: Tree, element: Element) -> bool:
    """Whether a span amid a paragraph is what opens when readers point at a name: a picture and several links."""
    children = element.children
    if element.name != "span" or not children or children[0].name == "a" or element.last - element.first < 8:
        return False
    if tree.source[tree.tokens[element.first][1] : children[0].start].strip():
        return False
    names = [child.name for child in tree.below(element, 60)]
    return "img" in names and names.count("a") >= 3
