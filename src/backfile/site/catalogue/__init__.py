"""What the website says: one file per language, each with the same words. Swiss spelling: no ß."""

from __future__ import annotations

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One language of the website. Texts with braces are filled by `str.format`."""

    code: str
    skip: str
    archive: str
    untitled: str
    language: str
    and_: str
    search: str
    search_in: str
    menu: str
    sections: str
    topics: str
    authors: str
    years: str
    undated: str
    front: str
    newest: str
    from_the_archive: str
    articles: tuple[str, str]
    by: str
    published: str
    modified: str
    no_date: str
    newer: str
    older: str
    next_article: str
    previous_article: str
    related: str
    comments: tuple[str, str]
    page_of: str
    next_page: str
    previous_page: str
    agency: str
    notice_title: str
    notice_clean: str
    notice_flagged: str
    report_title: str
    report_lead: str
    report_kind: str
    report_kinds: tuple[tuple[str, str], ...]
    report_passage: str
    report_passage_hint: str
    report_message: str
    report_mail: str
    report_mail_hint: str
    report_trap: str
    report_send: str
    report_thanks_title: str
    report_thanks: str
    report_back: str
    report_again: str
    report_empty: str
    report_too_many: str
    results: tuple[str, str]
    nothing_found: str
    nothing_hint: str
    found_beginnings: str
    found_any: str
    all_sections: str
    all_years: str
    all_languages: str
    filter: str
    not_found_title: str
    not_found: str
    gone_title: str
    gone: str
    error_title: str
    error: str
    feed: str
    imprint: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
