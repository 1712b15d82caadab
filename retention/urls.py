from django.urls import path

from retention.views import disposals, holds, overview, rules

app_name = "retention"

urlpatterns = [
    path("", overview.show, name="overview"),
    path("rules/<slug:kind>/", rules.confirm, name="rule"),
    path("holds/add/", holds.add, name="add_hold"),
    path("holds/<uuid:public_id>/lift/", holds.lift, name="lift_hold"),
    path("dispose/", disposals.choose, name="dispose"),
    path("disposals/<uuid:public_id>/", disposals.detail, name="disposal"),
]
