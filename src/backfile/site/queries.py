"""What pages ask of the archive: few raw queries over indexes, published articles only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from django.db import connection

PUBLIC = "a.state IN ('clean', 'flagged') AND a.taken_down = 0"
PER_PAGE = 30

_COLUMNS = (
    "a.id, a.path, a.kicker, a.headline, a.teaser, a.section, a.section_slug, a.language, a.published, a.day, a.picture"
)
# SQLite's own order of nulls puts undated articles last where the newest come first.
_NEWEST = "ORDER BY a.day DESC, a.published DESC, a.id DESC"


class Entry(msgspec.Struct, frozen=True):
    """One article as lists show it."""

    id: int
    path: str
    kicker: str
    headline: str
    teaser: str
    section: str
    section_slug: str
    language: str
    published: datetime | None
    day: date | None
    picture: str


class Name(msgspec.Struct, frozen=True):
    """A section, author or topic with the number of its published articles."""

    name: str
    slug: str
    count: int


class Found(msgspec.Struct, frozen=True):
    """An article's page: its row, and the body rendered at import."""

    id: int
    path: str
    state: str
    taken_down: bool
    revision: int
    language: str
    section_slug: str
    published: datetime | None
    modified: datetime | None
    day: date | None
    picture: str
    article_zst: bytes
    body: str


def rows(query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, tuple(values))  # type: ignore[arg-type]
        return list(cursor.fetchall())


def moment(value: Any) -> datetime | None:
    """A stored time (UTC) as an aware datetime."""
    if value is None or isinstance(value, datetime):
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    except ValueError:
        return None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None


def own_kicker(kicker: str, section: str) -> str:
    """The kicker where it says more than the section beside it; else nothing, so that no name stands twice."""
    return "" if _compared(kicker) == _compared(section) else kicker


def _compared(name: str) -> str:
    return " ".join(name.casefold().split())


def _entry(row: tuple[Any, ...]) -> Entry:
    number, path, kicker, headline, teaser, section, slug, language, published, day, picture = row
    return Entry(
        number,
        path,
        own_kicker(kicker, section),
        headline,
        teaser,
        section,
        slug,
        language,
        moment(published),
        _date(day),
        picture,
    )


# -- lists -------------------------------------------------------------------------------------------


class Listing(msgspec.Struct, frozen=True):
    """A condition that chooses articles: SQL over `article a`, its values, and what to join."""

    where: str
    values: tuple[object, ...] = ()
    join: str = ""
    order: str = _NEWEST


def everything() -> Listing:
    return Listing("1 = 1")


def of_section(slug: str) -> Listing:
    return Listing("a.section_slug = %s", (slug,))


def of_author(slug: str) -> Listing:
    return Listing("a.id IN (SELECT article_id FROM author WHERE slug = %s)", (slug,))


def of_topic(slug: str) -> Listing:
    return Listing("a.id IN (SELECT article_id FROM topic WHERE slug = %s)", (slug,))


def of_days(first: date, end: str) -> Listing:
    """From `first` on, before `end` (ISO, exclusive)."""
    return Listing("a.day >= %s AND a.day < %s", (first.isoformat(), end))


def undated() -> Listing:
    return Listing("a.day IS NULL", order="ORDER BY a.id")


def count(listing: Listing) -> int:
    query = f"SELECT count(*) FROM article a {listing.join} WHERE {PUBLIC} AND {listing.where}"  # noqa: S608
    return int(rows(query, listing.values)[0][0])


def entries(listing: Listing, first: int = 0, number: int = PER_PAGE) -> list[Entry]:
    query = (
        f"SELECT {_COLUMNS} FROM article a {listing.join} WHERE {PUBLIC} AND {listing.where} "  # noqa: S608
        f"{listing.order} LIMIT %s OFFSET %s"
    )
    return [_entry(row) for row in rows(query, (*listing.values, number, first))]


