from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from letters.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
