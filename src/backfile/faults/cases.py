"""A rule's contract: cases in TOML that the harness holds it to.

A file `<rule-name>.toml` has tables `[[mends]]` (`after`: the text as mended), `[[shows]]` (`found`: the
text that an open fault covers), `[[must_not_touch]]`, and `[[cannot_yet]]` (`after`: what would be right;
the case fails once the rule can). A case is one `text`, or `blocks = [["crosshead", "..."], ...]` (`link` is a
paragraph that is one link, `links` a list of such), with
fields of the article (`language`, `headline`, `lead`, `kicker`, `bylines`, `dateline`, `section`, `agency`)
and what the profile knows: `words`, `codes`, `agencies`, `authors`, `recurring` (lines), `crossheads`.
Expected are `after` (lead and blocks, joined by an empty line) and any `after_<field>`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import msgspec

from backfile.article import Article, Block, Image, List, ListItem, Mark, Paragraph, Rights, Text, plain_text
from backfile.draft import ONE_TEXT, replay
from backfile.faults import RULES
from backfile.faults.ask import Asker
from backfile.faults.mend import Mended, mend
from backfile.faults.rule import Rule, TextRule
from backfile.faults.scan import scanner
from backfile.places import gather, gather_strings, place
from backfile.profile import Profile
from backfile.profile.habits import CrossheadHabit

Kind = Literal["mends", "shows", "must_not_touch", "cannot_yet"]
KINDS: tuple[Kind, ...] = ("mends", "shows", "must_not_touch", "cannot_yet")
_EXPECTED = ("headline", "lead", "kicker", "bylines", "dateline", "section", "agency")


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One case; see the module's docstring."""

    rule: str = ""
    kind: Kind = "must_not_touch"
    number: int = 0
    text: str = ""
    blocks: list[tuple[str, str]] = []
    language: str = ""
    headline: str = ""
    lead: str = ""
    kicker: str = ""
    bylines: list[str] = []
    dateline: str = ""
    section: str = ""
    agency: str = ""
    words: str = ""
    codes: list[str] = []
    agencies: list[str] = []
    authors: list[str] = []
    recurring: list[str] = []
    crossheads: list[str] = []
    after: str | None = None
    after_headline: str | None = None
    after_lead: str | None = None
    after_kicker: str | None = None
    after_bylines: list[str] | None = None
    after_dateline: str | None = None
    after_section: str | None = None
    after_agency: str | None = None
    after_types: list[str] | None = None
    found: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        return f"{self.rule}-{self.kind}-{self.number}"


def load(path: Path) -> list[Case]:
    """The cases of one file. Raises `ValueError` naming the file if it is not as it should be."""
    try:
        tables: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text(encoding="utf-8"))
        return [
            msgspec.convert({**table, "rule": path.stem, "kind": kind, "number": number}, Case)
            for kind, cases in tables.items()
            for number, table in enumerate(cases, 1)
        ]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError) as problem:
        raise ValueError(f"{path}: {problem}") from problem


def article_of(case: Case) -> Article:
    """The article that a case describes."""
    given = case.blocks or ([("paragraph", case.text)] if case.text else [])
    return Article(
        source="cases",
        key=case.id,
        headline=Text(case.headline),
        lead=Text(case.lead),
        kicker=Text(case.kicker),
        bylines=tuple(case.bylines),
        dateline=case.dateline,
        section=case.section,
        rights=Rights(agency=case.agency),
        language=case.language,
        blocks=tuple(_block(number, kind, text) for number, (kind, text) in enumerate(given)),
    )


def _block(number: int, kind: str, text: str) -> Block:
    block_id = f"b{number}"
    if kind == "image":
        return Image(id=block_id, src="bild.jpg", caption=Text(text))
    if kind == "list":
        return List(id=block_id, items=tuple(ListItem(Text(line)) for line in text.split("\n")))
    if kind == "links":
        return List(id=block_id, items=tuple(ListItem(_linked(line)) for line in text.split("\n")))
    if kind == "link":
        return Paragraph(id=block_id, text=_linked(text))
    return cast(Block, ONE_TEXT[kind](id=block_id, text=Text(text)))


def _linked(text: str) -> Text:
    return Text(text, (Mark(0, len(text), "link", "/verweis"),))


def profile_of(case: Case) -> Profile:
    """A profile that knows what the case says; each word ten times."""
    crossheads = CrossheadHabit()
    for line in case.crossheads:
        crossheads.add(line)
    words = Counter(dict.fromkeys(case.words.split(), 10))
    return Profile.of_counts(
        share=1.0,
        articles=1000,
        words=words,
        total=words.total(),
        authors=Counter(case.authors),
        lines=Counter(dict.fromkeys(case.recurring, 50)),
        tails=Counter(dict.fromkeys(case.codes, 50)),
        brackets=Counter(dict.fromkeys(case.agencies, 50)),
        sections=Counter(),
        kickers=Counter(),
        languages=Counter(),
        days=Counter(),
        crossheads=crossheads,
        signs={},
    )


