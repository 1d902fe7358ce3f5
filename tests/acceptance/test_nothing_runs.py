"""Whatever an export holds, no page, feed or export runs it, frames it, or asks another machine for it."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

EVIL = "https://evil.example"
VECTORS = (
    "<script>alert(1)</script>",
    f"<script src={EVIL}/x.js></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT/x>alert(1)</SCRIPT>",
    "<script>alert(1)",
    f'<img src=x onerror="fetch(`{EVIL}`)">',
    '<img src="x"onerror=alert(1)>',
    "<img/src/onerror=alert(1)>",
    f'<img src="{EVIL}/spy.gif" srcset="{EVIL}/spy2.gif 2x" width=1>',
    "<a href=\"javascript:alert(1)\">Klick</a>",
    "<a href='jAvAsCrIpT&colon;alert(1)'>Klick</a>",
    "<a href='java\tscript:alert(1)'>Klick</a>",
    "<a href='&#1;javascript:alert(1)'>Klick</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>Klick</a>",
    "<a href='vbscript:msgbox(1)'>Klick</a>",
    "<a href='//evil.example' onclick=alert(1) onmouseover='alert(2)' style='position:fixed;inset:0'>Klick</a>",
    f"<iframe src='{EVIL}'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='javascript:alert(1)'></iframe>",
    f"<object data='{EVIL}/x.swf'></object><embed src='{EVIL}/y.swf'><applet code=x></applet>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:alert(1)'><text>S</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s><use href='data:image/svg+xml;base64,PHN2Zz4='/></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></math>",
    "<math href='javascript:alert(1)'>M</math>",
    f"<base href='{EVIL}/'><meta http-equiv=refresh content='0;url={EVIL}'><link rel=stylesheet href={EVIL}/x.css>",
    f"<form action='{EVIL}'><input name=a autofocus onfocus=alert(1)><button "
    "formaction='javascript:alert(1)'>B</button></form>",
    f"<style>@import '{EVIL}/x.css'; body{{background:url({EVIL})}}</style>",
    f"<div style='background:url({EVIL}/x.png)' onclick=alert(1)>D</div>",
    f"<video src='{EVIL}/v.mp4' poster='{EVIL}/p.jpg' autoplay onplay=alert(1)><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>D</details>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "</script><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "</p></div></article><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "{{ 7*7 }}{% load x %}{{ request }}<script>alert(1)</script>",
    "\x02\x02<script>alert(1)</script>\x02body\x02",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "[caption caption=\"<img src=x onerror=alert(1)>\"]<img src=x>[/caption]",
    "[embed]javascript:alert(1)[/embed]",
    "[video src=\"javascript:alert(1)\"][audio mp3=\"data:text/html,x\"]",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<a href=\"https://ok.example/\u202ecod.exe\" target=_blank>Link</a><marquee onstart=alert(1)>M</marquee>",
)  # fmt: skip


def build(paper: Any, exports: Any) -> None:
    """The vectors in every field of every source."""
    fields = ("title", "lead", "kicker", "author", "section", "tags", "caption", "credit", "image", "url", "dateline",
              "agency", "language", "copyright", "comment", "id")  # fmt: skip
    lines = []
    for n, vector in enumerate(VECTORS):
        body = f"<p>Ein Absatz vor {vector} und danach.</p><h2>{vector}</h2><ul><li>{vector}</li></ul>"
        body += f"<figure><img src='https://bild.example/a.jpg' alt='{escape(vector)}'>"
        body += f"<figcaption>{vector}</figcaption></figure>"
        one = dict.fromkeys(fields, f"{n} {vector}") | {
            "body": body,
            "date": f"2014-05-{n % 28 + 1:02}",
            "url": vector,
        }
        lines.append(one | {"image": vector if n % 2 else f"{EVIL}/{vector}"})
        lines.append(
            {"id": f"p{n}", "title": f"Titel {n}", "body": f"Ein Text. {vector} Und weiter.", "date": "2013-01-01"}
        )
    paper.take(exports.jsonl(*lines), "lines", honest=False)
    items = [
        {
            "id": n,
            "title": v,
            "body": f"Vor {v} nach.\n\n{v}",
            "author": v,
            "lead": v,
            "section": v,
            "topic": v,
            "comment": v,
            "link": v,
        }
        for n, v in enumerate(re.sub("[\x00-\x08]", "", vector) for vector in VECTORS)
    ]
    paper.take(exports.wxr(*items), "wxr", honest=False)
    pages = [{"id": f"s{n}", "title": v, "body": f"<p>{v}</p>{v}", "head": v} for n, v in enumerate(VECTORS)]
    paper.take(exports.pages(*pages), "pages", honest=False)
    documents = [
        {"id": n, "title": escape(v), "body": f"<p>{escape(v)}</p><p>{v}</p>", "byline": escape(v), "topic": v}
        for n, v in enumerate(VECTORS)
    ]
    paper.take(exports.nitf(*documents), "nitf", honest=False)
    paper.take(
        exports.text(*(f"{v}\n\nVon {v}\n\nEin Text {v}." for v in VECTORS)), "text", format="text", honest=False
    )


PUBLIC = "state IN ('clean', 'flagged')"
OWN_SCRIPT = re.compile(r"/-/[\w.-]+\.js(?:\?[\w.-]+)?$")
FORBIDDEN = {
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "svg",
    "math",
    "style",
    "marquee",
    "template",
}
LOADS = {
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "action",
    "formaction",
    "ping",
    "manifest",
    "srcdoc",
    "xlink:href",
}
OWN = re.compile(r"^(?:https?://testserver)?(?:/(?!/)|\.{0,2}/|#|\?|[\w.-]+(?:/|$|\?|#))|^$")
SCHEMES = re.compile(r"^(?:https?:|mailto:|tel:|ftp:|[/?#.]|[\w.-]*(?:/|$|\?|#))", re.IGNORECASE)


def dangers(page: str) -> list[str]:
    """What runs, frames, restyles or asks elsewhere, on a page as an HTML parser sees it."""
    found = []
    for element in lxml_html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        if name == "script" and not (
            element.get("type") == "application/ld+json" or OWN_SCRIPT.search(element.get("src", ""))
        ):
            found.append(f"script: {etree.tostring(element)[:200]!r}")
        if name in FORBIDDEN or (name == "meta" and (element.get("http-equiv") or "").lower() == "refresh"):
            found.append(f"{name}: {etree.tostring(element)[:200]!r}")
        if (
            name == "link"
            and element.get("rel") in ("stylesheet", "icon", "preload")
            and not OWN.match(element.get("href", ""))
        ):
            found.append(f"link: {element.get('href')}")
        for attribute, value in element.attrib.items():
            plain = re.sub(r"[\x00-\x20]", "", unescape(value))
            if attribute.lower().startswith("on") or attribute.lower() in ("style", "srcdoc"):
                found.append(f"{name} {attribute}={value[:80]}")
            if attribute.lower() in LOADS and not OWN.match(plain):
                found.append(f"{name} {attribute}={value[:80]}")
            if attribute.lower() in ("href", "src", "cite", "action") and not SCHEMES.match(plain):
                found.append(f"{name} {attribute}={value[:80]}")
    return found


def addresses(paper: Any) -> list[str]:
    db = paper.db
    found = [path for (path,) in db.execute(f"SELECT path FROM article WHERE {PUBLIC}")]
    found += [
        f"/section/{slug}/"
        for (slug,) in db.execute(f"SELECT DISTINCT section_slug FROM article WHERE {PUBLIC}")
        if slug
    ]
    for table in ("author", "topic"):
        slugs = db.execute(
            f"SELECT DISTINCT slug FROM {table} JOIN article a ON a.id=article_id WHERE {PUBLIC} AND slug<>''"
        )
        found += [f"/{table}/{slug}/" for (slug,) in slugs]
    found += [
        "/",
        "/years/",
        "/2014/",
        "/2014/05/",
        "/2014/05/03/",
        "/undated/",
        "/sections/",
        "/topics/",
        "/authors/",
        "/report/1",
    ]
    found += [
        f"/search?q={q}"
        for q in ("alert", "script", "Klick", "%3Cscript%3Ealert(1)%3C/script%3E", "%22onfocus=alert(1)")
    ]
    return found


@pytest.fixture(scope="module")
def hostile(blank: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Any]:
    """An archive made of the vectors alone."""
    from backfile.store.archive import DATABASE, Archive

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "archive").mkdir()
    shutil.copy(blank, folder / "archive" / DATABASE)
    with Archive.open(folder / "archive") as archive:
        paper = request.getfixturevalue("newspaper_of")(archive)
        build(paper, request.getfixturevalue("exports_in")(folder / "exports"))
        yield paper


@pytest.fixture
def served(hostile: Any) -> Iterator[Any]:
    from backfile.store.django import setup

    setup(hostile.archive.folder)
    from django.db import connections
    from django.test import Client

    from backfile.site.about import forget

    forget()
    yield Client()
    connections["default"].close()


def test_no_page_runs_anything(hostile: Any, served: Any) -> None:
    seen = 0
    for path in addresses(hostile):
        answer = served.get(path)
        assert answer.status_code == 200, path
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        assert dangers(answer.content.decode()) == [], path
        seen += 1
    assert seen > 4 * len(VECTORS)
    states = dict(hostile.db.execute("SELECT state, count(*) FROM article GROUP BY state"))
    assert states.get("held", 0) * 10 <= sum(states.values()), states


def test_no_body_of_a_held_article_would_run_anything(hostile: Any) -> None:
    for number, body in hostile.db.execute("SELECT article_id, body FROM page"):
        assert dangers(f"<html><body>{body}</body></html>") == [], number


def test_no_feed_runs_anything(hostile: Any, served: Any) -> None:
    sections = [slug for (slug,) in hostile.db.execute("SELECT DISTINCT section_slug FROM article LIMIT 5") if slug]
    for base in ("", *(f"/section/{slug}" for slug in sections)):
        for kind in ("rss", "atom"):
            tree = etree.fromstring(served.get(f"{base}/feed.{kind}").content)
            for element in tree.iter():
                if etree.QName(element).localname in ("description", "summary", "content") and element.text:
                    assert dangers(f"<html><body>{element.text}</body></html>") == []
                if etree.QName(element).localname == "link":
                    assert re.match(r"https?://testserver/|\s*$", element.get("href") or element.text or "")
        for item in json.loads(served.get(f"{base}/feed.json").content)["items"]:
            assert item["url"].startswith("http://testserver/")
            assert "content_html" not in item
    for path in ("/sitemap.xml", "/sitemap-1.xml"):
        for element in etree.fromstring(served.get(path).content).iter():
            if etree.QName(element).localname == "loc":
                assert element.text.startswith("http://testserver/")


def test_no_exported_page_and_no_report_runs_anything(hostile: Any, tmp_path: Path) -> None:
    from backfile import cli

    folder = str(hostile.archive.folder)
    assert cli.run(["export", "--to", "html", str(tmp_path / "site"), "--archive", folder]) == 0
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 4 * len(VECTORS)
    for page in pages:
        assert dangers(page.read_text("utf-8")) == [], page
    assert cli.run(["report", "--html", str(tmp_path / "report.html"), "--archive", folder]) == 0
    report = (tmp_path / "report.html").read_text("utf-8")
    for found in dangers(report):
        assert re.match(r"style: |svg: |\w+ style=", found), found
    assert "alert(1)" not in "".join(
        re.findall(r"<style.*?</style>|<script.*?</script>|\sstyle=\"[^\"]*\"", report, re.DOTALL)
    )


@pytest.mark.browser
def test_no_browser_runs_anything(hostile: Any) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no Chromium on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "import sys; from pathlib import Path; from backfile.site.serving import serve;"
    code += f"serve(Path(sys.argv[1]), port={port})"
    server = subprocess.Popen([sys.executable, "-c", code, str(hostile.archive.folder)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE)  # fmt: skip
    fired: list[str] = []
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(3000):
            try:
                urllib.request.urlopen(f"{base}/robots.txt", timeout=60).close()
                break
            except OSError:
                assert server.poll() is None, server.stderr.read() if server.stderr else ""
                time.sleep(0.1)
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"], timeout=120_000
            )
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.on("dialog", lambda dialog: (fired.append(dialog.message), dialog.dismiss()))
            page.on("request", lambda asked: fired.append(asked.url) if not asked.url.startswith(base) else None)
            paths = addresses(hostile)
            for path in [*paths[:: max(1, len(paths) // 60)], "/", "/search?q=alert"]:
                page.goto(base + path, wait_until="load")
                assert page.url.startswith(base)
            page.hover("h1, h2")
            browser.close()
    finally:
        server.terminate()
        server.communicate(timeout=300)
    assert fired == []
