"""What a rule is: a card that people read, a trigger that machines read, and one pure function.

A rule states the fault, never the cure. It looks at one text (`TextRule`) or at the whole article
(`ArticleRule`), asks the archive's profile through `Ask` instead of guessing, and yields what it
found. It never changes anything itself: the harness in `backfile.faults.mend` turns findings into
operations of the ledger, safe ones at once, the others as open faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, Protocol

import msgspec

from backfile.article import Article, MarkKind, Text
from backfile.draft import Draft
from backfile.fault import Grade


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The rule's documentation: the same on the command line, in the docs and on the desk.

    `name` is the fault's name in words with hyphens, as the file is called (`visible-entity`).
    `group` is its entry in the catalogue (`B1`). `before`/`after` are one short example of our own.
    """

    name: str
    group: str
    title: str
    readers_saw: str
    why: str
    before: str
    after: str
    will_get_wrong: str
    grade: Grade
    since: str
    sees: Literal["text", "profile", "source", "page"] = "text"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One finding in a text: `text[start:end]` should read `after`; None where no cure is known.

    `drop` names the reason if text is taken out (`after` is then empty); `move` the field that it
    belongs to (`bylines`, `dateline`, `agency`, ...); `mark` is put on what became
    of it, with `href` for a link; `split` cuts the block at `start` (what is in
    `start:end` goes, with the reason `drop` if it is more than white space; where a place cannot be cut, a line break
    is put). `grade` overrides the card's where this finding is less sure than the rule.
    """

    start: int
    end: int
    after: str | None = None
    drop: str = ""
    move: str = ""
    split: bool = False
    retype: str = ""
    mark: MarkKind | None = None
    href: str = ""
    note: str = ""
    grade: Grade | None = None


class Ask(Protocol):
    """What a rule may ask. Every answer that depends on the profile is remembered with the article, so
    that a new profile runs just the articles again whose answers changed."""

    language: str
    """Of the article, BCP 47, lower case (`de-ch`); empty if unknown."""
    at: str
    """The place looked at (`headline`, `b1f0c:text`); empty for article rules."""
    block: str
    """The block's type (`paragraph`, ...) or the field's name."""
    article: Article
    """As it now is; rules over one text may ask its plain fields and its kicker."""

    def count(self, word: str) -> int:
        """How often the archive has this word, in this spelling and case."""

    def known(self, word: str) -> bool:
        """The archive (often enough to be no accident) or a national word list has this word, in this or lower case."""

    def code(self, word: str) -> bool:
        """A sign-off code of this archive's authors (`ar`, `dho`)."""

    def agency(self, word: str) -> bool:
        """A news agency's mark (`sda`, `dpa`), listed or learned."""

    def author(self, name: str) -> bool:
        """A name the archive has in its byline fields."""

    def recurring(self, line: str) -> int:
        """In how many articles this line is a paragraph of its own; 0 below the threshold of boilerplate."""

    def crosshead_habit(self, line: str) -> float:
        """How much this short line looks like this archive's crossheads, 0 to 1."""


class TextRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule over one text.

    `trigger`: a regular expression (the common subset of `re` and hyperscan: no look-around, no back-references;
    `^` and `$` are line ends) that matches in every text in which `find` can find anything; `literals`: if given,
    one of these strings, in this case, is in every such text. `blocks` limits it to block types or fields
    (`paragraph`, `headline`); empty means all texts, save preformatted ones unless `preformatted` is set.
    `strings`: it also looks at the fields that are plain strings (`bylines`, `dateline`, `section`, `topics`), one
    string at a time.
    `may`: whether the article may hold a finding; a first test of a few microseconds, never False where it finds any.
    `token`: whether what stands between white space around a match of the trigger may hold a finding, asking no more
    than `find` would; its answers are remembered with the profile, as an archive's vocabulary comes again and again.
    """

    card: Card
    trigger: str
    find: Callable[[Text, Ask], Iterable[Found]]
    literals: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    ignore_case: bool = False
    preformatted: bool = False
    strings: bool = False
    may: Callable[[Article], bool] | None = None
    token: Callable[[str, Ask], bool] | None = None


class ArticleFault(msgspec.Struct, frozen=True, kw_only=True):
    """One finding of an article rule: where, and `mend`, which does it on a draft (None: shown only).

    After each mend the rule looks again, so that no finding speaks of an article that has changed since.
    `end` 0 means the whole text at `at`; `at` may also be a block (`"b1f0c:"`) or empty for the whole article.
    """

    at: str
    start: int = 0
    end: int = 0
    mend: Callable[[Draft], None] | None = None
    note: str = ""
    grade: Grade | None = None


class ArticleRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule over the whole article. Without a `trigger` it runs on every article for which `may`, if given, says so.
    With one, it runs where the trigger matches in some text of it, or over the end of a text into the next, as lines.
    `may` as of a `TextRule`."""

    card: Card
    find: Callable[[Article, Ask], Iterable[ArticleFault]]
    trigger: str = ""
    literals: tuple[str, ...] = ()
    ignore_case: bool = False
    may: Callable[[Article], bool] | None = None


Rule = TextRule | ArticleRule
