"""One article, all steps: fields → shape → (place media) → mend → prove → render → state.

`process` is a pure function of its arguments, save for the pictures that it copies into the media
folder under names that their content gives. What is wrong with the record is in the outcome, or a
`BackfileError` if nothing can be made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Literal

import msgspec

from backfile.article import Article
from backfile.fault import Fault
from backfile.faults.ask import Asked
from backfile.faults.mend import mend
from backfile.ledger import Op
from backfile.profile import Profile
from backfile.proof import Verdict, prove, prove_page
from backfile.record import Options, Record, Source
from backfile.render import body
from backfile.shaping import Shaped, shape

State = Literal["clean", "flagged", "held", "withheld"]


class MediaUse(msgspec.Struct, frozen=True):
    """A picture or file that the article refers to, and what was found for it: `file` is empty if nothing was."""

    url: str
    file: str = ""
    type: str = ""
    length: int = 0
    width: int = 0
    height: int = 0


Place = Callable[[Article], tuple[Article, tuple[MediaUse, ...], tuple[Fault, ...]]]
"""Finds an article's pictures and files: the article with them in their places, the uses, what is missing."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one record. `ops` replayed over `shaped` give `article`; `html` is the page's body."""

    article: Article
    shaped: Article
    account: tuple[Op, ...]
    ops: tuple[Op, ...]
    faults: tuple[Fault, ...]
    asked: tuple[Asked, ...]
    verdict: Verdict
    html: str
    state: State
    media: tuple[MediaUse, ...] = ()
    milliseconds: float = 0.0


def shape_record(record: Record, source: Source, options: Options) -> Shaped:
    """The first two steps, which learning needs as well."""
    return shape(record, source.fields(record, options), options)


def process(
    record: Record,
    source: Source,
    options: Options,
    profile: Profile,
    *,
    off: frozenset[str] = frozenset(),
    place: Place | None = None,
    shaped: Shaped | None = None,
) -> Outcome:
    """All steps for one record; `shaped` is its shape if it has been made before. Raises `BackfileError` if it cannot
    be read."""
    started = process_time()
    shaped = shaped or shape_record(record, source, options)
    article, uses, missing = place(shaped.article) if place else (shaped.article, (), ())
    mended = mend(article, profile, off)
    html = body(mended.article)
    verdict = verify(record, source, article, shaped.account, mended.ops, mended.article, html)
    faults = (*shaped.faults, *missing, *mended.faults)
    return Outcome(
        article=mended.article,
        shaped=article,
        account=shaped.account,
        ops=mended.ops,
        faults=faults,
        asked=mended.asked,
        verdict=verdict,
        html=html,
        state=state_of(mended.article, verdict, faults),
        media=uses,
        milliseconds=(process_time() - started) * 1000,
    )


def verify(
    record: Record,
    source: Source,
    shaped: Article,
    account: tuple[Op, ...],
    ops: tuple[Op, ...],
    stored: Article,
    html: str,
) -> Verdict:
    """The proof of the text, and then of the page: a page is only looked at where the text is proved."""
    verdict = prove(record, source.spec, shaped, account, ops, stored)
    if verdict.state != "proved":
        return verdict
    page = prove_page(stored, html)
    return verdict if page.state == "proved" else page


def state_of(article: Article, verdict: Verdict, faults: tuple[Fault, ...]) -> State:
    """`withheld` comes first: what the old system had not published is never shown, proved or not. What could not be
    checked is shown, but never called clean."""
    if article.withheld:
        return "withheld"
    if verdict.state == "failed":
        return "held"
    doubted = verdict.state == "not_checked" or any(fault.state == "open" for fault in faults)
    return "flagged" if doubted else "clean"
