"""Who gets what from every address of the site: addresses from the URLconf, answers from a table written by hand.

An address without a row fails, and so does a row without an address. A row's answers stand in this order:

    nobody | practitioner, teammate, practitioner of another team | supervisor | administrator, officer
           | the next organisation's practitioner, supervisor, administrator, officer | a practitioner deactivated since

    .  200    >  302, 303    i  sent to sign in    f  403    n  404    m  405    u  422, the form says what is missing
    s  401, told to the script of a page
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sized
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.actions import add_cover, add_recipient, change_organisation_role
from accounts.models import Recipient, ReviewCover, RoleAgreement, SignOn, User
from accounts.roles import ROLES, Permission, Role, Standing
from audit import ledger
from decisions.actions import (
    add_complaint,
    add_contact_plan,
    add_statement,
    add_wrong_information,
    restrict,
    retire_provision,
)
from decisions.models import (
    Complaint,
    ContactPlan,
    Decision,
    LawNotice,
    Restriction,
    StatementToRecipients,
    UrgentRecord,
    WrongInformation,
)
from drafting.actions import record_urgent, start
from emergencies.actions import open_in_emergency
from emergencies.finding import Meant
from emergencies.models import EmergencyOpening
from families.actions import add_disclosure, add_safe_contact, declare_conflict
from families.details import ContactDetails, DisclosureDetails
from families.models import DeclaredConflict, Disclosure, Family, Person, SafeContact
from incidents.actions import add_incident_event, report_incident
from incidents.models import Incident
from letters.actions import make_letter, make_shared_letter
from letters.models import LetterMade, SharedLetter
from reflections.actions import show_to_supervisor, start_reflection
from reflections.models import Reflection, ReflectionReader
from reflections.questions import WORDS
from retention.actions import hold
from retention.models import Disposal, Hold
from reviews.actions import record_review
from reviews.models import Review
from rights.actions import add_event, decide_item, name_records, open_request, pass_on_request
from rights.entries import entries_of
from rights.models import FamilyCopy, ItemDecision, RightsRequest
from rules.explanation.facts import Choices
from rules.explanation.versions import Version
from safeguarding.demo import stories
from safeguarding.demo.filling import fill_story, record_story
from tests.accounts.inspectors import inspection_of
from tests.administration.evidence_scenes import asked_for
from tests.administration.pages import without_what_changes
from tests.built_once import built_once
from tests.cast import Cast, Company, make_cast
from tests.decisions.law_said import proposed
from tests.drafting.households import address_book, household
from tests.in_turn import in_turn
from tests.pages import SignedClient
from tests.rights.requests import made_past_the_actions

# name, object, GET, POST
TABLE = """
home                                  -         i ... . .. .... i    i mmm m mm mmmm i
health                                -         . ... . .. .... .    m mmm m mm mmmm m
metrics                               -         . ... . .. .... .    m mmm m mm mmmm m
account_login                         -         . >>> > >> >>>> .    u >>> > >> >>>> u
account_logout                        -         i mmm m mm mmmm i    i >>> > >> >>>> i
account_change_password               -         i ... . .. .... i    i uuu u uu uuuu i
account_reauthenticate                -         i ... . .. .... i    i uuu u uu uuuu i
reminders:choice                      -         i ... . .. .... i    i uuu u uu uuuu i
reminders:not_sent                    -         i fff f .. ff.. i    i fff f mm ffmm i
choose_password                       link      n nnn n nn nnnn n    n nnn n nn nnnn n
sign_on                               service   m mmm m mm mmmm m    n nnn n nn nnnn n
sign_on_back                          service   n nnn n nn nnnn n    m mmm m mm mmmm m
quick_leave                           -         m mmm m mm mmmm m    > >>> > >> >>>> >
goodbye                               -         . ... . .. .... .    m mmm m mm mmmm m
autosave                              -         s mmm m mm mmmm s    s fff f ff ffff s
discard_autosave                      -         i mmm m mm mmmm i    i >>> > >> >>>> i
extend_session                        -         s ... . .. .... s    s ... . .. .... s
law                                   -         i ... . .. .... i    i mmm m mm mmmm i
search                                -         i ... . ff ..ff i    i uuu u ff uuff i

families:list                         -         i ... . ff ..ff i    i mmm m mm mmmm i
families:register                     -         i ... f ff .fff i    i uuu f ff ufff i
families:import                       -         i fff . f. f.f. i    i fff u fu fufu i
families:detail                       family    i ..n . ff nnff i    i mmm m mm mmmm i
families:correct                      family    i ..n f ff nfff i    i uun f ff nfff i
families:teams                        family    i ..n f ff nfff i    i uun f ff nfff i
families:team_remove                     place     i mmm m mm mmmm i    i uun f ff nfff i
families:person_add                   family    i ..n f ff nfff i    i uun f ff nfff i
families:disclosure_add               family    i ..n f ff nfff i    i uun f ff nfff i
families:person_correct               person    i ..n f ff nfff i    i uun f ff nfff i
families:contacts                     person    i ..n . ff nnff i    i mmm m mm mmmm i
families:contact_add                  person    i ..n f ff nfff i    i uun f ff nfff i
families:risks                        person    i ..n f ff nfff i    i uun f ff nfff i
families:contact_correct              contact   i ..n f ff nfff i    i uun f ff nfff i
families:disclosure                   told      i ..n . ff nnff i    i mmm m mm mmmm i
families:history                      family    i ..n . ff nnff i    i mmm m mm mmmm i
families:who_looked                   family    i fff . f. fnfn i    i mmm m mm mmmm i
families:conflict                     -         i ... . .. .... i    i uuu u uu uuuu i
families:conflict_end                 conflict  i fff . f. fnfn i    i fff u fu fnfn i
families:person_history               person    i ..n . ff nnff i    i mmm m mm mmmm i
families:disclosure_history           told      i ..n . ff nnff i    i mmm m mm mmmm i
families:disclosure_correct           told      i ..n f ff nfff i    i uun f ff nfff i

