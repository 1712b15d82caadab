from django.apps import AppConfig
from django.core import checks


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from retention.checks import check_tombstones  # noqa: PLC0415
        from retention.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
        checks.register(check_tombstones, checks.Tags.database, deploy=True)
