"""The rules' cards as people read them: on the terminal, and as the pages of `docs/rules/`.

`python -m backfile.faults.catalogue docs/rules` writes the pages anew; a test holds them to the cards.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from backfile.faults import RULES
from backfile.faults.rule import Card

WIDTH = 88
GRADES = {
    "safe": "safe: mended unasked",
    "proposed": "proposed: waits for the desk",
    "shown": "shown: cannot be mended by rule",
}
GROUPS = {
    "A": "Encoding",
    "B": "Entities and escapes",
    "C": "Markup residue",
    "D": "Structure",
    "E": "Duplication and loss",
    "F": "Intruding boilerplate and metadata",
    "G": "Typography and print residue",
}


def cards() -> list[Card]:
    """All cards, in the order in which the rules run."""
    return [rule.card for rule in RULES]


def card(name: str) -> Card | None:
    """The card of a rule by its name; None if no rule is called so."""
    return next((one for one in cards() if one.name == name), None)


def as_text(one: Card) -> str:
    """A card for the terminal, wrapped."""
    head = f"{one.name} ({one.group}) · {one.title}"
    parts = [head, "=" * len(head), ""]
    for title, words in _sections(one):
        parts += [title, textwrap.fill(words, WIDTH, initial_indent="  ", subsequent_indent="  "), ""]
    parts += ["Example", f"  before: {one.before}", f"  after:  {one.after}", ""]
    parts.append(f"Grade: {GRADES[one.grade]}. Since {one.since}.")
    return "\n".join(parts) + "\n"


def as_markdown(one: Card) -> str:
    """A card as a page of the documentation."""
    parts = [f"# {one.name}", "", f"**{one.title}** · entry {one.group} of the catalogue · {GRADES[one.grade]}", ""]
    for title, words in _sections(one):
        parts += [f"## {title}", "", *textwrap.wrap(_escaped(words), 110), ""]
    parts += ["## Example", "", "```text", f"before: {one.before}", f"after:  {one.after}", "```", ""]
    parts += [f"Since {one.since}. The cases are in `tests/samples/faults/{one.name}.toml`.", ""]
    return "\n".join(parts)


def index() -> str:
    """The page that lists all rules, by group, in the order in which they run."""
    parts = ["# The faults that Backfile knows", ""]
    parts += ["Generated from the rules' cards; `python -m backfile.faults.catalogue docs/rules` writes it anew.", ""]
    for letter, title in GROUPS.items():
        of_group = [one for one in cards() if one.group.startswith(letter)]
        if of_group:
            parts += [f"## {letter} {title}", "", "| rule | readers saw | grade |", "|---|---|---|"]
            parts += [f"| [{c.name}]({c.name}.md) | {_cell(c.title)} | {c.grade} |" for c in of_group]
            parts.append("")
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """File names and contents of `docs/rules/`."""
    return {"README.md": index(), **{f"{one.name}.md": as_markdown(one) for one in cards()}}


def write(folder: Path) -> list[str]:
    """Write all pages; pages of rules that are no more are removed. Returns the names of what changed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted, changed = pages(), []
    for path in sorted(folder.glob("*.md")):
        if path.name not in wanted:
            path.unlink()
            changed.append(path.name)
    for name, content in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(name)
    return changed


def _sections(one: Card) -> Iterable[tuple[str, str]]:
    return (
        ("What readers saw", one.readers_saw),
        ("Why", one.why),
        ("What it will get wrong", one.will_get_wrong),
    )


def _escaped(words: str) -> str:
    """Signs that Markdown would take for its own."""
    for sign in "\\`*_<>[]&":
        words = words.replace(sign, f"\\{sign}")
    return words


def _cell(words: str) -> str:
    return _escaped(words).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write("".join(f"{name}\n" for name in write(Path(sys.argv[1]))))