decisions:log                         -         i ... . ff ..ff i    i mmm m mm mmmm i
drafting:start                        -         i ... f ff .fff i    i uuu f ff ufff i
drafting:staff_concern                -         i ... f ff .fff i    i uuu f ff ufff i
drafting:urgent                       -         i ... f ff .fff i    i uuu f ff ufff i
decisions:restricted                  -         i ... . .. .... i    i mmm m mm mmmm i
decisions:restrict                    -         i fff . f. f.f. i    i fff u fu fufu i
decisions:restricted_record           restriction i .nn . n. nnnn i  i nnn u nu nnnn i
decisions:restricted_lift             restriction i nnn . n. nnnn i  i nnn u nu nnnn i
decisions:restricted_remove           named     i nnn . n. nnnn i    i nnn u nu nnnn i
decisions:urgent_detail               first     i ..n . ff nnff i    i mmm m mm mmmm i
drafting:urgent_complete              first     i ..n f ff nfff i    i uun f ff nfff i
decisions:detail                      recorded  i ..n . ff nnff i    i mmm m mm mmmm i
decisions:detail                      draft     i nnn n ff nnff i    i mmm m mm mmmm i
drafting:page                         draft     i .nn n ff nnff i    i unn n ff nnff i
drafting:page                         recorded  i nnn n ff nnff i    i nnn n ff nnff i
drafting:autosave                     draft     s mmm m mm mmmm s    s .nn n ff nnff s
drafting:autosave                     recorded  s mmm m mm mmmm s    s nnn n ff nnff s
drafting:continue                     draft     i >nn n ff nnff i    i mmm m mm mmmm i
drafting:continue                     recorded  i nnn n ff nnff i    i mmm m mm mmmm i
drafting:check                        draft     i .nn n ff nnff i    i mmm m mm mmmm i
drafting:check                        recorded  i nnn n ff nnff i    i mmm m mm mmmm i
drafting:record                       draft     i mmm m mm mmmm i    i unn n ff nnff i
drafting:record                       recorded  i mmm m mm mmmm i    i >nn n ff nnff i
drafting:talk                         spoken    i .nn n ff nnff i    i mmm m mm mmmm i
drafting:talk                         draft     i nnn n ff nnff i    i mmm m mm mmmm i
drafting:talk                         recorded  i nnn n ff nnff i    i mmm m mm mmmm i
drafting:talk_copy                    spoken    i .nn n ff nnff i    i mmm m mm mmmm i
drafting:talk_copy                    draft     i nnn n ff nnff i    i mmm m mm mmmm i
drafting:talk_copy                    recorded  i nnn n ff nnff i    i mmm m mm mmmm i
drafting:delete                       draft     i .nn n ff nnff i    i >nn n ff nnff i
drafting:delete                       recorded  i nnn n ff nnff i    i nnn n ff nnff i
drafting:hand_over                    draft     i fff . ff fnff i    i fff u ff fnff i
drafting:hand_over                    recorded  i fff n ff fnff i    i fff n ff fnff i
decisions:add_sending                 recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_sending                 draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_not_sent                recorded  i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_not_sent                to_send   i ..n n ff nnff i    i uun n ff nnff i
decisions:add_not_sent                draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_informing               recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_informing               draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_consent_event           recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_consent_event           draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_receipt                 recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_receipt                 draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_response                recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_response                draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_addition                recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_addition                draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_wrong_information       recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_wrong_information       draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_correction              recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_correction              draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_complaint               recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_complaint               draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:answer_complaint            recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:answer_complaint            draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:acknowledge_complaint       recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:acknowledge_complaint       draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_read_back               recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_read_back               draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_statement               recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_statement               declined  i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_statement               draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_statement_passed_on     recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_statement_passed_on     draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_contact_plan            recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_contact_plan            draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_contact_outcome         recorded  i ..n n ff nnff i    i uun n ff nnff i
decisions:add_contact_outcome         draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_standing_sending        group     i ..n n ff nnff i    i uun n ff nnff i
decisions:add_standing_sending        recorded  i nnn n ff nnff i    i nnn n ff nnff i
decisions:add_standing_sending        draft     i nnn n ff nnff i    i nnn n ff nnff i
decisions:summary                     recorded  i ..n . ff nnff i    i mmm m mm mmmm i
decisions:summary                     draft     i nnn n ff nnff i    i mmm m mm mmmm i
decisions:print                       recorded  i ..n . ff nnff i    i mmm m mm mmmm i
decisions:print                       draft     i nnn n ff nnff i    i mmm m mm mmmm i
decisions:who_looked                  recorded  i fff . f. fnfn i    i mmm m mm mmmm i
decisions:who_looked                  draft     i fff n fn fnfn i    i mmm m mm mmmm i
decisions:proof                       recorded  i ..n . ff nnff i    i mmm m mm mmmm i
decisions:proof                       draft     i nnn n ff nnff i    i mmm m mm mmmm i
decisions:decline_letter              declined  i ..n n ff nnff i    i mmm m mm mmmm i
decisions:decline_letter              recorded  i nnn n ff nnff i    i mmm m mm mmmm i
decisions:decline_letter              draft     i nnn n ff nnff i    i mmm m mm mmmm i
decisions:law                         recorded  i ..n . ff nnff i    i mmm m mm mmmm i
decisions:law                         draft     i .nn n ff nnff i    i mmm m mm mmmm i
letters:letter                        recorded  i ..n n ff nnff i    i uun n ff nnff i
letters:letter                        declined  i ..n n ff nnff i    i uun n ff nnff i
letters:letter                        draft     i nnn n ff nnff i    i nnn n ff nnff i
letters:agree                         recorded  i fff . ff fnff i    i fff u ff fnff i
letters:agree                         draft     i fff n ff fnff i    i fff n ff fnff i
letters:ask                           recorded  i ..n n ff nnff i    i uun n ff nnff i
letters:ask                           declined  i ..n n ff nnff i    i uun n ff nnff i
letters:ask                           draft     i nnn n ff nnff i    i nnn n ff nnff i
letters:made                          recorded  i ..n . ff nnff i    i mmm m mm mmmm i
letters:made                          draft     i nnn n ff nnff i    i mmm m mm mmmm i
letters:pdf                           recorded  i ..n . ff nnff i    i mmm m mm mmmm i
letters:pdf                           draft     i nnn n ff nnff i    i mmm m mm mmmm i
letters:referral                      recorded  i ..n n ff nnff i    i mmm m mm mmmm i
letters:referral                      declined  i nnn n ff nnff i    i mmm m mm mmmm i
letters:referral                      draft     i nnn n ff nnff i    i mmm m mm mmmm i
shared:about                          person    i ..n . ff nnff i    i mmm m mm mmmm i
shared:letter                         person    i ..n f ff nfff i    i uun f ff nfff i
shared:made                           given     i ..n . ff nnff i    i mmm m mm mmmm i
shared:pdf                            given     i ..n . ff nnff i    i mmm m mm mmmm i
letters:make_decline                  declined  i mmm m mm mmmm i    i >>n n ff nnff i
letters:make_decline                  recorded  i mmm m mm mmmm i    i nnn n ff nnff i
drafting:supersede                    recorded  i ..n n ff nnff i    i >>n n ff nnff i
drafting:supersede                    draft     i nnn n ff nnff i    i nnn n ff nnff i

