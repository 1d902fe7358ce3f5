"""D2: the space between two words was lost: `die TeilnehmerFanden`, `undder`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LOWER, MINUTE_WORDS, UPPER, in_address, word_after, word_before, words
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="glued-word",
    group="D2",
    title="Two words stand without a space",
    readers_saw="Two words written as one: die TeilnehmerTrafen sich, in the morning ofthe race.",
    why="A tag or a line end between the words was deleted during an export instead of becoming a space.",
    before="Die ZuschauerTrafen sich auf dem Dorfplatz.",
    after="Die Zuschauer Trafen sich auf dem Dorfplatz.",
    will_get_wrong="It proposes to cut brand names with a capital inside (PostAuto) that this archive has hardly ever "
    "printed. Two lower-case words are found only if both are articles, conjunctions or prepositions, because German "
    "compounds look the same.",
    grade="proposed",
    since="0.1",
    sees="profile",
)

_PAIRS = (
    "undder|unddie|unddas|undden|undein|undeine|mitder|mitdem|mitden|aufdem|aufder|vonder|vondem|fürdie|fürden|fürdas|"
    "dassder|dassdie|dassdas|dasser|dasssie|dassein|überdie|überden|ausder|ausdem|zuder|"
    "dansle|dansla|dansles|surle|surla|surles|pourle|pourla|pourles|avecle|avecla|avecles|queles|etles|"
    "conla|edella|ofthe|inthe|tothe|andthe|onthe|forthe|fromthe|withthe|atthe"
)
_CAMEL = re.compile(rf"[{LOWER}]{{2}}(?=[{UPPER}][{LOWER}])")
_PAIR = re.compile(rf"\b(?:{_PAIRS})\b")
_NAME_PREFIXES = words("mac fitz von van del las los san web new pro you face des der den air")
_NAMES = words(
    """PowerPoint YouTube WhatsApp LinkedIn FaceTime MasterCard EasyJet AirBerlin PostAuto PostFinance CarPostal
    AutoPostale SwissLife SwissCom TripAdvisor PayPal PlayStation JavaScript WordPress OpenOffice StarWars MySpace
    SunRise TeleZüri TeleBärn WorldWide BlackBerry ThyssenKrupp DaimlerChrysler PricewaterhouseCoopers GlaxoSmithKline
    HarperCollins OneDrive OpenAir BusinessWeek BuzzFeed SpongeBob RailCity RailCheck SwissPass SkyWork"""
)
_NAME_ENDS = words(
    "card bank bahn net pass tel med mail shop line book store tube phone pad point mobil soft ware cast cloud tech lab"
)
_COMMON = 3


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    for match in _CAMEL.finditer(body):
        here = match.end()
        if ask.block == "paragraph" and heads_paragraph(body, here):
            continue  # a crosshead that ran in, if anything
        if is_seam(body, here, ask) and not _may_be_name(text, here, ask):
            yield Found(start=here, end=here, after=" ")
    for match in _PAIR.finditer(body):
        if not ask.known(match.group()):
            yield Found(start=match.start(), end=match.end(), note="two words", grade="shown")


def _may_be_name(text: Text, here: int, ask: Ask) -> bool:
    """English firms and goods are often written in one; there only the edge of a link or a small initial tells."""
    if not ask.language.startswith("en") or word_before(text.text, here)[:1].islower():
        return False
    return not any(here in (mark.start, mark.end) for mark in text.marks)


def is_seam(body: str, here: int, ask: Ask) -> bool:
    """Whether two known words meet at `here` in one that the archive does not know."""
    left, right = word_before(body, here), word_after(body, here)
    if len(left) < 3 or len(right) < 2 or left.lower() in _NAME_PREFIXES or right == "In" or right.startswith("Innen"):
        return False
    if not left[1:].islower() or not right[1:].islower():
        return False  # more than one capital inside: a name or an abbreviation
    if right.lower() in _NAME_ENDS and left.lower() not in MINUTE_WORDS:
        return False  # BahnCard, TalBahn
    whole = left + right
    if whole in _NAMES or ask.count(whole) >= _COMMON or in_address(body, here, here):
        return False
    return ask.known(left) and ask.known(right) and not ask.known(whole)


HEAD_LIMIT = 70
_STOPS = re.compile(r"[.!;,()–]|\d")


def heads_paragraph(body: str, here: int) -> bool:
    """Whether what stands before `here` could be a crosshead: short, without stops and figures, text after it."""
    return here <= HEAD_LIMIT and len(body) - here >= HEAD_LIMIT and not _STOPS.search(body, 0, here)


RULE = TextRule(
    card=CARD,
    trigger=rf"[{LOWER}]{{2}}[{UPPER}][{LOWER}]|\b(?:{_PAIRS})\b",
    find=find,
)
