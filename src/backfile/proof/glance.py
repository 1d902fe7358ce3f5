"""The ordinary article, proved at a glance.

Looks at articles of which nothing was dropped or moved, whose texts name one range each, in the source's order. It says
yes only where the full proof would find nothing; anything else, it leaves to the full proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from backfile.article import Article, Block, Crosshead, Paragraph, Span
from backfile.proof.nontext import NonText
from backfile.proof.normal import alike
from backfile.proof.places import MUST_HAVE_SOURCE, TEXTS, Claims, claim_blocks, value_of
from backfile.proof.quick import Seen, quick
from backfile.proof.reading import all_said, is_plain, mark_titles
from backfile.proof.references import References
from backfile.proof.values import LONGEST_VALUE, value_problem
from backfile.record import Record, SourceSpec


def proved_at_a_glance(record: Record, spec: SourceSpec, article: Article, leaves: Mapping[str, str]) -> bool:
    """Whether every leaf of a record is told by an article that nothing was taken from, without a closer look."""
    if spec.regions or article.comments or record.media in ("html", "text"):
        return False
    glance = _Glance(article, leaves)
    return glance.fields() and glance.blocks() and glance.complete(spec) and glance.told()


class _Glance:
    """`texts`, `ends` and `alts` go by leaf: the texts that come from it, where the last of them ends, and the
    alternative texts of its pictures."""

    __slots__ = ("alts", "article", "ends", "leaves", "texts", "values")

    def __init__(self, article: Article, leaves: Mapping[str, str]) -> None:
        self.article, self.leaves = article, leaves
        self.texts: dict[str, list[str]] = {}
        self.ends: dict[str, int] = {}
        self.alts: dict[str, list[str]] = {}
        self.values: set[str] = set()

    # -- what the article tells, each False where that is out of the ordinary -----------------------

    def fields(self) -> bool:
        """Note the fields' texts, and check their values."""
        article = self.article
        origin = article.origin
        for name, spans in origin.items():
            read = TEXTS.get(name.removeprefix("rights."))
            if read is not None:
                words = read(article)
                if len(words) != len(spans) or not all(map(self._text, spans, words)):
                    return False
            elif not self._values(name, spans):
                return False
        for name in MUST_HAVE_SOURCE:
            if name not in origin and any(TEXTS[name](article)):
                return False
        for extra in article.extra:
            if len(extra.source) != 1 or not self._text(extra.source[0], extra.value):
                return False
        return True

    def _text(self, span: Span, text: str) -> bool:
        leaf = span.leaf
        known = self.texts.get(leaf)
        if known is None:
            self.texts[leaf] = [text] if text else []
            self.ends[leaf] = span.end
            return 0 <= span.start <= span.end
        if not self.ends[leaf] <= span.start <= span.end:
            return False
        known.append(text)
        self.ends[leaf] = span.end
        return True

    def _values(self, name: str, spans: tuple[Span, ...]) -> bool:
        value = value_of(self.article, name)
        for span in spans:
            leaf = self.leaves.get(span.leaf)
            if leaf is None or "<" in leaf or len(raw := leaf[span.start : span.end]) > LONGEST_VALUE:
                return False
            if isinstance(value, datetime) and ("&" in raw or value_problem(name, value, raw)):
                return False
            self.values.add(span.leaf)
        return True

    def blocks(self) -> bool:
        """Note the blocks' texts."""
        leaf = ""
        texts: list[str] = []
        for block in self.article.blocks:
            kind = type(block)
            if (kind is Paragraph or kind is Crosshead) and len(block.source) == 1:
                span = block.source[0]
                text = block.text.text  # type: ignore[union-attr]
                if span.leaf == leaf:  # as that of the paragraph before, mostly
                    if not self.ends[leaf] <= span.start <= span.end:
                        return False
                    texts.append(text)
                    self.ends[leaf] = span.end
                    continue
                if not self._text(span, text):
                    return False
                leaf, texts = span.leaf, self.texts[span.leaf]
            elif not self._block(block):
                return False
        return True

    def _block(self, block: Block) -> bool:
        """A block of several texts, or with others inside."""
        found = Claims()
        claim_blocks((block,), found)
        for leaf, claims in found.by_leaf.items():
            for claim in sorted(claims, key=lambda claim: claim.start):
                if claim.kind == "alt":
                    self.alts.setdefault(leaf, []).append(claim.text)
                    self.texts.setdefault(leaf, [])
                    self.ends.setdefault(leaf, 0)
                    if claim.more or not 0 <= claim.start <= claim.end <= len(self.leaves.get(leaf, "")):
                        return False
                elif claim.more or not self._text(Span(leaf, claim.start, claim.end), claim.text):
                    return False
        return not found.rootless

    # -- whether that is all ------------------------------------------------------------------------

    def complete(self, spec: SourceSpec) -> bool:
        """Whether each leaf is told, or holds no text by the source's own list."""
        if not self.values.isdisjoint(self.texts):
            return False
        non_text = NonText(spec, self.leaves)
        left = self.leaves.keys() - self.texts.keys() - self.values - non_text.silent
        return all(path in non_text or not self.leaves[path].strip() for path in left)

    def told(self) -> bool:
        """Whether each leaf says what its texts say, and refers to what the article refers to."""
        refs: References | None = None
        for path, texts in self.texts.items():
            leaf = self.leaves.get(path)
            if leaf is None or self.ends[path] > len(leaf):
                return False
            if len(texts) == 1 and texts[0] == leaf and is_plain(leaf) and path not in self.alts:
                continue
            seen = quick(leaf)
            if seen is None or seen.other or not self._says(seen, texts, self.alts.get(path, [])):
                return False
            if seen.leads or seen.shows:
                refs = refs or References(self.article)
                if (seen.leads and seen.leads != refs.links) or not refs.media.issuperset(seen.shows):
                    return False
        return True

    def _says(self, seen: Seen, texts: list[str], alts: list[str]) -> bool:
        lines = [line for part in seen.flow.split("\n") if (line := part.strip(" \t\r"))]
        if texts != lines and not alike("\n".join(texts), seen.flow):
            return False
        return not (alts or seen.words) or all_said(alts, seen.words, lambda: mark_titles(self.article))
