from django.db import models

from accounts.models import Organisation
from decisions.models.decision import Decision


class DraftPage(models.Model):
    """What was typed on one page of a draft, whether or not it could be accepted.

    Not an audited model: its text must never enter the ledger, and it is gone once the decision is recorded.
    `version` counts the saves, so that a page opened in two tabs cannot overwrite itself unseen.
    `complete` says whether the page's own form accepted what is saved, when anything in the draft was saved last.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="draft_pages")
    page = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)
    form_data = models.JSONField(default=dict)
    complete = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "page"], name="draft_page_once")]
