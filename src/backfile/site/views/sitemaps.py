"""`robots.txt` and the sitemaps: every published article, each with the time of its own last change."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse

from backfile.site import queries
from backfile.site.about import about
from backfile.site.page import base_url

MOST = 50_000
"""Addresses in one file: the protocol allows no more."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _bounds() -> list[tuple[int, int, datetime | None]]:
    return about().fact("sitemaps", lambda: queries.sitemap_bounds(MOST))


def _lastmod(stamp: datetime | None) -> str:
    return f"<lastmod>{stamp.isoformat(timespec='seconds')}</lastmod>" if stamp else ""


def index(request: HttpRequest) -> HttpResponse:
    base = escape(base_url(request))
    parts = "".join(
        f"<sitemap><loc>{base}/sitemap-{number}.xml</loc>{_lastmod(stamp)}</sitemap>\n"
        for number, (_, _, stamp) in enumerate(_bounds(), 1)
    )
    return _xml(f"{_HEAD}<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n")


def file(request: HttpRequest, number: int) -> HttpResponse:
    bounds = _bounds()
    if not 1 <= number <= len(bounds):
        raise Http404
    first, last, _ = bounds[number - 1]
    base = escape(base_url(request))
    parts = "".join(
        f"<url><loc>{base}{escape(path)}</loc>{_lastmod(stamp)}</url>\n" for path, stamp in queries.sitemap(first, last)
    )
    return _xml(f"{_HEAD}<urlset {_SPACE}>\n{parts}</urlset>\n")


def _xml(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/xml")
    response["Cache-Control"] = "public, max-age=600"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    closed = "".join(f"Disallow: {path}\n" for path in ("/desk/", "/report/", "/search"))
    text = f"User-agent: *\n{closed}Sitemap: {base_url(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
