"""The search page."""

from __future__ import annotations

import re
from html import unescape

from django.db import connection
from django.http import HttpRequest, HttpResponse

from backfile.site import queries
from backfile.site.about import about
from backfile.site.languages import NAMES
from backfile.site.page import render
from backfile.site.queries import Entry
from backfile.site.views.lists import number_of_page, paging
from backfile.store import search as index

PER_PAGE = 20
_LONGEST = 400
_INLINE = re.compile(r"</?(?:a|abbr|code|em|mark|q|s|small|strong|sub|sup|u)(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")


def search(request: HttpRequest) -> HttpResponse:
    """`/search?q=…&section=…&year=…&language=…&page=…`; anything that means nothing is passed over."""
    here = about()
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:_LONGEST]
    year = request.GET.get("year", "")
    query = index.parse(
        typed,
        section=request.GET.get("section", "")[:200],
        year=int(year) if re.fullmatch(r"[0-9]{4}", year, re.ASCII) and int(year) else 0,
        language=request.GET.get("language", "")[:10].lower(),
    )
    page = number_of_page(request)
    with connection.cursor() as cursor:
        found = index.find(cursor.connection, query, first=(page - 1) * PER_PAGE, count=PER_PAGE)
    return render(
        "search",
        title=typed or here.words.search,
        typed=typed,
        query=query,
        found=found,
        hits=_hits(found, query),
        nothing=here.words.nothing_found.format(typed),
        sections=here.menu(),
        years=here.years(),
        languages=here.fact("languages", _languages),
        noindex=True,
        max_age=0,
        **paging(request, page, found.total, PER_PAGE),
    )


def _hits(found: index.Found, query: index.Query) -> list[tuple[Entry, list[tuple[str, bool]]]]:
    numbers = [hit.article for hit in found.hits]
    bodies = queries.bodies(numbers)
    return [
        (entry, index.excerpt(_text(bodies.get(entry.id, "")) or entry.teaser, query, entry.language))
        for entry in queries.by_id(numbers)
    ]


def _text(body: str) -> str:
    """The words of a rendered body: our own HTML, whose `>` always ends a tag."""
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", body[:200_000]))).split())


def _languages() -> list[tuple[str, str]]:
    query = f"SELECT DISTINCT lower(substr(a.language, 1, 2)) FROM article a WHERE {queries.PUBLIC}"  # noqa: S608
    codes = sorted(row[0] for row in queries.rows(query) if row[0])
    return [(code, NAMES.get(code, code)) for code in codes]
