"""The language of an article whose record does not say it."""

from __future__ import annotations

import pytest

from backfile.shaping.language import language_of, told

GERMAN = "Der Gemeinderat hat am Montag über den Kredit für das Schulhaus beraten, und die Mehrheit ist nicht dagegen."
FRENCH = "Le conseil communal a voté lundi le crédit pour la nouvelle école, mais une partie du village est contre."
ITALIAN = "Il consiglio comunale ha votato lunedì il credito per la scuola, che è una delle più vecchie della valle."
ENGLISH = "The council voted on Monday for the new school, which is one of the oldest in the valley and was closed."


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (FRENCH, "fr"), (ITALIAN, "it"), (ENGLISH, "en")])
def test_small_words_tell(text: str, language: str) -> None:
    assert told(text) == language


@pytest.mark.parametrize("text", ["", "Bern", "1:2 (0:1)", "La Chaux-de-Fonds – Biel 3:2", "Il Trovatore in Verona"])
def test_too_little_tells_nothing(text: str) -> None:
    assert told(text) == ""


def test_a_quotation_does_not_make_another_language() -> None:
    assert told(f"{GERMAN} {GERMAN} «The game is over», sagte der Trainer.") == "de"


@pytest.mark.parametrize(
    ("text", "site", "expected"),
    [
        (GERMAN, "de-CH", "de-CH"),
        (FRENCH, "de-CH", "fr-CH"),
        (ENGLISH, "de-CH", "en"),
        (ITALIAN, "de", "it"),
        ("Kurz.", "fr-CH", "fr-CH"),
        (FRENCH, "", "fr"),
        ("1:2", "", ""),
    ],
)
def test_the_site_speaks_where_the_words_do_not(text: str, site: str, expected: str) -> None:
    assert language_of(text, site) == expected
