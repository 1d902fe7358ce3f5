"""Saved pages: their key, what is excluded by name, what comes out, and that the whole page is accounted for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_linear

from backfile.article import plain_text
from backfile.inspection import inspect
from backfile.proof import prove
from backfile.record import Excluded, Options, Origin, Record, Reject
from backfile.shaping import page, shape
from backfile.shaping.tokens import tokenize
from backfile.sources.pages import NO_ARTICLE, SOURCE, address, has_text


def records(path: Path) -> list[Record]:
    return [item for item in SOURCE.items(path, Options()) if isinstance(item, Record)]


def test_the_article_of_a_page(samples: Path) -> None:
    assert SOURCE.recognise(samples / "pages") == 70
    (record,) = records(samples / "pages")
    assert record.key == "https://www.wyssbacher.example/2014/velostrassen-1.200"
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    article = shaped.article
    assert article.lead.text == "Der Stadtrat plant sechs Velostrassen quer durch das Quartier."
    assert article.bylines == ("Lea Sommer",)
    assert article.section == "Stadt"
    assert article.published is not None
    text = plain_text(article)
    for wanted in ("Wer mit dem Velo", "Widerstand der Gewerbler", "Die Stadträtin zeigte", "Bald Vortritt"):
        assert wanted in text
    for chrome in ("Cookies", "Teilen", "Endlich geht es", "Ein Hund rettet", "Lesen Sie auch", "Startseite"):
        assert chrome not in text
    reasons = {op.reason for op in shaped.account if hasattr(op, "reason")}
    assert {"cookie banner", "navigation", "comment area", "teaser", "share bar", "page footer", "script"} <= reasons


def test_the_whole_page_is_proved(samples: Path) -> None:
    (record,) = records(samples / "pages")
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
    assert verdict.state == "proved", verdict.problems


def test_a_page_of_links_is_excluded_by_name(samples: Path) -> None:
    found = [item for item in SOURCE.items(samples / "pages", Options()) if isinstance(item, Excluded)]
    assert [(item.rule, item.key) for item in found] == [(NO_ARTICLE, "rubrik.html")]


def test_files_of_other_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>" + b"Ein Satz mit vielen guten Worten. " * 10 + b"</p>"))
    (tmp_path / "b.css").write_text("p {}")
    (tmp_path / "c.html").write_bytes(b"")
    (tmp_path / "d.html").write_bytes(b"\x89PNG\x00\x00\x00")
    kinds = [type(item) for item in SOURCE.items(tmp_path, Options())]
    assert kinds == [Record, Excluded, Reject, Reject]


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link href="https://a.example/x?a=1&amp;b=2" rel="canonical">', "https://a.example/x?a=1&b=2"),
        ('<meta property="og:url" content="https://a.example/x">', "https://a.example/x"),
        ('<link rel="canonical" href="https://a.example/">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="https://[broken/x">', ""),
        ("<!-- saved from url=(0029)http://a.example/alt.html -->", "http://a.example/alt.html"),
    ],
)
def test_the_address_of_a_page(head: str, url: str) -> None:
    assert address(head) == url


def test_parts_of_one_article_are_kept_together() -> None:
    part = "<div class='part'><p>{}</p></div><div class='ad-slot'><a href='/x'>Kauf mich</a></div>"
    body = "".join(
        part.format(f"Teil {n}: " + "Der Bericht geht hier weiter, und zwar ausführlich. " * 4) for n in range(6)
    )
    source = f"<html><body><nav><a href='/'>Start</a></nav><div id='c'><h1>Ein Bericht</h1>{body}</div></body></html>"
    tokens = tokenize(source)
    found = page.read(source, "page", tokens)
    kept = "".join(source[a:b] for a, b in found.ranges)
    assert all(f"Teil {n}:" in kept for n in range(6))
    assert "Kauf mich" not in kept


FRAGMENTS = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<h1>", "</h1>", "<a href='/x'>", "</a>", "<!-- ein Satz mit vier Worten -->", "<aside>",  # noqa: E501
     "</aside>", "<nav>", "<b", "</b>", "<script>var x;</script>", "<ul><li>", "</ul>", '<img alt="Ein Bild" src="b.jpg">',  # noqa: E501
     "Der Rat hat gestern beschlossen, dass alles neu wird, und zwar sofort. ", "x<y ", "&amp; &uuml;", "<title>T</title>",  # noqa: E501
     '<div class="comments">', '<p class="lead">', "<br>", "<table><tr><td>", "</table>", "<!--"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=40))
def test_every_word_of_any_page_is_accounted_for(parts: list[str]) -> None:
    source = "".join(parts)
    record = Record(source="t", key="k", format="pages", media="html", payload=source.encode(), origin=Origin("a.html"))
    shaped = shape(record, SOURCE.fields(record, Options()), Options())
    verdict = prove(record, SOURCE.spec, shaped.article, shaped.account, (), shaped.article)
    assert [p for p in verdict.problems if p.kind == "loss" and not p.note] == []


@pytest.mark.parametrize(
    ("unit", "after", "end"),
    [
        ("<div>", "", ""),
        ("<script>", "", ""),
        ("<a href=x>", "", ""),
        ("<link rel=canonical ", "", ""),
        ("<!-- -", "", ""),
        ("<div><b>", "</i></b>", ""),
        ('<div class="kicker lead author">', "", "x"),
    ],
)
def test_hostile_pages_take_linear_time(unit: str, after: str, end: str) -> None:
    def look(count: int) -> None:
        source = unit * count + after * count + end
        has_text(source)
        address(source)
        page.read(source)

    assert_linear(look, 2_500)


def test_inspection_tells_what_there_is(samples: Path) -> None:
    facts = inspect(samples / "pages", Options())
    assert (facts.source, facts.records, facts.left_out) == ("pages", 1, 1)
    assert facts.excluded == {NO_ARTICLE: 1}
    assert facts.years == {"2014": 1}
    assert facts.languages == {"de-ch": 1}
    assert {f.role for f in facts.fields} >= {"headline", "lead", "byline", "published", "section", "body"}
    table = inspect(samples / "tables" / "artikel.csv", Options())
    assert (table.records, table.rejected, table.years) == (2, 1, {"2001": 1, "2002": 1})
