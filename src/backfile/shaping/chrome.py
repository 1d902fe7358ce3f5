"""What of a web page is not the article: told by elements, by class names in four languages, by density of links."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from backfile.shaping.tokens import Tag
from backfile.shaping.tree import Element

_BY_NAME = {
    "nav": "navigation", "menu": "navigation", "footer": "page footer", "aside": "teaser", "form": "form",
    "button": "button", "dialog": "overlay", "select": "form", "input": "form", "textarea": "form", "label": "form",
    "script": "script", "style": "script", "template": "template", "noscript": "noscript", "svg": "icon",
    "title": "page title", "fieldset": "form", "head": "page metadata",
}  # fmt: skip
_BY_ROLE = {
    "navigation": "navigation", "complementary": "teaser", "contentinfo": "page footer", "banner": "page chrome",
    "search": "form", "dialog": "overlay", "alertdialog": "overlay", "menu": "navigation", "menubar": "navigation",
    "toolbar": "share bar", "form": "form", "button": "button",
}  # fmt: skip
_WORDS = {
    "navigation": "nav navi navbar navigation menu submenu breadcrumb breadcrumbs pagination pager paging skip skiplink"
    " sitemap ariane",
    "share bar": "share shares sharing sharer sharebar sharetools social socials socialbar toolbar addthis sharethis"
    " teilen partager condividi bookmark print printbox drucken",
    "comment area": "comment comments commentlist kommentar kommentare commentaires commenti disqus discussion forum"
    " respond",
    "teaser": "related relatedcontent teaser teasers teaserlist recommend recommended recommendation recommendations"
    " recirculation readmore morelinks mostread meistgelesen popular trending outbrain taboola plista sidebar rail"
    " linkbox linklist seealso articlelist topstories newslist correlati correlate leggianche lireaussi recirc carousel"
    " promo promobox",
    "newsletter box": "newsletter newsletters subscribe subscription abo abonnement abobox signup mailinglist",
    "advertisement": "ad ads adv advert adverts advertisement advertising adbox adslot adsense banner werbung anzeige"
    " pub publicite pubblicita sponsored sponsor dfp teads",
    "cookie banner": "cookie cookies consent gdpr dsgvo cmp onetrust didomi usercentrics",
    "overlay": "modal popup overlay lightbox paywall piano tooltip offcanvas",
    "author box": "authorbox authorinfo authorbio authorcard aboutauthor autorenbox bio biography",
    "page footer": "footer colophon imprint impressum",
    "tag list": "tags taglist tagbox tagcloud keywords schlagworte",
    "hidden": "hidden sronly srlabel visuallyhidden screenreader invisible offscreen",
    "login": "login signin register logout",
}
_REASON = {word: reason for reason, words in _WORDS.items() for word in words.split()}
_PAIRS = {
    "sr only": "hidden", "sr label": "hidden", "visually hidden": "hidden", "screen reader": "hidden",
    "read more": "teaser",
    "most read": "teaser", "see also": "teaser", "author box": "author box", "author bio": "author box",
    "about author": "author box", "author info": "author box", "author card": "author box", "more news": "teaser",
    "more articles": "teaser", "tag list": "tag list", "sign up": "newsletter box", "skip link": "navigation",
    "more on": "teaser", "lire aussi": "teaser", "leggi anche": "teaser", "most popular": "teaser",
}  # fmt: skip
_GOOD = re.compile(
    r"article-?_*(?:body|content|text|main|copy)|entry-?content|post-?_*(?:content|body|text)|story-?_*(?:body|content|text)"
    r"|content-?body|body-?(?:text|copy|content)|artikel-?(?:text|inhalt|body)|rich-?text|main-?content|page-?content"
    r"|^(?:article|content|story|entry|post|text|body|main|artikel|prose)$",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:left|top|text-indent)\s*:\s*-\d{3,5}(?:px|em)",
    re.IGNORECASE,
)
_MAY_HIDE = re.compile(r"hidden|style", re.IGNORECASE).search
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
TEASER_LINE = re.compile(
    r"(?:lesen sie (?:auch|mehr|hier|dazu)|lies auch|mehr zum thema|mehr themen|mehr artikel|auch interessant"
    r"|weitere (?:themen|meldungen|nachrichten|beiträge|videos)|das könnte sie|zum thema\b"
    r"|weitere artikel|weiterlesen|mehr dazu|(?:à )?lire (?:aussi|également)|sur le même (?:sujet|thème)|voir aussi"
    r"|à voir|leggi anche|vedi anche|articoli correlati|potrebbe interessarti|read (?:more|also|next)"
    r"|related (?:articles?|posts?|stories|topics|content)|see also|you may also like"
    r"|more (?:on this|from|(?:\w+ ){0,2}(?:stories|articles|news)\b)"
    r"|recommended|advertisement|anzeige|werbung|publicité|"
    r"pubblicità|newsletter|share this|teilen|partager|condividi|kommentare|comments?\b|sign up|follow us)",
    re.IGNORECASE,
)


def reason_of(element: Element) -> str:
    """Why an element by itself is no part of an article; empty if nothing says so."""
    tag = element.tag
    if tag is None:
        return ""
    found = _BY_NAME.get(element.name, "")
    if found == "button" and not element.text and element.first + 1 < element.last and _holds_picture(element):
        return ""
    if not found and _MAY_HIDE(tag.raw) and _is_hidden(element, tag):
        return "hidden"
    if found or element.name in (
        "html",
        "body",
        "main",
        "article",
        "p",
        "a",
        "img",
        "h1",
        "br",
        "b",
        "strong",
        "i",
        "em",
    ):
        return found
    if "=" not in tag.raw:
        return ""
    role = tag.get("role").lower()
    if role == "banner" and any(node.name in ("article", "main") for node in element.above()):
        role = ""
    return _BY_ROLE.get(role, "") or by_class(tag.get("class"), tag.get("id"))


def _is_hidden(element: Element, tag: Tag) -> bool:
    """Whether readers never saw it: `hidden`, or styles that hide it or put it out of sight."""
    if element.name in ("html", "body", "main", "article", "img"):
        return False
    aria = tag.get("aria-hidden") == "true" and element.name not in ("figure", "picture", "p", "a", "h1", "br")
    return aria or tag.has("hidden") or _HIDING.search(tag.get("style")) is not None


def _holds_picture(element: Element) -> bool:
    """Whether a button is only there to make a picture larger."""
    waiting = list(element.children)[:20]
    for child in waiting:
        if child.name == "img":
            return True
        waiting += child.children[:20] if len(waiting) < 60 else []
    return False


@lru_cache(maxsize=20_000)
def by_class(names: str, identity: str) -> str:
    """The same by class names and id."""
    for name in [*names.split()[:30], identity][:31]:
        if not name or len(name) > 100:
            continue
        words = [w for w in re.split(r"[^a-zà-ÿ]+", _CAMEL.sub("-", name).lower()) if w]
        if len(words) > 6 or any(w in ("has", "hasnt", "with", "no", "not", "without", "is", "js") for w in words[:1]):
            continue
        for word in (*words, "".join(words)):
            reason = _REASON.get(word, "")
            if reason and (len(words) <= 2 or reason not in ("hidden", "overlay", "login")):
                return reason
        for pair in pairwise(words):
            if " ".join(pair) in _PAIRS:
                return _PAIRS[" ".join(pair)]
    return ""


@lru_cache(maxsize=20_000)
def good_class(names: str, identity: str) -> bool:
    """Whether class names or id speak of an article's text."""
    return any(_GOOD.search(name) for name in [*names.split()[:30], identity] if name)
