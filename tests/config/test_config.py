"""backfile.toml: defaults, what is read, and errors that name file, key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.config import Config, load, parse
from backfile.errors import ConfigError


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config == Config()
    assert config.archive.zone == "Europe/Zurich"
    assert config.media.hosts == ()


def test_every_key_of_the_documented_example_is_read() -> None:
    import backfile.config

    text = (backfile.config.__doc__ or "").partition("every key:")[2]
    example = "\n".join(line.removeprefix("    ") for line in text.splitlines())
    config = parse(example.encode())
    assert config.archive.title == "Der Seebote"
    assert config.notice.mode == "open-faults"
    assert config.notice.wording["de"]["clean"] == "…"
    assert config.source[0].fields == {"headline": "Titel"}
    assert config.media.folders == {"https://www.example.ch/wp-content/uploads/": "uploads"}
    assert config.rules.off == ("double-space",)


@pytest.mark.parametrize(
    ("text", "where", "what", "hint"),
    [
        ("[archive]\ntitel = 'x'", "archive.titel", "no such key", "title, url, language"),
        ("[archiv]\ntitle = 'x'", "archiv", "no such key", "archive, notice, source"),
        ("[archive]\ntitle = 5", "archive.title", "Expected text, got a number", ""),
        ("[notice]\nmode = 'sometimes'", "notice.mode", "sometimes", "always, open-faults, never"),
        ("[archive]\nzone = 'Europe/Bern'", "archive.zone", "no time zone", "Europe/Zurich"),
        ("[archive]\nzone = '../../etc/passwd'", "archive.zone", "no time zone", ""),
        ("[[source]]\nfields = {titel = 'Titel'}", "source 1, fields", "'titel' is no role", "headline"),
        ("[[source]]\nunknown = 1", "source[0].unknown", "no such key", "path, format"),
        ("[limits]\nchunk = 0", "limits.chunk", "at least 1", ""),
        ("title = ", "backfile.toml", "is not TOML", ""),
    ],
)
def test_an_error_names_the_key_and_what_is_allowed(text: str, where: str, what: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text.encode())
    assert where in caught.value.where
    assert what in caught.value.what
    assert hint in caught.value.hint
    assert caught.value.exit_code == 7


def test_bytes_that_are_no_utf8_are_an_error_with_their_place() -> None:
    with pytest.raises(ConfigError, match="not UTF-8: byte 9"):
        parse(b"title = '\xe4'")


def test_a_source_is_found_by_path_or_name(tmp_path: Path) -> None:
    config = parse(b"[[source]]\npath='a.xml'\nname='eins'\nlanguage='fr'\n[[source]]\nname='zwei'\nzone='UTC'")
    assert config.source_for(tmp_path / "a.xml", tmp_path).name == "eins"
    assert config.source_for(tmp_path / "b.xml", tmp_path, "zwei").zone == "UTC"
    assert config.source_for(tmp_path / "b.xml", tmp_path).name == ""
    options = config.options(config.source[0])
    assert (options.source, options.language, options.zone) == ("eins", "fr", "Europe/Zurich")
