"""Short lines amid the text of a page that no author wrote: when it was published, and what readers may click on."""

from __future__ import annotations

import re

MAX_LINE = 110
_TIMES = re.compile(r"\d{1,2}[.:h/-]\d{2}|\b(?:19|20)\d{2}\b|\d+\s*(?:min|std|stunden|heures|ore|hours)", re.IGNORECASE)
_AUTHOR = re.compile(r"\b(?:von|par|di|by)\s+[^\d|,•·]{2,60}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_TIME_WORDS = frozenset(
    """
    stand publiziert aktualisiert aktualisierung veröffentlicht veröffentlichung erschienen erstellt geändert
    datum lesezeit lesedauer hördauer min minute minuten minutes minuti mins sek uhr heute gestern am um vor der
    den seit stunde stunden tag tagen zuletzt letzte online update updated published posted last modified on at
    reading read time ago hours hour day days pm am est edt et pt bst gmt utc cet cest mez mesz publié publiée
    mis mise à jour le la les modifié lecture temps de du des il y a h heure heures jours pubblicato pubblicata
    aggiornato aggiornata alle ore il lettura tempo di ultimo ultima aggiornamento fa data del januar februar
    märz april mai juni juli august september oktober november dezember jänner jan feb mär mrz apr jun jul aug
    sep sept okt nov dez dec oct mar may january february march june july october december janvier février mars
    avril juin juillet août septembre octobre novembre décembre janv févr juil déc gennaio febbraio marzo aprile
    maggio giugno luglio agosto settembre ottobre novembre dicembre gen mag giu lug ago set ott dic montag
    dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so monday tuesday wednesday
    thursday friday saturday sunday mon tue wed thu fri sat sun lundi mardi mercredi jeudi vendredi samedi
    dimanche lunedì martedì mercoledì giovedì venerdì sabato domenica th st nd rd
    """.split()  # noqa: SIM905
)
_INTERFACE = re.compile(
    r"(?:empfohlener redaktioneller inhalt|externer inhalt|ein klick für den datenschutz|autoplay|weitere videos"
    r"|datenschutzeinstellungen anpassen|fehler gefunden\b|jetzt (?:kostenlos )?(?:abonnieren"
    r"|registrieren|anmelden)(?! sich)"
    r"|schlagwörter zu diesem artikel|mit meiner anmeldung (?:zum|zur|für)|link zum youtube|zur startseite"
    r"|artikel (?:merken|drucken|teilen|anhören|versenden)|beitrag (?:merken|drucken|teilen|anhören)|zum seitenanfang"
    r"|dieser artikel wurde ausgedruckt|senden sie uns ihr feedback|signaler une erreur|écouter l.article"
    r"|article réservé aux abonnés|contenu externe|ascolta l.articolo|segnala un errore|contenuto esterno"
    r"|click to (?:tweet|share|print|email)|continue reading(?: the main story)?$"
    r"|listen to this article|report an error|skip to (?:main )?content|scroll (?:down )?to continue"
    r"|to view this video please|placeholder image"
    r"|story continues below|article continues below|continua a leggere|continuer la lecture"
    r"|sharing is caring|like this:?$|like loading|like this story\? share|get short url|post comment\b|text size$"
    r"|load map$|caption$|close$|subscribe$|subscribe to .{2,40} on youtube"
    r"|follow .{2,40} on (?:twitter|facebook|instagram|youtube)\b|weitere videos$"
    r"|zeigt weitere informationen zum bild|load(?:ing)? (?:more|comments)|mehr (?:laden|anzeigen)$)",
    re.IGNORECASE,
)


def is_date_line(words: str) -> bool:
    """Whether a line holds nothing but dates, times of reading and the like, and at most who wrote it."""
    if len(words) > MAX_LINE or not _TIMES.search(words):
        return False
    rest = _AUTHOR.sub(" ", words)
    return all(word.lower() in _TIME_WORDS for word in _WORD.findall(rest))


def is_interface(words: str) -> bool:
    """Whether a short line speaks of the page instead of the matter."""
    return len(words) <= MAX_LINE and _INTERFACE.match(words) is not None
