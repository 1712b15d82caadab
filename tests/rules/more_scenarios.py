"""More acceptance scenarios as whole facts: a young person, a night call, a court, a ward, a birth."""

from dataclasses import replace
from datetime import date

from rules.facts import (
    AdviceFacts,
    Facts,
    InformingFacts,
    ItemFacts,
    OrderFacts,
    OrganisationFacts,
    PersonFacts,
    RecipientFacts,
    RequestFacts,
    SendingFacts,
)
from tests.rules.cases import at, basis, filled_in
from tests.rules.scenarios import OPENLY, POLICY

SOCIAL_CARE = RecipientFacts(ref="R1", name="Front door", organisation="Wendlebury Council", choice="no")


def shared(kind: str, sector: str, day: str, **words: object) -> Facts:
    """A share with its reasons; each scenario says the rest."""
    base = Facts(
        entry_route="DECIDING",
        trigger="PRO",
        organisation=OrganisationFacts(kind=kind, sector=sector, policy_document_on=POLICY),
        decided_at=at(day, "11:00"),
        recorded_at=at(day, "11:20"),
        outcome="SHARED_PART",
        level="s47",
        why_now="It cannot wait for another day.",
        why_outweighs="What they said was heard; the danger to the child matters more.",
        why_no_more="Only what is needed to act today.",
        risk_if_shared="Trust may suffer; we will keep talking.",
        risk_if_not="The child may come to serious harm.",
        recipients=(SOCIAL_CARE,),
    )
    return replace(base, **words)  # type: ignore[arg-type]  # each scenario names fields of Facts


@filled_in
def s04() -> Facts:
    """A Gillick-competent girl of fifteen objects; risk goes to the crisis team, her private life does not."""
    return shared(
        "PUB",
        "maintained_school",
        "2026-06-03",
        level="s17_high",
        facts_text="Cutting for two months; thoughts of ending her life this week; denies a plan.",
        people=(
            PersonFacts(
                ref="P1",
                role="child",
                age=15,
                competence="COMPETENT",
                competence_note="Understands the options, explains her reasons, no pressure seen",
                competence_by="Designated safeguarding lead",
                competence_on=date(2026, 6, 3),
                consent_state="REFUSED",
                views="Fears that her mother will be told",
                informing=OPENLY,
            ),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="NOT_SOUGHT_UNSAFE",
                not_asked_reason="COMPETENT_CHILD_WISH",
                not_asked_text="She asked us not to, and came with me to the team instead.",
                agreed_with="Head teacher",
                informing=InformingFacts(
                    state="DEFERRED",
                    reason="COMPETENT_CHILD_WISH",
                    review_on=date(2026, 6, 4),
                    agreed_with="Head teacher",
                ),
            ),
        ),
        recipients=(RecipientFacts(ref="R1", name="Crisis team"),),
        items=(
            ItemFacts(ref="I1", text="Risk this week", sensitivities=("health",), about=("P1",), given_to=("R1",)),
            ItemFacts(
                ref="I2",
                text="What she said about whom she loves",
                sensitivities=("special", "confidence"),
                about=("P1",),
                withheld_from={"R1": "Not needed to keep her safe."},
            ),
        ),
        basis=basis("ART6_E", "ART9_G", "S1_P6", "EA02_175", "CONF_PI"),
    )


@filled_in
def s05() -> Facts:
    """A youth worker rings the police at night and writes it up in the morning."""
    return shared(
        "NON",
        "youth_charity",
        "2026-07-18",
        entry_route="TOLD",
        outcome="SHARED_ALL_NECESSARY",
        level="crime",
        decided_at=at("2026-07-18", "22:05"),
        recorded_at=at("2026-07-19", "09:10"),
        facts_text="Seen forced into a car by adults; his text says help.",
        people=(
            PersonFacts(
                ref="P1",
                role="child",
                age=14,
                consent_state="NOT_SOUGHT_DELAY",
                not_asked_text="He was gone, and minutes counted.",
                informing=InformingFacts(state="TOLD_AFTER"),
            ),
            PersonFacts(
                ref="P2",
                role="father",
                parental_responsibility="yes",
                consent_state="NOT_CONTACTABLE",
                not_asked_text="Rang at ten past ten, no answer.",
                informing=InformingFacts(state="TOLD_AFTER", by_whom="the police"),
            ),
        ),
        recipients=(RecipientFacts(ref="R1", name="Police"),),
        items=(
            ItemFacts(
                ref="I1", text="Name, clothes, car", sensitivities=("offences",), about=("P1",), given_to=("R1",)
            ),
        ),
        basis=basis("ART6_D", "ART10", "S1_P10", "CDA98_115", "CONF_PI"),
        sendings=(SendingFacts(recipient_ref="R1", at=at("2026-07-18", "22:06"), how="phone", receipt="log 4471"),),
    )


