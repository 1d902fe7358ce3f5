"""The shape that other programs rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile import pipe
from backfile.profile import Profile

KEYS = {
    "id", "headline", "kicker", "lead", "byline", "date", "language", "text", "blocks", "edits", "faults", "drops",
    "verdict",
}  # fmt: skip


def run(*lines: bytes | dict[str, Any]) -> list[dict[str, Any]]:
    given_ = [json.dumps(line).encode() if isinstance(line, dict) else line for line in lines]
    return [json.loads(line) for line in pipe.run(given_, Profile())]


def test_shape(answer) -> None:
    found = answer("<p>F&amp;uuml;nf Franken</p>", format="html", language="de-CH")
    assert set(found) - {"problems"} == KEYS
    assert found["text"] == "Fünf Franken"
    assert found["language"] == "de-CH"
    assert found["verdict"] == "proved"
    (block,) = found["blocks"]
    assert (block["type"], block["text"]) == ("paragraph", "Fünf Franken")
    (edit,) = found["edits"]
    assert (edit["rule"], edit["before"], edit["after"]) == ("visible-entity", "&uuml;", "ü")
    (fault,) = found["faults"]
    assert (fault["name"], fault["grade"], fault["state"], fault["block"]) == (
        "visible-entity", "safe", "mended", block["id"],
    )  # fmt: skip
    assert found["drops"] == []


NITF = """<nitf><head><docdata><date.issue norm="20110503T081500+0200"/></docdata></head><body><body.head><hedline>
<hl1>Neue Brücke</hl1></hedline><byline><person>Anna Keller</person></byline></body.head><body.content>
<p lede="true">Die Brücke ist frei.</p><p>Viele kamen.</p></body.content></body></nitf>"""
PAGE = """<html lang="de"><head><title>Neue Brücke | Seebote</title></head><body><nav><a href="/">Start</a></nav>
<article><h1>Neue Brücke</h1><p>Die Brücke über die Wyss ist nach zwei Jahren Bauzeit frei.</p>
<p>Viele Menschen kamen am Samstag,
um das neue Bauwerk zu sehen und zu feiern.</p></article></body></html>"""
TEXT = "Neue Brücke\n\nDie Brücke ist frei.\n\nViele Menschen kamen am Samstag an die Wyss, um das Bauwerk zu sehen.\n"


@pytest.mark.parametrize(("format_", "content"), [("nitf", NITF), ("page", PAGE), ("text", TEXT)])
def test_documents_have_headlines(answer, format_: str, content: str) -> None:
    found = answer(content, format=format_)
    assert found["headline"] == "Neue Brücke"
    assert "Neue Brücke" not in found["text"]
    assert "Viele" in found["text"]
    assert found["verdict"] == "proved"


def test_a_fragment_has_no_headline_and_no_lead(answer) -> None:
    found = answer("<h1>Neue Brücke</h1><p><b>Die Brücke ist frei.</b></p><p>Viele kamen.</p>", format="html")
    assert (found["headline"], found["lead"], found["kicker"]) == ("", "", "")
    assert found["text"] == "Neue Brücke\n\nDie Brücke ist frei.\n\nViele kamen."


def test_nitf_says_who_and_when(answer) -> None:
    found = answer(NITF, format="nitf")
    assert found["byline"] == "Anna Keller"
    assert found["date"] == "2011-05-03T08:15:00+02:00"
    assert found["text"].startswith("Die Brücke ist frei.\n\nViele kamen.")


def test_other_sources_take_a_file_of_one_record(answer) -> None:
    assert answer('{"title": "Titel", "body": "Ein Satz."}', format="jsonl")["headline"] == "Titel"
    assert answer("title,body\nTitel,Ein Satz.\n", format="csv")["text"] == "Ein Satz."
    assert "error" in answer("title,body\nA,Ein Satz.\nB,Noch einer.\n", format="csv")
    item = "<item><title>Titel</title><content:encoded><![CDATA[Ein Satz.]]></content:encoded></item>"
    assert answer(item, format="wxr")["text"] == "Ein Satz."


def test_declared_encodings_are_no_matter_of_a_json_string(answer) -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    assert answer(head + NITF, format="nitf")["headline"] == "Neue Brücke"
    meta = PAGE.replace("<head>", '<head><meta charset="macintosh">')
    assert answer(meta, format="page")["headline"] == "Neue Brücke"


def test_dialect(answer) -> None:
    body = 'Eins\n\nZwei [caption id="x"]<img src="a.jpg" /> Die Legende[/caption]'
    assert "[caption" in answer(body, mending=False)["text"]
    found = answer(body, dialect="wordpress")
    assert found["text"] == "Eins\n\nZwei\n\nDie Legende"
    assert [block["type"] for block in found["blocks"]] == ["paragraph", "paragraph", "image"]
    assert "wordpress" in answer(body, dialect="drupal")["error"]


def test_captions_are_text_and_headlines_are_not(answer) -> None:
    found = answer('<p>Eins</p><figure><img src="a.jpg" alt="Ein Boot"><figcaption>Das Boot</figcaption></figure>')
    assert found["text"] == "Eins\n\nDas Boot"
    assert found["blocks"][1]["text"] == "Das Boot"


def test_no_mending_shapes_only(answer) -> None:
    found = answer("<p>F&amp;uuml;nf Franken</p>", mending=False)
    assert found["text"] == "F&uuml;nf Franken"
    assert found["edits"] == []
    assert found["verdict"] == "proved"


def test_drops_are_named(answer) -> None:
    found = answer("<p>Eins</p><script>var a = 1;</script><p>Zwei</p>")
    assert found["text"] == "Eins\n\nZwei"
    assert [(drop["text"], drop["reason"]) for drop in found["drops"]] == [("var a = 1;", "script")]


def test_a_fragment_without_a_date_lacks_nothing(answer) -> None:
    assert answer("<p>Eins und zwei.</p>")["faults"] == []
    assert [fault["name"] for fault in answer(PAGE, format="page")["faults"]] == ["missing-date"]


# -- where a fault stands ----------------------------------------------------------------------------


def texts(found: dict[str, Any]) -> dict[tuple[str, str], str]:
    """(block, slot) → text of everything that a fault may speak of."""
    places = {(name, ""): found[name] for name in ("headline", "kicker", "lead")}
    for block in found["blocks"]:
        places[block["id"], "text"] = block["text"]
    return places


@pytest.mark.parametrize(
    "content",
    [
        "<p>Ein Satz.</p><p>Hier sagte er -- wie immer -- kein Wort.</p>",
        "<p>Die Zahl ist 1 000 000, und das Caf\ufffd ist zu.</p>",
        "<p>Er kam fuer zwei Tage nach Zuerich und wuenschte Gruesse.</p>",
        "<svg><text>Skizze der Brücke</text></svg><p>Ende gut.</p>",
    ],
)
def test_open_faults_point_at_the_finished_text(answer, content: str) -> None:
    found = answer(content)
    still = [fault for fault in found["faults"] if fault["state"] == "open"]
    places = texts(found)
    for fault in still:
        text = places[fault["block"], fault["slot"]]
        assert 0 <= fault["start"] < fault["end"] <= len(text)
        assert text[fault["start"] : fault["end"]] == fault["before"]


def test_some_of_them_are_open(answer) -> None:
    (first, second) = answer("<p>Hier sagte er -- wie immer -- kein Wort.</p>")["faults"]
    assert (first["state"], first["grade"], first["before"]) == ("open", "proposed", " -- ")
    assert first["start"] < second["start"]


def test_mended_faults_point_at_the_text_as_it_was(answer) -> None:
    """As the rule saw it: for the first mending of a block, the shaped text."""
    content = "<p>Der Preis ist f&amp;uuml;nf Franken.</p><p>Es war sch&amp;ouml;n.</p>"
    shaped = texts(answer(content, mending=False))
    mended = [fault for fault in answer(content)["faults"] if fault["state"] == "mended"]
    assert len(mended) == 2
    for fault in mended:
        text = shaped[fault["block"], fault["slot"]]
        assert text[fault["start"] : fault["end"]] == fault["before"]


# -- what cannot be read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "id_"),
    [
        (b"no json", None),
        (b"[]", None),
        (b'"x"', None),
        (b"{}", None),
        (b'{"id": 7}', 7),
        (b'{"id": 7, "content": 5}', 7),
        (b'{"id": 7, "content": null}', 7),
        (b'{"id": "a", "content": "x", "format": "word"}', "a"),
        (b'{"id": "a", "content": "x", "format": ["html"]}', "a"),
        (b'{"id": "a", "content": "cut', "a"),
        (b'{"content": "x", "id": {"k": [1]}, "format": "word"}', {"k": [1]}),
        (b'{"id": "a", "content": "\xff\xfe"}', "a"),
        (b'{"id": 3, "content": "<nitf><body>", "format": "nitf"}', 3),
        (b'{"id": 3, "content": "", "format": "nitf"}', 3),
        (b'{"id": NaN, "content": "x"}', None),
        (b'{"id": ' + b"[" * 30_000, None),
        (b'{"id": ' + b"[" * 3000 + b"]" * 3000 + b', "content": "x"}', None),
        (b'{"id": "' + b"x" * 100_000 + b'", "content": "x"}', None),
    ],
)
def test_errors(line: bytes, id_: Any) -> None:
    (first, second) = run(line, {"id": "next", "content": "<p>Weiter</p>"})
    assert set(first) == {"id", "error"}
    assert first["id"] == id_
    assert first["error"]
    assert second["text"] == "Weiter"


@pytest.mark.parametrize("id_", [None, True, 0, -1, 1.5, "", "ä\n", [], [1, {"a": None}], {"z": 1, "a": 2}, 10**40])
def test_ids_come_back(id_: Any) -> None:
    (found,) = run({"id": id_, "content": "x"})
    assert found["id"] == id_


def test_ids_come_back_to_the_last_digit() -> None:
    (line,) = pipe.run([b'{"id": 1.00000000000000000001, "content": "x"}'], Profile())
    assert line.startswith(b'{"id":1.00000000000000000001,')


def test_half_characters_and_control_characters() -> None:
    (found,) = run(b'{"id": "\\ud83d", "content": "<p>a\\ud83d b \\ud83d\\ude00 c</p>"}')
    assert found["id"] == "\ud83d"
    assert found["text"] == "a\ufffd b 😀 c"
    (found,) = run(b'{"id": 1, "content": "<p>a\x01b\tc\\u0000</p>"}')
    assert "error" not in found
    assert found["verdict"] == "proved"


def test_null_is_as_good_as_absent() -> None:
    (found,) = run({"content": "<p>x</p>", "format": None, "language": None, "url": None, "dialect": None})
    assert (found["id"], found["text"]) == (None, "x")


def test_blank_lines_are_no_questions() -> None:
    assert len(run(b"", b"  \n", b'{"content": "x"}', b"\r\n")) == 1


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
questions = st.fixed_dictionaries(
    {"id": values, "content": st.text(max_size=200) | st.just(NITF) | st.just("<p>a<b>c</p><table><td>x")},
    optional={"format": st.sampled_from(["html", "text", "page", "nitf", "wxr", "jsonl", "csv", "other"])},
)


@given(st.lists(st.one_of(questions.map(lambda q: json.dumps(q).encode()), st.binary(max_size=60)), max_size=6))
def test_every_line_gets_one_answer_in_order(lines: list[bytes]) -> None:
    asked = [line for line in lines if line.strip()]
    found = [json.loads(line) for line in pipe.run(lines, Profile())]
    assert len(found) == len(asked)
    for line, one in zip(asked, found, strict=True):
        assert set(one) - {"problems"} == KEYS or set(one) == {"id", "error"}
        assert not one.get("error", "").startswith("defect"), one
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            assert one["id"] == told.get("id")


# -- the profile -------------------------------------------------------------------------------------


def test_a_profile_learned_from_other_articles_answers(answer) -> None:
    lines = [
        json.dumps(
            {"id": n, "content": f"<p>Der Gemeinderat von Wyssbach hat den Kredit {n} bewilligt. (akl)</p>"}
        ).encode()
        for n in range(40)
    ]
    known = pipe.learn([*lines, b"no json", b""])
    assert known.articles == 40
    again = Profile.from_bytes(known.to_bytes())
    content = "<p>Wyssbach feiert. (akl)</p>"
    assert answer(content, profile=again) == answer(content, profile=known)
    assert answer(content, profile=known)["text"] != answer(content)["text"]
