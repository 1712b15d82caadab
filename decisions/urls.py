from django.urls import path

from decisions.views import (
    additions,
    complaints,
    contact,
    corrections,
    events,
    informing,
    law,
    printing,
    proving,
    reading,
    standing,
    urgent,
    voice,
    who_looked,
)

app_name = "decisions"

urlpatterns = [
    path("", reading.log, name="log"),
    path("urgent/<uuid:public_id>/", urgent.detail, name="urgent_detail"),
    path("<uuid:public_id>/", reading.detail, name="detail"),
    path("<uuid:public_id>/who-looked/", who_looked.page, name="who_looked"),
    path("<uuid:public_id>/sendings/add/", additions.sending, name="add_sending"),
    path("<uuid:public_id>/not-sent/<int:recipient>/add/", additions.not_sent, name="add_not_sent"),
    path("<uuid:public_id>/informing/<int:person>/add/", informing.informing, name="add_informing"),
    path("<uuid:public_id>/consent/<int:person>/add/", events.consent, name="add_consent_event"),
    path("<uuid:public_id>/receipts/<uuid:sending>/add/", events.receipt, name="add_receipt"),
    path("<uuid:public_id>/responses/add/", events.response, name="add_response"),
    path("<uuid:public_id>/additions/add/", events.addition, name="add_addition"),
    path("<uuid:public_id>/wrong-information/add/", corrections.wrong_information, name="add_wrong_information"),
    path(
        "<uuid:public_id>/wrong-information/<uuid:wrong>/corrections/<int:recipient>/add/",
        corrections.correction,
        name="add_correction",
    ),
    path("<uuid:public_id>/complaints/add/", complaints.complaint, name="add_complaint"),
    path("<uuid:public_id>/complaints/<uuid:complaint>/answer/", complaints.answer, name="answer_complaint"),
    path(
        "<uuid:public_id>/complaints/<uuid:complaint>/acknowledge/",
        complaints.acknowledge,
        name="acknowledge_complaint",
    ),
    path("<uuid:public_id>/consent/<uuid:consent>/read-back/add/", voice.read_back, name="add_read_back"),
    path("<uuid:public_id>/statements/<int:person>/add/", voice.statement, name="add_statement"),
    path(
        "<uuid:public_id>/statements/<uuid:statement>/passed-on/<int:recipient>/add/",
        voice.passed_on,
        name="add_statement_passed_on",
    ),
    path("<uuid:public_id>/contact/<int:person>/add/", contact.plan, name="add_contact_plan"),
    path("<uuid:public_id>/contact/<uuid:plan>/outcome/add/", contact.outcome, name="add_contact_outcome"),
    path("<uuid:public_id>/standing-sendings/add/", standing.add_sending, name="add_standing_sending"),
    path("<uuid:public_id>/summary/", printing.summary, name="summary"),
    path("<uuid:public_id>/print/", printing.printed, name="print"),
    path("<uuid:public_id>/proof/", proving.proof, name="proof"),
    path("<uuid:public_id>/decline-letter/", printing.letter, name="decline_letter"),
    path("<uuid:public_id>/law/", law.of_decision, name="law"),
]
