"""An archive's articles as targets get them: streamed, in a fixed order, the public ones unless all are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from backfile.article import from_json
from backfile.store.archive import Archive
from backfile.store.packing import unpack
from backfile.store.reading import whole
from backfile.targets import Delivery, Site

PUBLIC = "article.state IN ('clean', 'flagged') AND NOT article.taken_down"
_QUERY = (
    "SELECT article.id, article.path, state, article.revision, article_zst, page.body FROM article "
    "LEFT JOIN page ON page.article_id = article.id WHERE article.id > ? AND {which} ORDER BY article.id LIMIT 200"
)


def deliveries(archive: Archive, *, everything: bool = False) -> Iterator[Delivery]:
    """All public articles in the order of the import; with `everything` held, withheld and taken-down ones too.

    Read in short queries, so that an import may write meanwhile.
    """
    query = _QUERY.format(which="1" if everything else PUBLIC)
    last = 0
    while rows := archive.db.execute(query, (last,)).fetchall():
        for number, path, state, revision, article, body in rows:
            with whole(f"article {number}"):
                stored = from_json(unpack(article))
            yield Delivery(
                article=stored,
                path=path,
                state=state,
                revision=revision,
                body=body or "",
                redirects=_redirects(archive, number),
                media=_media(archive, number),
            )
        last = rows[-1][0]


def _redirects(archive: Archive, article: int) -> tuple[str, ...]:
    rows = archive.db.execute("SELECT host, old FROM redirect WHERE article_id = ? ORDER BY id", (article,))
    return tuple(f"{host}{old}" for host, old in rows)


def _media(archive: Archive, article: int) -> dict[str, str]:
    query = (
        "SELECT media_use.url, media.file FROM media_use JOIN media ON media.id = media_use.media_id "
        "WHERE article_id = ? ORDER BY media_use.id"
    )
    return dict(archive.db.execute(query, (article,)).fetchall())


def site(archive: Archive) -> Site:
    """What a target may say about the whole archive."""
    about = archive.config.archive
    return Site(
        title=about.title or archive.folder.resolve().name,
        url=about.url,
        language=about.language or "de-CH",
        address=about.address,
        media=archive.media,
    )
