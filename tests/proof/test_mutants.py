"""Random defects in what shaping makes of ordinary articles: the quick way and the careful way catch every one.

Three hundred mutants in each run: words dropped, changed, put in and glued, paragraphs and list items lost, told twice
and exchanged, captions cut, references undone. What shaping made must be proved either way.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import msgspec
import pytest

from backfile.article import Article, Text, block_texts, walk
from backfile.draft import put_texts
from backfile.proof import prove, prove_page
from backfile.proof.leaves import leaves
from backfile.proof.page import closely as page_closely
from backfile.proof.prove import closely
from backfile.record import Field, Options, Origin, Record, SourceSpec
from backfile.render import body
from backfile.shaping import Shaped, shape

WORDS = (
    "Brücke", "Dorf", "Rat", "Ort", "«Nein»", "sagte", "gestern", "1984", "450", "Franken", "–", "Zürich", "Müller",
    "&amp;", "Söhne", "&lt;3", "x&nbsp;y", "d&#8217;accord", "Anna,", "Schule.", "Käse&shy;markt", "bewilligt",
)  # fmt: skip
SPEC = SourceSpec(non_text=("id",))


def words(rng: random.Random, most: int = 14) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, most)))


def paragraph(rng: random.Random) -> str:
    found = [words(rng), words(rng), words(rng)]
    kind = rng.randint(0, 6)
    if kind == 1:
        found[1] = f"<strong>{found[1]}</strong>"
    elif kind == 2:
        found[rng.randint(0, 2)] = f'<a href="https://a.example/{rng.randint(1, 9)}?a=1&amp;b=2">{words(rng, 4)}</a>'
    elif kind == 3:
        found[1] = f"<em>{found[1]}</em><br />"
    elif kind == 4:
        found[0] += "\n"
    return f"<p>{' '.join(found)}</p>"


def markup(rng: random.Random) -> str:
    """A body as newspapers write it."""
    parts = [paragraph(rng) for _ in range(rng.randint(2, 7))]
    parts.insert(1, f"<h3>{words(rng, 4)} Zwischentitel</h3>")
    if rng.random() < 0.5:
        parts.insert(2, f'<p><img src="https://a.example/b.jpg" alt="{words(rng, 4)} Bild" width="300" /></p>')
    if rng.random() < 0.4:
        items = "".join(f"<li>{words(rng, 5)}</li>" for _ in range(3))
        parts.insert(rng.randint(1, len(parts)), f"<ul>{items}</ul>")
    if rng.random() < 0.4:
        caption = f"<figcaption>{words(rng, 6)} Legende</figcaption>"
        parts.insert(rng.randint(1, len(parts)), f'<figure><img src="/c.jpg" alt="See" />{caption}</figure>')
    if rng.random() < 0.3:
        parts.append("<p>&nbsp;</p>")
    return rng.choice(["\n\n", "\n", ""]).join(parts)


@lru_cache(maxsize=256)
def made(seed: int) -> tuple[Record, Shaped]:
    rng = random.Random(seed)
    held = {"id": str(seed), "title": f"{words(rng, 5)} Titel", "lead": f"{words(rng, 9)} Lead", "body": markup(rng),
            "author": "Anna Muster", "section": "Region", "date": "2003-03-13 08:30:00"}  # fmt: skip
    record = Record(
        source="t", key=str(seed), format="t", media="json", payload=msgspec.json.encode(held), origin=Origin("f")
    )
    fields = [
        Field("headline", held["title"], "title", markup="html"), Field("lead", held["lead"], "lead", markup="html"),
        Field("body", held["body"], "body", markup="html"), Field("byline", held["author"], "author"),
        Field("section", held["section"], "section"), Field("published", held["date"], "date"),
    ]  # fmt: skip
    return record, shape(record, fields, Options())


# -- defects, each None where an article has no place for it -------------------------------------------------


def texts(article: Article) -> list[tuple[str, Text]]:
    """Places of the article and their texts, those without words left out."""
    found = [(name, getattr(article, name)) for name in ("headline", "lead")]
    found += [(f"{b.id}:{slot}", text) for b in walk(article.blocks) for slot, text in block_texts(b)]
    return [(at, text) for at, text in found if text.text.strip()]


def edit(change: Callable[[str, random.Random], str]) -> Callable[[Article, random.Random], Article | None]:
    def mutant(article: Article, rng: random.Random) -> Article | None:
        at, text = rng.choice(texts(article))
        after = change(text.text, rng)
        return put_texts(article, {at: Text(after, text.marks)}) if after != text.text else None

    return mutant


def less_a_word(text: str, rng: random.Random) -> str:
    found = text.split(" ")
    del found[rng.randrange(len(found))]
    return " ".join(found)


def exchanged_words(text: str, rng: random.Random) -> str:
    found = text.split(" ")
    at = rng.randrange(len(found))
    found[at], found[at - 1] = found[at - 1], found[at]
    return " ".join(found)


def another_letter(text: str, rng: random.Random) -> str:
    letters = [n for n, c in enumerate(text) if c.isalnum()]
    at = rng.choice(letters)
    return f"{text[:at]}{'ä' if text[at] != 'ä' else 'a'}{text[at + 1 :]}"


def less_a_letter(text: str, rng: random.Random) -> str:
    at = rng.choice([n for n, c in enumerate(text) if not c.isspace()])
    return text[:at] + text[at + 1 :]


def one_word_more(text: str, rng: random.Random) -> str:
    return f"{text} angeblich" if rng.random() < 0.5 else f"Angeblich {text}"


def glued(text: str, rng: random.Random) -> str:
    spaces = [n for n, c in enumerate(text) if c == " " and text[n - 1 : n].isalnum() and text[n + 1 : n + 2].isalnum()]
    at = rng.choice(spaces) if spaces else len(text)
    return text[:at] + text[at + 1 :]


def reference_undone(text: str, rng: random.Random) -> str:
    """A reference that is written out, in another way than the source does, or is lost with what it stood for."""
    return text.replace("’", rng.choice(["&rsquo;", ""]), 1) if "’" in text else text.replace("&", "&#38;", 1)


def half(text: str, _: random.Random) -> str:
    return text[: len(text) // 2].rpartition(" ")[0]


def with_blocks(article: Article, blocks: list[Any]) -> Article:
    return msgspec.structs.replace(article, blocks=tuple(blocks))


def telling(article: Article) -> list[int]:
    return [n for n, b in enumerate(article.blocks) if any(text.text.strip() for _, text in block_texts(b))]


def less_a_block(article: Article, rng: random.Random) -> Article:
    at = rng.choice(telling(article))
    return with_blocks(article, [b for n, b in enumerate(article.blocks) if n != at])


def a_block_twice(article: Article, rng: random.Random) -> Article:
    blocks: list[Any] = list(article.blocks)
    blocks.insert(rng.randrange(len(blocks) + 1), blocks[rng.choice(telling(article))])
    return with_blocks(article, blocks)


def exchanged_blocks(article: Article, rng: random.Random) -> Article | None:
    blocks: list[Any] = list(article.blocks)
    one, other = sorted(rng.sample(flowing(article), 2))
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return with_blocks(article, blocks)


def exchanged_texts(article: Article, rng: random.Random) -> Article | None:
    """Two paragraphs that keep their ranges and take each other's words."""
    one, other = (article.blocks[n] for n in rng.sample(flowing(article), 2))
    first, second = (next(block_texts(b)) for b in (one, other))
    if first[1].text.split() == second[1].text.split():
        return None
    return put_texts(article, {f"{one.id}:{first[0]}": second[1], f"{other.id}:{second[0]}": first[1]})


