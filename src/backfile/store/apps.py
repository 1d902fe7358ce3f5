"""The store as a Django app: its models own the schema, its migrations change it."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "backfile.store"
    label = "backfile_store"
    verbose_name = "Backfile"
    default_auto_field = "django.db.models.BigAutoField"
