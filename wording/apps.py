from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "wording"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from wording.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
