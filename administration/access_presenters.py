"""The sentence for each change of who may open case records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import AccessNotice, Inspection
from accounts.namesakes import colleague_names
from accounts.roles import Role
from administration.inspection_presenters import days_words, scope_words
from ui.moments import moment

Change = AccessNotice.Change
ROLES: Mapping[str, str] = {
    Role.PRACTITIONER: "practitioner",
    Role.SUPERVISOR: "supervisor",
    Role.ADMINISTRATOR: "administrator",
    Role.DATA_PROTECTION_OFFICER: "data protection officer",
}
BY_COMMAND = "Whoever runs this site"
SENTENCES: Mapping[str, str] = {
    Change.TEAM_ROLE: "{by} gave {about} a role in the team {team}: {role}.",
    Change.COVER: "{by} gave {about} cover of the team {team}. On those days they see and review its decisions.",
    Change.OFFICE: "{by} gave {about} a role in the organisation: {role}. No second person could agree to it.",
    Change.OFFICE_ENDED: "{by} ended a role of {about} in the organisation: {role}.",
    Change.DEACTIVATED: "{by} deactivated the account of {about}. Their role in the organisation was {role}.",
    Change.REACTIVATED: "{by} reactivated the account of {about}. Their role{place} is {role}.",
    Change.LINK: "{by} made a link for {about} to choose a new password. Anyone who has it can sign in as this person.",
    Change.CONFLICT: "{about} knows a family that the team {team} works with, so its records are closed to them. Where "
    "they would have decided or reviewed, you do it instead.",
    Change.RESTRICTED: "{by} named {about} to read a restricted record. You find it under “Restricted records”.",
    Change.UNNAMED: "{by} removed {about} from those who may read a restricted record.",
    Change.LIFTED: "{by} opened a record again that was restricted: colleagues whose role allows it can read it now.",
    Change.EMERGENCY: "{about} opened the record of a family in an emergency.",
    Change.INSPECTION: "{about} from {body} reads recorded decisions here as an inspector, {days}: {scope}. They "
    "cannot change anything.",
    Change.ASK_INSPECT: "{by} asked for {about} from {body} to read recorded decisions here as an inspector, {days}: "
    "{scope}. You can agree or refuse.",
    Change.SIGN_IN: "{about} changed how they sign in: an app, a passkey or recovery codes.",
    Change.FACTORS: "{by} removed the app, passkeys and recovery codes of {about}, who must set up new ones at the "
    "next sign-in.",
    Change.COPIED: "A passkey of {about} was refused and no longer works, because there may be a copy of it: it counts "
    "how often it is used, and its count went back. {about} removes it under “Your sign-in” and sets up another one.",
    Change.LAW_ENDS: "{by} withdrew or retired a law, so it is not used here from then on: {law}. Before a law that "
    "was withdrawn is used again, two people say so again.",
    Change.LAW_BEGINS: "{by} withdrew the retirement of a law, so it is used here again: {law}.",
    Change.LAW_ADDED: "{by} added a legal provision of your own: {law}.",
    Change.ASKED: "{by} asked for {about} to get a role in the organisation: {role}. You can agree or refuse.",
}


@dataclass(frozen=True)
class NoticeLine:
    made_at: datetime
    sentence: str
    is_new: bool
    agreement: str  # the public id of what waits for the reader's answer
    inspection: str = ""  # and of an inspector who does
    is_emergency: bool = False
    is_law: bool = False


def notice_lines(notices: Iterable[AccessNotice]) -> list[NoticeLine]:
    rows = list(notices)
    names = colleague_names([*(row.about for row in rows), *(row.made_by for row in rows if row.made_by)])
    return [_line(row, names) for row in rows]


def _line(row: AccessNotice, names: Mapping[int, str]) -> NoticeLine:
    team = row.team.name if row.team else ""
    sentence = SENTENCES[row.change].format(
        by=names[row.made_by.pk] if row.made_by else BY_COMMAND,
        about=names[row.about.pk],
        role=ROLES.get(row.role, ""),
        law=row.law,
        team=team,
        place=f" in the team {team}" if team else "",
        **_of_inspection(row.inspection, team),
    )
    agreement = str(row.agreement.public_id) if row.agreement and row.seen_at is None else ""
    asked = row.inspection if row.change == Change.ASK_INSPECT and row.seen_at is None else None
    inspection, is_emergency = str(asked.public_id) if asked else "", row.change == Change.EMERGENCY
    is_law = bool(row.law)
    return NoticeLine(row.made_at, sentence, row.seen_at is None, agreement, inspection, is_emergency, is_law)


def _of_inspection(row: Inspection | None, team: str) -> dict[str, str]:
    """The words of a notice about an inspection: what is read of this team or, without one, of all inspected teams."""
    if row is None:
        return {}
    recorded = f"recorded from {moment(row.recorded_from)} to {moment(row.recorded_to)}"
    scope = f"those of the team {team}, {recorded}" if team else scope_words(row)
    return {"body": row.body, "days": f"from {days_words(row)}", "scope": scope}
