from django.urls import path

from reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<uuid:public_id>/", views.verdict, name="verdict"),
]
