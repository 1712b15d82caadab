from django.urls import path

from decisions.views import (
    adding,
    again,
    copies,
    drafting,
    handing,
    keeping,
    law,
    reading,
    recording,
    since,
    standing,
    starting,
    urgent,
)

app_name = "decisions"

urlpatterns = [
    path("", reading.log, name="log"),
    path("start/", starting.start, name="start"),
    path("now/", urgent.six, name="urgent"),
    path("urgent/<uuid:public_id>/", urgent.detail, name="urgent_detail"),
    path("urgent/<uuid:public_id>/complete/", urgent.complete, name="urgent_complete"),
    path("<uuid:public_id>/", reading.detail, name="detail"),
    path("<uuid:public_id>/again/", again.again, name="again"),
    path("<uuid:public_id>/draft/<slug:key>/", drafting.page, name="page"),
    path("<uuid:public_id>/draft/<slug:key>/keep/", keeping.keep, name="keep"),
    path("<uuid:public_id>/check/", recording.check, name="check"),
    path("<uuid:public_id>/record/", recording.record, name="record"),
    path("<uuid:public_id>/discard/", recording.discard, name="discard"),
    path("<uuid:public_id>/hand-over/", handing.hand_over, name="hand_over"),
    path("<uuid:public_id>/sendings/add/", adding.sending, name="add_sending"),
    path("<uuid:public_id>/told/<int:person>/add/", adding.telling, name="add_telling"),
    path("<uuid:public_id>/said/<int:person>/add/", since.said, name="add_said"),
    path("<uuid:public_id>/receipts/<uuid:sending>/add/", since.receipt, name="add_receipt"),
    path("<uuid:public_id>/responses/add/", since.response, name="add_response"),
    path("<uuid:public_id>/additions/add/", since.addition, name="add_addition"),
    path("<uuid:public_id>/lines/add/", standing.line, name="add_line"),
    path("<uuid:public_id>/summary/", copies.summary, name="summary"),
    path("<uuid:public_id>/print/", copies.printed, name="print"),
    path("<uuid:public_id>/law/", law.of_decision, name="law"),
]