def harness_check(case: Case, rules: Sequence[Rule] = RULES) -> list[str]:
    """All that is wrong with one case: with the rule alone, and with all rules together. Empty if all is well."""
    rules = tuple(rules)
    names = {rule.card.name for rule in rules}
    if case.rule not in names and case.rule != "decoys":
        return [f"no rule is called {case.rule!r}"]
    article, profile = article_of(case), profile_of(case)
    problems = list(_all_together(article, profile, rules))
    if case.rule == "decoys":
        outcome = mend(article, profile, rules=rules)
    else:
        outcome = mend(article, profile, frozenset(names - {case.rule}), rules=rules)
    return [*_outcome_problems(case, article, outcome), *problems]


def _outcome_problems(case: Case, article: Article, outcome: Mended) -> Iterator[str]:
    differing = list(_differences(case, outcome.article))
    if case.kind == "must_not_touch":
        if outcome.ops or outcome.faults:
            yield f"touched: {[(f.name, f.grade, f.before, f.after) for f in outcome.faults]} {outcome.ops}"
    elif case.kind == "cannot_yet":
        if not differing:
            yield "this can be mended now: move the case to [[mends]]"
    elif case.kind == "shows":
        shown = [f.before for f in outcome.faults if f.state == "open"]
        if case.found not in shown:
            yield f"{case.found!r} is not among the open faults {shown}"
        if outcome.ops:
            yield f"changed what should only be shown: {outcome.ops}"
    else:
        yield from differing
        if not outcome.ops:
            yield "nothing was mended"


def _differences(case: Case, got: Article) -> Iterator[str]:
    if case.after is not None and plain_text(got) != case.after:
        yield f"text is {plain_text(got)!r}, not {case.after!r}"
    if case.after_types is not None:
        types = [str(type(block).__struct_config__.tag) for block in got.blocks]
        if types != case.after_types:
            yield f"blocks are {types}, not {case.after_types}"
    for field in _EXPECTED:
        wanted = getattr(case, f"after_{field}")
        value = got.rights.agency if field == "agency" else getattr(got, field)
        value = value.text if isinstance(value, Text) else list(value) if isinstance(value, tuple) else value
        if wanted is not None and value != wanted:
            yield f"{field} is {value!r}, not {wanted!r}"


def _all_together(article: Article, profile: Profile, rules: tuple[Rule, ...]) -> Iterator[str]:
    """What must hold whatever an article says: see `check_mended`; and that no trigger is narrower than its rule."""
    yield from check_mended(article, mend(article, profile, rules=rules), profile, rules)
    yield from check_triggers(article, profile, rules)


def check_mended(article: Article, mended: Mended, profile: Profile, rules: tuple[Rule, ...] = RULES) -> Iterator[str]:
    """The rules settle; the ledger replayed gives the result; mending it again changes nothing and finds no more."""
    if mended.unsettled:
        yield f"stopped rules: {[f.note for f in mended.faults if f.note]} {mended.unsettled}"
    if replay(article, mended.ops) != mended.article:
        yield "the ledger replayed gives another article"
    again = mend(mended.article, profile, rules=rules)
    if again.ops:
        yield f"not idempotent: {again.ops}"
    still_open = [fault for fault in mended.faults if fault.state == "open"]
    if list(again.faults) != still_open:
        yield f"open faults differ the second time: {again.faults} and {still_open}"


def check_triggers(article: Article, profile: Profile, rules: tuple[Rule, ...] = RULES) -> Iterator[str]:
    """Every text rule finds nothing in a text in which its trigger does not match."""
    scan = scanner(rules)
    texts, owners = gather(article)
    ask = Asker(profile, article)
    looked = [(text, place(owner)) for text, owner in zip(texts, owners, strict=True)]
    for number, rule in enumerate(rules):
        if not isinstance(rule, TextRule):
            continue
        for text, where in looked:
            ask.at, ask.block = where.at, where.kind
            if not scan.fires(number, text.text) and (found := list(rule.find(text, ask))):
                yield f"{rule.card.name} finds {found} where its trigger does not match: {text.text!r}"
        for field, _, value in gather_strings(article) if rule.strings else ():
            ask.at = ask.block = field
            if not scan.fires(number, value) and list(rule.find(Text(value), ask)):
                yield f"{rule.card.name} finds something in {value!r} where its trigger does not match"
