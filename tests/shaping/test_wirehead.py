"""Texts of news wires: headline and byline out of the header, the rest of it dropped by name."""

from __future__ import annotations

import pytest

from backfile.article import Article, plain_text
from backfile.proof import prove
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.shaping import shape

BODY = "Routine checks at the harbour returned good results on Monday, the authority said.\n\nBoats may sail again.\n"


def article(value: str) -> Article:
    record = Record(source="s", key="k", format="text", media="text", payload=value.encode(), origin=Origin("k.tst"))
    shaped = shape(record, [Field("body", value, "text", markup="plain")], Options())
    verdict = prove(record, SourceSpec(), shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems
    return shaped.article


@pytest.mark.parametrize(
    ("header", "headline", "bylines"),
    [
        ("%A\n#Harbour_B1\n$Harbour opens after checks\n:(PORT ELM)\n*07000000\n", "Harbour opens after checks", ()),
        ("$T\n:Round Three\n=Preview\n^Rowing: Round three preview\n+1508\n", "Rowing: Round three preview", ()),
        ("^BC-XX--Elm-Harbour,466<\n^After checks, boats may sail<\n^By Anna Muster=\n^Elm News=\n",
         "After checks, boats may sail", ("Anna Muster",)),
    ],
)  # fmt: skip
def test_header_of_a_wire(header: str, headline: str, bylines: tuple[str, ...]) -> None:
    found = article(f"{header}\n{BODY}")
    assert (found.headline.text, found.bylines) == (headline, bylines)
    assert plain_text(found).startswith("Routine checks")


@pytest.mark.parametrize("head", ["#harbour and all the rest of it\n\n", "$5 million for the harbour\nSecond line\n\n"])
def test_one_line_with_a_sign_is_no_header(head: str) -> None:
    found = article(head + BODY)
    assert head.split("\n")[0] in f"{found.headline.text}\n{plain_text(found)}"


@pytest.mark.parametrize(
    ("header", "headline", "bylines"),
    [
        ("eca00099 3 i 510  elm 1003\n\n/harbour/\n2ND LEAD\nHarbour opens after checks\nBy Anna Muster, elm =\n",
         "Harbour opens after checks", ("Anna Muster",)),
        ("\x01eca077 4 i 211 ccccb   elm 061\n\nElm-harbour/\n\x02Harbour opens: checks were good =\n",
         "Harbour opens: checks were good", ()),
    ],
)  # fmt: skip
def test_header_that_begins_with_codes(header: str, headline: str, bylines: tuple[str, ...]) -> None:
    found = article(f"{header}\n{BODY}")
    assert (found.headline.text, found.bylines) == (headline, bylines)
    assert plain_text(found).startswith("Routine checks")


def test_a_release_is_named_by_its_headline() -> None:
    head = (
        "Source: Elm Harbour Inc.\nMEDIA RELEASE PR1\nHarbour Opens After Checks\n\nELM, Feb. 1 /Wire-Service/ --\n\n"
    )
    found = article(head + BODY * 3)
    assert (found.kicker.text, found.headline.text) == ("MEDIA RELEASE PR1", "Harbour Opens After Checks")
    assert (found.dateline, found.rights.copyright) == ("ELM, Feb. 1", "Elm Harbour Inc.")
