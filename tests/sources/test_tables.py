"""JSON Lines and CSV: strings stay strings, one bad record is one reject, nothing unmapped is lost."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.errors import ConfigError, UnreadableInput
from backfile.record import Item, Options, Record, Reject
from backfile.sources import csv, jsonl
from backfile.sources._streams import json_values, lines


def read(source: csv.Csv | jsonl.JsonLines, path: Path, options: Options | None = None) -> list[Item]:
    return list(source.items(path, options or Options()))


def values(source: csv.Csv | jsonl.JsonLines, item: Item, options: Options | None = None) -> dict[tuple[str, str], str]:
    assert isinstance(item, Record), item
    return {(f.role, f.leaf): f.value for f in source.fields(item, options or Options())}


def test_csv_rows_with_their_oddities(samples: Path) -> None:
    items = read(csv.SOURCE, samples / "tables" / "artikel.csv")
    assert csv.SOURCE.recognise(samples / "tables" / "artikel.csv") > 60
    first = values(csv.SOURCE, items[0])
    assert isinstance(items[0], Record)
    assert items[0].key == "00123"
    assert first["body", "Text"] == 'Erster Absatz.\n\nZweiter "Absatz"; mit Strichpunkt.'
    assert isinstance(items[1], Reject)
    assert items[1].reason == "the row has 2 of 4 columns"
    assert values(csv.SOURCE, items[2])["extra", "column 5"] == "mehr"


def test_json_lines_with_their_oddities(samples: Path) -> None:
    items = read(jsonl.SOURCE, samples / "tables" / "artikel.jsonl")
    first = values(jsonl.SOURCE, items[0])
    assert first["extra", "price"] == "1.10"
    assert first["topic", "tags[2]"] == "See"
    assert isinstance(items[1], Reject)
    assert items[1].payload == b'{"id": 4, broken\n'
    assert values(jsonl.SOURCE, items[2]) == {("extra", "id"): "5", ("headline", "title"): "Ohne Text"}
    assert values(jsonl.SOURCE, items[3])["status", ""] == "draft"


@pytest.mark.parametrize(
    "line",
    ['{"a": 1, "a": 2}', '{"a": "\\ud800"}', "[1]", '"text"', "[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000, "{", "nul"],  # noqa: E501
)  # fmt: skip
def test_bad_lines_are_rejects_and_the_next_is_read(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "0", "title": "vorher"}\n' + line + '\n{"id": "1", "title": "nachher"}\n')
    assert [type(item).__name__ for item in read(jsonl.SOURCE, path)] == ["Record", "Reject", "Record"]


def test_a_line_over_the_limit_is_a_reject_with_its_length(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"title":"a"}\n{"title":"' + b"x" * 300_000 + b'"}\n{"title":"c"}\n')
    items = read(jsonl.SOURCE, path, Options(max_record_bytes=1000))
    assert [type(item).__name__ for item in items] == ["Record", "Reject", "Record"]
    assert items[1].origin.length == 300_013
    assert items[2].origin.offset == 14 + 300_013


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"meta": {"n": 2}, "articles": rows}])
def test_lists_of_objects(tmp_path: Path, indent: int | None, wrap) -> None:  # type: ignore[no-untyped-def]
    rows = [{"id": "1", "title": 'Klammern } ] " \\'}, {"id": "2", "title": "Zürich", "x": [{"y": [1]}]}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(wrap(rows), indent=indent, ensure_ascii=False))
    items = read(jsonl.SOURCE, path)
    assert [json.loads(item.payload) for item in items if isinstance(item, Record)] == rows


def test_a_user_mapping_comes_first_and_says_the_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"nr": "7", "t": "Titel", "deep": {"text": "a < b"}, "title": "intern"}\n')
    options = Options(fields={"key": "nr", "headline": "t", "body": "deep/text:html"})
    (item,) = read(jsonl.SOURCE, path, options)
    assert isinstance(item, Record)
    assert item.key == "7"
    found = {f.leaf: (f.role, f.markup) for f in jsonl.SOURCE.fields(item, options)}
    assert found["t"][0] == "headline"
    assert found["title"][0] == "extra"
    assert found["deep/text"] == ("body", "html")


def test_an_unknown_role_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": "b"}\n')
    with pytest.raises(ConfigError):
        read(jsonl.SOURCE, path, Options(fields={"titel": "a"}))


@pytest.mark.parametrize(
    ("codec", "delimiter"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";"), ("utf-8", "|")]
)
def test_csv_encodings_and_delimiters(tmp_path: Path, codec: str, delimiter: str) -> None:
    rows = [["id", "titel", "text"], ["1", "Zürich", '"Zeile\nzwei"'], ["2", "Köln", "Über Österreich"]]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(codec))
    first, second = read(csv.SOURCE, path)
    assert values(csv.SOURCE, first)["body", "text"] == "Zeile\nzwei"
    assert values(csv.SOURCE, second)["headline", "titel"] == "Köln"


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,title,text\n1,a,"offen\n2,b,zwei\n3,c,drei\n')
    assert [type(item).__name__ for item in read(csv.SOURCE, path)] == ["Reject", "Record", "Record"]


def test_two_columns_of_one_name_keep_both(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text,text\nA,eins,zwei\n")
    (item,) = read(csv.SOURCE, path)
    assert values(csv.SOURCE, item)["extra", "text[2]"] == "zwei"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_rejected(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for source, name in ((jsonl.SOURCE, "a.jsonl"), (csv.SOURCE, "a.csv")):
        (folder / name).write_bytes(data)
        with contextlib.suppress(UnreadableInput):  # half an archive, by its first bytes
            for item in read(source, folder / name):
                if isinstance(item, Record):
                    source.fields(item, Options())
        source.recognise(folder / name)


@given(st.lists(st.text(alphabet='a"\\{}[]é\n ', max_size=30), min_size=1, max_size=8), st.integers(1, 40))
def test_json_values_are_cut_out_exactly(titles: list[str], limit: int) -> None:
    import io

    rows = [{"t": title} for title in titles]
    data = json.dumps(rows).encode()
    found = [value.piece for value in json_values(io.BytesIO(data), 1, 10_000)]
    assert [json.loads(piece.data) for piece in found] == rows
    assert all(data[piece.offset : piece.offset + len(piece.data)] == piece.data for piece in found)
    short = [value.piece for value in json_values(io.BytesIO(data), 1, limit)]
    assert len(short) == len(rows)


@given(
    st.lists(
        st.binary(max_size=20).map(lambda b: b.replace(b"\n", b"").replace(b"\r", b"").replace(b"\0", b"")), max_size=8
    )
)
def test_lines_tile_the_file(parts: list[bytes]) -> None:
    import io

    data = b"x\n" + b"\n".join(parts)
    found = list(lines(io.BytesIO(data), 5))
    assert sum(piece.length or len(piece.data) for piece in found) == len(data)
