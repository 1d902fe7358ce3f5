"""*Report a display error* and the desk's inbox."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ARTICLE = "/2014/05/03/ja-zum-neuen-leben-im-alten-bahnhof-1207"
HOSTILE = '<script>alert("x")</script>'
NOW = 1_400_000_000


@pytest.fixture(autouse=True)
def empty_inbox(client: Any) -> None:
    from backfile.desk.models import Report
    from backfile.site.views import report

    Report.objects.all().delete()
    report.rate = report.Rate(report.PER_HOUR)


@pytest.fixture(autouse=True)
def still_clock(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No form grows older because the machine is slow."""
    from backfile.site import tokens

    monkeypatch.setattr(tokens, "time", SimpleNamespace(time=lambda: NOW))


def form(number: int = 1, age: float = 60, **more: str) -> dict[str, str]:
    from backfile.site import tokens

    fields = {
        "token": tokens.make(number, NOW - age),
        "revision": "1",
        "kind": "characters",
        "passage": "einen «grossen Tag»",
        "prefix": "sprach von ",
        "suffix": " für Oberwil",
        "position": "142",
        "block": "b1",
        "message": f"Hier steht Ã¼ {HOSTILE}",
        "mail": "leserin@example.ch",
        "website": "",
    }
    return fields | more


def reports() -> list[Any]:
    from backfile.desk.models import Report

    return list(Report.objects.order_by("id"))


def test_a_report_lands_with_article_passage_and_revision(client: Any) -> None:
    answer = client.post("/report/1", form())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/report/1/thanks")
    assert "Vielen Dank" in client.get("/report/1/thanks").content.decode()
    (found,) = reports()
    assert (found.article_id, found.revision, found.address, found.kind) == (1, 1, ARTICLE, "characters")
    assert (found.passage, found.prefix, found.suffix) == ("einen «grossen Tag»", "sprach von ", " für Oberwil")
    assert (found.position, found.block, found.mail, found.state) == (142, "b1", "leserin@example.ch", "new")
    assert found.message == f"Hier steht Ã¼ {HOSTILE}"


def test_the_form_on_the_page_can_be_sent(client: Any) -> None:
    page = client.get(ARTICLE).content.decode()
    action = re.search(r'action="(/report/\d+)"', page)
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert action
    assert token
    client.post(action[1], form() | {"token": token[1]})
    assert [found.state for found in reports()] == ["suspect"]  # sent at once: kept apart, not thrown away


def test_guards(client: Any) -> None:
    assert client.post("/report/1", form(token="x.y")).status_code == 422
    assert client.post("/report/1", form(number=2)).status_code == 422
    assert client.post("/report/1", form(age=31 * 24 * 3600)).status_code == 422
    empty = client.post("/report/1", form(passage=" ", message=""))
    assert empty.status_code == 422
    assert reports() == []
    client.post("/report/1", form(website="http://spam.example"))
    client.post("/report/1", form(age=1))
    assert [found.state for found in reports()] == ["suspect", "suspect"]


def test_what_was_typed_is_kept_when_the_form_is_shown_again(client: Any) -> None:
    page = client.post("/report/1", form(token="")).content.decode()
    assert "einen «grossen Tag»" in page
    assert "&lt;script&gt;alert" in page
    assert HOSTILE not in page
    assert 'value="characters" checked' in page


def test_rate_limit(client: Any) -> None:
    answers = [client.post("/report/1", form()).status_code for _ in range(14)]
    assert answers == [303] * 12 + [429] * 2


def test_rate_forgets() -> None:
    from backfile.site.views.report import Rate

    rate = Rate(2, seconds=10, addresses=3)
    assert [rate.allows("a", now) for now in (0, 1, 2, 11.5)] == [True, True, False, True]
    assert all(rate.allows(f"x{n}", 20 + n / 1000) for n in range(1000))
    assert len(rate._sent) <= 3


def test_damaged_fields_do_no_harm(client: Any) -> None:
    answer = client.post(
        "/report/1",
        form(kind="nix", revision="-1", position="1e9", mail="a b", block="x" * 999, passage="a\x00b" * 5000),
    )
    assert answer.status_code == 303
    (found,) = reports()
    assert (found.kind, found.revision, found.position, found.mail, len(found.block)) == ("other", 1, None, "", 40)
    assert len(found.passage) == 4000
    assert "\0" not in found.passage


