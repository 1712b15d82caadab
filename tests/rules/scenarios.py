"""Whole decisions as facts: the acceptance scenarios, and the smallest share."""

from dataclasses import replace
from datetime import date

from rules.facts import (
    Facts,
    InformingFacts,
    ItemFacts,
    OrganisationFacts,
    PersonFacts,
    RecipientFacts,
    RequestFacts,
)
from tests.rules.cases import at, basis, filled_in

POLICY = date(2025, 9, 1)
OPENLY = InformingFacts(state="TOLD_BEFORE", who_what_why=True, no_choice_explained=True, safe_contact="yes")


@filled_in
def s01() -> Facts:
    """Consent refused, significant harm: shared by an academy."""
    return Facts(
        entry_route="DECIDING",
        trigger="PRO",
        organisation=OrganisationFacts(kind="PUB", sector="academy", policy_document_on=POLICY),
        decided_at=at("2026-03-10", "10:00"),
        recorded_at=at("2026-03-10", "10:40"),
        outcome="SHARED_ALL_NECESSARY",
        level="s47",
        facts_text="Bruise to the left cheek; he says that the partner hit him; the second bruise in three weeks.",
        child_words="He got cross and hit me",
        why_now="So that children's services can decide whether he is safe to go home today.",
        why_outweighs="Her view is passed on; an injury and his own account matter more than her wish for privacy.",
        why_no_more="Only the bruises, his account and attendance; no wider file.",
        risk_if_shared="His mother may lose trust in us; I will ring her after.",
        risk_if_not="He may be hit again tonight.",
        people=(
            PersonFacts(
                ref="P1",
                role="child",
                age=8,
                competence="NOT_ASSESSED",
                p18_reason="CANNOT_GIVE",
                p18_text="He is eight and cannot decide this.",
                informing=InformingFacts(
                    state="TOLD_AT_TIME", how="in words he understood", who_what_why=True, safe_contact="yes"
                ),
            ),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="OBJECTED",
                consent_at=at("2026-03-10", "09:50"),
                consent_how="phone",
                views="It was an accident, and she does not want social care involved.",
                informing=OPENLY,
            ),
            PersonFacts(
                ref="P3",
                role="partner",
                parental_responsibility="no",
                alleged_source_of_harm=True,
                consent_state="NOT_SOUGHT_UNSAFE",
                not_asked_reason="PREJUDICE_CRIME",
                not_asked_text="Telling him first could change the child's account.",
                agreed_with="LA duty manager",
                p18_reason="WOULD_PREJUDICE_PROTECTION",
                p18_text="Telling him first could affect the account.",
                informing=InformingFacts(
                    state="DEFERRED",
                    reason="PREJUDICE_CRIME",
                    review_on=date(2026, 3, 13),
                    agreed_with="LA duty manager",
                ),
            ),
        ),
        recipients=(RecipientFacts(ref="R1", name="Front door", organisation="Wendlebury Council", choice="no"),),
        items=(
            ItemFacts(
                ref="I1",
                text="His account",
                kind="child_words",
                sensitivities=("offences", "confidence"),
                about=("P1", "P3"),
                given_to=("R1",),
            ),
            ItemFacts(
                ref="I2", text="Where the bruises are", sensitivities=("health",), about=("P1",), given_to=("R1",)
            ),
            ItemFacts(ref="I3", text="What his mother said", about=("P2",), given_to=("R1",)),
            ItemFacts(ref="I4", text="The SEN file", about=("P1",), withheld_from={"R1": "It has no bearing on this."}),
        ),
        basis=(
            *basis("ART6_E", "ART9_G", "ART10", "EA02_157", "CONF_PI", "HRA_8_2"),
            *basis("CA89_47", kind="function_of_recipient"),
            *basis("S1_P18", person="P1", answer="He is eight and cannot decide this."),
            *basis("S1_P6", person="P2"),
            *basis("S1_P18", person="P3", answer="Telling him first could affect the account."),
        ),
    )


