"""Cases of the lab, made once."""

from __future__ import annotations

import pytest

from backfile.lab import clean, injecting


@pytest.fixture(scope="session")
def articles() -> list[clean.CleanArticle]:
    return clean.shipped()


@pytest.fixture(scope="session")
def cases(articles: list[clean.CleanArticle]) -> list[injecting.Case]:
    """Every class several times, a fifth of the cases with several classes, and the clean articles."""
    return list(injecting.cases(articles, 11, 600))
