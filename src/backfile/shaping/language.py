"""Which language a text is in, told by its small words, where the record does not say.

A newspaper's export names the language of the whole site at most; a French article among German ones is
shown and mended wrongly if it is taken for German. Small words that several of the four languages share
(`la`, `in`, `des`) count for none. Where the words do not tell clearly, the site's language stands.
"""

from __future__ import annotations

_SMALL = {
    "de": "der das und nicht mit von den auf für ist im dem sich auch eine einen wurde sind nach wird bei noch über "
    "vom zum zur aus oder haben hat dass werden sie ein als einer eines ich wir ihr sein seine es",
    "fr": "le les du et est une dans pour qui que sur pas avec au aux sont plus cette ses ont été mais par ce elle "
    "nous vous leur leurs où dont sans sous être c'est d'un d'une qu'il",
    "it": "di che è non del della dei delle nel nella con sono gli ha anche alla dal dalla più come una degli nei alle "
    "questo questa suo sua stato essere hanno fra",
    "en": "the of and to is was that for with his were has have from which it at by this are had they their would been "
    "she who not will",
}
_LANGUAGE = {word: language for language, words in _SMALL.items() for word in words.split()}
_FREQUENT = {
    "de": (" der ", " die ", " und ", " das ", " den ", " ist "),
    "fr": (" le ", " les ", " et ", " une ", " du ", " dans "),
    "it": (" di ", " che ", " il ", " della ", " è ", " per "),
    "en": (" the ", " of ", " and ", " to ", " was ", " for "),
}
"""A quick look: an article that has several of these is in the site's language, as nearly all are."""
_SAMPLE = 1500
_STRETCH = 300
"""The quick look is taken in stretches of the sample: for most articles, one or two of them are enough."""
_LEAST = 5


def told(text: str) -> str:
    """`de`, `fr`, `it` or `en` of a text's beginning; empty if its words do not tell clearly."""
    found = [language for language in map(_LANGUAGE.get, text[:_SAMPLE].lower().split()) if language]
    counts = sorted(((found.count(language), language) for language in _SMALL), reverse=True)
    if counts[0][0] < _LEAST or counts[1][0] * 2 > counts[0][0]:
        return ""
    return counts[0][1]


def language_of(text: str, site: str) -> str:
    """The language tag of an article whose record has none: the site's (`de-CH`), unless the words tell another.

    An article in another national language of the same country keeps the country (`fr-CH`).
    """
    head, _, country = site.partition("-")
    words = _FREQUENT.get(head.lower(), ())
    seen = 0
    for start in range(0, min(len(text), _SAMPLE), _STRETCH):
        stretch = text[start : start + _STRETCH]
        for word in words:
            seen += stretch.count(word)
        if seen >= _LEAST:
            return site
    if sum(text[:_SAMPLE].count(word) for word in words) >= _LEAST:
        return site
    found = told(text)
    if not found or found == head.lower():
        return site
    return f"{found}-{country}" if country == "CH" and found != "en" else found


def tag(value: str) -> str:
    """A language tag in the usual case: `de-CH`."""
    head, dash, rest = value.strip().replace("_", "-").partition("-")
    return head.lower() + (f"-{rest.upper()}" if dash and len(rest) == 2 else f"-{rest}" if rest else "")
