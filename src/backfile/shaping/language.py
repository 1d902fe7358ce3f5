"""Which language a text is in, told by its small words, where the record does not say.

A newspaper's export names the language of the whole site at most; a French article among German ones is
shown and mended wrongly if it is taken for German. Small words that several of the four languages share
(`la`, `in`, `des`) count for none. Where the words do not tell clearly, the site's language stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

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
_WORDS = 250
_LEAST = 5


def told(texts: Iterable[str]) -> str:
    """`de`, `fr`, `it` or `en` of the first few hundred words; empty if they do not tell clearly."""
    words: list[str] = []
    for text in texts:
        words += text[:2000].lower().split()
        if len(words) > _WORDS:
            break
    counts = Counter(map(_LANGUAGE.get, islice(words, _WORDS)))
    del counts[None]
    best = counts.most_common(2)
    if not best or best[0][1] < _LEAST or (len(best) > 1 and best[1][1] * 2 > best[0][1]):
        return ""
    return best[0][0] or ""


def language_of(texts: Iterable[str], site: str) -> str:
    """The language tag of an article whose record has none: the site's (`de-CH`), unless the words tell another.

    An article in another national language of the same country keeps the country (`fr-CH`).
    """
    found = told(texts)
    if not found or site.lower().startswith(found):
        return site
    country = site.partition("-")[2]
    return f"{found}-{country}" if country == "CH" and found != "en" else found


def tag(value: str) -> str:
    """A language tag in the usual case: `de-CH`."""
    head, dash, rest = value.strip().replace("_", "-").partition("-")
    return head.lower() + (f"-{rest.upper()}" if dash and len(rest) == 2 else f"-{rest}" if rest else "")
