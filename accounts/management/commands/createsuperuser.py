from accounts.management.refused import RefusedCommand


class Command(RefusedCommand):
    help = "Refused: it would leave no entry in the audit log."
    instead = (
        "There are no superusers here. manage.py create_organisation makes an organisation with its "
        "administrator; manage.py new_link EMAIL --reason TEXT lets one in who is locked out"
    )
