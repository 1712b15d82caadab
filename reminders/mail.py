"""The mail server, for one run: what went wrong comes back as a short code, and never as the server's words."""

import logging
from contextlib import suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from ssl import SSLError
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection

from reminders.models import Problem

log = logging.getLogger(__name__)
# In this order: each of smtplib's errors is an OSError too.
PROBLEMS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Problem], ...] = (
    (SMTPAuthenticationError, Problem.SIGN_IN_REFUSED),
    ((SMTPNotSupportedError, SSLError), Problem.NOT_SECURE),
    (SMTPRecipientsRefused, Problem.ADDRESS_REFUSED),
    ((SMTPServerDisconnected, SMTPConnectError), Problem.NO_ANSWER),
    (SMTPException, Problem.EMAIL_REFUSED),
    (OSError, Problem.NO_ANSWER),
    (ValueError, Problem.ADDRESS_REFUSED),
)
# What the next email of the same run would meet as well.
FOR_ALL = {Problem.NO_ANSWER, Problem.SIGN_IN_REFUSED, Problem.NOT_SECURE}


class MailServer:
    """Opened for the first email. One that is down is not asked again in the same run."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.down: Problem | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self.connection.close()

    def send(self, message: EmailMessage) -> Problem | None:
        """Nothing if the server took it."""
        if self.down:
            return self.down
        try:
            self.connection.open()
            self.connection.send_messages([message])
        except (OSError, ValueError) as error:
            problem = next(code for kinds, code in PROBLEMS if isinstance(error, kinds))
            log.warning("A reminder was not sent: %s", problem)
            self.down = problem if problem in FOR_ALL else None
            return problem
        return None
