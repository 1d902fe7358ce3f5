"""The desk as a Django app: readers' reports and who works on them."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "backfile.desk"
    label = "backfile_desk"
    verbose_name = "Backfile desk"
    default_auto_field = "django.db.models.BigAutoField"
