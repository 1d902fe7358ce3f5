from django.db import migrations

from backfile.store import search


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(search.CREATE)


def remove(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {search.TABLE}")


class Migration(migrations.Migration):
    dependencies = [("backfile_store", "0001_start")]
    operations = [migrations.RunPython(create, remove)]
