from django.urls import path

from reflections import download_views, showing_views, views

app_name = "reflections"

urlpatterns = [
    path("", views.own_reflections, name="list"),
    path("new/", views.new, name="new"),
    path("new/<uuid:public_id>/", views.about_decision, name="about_decision"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/change/", views.change, name="change"),
    path("<uuid:public_id>/delete/", views.delete, name="delete"),
    path("<uuid:public_id>/show/", showing_views.show, name="show"),
    path("<uuid:public_id>/show/<uuid:reader_id>/end/", showing_views.end, name="end_showing"),
    path("<uuid:public_id>/read/", showing_views.read, name="read"),
    path("<uuid:public_id>/download/", download_views.download, name="download"),
]
