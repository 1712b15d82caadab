from django.urls import path

from incidents.views import events, incidents

app_name = "incidents"

urlpatterns = [
    path("", incidents.listed, name="list"),
    path("report/", incidents.report, name="report"),
    path("report/urgent/<uuid:urgent>/", incidents.report_urgent, name="report_urgent"),
    path("report/<uuid:decision>/", incidents.report_decision, name="report_decision"),
    path("<uuid:public_id>/", incidents.detail, name="detail"),
    path("<uuid:public_id>/add/<slug:slug>/", events.event, name="add_event"),
]
