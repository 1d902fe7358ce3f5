"""Pages that list articles: the front page, sections, authors, topics, years, months, days, the undated."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from backfile.site import queries
from backfile.site.about import about
from backfile.site.languages import long_date, month_name
from backfile.site.page import base_url, render
from backfile.site.queries import PER_PAGE, Listing
from backfile.site.views.missing import old_address

_DEEPEST_PAGE = 100_000


def front(request: HttpRequest) -> HttpResponse:
    if request.GET:
        answer = old_address(request, request.get_full_path())
        if answer:
            return answer
    here = about()
    newest = queries.entries(queries.everything(), 0, 13)
    lead = next((entry for entry in newest[:6] if entry.picture), newest[0] if newest else None)
    rest = [entry for entry in newest if entry is not lead][:12]
    return render(
        "front",
        lead=lead,
        newest=rest,
        columns=here.fact("columns", _columns),
        years=here.years(),
        undated=here.fact("undated", lambda: queries.count(queries.undated())),
        canonical=f"{base_url(request)}/",
    )


def _columns() -> list[tuple[queries.Name, list[queries.Entry]]]:
    """The largest sections with their newest articles."""
    return [(s, queries.entries(queries.of_section(s.slug), 0, 4)) for s in queries.sections(9) if s.count > 2]


def number_of_page(request: HttpRequest) -> int:
    """`?page=3`; the first for anything that is no number."""
    typed = request.GET.get("page", "1")
    return min(max(int(typed), 1), _DEEPEST_PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1


def paging(request: HttpRequest, page: int, total: int, per_page: int) -> dict[str, Any]:
    """What `_pages.html` and the head need: the pages before and after, and where we are."""
    words = about().words
    pages = max(1, -(-total // per_page))

    def address(number: int) -> str:
        query = {name: value for name, value in request.GET.items() if name != "page" and value}
        if number > 1:
            query["page"] = str(number)
        return f"{request.path}?{urlencode(query)}" if query else request.path

    return {
        "pages": pages,
        "page": page,
        "here": words.page_of.format(page, pages),
        "before": address(page - 1) if page > 1 else "",
        "after": address(page + 1) if page < pages else "",
        "canonical": base_url(request) + address(page),
    }


def _list(request: HttpRequest, listing: Listing, title: str, **more: Any) -> HttpResponse:
    page = number_of_page(request)
    total = queries.count(listing)
    if not total or (page - 1) * PER_PAGE >= total:
        raise Http404
    entries = queries.entries(listing, (page - 1) * PER_PAGE, PER_PAGE)
    turn = paging(request, page, total, PER_PAGE)
    return render("list", title=title, total=total, entries=entries, **turn, **more)


def section(request: HttpRequest, slug: str) -> HttpResponse:
    name = _name("section", slug)
    up = ("/sections/", about().words.sections)
    return _list(request, queries.of_section(slug), name, current=slug, feed=f"/section/{slug}/", up=up)


def author(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, queries.of_author(slug), _name("author", slug), up=("/authors/", about().words.authors))


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, queries.of_topic(slug), _name("topic", slug), up=("/topics/", about().words.topics))


def _name(table: str, slug: str) -> str:
    name = queries.name_of(table, slug)
    if not name:
        raise Http404
    return name


def undated(request: HttpRequest) -> HttpResponse:
    return _list(request, queries.undated(), about().words.undated)


def year(request: HttpRequest, year: int) -> HttpResponse:
    first, end = _day(year, 1, 1), f"{year + 1:04}-01-01"
    words = about().words
    parts = [
        {"name": words.months[month - 1], "href": f"/{year:04}/{month:02}/", "count": count}
        for month, count in queries.parts_of(first, end, 7)
    ]
    return _list(request, queries.of_days(first, end), str(year), parts=parts, up=("/years/", words.years))


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = _day(year, month, 1)
    end = f"{year + (month == 12):04}-{month % 12 + 1:02}-01"
    parts = [
        {"name": f"{day}.", "href": f"/{year:04}/{month:02}/{day:02}/", "count": count}
        for day, count in queries.parts_of(first, end, 10)
    ]
    title = month_name(year, month, about().words)
    up = (f"/{year:04}/", str(year))
    return _list(request, queries.of_days(first, end), title, parts=parts, up=up)


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    first = _day(year, month, day)
    words = about().words
    end = (first + timedelta(days=1)).isoformat() if first < date.max else "9999-12-32"
    title = f"{words.weekdays[first.weekday()]}, {long_date(first, words)}"
    up = (f"/{year:04}/{month:02}/", month_name(year, month, words))
    return _list(request, queries.of_days(first, end), title, up=up)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise Http404 from problem


# -- indexes -----------------------------------------------------------------------------------------


def sections(request: HttpRequest) -> HttpResponse:
    here = about()
    return _names(request, here.words.sections, here.fact("all-sections", queries.sections), "/section/")


def topics(request: HttpRequest) -> HttpResponse:
    here = about()
    return _names(request, here.words.topics, here.fact("topics", lambda: queries.names("topic")), "/topic/")


def authors(request: HttpRequest) -> HttpResponse:
    here = about()
    return _names(request, here.words.authors, here.fact("authors", lambda: queries.names("author")), "/author/")


def years(request: HttpRequest) -> HttpResponse:
    here = about()
    names = [queries.Name(str(year), f"{year:04}", count) for year, count in here.years()]
    undated = here.fact("undated", lambda: queries.count(queries.undated()))
    return _names(request, here.words.years, names, "/", undated=undated)


def _names(request: HttpRequest, title: str, names: list[queries.Name], prefix: str, **more: Any) -> HttpResponse:
    canonical = base_url(request) + request.path
    return render("names", title=title, names=names, prefix=prefix, canonical=canonical, **more)
