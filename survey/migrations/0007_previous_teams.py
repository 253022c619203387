from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("survey", "0006_no_samples_of_texts")]

    operations = [
        migrations.AddField(
            model_name="team",
            name="previous_teams",
            field=models.ManyToManyField(
                blank=True,
                editable=False,
                related_name="following_teams",
                to="survey.team",
                verbose_name="teams van de vorige bevraging",
            ),
        ),
    ]
