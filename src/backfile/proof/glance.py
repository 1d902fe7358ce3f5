"""The ordinary article, proved at a glance.

Looks at articles of which nothing was dropped or moved, whose texts name one range each, in the source's order. Every
leaf is cut at those ranges: each text must be what its own range shows, and nothing may show between them. It says yes
only where the full proof would find nothing; anything else, it leaves to the full proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from backfile.article import Article, Block, Crosshead, Paragraph, Span
from backfile.proof.cuts import SILENT, Cuts
from backfile.proof.nontext import NonText
from backfile.proof.places import MUST_HAVE_SOURCE, TEXTS, Claims, claim_blocks, value_of
from backfile.proof.quick import Seen
from backfile.proof.reading import all_said, mark_titles
from backfile.proof.references import References
from backfile.proof.values import LONGEST_VALUE, value_problem
from backfile.record import Record, SourceSpec

_DATES = frozenset({"published", "modified", "embargo", "rights.embargo"})
_TEXTS = {prefix + name: read for name, read in TEXTS.items() for prefix in ("", "rights.")}


def proved_at_a_glance(record: Record, spec: SourceSpec, article: Article, leaves: Mapping[str, str]) -> bool:
    """Whether every leaf of a record is told by an article that nothing was taken from, without a closer look."""
    if spec.regions or article.comments or record.media in ("html", "text"):
        return False
    glance = _Glance(article, leaves)
    return glance.fields() and glance.blocks() and glance.complete(spec) and glance.told()


class _Glance:
    """`whole` are the leaves that are one text as they stand, `values` those that hold a value; `cuts` go by leaf, and
    are made of all others that a text comes from. `links` are where the paragraphs' marks lead."""

    __slots__ = ("article", "cuts", "leaves", "links", "values", "whole")

    def __init__(self, article: Article, leaves: Mapping[str, str]) -> None:
        self.article, self.leaves = article, leaves
        self.cuts: dict[str, Cuts] = {}
        self.whole: set[str] = set()
        self.values: set[str] = set()
        self.links: list[str] = []

    # -- what the article tells, each False where that is out of the ordinary -----------------------

    def fields(self) -> bool:
        """Note the fields' texts, and check their values."""
        article, leaves, whole, cuts = self.article, self.leaves, self.whole, self.cuts
        origin = article.origin
        for name, spans in origin.items():
            read = _TEXTS.get(name)
            if read is None:
                if not self._values(name, spans):
                    return False
                continue
            words = read(article)
            if len(words) != len(spans):
                return False
            for number, span in enumerate(spans):
                path, text = span.leaf, words[number]
                if (
                    leaves.get(path) == text
                    and span.end == len(text)
                    and not span.start
                    and path not in whole
                    and path not in cuts
                    and "<" not in text
                    and "&" not in text
                ):  # all of its leaf, as most fields are
                    whole.add(path)
                elif not self._text(name, span, text):
                    return False
        for read in _unsaid(tuple(origin)):
            if any(read(article)):
                return False
        for extra in article.extra:
            if len(extra.source) != 1 or not self._text("extra", extra.source[0], extra.value):
                return False
        return True

    def _text(self, name: str, span: Span, text: str) -> bool:
        """Note a text that is a range of its leaf, or all of a leaf that a field has told: a category that is both
        section and topic counts once."""
        path = span.leaf
        if path in self.whole:
            lead = self.article.origin.get("lead", ())
            again = name != "lead" and all(other.leaf != path for other in lead)
            return again and text == self.leaves[path] and (span.start, span.end) == (0, len(text))
        cuts = self._cuts(path)
        return cuts is not None and cuts.cut(span.start, span.end, text)

    def _values(self, name: str, spans: tuple[Span, ...]) -> bool:
        value = value_of(self.article, name) if name in _DATES else None
        for span in spans:
            path = span.leaf
            leaf = self.leaves.get(path)
            if leaf is None or "<" in leaf or len(leaf) > LONGEST_VALUE:
                return False
            if value is not None and ("&" in leaf or value_problem(name, value, leaf[span.start : span.end])):
                return False
            self.values.add(path)
        return True

    def blocks(self) -> bool:
        """Note the blocks' texts, those of paragraphs as `Cuts.cut` does."""
        path, leaf, at, cuts, links = "", "", 0, _NOWHERE, self.links
        for block in self.article.blocks:
            kind = type(block)
            if (kind is not Paragraph and kind is not Crosshead) or len(block.source) != 1:
                cuts.at = at
                if not self._block(block):
                    return False
                at = cuts.at
                continue
            span = block.source[0]
            if span.leaf != path:  # not that of the paragraph before
                cuts.at = at
                path = span.leaf
                found = self._cuts(path)
                if found is None:
                    return False
                cuts, leaf, at = found, found.leaf, found.at
            start, end = span.start, span.end
            if at != start:
                if at > start:
                    return False
                between = leaf[at:start]
                if between not in SILENT:
                    cuts.odd.append(between)
                    cuts.told.append("")
            at = end
            text: str = block.text.text  # type: ignore[union-attr]
            raw = leaf[start:end]
            if raw != text or not text or "<" in text or "&" in text:
                if start > end:
                    return False
                cuts.odd.append(raw)
                cuts.told.append(text)
                for mark in block.text.marks:  # type: ignore[union-attr]
                    if mark.href:
                        links.append(mark.href)
        cuts.at = at
        return True

    def _cuts(self, path: str) -> Cuts | None:
        """The cuts of a leaf; None where it is told already, or there is none."""
        found = self.cuts.get(path)
        if found is None and path in self.leaves and path not in self.whole:
            found = self.cuts[path] = Cuts(self.leaves[path])
        return found

    def _block(self, block: Block) -> bool:
        """A block of several texts, or with others inside."""
        found = Claims()
        claim_blocks((block,), found)
        for path, claims in found.by_leaf.items():
            cuts = self._cuts(path)
            if cuts is None:
                return False
            for claim in sorted(claims, key=lambda claim: claim.start):
                if claim.more or not 0 <= claim.start <= claim.end <= len(cuts.leaf):
                    return False
                if claim.kind == "alt":
                    cuts.alts.append(claim.text)
                elif not cuts.cut(claim.start, claim.end, claim.text):
                    return False
        return not found.rootless

    # -- whether that is all ------------------------------------------------------------------------

    def complete(self, spec: SourceSpec) -> bool:
        """Whether each leaf is told, or holds no text by the source's own list."""
        cuts, whole, values, leaves = self.cuts, self.whole, self.values, self.leaves
        if not values.isdisjoint(cuts) or not values.isdisjoint(whole):
            return False
        non_text = NonText(spec, leaves)
        silent = non_text.silent
        for path in leaves:
            if path in silent or path in whole or path in cuts or path in values:
                continue
            if path not in non_text and leaves[path].strip():
                return False
        return True

    def told(self) -> bool:
        """Whether each leaf says what its texts say, and refers to what the article refers to."""
        for cuts in self.cuts.values():
            seen = cuts.seen()
            if seen is None or seen.other:
                return False
            if (cuts.alts or seen.words) and not all_said(cuts.alts, seen.words, lambda: mark_titles(self.article)):
                return False
            if (seen.leads or seen.shows) and not self._refers(seen):
                return False
        return True

    def _refers(self, seen: Seen) -> bool:
        if not seen.shows and seen.leads == self.links:
            return True
        refs = References(self.article)
        return (not seen.leads or seen.leads == refs.links) and refs.media.issuperset(seen.shows)


_NOWHERE = Cuts("")


@lru_cache(maxsize=256)
def _unsaid(names: tuple[str, ...]) -> tuple[Callable[[Article], tuple[str, ...]], ...]:
    """How to read the fields that must have a source and are not among those that have one."""
    return tuple(TEXTS[name] for name in MUST_HAVE_SOURCE if name not in names)
