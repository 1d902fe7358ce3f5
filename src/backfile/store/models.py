"""The schema of an archive. Django's models own it; the import writes it in bulk (`backfile.store.rows`).

Blobs named `…_zst` are zstd-compressed (`backfile.store.packing`). Times are UTC; `Article.day` is the
date in the source's own zone, because that is the day readers know. Row numbers are given out by the
one writer in the order of the export, so that the same import gives the same numbers. Tables with a row or
more for each article have a plain `id = IntegerField(primary_key=True)`: for SQLite that is the row number
itself, also where it is another table's key; an auto field's sequence and a big integer's index would cost
as much as the rows.
"""

from __future__ import annotations

from django.db import models

from backfile.store.run_models import Chunk, Profile, Run, Source

__all__ = [
    "Article",
    "Author",
    "Chunk",
    "Exclusion",
    "Fault",
    "Known",
    "Ledger",
    "Media",
    "MediaUse",
    "Original",
    "Page",
    "Profile",
    "Redirect",
    "Reject",
    "Revision",
    "Run",
    "Setting",
    "Source",
    "Topic",
]

STATES = [(name, name) for name in ("clean", "flagged", "held", "withheld")]
VERDICTS = [(name, name) for name in ("proved", "failed", "not_checked")]


class Article(models.Model):
    """One article as pages, lists and feeds need it. `article_zst` is its stored JSON (`backfile.article`)."""

    id = models.IntegerField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=500)
    fingerprint = models.CharField(max_length=16, blank=True, default="")
    """Tells apart two articles which the old system gave the same key; empty for the first."""
    path = models.CharField(max_length=300, unique=True)
    """The address on the new website, `/2014/05/03/headline-1207`; once given it never changes."""
    state = models.CharField(max_length=10, choices=STATES)
    withheld = models.CharField(max_length=20, blank=True, default="")
    kicker = models.TextField(blank=True, default="")
    headline = models.TextField(blank=True, default="")
    teaser = models.TextField(blank=True, default="")
    """The lead, or the beginning of the text: at most 300 characters, for lists and feeds."""
    section = models.CharField(max_length=200, blank=True, default="")
    section_slug = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")
    published = models.DateTimeField(null=True)
    modified = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    picture = models.CharField(max_length=100, blank=True, default="")
    """The first picture that is there, as a path below `media/`."""
    article_zst = models.BinaryField()
    shaped_zst = models.BinaryField(null=True)
    """The article as shaped, before mending; null where mending changed nothing."""
    sha256 = models.CharField(max_length=64)
    """Of the stored JSON."""
    revision = models.PositiveIntegerField(default=1)
    change = models.PositiveBigIntegerField()
    """Rises with every write of any article: whoever follows the archive asks for what is above the last one seen."""
    edited = models.BooleanField(default=False)
    taken_down = models.BooleanField(default=False)

    class Meta:
        db_table = "article"
        constraints = [models.UniqueConstraint(fields=["source", "key", "fingerprint"], name="article_identity")]
        indexes = [
            models.Index(fields=["day", "published"], name="article_day"),
            models.Index(fields=["section_slug", "day"], name="article_section"),
            models.Index(fields=["change"], name="article_change"),
        ]

    def __str__(self) -> str:
        return self.headline or self.key


class Known(models.Model):
    """What the import must remember of an article to tell, cheaply, whether a record has changed. Found by the
    article's identity, so that it needs no index but its own row number."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=500)
    fingerprint = models.CharField(max_length=16, blank=True, default="")
    record_sha256 = models.BinaryField(max_length=32)
    """Of the record's payload and what belongs to it, its place in the export aside."""
    modified = models.CharField(max_length=64, blank=True, default="")
    title = models.BinaryField(max_length=8)
    """Hash of the shaped headline."""
    result = models.BinaryField(max_length=32)
    """Hash of all that processing made: article, ledger, faults, verdict, page."""
    rules = models.CharField(max_length=64)
    profile = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, db_index=False)
    asked = models.BinaryField()
    """The answers of the profile that mending used."""
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    problems = models.TextField(blank=True, default="")
    """What the proof found, as JSON; empty if nothing."""
    state = models.CharField(max_length=10, choices=STATES)
    undated = models.BooleanField()
    unmapped = models.TextField(blank=True, default="")
    """Names of the record's text fields that nobody mapped (`Article.extra`), one a line."""
    mended = models.PositiveIntegerField()
    open = models.PositiveIntegerField()
    milliseconds = models.FloatField()
    """CPU time of shaping, mending and proving."""
    seen = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The last run in which the record was met."""
    removed = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The `--complete` run that no longer held the record."""

    class Meta:
        db_table = "known"

    def __str__(self) -> str:
        return self.key


