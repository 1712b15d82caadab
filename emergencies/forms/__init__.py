"""The two forms of records opened in an emergency."""

from emergencies.forms.checking import CheckForm
from emergencies.forms.opening import OpenForm

__all__ = ["CheckForm", "OpenForm"]
