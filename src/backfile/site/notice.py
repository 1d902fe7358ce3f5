"""The notice under an imported article: in its language, in words that follow its state."""

from __future__ import annotations

import re
from html import escape

from backfile.config import NoticeSection
from backfile.site.languages import Words

_COLON = re.compile(r"[\s\u00a0\u202f]*:\s*\Z")


def shown(mode: str, state: str) -> bool:
    """Whether an article of this state carries the notice. `open-faults`: only while faults are open."""
    return mode == "always" or (mode == "open-faults" and state != "clean")


def notice(section: NoticeSection, words: Words, language: str, state: str, address: str) -> str:
    """The notice as HTML, marked as generated; empty if it is not to be shown.

    The publisher's own wording (`[notice.wording.de]`, or of the full tag `de-CH`) goes before ours; `{address}`
    in it, or else its end, takes the address.
    """
    if not shown(section.mode, state):
        return ""
    own = section.wording.get(language) or section.wording.get(language[:2]) or {}
    text = own.get(state) or (words.notice_clean if state == "clean" else words.notice_flagged)
    if address and "{address}" not in text:
        text = f"{text.rstrip()} {{address}}"
    before, _, after = text.partition("{address}")
    if not address:
        before = _COLON.sub(".", before)
    return (
        f'<aside class="notice {state}" aria-label="{escape(words.notice_title)}" data-generated>'
        f"<p>{escape(before)}{_mail(address)}{escape(after)}</p></aside>"
    )


def _mail(address: str) -> str:
    if not address:
        return ""
    if address.startswith(("http://", "https://")):
        return f'<a href="{escape(address)}">{escape(address)}</a>'
    return f'<a href="mailto:{escape(address)}">{escape(address)}</a>'