def test_no_report_on_what_is_not_published(client: Any) -> None:
    from backfile.store.models import Article

    for article in Article.objects.filter(state__in=("held", "withheld")) | Article.objects.filter(taken_down=True):
        assert client.get(f"/report/{article.pk}").status_code == 404
        assert client.post(f"/report/{article.pk}", form(article.pk)).status_code == 404


# -- the desk -------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client: Any, newspaper: Path) -> Any:
    from django.test import Client

    from backfile.site.people import set_desk_user

    set_desk_user(newspaper, "anna", "langes-passwort-7")
    there = Client(enforce_csrf_checks=True)
    assert _send(there, "/desk/login", username="anna", password="langes-passwort-7").status_code == 302
    return there


def _send(there: Any, path: str, page: str = "", **fields: str) -> Any:
    """Send a form as a browser does: with the token of the page that holds it."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', there.get(page or path).content.decode())
    assert found
    return there.post(path, fields | {"csrfmiddlewaretoken": found[1]})


@pytest.mark.parametrize("path", ["/desk/", "/desk/?state=done", "/desk/report/1", "/desk/report/1/state"])
def test_the_desk_is_behind_a_login(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/login?next=")
    assert client.post(path).status_code in (302, 403)


def test_a_wrong_password_is_refused(client: Any) -> None:
    from django.test import Client

    answer = _send(Client(enforce_csrf_checks=True), "/desk/login", username="anna", password="falsch")
    assert answer.status_code == 200
    assert "stimmt nicht" in answer.content.decode()


def test_inbox_shows_readers_words_as_text(client: Any, desk: Any) -> None:
    client.post("/report/1", form(passage=HOSTILE, prefix=HOSTILE))
    number = reports()[0].pk
    inbox = desk.get("/desk/")
    page = desk.get(f"/desk/report/{number}")
    for answer in (inbox, page):
        assert answer.status_code == 200
        assert HOSTILE not in answer.content.decode()
        assert "&lt;script&gt;" in answer.content.decode()
        assert "Abmelden" in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
    assert f'href="{ARTICLE}#b1"' in page.content.decode()
    assert reports()[0].state == "new"


def test_states_change_by_hand_only_and_are_filtered(client: Any, desk: Any) -> None:
    client.post("/report/1", form())
    number = reports()[0].pk
    answer = _send(desk, f"/desk/report/{number}/state", f"/desk/report/{number}", state="done")
    assert answer.status_code == 302
    found = reports()[0]
    assert (found.state, found.changed_by) == ("done", "anna")
    assert f"/desk/report/{number}" not in desk.get("/desk/?state=new").content.decode()
    assert f"/desk/report/{number}" in desk.get("/desk/?state=done").content.decode()
    assert f"/desk/report/{number}" in desk.get("/desk/?state=all").content.decode()
    assert desk.get("/desk/?state=nix").status_code == 404
    assert _send(desk, f"/desk/report/{number}/state", f"/desk/report/{number}", state="nix").status_code == 404


def test_a_forged_post_is_refused(client: Any, desk: Any) -> None:
    client.post("/report/1", form())
    number = reports()[0].pk
    assert desk.post(f"/desk/report/{number}/state", {"state": "done"}).status_code == 403
    assert reports()[0].state == "new"
    assert desk.get(f"/desk/report/{number}/state").status_code == 405


def test_desk_people(client: Any, newspaper: Path) -> None:
    from backfile.errors import UsageError
    from backfile.site.people import set_desk_user

    assert set_desk_user(newspaper, "reto", "langes-passwort-7") is True
    assert set_desk_user(newspaper, "reto", "anderes-passwort-8") is False
    for name, password in (
        ("reto", "kurz"),
        ("a b", "langes-passwort-7"),
        ("", "langes-passwort-7"),
        ("x" * 200, "langes-passwort-7"),
    ):
        with pytest.raises(UsageError):
            set_desk_user(newspaper, name, password)


def test_secret_key(tmp_path: Path) -> None:
    from backfile.errors import ArchiveError
    from backfile.site.secret import FILE, secret_key

    key = secret_key(tmp_path)
    assert secret_key(tmp_path) == key
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    (tmp_path / FILE).write_text("kurz")
    with pytest.raises(ArchiveError):
        secret_key(tmp_path)
