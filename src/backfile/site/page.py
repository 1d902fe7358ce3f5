"""Answers that all pages share: a rendered template, a page that is not there, the base address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from backfile.site.about import about
from backfile.site.assets import asset
from backfile.site.languages import Words

MENU = 7


def base_url(request: HttpRequest) -> str:
    """`https://archiv.example.ch`: what the publisher has said, or as the reader has typed it."""
    return about().url or f"{request.scheme}://{request.get_host()}"


def context(words: Words | None = None, **more: Any) -> dict[str, Any]:
    """What the frame of every page needs, with `more`."""
    here = about()
    address = here.address
    return {
        "about": here,
        "words": words or here.words,
        "page_language": here.language,
        "menu": here.menu()[:MENU],
        "style": asset("style.css").address,
        "script": asset("report.js").address,
        "icon": asset("icon.svg").address,
        "mail": f"mailto:{address}" if "@" in address else address if address.startswith("http") else "",
        **more,
    }


def render(template: str, *, status: int = 200, max_age: int = 60, **more: Any) -> HttpResponse:
    """A page from a template, which caches may keep for `max_age` seconds (0: not at all)."""
    response = HttpResponse(render_to_string(f"site/{template}.html", context(**more)), status=status)
    response["Cache-Control"] = f"public, max-age={max_age}" if max_age else "no-store"
    return response


def message(title: str, text: str, status: int, **more: Any) -> HttpResponse:
    return render("message", status=status, max_age=0, title=title, message=text, noindex=True, **more)


def gone() -> HttpResponse:
    """410: an article was here and has been withdrawn."""
    words = about().words
    return message(words.gone_title, words.gone, 410)
