from django.urls import path

from letters.views import shared, shared_letter

app_name = "shared"

urlpatterns = [
    path("<uuid:person_id>/shared/", shared.about, name="about"),
    path("<uuid:person_id>/shared/letter/", shared_letter.letter, name="letter"),
    path("<uuid:person_id>/shared/<uuid:letter>/", shared.made, name="made"),
    path("<uuid:person_id>/shared/<uuid:letter>/letter.pdf", shared.pdf, name="pdf"),
]
