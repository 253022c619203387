import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('survey', '0008_previous_teams_by_name'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_once_per_address', violation_error_message='Er is al iemand met dit e-mailadres.'),
        ),
    ]
