"""One article, all steps: fields → shape → (place media) → mend → prove → render → state.

`process` is a pure function of its arguments, save for the pictures that it copies into the media
folder under names that their content gives. What is wrong with the record is in the outcome, or a
`BackfileError` if nothing can be made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, Literal, TypeVar

import msgspec

from backfile.article import Article
from backfile.fault import Fault
from backfile.faults.ask import Asked
from backfile.faults.mend import Mended, mend
from backfile.ledger import Op
from backfile.profile import Profile
from backfile.proof import Verdict, prove, prove_page
from backfile.record import Options, Record, Source
from backfile.render import body
from backfile.shaping import Shaped, shape

T = TypeVar("T")
State = Literal["clean", "flagged", "held", "withheld"]


class MediaUse(msgspec.Struct, frozen=True):
    """A picture or file that the article refers to, and what was found for it: `file` is empty if nothing was."""

    url: str
    file: str = ""
    type: str = ""
    length: int = 0
    width: int = 0
    height: int = 0


Placed = tuple[Article, tuple[MediaUse, ...], tuple[Fault, ...]]
Place = Callable[[Article], Placed]
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
    return process_together([record], source, options, profile, off=off, place=place, shapes=[shaped])[0]


def process_together(
    records: Sequence[Record],
    source: Source,
    options: Options,
    profile: Profile,
    *,
    off: frozenset[str] = frozenset(),
    place: Place | None = None,
    shapes: Sequence[Shaped | None] = (),
) -> list[Outcome]:
    """The same for several records: each step over all of them, then the next, which keeps a step's code in the
    processor's cache and saves a fifth of the time. Raises for all if one cannot be processed."""
    line = _Line(len(records))
    made = line.step(lambda r, s: s or shape_record(r, source, options), records, shapes or [None] * len(records))
    placed = line.step(lambda s: place(s.article) if place else (s.article, (), ()), made)
    articles = [article for article, _, _ in placed]
    mended = line.step(lambda article: mend(article, profile, off), articles)
    pages = line.step(lambda m: body(m.article), mended)
    verdicts = line.step(
        lambda r, a, s, m: prove(r, source.spec, a, s.account, m.ops, m.article), records, articles, made, mended
    )
    verdicts = line.step(lambda v, m, page: _with_page(v, m.article, page), verdicts, mended, pages)
    return list(map(_outcome, made, placed, mended, pages, verdicts, line.seconds))


class _Line:
    """Records that go through the steps side by side, and the time that each of them takes."""

    def __init__(self, records: int) -> None:
        self.seconds = [0.0] * records

    def step(self, work: Callable[..., T], *columns: Sequence[Any]) -> list[T]:
        """`work` for each record in turn; a column holds one argument for each."""
        results, seconds = [], self.seconds
        before = perf_counter()
        for number, row in enumerate(zip(*columns, strict=True)):
            results.append(work(*row))
            now = perf_counter()
            seconds[number] += now - before
            before = now
        return results


def _outcome(shaped: Shaped, placed: Placed, mended: Mended, html: str, verdict: Verdict, seconds: float) -> Outcome:
    article, uses, missing = placed
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
        milliseconds=seconds * 1000,
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
    return _with_page(prove(record, source.spec, shaped, account, ops, stored), stored, html)


def _with_page(verdict: Verdict, stored: Article, html: str) -> Verdict:
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
