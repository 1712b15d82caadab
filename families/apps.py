from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from audit.evidence.scope import holds_addresses  # noqa: PLC0415
        from families import indexing  # noqa: PLC0415
        from families.triggers import all_triggers  # noqa: PLC0415

        indexing.listen()
        triggers.register(*all_triggers())
        holds_addresses("families.safecontact", "detail")
