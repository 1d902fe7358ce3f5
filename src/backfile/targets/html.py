"""A folder of static HTML: an index, a page for each year and each article, the pictures, the old addresses.

Opens from a disk without a server (all links are relative) and needs no script. `redirects.tsv` lists
old address and new page, for whatever server will answer the old ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TextIO
from urllib.parse import quote

from backfile.article import Article
from backfile.errors import ArchiveError, UsageError
from backfile.render import body, inline
from backfile.targets import Delivery, Receipt, Site

MARKER = ".backfile-export"
UNDATED = "undated"


class StaticHtml:
    name = "html"
    title = "A folder of static HTML"

    def write(self, deliveries: Iterable[Delivery], site: Site, path: Path) -> Receipt:
        """Write to the folder `path`, which must be new, empty, or an earlier export of this kind."""
        goal = path.resolve()
        _refuse_foreign(goal)
        partial, old = goal.with_name(f".{goal.name}.partial"), goal.with_name(f".{goal.name}.old")
        for folder in (partial, old):
            _refuse_foreign(folder)
        try:
            for folder in (partial, old):  # of an export that was killed
                shutil.rmtree(folder, ignore_errors=True)
            partial.mkdir(parents=True)
            receipt = _Folder(partial, site).write(deliveries)
            if goal.exists():
                goal.rename(old)
            partial.rename(goal)
        except OSError as problem:
            raise ArchiveError(f"cannot write {path}: {problem.strerror}", hint="name a place with room") from problem
        finally:
            for folder in (partial, old):
                shutil.rmtree(folder, ignore_errors=True)
        return Receipt(receipt.articles, receipt.files, receipt.length, str(path))


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file", hint="name a folder that is new or empty")
    if path.is_dir() and any(path.iterdir()) and not (path / MARKER).exists():
        raise UsageError(f"{path} holds other files", hint="name a folder that is new or empty")


class _Folder:
    """One export while it is written. Lists of years lie on disk while they grow: memory stays flat."""

    def __init__(self, root: Path, site: Site) -> None:
        self.root, self.site = root, site
        self.articles = self.files = self.length = 0
        self.years: dict[str, int] = {}
        self.css = files("backfile.targets").joinpath("html.css").read_text(encoding="utf-8")

    def write(self, deliveries: Iterable[Delivery]) -> Receipt:
        self._put(PurePosixPath(MARKER), "made by backfile export --to html\n")
        with (self.root / "redirects.tsv").open("w", encoding="utf-8", newline="\n") as redirects:
            for delivery in deliveries:
                self._article(delivery, redirects)
        for year in self.years:
            self._year(year)
        self._index()
        self._put(PurePosixPath("style.css"), self.css)
        return Receipt(self.articles, self.files + 1, self.length, "")

    def _article(self, delivery: Delivery, redirects: TextIO) -> None:
        article = delivery.article
        place = _place(delivery.path)
        up = "../" * (len(place.parts) - 1)
        self._put(place, _page(article, up, self.site, body(article, media=f"{up}media/")))
        for file in sorted(set(delivery.media.values())):
            self._media(file)
        for old in delivery.redirects:
            address = " ".join(old.split())
            redirects.write(f"{address}\t{place}\n")
        year = str(article.published.year) if article.published else UNDATED
        with (self.root / f"{year}.list").open("a", encoding="utf-8") as entries:
            entries.write(_entry(article, place) + "\n")
        self.years[year] = self.years.get(year, 0) + 1
        self.articles += 1

    def _media(self, file: str) -> None:
        name = PurePosixPath(file).name
        source, goal = (self.site.media or Path()) / name, self.root / "media" / name
        if self.site.media and source.is_file() and not goal.exists():
            goal.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, goal)
            self.files, self.length = self.files + 1, self.length + goal.stat().st_size

    def _year(self, year: str) -> None:
        entries = self.root / f"{year}.list"
        lines = sorted(entries.read_text(encoding="utf-8").splitlines())
        items = "".join(line.partition("\t")[2] for line in lines)
        inside = f"<h1>{escape(year)}</h1><ul>{items}</ul>"
        self._put(PurePosixPath(f"{year}.html"), _frame(year, self.site, "", self.site.language, inside))
        entries.unlink()

    def _index(self) -> None:
        items = "".join(
            f'<li><a href="{year}.html">{escape(year)}</a> <small>{count}</small></li>'
            for year, count in sorted(self.years.items())
        )
        inside = f"<h1>{escape(self.site.title)}</h1><ul>{items}</ul>"
        self._put(PurePosixPath("index.html"), _frame(self.site.title, self.site, "", self.site.language, inside))

    def _put(self, place: PurePosixPath, text: str) -> None:
        goal = self.root / place
        goal.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode("utf-8", "replace")
        goal.write_bytes(data)
        self.files, self.length = self.files + 1, self.length + len(data)


def _place(path: str) -> PurePosixPath:
    """The file of an address; never outside the folder, whatever the address is."""
    parts = [part for part in PurePosixPath(path).parts if part not in ("/", ".", "..")]
    return PurePosixPath(*parts[:-1], f"{parts[-1] if parts else 'article'}.html")


def _entry(article: Article, place: PurePosixPath) -> str:
    """One line of a year's list: what it is sorted by, a tab, the HTML."""
    day = article.published.strftime("%Y-%m-%d") if article.published else ""
    headline = " ".join(article.headline.text.split()) or article.key
    link = f'<a href="{quote(str(place))}">{escape(headline)}</a>'
    return f"{day}{article.key}".replace("\t", " ") + f"\t<li>{link} <small>{day}</small></li>"


def _page(article: Article, up: str, site: Site, html: str) -> str:
    language = article.language or site.language
    kicker = f'<p class="kicker">{inline(article.kicker)}</p>' if article.kicker.text else ""
    bylines = f'<p class="byline">{escape(", ".join(article.bylines))}</p>' if article.bylines else ""
    day = article.published
    date = f'<p class="date"><time datetime="{day.isoformat()}">{day:%Y-%m-%d}</time></p>' if day else ""
    head = f"<header>{kicker}<h1>{inline(article.headline)}</h1>{bylines}{date}</header>"
    return _frame(article.headline.text, site, up, language, f"<article>{head}{html}</article>")


def _frame(title: str, site: Site, up: str, language: str, inside: str) -> str:
    name = escape(site.title)
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; "
        "style-src 'self' file:\">"
        f'<title>{escape(title)} · {name}</title><link rel="stylesheet" href="{up}style.css"></head>'
        f'<body><nav><a href="{up}index.html">{name}</a></nav><main>{inside}</main></body></html>\n'
    )


TARGET = StaticHtml()
