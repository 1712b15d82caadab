from accounts.management.refused import RefusedCommand


class Command(RefusedCommand):
    help = "Refused: it would leave no entry in the audit log."
    instead = (
        "This would leave no entry. An administrator makes a new link on the person's page; for an "
        "administrator who is locked out: manage.py new_link EMAIL --reason TEXT"
    )
