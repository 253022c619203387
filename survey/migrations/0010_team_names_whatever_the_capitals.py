import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('survey', '0009_user_once_per_address'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='team',
            name='team_one_per_name',
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(models.F('survey_round'), django.db.models.functions.text.Lower('name'), name='team_one_per_name', violation_error_message='Er is al een team met deze naam in deze bevraging.'),
        ),
    ]
