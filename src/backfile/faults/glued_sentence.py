"""D1: the paragraph break between two sentences was lost: `gelesen werde.Der Rat`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LETTER, LOWER, UPPER, in_address, word_before, words
from backfile.faults.looks import in_name
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="glued-sentence",
    group="D1",
    title="Two sentences stand without a space",
    readers_saw="A full stop, and the next sentence begins without a space: gelesen werde.Der Rat beschloss.",
    why="Line breaks (<br><br>, </p><p>) were deleted during an export instead of being replaced by something.",
    before="Die Strasse wird saniert.Die Arbeiten beginnen im Mai.",
    after="Die Strasse wird saniert. Die Arbeiten beginnen im Mai.",
    will_get_wrong="It puts a space where the old page may have begun a new paragraph. Brand names written with a "
    "full stop are left alone only if one half of them is no known word.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_ABBREVIATIONS = words(
    """st dr nr hr fr prof mr mrs ms ing dipl str bzw ca vgl evtl inkl exkl usw etc abs art kt mme mlle av vol ed ltd
    inc co vs geb gest jh mio mrd tel fax hl ev kath ref sen jun lic iur oec phil med kapitel kap bd red anm gmbh
    ag sig dott avv on ste mgr pl rte ch bd env mt ft rd sgt lt gen gov rep sen resp sept okt aug nov dez jan feb
    rt hon gr whg staatl allg ggf usf sog hrsg ausg abb tab int nat lat franz engl ital gegr verh led
    telef franco amtl"""
)
_DOMAINS = words("com org net tv js io info html")
_NAMES = ("Travail.Suisse",)
_SEAM = re.compile(rf"[.!?]([»“”\"]?)(?=[«„]?([{UPPER}][{LETTER}]{{0,39}}))")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    for match in _SEAM.finditer(body):
        left, right = word_before(body, match.start()), match.group(2)
        closed = match.start() > 0 and body[match.start() - 1] in ")»"
        if not (closed or _ends_sentence(left)) or not _begins_sentence(right):
            continue
        if in_address(body, match.start(), match.end()) or (not match.group(1) and in_name(body, *match.span())):
            continue
        if body[match.start() - len(left) : match.end() + len(right)] in _NAMES:
            continue
        sure = closed or _long_word(left) or ask.known(left) or ask.known(right)
        yield Found(start=match.end(), end=match.end(), after=" ", grade=None if sure else "proposed")


def _ends_sentence(word: str) -> bool:
    return len(word) > 1 and word[-1].islower() and word.lower() not in _ABBREVIATIONS


def _long_word(word: str) -> bool:
    """No abbreviation is that long and in lower case, save those listed above."""
    return len(word) > 3 and word.islower()


def _begins_sentence(word: str) -> bool:
    """Not a single letter (`z.B.`), not the end of a domain, not the gender stop of `Leser.Innen`."""
    return len(word) > 1 and word.lower() not in _DOMAINS and not word.startswith("Innen")


RULE = TextRule(
    card=CARD,
    trigger=rf"[{LOWER})»][.!?][»“”\"]?[«„]?[{UPPER}]",
    find=find,
)
