from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, Team
from decisions.models.decision import Decision


class FiledUnder(models.Model):
    """What a decision is found by in the log: its outcome, a consent, a lawful basis, a recipient, what is open.

    A row for each team that the decision may concern, in the order of the log, so that a filter which hardly any
    decision matches is answered by an index. Kept by the database itself (decisions/database/filed_under.py), and not
    an audited model. What is open, and what reviewers said, is filed for the decision's own team alone.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="filed_under", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    own = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    # Such as `consent:no`: what it is, and a code or a key.
    under = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "team", "under"], name="filed_under_once")]
        indexes = [
            models.Index(fields=["team", "own", "under", "-decided_at", "-decision"], name="filed_under_newest"),
            models.Index(
                fields=["author", "under", "-decided_at", "-decision"], name="filed_under_of_author",
                condition=Q(own=True),
            ),
        ]  # fmt: skip
