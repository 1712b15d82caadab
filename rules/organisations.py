"""The closed lists of organisations: our own kind and sector, and kinds of recipient."""

from rules.codes import Code


class OrganisationKind(Code):
    PUB = "PUB", "A public body"
    NON = "NON", "Not a public body"
    LE = "LE", "A law enforcement body"


class Sector(Code):
    LOCAL_AUTHORITY = "la", "Local authority"
    MAINTAINED_SCHOOL = "maintained_school", "Maintained school"
    ACADEMY = "academy", "Academy or free school"
    INDEPENDENT_SCHOOL = "independent_school", "Independent school"
    NHS = "nhs", "NHS"
    YOUTH_CHARITY = "youth_charity", "Youth work charity"
    CHARITY = "charity", "Other charity"
    POLICE = "police", "Police"
    EARLY_YEARS = "early_years", "Early years or childcare"
    FE_COLLEGE = "fe_college", "College"
    GP = "gp", "GP practice"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    HOUSING = "housing", "Housing"
    BELIEF = "belief", "Faith group, party or trade union"
    OTHER = "other", "Other"


class RecipientKind(Code):
    SOCIAL_CARE = "social_care", "Children's social care (MASH)"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School or college"
    EARLY_HELP = "early_help", "Early help"
    COURT = "court", "Court"
    MARAC = "marac", "MARAC"
    HOUSING = "housing", "Housing"
    LADO = "lado", "Local authority designated officer (LADO)"
    OTHER = "other", "Other"
