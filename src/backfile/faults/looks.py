"""What the rules about encodings and markup look at around a finding."""

from __future__ import annotations

import re

from backfile.article import Text

_EXPLAINS_MARKUP = re.compile(
    r"\b(?:X?HTML5?|XML|CSS|Javascript|JavaScript|Quell(?:text|code)e?s?|Programmcode|Entit(?:y|ies|äte?n?|és?|à)"
    r"|(?:HTML|XML|[Mm]eta|[Dd]as|[Dd]ieses|[Dd]ie|[Dd]iese|[Ss]olche|[Tt]he|[Aa]|[Oo]pening|[Cc]losing|[Mm]issing"
    r"|[Uu]n|[Ll]es?|[Dd]es|[Ii]l|[Ii]|[Öö]ffnende[ns]?|[Ss]chlie(?:ss|ß)ende[ns]?|[Ff]ehlende[ns]?)[ -][Tt]ags?"
    r"|Auszeichnung(?:ssprache)?|Sonderzeichen|Shortcodes?|Markdown|Wiki-?[Ss]yntax|Wikip[eé]dia|[Bb]alises?|[Mm]arcatori|[Mm]arkup"
    r"|[Cc]ode source|[Cc]odice sorgente|[Ss]ource code|[Pp]rogramm(?:er|ing|ier\w{2,30})|Java|[Pp]laceholder"
    r"|[Pp]latzhalter|[Ff]orumsregeln|BBCode|Backslash|LaTeX|TeX|[Zz]eichen(?:folgen?|ketten?)? wie"
    r"|caractères (?:comme|tels que)|caratteri come|characters (?:such as|like))\b"
)
"""`Tag` alone is a day in German, and so is `ein Tag`."""
_EXPLAINS_ENCODING = re.compile(
    r"\b(?:UTF-?8|UTF-?16|Unicode|ASCII|ISO[- ]8859(?:-\d+)?|Latin-?1|[Mm]ojibake|Zeichens[aä]tz\w*|[Zz]eichenkodierung"
    r"|[Kk]odierung|[Zz]eichensalat|[Uu]mlaut(?:e|en)? (?:wird|werden|wurde|wurden) zu|[Cc]haracter (?:set|encoding)s?"
    r"|jeux? de caractères|[Cc]odifica|[Ee]ncodage|[Ee]ncoding|Ersetzungszeichen|Codepages?|Code ?page)\b"
)
_ADDRESS = re.compile(
    r"(?:https?:|ftp:|www\.|mailto:|[\w.-]+\.(?:ch|com|de|fr|it|org|net|at|li|eu)/)\S*|\S+@\S+", re.IGNORECASE
)


def explains_markup(text: str) -> bool:
    """Whether a text speaks about markup: what it shows then is its subject and no fault."""
    return _EXPLAINS_MARKUP.search(text) is not None


def explains_encoding(text: str) -> bool:
    """Whether a text speaks about character sets."""
    return _EXPLAINS_ENCODING.search(text) is not None


def in_code(text: Text, start: int, end: int) -> bool:
    """Whether the range lies in what the source itself marked as code."""
    return any(mark.kind == "code" and mark.start < end and mark.end > start for mark in text.marks)


def addresses(text: str) -> list[tuple[int, int]]:
    """Ranges of web and mail addresses."""
    if "://" not in text and "www." not in text and "@" not in text and "/" not in text:
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


def within(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in ranges)


def with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """The range and one space beside it, so that what is taken out leaves no double space and none at an end."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if (not before or before.isspace()) and after == " ":
        return start, end + 1
    if not after and before == " ":
        return start - 1, end
    return start, end


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The range and all white space around it: for what becomes a line break."""
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return start, end


_NAME_BEFORE = re.compile(r"(?:[„“\"]|[«‹][ \u00a0\u202f]?)[^\s«»„“”‹›\"]{0,60}\Z")
_NAME_AFTER = re.compile(r"[^\s«»„“”‹›\"]{0,60}(?:[“”\"]|[ \u00a0\u202f]?[»›])")


def in_name(text: str, start: int, end: int) -> bool:
    """Whether the range stands in one word in quotation marks: a name may be spelled as it likes («Wort.Klang»)."""
    return _NAME_AFTER.match(text, end) is not None and _NAME_BEFORE.search(text, max(0, start - 62), start) is not None


def in_quotation(text: str, at: int) -> bool:
    """Whether a quotation is open at this place, or opens there."""
    return max(text.rfind(mark, 0, at) for mark in "«„‹‚") > max(text.rfind(mark, 0, at) for mark in "»“”›") or (
        "„" not in text and "«" not in text and text.rfind("“", 0, at) > text.rfind("”", 0, at)
    )


def quoted(text: str, start: int, end: int) -> bool:
    """Whether the range stands in quotation marks or brackets of its own: named, not used."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(before) and bool(after) and before in "«„“”‹‚‘\"'`([" and after in "»“”›‘’\"'`)]"