class Author(models.Model):
    """One name of an article's bylines."""

    id = models.IntegerField(primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authors", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=200)

    class Meta:
        db_table = "author"
        ordering = ["article", "position"]
        indexes = [
            models.Index(fields=["article", "position"], name="author_article"),
            models.Index(fields=["slug"], name="author_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """One topic of an article."""

    id = models.IntegerField(primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="topics", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=200)

    class Meta:
        db_table = "topic"
        ordering = ["article", "position"]
        indexes = [
            models.Index(fields=["article", "position"], name="topic_article"),
            models.Index(fields=["slug"], name="topic_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class Original(models.Model):
    """The record as the old system held it. `record` is its JSON without the payload (`backfile.record.Record`)."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE)
    record = models.TextField()
    payload_zst = models.BinaryField()
    length = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)

    class Meta:
        db_table = "original"

    def __str__(self) -> str:
        return f"original of {self.article_id}"


class Revision(models.Model):
    """An older version. `kind`: `updated` (the old system changed it), `rules` (new rules or a new profile),
    `merged` (the same key twice in one export: this one was not the newest), `edited` (a hand corrected it)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    """The revision of the article that this was; 0 for merged ones, which never were the article."""
    kind = models.CharField(max_length=10)
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT)
    record = models.TextField(blank=True, default="")
    payload_zst = models.BinaryField(null=True)
    record_sha256 = models.BinaryField(max_length=32)
    article_zst = models.BinaryField()
    page = models.TextField(blank=True, default="")

    class Meta:
        db_table = "revision"
        indexes = [models.Index(fields=["record_sha256"], name="revision_record")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind} {self.number}"


class Ledger(models.Model):
    """What happened to an article's text: `account_zst` while shaping, `ops_zst` while mending (`backfile.ledger`
    JSON). Null where nothing happened."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE)
    account_zst = models.BinaryField(null=True)
    ops_zst = models.BinaryField(null=True)

    class Meta:
        db_table = "ledger"

    def __str__(self) -> str:
        return f"ledger of {self.article_id}"


class Fault(models.Model):
    """One display error of one article (`backfile.fault.Fault`)."""

    id = models.IntegerField(primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="faults")
    name = models.CharField(max_length=60)
    grade = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    at = models.CharField(max_length=80, blank=True, default="")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    excerpt = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "fault"
        indexes = [models.Index(fields=["name", "state"], name="fault_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Reject(models.Model):
    """What could not be read. `record` is set where a record was read and a later step failed on it."""

    identity = models.BinaryField(max_length=16, unique=True)
    """Hash of source, place and bytes: the same reject met again is the same row."""
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    file = models.TextField()
    offset = models.PositiveBigIntegerField()
    length = models.PositiveBigIntegerField()
    key = models.CharField(max_length=500, blank=True, default="")
    reason = models.TextField()
    hint = models.TextField(blank=True, default="")
    traceback = models.TextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    payload_zst = models.BinaryField()
    record = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, default="open")
    """`open`, or `resolved` once a later run or a retry read it."""
    seen = models.ForeignKey(Run, null=True, on_delete=models.PROTECT)

    class Meta:
        db_table = "reject"

    def __str__(self) -> str:
        return f"{self.file} at {self.offset}: {self.reason}"


class Exclusion(models.Model):
    """An item that is no article, left out by a named rule, and what it was."""

    identity = models.BinaryField(max_length=16, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    rule = models.CharField(max_length=100, db_index=True)
    key = models.CharField(max_length=500, blank=True, default="")
    file = models.TextField()
    offset = models.PositiveBigIntegerField()
    length = models.PositiveBigIntegerField()
    payload_zst = models.BinaryField()
    seen = models.ForeignKey(Run, on_delete=models.PROTECT)

    class Meta:
        db_table = "exclusion"

    def __str__(self) -> str:
        return f"{self.rule}: {self.key}"


class Redirect(models.Model):
    """An address of the old website. `old` is path and query, normalised by `backfile.store.paths.old_path`."""

    id = models.IntegerField(primary_key=True)
    old = models.TextField(db_index=True)
    host = models.CharField(max_length=255, blank=True, default="")
    article = models.ForeignKey(Article, on_delete=models.CASCADE)

    class Meta:
        db_table = "redirect"

    def __str__(self) -> str:
        return self.old


class Page(models.Model):
    """The body of an article's page, rendered at import; notice and frame are put around it while serving."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE)
    path = models.CharField(max_length=300)
    body = models.TextField()
    revision = models.PositiveIntegerField()

    class Meta:
        db_table = "page"

    def __str__(self) -> str:
        return self.path


class Media(models.Model):
    """A file of the media folder, named by its content: `media/<file>`."""

    file = models.CharField(max_length=100, unique=True)
    type = models.CharField(max_length=100)
    length = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "media"

    def __str__(self) -> str:
        return self.file


class MediaUse(models.Model):
    """A reference of an article to a file of the old website; `media` is null where the file was not found."""

    id = models.IntegerField(primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="media")
    url = models.TextField()
    media = models.ForeignKey(Media, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta:
        db_table = "media_use"

    def __str__(self) -> str:
        return self.url


class Setting(models.Model):
    """What the desk or a room keeps about the whole archive, as JSON."""

    name = models.CharField(max_length=100, primary_key=True)
    value = models.JSONField()

    class Meta:
        db_table = "setting"

    def __str__(self) -> str:
        return self.name
