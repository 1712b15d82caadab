from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from search.index import WORDS_GO_TOO  # noqa: PLC0415

        triggers.register(WORDS_GO_TOO)
        post_migrate.connect(_keep_words, sender=self)


def _keep_words(*, using: str, **_: Any) -> None:
    from search.engines import keep_words  # noqa: PLC0415

    keep_words(using)
