"""A draft as one person is to be told of it, before it is recorded."""

from dataclasses import dataclass
from datetime import date

from decisions.models import DecisionPerson
from decisions.presenters.identifying_words import identifying_words
from drafting.draft import Draft
from drafting.record_copies import how_used
from rules.codes import YesNoUnknown
from rules.duties import leaves_no_choice
from rules.explanation.facts import ExplanationFacts
from rules.explanation.languages import Language
from rules.explanation.may_know import reader_of
from rules.explanation.versions import version_for
from rules.people import is_baby
from rules.talk.phrases import speaker
from rules.talk.refusals import NOT_FAMILY
from rules.talk.words import Talk, talk
from wording.approved import approved_texts, languages_to_talk_in


@dataclass(frozen=True)
class Spoken:
    talk: Talk
    language: Language
    languages: list[Language]  # in which all the sentences for such a person are approved


def talk_with(draft: Draft, person: DecisionPerson, day: date, asked_for: str) -> Spoken:
    """In the language that is asked for, where it is offered, and else in English.

    Costs two queries: for the numbers and addresses that must not be said to somebody else, and for the wording that
    the organisation approved.
    """
    explained = ExplanationFacts(
        facts=draft.facts,
        reader=str(person.pk),
        day=day,
        names={str(key): name for key, name in draft.person_names.items()},
        words_of=identifying_words(draft.people),
        how_used={str(row.pk): how_used(row) for row in draft.recipients},
    )
    contact = f"{draft.user.full_name}, {draft.decision.team.name}"
    version, texts = version_for(reader_of(explained)), approved_texts(draft.decision.organisation_id)
    languages = languages_to_talk_in(texts, version)
    language = next((each for each in languages if each == asked_for), Language.ENGLISH)
    say = speaker(version, texts[language], language)
    words = talk(explained, say, no_choice=leaves_no_choice(draft.facts, draft.law), contact=contact)
    return Spoken(words, language, languages)


def household_lines(draft: Draft) -> list[str]:
    """Who opens the post and who could hear of it, as the families' records have it now, and who speaks to whom."""
    planned = draft.decision.source_talk
    lines = [f"Who speaks to the alleged or suspected source of harm: {planned}."] if planned else []
    for person in draft.possible_people:
        if person.opens_post == YesNoUnknown.YES:
            lines.append(f"{person.name} opens the post. Send nothing home that they must not read.")
        if person.hears_through:
            lines.append(f"{person.name} could hear of it through {person.hears_through}.")
    return lines


def people_to_talk_to(draft: Draft) -> list[tuple[int, str]]:
    """Key and name of whoever of the family there may be a talk with; nobody where nothing is to be shared."""
    if not draft.shares:
        return []
    facts = {person.ref: person for person in draft.facts.people}
    return [
        (row.pk, draft.person_names[row.pk])
        for row in draft.people
        if row.role not in NOT_FAMILY and not is_baby(facts[str(row.pk)])
    ]