def by_id(numbers: Sequence[int]) -> list[Entry]:
    """These articles, in this order."""
    if not numbers:
        return []
    marks = ", ".join(["%s"] * len(numbers))
    found = rows(f"SELECT {_COLUMNS} FROM article a WHERE a.id IN ({marks})", numbers)  # noqa: S608
    entry = {row[0]: _entry(row) for row in found}
    return [entry[number] for number in numbers if number in entry]


def bodies(numbers: Sequence[int]) -> dict[int, str]:
    if not numbers:
        return {}
    marks = ", ".join(["%s"] * len(numbers))
    return dict(rows(f"SELECT article_id, body FROM page WHERE article_id IN ({marks})", numbers))  # noqa: S608


def years() -> list[tuple[int, int]]:
    """(year, articles), newest first."""
    query = (
        f"SELECT substr(a.day, 1, 4) AS year, count(*) FROM article a WHERE {PUBLIC} AND a.day IS NOT NULL "  # noqa: S608
        "GROUP BY year ORDER BY year DESC"
    )
    return [(int(year), number) for year, number in rows(query)]


def parts_of(first: date, end: str, digits: int) -> list[tuple[int, int]]:
    """(month or day, articles) within a year or month: `digits` of the ISO date to count by, 7 or 10."""
    query = (
        f"SELECT substr(a.day, 1, {digits:d}) AS part, count(*) FROM article a "  # noqa: S608
        f"WHERE {PUBLIC} AND a.day >= %s AND a.day < %s GROUP BY part ORDER BY part"
    )
    return [(int(part[-2:]), number) for part, number in rows(query, (first.isoformat(), end))]


def sections(most: int = 1000) -> list[Name]:
    query = (
        "SELECT max(a.section), a.section_slug, count(*) AS number FROM article a "  # noqa: S608
        f"WHERE {PUBLIC} AND a.section_slug <> '' GROUP BY a.section_slug ORDER BY number DESC, 1 LIMIT %s"
    )
    return [Name(*row) for row in rows(query, (most,))]


def names(table: str, most: int = 1000) -> list[Name]:
    """The authors or topics with most articles; `table` is `author` or `topic`."""
    if table not in ("author", "topic"):
        raise ValueError(table)
    query = (
        f"SELECT max(n.name), n.slug, count(*) AS number FROM {table} n JOIN article a ON a.id = n.article_id "  # noqa: S608
        f"WHERE {PUBLIC} AND n.slug <> '' GROUP BY n.slug ORDER BY number DESC, 1 LIMIT %s"
    )
    return [Name(*row) for row in rows(query, (most,))]


def name_of(table: str, slug: str) -> str:
    """How a section, author or topic of this slug is written; empty if no published article has it."""
    if table == "section":
        query = f"SELECT a.section FROM article a WHERE a.section_slug = %s AND {PUBLIC} LIMIT 1"  # noqa: S608
    elif table in ("author", "topic"):
        query = (
            f"SELECT n.name FROM {table} n JOIN article a ON a.id = n.article_id WHERE n.slug = %s AND {PUBLIC} LIMIT 1"  # noqa: S608
        )
    else:
        raise ValueError(table)
    found = rows(query, (slug,))
    return str(found[0][0]) if found else ""


def last_change() -> tuple[int, datetime | None]:
    """(the highest change number, when the archive's articles were last written by an import)."""
    change = rows("SELECT max(change) FROM article")[0][0] or 0
    finished = rows("SELECT max(coalesce(finished, started)) FROM run")[0][0]
    return change, moment(finished)


# -- one article -------------------------------------------------------------------------------------

_PAGE = (
    "SELECT a.id, a.path, a.state, a.taken_down, a.revision, a.language, a.section_slug, a.published, a.modified, "
    "a.day, a.picture, a.article_zst, p.body FROM article a LEFT JOIN page p ON p.article_id = a.id WHERE a.path = %s"
)


def page(path: str) -> Found | None:
    found = rows(_PAGE, (path,))
    if not found:
        return None
    number, path, state, down, revision, language, section, published, modified, day, picture, article, body = found[0]
    return Found(
        id=number,
        path=path,
        state=state,
        taken_down=bool(down),
        revision=revision,
        language=language,
        section_slug=section,
        published=moment(published),
        modified=moment(modified),
        day=_date(day),
        picture=picture,
        article_zst=article,
        body=body or "",
    )


