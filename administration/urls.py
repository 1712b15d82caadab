from django.urls import URLPattern, URLResolver, include, path

from administration import (
    access_views,
    address_book,
    cover_views,
    evidence_views,
    inspection_views,
    law_views,
    organisation_views,
    people_entry_views,
    people_views,
    teams,
)

app_name = "administration"

_people: list[URLPattern] = [
    path("people/", people_views.people, name="people"),
    path("people/invite/", people_entry_views.invite, name="invite"),
    path("people/<uuid:person>/", people_views.person, name="person"),
    path("people/<uuid:person>/details/", people_views.change, name="person_change"),
    path("people/<uuid:person>/role/", people_views.organisation_role, name="person_role"),
    path("people/<uuid:person>/add-to-team/", people_views.add_to_team, name="person_add_to_team"),
    path(
        "people/<uuid:person>/memberships/<uuid:membership>/end/",
        people_views.end_membership,
        name="person_end_membership",
    ),
    path("people/<uuid:person>/sign-in/", people_entry_views.reset_factors, name="person_sign_in"),
    path("people/<uuid:person>/sign-out/", people_entry_views.end_sessions, name="person_sign_out"),
    path("people/<uuid:person>/link/", people_entry_views.new_link, name="person_link"),
    path(
        "people/<uuid:person>/sign-ons/<uuid:sign_on>/end/", people_entry_views.end_sign_on, name="person_end_sign_on"
    ),
    path("people/<uuid:person>/deactivate/", people_entry_views.deactivate, name="person_deactivate"),
    path("people/<uuid:person>/reactivate/", people_entry_views.reactivate, name="person_reactivate"),
]

_access: list[URLPattern] = [
    path("access/", access_views.access_notices, name="access_notices"),
    path("access/<uuid:agreement>/", access_views.role_agreement, name="role_agreement"),
    path("inspectors/", inspection_views.inspections, name="inspections"),
    path("inspectors/invite/", inspection_views.inspection_ask, name="inspection_ask"),
    path("inspectors/<uuid:inspection>/", inspection_views.inspection, name="inspection"),
    path("inspectors/<uuid:inspection>/answer/", inspection_views.inspection_answer, name="inspection_answer"),
    path("inspectors/<uuid:inspection>/end/", inspection_views.inspection_end, name="inspection_end"),
]

_teams: list[URLPattern] = [
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.add, name="team_add"),
    path("teams/<uuid:team>/", teams.team, name="team"),
    path("teams/<uuid:team>/rename/", teams.rename, name="team_rename"),
    path("teams/<uuid:team>/close/", teams.close, name="team_close"),
    path("teams/<uuid:team>/reopen/", teams.reopen, name="team_reopen"),
    path("teams/<uuid:team>/cover/", cover_views.add, name="cover_add"),
    path("teams/<uuid:team>/cover/<uuid:cover>/end/", cover_views.end, name="cover_end"),
]

_organisation: list[URLPattern] = [
    path("organisation/", organisation_views.organisation, name="organisation"),
    path("organisation/details/", organisation_views.change, name="organisation_change"),
    path("organisation/duty-numbers/", organisation_views.duty_numbers, name="duty_numbers"),
    path("organisation/school-holidays/", organisation_views.school_holidays, name="school_holidays"),
    path("address-book/", address_book.address_book, name="address_book"),
    path("address-book/add/", address_book.add, name="recipient_add"),
    path("address-book/<uuid:recipient>/", address_book.change, name="recipient_change"),
    path("address-book/<uuid:recipient>/retire/", address_book.retire, name="recipient_retire"),
    path("address-book/<uuid:recipient>/restore/", address_book.restore, name="recipient_restore"),
]

_law: list[URLPattern] = [
    path("law/", law_views.law, name="law"),
    path("law/commencement/", law_views.commence, name="law_commence"),
    path("law/add/", law_views.add_provision, name="law_add"),
    path("law/retire/", law_views.retire, name="law_retire"),
    path("law/<uuid:notice>/check/", law_views.check, name="law_check"),
    path("law/<uuid:notice>/withdraw/", law_views.withdraw, name="law_withdraw"),
]

_evidence: list[URLPattern] = [
    path("evidence/", evidence_views.overview, name="evidence"),
    path("evidence/ask/", evidence_views.ask, name="evidence_ask"),
    path("evidence/<uuid:evidence>/", evidence_views.detail, name="evidence_request"),
    path("evidence/<uuid:evidence>/leave-out/", evidence_views.leave_out, name="evidence_leave_out"),
    path("evidence/<uuid:evidence>/take/", evidence_views.take, name="evidence_take"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_people,
    *_access,
    *_teams,
    *_organisation,
    *_law,
    *_evidence,
    path("ledger/", include("administration.ledger_urls")),
]
