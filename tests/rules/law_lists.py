"""What the rows of the law in use must be, written by hand from the law and not from the files."""

SECTORS = {"la", "maintained_school", "academy", "independent_school", "nhs", "youth_charity", "charity", "police",
           "early_years", "other", "fe_college", "gp", "youth_justice", "housing", "belief"}  # fmt: skip

# Which rows there are, by the part of the law they come from.
ARTICLE_6 = {"ART6_A", "ART6_B", "ART6_C", "ART6_D", "ART6_E", "ART6_EA", "ART6_F"}
ANNEX_1 = {"RLI_REQ", "RLI_SEC", "RLI_EMERG", "RLI_CRIME", "RLI_SAFEG"}
ARTICLE_9 = {"ART9_A", "ART9_B", "ART9_C", "ART9_D", "ART9_E", "ART9_F", "ART9_G", "ART9_H", "ART9_I", "ART9_J"}
SCHEDULE_1 = {"S1_P1", "S1_P2", "S1_P6", "S1_P10", "S1_P17", "S1_P18", "S1_P19",
              "S1_P29", "S1_P30", "S1_P31", "S1_P32", "S1_P33"}  # fmt: skip
SCHEDULE_8 = {"S8_P1", "S8_P2", "S8_P3", "S8_P4"}
KINDS_OF_POWERS = {
    "CA04_16LA": "must_disclose",
    "CA04_16LC": "arrangements",
    "CA89_17": "arrangements",
    "CA89_42": "must_disclose",
    "CA89_67": "arrangements",
    "EA02_175_3A": "arrangements",
    "SCHOOL_RETURNS": "must_disclose",
    "DAA21_49A": "arrangements",
    "PCSC22_44A": "limits",
    "CA89_27": "arrangements",
    "CA89_47": "power",
    "CA04_10": "arrangements",
    "CA04_11": "arrangements",
    "CA04_12": "power",
    "CA04_16E": "arrangements",
    "CA04_16H": "must_disclose",
    "EA02_175": "arrangements",
    "EA02_157": "arrangements",
    "EA96_436A": "arrangements",
    "KCSIE_TRANSFER": "arrangements",
    "CDA98_17": "arrangements",
    "CDA98_115": "power",
    "PCSC22_16": "power",
    "CARE14_42": "power",
    "CARE14_45": "must_disclose",
    "DEA17_35": "power",
    "FGMA03_5B": "must_disclose",
    "CPA26_CSA": "must_disclose",
    "CTSA15_26": "arrangements",
    "CTSA15_36_38": "arrangements",
    "CTSA15_SUPPORT": "needs_agreement",
    "CJA03_325": "arrangements",
    "CJA03_327A": "arrangements",
    "DAA21_77": "arrangements",
    "OP_ENCOMPASS": "arrangements",
    "MSA15_52": "arrangements",
    "HA96_213B": "needs_agreement",
    "NHS06_82": "arrangements",
    "HSCA12_251B": "arrangements",
    "COURT_ORDER": "must_disclose",
    "FPR10_12_73": "limits",
    "POLICE_COMMON_LAW": "power",
    "LA11_1": "power",
    "LGA72_111": "power",
    "IMPLIED": "power",
    "NON_STAT": "power",
}
CONFIDENCE = {"CONF_NONE", "CONF_CONSENT", "CONF_CARE", "CONF_PI", "CONF_LAW", "CONF_BEST"}
LAYERS = {
    "L1": ARTICLE_6 | {"LE_S35"},
    "ANNEX1": ANNEX_1,
    "L2": ARTICLE_9 | {"ART10"},
    "SCHEDULE1": SCHEDULE_1,
    "SCHEDULE8": SCHEDULE_8,
    "L3": set(KINDS_OF_POWERS),
    "L4": CONFIDENCE,
    "L5": {"HRA_8_2"},
}
NOT_STARTED = {"CA04_16LA", "CA04_16LC", "CPA26_CSA"}

