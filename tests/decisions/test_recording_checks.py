"""The database and the rules ask the same questions and give the same answers."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Recipient
from decisions.database.recording_checks import refusals
from decisions.facts.decision import facts_of, law_of
from decisions.models import (
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    ItemAbout,
    ItemRecipient,
    Sending,
)
from decisions.models.decision import OUTCOMES
from drafting.draft import load
from drafting.provision_copies import by_value
from families.models import Person
from rules.assess import assess
from rules.codes import NEEDS_INSTEAD, Competence, Consent, YesNoUnknown
from rules.people import without_agreement
from tests.decisions.cases import Case, dialect, plain
from tests.decisions.test_triggers_becoming import REASONS
from tests.in_turn import THOROUGH

# In ./run check three times as often as elsewhere: 150.
OFTEN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=(3 if THOROUGH else 1) * settings().max_examples,
    deadline=None,
)


@dataclass(frozen=True)
class Small:
    """A record of three people, two items and a few rows of law, in short."""

    outcome: str
    states: tuple[str, str, str]
    about: tuple[frozenset[int], frozenset[int]]
    given: tuple[bool, bool]
    rows: tuple[tuple[str, int | None, str], ...]  # code, whose, answer
    p18: tuple[str, str, str]
    texts: dict[str, str] = field(default_factory=dict)
    roles: tuple[str, str, str] = ("child", "mother", "partner")
    able: tuple[str, str, str] = ("", "", "")
    parents: tuple[str, str, str] = ("", "yes", "no")
    look_again: bool = True
    sent: bool = False
    includes: str = "none"
    linked: bool = True  # passed to somebody, and taking up an earlier decision


TEXTS = ("why_now", "risk_if_not", "why_no_more", "why_outweighs", "instead")
REASON = "A bruise that a fall does not explain."
some_text = st.sampled_from([REASON, REASON, REASON, REASON, "", "see notes", " N/A ", "\u00a0"])
whose = st.sampled_from([0, 1, 2])
decision_rows = st.tuples(
    st.sampled_from(["ART6_E", "ART6_A", "ART6_C", "ART6_F", "CONF_PI", "CONF_CONSENT"]), st.none() | whose, some_text
)
# A duty to disclose, alone and with a power beside it; a duty to have arrangements; what a recipient does with it.
power_rows = st.tuples(
    st.sampled_from(["CA04_16H", "CARE14_45", "SCHOOL_RETURNS", "CDA98_115", "CA04_11", "CJA03_325", "FPR10_12_73"]),
    st.none(), st.just(""),
)  # fmt: skip
personal_rows = st.tuples(
    st.sampled_from(["S1_P18", "S1_P10", "ART9_G", "ART9_A", "ART9_C", "ART6_E"]), whose, some_text
)
smalls = st.builds(
    Small,
    outcome=st.sampled_from([*OUTCOMES, *(["SHARED_PART"] * 8)]),
    states=st.tuples(*[st.sampled_from(["", *Consent, "REFUSED", "GIVEN"])] * 3),
    about=st.tuples(*[st.frozensets(whose)] * 2),
    given=st.tuples(st.booleans(), st.sampled_from([True, True, False])),
    rows=st.lists(decision_rows | personal_rows | power_rows, max_size=4, unique_by=lambda row: row[:2]).map(tuple)
    | st.just((("ART6_E", None, ""),)),
    p18=st.tuples(some_text, some_text, some_text),
    texts=st.just({}) | st.fixed_dictionaries(dict.fromkeys(TEXTS, some_text)),
    look_again=st.sampled_from([True, True, False]),
    sent=st.sampled_from([False, False, True]),
    linked=st.booleans(),
    includes=st.sampled_from(["none", "none", "none", ""]),
    roles=st.tuples(*[st.sampled_from(["child", "child", "unborn", "mother", "partner"])] * 3),
    able=st.tuples(*[st.sampled_from(["", "", *Competence])] * 3),
    parents=st.tuples(*[st.sampled_from(["", "yes", "yes", *YesNoUnknown])] * 3),
)


def build(case: Case, small: Small) -> Decision:
    """Written past the actions and past the ledger."""
    texts = {**dict.fromkeys(TEXTS, REASON), **small.texts}
    organisation, day = case.cast.organisation, timezone.localdate(case.at)
    decision = Decision(
        organisation=organisation,
        team=case.cast.team,
        author=case.cast.practitioner,
        started_at=case.at,
        decided_at=case.at,
        outcome=small.outcome,
        entry_route="DECIDING",
        trigger="PRO",
        level="s47",
        facts="A bruise to the left cheek.",
        risk_if_shared="She may stop trusting us.",
        no_basis="none",
        no_basis_reason="Nothing lets us.",
        whole_file_reason="All of it is about this.",
        look_again_on=day if small.look_again else None,
        what_changed=REASON,
        includes_none=small.includes == "none",
        cannot_recall=REASON,
        passed_to=case.cast.supervisor if small.linked else None,
        supersedes=case.decision if small.linked else None,
        **texts,
    )
    plain(Decision).bulk_create([decision])
    common = {"organisation": organisation, "decision": decision}
    everybody = zip(
        Person.objects.filter(family=case.family),
        small.states,
        small.p18,
        small.roles,
        small.able,
        small.parents,
        strict=True,
    )
    people = plain(DecisionPerson).bulk_create(
        [
            DecisionPerson(
                **common,
                person=person,
                name=person.name,
                role=role,
                consent_state=state,
                p18_reason="WOULD_PREJUDICE_PROTECTION",
                p18_text=text,
                not_asked_text=REASON,
                not_asked_reason="RISK_CHILD",
                competence=able,
                competence_note=REASON,
                parental_responsibility=parent,
            )
            for person, state, text, role, able, parent in everybody
        ]
    )
    entry = Recipient.objects.get(organisation=organisation)
    (recipient,) = plain(DecisionRecipient).bulk_create(
        [DecisionRecipient(**common, recipient=entry, name="EntryRoute")]
    )
    if small.sent:
        sending = Sending(
            **common,
            recipient=recipient,
            sent_at=case.at,
            how="By phone",
            written_at=case.at,
            written_by=case.cast.practitioner,
            written_by_name="Asha Verrall",
        )
        plain(Sending).bulk_create([sending])
    for about, is_given in zip(small.about, small.given, strict=True):
        (item,) = plain(DecisionItem).bulk_create(
            [DecisionItem(**common, text=REASON, kind="fact", why_withheld=REASON)]
        )
        plain(ItemAbout).bulk_create([ItemAbout(**common, item=item, person=people[one]) for one in sorted(about)])
        plain(ItemRecipient).bulk_create(
            [ItemRecipient(**common, item=item, recipient=recipient, given=is_given, why_withheld=REASON)]
        )
    plain(DecisionProvision).bulk_create(
        [
            DecisionProvision(
                **common,
                person=None if one is None else people[one],
                code=code,
                answer=answer,
                **by_value(law_of(case.decision), code, day, organisation.sector),
            )
            for code, one, answer in small.rows
        ]
    )
    return decision


NOT_SHARED = {
    "WHY_NOW": "not shared: reasons are missing",
    "INSTEAD": "not shared: what was done instead is missing",
    "LOOK_AGAIN": "not shared: the review date is missing",
    "SENT_ALREADY": "not shared: something was sent",
    "PASSED_TO": "passed to a manager: to whom is missing",
    "STOPPED_WHAT": "stopped: what is stopped is missing",
}
# Whoever agrees or refuses, these are answered.
ANSWERED = {
    "NOT_ANONYMOUS": "shared: somebody it is about is recorded as anonymised",
    "CONSENT_UNKNOWN": "shared: whether somebody agrees is not answered",
    "INCLUDES_UNANSWERED": "shared: what the information includes is not answered",
}
OF_THE_DECISION = {
    "WHY_NOW": REASONS["why_now"],
    "RISK_IF_NOT": REASONS["risk_if_not"],
    "WHY_NO_MORE": REASONS["why_no_more"],
    "WHY_OUTWEIGHS": REASONS["why_outweighs"],
    "NO_L1": "shared without agreement: there is no lawful basis",
}
OF_A_PERSON = {
    "NO_L1": "shared without agreement: there is no lawful basis",
    "CONSENT_BASIS": "shared without agreement: a provision needs consent",
    "BASIS_FALLS": "shared without agreement: a provision needs consent",
    "TEST_OPEN": "shared without agreement: the test of a provision is not answered",
    "P18_TEXT": "shared without agreement: why without consent is not answered",
}


def said_by_the_rules(decision: Decision, case: Case) -> tuple[bool, set[str]]:
    """Whether the rules let it be recorded, and what they say of the short list in the database's words."""
    fresh = load(decision, case.cast.practitioner).decision
    facts = facts_of(fresh, recorded_at=case.at)
    assessment = assess(facts)
    codes = {(one.code, one.person) for one in assessment.blocking}
    if fresh.outcome in NEEDS_INSTEAD:
        return assessment.may_be_recorded, {NOT_SHARED[code] for code, _ in codes if code in NOT_SHARED}
    unanswered = {ANSWERED[code] for code, _ in codes if code in ANSWERED}
    overruled = {person.ref for person in without_agreement(facts)} if fresh.is_shared else set()
    if not overruled:
        return assessment.may_be_recorded, unanswered if fresh.is_shared else set()
    said = {OF_THE_DECISION[code] for code, person in codes if code in OF_THE_DECISION and not person}
    return assessment.may_be_recorded, said | unanswered | {
        OF_A_PERSON[code] for code, person in codes if code in OF_A_PERSON and person in overruled
    }


