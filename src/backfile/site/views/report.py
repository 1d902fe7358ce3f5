"""*Report a display error*: the form's answer. What readers write is stored as text and never shown as markup."""

from __future__ import annotations

import re
import threading
import time
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from backfile.desk.models import KINDS, Report
from backfile.site import queries, tokens
from backfile.site.about import about
from backfile.site.languages import Words, words_for
from backfile.site.page import message, render
from backfile.site.views.missing import missing

PER_HOUR = 12
"""Reports that one address may send; readers seldom send two."""
_LENGTHS = {"passage": 4000, "prefix": 200, "suffix": 200, "block": 40, "message": 8000, "mail": 254}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+\Z")


class Rate:
    """How often each address has sent within the hour; addresses are kept as hashes, and only that long."""

    def __init__(self, most: int, seconds: float = 3600.0, addresses: int = 20_000) -> None:
        self.most, self.seconds, self.addresses = most, seconds, addresses
        self._sent: dict[bytes, list[float]] = {}
        self._lock = threading.Lock()

    def allows(self, address: str, now: float | None = None) -> bool:
        now = time.monotonic() if now is None else now
        key = sha256(address.encode()).digest()[:12]
        with self._lock:
            if len(self._sent) >= self.addresses:
                self._forget(now)
            sent = [when for when in self._sent.get(key, ()) if now - when < self.seconds]
            if len(sent) >= self.most:
                self._sent[key] = sent
                return False
            self._sent[key] = [*sent, now]
            return True

    def _forget(self, now: float) -> None:
        live = {key: sent for key, sent in self._sent.items() if now - sent[-1] < self.seconds}
        self._sent = live if len(live) < self.addresses else {}


rate = Rate(PER_HOUR)


@csrf_exempt
def report(request: HttpRequest, number: int) -> HttpResponse:
    """GET: the form on a page of its own. POST: 303 to the thanks; 422 with the form, its text kept; 429."""
    found = _article(number)
    if found is None:
        return missing(request)
    path, _, language, _ = found
    words = words_for(language, about().language)
    if request.method != "POST":
        return _form(number, found, words, {"kind": "other"}, "", 200)
    form = _read(request)
    age = tokens.age(request.POST.get("token", ""), number)
    if age is None:
        return _form(number, found, words, form, words.report_again, 422)
    if not form["passage"].strip() and not form["message"].strip():
        return _form(number, found, words, form, words.report_empty, 422)
    if not rate.allows(request.META.get("REMOTE_ADDR", "")):
        return message(words.error_title, words.report_too_many, 429, words=words, back=path)
    _store(request, number, found, form, age)
    return HttpResponseRedirect(f"/report/{number}/thanks", status=303)


def thanks(request: HttpRequest, number: int) -> HttpResponse:
    found = _article(number)
    if found is None:
        return missing(request)
    words = words_for(found[2], about().language)
    return message(words.report_thanks_title, words.report_thanks, 200, words=words, back=found[0])


def _article(number: int) -> tuple[str, str, str, int] | None:
    """(path, headline, language, revision) of a published article."""
    query = f"SELECT a.path, a.headline, a.language, a.revision FROM article a WHERE a.id = %s AND {queries.PUBLIC}"  # noqa: S608
    found = queries.rows(query, (number,)) if number < 2**63 else []
    return found[0] if found else None


def _read(request: HttpRequest) -> dict[str, str]:
    """The form's fields as plain text, cut to what they may hold; an unknown kind is `other`."""
    form = {name: _CONTROL.sub("", request.POST.get(name, ""))[:most] for name, most in _LENGTHS.items()}
    kind = request.POST.get("kind", "")
    position = request.POST.get("position", "")
    form["kind"] = kind if kind in KINDS else "other"
    form["position"] = position if position.isascii() and position.isdigit() and len(position) < 10 else ""
    form["mail"] = form["mail"].strip()
    return form


def _form(
    number: int, found: tuple[str, str, str, int], words: Words, form: dict[str, Any], error: str, status: int
) -> HttpResponse:
    path, headline, _, revision = found
    slot = {"action": f"/report/{number}", "token": tokens.make(number), "revision": revision}
    return render(
        "report",
        status=status,
        max_age=0,
        words=words,
        title=words.report_title,
        slot=slot,
        form=form,
        error=error,
        headline=headline or words.untitled,
        back=path,
        noindex=True,
        page_language=words.code,
    )


def _store(
    request: HttpRequest, number: int, found: tuple[str, str, str, int], form: dict[str, str], age: float
) -> None:
    seen = request.POST.get("revision", "")
    suspicion = ""
    if request.POST.get("website"):
        suspicion = "the hidden field was filled"
    elif age < tokens.SHORTEST:
        suspicion = "sent faster than a reader types"
    Report.objects.create(
        article_id=number,
        revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else found[3],
        address=found[0],
        kind=form["kind"],
        passage=form["passage"],
        prefix=form["prefix"],
        suffix=form["suffix"],
        position=int(form["position"]) if form["position"] else None,
        block=form["block"],
        message=form["message"],
        mail=form["mail"] if _MAIL.match(form["mail"]) else "",
        language=found[2],
        received=timezone.now(),
        state="suspect" if suspicion else "new",
        suspicion=suspicion,
    )
