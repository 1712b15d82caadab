from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from reports.figures import Rows
from reports.scope import teams_reported_to


def exportable_by(user: User) -> Rows:
    """Recorded decisions that somebody may take as a file: of the teams that they report on."""
    if not user.has(Permission.EXPORT_LOG):
        return Decision.objects.none()
    teams = [team.pk for team in teams_reported_to(user)]
    rows: Rows = Decision.objects.recorded().filter(organisation_id=user.organisation_id, team_id__in=teams)
    return rows
