"""An organisation's own wording, and languages offered when all of a letter or talk is approved in them."""

from collections.abc import Callable, Iterable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from letters.actions import make_letter
from rules.explanation import phrases
from rules.explanation.facts import Choices
from rules.explanation.languages import Language
from rules.explanation.phrases import Key, needed
from rules.explanation.versions import Layout, Version
from rules.rights.phrases import speaker as copy_speaker
from rules.talk.phrases import needed_to_talk
from tests.cast import Cast
from tests.decisions.cases import MOTHER, Case, plain
from tests.pages import PageClient, parsed
from wording.actions import approve_phrase
from wording.approved import approved_texts, every_phrase, languages_offered, languages_to_talk_in
from wording.models import ApprovedPhrase

SignIn = Callable[[User], PageClient]


def approve(
    by: User, phrase_id: str = "intro", variant: str = "adult", text: str = "Ein geiriau.", language: str = "cy"
) -> ApprovedPhrase:
    return approve_phrase(language=language, phrase_id=phrase_id, variant=variant, text=text, by=by, at=timezone.now())


def translated(phrase_id: str, variant: str) -> str:
    """Invented, with the same places to fill."""
    found = every_phrase()[phrase_id]
    places = sorted(set(phrases.PLACEHOLDER.findall(found.texts[variant])))
    return " ".join(("zz", phrase_id, *(f"{{{name}}}" for name in places)))


def approve_all(by: User, keys: Iterable[Key], *, but: str = "") -> None:
    """Past the action, which takes them one by one."""
    own = {"organisation": by.organisation, "written_by": by, "written_by_name": by.full_name}
    plain(ApprovedPhrase).bulk_create(
        ApprovedPhrase(language="cy", phrase=phrase_id, variant=variant, text=translated(phrase_id, variant),
                       phrase_version=every_phrase()[phrase_id].version, written_at=timezone.now(), **own)
        for phrase_id, variant in sorted(keys) if phrase_id != but
    )  # fmt: skip


def test_it_is_the_organisations_from_then_on(cast: Cast) -> None:
    approve(cast.officer, text="We told people about you.", language="en")
    texts = approved_texts(cast.organisation.pk)
    assert texts["en"] == {("intro", "adult"): "We told people about you."}
    assert approved_texts(cast.stranger.organisation.pk)["en"] == {}


def test_the_latest_counts_and_the_same_twice_is_one(cast: Cast) -> None:
    first, again = approve(cast.administrator), approve(cast.administrator)
    assert first == again
    approve(cast.officer, text="Geiriau eraill.")
    assert approved_texts(cast.organisation.pk)["cy"] == {("intro", "adult"): "Geiriau eraill."}
    assert ApprovedPhrase.objects.count() == 2


def test_a_text_of_an_earlier_version_no_longer_counts(cast: Cast) -> None:
    row = approve(cast.officer)
    plain(ApprovedPhrase).bulk_create(
        [ApprovedPhrase(organisation=cast.organisation, language="cy", phrase="intro", variant="adult", text="Hen",
                        phrase_version=row.phrase_version + 1, written_by=cast.officer, written_by_name="F",
                        written_at=row.written_at)]
    )  # fmt: skip
    assert approved_texts(cast.organisation.pk)["cy"] == {}


@pytest.mark.parametrize("version", [Version.ADULT, Version.CHILD])
def test_a_language_is_offered_when_all_is_approved(cast: Cast, version: Version) -> None:
    approve_all(cast.officer, needed(version, Layout.STANDARD), but="greeting")
    assert languages_offered(approved_texts(cast.organisation.pk), version, Layout.STANDARD) == [Language.ENGLISH]
    approve(cast.officer, "greeting", version, translated("greeting", version))
    offered = languages_offered(approved_texts(cast.organisation.pk), version, Layout.STANDARD)
    assert offered == [Language.ENGLISH, Language.WELSH]


def test_a_talk_can_be_in_a_language_when_all_it_says_is_approved(cast: Cast) -> None:
    approve_all(cast.officer, needed_to_talk(Version.CHILD), but="talk.together")
    assert languages_to_talk_in(approved_texts(cast.organisation.pk), Version.CHILD) == [Language.ENGLISH]
    approve(cast.officer, "talk.together", "child", translated("talk.together", "child"))
    texts = approved_texts(cast.organisation.pk)
    assert languages_to_talk_in(texts, Version.CHILD) == [Language.ENGLISH, Language.WELSH]
    assert languages_to_talk_in(texts, Version.ADULT) == [Language.ENGLISH]
    assert languages_offered(texts, Version.CHILD, Layout.STANDARD) == [Language.ENGLISH]


@pytest.mark.parametrize("text", ["Ar {first}", "Ar {first} {recipient} {other}", "Dim byd"])
def test_what_is_filled_in_stays(cast: Cast, text: str) -> None:
    with pytest.raises(ValidationError, match="curly brackets"):
        approve(cast.officer, "sent.once", "adult", text)


