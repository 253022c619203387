"""Who may open what: one line for every address of the site, one sign for each kind of person.

A new address belongs in the table, else the first test of test_access_matrix.py fails.
"""

import re

VISITOR, FACILITATOR, HR, NOOR, FORMER, STAFF, ADA = PEOPLE = [
    "visitor",
    "facilitator",
    "HR",
    "HR elsewhere",
    "former member",
    "staff without permission",
    "administrator",
]

# What a GET answers: o = ok, L = to the page to sign in, 4 = does not exist, 3 = may not,
# P = only by POST, > = leads on. In the order of PEOPLE.
EVERYBODY = "ooooooo"
SIGNED_IN = "Loooooo"
MEMBERS = "Loo4444"
HR_ONLY = "L3o4444"
HR_LED_ON = "L3>4444"  # only by POST, from the page with the form: a GET leads there
BY_POST = "PPPPPPP"

TABLE = {
    "landing": EVERYBODY,
    "explanation": EVERYBODY,
    "accessibility": EVERYBODY,
    "set_language": BY_POST,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "respond": EVERYBODY,
    "thanks": EVERYBODY,
    "try": EVERYBODY,
    "try_pdf": BY_POST,
    "home": "L>>>ooo",  # to the only organisation
    "organisation_new": SIGNED_IN,
    "organisation": MEMBERS,
    "organisation_actions": MEMBERS,
    "survey_round_new": HR_ONLY,
    "survey_round": MEMBERS,
    "preview": MEMBERS,
    "survey_round_edit": HR_ONLY,
    "survey_round_extend": HR_ONLY,
    "team_new": HR_ONLY,
    "team_edit": HR_ONLY,
    "survey_round_close": HR_ONLY,
    "survey_round_void": HR_ONLY,
    "report": MEMBERS,
    "report_pdf": MEMBERS,
    "report_csv": MEMBERS,
    "report_xlsx": MEMBERS,
    "segment_report": MEMBERS,
    "segment_report_pdf": MEMBERS,
    "segment_report_csv": MEMBERS,
    "segment_report_xlsx": MEMBERS,
    "keep_trial": BY_POST,
    "invitation": EVERYBODY,
    "keep_answers": "L>>>>>>",  # nothing was kept
    "members": MEMBERS,
    "member_invite": HR_LED_ON,
    "leave": MEMBERS,
    "member": HR_ONLY,
    "member_remove": HR_LED_ON,
    "invitation_resend": HR_LED_ON,
    "invitation_withdraw": HR_LED_ON,
    "share_team": MEMBERS,
    "poster": MEMBERS,
    "poster_pdf": MEMBERS,
    "cards": MEMBERS,
    "cards_pdf": MEMBERS,
    "paper_form": MEMBERS,
    "paper_form_pdf": MEMBERS,
    "paper_entry": HR_ONLY,
    "paper_undo": HR_LED_ON,
    "share": MEMBERS,
    "posters": MEMBERS,
    "posters_pdf": MEMBERS,
    "hand_over": MEMBERS,
    "hand_over_pdf": MEMBERS,
    "five_sentences": MEMBERS,
    "five_sentences_pdf": MEMBERS,
    "review_texts": HR_ONLY,
    "teams_join": HR_ONLY,
    "screen": MEMBERS,
    "segment_screen": MEMBERS,
    "screen_count": MEMBERS,
    "plan": MEMBERS,
    "segment_plan": MEMBERS,
    "participant_sheet": MEMBERS,
    "segment_participant_sheet": MEMBERS,
    "participant_sheet_pdf": MEMBERS,
    "segment_participant_sheet_pdf": MEMBERS,
    "notice": MEMBERS,
    "segment_notice": MEMBERS,
    "notice_pdf": "L>>4444",  # nothing is shared yet
    "segment_notice_pdf": "L>>4444",
    "comparison": MEMBERS,
    "segment_comparison": MEMBERS,
    "action": MEMBERS,
    "action_calendar": MEMBERS,
}

# Addresses that only make sense for one kind of survey round.
OF_CLOSED = re.compile(r"^(segment_|review|action)|^(report|plan|participant|notice|comparison)")
