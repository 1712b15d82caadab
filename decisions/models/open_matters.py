from django.db import models

from accounts.models import Organisation, Team
from decisions.models.decision import Decision


class OpenMatter(models.Model):
    """Something that may still be to be done about a recorded decision, so that its list need not ask every decision.

    Kept by the database itself (database/open_matters.py of decisions and of reviews), and not an audited model. It
    says where to look: whether it is to be done, by whom and by when, is asked of the decision's own rows.
    """

    class Kind(models.TextChoices):
        NOT_SENT = "not_sent", "Not sent to everybody who is given something"
        UNANSWERED = "unanswered", "Sent, and nobody has confirmed or answered"
        INFORMING = "informing", "A review date for informing somebody"
        FOLLOW_UP = "follow_up", "A complaint, a mistake, a statement, or planned contact"
        DATED = "dated", "A review date, an end, or passed to a manager"
        REVIEW = "review", "Waits for a review"
        QUESTION = "question", "A reviewer's question has no reply"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="open_matters", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "kind"], name="open_matter_once")]
        indexes = [models.Index(fields=["team", "kind", "decision"], name="open_matter_of_team")]
