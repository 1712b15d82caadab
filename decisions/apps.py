from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self) -> None:
        from audit import triggers  # noqa: PLC0415  (models are loaded only now)
        from audit.evidence.scope import holds_addresses  # noqa: PLC0415
        from decisions.database import decision_teams, filed_under, open_matters, restricting  # noqa: PLC0415
        from decisions.database.triggers import all_triggers  # noqa: PLC0415

        for relation in (decision_teams, filed_under, open_matters):
            triggers.register(*relation.all_triggers())
        triggers.register(*all_triggers())
        triggers.register(*restricting.restriction_triggers())
        for about in ("decisions.decisionperson", "decisions.informingevent"):
            holds_addresses(about, "safe_contact")
