"""What is kept for a while and is no record, so that it never enters the ledger."""

from django.db import models


class AutosavedText(models.Model):
    """What a user has typed on a page and not submitted. Deleted when the form is accepted.

    Not an audited model: autosaved text is not a record and must never enter the ledger.
    """

    organisation = models.ForeignKey("accounts.Organisation", models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="autosaved_texts")
    path = models.CharField(max_length=200)
    form_data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="autosaved_text_once")]


class GuessCount(models.Model):
    """When one account, link or network address was guessed at lately: accounts/guesses.py.

    Not an audited model: a refused sign-in is an entry of its own.
    """

    key = models.CharField(max_length=64, unique=True)
    guessed_at = models.JSONField(default=list)
    last_at = models.DateTimeField(db_index=True)
