from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from backfile import pipe
from backfile.profile import Profile


@pytest.fixture
def answer() -> Callable[..., dict[str, Any]]:
    """The answer to one question: `answer("<p>…</p>", format="html")`."""

    def ask(content: str, *, mending: bool = True, profile: Profile | None = None, **rest: Any) -> dict[str, Any]:
        line = json.dumps({"id": "it", "content": content, **rest}).encode()
        (found,) = pipe.run([line], profile or Profile(), mending=mending)
        told: dict[str, Any] = json.loads(found)
        return told

    return ask
