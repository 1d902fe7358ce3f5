"""Addresses that are no page of this website: old ones lead on, the others say that there is nothing."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from backfile.site import queries
from backfile.site.about import about
from backfile.site.page import gone, message
from backfile.store.paths import old_path


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """301 to the article that an old address belonged to, 410 if it was withdrawn, else 404."""
    full = request.get_full_path()
    answer = old_address(request, full)
    if answer:
        return answer
    if len(request.path_info) > 1 and request.path_info.endswith("/"):
        article = queries.page(request.path_info.rstrip("/"))
        if article and article.state in ("clean", "flagged") and not article.taken_down:
            return HttpResponsePermanentRedirect(article.path)
    words = about().words
    return message(words.not_found_title, words.not_found, 404)


def old_address(request: HttpRequest, full: str) -> HttpResponse | None:
    """The answer for an old address, first with its query (`/?p=123`), then without (`?utm_source=...`)."""
    host = request.get_host().partition(":")[0].removeprefix("www.")
    for address in dict.fromkeys((full, _untracked(full), full.partition("?")[0])):
        _, old = old_path(f"http://{host}{address}")
        found = queries.old_address(host, old) if old else None
        if found:
            path, state, taken_down = found
            if taken_down:
                return gone()
            if state in ("clean", "flagged") and path != request.path_info:
                return HttpResponsePermanentRedirect(path)
    return None


_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_\w+|igshid|_ga)=[^&]*", re.ASCII)


def _untracked(full: str) -> str:
    """An address without what advertisers and networks have hung on it."""
    path, _, query = full.partition("?")
    return path + "?" + "&".join(part for part in query.split("&") if not _TRACKING.fullmatch(part)) if query else full


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = about().words
    return message(words.error_title, words.not_found, 400)


def failed(request: HttpRequest) -> HttpResponse:
    """500, in plain text of our own: the archive may be what failed."""
    return HttpResponse("Backfile: something went wrong on our side.\n", status=500, content_type="text/plain")
