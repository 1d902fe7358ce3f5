"""The article page: the body rendered at import, with its frame, the notice and the form put around it.

The frame is rendered from its template once per language and half minute, with marks where an article's own
parts go; an article then costs one query for itself, two for its neighbours, one or a few for its relations.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from backfile.article import Article, Comment, from_json
from backfile.render import inline
from backfile.render.urls import media_url
from backfile.site import queries, tokens
from backfile.site.about import About, about
from backfile.site.assets import theme
from backfile.site.languages import LANGUAGES, Words, counted, long_date, long_time, right_to_left, words_for
from backfile.site.notice import notice
from backfile.site.page import base_url, context, gone
from backfile.site.queries import Found, Turn
from backfile.site.views.missing import missing
from backfile.store.packing import unpack
from backfile.store.paths import name_slug

slug = lru_cache(maxsize=5_000)(name_slug)

_EDGE = "\x02"
_SLOTS = ("lang", "title", "head", "language", "header", "body", "notice", "action", "token", "revision", "after")
_MAX_AGE = 300


def article(request: HttpRequest, path: str = "") -> HttpResponse:
    """200, or 304 where the reader has it; 410 if withdrawn; held and withheld articles are 404."""
    found = queries.page(request.path_info)
    if found is None:
        return missing(request)
    if found.taken_down:
        return gone()
    if found.state not in ("clean", "flagged"):
        return missing(request)
    here = about()
    tag = _etag(found, here)
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(_page(found, here, base_url(request)))
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={_MAX_AGE}"
    return response


def _etag(found: Found, here: About) -> str:
    """Revision, state and notice mode, the look, and the stamp of the configuration that words the notice."""
    return f'W/"{found.id}-{found.revision}-{found.state}-{here.config.notice.mode}-{theme()}-{here.stamp}"'


def _page(found: Found, here: About, base: str) -> str:
    article = from_json(unpack(found.article_zst))
    language = article.language or here.language
    words = words_for(language, here.language)
    speaks = language if language[:2].lower() in LANGUAGES else here.language
    parts = {
        "lang": escape(speaks),
        "title": f"{escape(_headline(article, words))} · {escape(here.title)}",
        "head": _head(found, article, here, words, base),
        "language": _language(language, speaks),
        "header": _header(found, article, words),
        "body": found.body,
        "notice": notice(here.config.notice, words, language, found.state, here.address),
        "action": f"/report/{found.id}",
        "token": tokens.make(found.id),
        "revision": str(found.revision),
        "after": _after(found, article, words, speaks),
    }
    pieces = here.fact(f"frame-{words.code}", lambda: _frame(words))
    return "".join([parts.get(piece, piece) if number % 2 else piece for number, piece in enumerate(pieces)])


def _frame(words: Words) -> list[str]:
    """The template's text and, at odd places, the names of the slots between."""
    slots = {name: mark_safe(f"{_EDGE}{name}{_EDGE}") for name in _SLOTS}  # noqa: S308
    form = dict.fromkeys(("prefix", "suffix", "position", "block", "passage", "message", "mail"), "")
    values = context(words=words, slot=slots, form={**form, "kind": "other"})
    return render_to_string("site/article.html", values).split(_EDGE)


def _headline(article: Article, words: Words) -> str:
    return " ".join(article.headline.text.replace(_EDGE, "").split()) or words.untitled


def _language(language: str, speaks: str) -> str:
    direction = ' dir="rtl"' if right_to_left(language) else ""
    return f' lang="{escape(language)}"{direction}' if language != speaks or direction else ""


# -- the head: for machines ----------------------------------------------------------------------------


def _head(found: Found, article: Article, here: About, words: Words, base: str) -> str:
    url = base + found.path
    headline, teaser = _headline(article, words), _teaser(article)
    picture = base + media_url("/media/", found.picture) if found.picture else ""
    published = article.published.isoformat() if article.published else ""
    modified = article.modified.isoformat() if article.modified else ""
    pairs = [
        ("og:type", "article"),
        ("og:site_name", here.title),
        ("og:title", headline),
        ("og:description", teaser),
        ("og:url", url),
        ("og:image", picture),
        ("og:locale", article.language.replace("-", "_")),
        ("article:published_time", published),
        ("article:modified_time", modified),
        ("article:section", article.section),
        *(("article:tag", topic) for topic in article.topics[:20]),
    ]
    metas = "".join(f'<meta property="{name}" content="{escape(value)}">\n' for name, value in pairs if value)
    description = f'<meta name="description" content="{escape(teaser)}">\n' if teaser else ""
    data = _structured(article, here, url, headline, teaser, picture, published, modified)
    return f'<link rel="canonical" href="{escape(url)}">\n{description}{metas}{data}'


def _teaser(article: Article) -> str:
    text = article.lead.text
    if not text:
        text = next((b.text.text for b in article.blocks if hasattr(b, "text") and b.text.text), "")
    text = " ".join(text[:400].split())
    return text if len(text) <= 200 else text[:199].rpartition(" ")[0] + " …"


