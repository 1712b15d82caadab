from accounts.management.refused import RefusedCommand


class Command(RefusedCommand):
    help = "Refused: it would leave no entry in the audit log."
    instead = (
        "Rows loaded from a file would leave no entry. manage.py import_people and import_families take "
        "people and families from files"
    )
