from django.urls import path

from decisions.views import adding, drafting, keeping, reading, recording, starting

app_name = "decisions"

urlpatterns = [
    path("", reading.log, name="log"),
    path("start/", starting.start, name="start"),
    path("<uuid:public_id>/", reading.detail, name="detail"),
    path("<uuid:public_id>/draft/<slug:key>/", drafting.page, name="page"),
    path("<uuid:public_id>/draft/<slug:key>/keep/", keeping.keep, name="keep"),
    path("<uuid:public_id>/check/", recording.check, name="check"),
    path("<uuid:public_id>/record/", recording.record, name="record"),
    path("<uuid:public_id>/discard/", recording.discard, name="discard"),
    path("<uuid:public_id>/sendings/add/", adding.sending, name="add_sending"),
    path("<uuid:public_id>/told/<int:person>/add/", adding.telling, name="add_telling"),
]
