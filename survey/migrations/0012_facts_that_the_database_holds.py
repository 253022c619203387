import survey.models.rounds
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('survey', '0011_audit_entries_by_time'),
    ]

    operations = [
        migrations.AlterField(
            model_name='surveyround',
            name='closing_date',
            field=models.DateField(help_text='Tot en met deze dag kan iedereen invullen.', validators=[survey.models.rounds.not_too_far], verbose_name='einddatum'),
        ),
        migrations.AddConstraint(
            model_name='othertext',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='other_text_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.UniqueConstraint(condition=models.Q(('question__isnull', False)), fields=('question', 'position'), name='prompt_of_question_one_per_position'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.UniqueConstraint(condition=models.Q(('question__isnull', True)), fields=('questionnaire', 'pattern', 'position'), name='prompt_of_pattern_one_per_position'),
        ),
        migrations.AddConstraint(
            model_name='surveyround',
            constraint=models.CheckConstraint(condition=models.Q(('closing_date__gte', models.F('opened_on'))), name='survey_round_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='surveyround',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('void_reason', ''), _negated=True), _connector='OR'), name='survey_round_void_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('headcount__gte', 1)), name='team_headcount_at_least_one'),
        ),
    ]