reviews:queue                         -         i fff . ff f.ff i    i mmm m mm mmmm i
reviews:review                        recorded  i fff . ff fnff i    i fff u ff fnff i
reviews:review                        draft     i fff n ff fnff i    i fff n ff fnff i
reviews:next                          recorded  i fff > ff fnff i    i mmm m mm mmmm i
reviews:next                          draft     i fff n ff fnff i    i mmm m mm mmmm i
reviews:assign                        recorded  i fff . ff fnff i    i fff u ff fnff i
reviews:assign                        draft     i fff n ff fnff i    i fff n ff fnff i
reviews:reply                         question  i .nn n ff nnff i    i unn n ff nnff i
reviews:second_look                   recorded  i >nn n ff nnff i    i >nn n ff nnff i
reviews:second_look                   draft     i nnn n ff nnff i    i nnn n ff nnff i

reflections:list                      -         i ... . .. .... i    i mmm m mm mmmm i
reflections:new                       -         i ... . .. .... i    i uuu u uu uuuu i
reflections:about_decision            recorded  i ..n . nn nnnn i    i uun u nn nnnn i
reflections:about_decision            draft     i nnn n nn nnnn i    i nnn n nn nnnn i
reflections:detail                    reflected i .nn n nn nnnn i    i mmm m mm mmmm i
reflections:change                    reflected i .nn n nn nnnn i    i unn n nn nnnn i
reflections:delete                    reflected i .nn n nn nnnn i    i >nn n nn nnnn i
reflections:download                  reflected i .nn n nn nnnn i    i unn n nn nnnn i
reflections:show                      reflected i .nn n nn nnnn i    i unn n nn nnnn i
reflections:end_showing               ended     i mmm m mm mmmm i    i >nn n nn nnnn i
reflections:read                      reflected i nnn n nn nnnn i    i mmm m mm mmmm i
reflections:read                      shown     i nnn . nn nnnn i    i mmm m mm mmmm i
reflections:detail                    shown     i .nn n nn nnnn i    i mmm m mm mmmm i

rights:list                           -         i fff f f. fff. i    i mmm m mm mmmm i
rights:open                           -         i fff f f. fff. i    i fff f fu fffu i
rights:pass_on                        person    i ..n f ff nfff i    i uun f ff nfff i
rights:detail                         asked     i fff f f. fffn i    i mmm m mm mmmm i
rights:record                         asked     i fff f f. fffn i    i fff f fu fffn i
rights:item                           asked     i fff f f. fffn i    i fff f fu fffn i
rights:name                           ordered   i fff f f. fffn i    i fff f fu fffn i
rights:read                           ordered   i fff f f. fffn i    i fff f fu fffn i
rights:print                          ordered   i fff f f. fffn i    i mmm m mm mmmm i
rights:left_out                       asked     i fff f f. fffn i    i mmm m mm mmmm i
rights:make_copy                      asked     i fff f f. fffn i    i fff f fu fffn i
rights:copy                           asked     i fff f f. fffn i    i mmm m mm mmmm i
rights:copy_pdf                       asked     i fff f f. fffn i    i mmm m mm mmmm i
rights:add_event                      asked     i fff f f. fffn i    i fff f fu fffn i

incidents:list                        -         i ... . f. ..f. i    i mmm m mm mmmm i
incidents:report                      -         i ... . f. ..f. i    i uuu u fu uufu i
incidents:report_decision             recorded  i ..n . fn nnfn i    i uun u fn nnfn i
incidents:report_urgent               first     i ..n . fn nnfn i    i uun u fn nnfn i
incidents:report_decision             draft     i nnn n fn nnfn i    i nnn n fn nnfn i
incidents:detail                      incident  i ..n . f. nnfn i    i mmm m mm mmmm i
incidents:add_event                   incident  i ..n . f. nnfn i    i uun u fu nnfn i

emergencies:list                      -         i ... . f. ..f. i    i mmm m mm mmmm i
emergencies:open                      -         i ... . ff ..ff i    i uuu u ff uuff i
emergencies:detail                    opening   i .n. . f. nnfn i    i nnn u fn nnfn i
emergencies:close                     opening   i mmm m mm mmmm i    i >nn n ff nnff i
emergencies:family                    opening   i .nn n ff nnff i    i mmm m mm mmmm i
emergencies:contacts                  opening   i .nn n ff nnff i    i mmm m mm mmmm i
emergencies:disclosure                opening   i .nn n ff nnff i    i mmm m mm mmmm i
emergencies:decision                  opening   i .nn n ff nnff i    i mmm m mm mmmm i
emergencies:urgent                    opening   i nnn n ff nnff i    i mmm m mm mmmm i

retention:overview                    -         i fff f f. fff. i    i mmm m mm mmmm i
retention:rule                        rule      i fff f f. fff. i    i fff f fu fffu i
retention:add_hold                    -         i fff f f. fff. i    i fff f fu fffu i
retention:lift_hold                   hold      i fff f f. fffn i    i fff f fu fffn i
retention:dispose                     -         i fff f f> fff> i    i fff f f> fff> i
retention:disposal                    disposal  i fff f f. fffn i    i fff f fu fffn i

reports:dashboard                     -         i fff . f. f.f. i    i mmm m mm mmmm i
reports:decisions                     -         i fff . f. f.f. i    i mmm m mm mmmm i
reports:export                        -         i fff . f. f.f. i    i fff . f. f.f. i
reports:pack                          -         i fff . f. f.f. i    i mmm m mm mmmm i
reports:pack_pdf                      -         i fff . f. f.f. i    i mmm m mm mmmm i

