"""Languages of the website: which words, how dates and numbers read."""

from __future__ import annotations

from datetime import date, datetime

from backfile.site.catalogue import Words
from backfile.site.catalogue.english import ENGLISH
from backfile.site.catalogue.french import FRENCH
from backfile.site.catalogue.german import GERMAN
from backfile.site.catalogue.italian import ITALIAN

__all__ = [
    "ENGLISH",
    "FRENCH",
    "GERMAN",
    "ITALIAN",
    "LANGUAGES",
    "NAMES",
    "Words",
    "counted",
    "long_date",
    "long_time",
    "month_name",
    "right_to_left",
    "words_for",
]

LANGUAGES = {words.code: words for words in (GERMAN, FRENCH, ITALIAN, ENGLISH)}
NAMES = {"de": "Deutsch", "fr": "Français", "it": "Italiano", "en": "English", "rm": "Rumantsch", "es": "Español"}


_RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


def words_for(*languages: str) -> Words:
    """The words for the first of these BCP 47 tags that has any; German if none has."""
    for language in languages:
        found = LANGUAGES.get(language[:2].lower())
        if found:
            return found
    return GERMAN


def counted(forms: tuple[str, str], number: int) -> str:
    """`1 article`, `2,345 articles` with the separator ’ of Swiss printing."""
    return forms[number != 1].format(f"{number:,}".replace(",", "’"))


def long_date(day: date, words: Words) -> str:
    """`3. Mai 2014`, `1er mai 2014`, `3 maggio 2014`, `3 May 2014`."""
    month = words.months[day.month - 1]
    number = str(day.day)
    if words.code == "de":
        number += "."
    elif words.code == "fr" and day.day == 1:
        number = "1er"
    elif words.code == "it" and day.day == 1:
        number = "1º"
    return f"{number} {month} {day.year}"


def long_time(when: datetime, words: Words) -> str:
    """Date and time; midnight is a date without a time, because old systems wrote it for want of one."""
    day = long_date(when.date(), words)
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return day
    if words.code == "fr":
        return f"{day} à {when.hour}h{when.minute:02}"
    return f"{day}, {when.hour:02}:{when.minute:02}" + (" Uhr" if words.code == "de" else "")


def month_name(year: int, month: int, words: Words) -> str:
    return f"{words.months[month - 1]} {year}"


def right_to_left(language: str) -> bool:
    return language.partition("-")[0].lower() in {
        "ar",
        "arc",
        "dv",
        "fa",
        "he",
        "iw",
        "ku",
        "ps",
        "sd",
        "ug",
        "ur",
        "yi",
    }