@pytest.mark.parametrize(
    ("phrase_id", "variant", "language"),
    [("x", "adult", "cy"), ("together", "adult", "cy"), ("intro", "x", "cy"), ("intro", "adult", "xx")],
)
def test_there_is_no_such_phrase(cast: Cast, phrase_id: str, variant: str, language: str) -> None:
    with pytest.raises(Http404):
        approve(cast.officer, phrase_id, variant, language=language)


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_only_an_administrator_or_the_officer_approves(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        approve(getattr(cast, who))


def test_the_database_keeps_every_approval(cast: Cast) -> None:
    approve(cast.officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        plain(ApprovedPhrase).update(text="Changed")
    with pytest.raises(DatabaseError), transaction.atomic():
        plain(ApprovedPhrase).bulk_create(
            [ApprovedPhrase(organisation=cast.stranger.organisation, language="cy", phrase="intro", variant="adult",
                            text="x", phrase_version=1, written_by=cast.officer, written_by_name="F",
                            written_at=timezone.now())]
        )  # fmt: skip


def test_a_wrong_text_is_said_beside_it_and_kept(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.officer)
    path = reverse("wording:approve", args=["cy", "sent.once", "adult"])
    answer = client.post(path, {"text": "Dim byd"})
    assert answer.status_code == 422
    assert answer.content.decode().count("Keep the words in curly brackets as they are: {first}, {recipient}") == 2
    assert "Dim byd" in answer.content.decode()
    right = client.post(path, {"text": "Ar {first}, {recipient}:"})
    assert right.status_code == 302
    shown = client.get(reverse("wording:phrases", args=["cy"])).content.decode()
    assert "Ar {first}, {recipient}:" in shown
    assert "1 of " in client.get(reverse("wording:languages")).content.decode()


@pytest.mark.parametrize("phrase_id", ["intro", "talk.together"])
def test_the_page_says_of_each_sentence_its_version_and_who_approved_it(
    cast: Cast, as_user: SignIn, phrase_id: str
) -> None:
    row = approve(cast.officer, phrase_id)
    page = parsed(as_user(cast.officer).get(reverse("wording:phrases", args=["cy"])).content.decode())
    english = every_phrase()[phrase_id]
    [line] = [each.text for each in page.all("div") if each.text.startswith(english.texts["adult"])]
    assert f"Version {english.version}, approved by {english.approved_by}, 29 November 2026" in line
    assert f"Of version 1, approved by {row.written_by_name}" in line


def test_a_copy_of_what_is_held_has_the_approved_sentence(cast: Cast, as_user: SignIn) -> None:
    """In English alone: in another language it is neither listed nor approved."""
    client = as_user(cast.officer)
    assert (
        "You asked us what we hold about you." in client.get(reverse("wording:phrases", args=["en"])).content.decode()
    )
    assert client.get(reverse("wording:approve", args=["cy", "copy.intro", "adult"])).status_code == 404
    assert 'id="copies"' not in client.get(reverse("wording:phrases", args=["cy"])).content.decode()
    with pytest.raises(Http404):
        approve(cast.officer, "copy.intro")
    assert say_in_copy(cast, "intro") == every_phrase()["copy.intro"].texts["adult"]
    approve(cast.officer, "copy.intro", text="Here is what we wrote about you.", language="en")
    assert say_in_copy(cast, "intro") == "Here is what we wrote about you."
    with pytest.raises(ValidationError, match="curly brackets"):
        approve(cast.officer, "copy.heading.record", text="What we wrote", language="en")


def say_in_copy(cast: Cast, phrase_id: str) -> str:
    return copy_speaker(approved_texts(cast.organisation.pk)["en"])(phrase_id)


def test_a_letter_in_another_language_has_no_english_sentence(closed: Case, as_user: SignIn) -> None:
    """And cannot be made before all of it is approved."""
    reader = closed.decision.people.get(name=MOTHER)
    own_words = {str(closed.decision.recipients.get().pk): "zz"}
    choices = Choices(version=Version.ADULT, contact="zz", own_words=own_words)
    arguments = {"decision": closed.decision, "person": reader, "choices": choices, "language": "cy",
                 "output_format": "html", "route": "in_person",
                     "by": closed.cast.practitioner, "at": closed.at}  # fmt: skip
    with pytest.raises(ValidationError, match="Not every sentence"):
        make_letter(submission_id=uuid4(), **arguments)  # type: ignore[arg-type]
    approve_all(closed.cast.officer, needed(Version.ADULT, Layout.STANDARD))
    made = make_letter(submission_id=uuid4(), **arguments)  # type: ignore[arg-type]
    lines = [made.content["title"]]
    for section in made.content["sections"]:
        lines += [section["heading"], *(block["text"] for block in section["blocks"] if "text" in block)]
    assert [line for line in lines if line and "zz" not in line] == [closed.cast.organisation.name]
    page = parsed(
        as_user(closed.cast.practitioner).get(
            reverse("letters:letter", args=[closed.decision.public_id, reader.pk])
        ).content.decode()
    )  # fmt: skip
    assert "Welsh (Cymraeg)" in page.all("main")[0].text
