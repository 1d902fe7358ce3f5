"""Readers' reports: what a reader saw, where, in which revision; and how far the desk is with it."""

from __future__ import annotations

from django.db import models

KINDS = ("characters", "text", "layout", "picture", "link", "facts", "other")
STATES = ("new", "seen", "done", "suspect")
"""`suspect`: came as programs send, not as readers do; kept apart, never thrown away."""


class Report(models.Model):
    """One report. Every text in it is a reader's: plain text, never markup.

    `passage` with `prefix` and `suffix` (what stands around it), `position` (code points from the start of the
    article's visible text) and `block` say where; only `passage` is there if the reader's browser ran no script.
    """

    article = models.ForeignKey("backfile_store.Article", on_delete=models.CASCADE, related_name="reports")
    revision = models.PositiveIntegerField()
    """Of the article, as the reader saw it."""
    address = models.TextField()
    kind = models.CharField(max_length=20)
    passage = models.TextField(blank=True, default="")
    prefix = models.TextField(blank=True, default="")
    suffix = models.TextField(blank=True, default="")
    position = models.PositiveIntegerField(null=True)
    block = models.CharField(max_length=40, blank=True, default="")
    message = models.TextField(blank=True, default="")
    mail = models.CharField(max_length=254, blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")
    received = models.DateTimeField()
    state = models.CharField(max_length=10, default="new")
    suspicion = models.CharField(max_length=60, blank=True, default="")
    """Why it is `suspect`."""
    changed_by = models.CharField(max_length=150, blank=True, default="")
    changed = models.DateTimeField(null=True)

    class Meta:
        db_table = "report"
        indexes = [models.Index(fields=["state", "received"], name="report_state")]

    def __str__(self) -> str:
        return f"report {self.pk} ({self.state})"