@filled_in
def s02() -> Facts:
    """A housing officer asks a charity for a report; the mother says no; nothing is shared."""
    return Facts(
        entry_route="ASKED",
        trigger="REQ",
        organisation=OrganisationFacts(kind="NON", sector="youth_charity", policy_document_on=POLICY),
        decided_at=at("2026-04-02", "16:00"),
        recorded_at=at("2026-04-02", "16:10"),
        outcome="NOT_SHARED",
        level="none_or_early",
        facts_text="The family is overcrowded; no worry about welfare was seen.",
        why_now="Housing can ask the mother, and nothing here is needed to keep her son safe.",
        risk_if_not="Rehousing may be slower; she can apply herself.",
        risk_if_shared="It would break her trust, and he may stop coming.",
        instead="I gave her the housing form and offered to fill it in with her.",
        look_again_on=date(2026, 5, 2),
        no_basis="none",
        no_basis_reason="It is not needed for safeguarding, so no listed interest fits.",
        request=RequestFacts(
            by_role="Housing officer",
            organisation="Wendlebury Homes",
            asked_at=at("2026-04-01"),
            what="A report on the family",
            why="To decide on rehousing",
            identity_check="Rang back on the number in our address book",
            reply="Declined, with the reasons; we will look again if they send more.",
        ),
        people=(
            PersonFacts(ref="P1", role="child", age=13, competence="PARTIAL"),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="REFUSED",
                views="The housing dispute is private",
                informing=InformingFacts(state="TOLD_AFTER", text="told that the request was declined"),
            ),
        ),
    )


@filled_in
def s03() -> Facts:
    """A baby's mother describes strangling; the father must not find out; shared in part."""
    return Facts(
        entry_route="DECIDING",
        trigger="PRO",
        organisation=OrganisationFacts(kind="PUB", sector="nhs", policy_document_on=POLICY),
        decided_at=at("2026-05-11", "13:30"),
        recorded_at=at("2026-05-11", "14:00"),
        outcome="SHARED_PART",
        level="s47",
        facts_text="She describes being strangled last week, with the baby in the room.",
        why_now="Safety planning and a child protection enquiry this week.",
        why_outweighs="Asking him could bring violence; the danger to her and the baby matters more.",
        why_no_more="The indicator and her account only.",
        risk_if_shared="He may find out; the item is marked and no paper goes home.",
        risk_if_not="She or the baby may be killed.",
        people=(
            PersonFacts(ref="P1", role="child", age=0.8, p18_reason="CANNOT_GIVE", p18_text="She is a baby."),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="AGREED_NOT_BASIS",
                views="Frightened; does not want him to know that she told anyone.",
                informing=InformingFacts(
                    state="TOLD_BEFORE",
                    who_what_why=True,
                    safe_contact_note="in clinic only, no letters, no texts",
                    safe_contact="yes",
                ),
            ),
            PersonFacts(
                ref="P3",
                role="father",
                parental_responsibility="yes",
                alleged_source_of_harm=True,
                consent_state="NOT_SOUGHT_UNSAFE",
                not_asked_reason="RISK_ADULT",
                not_asked_text="Asking could bring on violence.",
                agreed_with="Named nurse",
                p18_reason="WOULD_PREJUDICE_PROTECTION",
                p18_text="Asking could bring on violence.",
                informing=InformingFacts(
                    state="NOT_TELLING",
                    reason="RISK_ADULT",
                    exemption="IMPOSSIBLE_OR_IMPAIR",
                    approver="Named nurse",
                    review_on=date(2026, 5, 25),
                ),
            ),
        ),
        recipients=(RecipientFacts(ref="R1", name="Front door"), RecipientFacts(ref="R2", name="MARAC")),
        items=(
            ItemFacts(
                ref="I1",
                text="Her account",
                sensitivities=("health", "offences", "confidence"),
                about=("P1", "P2", "P3"),
                not_disclosed_to=("P3",),
                given_to=("R1",),
                withheld_from={"R2": "The indicators are enough for a conference."},
            ),
            ItemFacts(
                ref="I2",
                text="Risk indicators",
                sensitivities=("offences",),
                about=("P2", "P3"),
                given_to=("R1", "R2"),
            ),
            ItemFacts(
                ref="I3",
                text="Her new number",
                about=("P2",),
                not_disclosed_to=("P3",),
                withheld_from={"": "Not needed, and he could see it in a copy."},
            ),
        ),
        basis=(
            *basis("ART6_E", "ART9_G", "ART10", "CA04_11", "CDA98_115", "CONF_PI"),
            *basis("CA89_47", kind="function_of_recipient"),
            *basis("S1_P18", person="P1", answer="She is a baby."),
            *basis("S1_P6", person="P2"),
            *basis("S1_P18", person="P3", answer="Asking could bring on violence."),
        ),
    )


