from django.urls import URLPattern, URLResolver, path

from accounts import autosave_views, factor_views, session_views, views
from accounts.sign_on import views as sign_on_views

# allauth has 31 URLs of its own. Only these four are used, with its names because it reverses them.
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("password/", views.change_password, name="account_change_password"),
    path("password/again/", views.step_up, name="account_reauthenticate"),
    path("sign-in/code/", factor_views.second_step, name="mfa_authenticate"),
    path("your-sign-in/", factor_views.your_sign_in, name="your_sign_in"),
    path("your-sign-in/app/", factor_views.add_app, name="add_app"),
    path("your-sign-in/passkey/", factor_views.add_passkey, name="add_passkey"),
    path("your-sign-in/codes/", factor_views.recovery_codes, name="recovery_codes"),
    path("your-sign-in/<uuid:factor>/remove/", factor_views.remove, name="remove_factor"),
    path("your-sign-in/sessions/", session_views.your_sessions, name="your_sessions"),
    path("link/<uuid:uidb64>/<token>/", views.choose_password, name="choose_password"),
    path("sign-on/<slug:provider>/", sign_on_views.sign_on, name="sign_on"),
    path("sign-on/<slug:provider>/back/", sign_on_views.sign_on_back, name="sign_on_back"),
    path("autosave/", autosave_views.autosave_page, name="autosave"),
    path("autosave/delete/", autosave_views.discard_autosave, name="discard_autosave"),
    path("session/extend/", autosave_views.extend_session, name="extend_session"),
    path("leave/", views.quick_leave, name="quick_leave"),
    path("goodbye/", views.goodbye, name="goodbye"),
]
