"""RSS, Atom and JSON Feed: of the whole archive and of each section."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from backfile.site import queries
from backfile.site.about import about
from backfile.site.page import base_url

MOST = 50
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML: dict[str, type[Rss201rev2Feed | Atom1Feed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


def feed(request: HttpRequest, kind: str, slug: str = "") -> HttpResponse:
    """The newest articles. `kind`: `rss`, `atom` or `json`; of the section `slug`, if one is named."""
    name = queries.name_of("section", slug) if slug else ""
    if slug and not name:
        raise Http404
    listing = queries.of_section(slug) if slug else queries.everything()
    entries = queries.entries(listing, 0, MOST)
    title = f"{about().title}: {name}" if name else about().title
    home = base_url(request) + (f"/section/{slug}/" if slug else "/")
    make = _json if kind == "json" else _xml
    response = make(request, kind, _clean(title), home, entries)
    response["Cache-Control"] = "public, max-age=600"
    return response


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _headline(entry: queries.Entry) -> str:
    return _clean(entry.headline) or about().words.untitled


def _xml(request: HttpRequest, kind: str, title: str, home: str, entries: list[queries.Entry]) -> HttpResponse:
    base = base_url(request)
    made = _XML[kind](
        title=title,
        link=home,
        description=escape(title, quote=False),
        language=about().language,
        feed_url=base + request.path,
    )
    for entry in entries:
        made.add_item(
            title=_headline(entry),
            link=base + entry.path,
            description=escape(_clean(entry.teaser), quote=False),  # both kinds hold HTML there
            unique_id=base + entry.path,
            pubdate=entry.published,
            updateddate=entry.published or datetime(1970, 1, 1, tzinfo=UTC),
            categories=[_clean(entry.section)] if entry.section else [],
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _json(request: HttpRequest, kind: str, title: str, home: str, entries: list[queries.Entry]) -> HttpResponse:
    base = base_url(request)
    items = [
        {
            "id": base + entry.path,
            "url": base + entry.path,
            "title": _headline(entry),
            "summary": entry.teaser,
            "content_text": entry.teaser,
            **({"date_published": entry.published.isoformat()} if entry.published else {}),
            **({"tags": [entry.section]} if entry.section else {}),
            **({"language": entry.language} if entry.language else {}),
        }
        for entry in entries
    ]
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": base + request.path,
        "language": about().language,
        "items": items,
    }
    return HttpResponse(msgspec.json.encode(made), content_type="application/feed+json")
