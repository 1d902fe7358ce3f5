"""The SQL that writes rows, made once from the column lists."""

from __future__ import annotations

from collections.abc import Sequence

from backfile.store import rows


def _quoted(columns: Sequence[str]) -> str:
    return ",".join(f'"{column}"' for column in columns)


def insert(table: str) -> str:
    """One row of a table, its columns in the order of `rows.TABLES`."""
    return _INSERTS[table]


_INSERTS = {
    table: f'INSERT INTO "{table}" ({_quoted(columns)}) VALUES ({",".join("?" * len(columns))})'  # noqa: S608
    for table, columns in rows.TABLES.items()
}
_INSERTS["search"] = "INSERT INTO search (rowid, headline, lead, text) VALUES (?,?,?,?)"
UPDATE = f"UPDATE article SET {','.join(f'{column}=?' for column in (*rows.CONTENT, 'revision', 'change'))} WHERE id=?"  # noqa: S608
