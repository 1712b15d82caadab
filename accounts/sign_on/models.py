from django.db import models

from accounts.public_model import PublicModel


class SignOn(PublicModel):
    """Whose account at a service this is: its subject there, and nothing else of what the service says."""

    ledger_compared = True
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="sign_ons")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "bound_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="sign_on_subject_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="sign_on_issuer_once"),
            models.CheckConstraint(condition=~models.Q(subject="") & ~models.Q(issuer=""), name="sign_on_whole"),
        ]
