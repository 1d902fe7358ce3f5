"""What the desk says, in German and English; French and Italian desks read the English until it is translated."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class DeskWords(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    desk: str
    inbox: str
    login: str
    name: str
    password: str
    enter: str
    leave: str
    wrong: str
    empty: str
    received: str
    article: str
    what: str
    state: str
    passage: str
    message: str
    mail: str
    no_mail: str
    address: str
    revision: str
    seen_revision: str
    block: str
    nothing: str
    suspicion: str
    changed: str
    open_article: str
    next: str
    older: str
    newer: str
    number: str
    states: Mapping[str, str]
    actions: Mapping[str, str]
    kinds: Mapping[str, str]


GERMAN = DeskWords(
    code="de",
    desk="Redaktionstisch",
    inbox="Meldungen",
    login="Anmelden",
    name="Name",
    password="Passwort",  # noqa: S106
    enter="Anmelden",
    leave="Abmelden",
    wrong="Name oder Passwort stimmt nicht.",
    empty="Hier liegt keine Meldung.",
    received="Eingang",
    article="Artikel",
    what="Meldung",
    state="Stand",
    passage="Stelle",
    message="Bemerkung",
    mail="E-Mail",
    no_mail="keine angegeben",
    address="Adresse",
    revision="Fassung",
    seen_revision="Die Leserin oder der Leser sah Fassung {}, der Artikel steht jetzt bei {}.",
    block="Absatz",
    nothing="keine Angabe",
    suspicion="Verdacht",
    changed="Geändert",
    open_article="Artikel öffnen",
    next="Nächste Meldung",
    older="Ältere",
    newer="Neuere",
    number="Meldung {}",
    states={"new": "Neu", "seen": "Gesehen", "done": "Erledigt", "suspect": "Verdächtig", "all": "Alle"},
    actions={
        "new": "Wieder auf neu",
        "seen": "Als gesehen ablegen",
        "done": "Als erledigt ablegen",
        "suspect": "Als verdächtig ablegen",
    },
    kinds={
        "characters": "Zeichen",
        "text": "Text",
        "layout": "Darstellung",
        "picture": "Bild",
        "link": "Link",
        "facts": "Angaben",
        "other": "Anderes",
    },
)

ENGLISH = DeskWords(
    code="en",
    desk="Desk",
    inbox="Reports",
    login="Log in",
    name="Name",
    password="Password",  # noqa: S106
    enter="Log in",
    leave="Log out",
    wrong="Name or password is wrong.",
    empty="No report here.",
    received="Received",
    article="Article",
    what="Report",
    state="State",
    passage="Passage",
    message="Remark",
    mail="Email",
    no_mail="none given",
    address="Address",
    revision="Revision",
    seen_revision="The reader saw revision {}; the article is now at {}.",
    block="Block",
    nothing="nothing given",
    suspicion="Suspicion",
    changed="Changed",
    open_article="Open the article",
    next="Next report",
    older="Older",
    newer="Newer",
    number="Report {}",
    states={"new": "New", "seen": "Seen", "done": "Done", "suspect": "Suspect", "all": "All"},
    actions={"new": "Back to new", "seen": "Mark as seen", "done": "Mark as done", "suspect": "Mark as suspect"},
    kinds={
        "characters": "Characters",
        "text": "Text",
        "layout": "Layout",
        "picture": "Picture",
        "link": "Link",
        "facts": "Facts",
        "other": "Other",
    },
)


def words(language: str) -> DeskWords:
    """The desk's words for the archive's language."""
    return GERMAN if language[:2].lower() == "de" else ENGLISH
