from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    name = "emergencies"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from emergencies.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