@filled_in
def s06() -> Facts:
    """A court orders a council to disclose; what lies outside the order stays."""
    return shared(
        "PUB",
        "la",
        "2026-02-16",
        trigger="COURT_ORDER",
        level="",
        order=OrderFacts(
            court="Family Court at Ashcombe",
            made_on=date(2026, 2, 9),
            due_on=date(2026, 2, 20),
            scope="Records of 2024 and 2025 about the child",
            covers_from=date(2024, 1, 1),
            covers_to=date(2025, 12, 31),
        ),
        people=(
            PersonFacts(ref="P1", role="child", age=6, competence="NOT_COMPETENT"),
            PersonFacts(
                ref="P2",
                role="mother",
                consent_state="NOT_SOUGHT_NO_CHOICE",
                informing=InformingFacts(
                    state="TOLD_AFTER", by_whom="her solicitor", who_what_why=True, no_choice_explained=True
                ),
            ),
            PersonFacts(ref="P3", role="informant"),
        ),
        recipients=(RecipientFacts(ref="R1", name="The court"),),
        items=(
            ItemFacts(
                ref="I1",
                text="Case notes in the range",
                sensitivities=("health", "proceedings", "confidence"),
                proceedings_permission="Order, paragraph 3",
                dated_from=date(2024, 3, 1),
                dated_to=date(2025, 11, 30),
                about=("P1", "P2"),
                given_to=("R1",),
            ),
            ItemFacts(
                ref="I2",
                text="Who told us",
                sensitivities=("source",),
                about=("P3",),
                withheld_from={"R1": "An application to keep the name out is made."},
            ),
        ),
        basis=basis("ART6_C", "ART9_F", "COURT_ORDER", "CONF_LAW"),
    )


@filled_in
def s07() -> Facts:
    """A mother who is a patient refuses; her child may be at risk."""
    return shared(
        "PUB",
        "nhs",
        "2026-03-24",
        facts_text="Voices about the child; stopped her medicine.",
        people=(
            PersonFacts(ref="P1", role="child", age=4, competence="NOT_COMPETENT"),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                competence="CAPABLE",
                consent_state="REFUSED",
                views="Fears losing her child",
                informing=OPENLY,
            ),
        ),
        items=(
            ItemFacts(
                ref="I1",
                text="Risk now, and the plan",
                sensitivities=("health", "confidence"),
                about=("P2",),
                given_to=("R1",),
            ),
            ItemFacts(ref="I2", text="Therapy", about=("P2",), withheld_from={"R1": "It has no bearing on today."}),
        ),
        basis=basis("ART6_E", "ART9_G", "S1_P6", "CA04_11", "CONF_PI"),
        advice=(AdviceFacts(who="Caldicott Guardian", at=at("2026-03-24", "10:30"), gist="Public interest is met."),),
    )


@filled_in
def s08() -> Facts:
    """A child protection file goes to the new school though the mother wants a fresh start."""
    return shared(
        "PUB",
        "maintained_school",
        "2026-09-03",
        trigger="KCSIE_TRANSFER",
        outcome="SHARED_WHOLE_FILE",
        whole_file_reason="The new school takes over the duty and needs the whole chronology.",
        people=(
            PersonFacts(ref="P1", role="child", age=11, competence="NOT_COMPETENT"),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="OBJECTED",
                views="Wants a fresh start",
                informing=OPENLY,
            ),
        ),
        starts_on=date(2026, 9, 2),
        recipients=(RecipientFacts(ref="R1", name="Ashcombe High", kind="school"),),
        items=(
            ItemFacts(
                ref="I1",
                text="Child protection file",
                kind="document",
                sensitivities=("health", "confidence"),
                about=("P1", "P2"),
                given_to=("R1",),
            ),
        ),
        basis=basis("ART6_E", "ART9_G", "S1_P6", "KCSIE_TRANSFER", "EA02_175", "CONF_PI"),
    )


