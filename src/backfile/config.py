"""`backfile.toml`: what the publisher says about the archive. Every key has a default; no file is needed.

An example with every key:

    [archive]
    title = "Der Seebote"
    url = "https://archiv.example.ch"
    language = "de-CH"
    zone = "Europe/Zurich"
    address = "archiv@example.ch"
    owner = "Verlag Seebote AG"

    [notice]
    mode = "open-faults"            # or "always", "never"
    [notice.wording.de]
    clean = "…"                     # per state: clean, flagged, withheld, held

    [[source]]
    path = "export.xml"
    name = "seebote-wordpress"
    format = "wxr"
    fields = { headline = "Titel" }

    [media]
    folders = { "https://www.example.ch/wp-content/uploads/" = "uploads" }

    [rules]
    off = ["double-space"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from backfile.errors import ConfigError
from backfile.record import MAX_RECORD_BYTES, Options, Role

FILE = "backfile.toml"
MAX_CONFIG_BYTES = 1024 * 1024
NoticeMode = Literal["always", "open-faults", "never"]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all sections share: a key that is not listed is a mistake, and is named."""


class ArchiveSection(_Section, frozen=True):
    """`address` is where readers' reports go, `owner` who publishes, `zone` that of dates without one."""

    title: str = ""
    url: str = ""
    language: str = ""
    address: str = ""
    zone: str = "Europe/Zurich"
    owner: str = ""


class NoticeSection(_Section, frozen=True):
    """When the import notice is shown, and other words for it: language, then the article's state, then the text."""

    mode: NoticeMode = "always"
    wording: Mapping[str, Mapping[str, str]] = {}


class SourceSection(_Section, frozen=True):
    """One export. `path` is relative to `backfile.toml`; `fields` says which column or path plays a role."""

    path: str = ""
    format: str = ""
    name: str = ""
    fields: Mapping[str, str] = {}
    encoding: str = ""
    language: str = ""
    dialect: str = ""
    zone: str = ""
    pages: bool = True


class MediaSection(_Section, frozen=True):
    """Where pictures lie: address prefix → folder (relative to `backfile.toml`). `hosts` may be fetched from; none is
    by default. `max_bytes` of one file."""

    folders: Mapping[str, str] = {}
    hosts: tuple[str, ...] = ()
    max_bytes: int = 100 * 1024 * 1024


class RulesSection(_Section, frozen=True):
    """`off`: names of rules that do not run."""

    off: tuple[str, ...] = ()


class LimitsSection(_Section, frozen=True):
    """`record_bytes`: a larger record is rejected. `chunk`: records that are committed together."""

    record_bytes: int = MAX_RECORD_BYTES
    chunk: int = 500


class Config(_Section, frozen=True):
    archive: ArchiveSection = ArchiveSection()
    notice: NoticeSection = NoticeSection()
    source: tuple[SourceSection, ...] = ()
    media: MediaSection = MediaSection()
    rules: RulesSection = RulesSection()
    limits: LimitsSection = LimitsSection()

    def source_for(self, path: Path, folder: Path, name: str = "") -> SourceSection:
        """The section about the export at `path`, or called `name`; the defaults if there is none."""
        for section in self.source:
            if name and section.name == name:
                return section
            if not name and section.path and (folder / section.path).resolve() == path.resolve():
                return section
        return SourceSection()

    def options(self, section: SourceSection) -> Options:
        """What a source must know, from its section and the archive's."""
        return Options(
            source=section.name,
            fields=dict(section.fields),
            encoding=section.encoding,
            zone=section.zone or self.archive.zone,
            language=section.language or self.archive.language,
            dialect=section.dialect,
            max_record_bytes=self.limits.record_bytes,
            pages=section.pages,
        )


def load(folder: Path) -> Config:
    """The configuration of the archive in `folder`; the defaults if it has no `backfile.toml`.

    Raises `ConfigError` with file, key and what is allowed.
    """
    path = folder / FILE
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CONFIG_BYTES + 1)
    except FileNotFoundError:
        return Config()
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror}", where=str(path)) from problem
    if len(data) > MAX_CONFIG_BYTES:
        raise ConfigError(f"is larger than {MAX_CONFIG_BYTES} bytes", where=str(path))
    return parse(data, str(path))


def parse(data: bytes, where: str = FILE) -> Config:
    """The configuration written in `data` (TOML, UTF-8). Raises `ConfigError`."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise ConfigError(f"is not UTF-8: byte {problem.start}", where=where) from problem
    except tomllib.TOMLDecodeError as problem:
        raise ConfigError(f"is not TOML: {problem}", where=where, hint="Text values need quotes.") from problem
    except RecursionError as problem:
        raise ConfigError("is nested too deeply", where=where) from problem
    return _checked(table, where)


def _checked(table: dict[str, Any], where: str) -> Config:
    try:
        config = msgspec.convert(table, Config)
    except msgspec.ValidationError as problem:
        key, what, hint = _explain(str(problem))
        raise ConfigError(what, where=f"{where}, {key}" if key else where, hint=hint) from problem
    _check_zone(config.archive.zone, f"{where}, archive.zone")
    for number, section in enumerate(config.source, 1):
        _check_zone(section.zone, f"{where}, source {number}, zone")
        _check_roles(section.fields, f"{where}, source {number}, fields")
    _check_limits(config, where)
    return config


def _explain(message: str) -> tuple[str, str, str]:
    """(key, what is wrong, what is allowed) of a message such as "Expected `str`, got `int` - at `$.archive.url`"."""
    what, _, path = message.partition(" - at ")
    key = path.strip("`").removeprefix("$").lstrip(".")
    unknown = re.match(r"Object contains unknown field `(.*)`", what)
    if unknown:
        allowed = _allowed(key)
        whole = f"{key}.{unknown[1]}" if key else unknown[1]
        return whole, "there is no such key", f"Allowed{f' in [{key}]' if key else ''}: {', '.join(allowed)}."
    if key == "notice.mode":
        return key, what, f"Allowed: {', '.join(get_args(NoticeMode))}."
    return key, _plain(what), ""


_SECTIONS: dict[str, type[msgspec.Struct]] = {
    "": Config,
    "archive": ArchiveSection,
    "notice": NoticeSection,
    "source": SourceSection,
    "media": MediaSection,
    "rules": RulesSection,
    "limits": LimitsSection,
}


def _allowed(key: str) -> tuple[str, ...]:
    return tuple(_SECTIONS[key.partition("[")[0]].__struct_fields__)


def _plain(what: str) -> str:
    """The message with TOML's words for types instead of Python's."""
    for python, toml in (
        ("`str`", "text"),
        ("`int`", "a number"),
        ("`bool`", "true or false"),
        ("`object`", "a table"),
    ):
        what = what.replace(python, toml)
    return what.replace("`array`", "a list")


def _check_zone(zone: str, where: str) -> None:
    if not zone:
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ConfigError(
            f"{zone!r} is no time zone", where=where, hint="For example Europe/Zurich or UTC."
        ) from problem


def _check_roles(fields: Mapping[str, str], where: str) -> None:
    roles = sorted({*get_args(Role), "key"})
    for role in fields:
        if role not in roles:
            raise ConfigError(f"{role!r} is no role", where=where, hint=f"Allowed: {', '.join(roles)}.")


def _check_limits(config: Config, where: str) -> None:
    for section, key in (("limits", "record_bytes"), ("limits", "chunk"), ("media", "max_bytes")):
        if getattr(getattr(config, section), key) < 1:
            raise ConfigError("must be at least 1", where=f"{where}, {section}.{key}")
