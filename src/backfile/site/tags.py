"""Filters of the website's templates, loaded for all of them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from backfile.render.urls import media_url
from backfile.site.languages import Words, counted, long_date, long_time, right_to_left

register = template.Library()


@register.filter
def day(value: date | None, words: Words) -> str:
    """`3. Mai 2014`; what the language says for want of a date."""
    return long_date(value, words) if value else words.no_date


@register.filter
def when(value: datetime | None, words: Words) -> str:
    return long_time(localtime(value), words) if value else ""


@register.filter
def number(value: int, forms: tuple[str, str]) -> str:
    return counted(forms, value)


@register.filter
def language_attributes(value: str, page: str) -> SafeString:
    """` lang="fr"` where it is not the page's language; with `dir` where that runs the other way."""
    if not value or value == page:
        return SafeString("")
    if right_to_left(value):
        return format_html(' lang="{}" dir="rtl"', value)
    return format_html(' lang="{}"', value)


@register.filter
def media(name: str) -> str:
    return media_url("/media/", name)


@register.filter
def marked(parts: list[tuple[str, bool]]) -> SafeString:
    """An excerpt with its hits in `<mark>`."""
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in parts))
