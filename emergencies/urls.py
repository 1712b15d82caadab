from django.urls import path

from emergencies.views import checking, opening, reading

app_name = "emergencies"

urlpatterns = [
    path("", checking.listed, name="list"),
    path("open/", opening.open_one, name="open"),
    path("<uuid:public_id>/", checking.detail, name="detail"),
    path("<uuid:public_id>/close/", opening.close, name="close"),
    path("<uuid:public_id>/family/", reading.family, name="family"),
    path("<uuid:public_id>/people/<uuid:person>/", reading.contacts, name="contacts"),
    path("<uuid:public_id>/disclosures/<uuid:disclosure>/", reading.disclosure, name="disclosure"),
    path("<uuid:public_id>/decisions/<uuid:decision>/", reading.decision, name="decision"),
    path("<uuid:public_id>/urgent/<uuid:urgent>/", reading.urgent, name="urgent"),
]
