from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # They need the models, which are there only now.
        from accounts import idle  # noqa: PLC0415
        from accounts.queries import public_ids  # noqa: PLC0415
        from accounts.triggers import all_triggers  # noqa: PLC0415
        from audit import origins, triggers  # noqa: PLC0415

        triggers.register(*all_triggers())
        idle.listen()
        origins.named_by(public_ids)
