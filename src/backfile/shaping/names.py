"""Names of elements: which a browser knows, and what each kind is to shaping."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RAW_TEXT = frozenset({"script", "style"})
"""Their content is no markup and no text for readers."""

VOID = _words(
    """
    area base basefont bgsound br col command embed frame hr image img input isindex keygen link meta
    nextid param source spacer track wbr
    """
)
"""Elements that hold nothing and are never closed."""

_HTML = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote"
    " body br button canvas caption center cite code col colgroup command data datalist dd del details dfn dialog dir"
    " div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header"
    " hgroup hr html i iframe image img input ins isindex kbd keygen label layer legend li link listing main map mark"
    " marquee menu menuitem meta meter multicol nav nobr noembed noframes noscript object ol optgroup option output p"
    " param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source"
    " spacer span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title tr"
    " track tt u ul var video wbr xmp"
)
_SVG = (
    "svg g defs desc symbol use path rect circle ellipse line polyline polygon text tspan textpath lineargradient"
    " radialgradient stop clippath mask pattern filter foreignobject animate animatetransform view marker metadata"
)
_MATH = (
    "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub msup"
    " msubsup munder mover munderover mmultiscripts mtable mtr mtd maction semantics annotation"
)

HTML_NAMES = frozenset(f"{_HTML} {_SVG} {_MATH}".split())
"""Names after `<` that make it markup in an HTML leaf."""
