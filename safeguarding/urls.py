from django.urls import include, path

from decisions.views import law, search
from safeguarding.health import health
from safeguarding.home import home
from safeguarding.metrics import metrics

urlpatterns = [
    path("", home, name="home"),
    path("health/", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("", include("accounts.urls")),
    path("law/", law.tables, name="law"),
    path("search/", search.search_page, name="search"),
    path("families/", include("families.urls")),
    path("families/people/", include("letters.shared_urls")),
    path("decisions/", include("decisions.urls")),
    path("decisions/", include("drafting.urls")),
    path("decisions/", include("letters.urls")),
    path("administration/wording/", include("wording.urls")),
    path("reviews/", include("reviews.urls")),
    path("requests/", include("rights.urls")),
    path("incidents/", include("incidents.urls")),
    path("emergencies/", include("emergencies.urls")),
    path("retention/", include("retention.urls")),
    path("reports/", include("reports.urls")),
    path("reflections/", include("reflections.urls")),
    path("reminders/", include("reminders.urls")),
    path("administration/", include("administration.urls")),
]

handler400 = "safeguarding.errors.bad_request"
handler403 = "safeguarding.errors.forbidden"
handler404 = "safeguarding.errors.not_found"
handler500 = "safeguarding.errors.server_error"
