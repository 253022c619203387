from django.db import migrations
from django.db.models import F


def note_previous_teams(apps, schema_editor):
    """Until now the team of the same name in the previous round was the same team."""
    Team = apps.get_model("survey", "Team")
    Link = Team.previous_teams.through
    same_name = Team.objects.filter(
        survey_round__previous__teams__name=F("name"), previous_teams=None
    )
    pairs = same_name.values_list("pk", "survey_round__previous__teams__pk")
    Link.objects.bulk_create(
        (Link(from_team_id=team, to_team_id=earlier) for team, earlier in pairs.order_by()),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("survey", "0007_previous_teams")]

    operations = [migrations.RunPython(note_previous_teams, migrations.RunPython.noop)]
