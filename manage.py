#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

from safeguarding.logs import log_what_nobody_catches

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    log_what_nobody_catches()
    execute_from_command_line(sys.argv)
