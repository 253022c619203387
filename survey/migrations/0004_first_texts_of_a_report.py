from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("survey", "0003_reminders_of_dates")]

    operations = [
        migrations.RemoveIndex(model_name="othertext", name="other_text_in_report"),
        migrations.AddIndex(
            model_name="othertext",
            index=models.Index(
                fields=["segment", "state", "question", "id"], name="other_text_in_report"
            ),
        ),
    ]
