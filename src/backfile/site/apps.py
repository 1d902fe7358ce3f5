"""The website as a Django app. It has no models of its own; its migration makes the search table."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "backfile.site"
    label = "backfile_site"
    verbose_name = "Backfile website"
