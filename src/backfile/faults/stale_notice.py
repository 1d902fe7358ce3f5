"""F9: the import notice of an earlier migration stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Paragraph, walk
from backfile.draft import Draft
from backfile.faults.lines import Mend, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="stale-notice",
    group="F9",
    title="The import notice of an earlier migration stands in the text",
    readers_saw="This article was automatically imported from our old editorial system …, printed as a paragraph, "
    "above or below the same notice of the new website.",
    why="An earlier migration wrote its apology into the articles.",
    before="Der Steg ist offen.\n\nDieser Artikel wurde automatisch aus unserem alten Redaktionssystem importiert.",
    after="Der Steg ist offen. (The notice is kept as a note; the page prints its own.)",
    will_get_wrong="A paragraph in which an article about a website's move quotes such a notice in full.",
    grade="safe",
    since="0.1",
)

_DONE = r"(?:importiert|übernommen|übertragen|migriert)"
_FAIT = r"(?:importée?|reprise?|transférée?|migrée?)"
_FATTO = r"(?:importat[oa]|ripres[oa]|trasferit[oa]|migrat[oa])"
_IMPORTED = "|".join(
    (
        rf"Diese[rs]? (?:Artikel|Beitrag|Text|Inhalt)\s(?:wurde|ist)\s(?:automatisch|aus)\s[^.]{{0,120}}?{_DONE}",
        r"Die publizierten Daten stammen aus dem (?:internen|alten) [\w-]{0,40}(?:[Ss]ystem|[Aa]rchiv)",
        rf"(?:Cet article|Ce texte|Cette page) a été (?:automatiquement )?{_FAIT}(?: automatiquement)? (?:de|du|à)",
        rf"Quest(?:o articolo|o testo|a pagina) è stat[oa] (?:automaticamente )?{_FATTO}(?: automaticamente)? dal?\s",
        r"This (?:article|story|page|content) (?:was|has been) (?:automatically )?(?:imported|migrated|transferred)"
        r"(?: automatically)? from (?:our|the|an|a) (?:old|older|former|previous|legacy)",
    )
)
_NOTICE = re.compile(_IMPORTED)
_SYSTEM = re.compile(
    r"automat|[Ss]yst[eè]me?\b|sistema|CMS|Website|\bsite\b|\bsito\b|[Pp]lat(?:t?form|eforme|taforma)|[Dd]aten(?:bank)?\b"
    r"|[Dd]atabase|base de données|(?:alten|früheren|internen) [\w-]{0,20}[Aa]rchiv|system\b"
)
"""A text that was taken from a diary is none of a system's."""
_MAIL_LINE = re.compile(r"[\w.+-]+@[\w.-]+\.\w{2,10}\.?")
_PLEA = re.compile(
    r"(?:Falls|Sollten|Wenn) Sie (?:auf )?(?:Darstellungsfehler|Fehler)|Si vous (?:constatez|rencontrez|remarquez) "
    r"|Se (?:doveste|riscontrate|trovate) |If you (?:come across|notice|find) (?:any )?(?:display )?errors?"
)
_LONGEST = 700


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    blocks = list(walk(article.blocks))
    for position, block in enumerate(blocks):
        if type(block) is not Paragraph:
            continue
        match = _NOTICE.search(block.text.text)
        if match is None or len(block.text.text) - match.start() > _LONGEST:
            continue
        if _quoted(block.text.text, match.start()) or not _of_a_system(block.text.text, match.start()):
            continue
        after = blocks[position + 1 : position + 3]
        pleas = [b.id for b in after if type(b) is Paragraph and _belongs(b.text.text)]
        mend = _sets_aside(block.id, match.start(), pleas)
        yield ArticleFault(at=f"{block.id}:text", start=match.start(), end=len(block.text.text), mend=mend)


def _quoted(text: str, at: int) -> bool:
    """Whether somebody speaks about such a notice."""
    return text[:at].rstrip()[-1:] in ("«", "„", "“", '"', "‹", "‘")


def _of_a_system(text: str, at: int) -> bool:
    return _SYSTEM.search(text[at:].partition(". ")[0]) is not None


def _belongs(text: str) -> bool:
    return len(text) < 300 and bool(_MAIL_LINE.fullmatch(text) or _PLEA.match(text))


def _sets_aside(block_id: str, start: int, pleas: list[str]) -> Mend:
    """The notice becomes a note of its own, which is kept and not printed; its address and plea with it."""

    def mend(draft: Draft) -> None:
        text = draft.text(f"{block_id}:text").text
        notice = draft.split(block_id, start, CARD.name) if text[:start].strip() else block_id
        for one in (notice, *pleas):
            draft.retype(one, "note", CARD.name, kind="import-notice")

    return mend


_TRIGGER = (
    r"Diese[rs]? (?:Artikel|Beitrag|Text|Inhalt)\s(?:wurde|ist)\s(?:automatisch|aus)\s|Die publizierten Daten stammen|"
    r"(?:Cet article|Ce texte|Cette page) a été (?:automatiquement|import|repris|transf|migr)|"
    r"Quest(?:o articolo|o testo|a pagina) è stat[oa] (?:automaticamente|import|ripres|trasf|migr)|"
    r"This (?:article|story|page|content) (?:was|has been) (?:automatically|imported|migrated|transferred)"
)

RULE = ArticleRule(card=CARD, find=few(find), trigger=_TRIGGER)
