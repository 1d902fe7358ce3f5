"""The glance at a page says yes only where the careful look finds nothing, whatever stands on it."""

from __future__ import annotations

import random
import re

import pytest
from tests.proof.test_mutants import made

from backfile.proof import prove_page
from backfile.proof.page import closely
from backfile.proof.plainpage import plainly_shown
from backfile.render import body

PIECES = (
    "<b>", "</b>", "<p>", "</p>", "\n", " ", "x", "&", "&amp;", "<br>", "<h2>", "<script>", ' onclick="x"', "<li>",
    "</li>", '<a href="javascript:x">', '<a href="/x=data:1">', "<!-- -->", "\xa0", "\x85", "&nbsp;",
    "<P>", '<a href="/b">', "</a>",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_what_is_plainly_shown_is_shown_with_care(seed: int) -> None:
    rng = random.Random(seed)
    article = made(seed)[1].article
    page = body(article)
    places = [found.start() for found in re.finditer(r"[<>\n]", page)] + list(range(0, len(page), 7))
    for _ in range(40):
        at = rng.choice(places)
        if rng.random() < 0.7:
            other = page[:at] + rng.choice(PIECES) + page[at:]
        else:
            other = page[:at] + page[at + rng.randint(1, 6) :]
        assert prove_page(article, other).state == closely(article, other).state


def test_ordinary_pages_are_plainly_shown() -> None:
    pages = [(article, body(article)) for article in (made(seed)[1].article for seed in range(40))]
    plain = [plainly_shown(article, page) for article, page in pages if "data-generated" not in page]
    assert plain.count(True) > 8 * plain.count(False)
