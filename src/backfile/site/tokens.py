"""Signed marks of time in the report form: when it was handed out, and for which article."""

from __future__ import annotations

import hmac
import time
from hashlib import sha256

from django.conf import settings

LONGEST = 30 * 24 * 3600
SHORTEST = 3
"""Seconds that even the quickest reader needs for the form."""


def _sign(stamp: str, article: int) -> str:
    message = f"report:{stamp}:{article}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, sha256).hexdigest()[:24]


def make(article: int, now: float | None = None) -> str:
    stamp = f"{int(time.time() if now is None else now):x}"
    return f"{stamp}.{_sign(stamp, article)}"


def age(token: str, article: int, now: float | None = None) -> float | None:
    """Seconds since the form was handed out; None if the token is not ours, of another article, or too old."""
    stamp, _, signature = token.partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(stamp, article).encode()):
        return None
    try:
        seconds = (time.time() if now is None else now) - int(stamp, 16)
    except ValueError:
        return None
    return seconds if -5 <= seconds <= LONGEST else None
