"""Real exports through reading, shaping and proof: what fails must fail for a reason, and nothing crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.proof import prove, prove_page
from backfile.record import Options, Record, Source
from backfile.render import body
from backfile.shaping import shape
from backfile.sources import nitf, text, wxr

pytestmark = pytest.mark.corpus


def verdicts(source: Source, paths: list[Path]) -> tuple[int, list[str]]:
    proved, failed = 0, []
    for path in paths:
        for record in source.items(path, Options()):
            if not isinstance(record, Record):
                continue
            made = shape(record, source.fields(record, Options()), Options())
            found = prove(record, source.spec, made.article, made.account, (), made.article)
            page = prove_page(made.article, body(made.article))
            if found.state == page.state == "proved":
                proved += 1
            else:
                failed.append(f"{path.name} {record.key}: {[*found.problems, *page.problems][:2]}")
    return proved, failed


@pytest.mark.parametrize(
    ("source", "folder", "pattern", "at_least"),
    [(wxr.SOURCE, "wxr", "*.xml", 80), (nitf.SOURCE, "nitf", "*.xml", 10), (text.SOURCE, "wire-text", "*.txt", 5)],
    ids=["wxr", "nitf", "text"],
)
def test_every_record_is_proved(corpus: Path, source: Source, folder: str, pattern: str, at_least: int) -> None:
    proved, failed = verdicts(source, sorted((corpus / folder).rglob(pattern)))
    assert not failed
    assert proved >= at_least
