from django.db import models

import audit
from accounts.models import Organisation, Team
from audit.models import AuditedModel


class FamilyTeam(AuditedModel):
    """A team that works with a family.

    It keeps the plain audited manager: families/queries.py uses this model to say which families may be seen.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey("families.Family", on_delete=models.CASCADE, related_name="family_teams")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="family_teams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "team"], name="family_team_once")]
        # For the list of families: those of each team, the newest first, as their keys are.
        indexes = [models.Index(fields=["team", "-family"], name="family_team_newest")]

    def ledger_reference(self) -> str:
        return self.family.reference


audit.register(FamilyTeam)
