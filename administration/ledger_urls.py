from django.urls import path

from administration import ledger_views

urlpatterns = [
    path("", ledger_views.show, name="ledger"),
    path("verify/", ledger_views.verify, name="ledger_verify"),
    path("export/", ledger_views.export, name="ledger_export"),
]
