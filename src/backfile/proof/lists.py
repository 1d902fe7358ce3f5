"""What the proof takes for markup, for prose and for machinery: short lists, part of the proof's version.

They are the proof's own. Shaping has others; where the two disagree about something that readers could
read, an article fails its proof, and that is the purpose.
"""

from __future__ import annotations

import re

_HTML_ELEMENTS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body
br button canvas caption center cite code col colgroup command data datalist dd del details dfn dialog dir div dl
dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
html i iframe image img input ins isindex kbd keygen label layer legend li link listing main map mark marquee math
menu menuitem meta meter multicol nav nobr noembed noframes noscript object ol optgroup option output p param
picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source spacer
span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track
tt u ul var video wbr xmp
animate animatemotion animatetransform circle clippath cursor defs desc ellipse fecolormatrix feblend feflood
fegaussianblur femerge femergenode feoffset filter foreignobject g glyph line lineargradient marker mask metadata
mpath path pattern polygon polyline radialgradient rect set stop switch symbol text textpath tref tspan use view
annotation maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot
mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
"""
HTML_ELEMENTS = frozenset(_HTML_ELEMENTS.split())
"""Names that are markup wherever they follow a `<`."""

RAW_TEXT = frozenset({"script", "style"})
"""Elements whose content is machinery: it counts as `raw`, and has to be dropped by name."""

_PROSE_ATTRIBUTES = """
alt title summary caption label standby placeholder aria-label aria-description data-alt data-title data-caption
data-image-title data-image-caption data-image-description data-description data-credit data-copyright data-text
data-quote data-headline data-lead data-teaser
"""
PROSE_ATTRIBUTES = frozenset(_PROSE_ATTRIBUTES.split())
"""Attributes that hold words for readers, whatever their length."""

_MACHINE_ATTRIBUTES = """
href src srcset sizes class id style target rel width height align valign border bgcolor color face size hspace
vspace cellpadding cellspacing colspan rowspan scope lang dir name value type media action method http-equiv
charset data-src data-srcset data-href data-url data-id data-permalink data-orig-file data-medium-file
data-large-file data-image-meta data-attrs data-settings data-config data-options data-props data-params xmlns
poster cite datetime data allow allowfullscreen frameborder scrolling loading decoding role itemtype itemprop
itemscope d points viewbox transform fill stroke sandbox integrity nonce usemap coords shape bgcolor background
link vlink alink text accept-charset enctype rules frame clear start span char nowrap noshade compact content
property about typeof vocab prefix resource srcdoc
"""
MACHINE_ATTRIBUTES = frozenset(_MACHINE_ATTRIBUTES.split())
"""Attributes that never hold prose, however long they are."""

META_PROSE = re.compile(r"description|title|headline|abstract|news_keywords", re.IGNORECASE)
"""`<meta>` whose `content` holds words: judged by its `name` or `property`."""

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’\-][^\W\d_]+)*")
_MACHINE = re.compile(r"[{}<>\[\]=\\|@#$_~^*/]|\w\(|;\s*\w+:|://")

LONG_VALUE = 24
PROSE_WORDS = 4


def reads_as_prose(value: str) -> bool:
    """Whether a long value is a sentence rather than machinery: at least four words, and mostly words."""
    if len(value) < LONG_VALUE or value.count(" ") < PROSE_WORDS - 1:
        return False
    head = value[:2000]
    words = _WORD.findall(head)
    if len(words) < PROSE_WORDS:
        return False
    letters = sum(map(len, words))
    return letters * 10 >= len(head.replace(" ", "")) * 7 and len(_MACHINE.findall(head)) * 8 <= len(words)


MACHINE_COMMENT = re.compile(
    r"\s*(?:/?wp:|\[if\b|\[endif|<!\[endif|/?(?:more|nextpage|noteaser)\b|#include|google_ad_section)"
)
"""Comments that talk to a machine: block-editor marks, conditional comments, server-side includes, ..."""

_VOID = "area base basefont br col command embed frame hr img input keygen link meta param source track wbr"
VOID = frozenset(_VOID.split())
"""Elements that hold nothing and are never closed."""

_PARTING = """
p div br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption blockquote pre figure
figcaption section article aside header footer nav main address form fieldset legend details center option
"""
PARTING = frozenset(_PARTING.split())
"""Elements that part words: nothing before such a tag may be glued to what comes after it."""
