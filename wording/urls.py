from django.urls import path

from wording import views

app_name = "wording"

urlpatterns = [
    path("", views.languages, name="languages"),
    path("<str:language>/", views.phrases, name="phrases"),
    path("<str:language>/<str:phrase_id>/<str:variant>/", views.approve, name="approve"),
]
