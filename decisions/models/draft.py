from django.db import models

from accounts.models import Organisation
from decisions.models.decision import Decision


class DraftPage(models.Model):
    """The state of one page of a draft, and the form data on it that is not accepted yet.

    Not an audited model: its text must never enter the ledger, and it is deleted when the decision is recorded.
    `version` counts the saves, so that a page open in two tabs cannot silently overwrite itself. `complete` says
    whether the page's form accepted the saved answers when it was last asked. `judged_with`, on the page that was saved
    first, is the fingerprint of everything that the forms of all pages read then.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="draft_pages")
    page = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)
    form_data = models.JSONField(default=dict)
    complete = models.BooleanField(default=False)
    judged_with = models.CharField(max_length=64, blank=True, default="")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "page"], name="draft_page_once")]
