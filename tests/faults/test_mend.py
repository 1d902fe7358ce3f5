"""Mending as a whole: rounds, claims, stopped rules, marks, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import STEP, assert_linear

from backfile.article import Article, Image, List, ListItem, Mark, Paragraph, Preformatted, Text, plain_text
from backfile.draft import replay
from backfile.fault import Fault
from backfile.faults import RULES
from backfile.faults.ask import Asker, still_true
from backfile.faults.cases import check_mended, check_triggers
from backfile.faults.claims import Claims
from backfile.faults.mend import mend
from backfile.faults.rule import Ask, Card, Found, TextRule
from backfile.ledger import Drop, Replace
from backfile.profile import Learner, Profile


def article(*texts: str, language: str = "de-ch") -> Article:
    blocks = tuple(Paragraph(id=f"b{n}", text=Text(text)) for n, text in enumerate(texts))
    return Article(source="s", key="1", blocks=blocks, language=language)


def rule(name: str, old: str, new: str | None, grade="safe", **more) -> TextRule:
    card = Card(
        name=name,
        group="X1",
        title=name,
        readers_saw="x",
        why="x",
        before="x",
        after="x",
        will_get_wrong="x",
        grade=grade,
        since="0.1",
    )

    def find(text: Text, ask: Ask):
        at = text.text.find(old)
        while at >= 0:
            yield Found(start=at, end=at + len(old), after=new, drop="" if new else "test")
            at = text.text.find(old, at + len(old))

    return TextRule(card=card, trigger=old, find=find, **more)


def test_sound_article_comes_back_as_it_is() -> None:
    given_article = article("Der Rat tagte.", "Er beschloss nichts.")
    mended = mend(given_article, Profile())
    assert mended.article is given_article
    assert (mended.ops, mended.faults, mended.asked) == ((), (), ())


def test_first_rule_wins_and_later_rules_see_its_work() -> None:
    rules = (rule("first", "ab", "c"), rule("second", "cb", "d"), rule("third", "b", "x"))
    mended = mend(article("abb"), Profile(), rules=rules)
    assert plain_text(mended.article) == "d"
    assert [op.by for op in mended.ops] == ["first", "second"]


def test_an_open_finding_keeps_later_rules_away() -> None:
    rules = (rule("shown", "abc", None, grade="shown"), rule("safe", "b", "x"))
    mended = mend(article("abc b"), Profile(), rules=rules)
    assert plain_text(mended.article) == "abc x"
    assert [(f.name, f.state, f.start, f.end) for f in mended.faults] == [
        ("safe", "mended", 4, 5),
        ("shown", "open", 0, 3),
    ]


def test_places_of_open_faults_are_those_of_the_final_article() -> None:
    rules = (rule("open", "zz", "y", grade="proposed"), rule("safe", "long", "s"))
    mended = mend(article("long long zz"), Profile(), rules=rules)
    (fault,) = [f for f in mended.faults if f.state == "open"]
    assert plain_text(mended.article)[fault.start : fault.end] == "zz"


def test_accepted_proposals_are_done() -> None:
    rules = (rule("open", "zz", "y", grade="proposed"),)
    assert plain_text(mend(article("a zz"), Profile(), rules=rules, accepted=frozenset({"open"})).article) == "a y"


def test_rules_that_are_off_do_not_run() -> None:
    assert mend(article("f&uuml;r"), Profile(), frozenset({"visible-entity"})).ops == ()


def test_a_rule_that_never_settles_is_stopped_and_undone() -> None:
    rules = (rule("swings", "a", "b"), rule("back", "b", "a"), rule("good", "q", "k"))
    mended = mend(article("a q"), Profile(), rules=rules)
    assert set(mended.unsettled) == {"swings", "back"}
    assert plain_text(mended.article) == "a k"
    assert {f.name for f in mended.faults if "stopped" in f.note} == {"swings", "back"}


def test_a_rule_that_fails_is_stopped() -> None:
    def find(text: Text, ask: Ask):
        raise KeyError("no")

    bad = TextRule(card=rule("bad", "a", "b").card, trigger="a", find=find)
    mended = mend(article("a q"), Profile(), rules=(bad, rule("good", "q", "k")))
    assert mended.unsettled == ("bad",)
    assert plain_text(mended.article) == "a k"


def test_marks_follow() -> None:
    text = Text("Die Br&uuml;cke steht", (Mark(4, 15, "strong"),))
    mended = mend(Article(source="s", key="1", blocks=(Paragraph(id="b", text=text),)), Profile())
    after = mended.article.blocks[0].text
    assert after.text[after.marks[0].start : after.marks[0].end] == "Brücke"


def test_tag_pairs_become_marks() -> None:
    mended = mend(article('Ein <b>Wort</b> und <a href="https://example.org/x">mehr</a>.'), Profile())
    text = mended.article.blocks[0].text
    assert text.text == "Ein Wort und mehr."
    assert [(text.text[m.start : m.end], m.kind, m.href) for m in text.marks] == [
        ("Wort", "strong", ""),
        ("mehr", "link", "https://example.org/x"),
    ]


def test_lists_captions_and_preformatted_texts_are_mended() -> None:
    blocks = (
        List(id="l", items=(ListItem(Text("f&uuml;r")), ListItem(Text("gegen")))),
        Image(id="i", src="a.jpg", caption=Text("Sch&ouml;n")),
        Preformatted(id="p", text=Text("  Gr&uuml;n\n  grau")),
    )
    mended = mend(Article(source="s", key="1", blocks=blocks), Profile())
    assert plain_text(mended.article) == "für\n\ngegen\n\nSchön\n\n  Grün\n  grau"


def test_faults_carry_what_was_there() -> None:
    (fault,) = mend(article("Wir f&uuml;hren das auf."), Profile()).faults
    assert fault == Fault(
        name="visible-entity",
        grade="safe",
        state="mended",
        at="b0:text",
        start=5,
        end=11,
        before="&uuml;",
        after="ü",
        excerpt="Wir f&uuml;hren das auf.",
    )


def test_answers_are_remembered() -> None:
    learner = Learner()
    for _ in range(3):
        learner.add(article("Das Brünneli am Platz."))
    profile = learner.freeze()
    mended = mend(article("Das Br?nneli."), profile)
    assert plain_text(mended.article) == "Das Brünneli."
    assert still_true(mended.asked, profile)
    assert not still_true(mended.asked, Profile())


def test_asker_asks_once() -> None:
    class Counting(Profile):
        asked = 0

        def known(self, word: str) -> bool:
            Counting.asked += 1
            return True

    ask = Asker(Counting(), article("x"))
    assert ask.known("a")
    assert ask.known("a")
    assert Counting.asked == 1


def test_many_faults_are_counted_not_listed() -> None:
    mended = mend(article("&uuml; " * 1000 + "."), Profile())
    faults = [f for f in mended.faults if f.name == "visible-entity"]
    assert len(faults) == 201
    assert "799 more" in faults[-1].note
    assert len([op for op in mended.ops if isinstance(op, Replace | Drop)]) >= 1000


HOSTILE = {
    "entities": "&uuml;" * 30_000,
    "ampersands": "&amp;" * 30_000,
    "mojibake": "Ã¼" * 40_000,
    "tags": "<b>" * 30_000,
    "breaks": "a<br>" * 8_000,
    "open brackets": "[caption " * 15_000,
    "braces": "{" * 80_000,
    "question marks": "a?" * 50_000,
    "one word": "ue" * 50_000,
    "one plain word": "a" * 80_000,
    "one word and a sign": "Ã" + "a" * 60_000 + "\ufffd" + "b" * 60_000 + "u00fc",
    "soft hyphens": "\u00ad" * 50_000,
    "backslashes": "\\" * 80_000,
    "asterisks": "**a" * 30_000,
    "apostrophes": "'" * 80_000,
    "equals": "=“" * 40_000,
    "numbers": "&#8222" * 20_000,
    "replacement": "\ufffd" * 50_000,
    "percent": "%C3%BC" * 15_000,
    "spaces": " \u00a0" * 40_000,
    "controls": "".join(map(chr, range(0x20))) * 2000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_more_than_linear_time(text: str) -> None:
    def mend_part(length: int) -> None:
        assert not mend(article(text[:length]), Profile(), later).unsettled

    later = frozenset(one.card.name for one in RULES if one.card.group[0] not in "ABC")
    assert_linear(mend_part, len(text) // STEP)


_TOKENS = """
a B ü ß . & amp; uuml; #8222 ; <br> <b> </b> <p> [ ] / ? Ã¼ â€ ** '' ' " n %C3%BC ue fu00fcr f?r « » „ “ - { } caption
id="1" undefined Wort 2 \\ \u0093 \ufffd \u00ad \u200b
"""
ALPHABET = st.sampled_from([*_TOKENS.split(), " ", "\n", "\u00a0", "\u2028"])


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.lists(ALPHABET, max_size=12).map("".join), max_size=4), st.sampled_from(["de-ch", "fr-ch", "en", ""])
)
def test_whatever_it_says_mending_settles(texts: list[str], language: str) -> None:
    given_article = article(*[text.strip() or "x" for text in texts], language=language)
    mended = mend(given_article, Profile())
    assert list(check_mended(given_article, mended, Profile())) == []
    assert list(check_triggers(given_article, Profile())) == []
    assert replay(given_article, mended.ops) == mended.article


def test_claims() -> None:
    claims = Claims()
    claims.add(2, 5)
    claims.add(8, 9)
    assert claims.free(5, 8)
    assert not claims.free(4, 6)
    claims.shift([(0, 1, "long")])
    assert claims.free(2, 5)
    assert not claims.free(5, 6)
