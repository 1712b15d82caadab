from django.urls import path

from reminders import views

app_name = "reminders"

urlpatterns = [
    path("", views.choice, name="choice"),
    path("not-sent/", views.not_sent, name="not_sent"),
]
