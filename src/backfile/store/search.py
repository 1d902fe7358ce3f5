"""Full-text search: a contentless FTS5 table, fed with words that our own analyser has already reduced.

The analyser lowers, folds (ß → ss, é → e) and stems by the article's language, so that inflected forms,
umlauts and their ASCII spellings (Zürich, Zuerich) meet in one token. The table holds tokens only; the
excerpt is made from the page. A row number carries article and revision (`row_number`): a new revision is
simply added, and what is older no longer joins, because a contentless table cannot delete.

Plain sqlite3 throughout; the import calls `add`, the website `find`.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import Stemmer

TABLE = "search"
CREATE = "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(headline, lead, text, content='', tokenize='ascii')"
PUBLIC = "a.state IN ('clean', 'flagged') AND a.taken_down = 0"

_WEIGHTS = "12.0, 4.0, 1.0"
_WORD = re.compile(r"\w+")
_REVISION_BITS = 12
_REMEMBERED = 200_000
_LONGEST_WORD = 64
_LONGEST_QUERY = 400
_MOST_TERMS = 24
_MOST_COUNTED = 10_000
_ALGORITHMS = {"de": "german", "fr": "french", "it": "italian", "en": "english"}


class _Words(dict[str, str]):
    """Word → token for one language; bounded, because an archive has more spellings than memory should hold."""

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord if algorithm else str

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        token = fold(self._stem(word.replace("ß", "ss")[:_LONGEST_WORD]))
        if len(word) <= _LONGEST_WORD:
            self[word] = token
        return token


def fold(word: str) -> str:
    """Without accents: é → e, ü → u. ASCII words come back as they are."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)) or word


_languages: dict[str, _Words] = {code: _Words(name) for code, name in _ALGORITHMS.items()} | {"": _Words("")}