administration:people                 -         i fff f .. ff.. i    i fff f mm ffmm i
administration:invite                 -         i fff f .. ff.. i    i fff f uu ffuu i
administration:person                 user      i fff f .. ffnn i    i fff f mm ffmm i
administration:person_change          user      i fff f .. ffnn i    i fff f uu ffnn i
administration:person_role            user      i fff f .. ffnn i    i fff f >> ffnn i
administration:person_add_to_team     user      i fff f .. ffnn i    i fff f uu ffnn i
administration:person_end_membership  held      i fff f .. ffnn i    i fff f >> ffnn i
administration:person_link            user      i fff f .. ffnn i    i fff f .. ffnn i
administration:person_end_sign_on     bound     i fff f .. ffnn i    i fff f >> ffnn i
administration:person_deactivate      user      i fff f .. ffnn i    i fff f >> ffnn i
administration:person_reactivate      user      i fff f .. ffnn i    i fff f >> ffnn i
administration:access_notices         -         i ... . .. .... i    i >>> > >> >>>> i
administration:role_agreement         agreement i fff f .. ffnn i    i fff f uu ffnn i
administration:inspections            -         i fff f .. ff.. i    i fff f mm ffmm i
administration:inspection_ask         -         i fff f .. ff.. i    i fff f uu ffuu i
administration:inspection             inspected i fff f .. ffnn i    i fff f mm ffmm i
administration:inspection_answer      inspected i fff f .. ffnn i    i fff f uu ffnn i
administration:inspection_end         inspected i fff f .. ffnn i    i fff f >> ffnn i
administration:teams                  -         i fff f .. ff.. i    i fff f mm ffmm i
administration:team_add               -         i fff f .. ff.. i    i fff f uu ffuu i
administration:team                   team      i fff f .. ffnn i    i fff f mm ffmm i
administration:team_rename            team      i fff f .. ffnn i    i fff f uu ffnn i
administration:team_close             team      i fff f .. ffnn i    i fff f >> ffnn i
administration:team_reopen            team      i fff f .. ffnn i    i fff f >> ffnn i
administration:cover_add              team      i fff f .. ffnn i    i fff f uu ffnn i
administration:cover_end              cover     i fff f .. ffnn i    i fff f >> ffnn i
administration:organisation           -         i fff f .. ff.. i    i fff f mm ffmm i
administration:organisation_change    -         i fff f .. ff.. i    i fff f uu ffuu i
administration:duty_numbers           -         i fff f .. ff.. i    i fff f uu ffuu i
administration:school_holidays        -         i fff f .. ff.. i    i fff f uu ffuu i
administration:address_book           -         i fff f .. ff.. i    i fff f mm ffmm i
administration:recipient_add          -         i fff f .. ff.. i    i fff f uu ffuu i
administration:recipient_change       entry     i fff f .. ffnn i    i fff f uu ffnn i
administration:recipient_retire       entry     i fff f .. ffnn i    i fff f >> ffnn i
administration:recipient_restore      entry     i fff f .. ffnn i    i fff f >> ffnn i
administration:law                    -         i fff f f. fff. i    i fff f fm fffm i
administration:law_commence           -         i fff f f. fff. i    i fff f fu fffu i
administration:law_add                -         i fff f f. fff. i    i fff f fu fffu i
administration:law_retire             -         i fff f f. fff. i    i fff f fu fffu i
administration:law_check              proposal  i fff f .n ffnn i    i fff f un ffnn i
administration:law_withdraw           notice    i fff f f. fffn i    i fff f fu fffn i
wording:languages                     -         i fff f .. ff.. i    i fff f mm ffmm i
wording:phrases                       language  i fff f .. ff.. i    i fff f mm ffmm i
wording:approve                       phrase    i fff f .. ff.. i    i fff f uu ffuu i
administration:evidence               -         i fff f f. fff. i    i fff f fm fffm i
administration:evidence_ask           -         i fff f f. fff. i    i fff f fu fffu i
administration:evidence_request       evidence  i fff f f. fffn i    i fff f fu fffn i
administration:evidence_leave_out     evidence  i fff f f. fffn i    i fff f fu fffn i
administration:evidence_take          evidence  i fff f fm fffm i    i fff f f. fffn i
administration:ledger                 -         i fff f .. ff.. i    i fff f mm ffmm i
administration:ledger_verify          -         i fff f mm ffmm i    i fff f >> ff>> i
administration:ledger_export          -         i fff f mm ffmm i    i fff f uu ffuu i
mfa_authenticate                      -         > >>> > >> >>>> >    > >>> > >> >>>> >
your_sign_in                          -         i ... . .. .... i    i mmm m mm mmmm i
add_app                               -         i ... . .. .... i    i uuu u uu uuuu i
add_passkey                           -         i ... . .. .... i    i uuu u uu uuuu i
recovery_codes                        -         i >>> > >> >>>> i    i >>> > >> >>>> i
remove_factor                         factor    i nnn n nn nnnn i    i nnn n nn nnnn i
administration:person_sign_in         user      i fff f .. ffnn i    i fff f uu ffnn i
your_sessions                         -         i ... . .. .... i    i >>> > >> >>>> i
administration:person_sign_out        user      i fff f .. ffnn i    i fff f >> ffnn i
"""
THOROUGH = os.environ.get("THOROUGH") == "1"
ANSWERS = {200: ".", 302: ">", 303: ">", 401: "s", 403: "f", 404: "n", 405: "m", 422: "u"}
PEOPLE = (
    "nobody", "practitioner", "teammate", "other_team", "supervisor", "administrator", "officer",
    "stranger practitioner", "stranger supervisor", "stranger administrator", "stranger officer", "deactivated",
)  # fmt: skip

# What somebody is who is signed in; of the deactivated nobody asks.
ROLE_OF = {
    "practitioner": Role.PRACTITIONER, "teammate": Role.PRACTITIONER, "other_team": Role.PRACTITIONER,
    "supervisor": Role.SUPERVISOR, "administrator": Role.ADMINISTRATOR, "officer": Role.DATA_PROTECTION_OFFICER,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    name: str
    object: str
    get: str
    post: str

    def __str__(self) -> str:
        return f"{self.name} ({self.object})"


def rows() -> list[Row]:
    found = []
    for line in TABLE.strip().splitlines():
        if line:
            name, thing, *answers = line.split()
            found.append(Row(name, thing, "".join(answers[:6]), "".join(answers[6:])))
    return found


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, Callable[..., object]]]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one.callback


# Their addresses end with the key of somebody on the decision.
OF_A_PERSON = {
    f"decisions:{name}" for name in ("add_informing", "add_consent_event", "add_statement", "add_contact_plan")
}
OF_AN_ADULT = ("letters:letter", "letters:agree", "letters:ask", "drafting:talk", "drafting:talk_copy")


class Scene:
    """One of everything an address can name, all of it the practitioner's."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.paths, now = cast, dict[Row, str](), timezone.now()
        me = cast.practitioner
        address_book(stories.SOCIAL_CARE, by=cast.administrator, at=now)
        self.family: Family = household(stories.BRUISE_PEOPLE, team=cast.team, by=me, at=now)
        self.person: Person = self.family.people.order_by("pk")[0]
        phone = ContactDetails(kind="phone", detail="01632 960555", safe="yes", checked_on=now.date())
        self.contact: SafeContact = add_safe_contact(person=self.person, details=phone, by=me, at=now)
        told = DisclosureDetails(said_by="The child", said_to="Class teacher", received_at=now, facts="A bruise")
        self.told: Disclosure = add_disclosure(family=self.family, details=told, by=me, at=now)
        self.draft: Decision = start(entry_route="DECIDING", team=cast.team, family=self.family, by=me, at=now)
        other: Decision = start(entry_route="DECIDING", team=cast.team, family=self.family, by=me, at=now)
        story = stories.refused_and_shared(now)
        concern = {**story["concern"], "source": "new"}
        self.recorded = record_story(decision=other, story={**story, "concern": concern}, by=me, at=now)
        events: dict[str, Any] = {"decision": self.recorded, "submission_id": uuid4(), "by": me, "at": now}
        self.wrong: WrongInformation = add_wrong_information(
            item=None, answers={"found_at": now, "what_is_wrong": "It was another day"}, **events
        )
        self.complaint: Complaint = add_complaint(
            person=None, answers={"received_at": now, "made_by_other": "A neighbour", "text": "Nobody asked"}, **events
        )
        self.letter: LetterMade = make_letter(
            decision=self.recorded,
            person=self.recorded.people.get(role="mother"),
            language="en",
            output_format="pdf",
            route="in_person",
            choices=Choices(
                version=Version.ADULT,
                contact="Asha",
                own_words={str(self.recorded.recipients.get().pk): "He was hurt"},
            ),
            submission_id=uuid4(),
            by=me,
            at=now,
        )
        mother = self.recorded.people.get(role="mother")
        self.given: SharedLetter = make_shared_letter(
            person=mother.person, language="en", output_format="pdf", route="in_person", submission_id=uuid4(),
            choices=Choices(
                version=Version.ADULT, contact="Asha",
                own_words={str(self.recorded.recipients.get().pk): "He was hurt"},
            ),
            by=me, at=now,
        )  # fmt: skip
        self.statement: StatementToRecipients = add_statement(
            person=mother, recipient=None, answers={"text": "I want to be there", "made_at": now}, **events
        )
        planned = {"planned_on": now.date(), "planned_how": "A visit", "planned_by": "Me", "kept_working": ""}
        self.plan: ContactPlan = add_contact_plan(person=mother, answers=planned, **events)
        self.to_send = record_story(
            decision=start(entry_route="DECIDING", team=cast.team, family=self.family, by=me, at=now),
            story={**story, "concern": concern, "sending": {**story["sending"], "sending": []}}, by=me, at=now,
        )  # fmt: skip
        self.declined: Decision = record_story(
            decision=start(
                entry_route="ASKED", team=cast.team, by=me, at=now,
                family=household(stories.HOUSING_PEOPLE, team=cast.team, by=me, at=now),
            ),
            story=stories.refused_and_not_shared(now), by=me, at=now,
        )  # fmt: skip
        until = (now + timedelta(days=60)).date()
        outcome = {**story["outcome"], "standing": "on", "standing_scope": "His week", "standing_until": until}
        self.group: Decision = record_story(
            decision=start(entry_route="DECIDING", team=cast.team, family=self.family, by=me, at=now),
            story={**story, "concern": concern, "outcome": outcome}, by=me, at=now,
        )  # fmt: skip
        urgent_record = {
            "who": "A boy",
            "information": "A car",
            "recipient": "Police",
            "why": "Taken",
            "how": "By phone",
            "shared_at": None,
        }
        self.first: UrgentRecord = record_urgent(
            team=cast.team, answers=urgent_record, submission_id=uuid4(), by=me, at=now
        )
        self.entry: Recipient = add_recipient(
            name="Police desk", kind="police", route_kind="phone", route="01632 960222", checked_on=None,
            by=cast.administrator, at=now,
        )  # fmt: skip
        asked = record_story(
            decision=start(entry_route="DECIDING", team=cast.team, family=self.family, by=me, at=now),
            story={**story, "concern": concern}, by=me, at=now,
        )  # fmt: skip
        self.question: Review = record_review(
            decision=asked, outcome="RETURNED", comment="Who was with him?", by=cast.supervisor, at=now
        )
        self.reflection: Reflection = start_reflection(
            decision=self.recorded, words=dict.fromkeys(WORDS, "It went well"), submission_id=uuid4(), by=me, at=now
        )
        self.shown: Reflection = start_reflection(
            decision=None, words=dict.fromkeys(WORDS, "Shown"), submission_id=uuid4(), by=me, at=now
        )
        self.reader: ReflectionReader = show_to_supervisor(reflection=self.shown, reader=cast.supervisor, by=me, at=now)
        self.cover: ReviewCover = add_cover(
            team=cast.other_team_row, user=cast.supervisor, starts_on=timezone.localdate(),
            ends_on=timezone.localdate(), why="nobody", by=cast.administrator, at=now,
        )  # fmt: skip
        self.spoken: Decision = start(entry_route="DECIDING", team=cast.team, family=self.family, by=me, at=now)
        fill_story(decision=self.spoken, story={**story, "concern": concern}, by=me, at=now)

        self.notice: LawNotice = retire_provision(
            code="ART6_B", on_day=timezone.localdate(), source="Our lawyer", why="Nobody needs it", by=cast.officer,
            at=now,
        )  # fmt: skip

    def ask_for_a_role(self) -> "Scene":
        """That a second person agrees to."""
        teammate, by = self.cast.teammate, self.cast.administrator
        change_organisation_role(user=teammate, organisation_role="administrator", by=by, at=timezone.now())
        self.agreement: RoleAgreement = RoleAgreement.objects.get()
        return self

    def invite_an_inspector(self) -> "Scene":
        """Of all teams, agreed to."""
        self.inspection = inspection_of(self.cast)
        return self

    def ask_for_their_record(self) -> "Scene":
        """A request for what is held about the child, with one item decided and a copy."""
        now, today = timezone.now(), timezone.localdate()
        me, officer = self.cast.practitioner, self.cast.officer
        asked = {"kind": "ACCESS", "wanted": "All of it", "asker": "SELF", "asked_by_name": "", "received_on": today}
        self.asked: RightsRequest = pass_on_request(
            person=self.person, submission_id=uuid4(), by=me, at=now, answers={**asked, "answer_how": ""}
        )
        checked = {"text": "A pass", "on_day": today}
        add_event(
            request=self.asked, kind="IDENTITY", answers=checked, submission_id=uuid4(), by=officer, at=now
        )  # fmt: skip
        key = entries_of(Decision.objects.with_parts().get(pk=self.recorded.pk), self.asked)[0].key
        self.item: ItemDecision = decide_item(
            request=self.asked, decision=self.recorded, key=key, choice="GIVE", submission_id=uuid4(), by=officer,
            at=now,
        )  # fmt: skip
        self.copy: FamilyCopy = made_past_the_actions(self.asked, officer)
        ordered = {**asked, "kind": "COURT_ORDER", "asker": "BODY", "asked_by_name": "Fernley court", "answer_how": ""}
        self.ordered: RightsRequest = open_request(
            person=self.person, answers=ordered, identity="", submission_id=uuid4(), by=officer, at=now
        )
        name_records(
            request=self.ordered, reference=self.recorded.reference, why="It orders this", submission_id=uuid4(),
            by=officer, at=now,
        )  # fmt: skip
        self.proposal: LawNotice = proposed(officer)
        # Of somebody who sees nothing of this family in any case.
        declare_conflict(reference=self.family.reference, user=self.cast.other_team, how="knows", by=officer, at=now)
        self.conflict: DeclaredConflict = self.family.conflicts.get()
        # A draft that is its author's alone in any case.
        self.restriction: Restriction = restrict(
            reference=self.spoken.reference, people=[me, self.cast.supervisor], why="Her aunt works here",
            by=self.cast.supervisor, at=now,
        )  # fmt: skip
        self.hold: Hold = hold(record=self.declined, reason="A court", submission_id=uuid4(), by=officer, at=now)
        self.disposal = Disposal(
            organisation=self.cast.organisation, reason="Our schedule", needs_second=True, written_by=officer,
            written_at=now, written_by_name=officer.full_name,
        )  # fmt: skip
        self.sign_on = SignOn(
            organisation=self.cast.organisation, user=self.cast.practitioner, issuer="https://login.example.org",
            subject="somebody", bound_at=now,
        )  # fmt: skip
        with ledger.recording(actor=officer, at=now):
            self.disposal.save()
            self.sign_on.save()
        self.evidence = asked_for(self.cast, "decision", self.recorded.reference)
        return self

    def report_an_incident(self) -> "Scene":
        """What went wrong with the recorded decision, and one thing that was done about it."""
        now, me = timezone.now(), self.cast.practitioner
        answers = {"danger": "unknown", "address_at_risk": "yes", "kind": "WRONG_PLACE", "who_harmed": "His mother",
                   "what_happened": "It went next door", "what_other": "Her plan", "went_to": "A neighbour",
                   "noticed_at": now, "noticed_by": "Asha"}  # fmt: skip
        known: dict[str, Any] = {"by": me, "at": now}
        self.incident: Incident = report_incident(
            decision=self.recorded, team=None, answers=answers, submission_id=uuid4(), **known
        )
        asked = {"text": "To post it back", "at": now, "way": "PHONE"}
        add_incident_event(
            incident=self.incident, kind="RECALL_ASKED", answers=asked, submission_id=uuid4(), **known
        )  # fmt: skip
        return self

    def open_in_an_emergency(self) -> "Scene":
        """A family of the other team, by the practitioner: with one of everything that can be read of it."""
        now, cast = timezone.now(), self.cast
        them, team = cast.other_team, cast.other_team_row
        family = household(stories.HOUSING_PEOPLE, team=team, by=them, at=now)
        told = DisclosureDetails(said_by="The child", said_to="Their teacher", received_at=now, facts="A cough")
        draft = start(entry_route="ASKED", team=team, family=family, by=them, at=now)
        self.elsewhere: Decision = record_story(
            decision=draft, story=stories.refused_and_not_shared(now), by=them, at=now
        )
        self.elsewhere_told: Disclosure = add_disclosure(family=family, details=told, by=them, at=now)
        opened = open_in_emergency(
            meant=Meant(family.reference), why="found", reason="She was found at the coach station",
            submission_id=uuid4(), by=cast.practitioner, at=now,
        )  # fmt: skip
        assert opened is not None
        self.opening: EmergencyOpening = opened
        return self

    def path(self, row: Row) -> str:
        """Looked up once: one after the other asks it."""
        if row not in self.paths:
            self.paths[row] = reverse(row.name, args=self.args(row))
        return self.paths[row]

    def args(self, row: Row) -> list[object]:
        cast, user = self.cast, self.cast.practitioner
        if row.object in {"draft", "recorded", "group", "to_send", "declined", "spoken"}:
            decision: Decision = getattr(self, row.object)
            more: list[object] = ["people"] if row.name in {"drafting:page", "drafting:autosave"} else []
            if row.name in OF_A_PERSON:
                person = decision.people.first()
                more = [person.pk if person else 1]
            if row.name == "decisions:add_not_sent":
                recipient = decision.recipients.first()
                more = [recipient.pk if recipient else 1]
            if row.name == "decisions:add_receipt":
                sent = decision.sendings.first()
                more = [sent.public_id if sent else uuid4()]
            if row.name == "decisions:add_correction":
                recipient = decision.recipients.first()
                more = [self.wrong.public_id, recipient.pk if recipient else 1]
            if row.name.startswith(("letters:", "drafting:talk")):
                more = self._of_letter(row.name, decision)
            more = more or self._since(row, decision)
            return [decision.public_id, *more]
        known: dict[str, list[object]] = {
            "-": [],
            "factor": [uuid4()],  # of nobody: whose they are is asked in tests/accounts/test_second_factor.py
            "link": [uuid4(), "a-token"],
            "service": ["not-set-up"],
            "language": ["cy"],
            "phrase": ["cy", "intro", "adult"],
            "family": [self.family.public_id],
            "place": [self.family.public_id, cast.team.public_id],
            "person": [self.person.public_id],
            "contact": [self.contact.public_id],
            "given": [self.given.person.public_id, self.given.public_id],
            "told": [self.told.public_id],
            "first": [self.first.public_id],
            "user": [user.public_id],
            "bound": [user.public_id, self.sign_on.public_id],
            "held": [user.public_id, user.memberships.get().public_id],
            "team": [cast.team.public_id],
            "entry": [self.entry.public_id],
            "question": [self.question.public_id],
            "conflict": [self.conflict.public_id],
            "restriction": [self.restriction.public_id],
            "named": [self.restriction.public_id, self.restriction.readers.get(user=user).public_id],
            "proposal": [self.proposal.public_id],
            "notice": [self.notice.public_id],
            "reflected": [self.reflection.public_id],
            "shown": [self.shown.public_id],
            "ended": [self.shown.public_id, self.reader.public_id],
            "incident": [self.incident.public_id, *(["learned"] if row.name == "incidents:add_event" else [])],
            "opening": [self.opening.public_id, *self._of_opening(row.name)],
            "rule": ["decision"],
            "hold": [self.hold.public_id],
            "disposal": [self.disposal.public_id],
            "evidence": [self.evidence.public_id],
            "asked": [self.asked.public_id, *self._of_request(row.name)],
            "ordered": [self.ordered.public_id, *([] if row.name == "rights:name" else [self.recorded.public_id])],
            "agreement": [self.agreement.public_id],
            "inspected": [self.inspection.public_id],
            "cover": [cast.other_team_row.public_id, self.cover.public_id],
        }
        return known[row.object]

    def _of_opening(self, name: str) -> list[object]:
        decision = self.elsewhere
        known: dict[str, list[object]] = {
            "emergencies:contacts": [self.opening.family.people.order_by("pk")[0].public_id],
            "emergencies:disclosure": [self.elsewhere_told.public_id],
            "emergencies:decision": [decision.public_id],
            "emergencies:urgent": [self.first.public_id],
        }
        return known.get(name, [])

    def _of_request(self, name: str) -> list[object]:
        known: dict[str, list[object]] = {
            "rights:add_event": ["more-time"],
            "rights:record": [self.recorded.public_id],
            "rights:item": [self.recorded.public_id, self.item.key],
            "rights:copy": [self.copy.public_id],
            "rights:copy_pdf": [self.copy.public_id],
        }
        return known.get(name, [])

    def _of_letter(self, name: str, decision: Decision) -> list[object]:
        adult, recipient = decision.people.exclude(role="child").first(), decision.recipients.first()
        known: dict[str, list[object]] = {
            **{key: [adult.pk if adult else 1] for key in OF_AN_ADULT},
            "letters:referral": [recipient.pk if recipient else 1],
            "letters:make_decline": [],
        }
        return known.get(name, [self.letter.public_id])

    def _since(self, row: Row, decision: Decision) -> list[object]:
        """What names a row that came after recording."""
        said = decision.consent_events.exclude(views="").first()
        recipient = decision.recipients.first()
        known: dict[str, list[object]] = {
            "decisions:answer_complaint": [self.complaint.public_id],
            "decisions:acknowledge_complaint": [self.complaint.public_id],
            "decisions:add_read_back": [said.public_id if said else uuid4()],
            "decisions:add_statement_passed_on": [self.statement.public_id, recipient.pk if recipient else 1],
            "decisions:add_contact_outcome": [self.plan.public_id],
        }
        return known.get(row.name, [])

    def people(self) -> list[User | None]:
        cast, next_door = self.cast, self.cast.stranger
        gone = copy(cast.practitioner)
        return [None, *_roles(cast, "teammate", "other_team"), *_roles(next_door), gone]


