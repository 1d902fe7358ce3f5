"""The proof: nothing lost, nothing invented, nothing hidden. It reads the source with its own eyes.

`prove` compares one record with the article made of it; `prove_page` the article with the page that shows
it; `backfile.proof.counts` a whole import with its own sums and with outside witnesses.
"""

from __future__ import annotations

from backfile.proof.page import prove_page
from backfile.proof.prove import prove
from backfile.proof.verdict import Problem, Verdict

__all__ = ["Problem", "Verdict", "prove", "prove_page"]
