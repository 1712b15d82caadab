"""Languages that a letter can be in, once an organisation has approved every sentence of it. None is translated."""

from rules.codes import Code


class Language(Code):
    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh (Cymraeg)"
    ARABIC = "ar", "Arabic (العربية)"
    POLISH = "pl", "Polish (polski)"
    PORTUGUESE = "pt", "Portuguese (português)"
    ROMANIAN = "ro", "Romanian (română)"
    SOMALI = "so", "Somali (soomaali)"
    UKRAINIAN = "uk", "Ukrainian (українська)"
