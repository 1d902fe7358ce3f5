"""Pictures of saved pages: in buttons, for readers without scripts, not yet loaded; captions told by their place."""

from __future__ import annotations

import pytest

from backfile.article import Image, Paragraph
from backfile.proof import prove
from backfile.record import Options, Origin, Record
from backfile.shaping import shape
from backfile.sources.pages import SOURCE

FIRST = "Im Moor hinter dem Bahnhof brüten wieder Kiebitze, zum ersten Mal seit mehr als zwanzig Jahren."
SECOND = "Gezählt wurden vier Paare, und eines davon hat sein Nest gleich neben dem Wanderweg gebaut."


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><a href=/k><img src=k.jpg></a>Ein Kiebitz im Moor</figure>",
        "<figure><div><button><img src=k.jpg></button></div><div><span>Ein Kiebitz im Moor</span></div></figure>",
        "<figure><picture><noscript><img src=k.jpg></noscript></picture><p>Ein Kiebitz im Moor</p></figure>",
        "<figure><div data-src=k.jpg></div><figcaption>Ein Kiebitz im Moor</figcaption></figure>",
        "<figure><img src=data:, data-src=k.jpg><figcaption>Ein Kiebitz im Moor</figcaption></figure>",
    ],
)
def test_a_picture_and_its_caption(figure: str) -> None:
    page = f"<article><h1>Kiebitze</h1><div class=article-body><p>{FIRST}</p>{figure}<p>{SECOND}</p></div></article>"
    record = Record(source="s", key="k", format="pages", media="html", payload=page.encode(), origin=Origin("k.html"))
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems
    first, image, second = shaped.article.blocks
    assert isinstance(image, Image)
    assert (image.src, image.caption.text) == ("k.jpg", "Ein Kiebitz im Moor")
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)


def test_a_button_that_does_something_is_none() -> None:
    page = f"<article><h1>Kiebitze</h1><p>{FIRST}</p><button><img src=x.png>Teilen</button><p>{SECOND}</p></article>"
    record = Record(source="s", key="k", format="pages", media="html", payload=page.encode(), origin=Origin("k.html"))
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    assert [type(block) for block in shaped.article.blocks] == [Paragraph, Paragraph]
