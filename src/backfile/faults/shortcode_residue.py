"""Shortcodes and bulletin-board codes that nothing interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import MarkKind, Text
from backfile.fault import Grade
from backfile.faults.looks import explains_markup, in_code, with_space
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="shortcode-residue",
    group="C2",
    title="Shortcode left in the text",
    readers_saw='[caption id="…"], [/vc_column_text], [gallery ids="1,2"], [b]…[/b].',
    why="The plug-in that turned the code into something else is gone, or the importer did not know it.",
    before="[dropcap]D[/dropcap]er Rat tagte. [/vc_column]",
    after="Der Rat tagte.",
    will_get_wrong=(
        "Known codes that only lay out or emphasise are taken out, and the text inside stays. Codes that stood for "
        "something (a gallery, a video) and unknown ones with attributes are proposed, so that the desk sees what is "
        "missing. Brackets of editors ([die Behörden], [sic], […]) have no such form."
    ),
    grade="safe",
    since="0.1",
)

_LAYOUT = (
    "caption|wp_caption|dropcap|drop_cap|columns?|col|row|one_half|one_third|two_thirds?|one_fourth"
    "|three_fourths?|one_half_last"
    "|one_third_last|clear|clearfix|divider|separator|spacer|space|section|tabs?|tabgroup|accordions?"
    "|toggles?|spoiler|box"
    "|infobox|info_box|pullquote|pull_quote|pullout|highlight|button|center|left|right|align|raw|nextpage"
    "|pagebreak|more|p|div"
    "|span|color|size|font|indent|list|li|sidebar|restrict|vc_[a-z_]{2,40}|et_pb_[a-z_]{2,40}"
    "|fusion_[a-z_]{2,40}|su_[a-z_]{2,40}"
    "|av_[a-z_]{2,40}|cs_[a-z_]{2,40}|tie_[a-z_]{2,40}|mvc_[a-z_]{2,40}"
)
_STANDS_FOR = (
    "gallery|audio|video|playlist|embed|youtube|vimeo|soundcloud|twitter|tweet|instagram|facebook"
    "|googlemaps?|google_map|map|poll"
    "|yop_poll|polldaddy|contact-form-7|contact-form|contact_form|gravityform|ninja_form|nggallery|ngg"
    "|slideshow|rev_slider|slider"
    "|portfolio_slideshow|adrotate|adsense|ads|ad|mc4wp_form|newsletter|related|related_posts|table"
    "|tablepress|iframe|flash|swf"
    "|singlepic|image|img|media|file|document|pdf|scribd|issuu|slideshare|storify|infogram|datawrapper"
)
_ATTRS = r"(?:[ =:][^\[\]]{0,2000})?"
_EMPHASIS = re.compile(r"\[(b|i|u|s|strong|em)\]([^\[\]]{1,2000})\[/\1\]", re.IGNORECASE)
_LINK = re.compile(r"\[url(?:=[\"']?(https?://[^\s\]\"']{1,1000})[\"']?)?\]([^\[\]]{1,2000})\[/url\]", re.IGNORECASE)
_KNOWN = re.compile(rf"\[/?(?:{_LAYOUT}){_ATTRS}/?\]", re.IGNORECASE)
_HOLDS = re.compile(rf"\[(/?)({_STANDS_FOR})({_ATTRS})/?\]", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\[[a-z][a-z0-9_-]{1,40}(?: +[a-z_-]{1,30} ?= ?[\"'][^\"'\[\]]{0,500}[\"'])+ ?/?\]", re.IGNORECASE
)
_PROSE = re.compile(r"(?:caption|title|alt|text|quote|content) ?= ?[\"'][^\"']*\w+ \w+ \w+", re.IGNORECASE)
_BARE = re.compile(
    r"\[/?(?:p|left|right|center|more|list|row|space|color|size|box|button|section|tab|tabs|video|audio|ad|map|image|table"
    r"|file|media|document|related|poll|slider|highlight|sidebar|raw|li|div|span|font|col|align|indent)\]",
    re.IGNORECASE,
)
_MARKS: dict[str, MarkKind] = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "u": "underline", "s": "strike"
}  # fmt: skip


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if "[" not in body or explains_markup(body):
        return
    for found in _all(body):
        if not in_code(text, found.start, found.end):
            yield found


def _all(body: str) -> Iterator[Found]:
    for match in _EMPHASIS.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=match.group(2), mark=_MARKS[match.group(1).lower()])
    for match in _LINK.finditer(body):
        href = match.group(1) or (match.group(2) if match.group(2).startswith("http") else "")
        yield Found(
            start=match.start(), end=match.end(), after=match.group(2), mark="link" if href else None, href=href
        )
    for match in _KNOWN.finditer(body):
        if _says_something(match.group()) and not _has_partner(body, match.group()):
            continue  # [left the room]
        if _BARE.fullmatch(match.group()) and not _has_partner(body, match.group()):
            continue  # [left], [more]: may be an editor's bracket
        yield _gone(body, match, "proposed" if _PROSE.search(match.group()) else "safe")
    for match in _HOLDS.finditer(body):
        if _says_something(match.group()):
            continue  # [video of the meeting]
        if match.group(3) or not _BARE.fullmatch(match.group()) or _has_partner(body, match.group()):
            yield _gone(body, match, "proposed")
    for match in _UNKNOWN.finditer(body):
        yield _gone(body, match, "proposed")


_SETTINGS = re.compile(r"\[/?[a-z][\w-]*(?:[=:]|[ ][^\[\]]*?(?:[\w-] ?=|https?:|www\.))", re.IGNORECASE)
_NUMBER = re.compile(r"\[/?([a-z][\w-]*)[ ]+[\w.,/#-]*\d[\w.,/#-]*[ ]?/?\]", re.IGNORECASE)
_CITED = frozenset(("p", "section", "col", "box", "table", "image", "file", "document", "list", "map"))


def _says_something(tag: str) -> bool:
    """Whether words stand in the brackets and no settings: an editor's remark, or a place in a book (`[p 12]`)."""
    if " " not in tag.strip("[]/ ") or _SETTINGS.match(tag):
        return False
    numbered = _NUMBER.fullmatch(tag)
    return numbered is None or numbered.group(1).lower() in _CITED


def _has_partner(body: str, tag: str) -> bool:
    name = tag.strip("[]/").partition(" ")[0]
    return f"[{name}" in body and f"[/{name}]" in body


def _gone(body: str, match: re.Match[str], grade: Grade) -> Found:
    start, end = with_space(body, *match.span())
    return Found(start=start, end=end, after="", drop="shortcode", grade=grade)


RULE = TextRule(
    card=CARD,
    trigger=(
        rf"\[/?(?:b|i|u|s|strong|em|url|{_LAYOUT}|{_STANDS_FOR})[ =:\]/]"
        rf"|\[[a-z][a-z0-9_-]+ +[a-z_-]+ ?="
    ),
    literals=("[",),
    find=find,
    ignore_case=True,
    strings=True,
)
