"""Every verb explains itself, and the documentation says what the verbs say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from backfile.cli import VERBS, app


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(app, info_name="backfile")
    for verb in VERBS:
        command = app.get_command(context, verb)
        assert command is not None
        yield verb, command
        if isinstance(command, click.Group):
            for below in command.list_commands(context):
                child = command.get_command(context, below)
                assert child is not None
                yield f"{verb} {below}", child


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_help_has_an_example_and_every_option_a_word(backfile, name: str) -> None:
    said = backfile(*name.split(), "--help")
    assert said.code == 0
    assert f"backfile {name}" in said.out
    own = ALL[name]
    assert own.help
    assert "Example:" in own.help or isinstance(own, click.Group)
    for option in own.params:
        if isinstance(option, click.Option) and option.name not in ("host", "port"):
            assert option.help, f"{name}: {option.name}"


def test_examples_name_options_that_exist() -> None:
    for name, command in ALL.items():
        known = {text for param in command.params for text in (*param.opts, *param.secondary_opts)}
        for example in re.findall(r"Example: (.*)", command.help or ""):
            said = set(re.findall(r"(?<=\s)--[a-z-]+", example))
            verbs = [other for other in ALL if f"backfile {other}" in example]
            others = {text for verb in verbs for param in ALL[verb].params for text in param.opts}
            assert said <= known | others, f"{name}: {example}"


def test_documentation_is_up_to_date(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/docs.py", "--check"], cwd=root, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    text = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    for name in ALL:
        assert re.search(rf"^#+ backfile {name}$", text, re.MULTILINE), name


def test_every_exit_code_is_documented(root: Path) -> None:
    from backfile import errors

    text = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    codes = {
        value.exit_code
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.BackfileError)
    }
    for code in codes | {0, 1, 130}:
        assert re.search(rf"^\| {code} \|", text, re.MULTILINE), code


ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(ROOT.glob("*.md"))
PAGES += [page for name in ("docs", "examples") for page in sorted((ROOT / name).rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{page.name} → {target}"
        if anchor and goal.suffix == ".md":
            assert anchor in anchors(goal), f"{page.name} → {target}"


def anchors(page: Path) -> set[str]:
    """As they are made of headings."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_documented_configuration_loads(root: Path, tmp_path: Path) -> None:
    from backfile.config import load

    text = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "backfile.toml").write_text(block, encoding="utf-8")
    config = load(tmp_path)
    assert config.source[0].fields["headline"] == "Titel"
    assert config.limits.chunk == 500


def test_every_source_is_documented(root: Path) -> None:
    from backfile import registry

    text = (root / "docs" / "sources.md").read_text(encoding="utf-8")
    heads = " ".join(re.findall(r"^## (.*)$", text, re.MULTILINE))
    for name in registry.sources():
        assert name in heads.split()
