"""The text account: every leaf of the record is non-text by the source's own list, or accounted for by the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter

from backfile.article import Article, Span
from backfile.ledger import Move
from backfile.proof.beside import Beside
from backfile.proof.cuts import Cuts
from backfile.proof.nontext import NonText
from backfile.proof.normal import alike, same, squeeze
from backfile.proof.places import Claim, Claims, value_of
from backfile.proof.quick import Seen, quick
from backfile.proof.reading import Reading, all_said, is_plain, mark_titles, place_text, read, shown, without_numbers
from backfile.proof.tiling import tile
from backfile.proof.values import value_problem
from backfile.proof.verdict import Problem, excerpt
from backfile.record import Record, SourceSpec


class TextProof:
    """One record's leaves against one article's claims; `problems` and `readings` are what came out."""

    def __init__(
        self, record: Record, spec: SourceSpec, article: Article, claims: Claims, leaves: Mapping[str, str]
    ) -> None:
        self.record, self.spec, self.article, self.claims, self.leaves = record, spec, article, claims, leaves
        self.problems: list[Problem] = []
        self.readings: list[tuple[str, str]] = []
        self.seen: dict[str, Seen] = {}
        """What the quick look saw in a leaf, where one sufficed to see it."""
        self._known: frozenset[str] | None = None
        self.beside = Beside(record, claims, leaves)
        self.non_text = NonText(spec, leaves)

    def run(self) -> None:
        by_leaf = self.claims.by_leaf
        for name, values, spans in self.claims.uneven:
            self._pair(name, list(values), spans)
        for path, leaf in self.leaves.items():
            claims = by_leaf.get(path)
            if claims is not None:
                self._leaf(path, leaf, claims)
            elif path not in self.non_text and leaf.strip():
                self._unmapped(path, leaf)
        if len(by_leaf) > len(self.leaves) or any(path not in self.leaves for path in by_leaf):
            self._no_such_leaf()
        if self.claims.rootless:
            self._rootless()

    def _pair(self, name: str, values: list[str], spans: tuple[Span, ...]) -> None:
        """Names of which some have a range and others come from beside the text: each range takes the name it shows."""
        for span in spans:
            words = squeeze(shown(self.leaves.get(span.leaf, "")[span.start : span.end]))
            value = next((value for value in values if same(squeeze(value), words)), "")
            if value:
                values.remove(value)
            self.claims.add((span,), value, "field", name)
        self.claims.rootless += [(name, value) for value in values]

    # -- one leaf ----------------------------------------------------------------------------------

    def _leaf(self, path: str, leaf: str, claims: list[Claim]) -> None:
        first = claims[0]
        if first.text == leaf and len(claims) == 1 and first.end - first.start == len(leaf) and is_plain(leaf):
            return
        values = [claim for claim in claims if claim.kind == "value"]
        if values:
            self._values(path, leaf, values)
            if len(values) == len(claims):
                return
        claims = self._prepared(path, leaf, claims)
        if claims and not self._order(path, len(leaf), claims):
            readings = self._readings(path, leaf)
            for reading in readings:
                if self._quickly(path, leaf, reading, claims):
                    self._chosen(path, reading, readings)
                    return
            if not self._beside(path, leaf, claims):
                self._carefully(path, leaf, claims, readings)

    def _chosen(self, path: str, reading: Reading, readings: tuple[Reading, ...]) -> None:
        if reading != readings[0]:
            self.readings.append((path, reading))

    def _beside(self, path: str, leaf: str, claims: list[Claim]) -> bool:
        """A leaf without text that names something of the record's context: an account's display name, a picture's
        caption. Whether that is so for all claims."""
        if not self.record.context or path not in self.non_text:
            return False
        held = squeeze(leaf)
        return all(squeeze(claim.text) in (held, "") or self.beside.says(squeeze(claim.text)) for claim in claims)

    def reading_of(self, path: str) -> Reading:
        """How the leaf is read, where there is no choice."""
        return self._readings(path, self.leaves[path])[0]

    def _readings(self, path: str, leaf: str) -> tuple[Reading, ...]:
        media = self.record.media
        if media == "html":
            return ("markup",)
        if media == "xml" and self.spec.regions and without_numbers(path) in self.spec.regions:
            return ("xml",)
        return ("text",) if media == "text" or is_plain(leaf) else ("markup", "text")

    def _prepared(self, path: str, leaf: str, claims: list[Claim]) -> list[Claim]:
        """The claims with the text that the source should show for them: moves without a place of their own,
        what was generated taken out, values and fields that speak of one range counted once."""
        found = [claim for claim in claims if claim.kind != "value"]
        found += [self._moved(move, path) for move in self.claims.moves if self._homeless(move, path, claims)]
        for generated in self.claims.generated:
            if generated.span is not None and generated.span.leaf == path:
                _take_out(found, generated.span.start, generated.text)
        taken = {(claim.start, claim.end) for claim in found}
        for claim in claims:
            if claim.kind == "value" and (claim.start, claim.end) not in taken:
                claim.text = shown(leaf[claim.start : claim.end])
                found.append(claim)
        return _once(found)

    def _homeless(self, move: Move, path: str, claims: list[Claim]) -> bool:
        """Whether no place claims the moved text; its new place must then hold it (see `_moved`)."""
        span = move.span
        if span is None or span.leaf != path:
            return False
        return not any(
            start <= span.start < end for claim in claims if claim.kind != "drop" for start, end in claim.ranges()
        )

    def _moved(self, move: Move, path: str) -> Claim:
        span = move.span
        assert span is not None
        if squeeze(move.text) not in squeeze(place_text(self.article, move.to)):
            self.problems.append(
                Problem(kind="loss", leaf=path, start=span.start, end=span.end, at=move.to, expected=excerpt(move.text),
                        note="moved to a place that does not hold it")
            )  # fmt: skip
        return Claim(path, span.start, span.end, move.text, "move", f"move by {move.by}")

    def _order(self, path: str, length: int, claims: list[Claim]) -> bool:
        """Report flow that is out of the source's order with no move recorded; whether there is any."""
        last, before = -1, len(self.problems)
        for claim in claims:
            if claim.kind != "flow" or not claim.text or claim.end > length:
                continue
            if self.claims.moves and self._licensed(claim):
                continue
            if claim.start >= last:
                last = claim.start
                continue
            self.problems.append(
                Problem(kind="order", leaf=path, start=claim.start, end=claim.end, at=claim.place(),
                        found=excerpt(claim.text), note="out of the source's order, and no move says so")
            )  # fmt: skip
        return len(self.problems) > before

    def _licensed(self, claim: Claim) -> bool:
        return any(
            move.span is not None
            and move.span.leaf == claim.leaf
            and move.span.start < claim.end
            and claim.start < move.span.end
            for move in self.claims.moves
        )

    def _quickly(self, path: str, leaf: str, reading: Reading, claims: list[Claim]) -> bool:
        """Whether the texts of the claims, in the order of their ranges, are the leaf's visible text."""
        seen = Seen(leaf) if reading == "text" else quick(leaf) if reading == "markup" else None
        if seen is None:
            return False
        if reading == "markup":
            self.seen[path] = seen
        flow = sorted([claim for claim in claims if claim.kind != "alt" and claim.text], key=_START)
        last = 0
        for claim in flow:
            if claim.start < last:
                return False
            last = claim.more[-1][1] if claim.more else claim.end
        if last > len(leaf) or not alike("\n".join([claim.text for claim in flow]), seen.flow):
            return False
        if reading == "markup" and not _each_in_its_range(leaf, flow):
            return False
        alts = [claim.text for claim in claims if claim.kind == "alt" and claim.text]
        return all_said(alts, seen.words, self.known) if alts or seen.words else True

    def _carefully(self, path: str, leaf: str, claims: list[Claim], readings: tuple[Reading, ...]) -> None:
        outside = [claim for claim in claims if any(not 0 <= a <= b <= len(leaf) for a, b in claim.ranges())]
        if outside:
            self.problems += [_no_range(path, claim) for claim in outside]
            return
        found = [tile(path, leaf, read(leaf, reading), claims, self.known()) for reading in readings]
        for reading, problems in zip(readings, found, strict=True):
            if not problems:
                self._chosen(path, reading, readings)
                return
        self.problems += found[0]

    # -- the rest ----------------------------------------------------------------------------------

    def known(self) -> frozenset[str]:
        """Squeezed titles of links and abbreviations: words that a mark carries."""
        if self._known is None:
            self._known = mark_titles(self.article)
        return self._known

    def _values(self, path: str, leaf: str, claims: Iterable[Claim]) -> None:
        for claim in claims:
            raw = leaf[claim.start : claim.end]
            problem = value_problem(claim.at, value_of(self.article, claim.at), shown(raw) or raw)
            if problem:
                self.problems.append(
                    Problem(kind="date", leaf=path, start=claim.start, end=claim.end, at=claim.at,
                            expected=excerpt(raw), note=problem)
                )  # fmt: skip

    def _unmapped(self, path: str, leaf: str) -> None:
        """A leaf that no text names: pictures and rules only, which the other accounts look for, or forgotten."""
        readings = self._readings(path, leaf)
        if readings[0] != "text" and not any(part.must for part in read(leaf, readings[0])):
            self.claims.by_leaf[path] = []
            return
        self.problems.append(
            Problem(kind="unmapped", leaf=path, end=len(leaf), expected=excerpt(leaf.strip()),
                    note="neither mapped nor on the source's list of leaves without text")
        )  # fmt: skip

    def _no_such_leaf(self) -> None:
        for path, claims in self.claims.by_leaf.items():
            if path not in self.leaves:
                self.problems += [_no_range(path, claim) for claim in claims if claim.text.strip()][:3]

    def _rootless(self) -> None:
        """Text without ranges: generated by name, said by the context or by machine data of a page, or invented."""
        for at, text in self.claims.rootless:
            words = squeeze(text)
            if not self.beside.says(words) and not self.beside.machines_say(words):
                self.problems.append(Problem(kind="invention", at=at, found=excerpt(text), note="names no source"))


_START = attrgetter("start")


def _each_in_its_range(leaf: str, flow: list[Claim]) -> bool:
    """Whether each text is what its own range shows, as far as that is quickly seen."""
    cuts = Cuts(leaf)
    return all(not claim.more and cuts.cut(claim.start, claim.end, claim.text) for claim in flow) and (
        cuts.seen() is not None
    )


def _once(claims: list[Claim]) -> list[Claim]:
    """Fields that say the same of the same range (a category that is section and topic) count once."""
    seen: set[tuple[int, int, str]] = set()
    found = []
    for claim in claims:
        if claim.kind == "field" and not claim.more:
            key = (claim.start, claim.end, claim.text)
            if key in seen:
                continue
            seen.add(key)
        found.append(claim)
    return found


def _take_out(claims: list[Claim], at: int, text: str) -> None:
    for claim in claims:
        if claim.start <= at <= claim.end and text in claim.text:
            claim.text = claim.text.replace(text, "", 1)
            return


def _no_range(path: str, claim: Claim) -> Problem:
    return Problem(
        kind="span", leaf=path, start=claim.start, end=claim.end, at=claim.place(), found=excerpt(claim.text),
        note="the record has no such range",
    )  # fmt: skip