def _roles(company: Company, *more: str) -> list[User]:
    return [getattr(company, name) for name in ("practitioner", *more, "supervisor", "administrator", "officer")]


def ask(path: str, method: str, client: Client, gone: User | None = None) -> str:
    """One request, and nothing of it stays."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        if gone:
            with transaction.atomic():
                _shut_out(gone)
        answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/?next="):
        return "i"
    return ANSWERS.get(answer.status_code, str(answer.status_code))


def _shut_out(user: User) -> None:
    """Past the ledger: what is tried is the next request, not the deactivating."""
    QuerySet(User).filter(pk=user.pk).update(is_active=False)


@built_once
def whole_scene() -> Scene:
    scene = Scene(make_cast()).ask_for_a_role().invite_an_inspector().ask_for_their_record()
    return scene.report_an_incident().open_in_an_emergency()


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


def signed_in(user: User | None) -> Client:
    client = SignedClient()
    if user:
        client.force_login(user)
    return client


def asked(row: Row) -> Iterator[tuple[str, str, str]]:
    """Whose answer could be another one, with each method: nobody is asked what somebody else was asked already.

    Methods are refused whoever asks; what is not even its author's or the supervisor's is nobody else's; a role is
    refused next door as here; and who is shut out is shut out with every method. THOROUGH=1 asks what one rule for
    the whole view answers, too: whoever is signed out, and whose role is refused, with the second method; each whom
    the rule of the view refuses, of whom one in turn is asked here and all in Python below; whoever is shut out,
    asked of each fourth address otherwise; and all who must get what another got, of whom one in turn is asked.

    Who is let in is decided in Python: another engine than SQLite is asked once for each answer that rows decide.
    """
    next_door = [name for name in PEOPLE if is_stranger(name)]
    for method, answers in (("GET", row.get), ("POST", row.post)):
        wanted = dict(zip(PEOPLE, answers, strict=True))
        shown, left = set(answers[1:-1]) - set("nfm"), dict[str, str]()
        for name, answer in wanted.items():
            known = (
                answer == "m" and not shown and name != PEOPLE[answers.index("m")],
                answer == "n" and not shown and name not in {"nobody", "practitioner", "supervisor"},
                answer == "f" and is_stranger(name) and wanted[here(name)] == "f",
                name == "deactivated" and method == "POST" and answer == wanted["nobody"] == row.get[-1],
                not THOROUGH and method == "POST" and answer == row.get[PEOPLE.index(name)] and answer in "fi",
                not THOROUGH and answer == "n" and is_stranger(name) and name != turn_of(row, next_door, answers),
                not THOROUGH and name in (by_rule := refused_by_rule(row)) and name != by_rule[turn(row, by_rule)],
                not THOROUGH and name == "deactivated" and answer == row.get[0] and turn(row, range(4)) > 0,
            )
            once = answer in ".>nu" and name == PEOPLE[answers.index(answer)]
            if once if connection.vendor != "sqlite" else not any(known):
                left[name] = answer
        yield from ((method, *one) for one in without_alike(row, method, left).items())


def is_stranger(name: str) -> bool:
    return name.startswith("stranger ")


def turn_of(row: Row, next_door: list[str], answers: str) -> str:
    """Whom of the next organisation this row is asked as: they see the same of this one, whatever their role."""
    those = [name for name in next_door if answers[PEOPLE.index(name)] == "n"]
    return those[turn(row, those)]


def turn(row: Row, those: Sized) -> int:
    return len(str(row)) % len(those)


def without_alike(row: Row, method: str, left: dict[str, str]) -> dict[str, str]:
    """Of those whose answer is another's as well, one in turn.

    An address that names nothing knows nothing of whoever asks but their role: a second person of the same role gets
    the same. What is not there for somebody when they ask for it is not there when they send something to it.
    """
    answers = row.get if method == "GET" else row.post
    wanted, shown = (dict(zip(PEOPLE, found, strict=True)) for found in (answers, row.get))
    if row.object == "-":
        alike = [name for name in left if first_of(name) != name and wanted[name] == wanted[first_of(name)] in ".>u"]
    else:
        alike = [name for name in left if method == "POST" and wanted[name] == shown[name] == "n"]
    if THOROUGH or not alike or connection.vendor != "sqlite":
        return left
    return {name: answer for name, answer in left.items() if name not in alike or name == alike[turn(row, alike)]}


def first_of(name: str) -> str:
    """Of those of a role, who stands first in the table."""
    return "practitioner" if here(name) in {"teammate", "other_team"} else here(name)


def refused_by_rule(row: Row) -> list[str]:
    """Whose role lacks the permission that the view declares."""
    rule = getattr(views()[row.name], "rule", None)
    if not isinstance(rule, Permission):
        return []
    return [name for name in PEOPLE if here(name) in ROLE_OF and rule not in ROLES[ROLE_OF[here(name)]]]


@cache
def views() -> dict[str, Callable[..., object]]:
    return dict(addresses())


def here(name: str) -> str:
    return name.removeprefix("stranger ")


def page_drawn(row: Row, method: str, name: str) -> AbstractContextManager[object]:
    """Only the status is compared: what is refused is not drawn, nor is the same page for a second person.

    tests/reflections/test_private.py draws every page as the supervisor, the administrator and the officer see it, in
    turn.
    """
    answers = row.get if method == "GET" else row.post
    answer = answers[PEOPLE.index(name)]
    others = name in {"teammate", "other_team"} or is_stranger(name)
    drawn = not others if THOROUGH else name == PEOPLE[answers.index(answer)]
    return nullcontext() if answer in ".u" and drawn else patch.object(Template, "render", lambda *_: "")


def different(scene: Scene, table: list[Row]) -> list[str]:
    found = []
    users = dict(zip(PEOPLE, scene.people(), strict=True))
    clients = {name: signed_in(user) for name, user in users.items()}
    refused = set()
    for row in table:
        path = scene.path(row)
        for method, name, wanted in asked(row):
            if wanted == "f" and (row.name, method, name) in refused:
                continue
            with page_drawn(row, method, name):
                got = ask(path, method, clients[name], gone=users[name] if name == "deactivated" else None)
            if got != wanted:
                found.append(f"{method} {row} as {name}: {got}, not {wanted}")
            if got == "f":
                refused.add((row.name, method, name))
    return found


@pytest.mark.parametrize(
    "room",
    [
        "",
        "families",
        "drafting",
        "decisions",
        "letters",
        "wording",
        "reviews",
        "reflections",
        "rights",
        "incidents",
        "emergencies",
        "shared",
        "reminders",
        "reports",
        "administration",
    ],
)
def test_everybody_gets_what_the_table_says(scene: Scene, room: str) -> None:
    table = [row for row in rows() if (row.name.partition(":")[0] if ":" in row.name else "") == room]
    assert table
    assert different(scene, table) == []


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {name for name, _ in addresses()} == {row.name for row in rows()}


def test_no_address_is_mounted_twice() -> None:
    names = [name for name, _ in addresses()]
    assert sorted(names) == sorted(set(names))


def test_every_view_declares_its_rule() -> None:
    without = [name for name, view in addresses() if not isinstance(getattr(view, "rule", None), Permission | Standing)]
    assert without == []


def test_the_table_refuses_whom_the_rule_of_a_view_refuses() -> None:
    """Each with each method that the view takes: the guard that asks stands before all else of a view."""
    let_in = [
        (str(row), name)
        for row in rows()
        for name in refused_by_rule(row)
        for answers in (row.get, row.post)
        if answers[PEOPLE.index(name)] not in "fm"
    ]
    assert let_in == []
    assert sum(len(refused_by_rule(row)) for row in rows()) > 500


def test_only_what_shows_nothing_of_anybody_is_open() -> None:
    """What needs no sign-in is named here one by one."""
    open_to_all = {name for name, view in addresses() if getattr(view, "rule", None) == Standing.ANYBODY}
    assert open_to_all == {
        "health", "metrics", "account_login", "mfa_authenticate", "choose_password", "quick_leave", "goodbye",
        "sign_on", "sign_on_back",
    }  # fmt: skip


def test_rows_are_written_in_full() -> None:
    for row in rows():
        assert len(row.get) == len(row.post) == len(PEOPLE), str(row)
        assert re.fullmatch(r"[.>ifnmsu]+", row.get + row.post), str(row)


def test_a_role_is_refused_before_anything_is_looked_up() -> None:
    """Next door as here, and whatever the address names: such a question is asked once."""
    refused = defaultdict(set)
    for row in rows():
        for method, answers in (("GET", row.get), ("POST", row.post)):
            wanted = dict(zip(PEOPLE, answers, strict=True))
            strangers = [name for name in PEOPLE if is_stranger(name)]
            assert [name for name in strangers if (wanted[name] == "f") != (wanted[here(name)] == "f")] == [], str(row)
            refused[row.name, method].add(tuple(name for name in PEOPLE if wanted[name] == "f"))
    assert {view: found for view, found in refused.items() if len(found) > 1} == {}


@pytest.mark.sqlite
def test_what_is_not_there_looks_the_same_as_what_may_not_be_seen(scene: Scene) -> None:
    """Every address with an id, in three days, asked for by somebody of the next organisation with the right role."""
    next_door = _roles(scene.cast.stranger)
    clients = [signed_in(user) for user in next_door]
    first = {row.name: row for row in reversed(rows()) if "n" in row.get[7:11]}
    for row in in_turn(first.values(), 3):
        ids = [one for one in scene.args(row) if str(one).count("-") == 4]
        if not ids:
            continue
        client = clients[row.get[7:11].index("n")]
        theirs, absent = scene.path(row), scene.path(row).replace(str(ids[0]), str(uuid4()))
        bodies = {without_what_changes(client.get(path).content) for path in (theirs, absent)}
        assert len(bodies) == 1, str(row)