@filled_in
def s09() -> Facts:
    """A council asks for everything about both parents; it gets what the enquiry needs."""
    return shared(
        "PUB",
        "nhs",
        "2026-05-20",
        entry_route="ASKED",
        trigger="REQ",
        facts_text="Two injuries seen, appointments missed.",
        request=RequestFacts(
            by_role="Social worker",
            organisation="Wendlebury Council",
            what="Full records of both parents",
            why="A section 47 enquiry",
            identity_check="Rang back through the switchboard",
            reference="inv-17",
            reply="Say why the rest is needed and we will look again.",
        ),
        people=(
            PersonFacts(ref="P1", role="child", age=2, p18_reason="CANNOT_GIVE", p18_text="She is two."),
            PersonFacts(
                ref="P2",
                role="mother",
                consent_state="OBJECTED",
                views="It is nobody's business",
                informing=OPENLY,
            ),
            PersonFacts(
                ref="P3",
                role="father",
                consent_state="NOT_CONTACTABLE",
                not_asked_text="Three calls in two days.",
                p18_reason="NOT_REASONABLE_TO_OBTAIN",
                p18_text="Three attempts failed, and the enquiry cannot wait.",
                informing=InformingFacts(state="ATTEMPTED", review_on=date(2026, 5, 27)),
            ),
        ),
        recipients=(replace(SOCIAL_CARE, is_asker=True),),
        items=(
            ItemFacts(ref="I1", text="Growth, injuries", sensitivities=("health",), about=("P1",), given_to=("R1",)),
            ItemFacts(ref="I2", text="Her recent score", sensitivities=("health",), about=("P2",), given_to=("R1",)),
            ItemFacts(ref="I3", text="His missed visits", sensitivities=("health",), about=("P3",), given_to=("R1",)),
            ItemFacts(ref="I4", text="2015", about=("P2",), withheld_from={"R1": "It has no bearing on the enquiry."}),
        ),
        basis=(
            *basis("ART6_E", "ART9_G", "CA04_11", "CA89_47", "CONF_PI"),
            *basis("S1_P18", person="P1", answer="She is two."),
            *basis("S1_P6", person="P2"),
            *basis("S1_P18", person="P3", answer="Three attempts failed, and the enquiry cannot wait."),
        ),
    )


@filled_in
def s10() -> Facts:
    """A mother takes back her yes; nothing more is sent."""
    return Facts(
        entry_route="DECIDING",
        trigger="PRO",
        organisation=OrganisationFacts(kind="NON", sector="charity"),
        decided_at=at("2026-02-09"),
        recorded_at=at("2026-02-09", "12:30"),
        outcome="STOPPED",
        follows=True,
        what_changed="She no longer agrees.",
        cannot_recall="The report the school has had since 13 January.",
        level="none_or_early",
        facts_text="She wrote to say that she no longer agrees.",
        why_now="She withdrew, and there is no worry that would let us go on without her.",
        instead="School was told of it; housing was never sent anything; we stay in touch.",
        people=(
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="WITHDRAWN",
                views="I would rather deal with it myself",
                informing=InformingFacts(state="TOLD_AFTER", text="what was sent already, and to whom"),
            ),
        ),
    )