def said_by_the_database(decision: Decision, case: Case) -> str:
    """The first refusal, or nothing."""
    try:
        with transaction.atomic():
            plain(Decision).filter(pk=decision.pk).update(state="recorded", recorded_at=case.at)
    except IntegrityError as refusal:
        known = [message for _, message in refusals(dialect()) if message in str(refusal)]
        return known[0] if known else str(refusal)
    return ""


@OFTEN
@given(small=smalls)
@example(
    small=Small(
        "SHARED_PART",
        ("GIVEN", "GIVEN", "GIVEN"),
        (frozenset({0}), frozenset()),
        (True, True),
        (("ART6_E", None, ""),),
        (REASON,) * 3,
        includes="",
    )
)
@example(
    small=Small(
        "SHARED_PART",
        ("REFUSED", "GIVEN", ""),
        (frozenset({0}), frozenset()),
        (True, True),
        (("ART6_E", None, ""),),
        (REASON,) * 3,
    )
)
@example(
    small=Small(
        "SHARED_PART",
        ("REFUSED", "GIVEN", "GIVEN"),
        (frozenset(), frozenset()),
        (True, True),
        (("ART6_E", 1, ""),),
        (REASON,) * 3,
    )
)
@example(
    small=Small(
        "SHARED_PART",
        ("OBJECTED", "GIVEN", "GIVEN"),
        (frozenset({0}), frozenset({1})),
        (True, True),
        (("ART6_E", None, ""), ("S1_P18", 0, REASON)),
        ("n/a", "", ""),
    )
)
@example(
    small=Small(
        "SHARED_PART",
        ("NOT_COMPETENT", "OBJECTED", "GIVEN"),
        (frozenset({0}), frozenset({0})),
        (True, True),
        (("ART6_E", None, ""),),
        (REASON,) * 3,
        dict.fromkeys(("why_outweighs", "risk_if_not", "why_no_more"), ""),
    )
)
@example(
    small=Small(
        "SHARED_PART",
        ("", "", "GIVEN"),
        (frozenset({0}), frozenset()),
        (True, True),
        (("ART6_E", None, ""),),
        (REASON,) * 3,
        able=("NOT_COMPETENT", "", ""),
    )
)
@example(
    small=Small(
        "SHARED_PART",
        ("GIVEN", "NOT_NEEDED_ANON", "GIVEN"),
        (frozenset({0, 1}), frozenset()),
        (True, True),
        (("ART6_E", None, ""),),
        (REASON,) * 3,
    )
)
@example(
    small=Small(
        "NOT_SHARED", ("REFUSED",) * 3, (frozenset(), frozenset()), (False, False), (), ("",) * 3, look_again=False
    )
)
def test_the_database_refuses_what_the_rules_block(closed: Case, small: Small) -> None:
    """Both ways: nobody meets the database's refusal after the check page said all is well, nor the other way round."""
    with transaction.atomic():
        decision = build(closed, small)
        fine, expected = said_by_the_rules(decision, closed)
        refused = said_by_the_database(decision, closed)
        transaction.set_rollback(True)
    if expected:
        assert refused in expected
        assert not fine
    else:
        assert refused == "" or not small.outcome
    assert not (fine and refused)


