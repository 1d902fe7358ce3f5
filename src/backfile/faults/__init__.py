"""The faults that Backfile knows, one file each, and the order in which they are mended.

The order means something: text is decoded before it is read, markup is read before structure is
seen, structure stands before typography is judged. A new rule is one line here.
"""

from __future__ import annotations

from backfile.faults import (
    agency_credit,
    apostrophe_accent,
    ascii_dash,
    broken_paragraph,
    byline_in_text,
    c1_control,
    caption_doubled,
    crosshead_run_in,
    cut_lead,
    cut_text,
    dateline_in_text,
    drop_cap_split,
    elision_space,
    gallery_pager,
    glued_sentence,
    glued_word,
    hard_line_break,
    headline_repeated,
    hyphenation_residue,
    image_repeated,
    interface_text,
    jump_line,
    label_run_in,
    lead_repeated,
    ligature_damage,
    number_space,
    photo_credit_in_text,
    production_line,
    related_links,
    sign_off_code,
    spacing_damage,
    split_contraction,
    stale_notice,
    text_repeated,
    unbalanced_quotes,
    wrong_quotes,
)
from backfile.faults.rule import Rule

ENCODING: tuple[Rule, ...] = (c1_control.RULE,)
"""Groups A, B and C: encodings, entities and escapes, markup residue. Outer layers first."""

STRUCTURE: tuple[Rule, ...] = (
    hard_line_break.RULE,
    broken_paragraph.RULE,
    glued_sentence.RULE,
    crosshead_run_in.RULE,
    glued_word.RULE,
    label_run_in.RULE,
    gallery_pager.RULE,
    headline_repeated.RULE,
    lead_repeated.RULE,
    caption_doubled.RULE,
    text_repeated.RULE,
    image_repeated.RULE,
    cut_text.RULE,
    cut_lead.RULE,
)
"""Groups D and E: paragraphs, lists, boxes; repetition and loss."""

DESK: tuple[Rule, ...] = (
    stale_notice.RULE,
    interface_text.RULE,
    related_links.RULE,
    jump_line.RULE,
    production_line.RULE,
    agency_credit.RULE,
    dateline_in_text.RULE,
    byline_in_text.RULE,
    sign_off_code.RULE,
    photo_credit_in_text.RULE,
    drop_cap_split.RULE,
    ligature_damage.RULE,
    hyphenation_residue.RULE,
    spacing_damage.RULE,
    number_space.RULE,
    elision_space.RULE,
    split_contraction.RULE,
    apostrophe_accent.RULE,
    wrong_quotes.RULE,
    unbalanced_quotes.RULE,
    ascii_dash.RULE,
)
"""Groups F and G: intruding metadata and boilerplate, typography and print residue."""

RULES: tuple[Rule, ...] = (*ENCODING, *STRUCTURE, *DESK)
