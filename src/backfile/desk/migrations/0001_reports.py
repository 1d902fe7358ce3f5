import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("backfile_store", "0001_start"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("address", models.TextField()),
                ("kind", models.CharField(max_length=20)),
                ("passage", models.TextField(blank=True, default="")),
                ("prefix", models.TextField(blank=True, default="")),
                ("suffix", models.TextField(blank=True, default="")),
                ("position", models.PositiveIntegerField(null=True)),
                ("block", models.CharField(blank=True, default="", max_length=40)),
                ("message", models.TextField(blank=True, default="")),
                ("mail", models.CharField(blank=True, default="", max_length=254)),
                ("language", models.CharField(blank=True, default="", max_length=35)),
                ("received", models.DateTimeField()),
                ("state", models.CharField(default="new", max_length=10)),
                ("suspicion", models.CharField(blank=True, default="", max_length=60)),
                ("changed_by", models.CharField(blank=True, default="", max_length=150)),
                ("changed", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="backfile_store.article"
                    ),
                ),
            ],
            options={
                "db_table": "report",
                "indexes": [models.Index(fields=["state", "received"], name="report_state")],
            },
        ),
    ]
