"""One article's proof: text, links, media and ledger, by eyes that share nothing with shaping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backfile.article import Article
from backfile.ledger import Op
from backfile.proof.glance import proved_at_a_glance
from backfile.proof.leaves import leaves
from backfile.proof.ledger import ledger_problems
from backfile.proof.links import link_problems
from backfile.proof.media import media_problems
from backfile.proof.places import claims
from backfile.proof.references import Dropped, References, body_of
from backfile.proof.text import TextProof
from backfile.proof.verdict import Problem, Verdict, judge, not_checked
from backfile.proof.xmlleaves import Unreadable
from backfile.record import Record, SourceSpec


def prove(
    record: Record, spec: SourceSpec, shaped: Article, account: Sequence[Op], ops: Sequence[Op], stored: Article
) -> Verdict:
    """Whether every character of `record` is in `shaped` or accounted for in `account`, and `ops` turn `shaped` into
    `stored`. Never raises for bad input: what cannot be read independently is `not_checked` with the reason."""
    try:
        universe = leaves(record, spec)
    except Unreadable as reason:
        return not_checked(str(reason))
    if not account and proved_at_a_glance(record, spec, shaped, universe):
        return judge(ledger_problems(shaped, ops, stored), [])
    return closely(record, spec, shaped, account, ops, stored, universe)


def closely(
    record: Record,
    spec: SourceSpec,
    shaped: Article,
    account: Sequence[Op],
    ops: Sequence[Op],
    stored: Article,
    universe: Mapping[str, str],
) -> Verdict:
    """The full proof of what the record holds (`universe`), whatever the article."""
    text = TextProof(record, spec, shaped, claims(shaped, account), universe)
    text.run()
    problems = text.problems
    problems += _references(record, shaped, account, universe, text)
    problems += ledger_problems(shaped, ops, stored)
    return judge(problems, text.readings)


def _references(
    record: Record, shaped: Article, account: Sequence[Op], universe: Mapping[str, str], text: TextProof
) -> list[Problem]:
    """Links and media of the leaves that are claimed and read as markup."""
    if record.media == "text":
        return []
    refs: References | None = None
    dropped: Dropped | None = None
    problems: list[Problem] = []
    for path, claims_there in text.claims.by_leaf.items():
        leaf = universe.get(path, "")
        if "<" not in leaf or (path, "text") in text.readings:
            continue
        seen = text.seen.get(path)
        if seen is not None and not seen.leads and not seen.shows and not seen.other:
            continue
        refs = refs or References(shaped)
        leads = seen is None or seen.leads != refs.links
        shows = seen is None or seen.other or not refs.media.issuperset(seen.shows)
        if not shows and not leads:
            continue
        if dropped is None:
            dropped = Dropped(account, text.claims, body_of(claims_there) if record.media == "html" else None)
        xml = text.reading_of(path) == "xml"
        if leads:
            problems += link_problems(path, leaf, refs, dropped, xml)
        if shows:
            problems += media_problems(path, leaf, refs, dropped, xml)
    return problems
