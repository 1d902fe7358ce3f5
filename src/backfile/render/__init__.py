"""An article's body as HTML: lead and blocks, nothing else, and nothing in it that could act.

Everything is escaped; addresses have a safe scheme or none; there are no scripts, frames, styles or
handlers, and no request to another host. What the page adds of its own (labels, the card of an
embed) is marked `data-generated`, so that the visible text less those elements is the stored text.
"""

from __future__ import annotations

from backfile.render.blocks import body
from backfile.render.inline import escape, inline
from backfile.render.urls import safe_url

__all__ = ["body", "escape", "inline", "safe_url"]
