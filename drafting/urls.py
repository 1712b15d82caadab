from django.urls import path

from drafting.views import autosave, check, hand_over, pages, staff_concern, start, supersede, talk, urgent

app_name = "drafting"

urlpatterns = [
    path("start/", start.start, name="start"),
    path("start/staff/", staff_concern.start, name="staff_concern"),
    path("urgent/", urgent.urgent_record, name="urgent"),
    path("urgent/<uuid:public_id>/complete/", urgent.complete, name="urgent_complete"),
    path("<uuid:public_id>/supersede/", supersede.supersede, name="supersede"),
    path("<uuid:public_id>/draft/<slug:key>/", pages.page, name="page"),
    path("<uuid:public_id>/draft/<slug:key>/autosave/", autosave.autosave_page, name="autosave"),
    path("<uuid:public_id>/talk/<int:person>/", talk.talk, name="talk"),
    path("<uuid:public_id>/talk/<int:person>/copy/", talk.their_copy, name="talk_copy"),
    path("<uuid:public_id>/continue/", pages.continue_draft, name="continue"),
    path("<uuid:public_id>/check/", check.check, name="check"),
    path("<uuid:public_id>/record/", check.record, name="record"),
    path("<uuid:public_id>/delete/", check.discard, name="delete"),
    path("<uuid:public_id>/hand-over/", hand_over.hand_over, name="hand_over"),
]