def _structured(
    article: Article, here: About, url: str, headline: str, teaser: str, picture: str, published: str, modified: str
) -> str:
    """schema.org's NewsArticle, escaped so that nothing in it can end the element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": headline,
        "description": teaser,
        "image": [picture] if picture else [],
        "datePublished": published,
        "dateModified": modified or published,
        "author": [{"@type": "Person", "name": name} for name in article.bylines],
        "publisher": {"@type": "Organization", "name": here.owner},
        "articleSection": article.section,
        "keywords": list(article.topics),
        "inLanguage": article.language,
        "isAccessibleForFree": True,
    }
    text = msgspec.json.encode({name: value for name, value in data.items() if value}).decode()
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/ld+json">{text}</script>\n'


# -- the article's own head and foot ---------------------------------------------------------------------


def _header(found: Found, article: Article, words: Words) -> str:
    """Section and kicker, headline, byline, dateline and date. Labels are marked as generated."""
    over = []
    if article.section:
        over.append(f'<a href="/section/{escape(found.section_slug)}/">{escape(article.section)}</a>')
    if queries.own_kicker(article.kicker.text, article.section):
        over.append(f"<span>{inline(article.kicker)}</span>")
    kicker = f'<p class="kicker" data-generated>{" · ".join(over)}</p>\n' if over else ""
    headline = inline(article.headline) or f"<span data-generated>{words.untitled}</span>"
    return (
        f"<header>\n{kicker}<h1>{headline}</h1>\n"
        f'<div class="meta" data-generated>{_byline(article, words)}{_dates(article, words)}</div>\n</header>'
    )


def _byline(article: Article, words: Words) -> str:
    names = [f'<a rel="author" href="/author/{slug(name)}/">{escape(name)}</a>' for name in article.bylines]
    agency = escape(article.rights.agency)
    if not names:
        return f'<p class="by">{agency}</p>' if agency else ""
    joined = ", ".join(names[:-1]) + f" {words.and_} " + names[-1] if len(names) > 1 else names[0]
    before = "" if article.bylines[0].lower().startswith((words.by.lower() + " ", "von ")) else f"{words.by} "
    return f'<p class="by">{before}{joined}{f" ({agency})" if agency else ""}</p>'


def _dates(article: Article, words: Words) -> str:
    place = f"{escape(article.dateline)}, " if article.dateline else ""
    if article.published is None:
        return f"<p>{place}{words.no_date}</p>"
    parts = [f"{place}{_time(article.published, words)}"]
    if article.modified and article.modified.date() > article.published.date():
        parts.append(f"{words.modified}: {_time(article.modified, words)}")
    return f"<p>{' · '.join(parts)}</p>"


def _time(when: datetime, words: Words) -> str:
    return f'<time datetime="{when.isoformat()}">{long_time(when, words)}</time>'


def _after(found: Found, article: Article, words: Words, speaks: str) -> str:
    slugs = [slug(topic) for topic in article.topics]
    related = queries.related(found.id, slugs) if slugs else []
    parts = (
        _topics(article.topics, slugs, words),
        _comments(article.comments, words),
        _related(related, words, speaks),
        _neighbours(found, words, speaks),
    )
    return SafeString("\n".join(part for part in parts if part))


def _topics(topics: tuple[str, ...], slugs: list[str], words: Words) -> str:
    if not topics:
        return ""
    items = "".join(
        f'<li><a rel="tag" href="/topic/{address}/">{escape(name)}</a></li>'
        for name, address in zip(topics, slugs, strict=True)
    )
    return f'<nav aria-label="{words.topics}"><ul class="chips">{items}</ul></nav>'


def _comments(comments: tuple[Comment, ...], words: Words) -> str:
    shown = [comment for comment in comments if comment.approved]
    if not shown:
        return ""
    items = "".join(
        f'<article class="comment"><p class="meta">{escape(comment.author)}'
        f"{f', {_time(comment.published, words)}' if comment.published else ''}</p>"
        f"<div>{inline(comment.text)}</div></article>"
        for comment in shown
    )
    return f'<details class="comments"><summary>{counted(words.comments, len(shown))}</summary>{items}</details>'


def _related(entries: list[Turn], words: Words, speaks: str) -> str:
    if not entries:
        return ""
    items = "".join(
        f'<li><p class="entry-link"{_lang(entry, speaks)}>{_link(entry, words)}</p>'
        f'<p class="meta">{_day(entry, words)}</p></li>'
        for entry in entries
    )
    return (
        f'<section class="related" aria-labelledby="related"><h2 class="rubric" id="related">{words.related}</h2>'
        f'<ul class="list tight">{items}</ul></section>'
    )


def _neighbours(found: Found, words: Words, speaks: str) -> str:
    before, after = queries.neighbours(found)
    items = ""
    if before:
        items += f"<div>{_turn(before, 'prev', words.previous_article, words, speaks)}</div>"
    if after:
        items += f'<div class="to-next">{_turn(after, "next", words.next_article, words, speaks)}</div>'
    label = f"{words.previous_article}, {words.next_article}"
    return f'<nav class="turn" aria-label="{label}">{items}</nav>' if items else ""


def _turn(entry: Turn, rel: str, label: str, words: Words, speaks: str) -> str:
    name = f"<span{_lang(entry, speaks)}>{escape(entry.headline or words.untitled)}</span>"
    return f'<a rel="{rel}" href="{escape(entry.path)}"><small>{label}</small>{name}</a>'


def _link(entry: Turn, words: Words) -> str:
    return f'<a href="{escape(entry.path)}">{escape(entry.headline or words.untitled)}</a>'


def _lang(entry: Turn, speaks: str) -> str:
    return f' lang="{escape(entry.language)}"' if entry.language and entry.language != speaks else ""


def _day(entry: Turn, words: Words) -> str:
    return long_date(entry.day, words) if entry.day else words.no_date