@filled_in
def s18_first() -> Facts:
    """Neglect below the threshold; the mother refuses early help, and that is her choice."""
    return Facts(
        entry_route="DECIDING",
        trigger="PRO",
        organisation=OrganisationFacts(kind="PUB", sector="maintained_school", policy_document_on=POLICY),
        decided_at=at("2026-05-06", "15:40"),
        recorded_at=at("2026-05-06", "15:55"),
        outcome="NOT_SHARED",
        level="s17",
        facts_text="Three weeks hungry on arrival, untreated head lice, missed dental letters.",
        why_now="Early help is her choice, and there is no significant harm now.",
        risk_if_shared="She may keep him at home.",
        risk_if_not="Things may drift; we see him every day.",
        instead="Breakfast club, school nurse drop-in, and talk again in two weeks.",
        look_again_on=date(2026, 5, 20),
        no_basis="basis_but_not",
        no_basis_reason="We could share under our own duty, but it would drive her away from help.",
        people=(
            PersonFacts(ref="P1", role="child", age=6, competence="NOT_COMPETENT"),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="REFUSED",
                consent_how="in person",
                views="We are managing",
            ),
        ),
    )


@filled_in
def s18_second() -> Facts:
    """Two weeks on he has lost weight and was found alone at night: shared in part without her agreement."""
    first = s18_first()
    return replace(
        first,
        decided_at=at("2026-05-20", "09:00"),
        recorded_at=at("2026-05-20", "09:30"),
        outcome="SHARED_PART",
        level="s17_high",
        facts_text="Weight loss; found alone at eight in the evening.",
        why_now="He is likely to come to significant harm without help this week.",
        why_outweighs="She says that they manage; what we see says otherwise, and he cannot wait.",
        why_no_more="What was seen at school only.",
        instead="",
        look_again_on=None,
        no_basis="",
        no_basis_reason="",
        people=(
            replace(first.people[0], p18_reason="CANNOT_GIVE", p18_text="He is six.", informing=InformingFacts()),
            replace(first.people[1], informing=OPENLY),
        ),
        recipients=(RecipientFacts(ref="R1", name="Front door", choice="no"),),
        items=(
            ItemFacts(ref="I1", text="Weight loss", sensitivities=("health",), about=("P1",), given_to=("R1",)),
            ItemFacts(ref="I2", text="What she said", about=("P2",), given_to=("R1",)),
            ItemFacts(ref="I3", text="His sister's marks", withheld_from={"R1": "Not needed."}),
        ),
        basis=basis("ART6_E", "ART9_G", "S1_P6", "EA02_175", "CONF_PI"),
    )


@filled_in
def early_help() -> Facts:
    """A charity and a family who agree: the smallest whole share."""
    return Facts(
        entry_route="DECIDING",
        trigger="PRO",
        organisation=OrganisationFacts(kind="NON", sector="charity", policy_document_on=POLICY),
        decided_at=at("2026-06-01", "10:00"),
        recorded_at=at("2026-06-01", "10:05"),
        outcome="SHARED_ALL_NECESSARY",
        level="none_or_early",
        facts_text="She asked for help with mornings.",
        why_now="School can offer a place at breakfast club from Monday.",
        why_no_more="Only that a place would help.",
        people=(
            PersonFacts(ref="P1", role="child", age=5, competence="NOT_COMPETENT"),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="GIVEN",
                agreed_to=("SHARING", "CONFIDENCE", "SERVICE"),
                informing=InformingFacts(state="TOLD_BEFORE", who_what_why=True),
            ),
        ),
        recipients=(RecipientFacts(ref="R1", name="Mill Lane School", choice="yes"),),
        items=(ItemFacts(ref="I1", text="A breakfast place would help", about=("P1", "P2"), given_to=("R1",)),),
        basis=basis("ART6_A", "NON_STAT", "CONF_CONSENT"),
    )
