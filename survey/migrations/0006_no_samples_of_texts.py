from django.db import migrations

# PostgreSQL keeps a hundred values of each column to plan with, also after their rows are gone.
# Texts of colleagues may not stay behind there (T7, T10). Setting the type throws away what it
# sampled before.
FORWARDS = """
ALTER TABLE survey_othertext ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE survey_othertext ALTER COLUMN text TYPE varchar(300);
"""
BACKWARDS = "ALTER TABLE survey_othertext ALTER COLUMN text SET STATISTICS -1;"


def keep_no_samples(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def keep_samples(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("survey", "0005_former_links")]

    operations = [migrations.RunPython(keep_no_samples, keep_samples)]