@filled_in
def s11() -> Facts:
    """Separated parents disagree; the council stands on its own function and keeps court papers out."""
    return shared(
        "PUB",
        "la",
        "2026-06-15",
        level="s17",
        facts_text="Anxious, often absent, conflict at handovers.",
        people=(
            PersonFacts(ref="P1", role="child", age=9, competence="NOT_COMPETENT", views="Wants help at school"),
            PersonFacts(
                ref="P2",
                role="mother",
                parental_responsibility="yes",
                consent_state="GIVEN",
                informing=OPENLY,
            ),
            PersonFacts(
                ref="P3",
                role="father",
                parental_responsibility="yes",
                consent_state="REFUSED",
                views="Thinks that she exaggerates",
                informing=OPENLY,
            ),
        ),
        items=(
            ItemFacts(ref="I1", text="His wishes", sensitivities=("health",), about=("P1",), given_to=("R1",)),
            ItemFacts(ref="I2", text="What each parent said", about=("P2", "P3"), given_to=("R1",)),
            ItemFacts(
                ref="I3",
                text="Court papers",
                sensitivities=("proceedings",),
                about=("P2", "P3"),
                withheld_from={"R1": "No rule or permission lets us pass them on."},
            ),
        ),
        basis=basis("ART6_E", "ART9_G", "S1_P6", "CA89_17", "CONF_PI"),
        advice=(
            AdviceFacts(who="Council solicitor", at=at("2026-06-15", "09:30"), gist="Our own function covers it."),
        ),
    )


@filled_in
def s12() -> Facts:
    """A girl of twelve tells a teacher: the law says the teacher reports it."""
    return shared(
        "PUB",
        "maintained_school",
        "2026-10-05",
        trigger="MANDATORY",
        duty="FGMA03_5B",
        discovered_at=at("2026-10-05", "10:00"),
        how_discovered="GIRL_TOLD",
        outcome="SHARED_ALL_NECESSARY",
        people=(
            PersonFacts(
                ref="P1",
                role="child",
                age=12,
                consent_state="NOT_SOUGHT_NO_CHOICE",
                informing=InformingFacts(state="TOLD_AT_TIME", safe_contact="yes"),
            ),
            PersonFacts(
                ref="P2",
                role="mother",
                consent_state="NOT_SOUGHT_UNSAFE",
                not_asked_reason="HBA_FM_FGM",
                not_asked_text="The family could take her abroad.",
                agreed_with="Police",
                informing=InformingFacts(
                    state="DEFERRED", reason="HBA_FM_FGM", review_on=date(2026, 10, 12), agreed_with="Police"
                ),
            ),
        ),
        recipients=(RecipientFacts(ref="R1", name="Police", kind="police"), replace(SOCIAL_CARE, ref="R2")),
        items=(
            ItemFacts(
                ref="I1",
                text="What she said",
                sensitivities=("health", "offences", "confidence"),
                about=("P1", "P2"),
                given_to=("R1", "R2"),
            ),
        ),
        basis=basis("ART6_C", "ART9_G", "ART10", "S1_P6", "FGMA03_5B", "CA89_47", "CONF_LAW"),
    )


@filled_in
def s19() -> Facts:
    """An unborn child; the mother objects, and her partner must not know."""
    return shared(
        "PUB",
        "nhs",
        "2026-08-11",
        facts_text="Older child removed, injuries at booking, partner at every visit.",
        people=(
            PersonFacts(ref="P1", role="unborn"),
            PersonFacts(
                ref="P2",
                role="mother",
                consent_state="OBJECTED",
                views="They took my last baby",
                informing=replace(OPENLY, safe_contact="yes", safe_contact_note="alone, at clinic"),
            ),
            PersonFacts(
                ref="P3",
                role="partner",
                alleged_source_of_harm=True,
                consent_state="NOT_SOUGHT_UNSAFE",
                not_asked_reason="RISK_ADULT",
                not_asked_text="He could hurt her.",
                agreed_with="Named midwife",
                informing=InformingFacts(
                    state="NOT_TELLING",
                    reason="RISK_ADULT",
                    exemption="IMPOSSIBLE_OR_IMPAIR",
                    closing="HANDED_OVER",
                    by_whom="Ines Marlow, social worker",
                    agreed_with="Named midwife",
                ),
            ),
        ),
        items=(
            ItemFacts(
                ref="I1",
                text="Injuries at booking",
                sensitivities=("health", "offences"),
                about=("P1", "P2", "P3"),
                given_to=("R1",),
            ),
            ItemFacts(ref="I2", text="Obstetric history", about=("P2",), withheld_from={"R1": "Not needed for this."}),
        ),
        basis=basis("ART6_E", "ART9_G", "ART10", "S1_P6", "CA04_11", "CA89_47", "CONF_PI"),
    )
