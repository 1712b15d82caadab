from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "rights"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from rights.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
