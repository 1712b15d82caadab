from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "reflections"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from reflections.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
