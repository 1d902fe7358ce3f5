"""Backfile: moves a newspaper's backfile into a new website and proves that nothing was lost.

As a library it reads, shapes, mends and proves single articles; no website, no database is loaded:

    >>> import backfile
    >>> answer = backfile.answer(backfile.Question(content="<p>F&amp;uuml;nf Franken</p>"), backfile.Profile())
    >>> answer["text"], answer["verdict"]
    ('Fünf Franken', 'proved')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from backfile import decoding as _decoding  # noqa: F401  # registers the codecs that records name

if TYPE_CHECKING:
    from backfile.article import Article
    from backfile.faults.mend import mend
    from backfile.pipe import Question, answer
    from backfile.profile import Learner, Profile
    from backfile.proof.page import prove_page
    from backfile.proof.prove import prove
    from backfile.record import Options, Record
    from backfile.registry import recognise, source
    from backfile.render import body
    from backfile.shaping import shape

__version__ = "0.1.0"
__all__ = [
    "Article", "Learner", "Options", "Profile", "Question", "Record", "answer", "body", "mend", "prove", "prove_page",
    "recognise", "shape", "source",
]  # fmt: skip

_HOME = {
    "Article": "article",
    "Learner": "profile",
    "Options": "record",
    "Profile": "profile",
    "Question": "pipe",
    "Record": "record",
    "answer": "pipe",
    "body": "render",
    "mend": "faults.mend",
    "prove": "proof",
    "prove_page": "proof",
    "recognise": "registry",
    "shape": "shaping",
    "source": "registry",
}


def __getattr__(name: str) -> Any:
    """Load a name's room when it is asked for: whoever needs one room does not pay for all."""
    if name in _HOME:
        return getattr(import_module(f"backfile.{_HOME[name]}"), name)
    raise AttributeError(f"module 'backfile' has no attribute {name!r}")
