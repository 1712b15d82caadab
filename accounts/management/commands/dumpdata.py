from accounts.management.refused import RefusedCommand


class Command(RefusedCommand):
    help = "Refused: it would leave no entry in the audit log."
    instead = (
        "This would write all case records into one file and leave no entry. manage.py backup makes a backup; "
        "manage.py export_evidence gives what a court asks for"
    )
