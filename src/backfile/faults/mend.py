"""Mending: the rules run over one article, in order, until nothing changes.

Safe findings become operations of the ledger at once. Proposed and shown ones become open faults
with their places in the article as it finally stands. Where findings overlap the first rule wins. A
rule that never settles, or that fails, is stopped, its work is undone and the article says so: one
bad rule or one hostile text must not stop an import.
"""

from __future__ import annotations

import msgspec

from backfile.article import Article
from backfile.fault import Fault
from backfile.faults import RULES
from backfile.faults.ask import Asked, Asker, Knowledge
from backfile.faults.rounds import Rounds
from backfile.faults.rule import Rule
from backfile.faults.scan import lines_of, scanner
from backfile.ledger import Op

MAX_ROUNDS = 10


class Mended(msgspec.Struct, frozen=True):
    """A mended article: `ops` replayed over the shaped one give `article`; `asked` is what the profile was asked."""

    article: Article
    ops: tuple[Op, ...] = ()
    faults: tuple[Fault, ...] = ()
    asked: tuple[Asked, ...] = ()
    unsettled: tuple[str, ...] = ()
    """Rules that were stopped: they never settled, or failed. Empty, save for a defect."""


def mend(
    article: Article,
    profile: Knowledge,
    off: frozenset[str] = frozenset(),
    *,
    accepted: frozenset[str] = frozenset(),
    rules: tuple[Rule, ...] = RULES,
) -> Mended:
    """Run the rules over a shaped article. A pure function of its arguments; never raises for what a text holds.

    `off` names rules that do not run; `accepted` names rules whose proposed findings the desk has accepted.
    """
    scan = scanner(rules)
    lines = lines_of(article)
    ask = Asker(profile, article)
    hits = scan.look(lines, ask)
    if not hits and not scan.may_fire(article):
        return Mended(article, (), (), ask.asked())
    stopped: dict[str, str] = {}
    while True:
        rounds = Rounds(scan, article, ask, hits, off.union(stopped), accepted)
        bad = rounds.run(MAX_ROUNDS)
        if not bad:
            break
        stopped.update(bad)
    faults = (*rounds.faults(), *[_stopped_fault(name, why) for name, why in sorted(stopped.items())])
    return Mended(rounds.article, tuple(rounds.ops), faults, ask.asked(), tuple(sorted(stopped)))


def _stopped_fault(name: str, why: str) -> Fault:
    return Fault(name=name, grade="shown", state="open", note=f"this rule was stopped: {why}")
