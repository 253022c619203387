"""Two organisations with everything in them, so that every address leads to something."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from survey.closing import close_round
from survey.models import (
    ActionPoint,
    Invitation,
    Membership,
    Organisation,
    OtherText,
    Segment,
    SurveyRound,
    Team,
)
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SurveyRoundFactory,
    TeamFactory,
    UserFactory,
    send,
)


@dataclass
class World:
    """What addresses need: an open round with a team and a closed one with a segment."""

    organisation: Organisation
    open_round: SurveyRound
    team: Team
    closed_round: SurveyRound
    segment: Segment
    action_point: ActionPoint
    invitation: Invitation
    membership: Membership

    def values(self, survey_round) -> dict[str, object]:
        """Return a value for every parameter of our own addresses."""
        return {
            "organisation_id": self.organisation.pk,
            "round_id": survey_round.pk,
            "team_id": self.team.pk,
            "segment_id": self.segment.pk,
            "action_id": self.action_point.pk,
            "text_id": OtherText.objects.filter(segment=self.segment).first().pk,
            "token": self.team.grouped_token,
            "code": self.invitation.code,
            "invitation_id": self.invitation.pk,
            "membership_id": self.membership.pk,
        }


def build_world(organisation, questionnaire) -> World:
    """Fill the organisation through the real code and return what was made."""
    closed_round = SurveyRoundFactory(
        organisation=organisation, questionnaire=questionnaire, title="Voorjaar"
    )
    closed_team = TeamFactory(survey_round=closed_round, name="Keuken")
    for _ in range(6):
        send(closed_team, v1="ja", v6=["koffie", "andere"], texts={"v6": "gesloten-aanvulling"})
    closed_round = close_round(closed_round)
    segment = closed_round.segments.get()
    open_round = SurveyRoundFactory(
        organisation=organisation, questionnaire=questionnaire, title="Najaar"
    )
    team = TeamFactory(survey_round=open_round, name="Zorg", headcount=15)
    TeamFactory(survey_round=open_round, name="Onthaal", headcount=9)
    for _ in range(6):
        send(team, v1="nee", v6=["andere"], texts={"v6": "open-aanvulling"})
    action_point = ActionPoint.objects.create(
        survey_round=closed_round,
        segment=segment,
        position=1,
        text="Elke maandag samen terugkijken",
        review_on=timezone.localdate() + timedelta(days=90),
    )
    invitation = Invitation.objects.create(
        organisation=organisation, email="nieuw@delinde.example", role=Membership.Role.FACILITATOR
    )
    membership = MembershipFactory(organisation=organisation, role=Membership.Role.FACILITATOR)
    # The last of HR cannot leave, so her page would have no form.
    MembershipFactory(organisation=organisation, role=Membership.Role.HR)
    return World(
        organisation,
        open_round,
        team,
        closed_round,
        segment,
        action_point,
        invitation,
        membership,
    )


def build_elsewhere(questionnaire) -> World:
    """Return the same for an organisation of somebody else."""
    elsewhere = OrganisationFactory(name="Ergens anders")
    MembershipFactory(
        organisation=elsewhere, user=UserFactory(email="hr@ergens.example"), role=Membership.Role.HR
    )
    return build_world(elsewhere, questionnaire)
