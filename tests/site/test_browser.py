"""The website in a real browser: nothing overflows, nothing is asked of others, nothing complains; it is accessible."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARTICLE = "/2014/05/03/ja-zum-neuen-leben-im-alten-bahnhof-1207"
FRENCH = "/2014/05/01/le-bac-fete-ses-cent-ans-3005"
PAGES = (
    "/", ARTICLE, FRENCH, "/section/region/", "/2013/", "/search?q=bahnhof", "/topics/", "/report/1", "/nix",
    "/desk/login",
)  # fmt: skip
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(newspaper: Path) -> Iterator[str]:
    """Where the website is served, by the server that `backfile serve` uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "import sys; from pathlib import Path; from backfile.site.serving import serve; serve(Path(sys.argv[1]), port="
    )
    code += f"{port})"
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(newspaper)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(3000):
            try:
                urllib.request.urlopen(f"{base}/robots.txt", timeout=60).close()
                break
            except OSError:
                assert server.poll() is None, server.stderr.read() if server.stderr else ""
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.communicate(timeout=300)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=ARGUMENTS, timeout=120_000)
        yield opened
        opened.close()


class Watched:
    """A page, and what it complained of or asked of other hosts."""

    def __init__(self, browser: Any, address: str, width: int, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, base_url=address, **context)
        self.context.set_default_timeout(120_000)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        self.page.on("request", lambda request: self._request(request.url, address))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def _request(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            self.complaints.append(f"asked {url}")


@pytest.fixture
def watched(browser: Any, address: str) -> Iterator[Any]:
    opened: list[Watched] = []

    def make(width: int, **context: Any) -> Watched:
        opened.append(Watched(browser, address, width, **context))
        return opened[-1]

    yield make
    for one in opened:
        one.context.close()


WIDER_THAN_THE_SCREEN = """() => {
  const wide = [...document.querySelectorAll('body *')].filter(e =>
    e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table, .menu, .skip, .trap, .vh'));
  return [document.documentElement.scrollWidth - innerWidth, wide.map(e => e.outerHTML.slice(0, 120))];
}"""


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_overflows_complains_or_asks_elsewhere(watched: Any, width: int) -> None:
    there = watched(width)
    for path in PAGES:
        there.page.goto(path)
        there.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        over, wide = there.page.evaluate(WIDER_THAN_THE_SCREEN)
        assert (path, over, wide) == (path, 0, [])
    assert there.complaints == []


@pytest.mark.parametrize(
    ("path", "scheme"),
    [(path, "light") for path in ("/", ARTICLE, "/search?q=bahnhof", "/report/1", "/desk/login")]
    + [(path, "dark") for path in (ARTICLE, "/section/region/", "/2013/")],
)
def test_accessible(watched: Any, path: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    there = watched(1280 if scheme == "light" else 360, color_scheme=scheme)
    there.page.goto(path)
    there.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = axe.run(there.page, options=rules).response["violations"]
    assert [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found] == []


def test_skip_link_and_focus(watched: Any) -> None:
    there = watched(360)
    there.page.goto("/")
    there.page.keyboard.press("Tab")
    assert there.page.evaluate("document.activeElement.className") == "skip"
    there.page.keyboard.press("Enter")
    assert there.page.evaluate("document.activeElement.id") == "main"
    there.page.goto("/")
    for _ in range(2):
        there.page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert (there.page.evaluate("document.activeElement.textContent"), there.page.evaluate(outline)) == (
        "Der Seebote",
        "solid",
    )


SELECT = """() => {
  const block = document.getElementById('b5').firstChild;
  const range = document.createRange();
  range.setStart(block, 4); range.setEnd(block, 10);
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def _last_report(newspaper: Path) -> dict[str, Any]:
    import sqlite3

    db = sqlite3.connect(newspaper / "archive.sqlite3")
    db.row_factory = sqlite3.Row
    try:
        return dict(db.execute("SELECT * FROM report ORDER BY id DESC LIMIT 1").fetchone())
    finally:
        db.close()


def test_report_with_script_takes_the_selected_passage(watched: Any, newspaper: Path) -> None:
    there = watched(1280)
    there.page.goto(ARTICLE)
    there.page.evaluate(SELECT)
    there.page.wait_for_function("document.getElementById('passage').value === 'Kosten'")
    there.page.click("#report > summary")
    there.page.check("input[value=characters]")
    there.page.fill("#message", "Hier stimmt etwas nicht.")
    there.page.wait_for_timeout(3200)
    there.page.click("#report-form button")
    there.page.wait_for_url("**/report/1/thanks")
    found = _last_report(newspaper)
    assert (found["passage"], found["block"], found["kind"], found["state"]) == ("Kosten", "b5", "characters", "new")
    assert found["prefix"].endswith("\nDie ")
    assert found["suffix"].startswith(" von 4,8 Millionen")
    assert found["position"] > 500
    assert there.complaints == []


def test_report_without_script(watched: Any, newspaper: Path) -> None:
    there = watched(360, java_script_enabled=False)
    there.page.goto(ARTICLE)
    there.page.click("#report > summary")
    there.page.fill("#passage", "im alten Bahnhof")
    there.page.wait_for_timeout(3200)
    there.page.click("#report-form button")
    there.page.wait_for_url("**/report/1/thanks")
    found = _last_report(newspaper)
    assert (found["passage"], found["prefix"], found["position"], found["state"]) == (
        "im alten Bahnhof",
        "",
        None,
        "new",
    )


def test_print_leaves_out_what_paper_cannot_do(watched: Any) -> None:
    there = watched(1280)
    there.page.goto(ARTICLE)
    there.page.emulate_media(media="print")
    hidden = (
        "[...document.querySelectorAll('.find, .menu, .report, .turn, .related')].map(e => getComputedStyle(e).display)"
    )
    assert set(there.page.evaluate(hidden)) == {"none"}
    assert there.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_busy_port_is_said_so(newspaper: Path, address: str) -> None:
    from backfile.errors import UsageError
    from backfile.site.serving import serve

    with pytest.raises(UsageError, match="cannot listen"):
        serve(newspaper, port=int(address.rpartition(":")[2]))
