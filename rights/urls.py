from django.urls import path

from rights.views import events, family_copies, named_records, records, requests

app_name = "rights"

urlpatterns = [
    path("", requests.listed, name="list"),
    path("open/", requests.open_request, name="open"),
    path("pass-on/<uuid:person>/", requests.pass_on, name="pass_on"),
    path("<uuid:public_id>/", requests.detail, name="detail"),
    path("<uuid:public_id>/add/<slug:slug>/", events.event, name="add_event"),
    path("<uuid:public_id>/records/<uuid:decision>/", records.record, name="record"),
    path("<uuid:public_id>/records/<uuid:decision>/<slug:key>/", records.item, name="item"),
    path("<uuid:public_id>/name/", named_records.name, name="name"),
    path("<uuid:public_id>/read/<uuid:decision>/", named_records.read, name="read"),
    path("<uuid:public_id>/read/<uuid:decision>/print/", named_records.printed, name="print"),
    path("<uuid:public_id>/left-out/", family_copies.left_out, name="left_out"),
    path("<uuid:public_id>/copies/make/", family_copies.make, name="make_copy"),
    path("<uuid:public_id>/copies/<uuid:copy>/", family_copies.copy, name="copy"),
    path("<uuid:public_id>/copies/<uuid:copy>/copy.pdf", family_copies.pdf, name="copy_pdf"),
]
