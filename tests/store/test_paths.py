"""Addresses on the new website and of the old one."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.store.paths import LONGEST_OLD, LONGEST_SLUG, article_path, name_slug, old_path, other_path, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grüsse aus Zürich!", "gruesse-aus-zuerich"),
        ("L’été à Genève", "lete-a-geneve"),
        ("Strasse – 3. Etappe", "strasse-3-etappe"),
        ("Ångström & Œuvre", "angstroem-oeuvre"),
        ("Größe", "groesse"),
        ("Zu\u0308rich", "zuerich"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_headline_is_cut_at_a_words_end() -> None:
    found = slug("Gemeindeversammlung " * 10)
    assert found == "gemeindeversammlung-gemeindeversammlung-gemeindeversammlung"
    assert len(slug("x" * 500)) == LONGEST_SLUG


@given(st.text(), st.text(min_size=1))
def test_a_path_is_ascii_and_never_empty(headline: str, key: str) -> None:
    path = article_path(headline, None, "quelle", key)
    assert path.isascii()
    assert path.startswith("/undated/")
    assert len(path) < 120
    assert not set(path) & set("?#% .\\")


def test_the_key_tells_apart_and_odd_keys_become_hashes() -> None:
    day = datetime(2014, 5, 3)
    assert article_path("Ein Titel", day, "s", "1207") == "/2014/05/03/ein-titel-1207"
    one, other = article_path("T", day, "s", "../a b.txt"), article_path("T", day, "s", "../a b.TXT")
    assert one != other
    assert ".." not in one
    assert other_path(one, "s", "k") != other_path(one, "s", "k2")


def test_names_always_have_a_page() -> None:
    assert name_slug("Ärzte ohne Zeit") == "aerzte-ohne-zeit"
    assert name_slug("新聞").startswith("x")
    assert name_slug("新聞") != name_slug("電車")
    assert name_slug("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.seebote.ch/2010/05/titel/", "http://seebote.ch/2010/05/titel"),
        ("https://seebote.ch/?p=7&x=1", "https://seebote.ch/?x=1&p=7"),
        ("https://seebote.ch/z%C3%BCrich", "https://seebote.ch/zürich"),
        ("https://seebote.ch/a%2520b", "https://seebote.ch/a%2520b/"),
        ("https://seebote.ch/a#unten", "https://seebote.ch/a"),
    ],
)
def test_old_addresses_that_are_the_same(one: str, other: str) -> None:
    assert old_path(one) == old_path(other)
    assert old_path(one)[1]


@pytest.mark.parametrize("url", ["", "https://seebote.ch/", "javascript:alert(1)", "http://[::1", "mailto:a@b.ch"])
def test_what_leads_nowhere(url: str) -> None:
    assert old_path(url) == ("", "")


@pytest.mark.parametrize("unit", ["x", "ä", "%C3%A4", "lang/", "a=1&"])
def test_an_old_address_is_never_cut(unit: str) -> None:
    """A part of an address is another address: it would lead readers elsewhere."""
    path = unit * (LONGEST_OLD // len(unit) + 1)
    assert old_path(f"https://seebote.ch/{path}") == ("", "")
    assert old_path(f"https://seebote.ch/?{path}z=ende") == ("", "")


@given(st.text() | st.builds(str.__mul__, st.text(min_size=1, max_size=9), st.integers(200, 900)))
def test_old_path_never_raises_and_is_stable(url: str) -> None:
    host, path = old_path(url)
    if path:
        assert old_path(f"https://{host or 'x'}{path}")[1] == path


@given(
    st.from_regex(r"https?://(www\.)?[a-z.]{1,9}/[A-Za-z0-9/._-]{0,20}(\?[a-z]{1,5}=[a-z0-9]{1,5})?", fullmatch=True)
)
def test_the_short_way_gives_what_the_long_way_gives(url: str) -> None:
    assert old_path(url) == old_path(f" {url}")  # a space in front makes it take the long way