# What becomes of a row when somebody who can decide says no: all that are not "yes".
ON_A_NO = {
    "ART6_A": "no",
    "ART9_A": "no",
    "ART9_D": "no",
    "S1_P29": "no",
    "S1_P31": "no",
    "CTSA15_SUPPORT": "no",
    "HA96_213B": "no",
    "CONF_CONSENT": "no",
    "ART6_F": "if",
    "ART9_C": "if",
    "S1_P17": "if",
    "S1_P18": "if",
    "S1_P19": "if",
    "S1_P30": "if",
    "S8_P4": "if",
    "MSA15_52": "if",
    "HSCA12_251B": "if",
    "ART6_B": "na",
    "ART9_E": "na",
    "ART9_I": "na",
    "ART9_J": "na",
    "ART10": "na",
    "S1_P32": "na",
    "CONF_NONE": "na",
    "CONF_BEST": "na",
}
# How sure we are: all that are not "C".
SURE = {
    "P": {"S1_P6", "S1_P10", "S1_P17", "S1_P29", "S1_P30", "S1_P31", "S1_P32", "S1_P33", "CA04_16LA", "CA89_27",
          "CA04_16H", "DEA17_35", "CTSA15_26"},
    "K": {"ART9_A", "ART9_C", "ART9_D", "ART9_E", "ART9_F", "ART9_I", "ART9_J", "ART10", "LE_S35",
          "EA02_157", "EA96_436A", "CJA03_325", "CJA03_327A", "DAA21_77", "MSA15_52", "NHS06_82",
          "HSCA12_251B", "COURT_ORDER", "POLICE_COMMON_LAW", "LA11_1", "LGA72_111", "NON_STAT", "CONF_BEST",
          "CONF_CARE", "HRA_8_2"},
    "N": {"CPA26_CSA", "OP_ENCOMPASS"},
}  # fmt: skip
WHOSE = {
    "CA89_17": {"la"},
    "CA89_42": {"la"},
    "CA89_67": {"la"},
    "EA02_175_3A": {"academy", "fe_college"},
    "SCHOOL_RETURNS": {"maintained_school", "academy", "independent_school"},
    "DAA21_49A": {"police"},
    "HA96_213B": {"la", "nhs", "youth_justice", "other"},
    "CA89_27": {"la", "nhs"},
    "CA89_47": {"la"},
    "CA04_11": {"la", "nhs", "police", "youth_justice"},
    "CA04_16E": {"la", "nhs", "police"},
    "EA02_175": {"la", "maintained_school", "fe_college"},
    "EA02_157": {"academy", "independent_school"},
    "EA96_436A": {"la", "maintained_school", "academy", "independent_school"},
    "KCSIE_TRANSFER": {"maintained_school", "academy", "independent_school", "early_years", "fe_college"},
    "CDA98_17": {"la", "police"},
    "PCSC22_16": {
        "la",
        "maintained_school",
        "academy",
        "independent_school",
        "police",
        "other",
        "fe_college",
        "youth_justice",
    },
    "CTSA15_26": {
        "la",
        "maintained_school",
        "academy",
        "independent_school",
        "early_years",
        "nhs",
        "police",
        "fe_college",
        "youth_justice",
    },
    "CTSA15_36_38": {
        "la",
        "maintained_school",
        "academy",
        "independent_school",
        "nhs",
        "police",
        "fe_college",
        "youth_justice",
    },
    "CJA03_327A": {"police"},
    "DAA21_77": {"police"},
    "OP_ENCOMPASS": {"police"},
    "MSA15_52": {"la", "police"},
    "POLICE_COMMON_LAW": {"police"},
    "CARE14_42": {"la"},
    "NHS06_82": {"la", "nhs"},
    "HSCA12_251B": {"la", "nhs", "gp"},
    "LA11_1": {"la"},
    "LGA72_111": {"la"},
}

# A version that decisions were made under is never written again: a mistake in it is mended in the next.
FROZEN = {
    "2026-11": "c6fabfc18d8b3fc329d797558011b7959139fb340e231203f112dcf6d479d4ca",
    "2026-11-22": "13adf2f152b0db7790c0548600bfdbdf073588edb08ce8d30cd9a577d578747c",
    "2026-11-29": "1b121f4b9b41a712b7ab9b47112464b9042c501289e1ec22eaf89751e4dc5774",
}
MEANING = ("layer", "kind", "refused_ok", "citation", "effective_from")
CHANGED_ON_PURPOSE: dict[tuple[str, str], str] = {}
RENAMED = {"CTSA15_26": "the name read as if Prevent drew people into terrorism"}
# Sets that suggest something else than in the version before.
SETS_CHANGED: dict[str, str] = {}
