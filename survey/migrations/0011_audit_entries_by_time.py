from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('survey', '0010_team_names_whatever_the_capitals'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['at'], name='audit_entry_at'),
        ),
    ]
