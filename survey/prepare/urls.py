"""The addresses of who prepares and closes a survey round. Everybody here is signed in."""

from django.urls import include, path, register_converter

from .views import (
    actions,
    finishing,
    invitations,
    joining,
    keeping,
    members,
    new_round,
    organisations,
    paper,
    reviewing,
    rounds,
    screen,
    sharing,
    teams,
)


class InvitationCodeConverter:
    """The code of an invitation. Nothing else reaches the view."""

    regex = "[0-9A-Za-z]{32}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(InvitationCodeConverter, "invitation_code")

of_team = [
    path("", teams.team_edit, name="team_edit"),
    path("delen/", sharing.share_team, name="share_team"),
    path("affiche/", sharing.posters, name="poster"),
    path("affiche/pdf/", sharing.posters, {"as_pdf": True}, name="poster_pdf"),
    path("kaartjes/", sharing.cards, name="cards"),
    path("kaartjes/pdf/", sharing.cards, {"as_pdf": True}, name="cards_pdf"),
    path("papier/", paper.paper_form, name="paper_form"),
    path("papier/pdf/", paper.paper_form, {"as_pdf": True}, name="paper_form_pdf"),
    path("invoeren/", paper.paper_entry, name="paper_entry"),
    path("invoeren/ongedaan/", paper.paper_undo, name="paper_undo"),
]

of_round = [
    path("", rounds.survey_round, name="survey_round"),
    path("bekijk-als-collega/", rounds.preview, name="preview"),
    path("bewerken/", rounds.survey_round_edit, name="survey_round_edit"),
    path("meer-tijd/", rounds.survey_round_extend, name="survey_round_extend"),
    path("teams/nieuw/", teams.team_new, name="team_new"),
    path("teams/samenvoegen/", joining.teams_join, name="teams_join"),
    path("teams/<uuid:team_id>/", include(of_team)),
    path("delen/", sharing.share, name="share"),
    path("affiches/", sharing.posters, name="posters"),
    path("affiches/pdf/", sharing.posters, {"as_pdf": True}, name="posters_pdf"),
    path("overhandigen/", sharing.hand_over, name="hand_over"),
    path("overhandigen/pdf/", sharing.hand_over, {"as_pdf": True}, name="hand_over_pdf"),
    path("vijf-zinnen/", sharing.five_sentences, name="five_sentences"),
    path("vijf-zinnen/pdf/", sharing.five_sentences, {"as_pdf": True}, name="five_sentences_pdf"),
    path("scherm/", screen.screen, name="screen"),
    path("scherm/aantal/", screen.screen_count, name="screen_count"),
    path("scherm/<uuid:segment_id>/", screen.screen, name="segment_screen"),
    path("afsluiten/", finishing.survey_round_close, name="survey_round_close"),
    path("aanvullingen/", reviewing.review_texts, name="review_texts"),
    path("ongeldig/", finishing.survey_round_void, name="survey_round_void"),
]

of_members = [
    path("", members.members, name="members"),
    path("uitnodigen/", members.member_invite, name="member_invite"),
    path("verlaten/", members.leave, name="leave"),
    path("<int:membership_id>/", members.member, name="member"),
    path("<int:membership_id>/verwijderen/", members.member_remove, name="member_remove"),
    path(
        "uitnodigingen/<int:invitation_id>/opnieuw/",
        members.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "uitnodigingen/<int:invitation_id>/intrekken/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
]

urlpatterns = [
    path("uitnodiging/<invitation_code:code>/", invitations.invitation, name="invitation"),
    path("organisaties/", organisations.home, name="home"),
    path("organisaties/hou-bij/", keeping.keep_answers, name="keep_answers"),
    path("organisaties/nieuw/", organisations.organisation_new, name="organisation_new"),
    path("organisaties/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path("organisaties/<uuid:organisation_id>/leden/", include(of_members)),
    path(
        "organisaties/<uuid:organisation_id>/acties/",
        actions.organisation_actions,
        name="organisation_actions",
    ),
    path(
        "organisaties/<uuid:organisation_id>/bevragingen/nieuw/",
        new_round.survey_round_new,
        name="survey_round_new",
    ),
    path("bevragingen/<uuid:round_id>/", include(of_round)),
]