UNWEIGHED = dict.fromkeys(("why_outweighs", "risk_if_not"), "")


@pytest.mark.parametrize(
    ("powers", "message"),
    [
        (("CA04_16H",), ""),
        (("CARE14_45",), ""),
        (("CA89_42", "FPR10_12_73", "SCHOOL_RETURNS"), ""),  # a limit, and a duty of others, are no power
        (("CA04_16H", "CDA98_115"), "shared without agreement: necessity is missing"),
        (("CA04_11",), "shared without agreement: necessity is missing"),
        ((), "shared without agreement: necessity is missing"),
    ],
    ids=["a partner asked", "a board asked", "records, limited", "and a power", "arrangements", "nothing"],
)
def test_nothing_is_weighed_where_a_duty_alone_is_relied_on(
    closed: Case, powers: tuple[str, ...], message: str
) -> None:
    """However it started: the duty is chosen on the page of the lawful basis."""
    rows = (("ART6_E", None, ""), *((code, None, "") for code in powers))
    refused = ("GIVEN", "REFUSED", "GIVEN")
    small = Small("SHARED_PART", refused, (frozenset({1}), frozenset()), (True, True), rows, ("",) * 3, UNWEIGHED)
    assert said_by_the_database(build(closed, small), closed) == message


MISSING = {
    "why_outweighs": "shared without agreement: why it outweighs their views is missing",
    "risk_if_not": "shared without agreement: necessity is missing",
    "why_no_more": "shared without agreement: proportionality is missing",
}


