from django.urls import path

from reports.views import dashboard, export, pack

app_name = "reports"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("decisions/", dashboard.decisions, name="decisions"),
    path("log/", export.export, name="export"),
    path("pack/", pack.page, name="pack"),
    path("pack/pdf/", pack.pdf, name="pack_pdf"),
]
