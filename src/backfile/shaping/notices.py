"""Import notices of earlier migrations: kept with the article, not printed beside the page's own."""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"automatisch\s(?:\w+\s){0,8}?(?:importiert|übernommen|übertragen|migriert|eingelesen)"
    r"|(?:import|transfér|repris|migr|récupér)\w*\s(?:\w+\s){0,2}?automatiquement"
    r"|automatiquement\s(?:\w+\s){0,3}?(?:import|transfér|repris|migr|récupér)"
    r"|(?:importat|trasferit|migrat|ripres)\w*\s(?:\w+\s){0,2}?automaticamente"
    r"|automaticamente\s(?:\w+\s){0,3}?(?:importat|trasferit|migrat|ripres)"
    r"|automatically\s(?:\w+\s){0,3}?(?:imported|migrated|transferred|converted)"
    r"|(?:imported|migrated|transferred|converted)\s(?:\w+\s){0,2}?automatically",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"redaktionssystem|archivsystem|altsystem|alten\s(?:website|webseite|system)|neue\w*\s(?:website|webseite|plattform)"
    r"|système\s(?:de\srédaction|rédactionnel|éditorial)|ancien\w*\s(?:système|site)|nouveau\ssite"
    r"|sistema\s(?:editoriale|redazionale)|vecchio\s(?:sistema|sito)|nuovo\ssito"
    r"|editorial\ssystem|content\smanagement\ssystem|\bcms\b|old\s(?:system|website|site)|new\s(?:website|site|platform)"
    r"|darstellungsfehler|erreurs?\sd.affichage|errori\sdi\svisualizzazione|display\serrors?",
    re.IGNORECASE,
)
MAX_LENGTH = 600


def is_import_notice(text: str) -> bool:
    """Whether a paragraph says of itself that a machine moved this article, and apologises for it."""
    lower = text.lower()
    if len(text) > MAX_LENGTH or "automati" not in lower:
        return False
    return bool(_NOTICE.search(lower) and _SYSTEM.search(lower))
