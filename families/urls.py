from django.urls import path

from families.views import conflicts, contacts, disclosures, families, history, importing, people, teams, who_looked

app_name = "families"

urlpatterns = [
    path("", families.family_list, name="list"),
    path("conflict/", conflicts.declare, name="conflict"),
    path("conflict/<uuid:conflict>/end/", conflicts.end, name="conflict_end"),
    path("import/", importing.import_families, name="import"),
    path("register/", families.register, name="register"),
    path("people/<uuid:person_id>/", people.person_correct, name="person_correct"),
    path("people/<uuid:person_id>/contacts/", contacts.contacts, name="contacts"),
    path("people/<uuid:person_id>/contacts/add/", contacts.contact_add, name="contact_add"),
    path("people/<uuid:person_id>/risks/", people.risks, name="risks"),
    path("people/<uuid:person_id>/history/", history.person, name="person_history"),
    path("contacts/<uuid:contact_id>/correct/", contacts.contact_correct, name="contact_correct"),
    path("disclosures/<uuid:disclosure_id>/", disclosures.disclosure, name="disclosure"),
    path("disclosures/<uuid:disclosure_id>/correct/", disclosures.disclosure_correct, name="disclosure_correct"),
    path("disclosures/<uuid:disclosure_id>/history/", history.disclosure, name="disclosure_history"),
    path("<uuid:family_id>/", families.detail, name="detail"),
    path("<uuid:family_id>/correct/", families.family_correct, name="correct"),
    path("<uuid:family_id>/who-looked/", who_looked.page, name="who_looked"),
    path("<uuid:family_id>/history/", history.family, name="history"),
    path("<uuid:family_id>/teams/", teams.teams, name="teams"),
    path("<uuid:family_id>/teams/<uuid:team_id>/remove/", teams.team_remove, name="team_remove"),
    path("<uuid:family_id>/people/add/", people.person_add, name="person_add"),
    path("<uuid:family_id>/disclosures/add/", disclosures.disclosure_add, name="disclosure_add"),
]