@pytest.mark.parametrize(
    "child",
    [
        {"states": ("NOT_COMPETENT", "OBJECTED", "GIVEN")},
        {"states": ("LACKS_CAPACITY", "REFUSED", "GIVEN")},
        {"states": ("GIVEN", "NOT_SOUGHT_DELAY", "GIVEN"), "able": ("NOT_COMPETENT", "", "")},
        {"states": ("GIVEN", "WITHDRAWN", "GIVEN"), "roles": ("unborn", "mother", "partner")},
    ],
)
@pytest.mark.parametrize("name", MISSING)
def test_a_parent_who_said_no_is_weighed_by_the_database_too(closed: Case, name: str, child: dict[str, Any]) -> None:
    """Nothing given names her; it is about her child, who cannot decide."""
    rows = (("ART6_E", None, ""),)
    fields: dict[str, Any] = {"states": child["states"], "roles": ("child", "mother", "partner"), **child}
    common: dict[str, Any] = {
        "outcome": "SHARED_PART",
        "about": (frozenset({0}), frozenset({0})),
        "given": (True, True),
        "rows": rows,
        "p18": ("",) * 3,
    }
    bare = Small(**common, **fields, texts={name: "n/a"})
    assert said_by_the_database(build(closed, bare), closed) == MISSING[name]
    assert said_by_the_database(build(closed, replace(bare, texts={})), closed) == ""
    elsewhere = replace(bare, parents=("", "unknown", "no"))
    assert said_by_the_database(build(closed, elsewhere), closed) == ""


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ((), "shared without agreement: the test of a provision is not answered"),
        ((("S1_P10", 1, ""),), ""),
    ],
)
def test_a_condition_of_the_decision_gives_way_to_the_person_s_own(
    closed: Case, own: tuple[tuple[str, int, str], ...], message: str
) -> None:
    """Schedule 1: what was chosen for her stands instead of what was chosen for all."""
    rows = (("ART6_E", None, ""), ("S1_P18", None, ""), *own)
    small = Small(
        "SHARED_PART", ("GIVEN", "REFUSED", "GIVEN"), (frozenset({1}), frozenset()), (True, True), rows, ("",) * 3
    )
    assert said_by_the_database(build(closed, small), closed) == message
