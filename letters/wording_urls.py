from django.urls import path

from letters.views import wording

app_name = "wording"

urlpatterns = [
    path("", wording.languages, name="languages"),
    path("<str:language>/", wording.phrases, name="phrases"),
    path("<str:language>/<str:phrase_id>/<str:variant>/", wording.approve, name="approve"),
]
