"""Whether the form and the schema of the facts agree, on as many random facts as are asked for.

    python -m tests.agreement [THROUGH THE FORMS [OVER HTTP [ASKED OF THE ENGINE]]]

Twenty minutes for a thousand, so the suite runs only a few of them.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("TEST_DATABASE_URL", None)  # the temporary file of SQLite, whatever the tests are run on
django.setup()

from tests.agreement.running import run  # noqa: E402  (models can be read only now)

if __name__ == "__main__":
    forms, http, examples = (*map(int, sys.argv[1:]), *(1000, 50, 10_000)[len(sys.argv) - 1 :])
    sys.exit(run(forms, http, examples))
