"""Which column or key is what: the user's mapping first, then names that newsrooms of four languages give them.

A mapping says role → column (`headline = "title"`), for JSON also a path (`headline = "meta/title"`), several ones
parted by commas, and how the value is written (`body = "text:plain"`). `key` names the column with the identity. A
role set to `-` is not looked for. What nobody maps is kept as `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import get_args

from backfile.errors import ConfigError
from backfile.record import Field, Markup, Options, Role

_ROLES = frozenset(get_args(Role))
_MARKUPS = frozenset(get_args(Markup))
_NAMES = {
    "key": "id key guid uuid _id articleid article_id nid pid artikelid artikelnummer docid doc_id identifier slug",
    "headline": "headline title titel titre titolo schlagzeile überschrift ueberschrift heading post_title subject"
    " name",
    "kicker": "kicker spitzmarke dachzeile surtitre occhiello overline roofline catchline",
    "lead": "lead lede teaser vorspann chapeau chapo chapô sommario abstract summary excerpt intro introduction"
    " standfirst subtitle untertitel subheadline dek description post_excerpt accroche",
    "byline": "byline author authors autor autoren autorin auteur auteurs autore autori creator verfasser verfasserin"
    " writer by journalist redaktor author_name",
    "dateline": "dateline ort lieu luogo place location",
    "published": "published published_at publishedat publish_date publishdate publication_date publicationdate pubdate"
    " pub_date date_published datepublished date datum data post_date erscheinungsdatum erschienen publiziert"
    " firstpublished first_published created_at created createdat timestamp date_publication data_pubblicazione",
    "modified": "modified updated updated_at updatedat last_modified lastmodified lastmod modified_at date_modified"
    " datemodified post_modified geändert geaendert aktualisiert",
    "section": "section ressort rubrik rubrique rubrica sezione category categories kategorie catégorie channel desk",
    "topic": "tags tag topics topic keywords keyword schlagworte schlagwörter stichworte themen thema mots_clés"
    " mots_cles parole_chiave",
    "language": "language lang sprache langue lingua locale inlanguage",
    "agency": "agency agentur agence agenzia",
    "licence": "licence license lizenz",
    "copyright": "copyright rights rechte",
    "embargo": "embargo sperrfrist",
    "url": "url link permalink canonical canonical_url canonicalurl adresse address href",
    "status": "status state post_status zustand",
    "body": "body content text html content_html contenthtml body_html bodyhtml article_body articlebody inhalt texte"
    " contenu corps testo contenuto corpo fulltext full_text haupttext lauftext story post_content plaintext body_text",
    "image": "image image_url imageurl bild photo foto picture thumbnail feature_image featured_image hero_image",
    "caption": "caption bildlegende legende légende didascalia image_caption bildunterschrift",
    "credit": "credit bildnachweis fotograf fotografin photographer photo_credit image_credit",
}
_ROLE_OF: dict[str, tuple[str, int]] = {}
for _role, _names in _NAMES.items():
    for _rank, _name in enumerate(_names.split()):
        _ROLE_OF.setdefault(re.sub(r"[\W_]+", "", _name), (_role, _rank))

_INSIDE = frozenset(
    ["rendered", "value", "name", "text", "html", "main", "basic", "url", "src", "title", "#text", "content"]
)
"""Keys that say nothing more than the key above them: `title/rendered`, `author/name`."""
_SINGLE = frozenset({"key", "headline", "kicker", "lead", "published", "modified", "language", "body", "status"})
"""Roles that one leaf has; the best named one gets it, the others stay extra."""
_MARKED_UP = frozenset(("body", "lead", "headline", "kicker", "caption"))
_UNKNOWN = "extra", ""
_STEP = re.compile(r"(?:\[\d+\])$")
_TAGS = re.compile(
    r"</?(?:p|br|b|i|em|strong|a|span|div|sub|sup|u|h[1-6]|font|[uo]l|li|blockquote|img|table|tr|td|figure|hr|pre"
    r"|iframe|section|article|center)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)


def plan(options: Options, paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Path → (role, markup) for the leaves at `paths`. Raises `ConfigError` for a role or markup that is none.

    One plan serves all records with the same leaves: what one record lacks changes nothing for another.
    """
    return _plan(tuple(sorted(options.fields.items())), tuple(paths))


@lru_cache(maxsize=512)
def _plan(said: tuple[tuple[str, str], ...], paths: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    wanted = _said(said)
    for path in paths:
        bare = _bare(path)
        for role, columns in wanted.items():
            if bare in columns:
                found[path] = (role, columns[bare])
    taken = set(wanted)
    best: dict[str, tuple[int, str]] = {}
    for path in paths:
        role, rank = _by_name(path)
        if not role or role in taken or path in found:
            continue
        if role in _SINGLE:
            best[role] = min(best.get(role, (rank, path)), (rank, path), key=lambda pair: pair[0])
        else:
            found[path] = (role, "")
    found.update({path: (role, "") for role, (_, path) in best.items()})
    return found


def _said(fields: tuple[tuple[str, str], ...]) -> dict[str, dict[str, str]]:
    """Role → {column: markup} of the user's mapping."""
    found: dict[str, dict[str, str]] = {}
    for role, value in fields:
        if role not in _ROLES and role != "key":
            raise ConfigError(f"{role!r} is no role of a field", hint=f"Roles: key, {', '.join(sorted(_ROLES))}.")
        found[role] = {}
        for column in value.split(","):
            name, colon, markup = column.strip().rpartition(":")
            if not colon or markup not in _MARKUPS:
                name, markup = column.strip(), ""
            if name != "-":
                found[role][name] = markup
    return found


def _bare(path: str) -> str:
    """The path without the numbers of list elements."""
    return re.sub(r"\[\d+\]", "", path)


def _by_name(path: str) -> tuple[str, int]:
    steps = [step.lower() for step in _bare(path).split("/")]
    if len(steps) == 2 and steps[1] in _INSIDE:
        steps.pop()
    if len(steps) != 1:
        return "", 0
    return _ROLE_OF.get(re.sub(r"[\W_]+", "", steps[0]), ("", 0))


def mapped(leaves: Mapping[str, str], options: Options, switches: Mapping[str, bool] | None = None) -> list[Field]:
    """One field for each leaf that holds anything, in source order. `switches`: true and false values by path."""
    planned = plan(options, leaves)
    found = []
    dialect = options.dialect
    for path, value in leaves.items():
        if not value or value.isspace():
            continue
        role, markup = planned.get(path, _UNKNOWN)
        if role == "key":
            role = "extra"
        attrs = {"name": path} if role == "extra" else {}
        kind = markup or _markup(role, path, value)
        found.append(Field(role, value, path, 0, kind, dialect, attrs))  # type: ignore[arg-type]
    if _unpublished(switches or {}):
        found.append(Field("status", "draft", ""))
    return found


def _markup(role: str, path: str, value: str) -> str:
    """How a value is written, where nobody says: `html` if it holds tags that HTML knows."""
    if role in _MARKED_UP and (("<" in value and _TAGS.search(value)) or path.lower().endswith(("html", "rendered"))):
        return "html"
    return "plain" if role == "body" else "text"


def _unpublished(switches: Mapping[str, bool]) -> bool:
    """Whether the record says of itself that it is a draft."""
    said = {re.sub(r"[\W_]+", "", path).lower(): value for path, value in switches.items()}
    if said.get("draft") or said.get("isdraft") or said.get("private") or said.get("deleted"):
        return True
    return not all(said.get(name, True) for name in ("published", "ispublished", "public", "ispublic", "visible"))
