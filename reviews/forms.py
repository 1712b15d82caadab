from reviews.models import Review, Verdict
from ui import forms
from ui.fields import Radios, Textarea


class VerdictForm(forms.ModelForm[Review]):
    class Meta:
        model = Review
        fields = ["verdict", "comment"]
        labels = {"verdict": "What is your verdict?", "comment": "Your comment"}
        help_texts = {"comment": "What was done well, what you advise, or your question. Kind and plain: it stays."}
        widgets = {
            "verdict": Radios(
                hints={
                    Verdict.AGREED: "It was right, and the reasons show it.",
                    Verdict.AGREED_WITH_ADVICE: "It was right; say what would make the next one better.",
                    Verdict.RETURNED: "Ask what is missing. The record stays as it is, with your question beside it.",
                    Verdict.DISAGREED: "Say why. The record stays as it is, with your reasons beside it.",
                }
            ),
            "comment": Textarea(rows=5, count=True),
        }

    def _post_clean(self) -> None:
        """The action makes the row; the form only reads what was typed."""

    def clean(self) -> None:
        verdict = self.cleaned_data.get("verdict")
        if verdict and verdict != Verdict.AGREED and not str(self.cleaned_data.get("comment") or "").strip():
            self.add_error("comment", "Enter your advice, your question or your reasons")
