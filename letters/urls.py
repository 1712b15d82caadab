from django.urls import path

from letters.views import agreement, letter, made

app_name = "letters"

urlpatterns = [
    path("<uuid:public_id>/letters/<int:person>/", letter.letter, name="letter"),
    path("<uuid:public_id>/letters/<int:person>/ask/", agreement.ask, name="ask"),
    path("<uuid:public_id>/letters/<int:person>/agree/", agreement.agree, name="agree"),
    path("<uuid:public_id>/letters/<uuid:letter>/", made.made, name="made"),
    path("<uuid:public_id>/letters/<uuid:letter>/letter.pdf", made.pdf, name="pdf"),
    path("<uuid:public_id>/decline-letter/make/", made.decline, name="make_decline"),
    path("<uuid:public_id>/referral/<int:recipient>/", made.referral, name="referral"),
]