def flowing(article: Article) -> list[int]:
    return [n for n in telling(article) if type(article.blocks[n]).__name__ != "Image"]


def of_items(change: Callable[[list[Any], int], None]) -> Callable[[Article, random.Random], Article | None]:
    def mutant(article: Article, rng: random.Random) -> Article | None:
        blocks: list[Any] = list(article.blocks)
        lists = [n for n, b in enumerate(blocks) if type(b).__name__ == "List"]
        if not lists:
            return None
        items = list(blocks[lists[0]].items)
        before = [item.text.text.split() for item in items]
        change(items, rng.randrange(len(items)))
        if [item.text.text.split() for item in items] == before:
            return None
        blocks[lists[0]] = msgspec.structs.replace(blocks[lists[0]], items=tuple(items))
        return with_blocks(article, blocks)

    return mutant


def another_address(article: Article, rng: random.Random) -> Article | None:
    found = [(at, text) for at, text in texts(article) if any(mark.href for mark in text.marks)]
    if not found:
        return None
    at, text = rng.choice(found)
    marks = tuple(msgspec.structs.replace(m, href="https://b.example/") if m.href else m for m in text.marks)
    return put_texts(article, {at: Text(text.text, marks)})


def range_cut(article: Article, rng: random.Random) -> Article | None:
    """The words are right, the range that they name is not theirs."""
    blocks: list[Any] = list(article.blocks)
    found = [n for n, b in enumerate(blocks) if len(b.source) == 1 and type(b).__name__ == "Paragraph"]
    at = rng.choice(found)
    span = blocks[at].source[0]
    cut = msgspec.structs.replace(span, end=(span.start + span.end) // 2)
    blocks[at] = msgspec.structs.replace(blocks[at], source=(cut,))
    return with_blocks(article, blocks)


DEFECTS: dict[str, Callable[[Article, random.Random], Article | None]] = {
    "less a word": edit(less_a_word), "exchanged words": edit(exchanged_words), "half": edit(half),
    "another letter": edit(another_letter), "less a letter": edit(less_a_letter), "glued": edit(glued),
    "one word more": edit(one_word_more), "reference undone": edit(reference_undone),
    "less a block": less_a_block, "a block twice": a_block_twice,
    "exchanged blocks": exchanged_blocks, "exchanged texts": exchanged_texts, "another address": another_address,
    "range cut": range_cut,
    "an item less": of_items(lambda items, at: items.pop(at) and None),
    "an item twice": of_items(lambda items, at: items.insert(at, items[at])),
    "items exchanged": of_items(lambda items, at: items.insert(0, items.pop(at))),
}  # fmt: skip


UNSAID = ("another address", "range cut")
"""Defects that change no words."""


def mutants(name: str) -> Iterator[tuple[int, Article]]:
    """Twenty articles with the defect."""
    seed = found = 0
    while found < 20:
        seed += 1
        rng = random.Random(f"{name} {seed}")
        article = DEFECTS[name](made(seed)[1].article, rng)
        if article is not None:
            found += 1
            yield seed, article


def verdicts(seed: int, article: Article) -> tuple[str, str]:
    """As it is proved, and with every text looked at with care."""
    record, shaped = made(seed)
    usual = prove(record, SPEC, article, shaped.account, (), article).state
    with patch("backfile.proof.text.quick", lambda _: None):
        careful = closely(record, SPEC, article, shaped.account, (), article, leaves(record, SPEC)).state
    return usual, careful


def said(article: Article) -> list[list[str]]:
    """What an article says, word by word."""
    return [text.text.split() for _, text in texts(article)]


def printed(article: Article) -> list[list[str]]:
    """What a page prints: no headline, which is the page's own, and no alternative texts."""
    return [text.text.split() for at, text in texts(article) if at != "headline" and not at.endswith(":alt")]


@pytest.mark.parametrize("seed", range(1, 60))
def test_what_shaping_makes_is_proved(seed: int) -> None:
    article = made(seed)[1].article
    assert verdicts(seed, article) == ("proved", "proved")
    assert prove_page(article, body(article)).state == page_closely(article, body(article)).state == "proved"


@pytest.mark.parametrize("name", DEFECTS)
def test_every_defect_is_caught_either_way(name: str) -> None:
    for seed, article in mutants(name):
        true = made(seed)[1].article
        if name not in UNSAID and said(article) == said(true):
            continue  # two words that are the same were exchanged
        if name == "glued" and printed(article) == printed(true):
            continue  # words of alternative texts are not parted
        assert verdicts(seed, article) == ("failed", "failed"), (name, seed)


@pytest.mark.parametrize("name", [name for name in DEFECTS if name not in UNSAID])
def test_every_defect_of_a_page_is_caught_either_way(name: str) -> None:
    """The page of the sound article for the damaged one, and the other way round."""
    for seed, article in mutants(name):
        true = made(seed)[1].article
        for stored, shown in ((true, article), (article, true)):
            if name == "glued" and stored is article:
                continue  # a page may part what the article does not
            if printed(article) == printed(true):
                continue
            page = body(shown)
            assert prove_page(stored, page).state == "failed", (name, seed)
            assert page_closely(stored, page).state == "failed", (name, seed)
