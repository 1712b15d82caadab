"""The guidance and law that findings rest on, and how sure we are of what they say.

`confidence`: C confirmed in a source, P partly, K general knowledge, N our own rule, or not found.
"""

from dataclasses import dataclass

_ADVICE = "HM Government, Information sharing: advice for practitioners, 2024"


@dataclass(frozen=True)
class Citation:
    text: str
    confidence: str


CITATIONS: dict[str, Citation] = {
    "child_first": Citation(f"{_ADVICE}, rule 1", "C"),
    "openness": Citation(f"{_ADVICE}, rule 2", "C"),
    "crime_exemption": Citation("Data Protection Act 2018 Schedule 2 paragraph 2", "C"),
    "not_informed": Citation("UK GDPR Articles 13(4), 14(3) and (5); Data Protection Act 2018 Schedule 2 Part 1", "P"),
    "objections": Citation(f"{_ADVICE}, rule 3", "C"),
    "advice": Citation(f"{_ADVICE}, rule 4", "C"),
    "protect_identities": Citation(f"{_ADVICE}, rule 5", "C"),
    "need_to_know": Citation(f"{_ADVICE}, rule 6", "C"),
    "record_either_way": Citation(f"{_ADVICE}, rule 7", "P"),
    "staff": Citation(
        "Working Together to Safeguard Children, on allegations; Keeping children safe in education, Part four: "
        "the designated officer is told within one working day where the harm threshold may be met",
        "K",
    ),
    "decision_form": Citation("Information Commissioner, Data sharing code, annex B: data sharing decision form", "C"),
    "article_6": Citation("UK GDPR Article 6(1)", "C"),
    "consent": Citation("UK GDPR Articles 4(11) and 7: freely given, specific, informed, and can be withdrawn", "K"),
    "recognised_interest": Citation("UK GDPR Article 6(1)(ea) and Annex 1", "C"),
    "public_body": Citation("UK GDPR Article 6(1), last sentence; guidance on recognised legitimate interest", "C"),
    "minimum": Citation("UK GDPR Article 5(1)(c); Human Rights Act 1998, Article 8(2): necessary, proportionate", "K"),
    "special_category": Citation("UK GDPR Article 9", "C"),
    "offences": Citation("UK GDPR Article 10; Data Protection Act 2018 sections 10 and 11", "K"),
    "law_enforcement": Citation("Data Protection Act 2018 section 35 and Schedule 8", "P"),
    "schedule_1": Citation("Data Protection Act 2018 Schedule 1", "C"),
    "paragraph_18": Citation("Data Protection Act 2018 Schedule 1 paragraph 18", "C"),
    "paragraph_19": Citation("Data Protection Act 2018 Schedule 1 paragraph 19", "C"),
    "policy_document": Citation("Data Protection Act 2018 Schedule 1 paragraphs 5 and 39", "P"),
    "vital_interests": Citation("UK GDPR Article 9(2)(c): physically or legally incapable of giving consent", "K"),
    "confidence": Citation("Common law duty of confidence", "C"),
    "power": Citation("The power or duty that a public body shares under", "C"),
    "capacity": Citation("Mental Capacity Act 2005 sections 1 to 4", "K"),
    "gillick": Citation("Gillick v West Norfolk and Wisbech Area Health Authority [1986] AC 112", "C"),
    "parental_responsibility": Citation("Children Act 1989 sections 2 and 3", "K"),
    "early_help": Citation("Working Together to Safeguard Children: early help is by agreement", "K"),
    "order": Citation("The order of the court: who, what and when it covers", "K"),
    "police_request": Citation(
        "Councils' forms for requests by the police (Data Protection Act 2018 Schedule 2 paragraph 2): an inspector or "
        "a more senior officer signs",
        "P",
    ),
    "proceedings": Citation("Family Procedure Rules 2010 rules 12.73 and 12.75, Practice Direction 12G", "C"),
    "duty_to_share": Citation("Children Act 2004 section 16LA, where its start is confirmed", "P"),
    "single_identifier": Citation("Children Act 2004 section 16LC, where its start is confirmed", "P"),
    "fgm": Citation("Female Genital Mutilation Act 2003 section 5B", "C"),
    "fgm_time": Citation("Mandatory reporting of FGM: guidance, by the end of the next working day", "P"),
    "transfer": Citation("Keeping children safe in education: the child protection file", "C"),
    "escalation": Citation("Working Together to Safeguard Children: professional challenge and escalation", "K"),
    "needs": Citation("The provision that was chosen: its citation and how sure we are stand in docs/law.md", "P"),
    "accuracy": Citation("UK GDPR Articles 5(1)(d) and 19: accurate, and recipients told of a correction", "K"),
    "complaints": Citation("Data Protection Act 2018 section 164A: complaints to controllers", "C"),
    "right_to_object": Citation("UK GDPR Articles 12(3) and 21: the right to object, answered within a month", "C"),
    "own": Citation("A rule of this service, for which no source was found", "N"),
}
