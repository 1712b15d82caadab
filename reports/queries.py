from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from reports.figures import Rows
from reports.scope import teams_reported_to


def exportable_by(user: User) -> list[Rows]:
    """Recorded decisions that somebody may take as a file: of each of the teams that they report on.

    By team, so that each page of a file begins at its place in an index. Of all teams together, in order, the database
    would sort what is left of them for every page.
    """
    if not user.has(Permission.EXPORT_LOG):
        return []
    rows: Rows = Decision.objects.recorded().filter(organisation_id=user.organisation_id).open_to(user)
    return [rows.filter(team_id=team.pk) for team in teams_reported_to(user)]