class Turn(msgspec.Struct, frozen=True):
    """An article that another one's page leads to."""

    path: str
    headline: str
    language: str
    day: date | None


def neighbours(article: Found) -> tuple[Turn | None, Turn | None]:
    """(the one before, the one after) in the order of publication; none for undated articles."""
    if article.day is None:
        return None, None
    values = (article.day.isoformat(), stored(article.published), article.id)
    found = {row[0]: _turn(row[1:]) for row in rows(_NEIGHBOURS, values + values)}
    return found.get("before"), found.get("after")


def _neighbour(name: str, sign: str, order: str) -> str:
    return (
        f"SELECT * FROM (SELECT '{name}', a.path, a.headline, a.language, a.day FROM article a WHERE {PUBLIC} "  # noqa: S608
        f"AND (a.day, a.published, a.id) {sign} (%s, %s, %s) ORDER BY a.day {order}, a.published {order}, a.id {order} "
        "LIMIT 1)"
    )


_NEIGHBOURS = f"{_neighbour('before', '<', 'DESC')} UNION ALL {_neighbour('after', '>', 'ASC')}"


def _turn(row: tuple[Any, ...]) -> Turn:
    path, headline, language, day = row
    return Turn(path, headline, language, _date(day))


def stored(when: datetime | None) -> str:
    """A time as the database holds it, for comparing."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if when else ""


_LOOKED_AT = 40
_SHARED = f"SELECT * FROM (SELECT article_id FROM topic WHERE slug = %s ORDER BY id DESC LIMIT {_LOOKED_AT})"  # noqa: S608


def related(article: int, topics: Sequence[str], most: int = 4) -> list[Turn]:
    """Other articles that share most topics, the newest first: of the 40 newest of each of the first four topics."""
    topics = list(dict.fromkeys(topics))[:4]
    if not topics:
        return []
    query = (
        f"SELECT a.path, a.headline, a.language, a.day FROM ({' UNION ALL '.join([_SHARED] * len(topics))}) t "  # noqa: S608
        f"JOIN article a ON a.id = t.article_id WHERE {PUBLIC} AND a.id <> %s "
        "GROUP BY a.id ORDER BY count(*) DESC, a.day DESC, a.id DESC LIMIT %s"
    )
    return [_turn(row) for row in rows(query, (*topics, article, most))]


def old_address(host: str, old: str) -> tuple[str, str, bool] | None:
    """(path, state, taken down) of the article that an old address belonged to; one on the same host comes first."""
    query = (
        "SELECT a.path, a.state, a.taken_down FROM redirect r JOIN article a ON a.id = r.article_id "
        "WHERE r.old = %s ORDER BY (r.host = %s) DESC, (r.host = '') DESC, a.id DESC LIMIT 1"
    )
    found = rows(query, (old, host))
    return (found[0][0], found[0][1], bool(found[0][2])) if found else None


def sitemap_bounds(size: int) -> list[tuple[int, int, datetime | None]]:
    """(first id, last id, last change) of each file of `size` published articles."""
    query = (
        f"SELECT min(id), max(id), max(stamp) FROM (SELECT a.id, coalesce(a.modified, a.published) AS stamp, "  # noqa: S608
        f"(row_number() OVER (ORDER BY a.id) - 1) / {size:d} AS file FROM article a WHERE {PUBLIC}) "
        "GROUP BY file ORDER BY file"
    )
    return [(first, last, moment(stamp)) for first, last, stamp in rows(query)]


def sitemap(first: int, last: int) -> list[tuple[str, datetime | None]]:
    query = (
        "SELECT a.path, coalesce(a.modified, a.published) FROM article a "  # noqa: S608
        f"WHERE {PUBLIC} AND a.id BETWEEN %s AND %s ORDER BY a.id"
    )
    return [(path, moment(stamp)) for path, stamp in rows(query, (first, last))]
