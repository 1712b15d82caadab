import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from audit.runtime_role import guard_every_connection
from safeguarding.logs import log_what_nobody_catches

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")

log_what_nobody_catches()
_site = get_wsgi_application()
if not settings.DEMO:
    guard_every_connection()

from retention.at_start import DisposedFirst  # noqa: E402  (models are loaded only now)

application = DisposedFirst(_site)
