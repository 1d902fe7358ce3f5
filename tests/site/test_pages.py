"""The website's pages, asked by Django's test client: what they show, and what they must never show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Get = Callable[..., Any]
ARTICLE = "/2014/05/03/ja-zum-neuen-leben-im-alten-bahnhof-1207"
HIDDEN = ("Zurückgehalten: der Beweis fehlt", "Entwurf: nie erschienen", "Zurückgezogen: vom Netz genommen")
LISTS = (
    "/", "/section/region/", "/section/kultur/", "/author/anna-keller/", "/topic/bahnhof/", "/years/",
    "/2014/", "/2014/05/",
    "/2014/05/02/", "/undated/", "/sections/", "/topics/", "/authors/", "/search?q=zurueckgezogen+entwurf+beweis",
    "/feed.rss", "/feed.atom", "/feed.json", "/section/region/feed.rss", "/sitemap.xml", "/sitemap-1.xml",
    "/robots.txt",
)  # fmt: skip


def text(answer: Any) -> str:
    return answer.content.decode()  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", LISTS)
def test_lists_answer_and_hide_what_is_not_published(site: Get, path: str) -> None:
    answer = site(path)
    assert answer.status_code == 200
    assert not [headline for headline in HIDDEN if headline in text(answer)]
    assert not re.search(r"-300[234]\b", text(answer))
    if not path.endswith("json"):
        assert "<script>alert" not in text(answer)


@pytest.mark.parametrize("path", [*LISTS, ARTICLE, "/nix", "/-/nix.css", "/media/nix.jpg"])
def test_every_answer_carries_the_strict_headers(site: Get, path: str) -> None:
    answer = site(path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize("path", [*LISTS, "/undated/undatiert-ein-brief-ohne-jahr-3001"])
def test_a_kicker_that_is_the_section_is_not_shown_twice(site: Get, path: str) -> None:
    answer = site(path)
    assert answer.status_code == 200
    assert not re.search("REGION|KULTUR|SPORT|WIRTSCHAFT|CULTUR", text(answer))


@pytest.mark.parametrize(
    ("kicker", "section", "shown"),
    [("News", "News", ""), (" NEWS\n", "News", ""), ("Aus der\u00a0Region", "aus der Region", ""),
     ("STRASSE", "Straße", ""), ("", "News", ""), ("News", "", "News"), ("Newsticker", "News", "Newsticker")],
)  # fmt: skip
def test_a_kicker_is_shown_where_it_says_more(kicker: str, section: str, shown: str) -> None:
    from backfile.site.queries import own_kicker

    assert own_kicker(kicker, section) == shown


# -- the article ----------------------------------------------------------------------------------------


def test_article_page(site: Get) -> None:
    page = text(site(ARTICLE))
    assert '<html lang="de-CH">' in page
    assert "<h1>Ja zum <em>neuen Lebe</em>n im alten Bahnhof</h1>" in page
    assert 'Von <a rel="author" href="/author/anna-keller/">Anna Keller</a> und <a rel="author"' in page
    assert "(sda)" in page
    assert "Oberwil am See, " in page
    assert '<time datetime="2014-05-03T17:20:00+02:00">3. Mai 2014, 17:20 Uhr</time>' in page
    assert 'href="/section/region/">Region</a>' in page
    assert 'href="/topic/denkmalpflege/"' in page
    assert "1 Kommentar von damals" in page
    assert "Endlich! &lt;b&gt;Bravo&lt;/b&gt;" in page
    assert "Nie freigegeben" not in page
    assert "Zum gleichen Thema" in page
    assert 'rel="prev" href="/2014/05/02/' in page
    assert "schon einmal umgezogen" not in page
    assert '<link rel="canonical" href="http://testserver' + ARTICLE in page
    assert '<meta property="og:image" content="http://testserver/media/bahnhof.jpg">' in page


def test_structured_data(site: Get) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(site(ARTICLE)))
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Ja zum neuen Leben im alten Bahnhof"
    assert [author["name"] for author in data["author"]] == ["Anna Keller", "Reto Fässler"]
    assert data["datePublished"] == "2014-05-03T17:20:00+02:00"
    assert data["inLanguage"] == "de-CH"


def test_a_headline_of_markup_is_text_everywhere(site: Get) -> None:
    path = "/2014/05/02/ein-script-alert-x-script-zitat-3008"
    page = text(site(path))
    assert "<script>alert" not in page
    assert page.count("<script") == 2
    data = re.search(r'ld\+json">(.*?)</script>', page)
    assert data
    assert json.loads(data[1])["headline"] == 'Ein <script>alert("x")</script> & "Zitat"'


def test_the_proof_finds_the_stored_text_on_the_page(site: Get, newspaper: Path) -> None:
    from backfile.article import from_json
    from backfile.proof import prove_page
    from backfile.site import queries
    from backfile.store.packing import unpack

    page = text(site(ARTICLE))
    found = queries.page(ARTICLE)
    assert found
    body = page[page.index('<div class="body" id="text">') : page.index("</article>\n<div class=")]
    assert prove_page(from_json(unpack(found.article_zst)), body.rstrip().removesuffix("</div>")).problems == ()


@pytest.mark.parametrize(
    ("path", "language", "word"),
    [
        ("/2014/05/01/le-bac-fete-ses-cent-ans-3005", "fr-CH", "Signaler une erreur"),
        ("/2014/05/02/the-ferry-and-its-name-3006", "en-GB", "Report a display error"),
        ("/2014/05/02/il-battello-e-il-suo-nome-3007", "it-CH", "Segnalare un errore"),
    ],
)
def test_the_page_speaks_the_articles_language(site: Get, path: str, language: str, word: str) -> None:
    page = text(site(path))
    assert f'<html lang="{language}">' in page
    assert word in page
    assert "Suchen" not in page


def test_held_and_withheld_are_not_there_and_withdrawn_is_gone(site: Get) -> None:
    assert site("/2014/05/02/zurueckgehalten-der-beweis-fehlt-3002").status_code == 404
    assert site("/2014/05/02/entwurf-nie-erschienen-3003").status_code == 404
    assert site("/2014/05/02/zurueckgezogen-vom-netz-genommen-3004").status_code == 410
    assert site("/?p=3004").status_code == 410
    assert site("/?p=3002").status_code == 404 or "zurueckgehalten" not in site("/?p=3002").headers.get("Location", "")


def test_unchanged_is_304_and_changes_with_the_notice_mode(site: Get, newspaper: Path) -> None:
    first = site(ARTICLE)
    tag = first.headers["ETag"]
    again = site(ARTICLE, headers={"If-None-Match": f'"other", {tag}'})
    assert again.status_code == 304
    assert not again.content
    assert again.headers["ETag"] == tag


# -- the notice -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "state", "shown"),
    [
        ("always", "clean", True),
        ("always", "flagged", True),
        ("open-faults", "clean", False),
        ("open-faults", "flagged", True),
        ("never", "flagged", False),
    ],
)
def test_when_the_notice_is_shown(mode: str, state: str, shown: bool) -> None:
    from backfile.config import NoticeSection
    from backfile.site.languages import GERMAN
    from backfile.site.notice import notice

    found = notice(NoticeSection(mode=mode), GERMAN, "de-CH", state, "a@b.example")  # type: ignore[arg-type]
    assert bool(found) is shown
    if shown:
        assert ("entschuldigen" in found) is (state == "flagged")
        assert '<a href="mailto:a@b.example">a@b.example</a>' in found
        assert "data-generated" in found


def test_the_publishers_own_words_go_first() -> None:
    from backfile.config import NoticeSection
    from backfile.site.languages import FRENCH, GERMAN
    from backfile.site.notice import notice

    section = NoticeSection(wording={"de": {"clean": "Schreiben Sie uns <b>jetzt</b>:"}})
    assert "Schreiben Sie uns &lt;b&gt;jetzt&lt;/b&gt;: <a href=" in notice(
        section, GERMAN, "de-AT", "clean", "a@b.example"
    )
    without = notice(NoticeSection(), FRENCH, "fr", "clean", "")
    assert "la signaler.</p>" in without


def test_no_german_word_has_a_sharp_s() -> None:
    from backfile.site.languages import GERMAN

    assert "ß" not in repr(GERMAN)


# -- old addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old",
    [
        "/artikel.php?id=1207",
        "/artikel.php?utm_source=x&id=1207&fbclid=y",
        "/region/story/1207",
        "/region/story/1207/",
        "/region/story/1207/?utm_source=x",
    ],
)
def test_old_addresses_lead_on(site: Get, old: str) -> None:
    answer = site(old)
    assert answer.status_code == 301
    assert answer.headers["Location"] == ARTICLE


def test_old_front_page_queries_lead_on(site: Get) -> None:
    answer = site("/?p=2003")
    assert (answer.status_code, answer.headers["Location"][-5:]) == (301, "-2003")
    assert site("/?p=999999").status_code == 200


def test_a_slash_too_many_leads_on(site: Get) -> None:
    answer = site(ARTICLE + "/")
    assert (answer.status_code, answer.headers["Location"]) == (301, ARTICLE)


@pytest.mark.parametrize(
    "path",
    ["/nix", "/2014/13/", "/2014/02/30/", "/0000/", "/9999/12/31/", "/section/nix/", "/topic/nix/", "/author/nix/",
     "/section/region/?page=99",
     "/2014/05/03/nix", "/sitemap-0.xml", "/sitemap-99.xml", "/media/../backfile.toml", "/media/..%2fbackfile.toml",
     "/media/%2e%2e/archive.sqlite3", "/report/0", "/report/99999999999999999999",
     "/%00", "/%ff", "/-/style.css", "/a" * 2000],
)  # fmt: skip
def test_what_is_not_there_is_404(site: Get, path: str) -> None:
    answer = site(path)
    assert answer.status_code == 404
    assert "Seite nicht gefunden" in text(answer)


# -- lists ----------------------------------------------------------------------------------------------


def test_paging_names_its_neighbours(site: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    from backfile.site.views import lists

    monkeypatch.setattr(lists, "PER_PAGE", 10)
    seen: list[str] = []
    path = "/author/anna-keller/"
    before = ""
    while path:
        page = text(site(path))
        found = re.search(r'<link rel="prev" href="([^"]+)"', page)
        assert (found[1] if found else "") == before
        seen += re.findall(r'<h2><a href="([^"]+)"', page)
        following = re.search(r'<link rel="next" href="([^"]+)"', page)
        before, path = path, following[1] if following else ""
    assert f"{len(seen)} Artikel" in page
    assert len(seen) == len(set(seen)) > 20


def test_undated_are_listed_as_undated(site: Get) -> None:
    page = text(site("/undated/"))
    assert "Undatiert: Ein Brief ohne Jahr" in page
    assert "Datum nicht überliefert" in page
    assert "Undatiert" not in text(site("/2026/")) if site("/2026/").status_code == 200 else True
    assert "Datum nicht überliefert" in text(site("/undated/undatiert-ein-brief-ohne-jahr-3001"))


def test_search(site: Get) -> None:
    page = text(site("/search?q=bahnhoefe"))
    assert "<mark>Bahnhof" in page
    assert "Nichts gefunden für «xyzzy»" in text(site("/search?q=xyzzy"))
    assert "&lt;script&gt;" in text(site("/search?q=<script>"))
    assert site('/search?q="&year=x&section=%00&language=(&page=-1').status_code == 200
    assert site("/search").status_code == 200


def test_search_filters(site: Get) -> None:
    assert "Le bac" in text(site("/search?q=elever&language=fr")) or "Le bac" in text(
        site("/search?q=élève&language=fr")
    )
    assert "Le bac" not in text(site("/search?q=élève&language=de"))
    assert "Ja zum" in text(site("/search?q=bahnhof&section=region&year=2014"))
    assert "Ja zum" not in text(site("/search?q=bahnhof&year=2013"))


# -- feeds and sitemaps -----------------------------------------------------------------------------------


def test_feeds(site: Get) -> None:
    rss = ElementTree.fromstring(text(site("/feed.rss")))
    titles = [item.findtext("title") for item in rss.iter("item")]
    assert titles[0] == "Ja zum neuen Leben im alten Bahnhof"
    assert len(titles) <= 50
    atom = ElementTree.fromstring(text(site("/feed.atom")))
    space = "{http://www.w3.org/2005/Atom}"
    assert atom.findtext(f"{space}entry/{space}id") == f"http://testserver{ARTICLE}"
    made = json.loads(site("/feed.json").content)
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["items"][0]["date_published"] == "2014-05-03T15:20:00+00:00"
    assert {item["tags"][0] for item in json.loads(site("/section/region/feed.json").content)["items"]} == {"Region"}


def test_sitemaps_hold_every_published_article_with_its_own_time(site: Get) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(text(site("/sitemap.xml")))
    assert [loc.text for loc in index.iter(f"{space}loc")] == ["http://testserver/sitemap-1.xml"]
    found = ElementTree.fromstring(text(site("/sitemap-1.xml")))
    times = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in found}
    assert len(times) == 46
    assert times[f"http://testserver{ARTICLE}"] == "2014-05-05T06:00:00+00:00"
    assert times["http://testserver/undated/undatiert-ein-brief-ohne-jahr-3001"] is None
    assert "Sitemap: http://testserver/sitemap.xml" in text(site("/robots.txt"))


def test_sitemaps_are_cut_at_the_protocols_limit(site: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    from backfile.site import queries

    bounds = queries.sitemap_bounds(10)
    assert len(bounds) == 5
    sizes = [len(queries.sitemap(first, last)) for first, last, _ in bounds]
    assert sizes == [10, 10, 10, 10, 6]


# -- files ----------------------------------------------------------------------------------------------


def test_the_sites_own_files_are_small_and_kept(site: Get) -> None:
    page = text(site("/"))
    style = re.search(r'href="(/-/style\.[0-9a-f]+\.css)"', page)
    assert style
    answer = site(style[1])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.content) <= 12 * 1024
    assert "http" not in text(answer).replace("a[href^=http]", "")
    assert "@import" not in text(answer)


def test_media(site: Get) -> None:
    answer = site("/media/bahnhof.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    answer.close()


def test_changed_configuration_is_read_again(site: Get, newspaper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from backfile.site.about import About

    about = About(newspaper)
    assert about.fresh()
    monkeypatch.setattr(about, "stamp", "0")
    assert not about.fresh()
