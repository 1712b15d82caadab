from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from reviews.triggers import all_triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
