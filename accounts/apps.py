from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import idle  # noqa: PLC0415 - it needs the models, which are there only now

        idle.listen()
