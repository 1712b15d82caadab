from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "administration"

    def ready(self) -> None:
        from administration.triggers import all_triggers  # noqa: PLC0415  (models are loaded only now)
        from audit import triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