class _Chunks(dict[str, str]):
    """What stands between two spaces (`«Häuser»,`, `l’école`), as it is written → its tokens: cheaper than looking
    for words, and than lowering and composing texts. White space takes no part in either, so chunks give the same."""

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self.words = words

    def __missing__(self, chunk: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        lowered = unicodedata.normalize("NFC", chunk).lower()
        found = " ".join(map(self.words.__getitem__, _WORD.findall(lowered)))
        if len(chunk) <= _LONGEST_WORD:
            self[chunk] = found
        return found


_chunks: dict[str, _Chunks] = {code: _Chunks(words) for code, words in _languages.items()}


def _words_of(language: str) -> _Words:
    return _languages.get(language[:2].lower(), _languages[""])


def tokens(text: str, language: str) -> str:
    """The text as the index holds it: its words reduced, joined by spaces."""
    chunks = _chunks.get(language[:2].lower(), _chunks[""])
    return " ".join(map(chunks.__getitem__, text.split()))


class Document(msgspec.Struct, frozen=True):
    """What is indexed of one article."""

    article: int
    revision: int
    language: str
    headline: str
    lead: str
    text: str


def row_number(article: int, revision: int) -> int:
    """The row of an article's revision; revisions count on from 0 again after 4,095."""
    return article << _REVISION_BITS | revision & (1 << _REVISION_BITS) - 1


_JOINED = (
    f"a.id = search.rowid >> {_REVISION_BITS} AND a.revision & {(1 << _REVISION_BITS) - 1}"
    f" = search.rowid & {(1 << _REVISION_BITS) - 1}"
)


def create(connection: Any) -> None:
    """Make the table. `connection` is any sqlite3 connection or cursor."""
    connection.execute(CREATE)


def add(connection: sqlite3.Connection, documents: Iterable[Document]) -> None:
    """Index documents, within the caller's transaction. Each revision once: the store knows what it has written."""
    connection.executemany(
        "INSERT INTO search(rowid, headline, lead, text) VALUES (?, ?, ?, ?)",
        (
            (
                row_number(d.article, d.revision),
                tokens(d.headline, d.language),
                tokens(d.lead, d.language),
                tokens(d.text, d.language),
            )
            for d in documents
        ),
    )


# -- the query -------------------------------------------------------------------------------------


class Query(msgspec.Struct, frozen=True):
    """What a reader asked for: words and "phrases" that must occur, and those that must not (`-word`)."""

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()
    section: str = ""
    year: int = 0
    language: str = ""


_TERM = re.compile(r'(-?)["«»“”„]([^"«»“”„]*)["«»“”„]?|(-?)([^\s"«»“”„]+)')


def parse(text: str, *, section: str = "", year: int = 0, language: str = "") -> Query:
    """Read what was typed. Never fails: what means nothing is passed over."""
    wanted: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    text = unicodedata.normalize("NFC", text[:_LONGEST_QUERY]).lower()
    for match in list(_TERM.finditer(text))[:_MOST_TERMS]:
        words = tuple(_WORD.findall(match[2] if match[2] is not None else match[4]))
        target = unwanted if (match[1] or match[3]) and words else wanted
        if match[2] is not None or target is unwanted:
            target.extend([words] if words else [])
        else:
            wanted.extend((word,) for word in words)
    return Query(tuple(wanted[:_MOST_TERMS]), tuple(unwanted), section, year, language)


def variants(words: tuple[str, ...], language: str) -> list[tuple[str, ...]]:
    """The tokens that these words may have become, one tuple per language in which they differ."""
    code = language[:2].lower()
    codes = [code] if code in _ALGORITHMS else list(_ALGORITHMS)
    found = dict.fromkeys(tuple(_languages[code][word] for word in words) for code in [*codes, ""])
    return list(found)


def _expression(query: Query, *, glue: str, prefix: bool = False) -> str:
    wanted = glue.join(_either(words, query.language, prefix) for words in query.wanted)
    unwanted = " OR ".join(_either(words, query.language, False) for words in query.unwanted)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _either(words: tuple[str, ...], language: str, prefix: bool) -> str:
    star = " *" if prefix else ""
    phrases = " OR ".join(f'"{" ".join(phrase)}"{star}' for phrase in variants(words, language))
    return f"({phrases})"


class Hit(msgspec.Struct, frozen=True):
    """One found article."""

    article: int
    score: float


class Found(msgspec.Struct, frozen=True):
    """One page of hits. `total` stops counting at 10,000. `how`: `all` words, as `beginnings` of words, or `any`."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    how: str = "all"


def find(connection: Any, query: Query, *, first: int = 0, count: int = 20) -> Found:
    """The best hits of published articles. If no article has all words: words that begin so; then any of the words."""
    if not query.wanted:
        return Found()
    ways = [("all", " AND ", False), ("beginnings", " AND ", True)]
    if len(query.wanted) > 1:
        ways.append(("any", " OR ", False))
    for how, glue, prefix in ways:
        found = _find(connection, query, _expression(query, glue=glue, prefix=prefix), first, count)
        if found.total:
            return Found(found.hits, found.total, how)
    return Found()


def _find(connection: Any, query: Query, expression: str, first: int, count: int) -> Found:
    where, values = _where(query)
    tables = f"FROM search JOIN article a ON {_JOINED} WHERE search MATCH ? AND {PUBLIC}{where}"
    counted = f"SELECT count(*) FROM (SELECT 1 {tables} LIMIT {_MOST_COUNTED})"  # noqa: S608
    ranked = (
        f"SELECT a.id, bm25(search, {_WEIGHTS}) AS score {tables}"
        " ORDER BY score, a.day DESC, a.id DESC LIMIT ? OFFSET ?"
    )
    total = connection.execute(counted, [expression, *values]).fetchone()[0]
    if not total:
        return Found()
    rows = connection.execute(ranked, [expression, *values, count, first]).fetchall()
    return Found(tuple(Hit(row[0], -row[1]) for row in rows), total)


def _where(query: Query) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    if query.section:
        where += " AND a.section_slug = ?"
        values.append(query.section)
    if query.year:
        where += " AND a.day >= ? AND a.day < ?"
        values += [f"{query.year:04}-01-01", f"{query.year + 1:04}-01-01"]
    if query.language:
        where += " AND (a.language = ? OR a.language LIKE ?)"
        values += [query.language, f"{query.language}-%"]
    return where, values


# -- the excerpt -----------------------------------------------------------------------------------

_SEARCHED_FOR_EXCERPT = 60_000


def excerpt(text: str, query: Query, language: str, *, length: int = 220) -> list[tuple[str, bool]]:
    """Parts of the text around its first hit, each with whether it is one; in reading order."""
    text = unicodedata.normalize("NFC", text[:_SEARCHED_FOR_EXCERPT])
    wanted = {token for words in query.wanted for phrase in variants(words, query.language) for token in phrase}
    words = _words_of(language)
    hits = [m.span() for m in _WORD.finditer(text) if _is_hit(words[m[0].lower()], wanted)]
    start = max(0, hits[0][0] - length // 3) if hits else 0
    end = min(len(text), start + length)
    if start:
        start = text.find(" ", start, start + 30) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    parts, position = [("… " if start else "", False)], start
    for a, b in hits:
        if start <= a and b <= end:
            parts += [(text[position:a], False), (text[a:b], True)]
            position = b
    parts.append((text[position:end] + (" …" if end < len(text) else ""), False))
    return [(part, hit) for part, hit in parts if part]


def _is_hit(token: str, wanted: set[str]) -> bool:
    return token in wanted or any(token.startswith(w) for w in wanted if len(w) > 3)
