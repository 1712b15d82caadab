from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "safeguarding"

    def ready(self) -> None:
        from safeguarding import checks, database_checks  # noqa: F401, PLC0415 - registers the start-up checks
