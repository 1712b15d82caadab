from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from incidents.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
