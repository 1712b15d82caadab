"""What the form asks for, or refuses, where the schema stops nothing on that page; each with its reason.

A list that grows is a form that asks for more than it has to.
"""

FORM_ONLY: dict[tuple[str, str], str] = {
    ("concern", "facts"): "an order, a duty or a new school needs no worry; an empty page helps nobody",
    ("concern", "level"): "the same: it says what everything after it is measured by",
    ("concern", "what_changed"): "asked first where an earlier decision is taken up again; the schema warns",
    ("request", "trigger"): "choose an answer: the questions below hang on it",
    ("request", "asked_by_name"): "a role would do for the schema; the form wants whom to ring back, be it “unknown”",
    ("request", "asked_by_organisation"): "whoever asked is a recipient, and a recipient has a name",
    ("request", "recipients"): "who it would go to, though in the end it goes to nobody",
    ("outcome", "standing_until"): "a group's sharing has an end; for the schema it is none of a group without one",
    ("consent", "spoken"): "choose an answer about each person, also where their information is not given",
    ("consent", "agreed_to"): "tick at least one: the schema only warns, and only where consent is relied on",
    ("consent", "covers"): "tick at least one: for the schema none means themselves, and a child's",
    ("consent", "part_agreed_to"): "the same of a yes to part",
    ("consent", "part_covers"): "the same of a yes to part",
    ("consent", "part_limits"): "a yes to part says to which; the schema warns",
    ("consent", "until"): "a yes stands on the day of the decision; the schema stops it where consent is relied on",
    ("consent", "part_until"): "the same of a yes to part",
    ("consent", "choice"): "choose an answer for each recipient",
    ("consent", "why_outweighs"): "asked before it is known whose information is given",
    ("information", "text"): "a thing without words is nothing",
    ("information", "kind"): "choose an answer",
    ("information", "why"): "why some do not get what others get; the schema warns",
    ("legal_basis", "share_anyway"): "choose an answer where consent is relied on in spite of a risk; the schema warns",
    ("legal_basis", "duty_holds"): "choose an answer, where the duty to share binds; the schema warns",
    ("legal_basis", "duty_relevant"): "the same as of holding it",
    ("legal_basis", "duty_helps"): "the same as of holding it",
    ("legal_basis", "why_no_more"): "the schema only warns where everybody agrees",
    (
        "legal_basis",
        "risk_if_not",
    ): "the schema asks where somebody does not agree; the form where anybody may be harmed",
    ("legal_basis", "risk_if_shared"): "the same of the other risk",
    ("sending", "informed"): "choose an answer about each person",
    ("sending", "informing_reason"): "choose one from the list; words alone do for the schema",
    ("sending", "cannot_recall"): "what cannot be called back; the schema warns",
    (
        "sending",
        "asker_informed",
    ): "what the asker was told, also by whoever passes it up or neither confirms nor denies",
    ("sending", "how"): "a sending has a way",
    ("sending", "who"): "advice has somebody who gave it",
    ("sending", "gist"): "advice says something",
}
