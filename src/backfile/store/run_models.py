"""Models of what an import is: where its records come from, what it knows of them, its runs and their chunks."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """One old system. `profile` is the version of the profile that its imports use."""

    name = models.CharField(max_length=200, unique=True)
    format = models.CharField(max_length=50)
    title = models.CharField(max_length=200, blank=True, default="")
    path = models.TextField(blank=True, default="")
    profile = models.ForeignKey("Profile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "source"

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """What one source's articles know about themselves, frozen. `number` counts per source from 1."""

    source_name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    made = models.DateTimeField()
    articles = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    """As `backfile.profile.Profile.to_bytes` gives it."""

    class Meta:
        db_table = "profile"
        constraints = [models.UniqueConstraint(fields=["source_name", "number"], name="profile_number")]

    def __str__(self) -> str:
        return f"{self.source_name} {self.number}"


class Run(models.Model):
    """One `backfile import`. `state`: `running` (or killed: the same command resumes it), `done`, `abandoned`."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    path = models.TextField()
    fingerprint = models.CharField(max_length=64)
    """Of the input, the options and the rules: only a run with the same one can be resumed."""
    rules = models.CharField(max_length=64)
    profile = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=20)
    complete = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, default="import")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    counts = models.JSONField(default=dict)
    """The object that `--json` prints; filled when the run is done."""

    class Meta:
        db_table = "run"

    def __str__(self) -> str:
        return f"run {self.pk} of {self.source_id}"


class Chunk(models.Model):
    """The marker of a committed chunk: items `first` to `last` (from 1) of the export are in the store."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    counts = models.JSONField()
    seconds = models.FloatField(default=0)

    class Meta:
        db_table = "chunk"
        constraints = [models.UniqueConstraint(fields=["run", "first"], name="chunk_first")]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"
