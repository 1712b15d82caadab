from django.conf import settings
from django.db import models

from accounts.models import Organisation, Team
from accounts.namesakes import MOST_OF_A_NAME
from decisions.models.decision import Decision


class DecisionTeam(models.Model):
    """A team that a recorded decision may concern: its own, and every team that works with one of its families.

    Kept by the database itself (decisions/database/decision_teams.py), and not an audited model: it repeats what other
    rows say, so that a team's decisions are found by an index. Who may see a decision of another team is asked of the
    families when it is read: `DecisionQuerySet.visible_to`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="decision_teams", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Whether it is the decision's own team.
    own = models.BooleanField()
    # Copied from the decision, for lists: newest first, and who wrote them.
    decided_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    author_name = models.CharField(max_length=MOST_OF_A_NAME)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "team"], name="decision_team_once")]
        indexes = [
            models.Index(fields=["team", "own", "-decided_at", "-decision"], name="decision_team_newest"),
            models.Index(fields=["team", "own", "author", "author_name", "decision"], name="decision_team_authors"),
            models.Index(fields=["team", "own", "author", "-decided_at", "-decision"], name="decision_team_of_author"),
        ]
