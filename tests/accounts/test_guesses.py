"""Guesses at passwords and links are counted by all workers together, and before any of them is judged."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import guesses
from accounts.guesses import Limit, of_account, of_address, take
from accounts.links import one_time_path
from accounts.models import GuessCount, User
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast, make_cast
from tests.pages import PageClient

WRONG = "wrong-wrong-wrong"
Ask = Callable[[int], int]


def sign_in(email: str, password: str = WRONG) -> int:
    answer = PageClient().post("/sign-in/", {"login": email, "password": password})
    return int(answer.status_code)


def open_link(person: User, token: str = "") -> int:
    path = reverse("choose_password", args=[person.public_id, token or f"x-{uuid4().hex}"])
    return int(PageClient().get(path).status_code)


def in_workers(ask: Ask, workers: int, each: int) -> Counter[int]:
    """The statuses of so many requests by separate processes, which share nothing but the database."""
    connection.close()
    fork, pipes = multiprocessing.get_context("fork"), []
    for number in range(workers):
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_work, args=(ask, number, each, theirs))
        process.start()
        pipes.append((process, ours))
    found: Counter[int] = Counter()
    for process, ours in pipes:
        found.update(ours.recv())
        process.join()
    return found


def _work(ask: Ask, number: int, each: int, answers: Connection) -> None:
    answers.send([ask(number * each + at) for at in range(each)])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_workers_judge_ten_of_14() -> None:
    """Guesses at one account and at one link; then the right one, which is not told from a wrong one."""
    cast = make_cast()
    asks: dict[str, tuple[Ask, int]] = {
        "account": (lambda _: sign_in(cast.practitioner.email), 422),
        "link": (lambda _: open_link(cast.teammate), 404),
    }
    for name, (ask, judged) in asks.items():
        assert in_workers(ask, 2, 7) == {judged: 10, 429: 4}, name
    assert sign_in(cast.practitioner.email, PASSWORD) == sign_in(cast.practitioner.email) == 429
    works = one_time_path(cast.teammate).rstrip("/").rpartition("/")[2]
    assert open_link(cast.teammate, works) == open_link(cast.teammate) == 429
    assert sign_in(cast.supervisor.email, PASSWORD) == 302


def test_a_link_that_works_is_not_counted(cast: Cast) -> None:
    path = one_time_path(cast.teammate)
    assert {PageClient().get(path).status_code for _ in range(12)} == {302}


def test_links_guessed_for_many_people_are_held_by_where_they_come_from(cast: Cast) -> None:
    """Sixty, the first of them counted as the page counts them."""
    for _ in range(57):
        take(of_address("127.0.0.1", "link"))
    for _ in range(3):
        assert PageClient().get(reverse("choose_password", args=[uuid4(), "x-1"])).status_code == 404
    assert PageClient().get(one_time_path(cast.teammate)).status_code == 429


def test_ones_own_password_is_not_guessed_on_its_page(cast: Cast) -> None:
    """With the guesses at sign-in: whoever has somebody's screen does not have ten more."""
    client = PageClient()
    client.force_login(cast.practitioner)
    new = {"password1": "saltmarsh-heron-52", "password2": "saltmarsh-heron-52"}
    for _ in range(4):
        sign_in(cast.practitioner.email)
    answers = [client.post("/password/", {"oldpassword": WRONG, **new}).status_code for _ in range(7)]
    assert answers == [422] * 6 + [429]
    assert client.post("/password/", {"oldpassword": PASSWORD, **new}).status_code == 429
    assert User.objects.get(pk=cast.practitioner.pk).check_password(PASSWORD)


@pytest.mark.django_db
class TestCounts:
    LIMITS = (Limit("account", "a@north.test", 3, 60), Limit("address", "192.0.2.1", 5, 60))

    def test_up_to_the_smaller_and_then_none(self) -> None:
        assert [take(*self.LIMITS) is not None for _ in range(5)] == [True] * 3 + [False] * 2
        assert take(self.LIMITS[1])

    def test_what_is_given_back_was_never_there(self) -> None:
        wrong, right = take(*self.LIMITS), take(*self.LIMITS)
        assert wrong
        assert right
        right.give_back()
        assert {len(row.guessed_at) for row in GuessCount.objects.all()} == {1}

    def test_they_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = timezone.now().timestamp()
        for at, counted in ((0, True), (1, True), (2, True), (59, False), (60.5, True), (60.6, False)):
            monkeypatch.setattr("accounts.guesses.time.time", lambda at=at: now + at)
            assert bool(take(self.LIMITS[0])) is counted, at

    def test_no_address_is_kept(self) -> None:
        take(of_account("asha@north.test"), of_address("192.0.2.1"))
        kept = str(list(GuessCount.objects.values_list("key", "guessed_at")))
        assert not [word for word in ("asha", "north", "192") if word in kept]

    @pytest.mark.parametrize("written", ["asha@north.test", " Asha@North.test ", "ASHA@NORTH.TEST"])
    def test_one_account_however_it_is_written(self, written: str) -> None:
        assert of_account(written).key == of_account("asha@north.test").key

    def test_a_flood_of_addresses_drops_no_count(self) -> None:
        """As a cache of 300 entries would."""
        held = of_account("asha@north.test")
        for _ in range(10):
            take(held)
        for number in range(310):
            take(of_account(f"{number}@elsewhere.test"))
        assert take(held) is None

    def test_old_ones_go(self) -> None:
        take(*self.LIMITS)
        guesses.forget_old(timezone.now())
        assert GuessCount.objects.count() == 2
        guesses.forget_old(timezone.now() + timedelta(days=2))
        assert not GuessCount.objects.exists()


def test_a_held_sign_in_is_an_entry_and_not_a_count(cast: Cast) -> None:
    page = of_address("127.0.0.1", "sign-in", seconds=guesses.MINUTE)
    for _ in range(8):
        take(of_account(cast.practitioner.email), of_address("127.0.0.1"), page)
    for _ in range(3):
        sign_in(cast.practitioner.email)
    assert entered(cast.organisation).count("account.sign_in_throttled accounts.user") == 1
    assert max(len(row.guessed_at) for row in GuessCount.objects.all()) == 11  # of the page itself: each costs work
