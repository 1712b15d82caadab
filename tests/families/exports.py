"""Files as systems of schools and councils export them, with invented people: headings, order, marks and letters.

The headings follow what these systems call their columns; no file of a real one was at hand.
"""

from dataclasses import dataclass

from families.identifiers import UPN_LETTERS


def upn(number: int) -> str:
    """A whole UPN of an invented school."""
    figures = f"999{number:09}"
    total = sum(int(figure) * weight for weight, figure in enumerate(figures, start=2))
    return UPN_LETTERS[total % 23] + figures


NHS = ("9434765919", "9000000009", "4505577104")


@dataclass(frozen=True)
class Export:
    """A file, what it gives, and part of the reason for each row that is refused, by the row's number."""

    content: bytes
    families: int
    people: int
    contacts: int = 0
    refused: dict[int, str] | None = None


SIMS = Export(
    (
        "Legal Surname,Legal Forename,Middle Name(s),Preferred Forename,DOB,Gender,UPN,Reg Group,Year,House,"
        "Address Line 1,Town,Postcode,Contact 1 Name,Contact 1 Relationship,Contact 1 Parental Responsibility,"
        "Contact 1 Mobile Telephone\r\n"
        f"Achterberg,Noa,,Noa,03/11/2016,F,{upn(1)},4B,4,Oak,1 Kiln Lane,Quarnford,QX1 1AA,Ida Achterberg,Mother,Yes,"
        "07700 900101\r\n"
        f"Achterberg,Tom,,Tommy,14/02/2019,M,{upn(2)},1B,1,Oak,1 Kiln Lane,Quarnford,QX1 1AA,Ida Achterberg,Mother,Yes,"
        "07700 900101\r\n"
        f"Brannock,Zoë,,,11/23/2016,F,{upn(3)},4B,4,Elm,2 Kiln Lane,Quarnford,QX1 1AB,Jo Brannock,Father,,\r\n"
    ).encode("cp1252"),
    families=1, people=3, contacts=3, refused={4: "day comes first"},
)  # fmt: skip
# Of the family in SIMS, by the parent and the address alone.
SISTER = (
    b"Surname,First name,DOB,Address Line 1,Town,Postcode,Contact 1 Name\n"
    b"Achterberg,Pia,1/5/2022,1 KILN LANE,Quarnford,qx1 1aa,Ida Achterberg\n"
)
ARBOR = Export(
    (
        "\ufeffArbor Student ID,Student Name,Date of Birth,UPN,Home Address,Guardian 1 Full Name,Guardian 1 Email,"
        "Guardian 1 Mobile,Guardian 2 Full Name,Guardian 2 Relationship To Student\n"
        f'1041,"O\'Dell, Síofra",2015-09-01,{upn(4)},"Flat 3, 10 Mill Row, Quarnford",Máire O\'Dell,m@odell.test,'
        '"=""07700900102""",Pat Lowe,Step-father\n'
        "1042,Ngozi Umeh,2014-01-30,,,Ada Umeh,not an address,,,\n"
    ).encode(),
    families=1, people=3, contacts=3, refused={3: "is not one email address"},
)  # fmt: skip
BROMCOM = Export(
    (
        "Surname;First Name;Date of Birth;Admission Number;Telephone;Parent 1 Surname;Parent 1 First Name;"
        "Parent 1 Relationship;Parent 1 Telephone\r\n"
        "Cawdrey;Lil;27.3.2012;004512;01632 960001;Cawdrey;Ruth;Birth Mother;07700 900103 / 01632 960002\r\n"
        "Dunmow;Ike;41234;004513;;;;;\r\n"
        "Elvey;;5/6/2013;004514;;;;;\r\n"
    ).encode("cp1252"),
    families=2, people=3, contacts=3, refused={3: "as Excel counts it"},
)  # fmt: skip
SCHOLARPACK = Export(
    (
        "Pupils on roll\n\n"
        "Forename\tSurname\tKnown As\tDoB\tUPN\tMother Name\tMother Phone\tFather Name\tFather Email\n"
        f"Wren\tFulbeck\tWrenny\t9 May 2018\t{upn(5)}\tDee Fulbeck\t07700900104\tSol Fulbeck\tsol@fulbeck.test\n"
        f"Max\tGarth\t\t9-Jun-2018\t{upn(6)[:-1]}\tKim Garth\t\t\t\n"
        "Eli\tHalse\t\t\t\tLo Halse\t\t\t\n"
    ).encode(),
    families=1, people=3, contacts=2, refused={5: "Check the UPN", 6: "Add a date of birth"},
)  # fmt: skip
MOSAIC = Export(
    (
        "Person ID,Full Name,Date of Birth,NHS Number,Role in Family,Family ID,Family Name,Address,Telephone\n"
        f"70011,Ivy Jessop,01/02/2010,{NHS[0]},Child,F88,Jessop and Lamb,4 Weir St,\n"
        "70012,Ray Lamb,15/07/1985,,Mother's partner,F88,Jessop and Lamb,,07700 900105\n"
        "70013,Unborn Jessop,,,Unborn,F88,Jessop and Lamb,,\n"
        "70014,Vic Kerr,03/03/2011,1234567890,Child,F89,Kerr,,\n"
        "70015,Una Kerr,03/03/1980,,Mother,F89,Kerr,,\n"
    ).encode(),
    families=1, people=3, contacts=2, refused={5: "Check the NHS number", 6: "Another row of this family"},
)  # fmt: skip
LIQUIDLOGIC = Export(
    (
        b"LCS ID|Forename|Surname|DOB|Client Type|Household ID|Parental Responsibility\r\n"
        b"1001|Asa|Mundy|2009-12-31 00:00:00|Young Person|H1|\r\n"
        b"1002|Bel|Mundy|1979-01-01 00:00:00|Mother|H1|Y\r\n"
        b"1003|Cy|Noakes|2012-02-30|Child|H2|\r\n"
        b"1004|Di|Noakes|1990-05-05|Solicitor|H3|\r\n"
    ),
    families=1, people=2, refused={4: "Check the day", 5: "is not known"},
)  # fmt: skip
EXCEL = Export(
    (
        "sep=;\r\nName;Born;Contact Telephone\r\nOrla Pym;1/9/2017;'+44 7700 900106\r\n"
        "=HYPERLINK(\"http://x.test\");1/9/2017;\r\nQuin Rudd;1/9/17;\r\n"
    ).encode("utf-8-sig"),
    families=1, people=1, contacts=1, refused={4: "like a formula", 5: "year of 2 figures"},
)  # fmt: skip
UNICODE_TEXT = Export(
    "Pupil Name\tBirth Date\tAdm No\nŁucja Żak\t05/01/2016\t77\n"
    "李 小龍\t06/01/2016\t78\nŁucja  ŻAK\t05/01/2016\t79\n".encode(
        "utf-16"
    ),
    families=2, people=2, refused={4: "same person as in row 2"},
)  # fmt: skip
NURSERY = Export(
    (
        b"Child's First Name,Child's Last Name,Child DOB,Mum's Name,Mum's Mobile,Dad's Name,Dad's Mobile,"
        b"Child Address\n"
        b"Teo,Sable,2022-06-30,Jan Sable,07700 900107,,,9 Ford End\n"
        b"Uma,Tarn,2022-07-01,,07700 900108,,,\n"
        b"Vi,Udall,2099-01-01,,,,,\n"
        b"Wes,Vane,2022-07-02,Al Vane,07700 9001,,,\n"
    ),
    families=1, people=2, contacts=2,
    refused={3: "add the name of the person", 4: "has not come yet", 5: "no whole number"},
)  # fmt: skip
DAMAGED = Export(
    (
        "Surname,Forename,Date of Birth,Notes\n"
        "NuÃ±ez,Xan,01/01/2015,\n"
        'Wray,Yas,02/01/2015,"said ""yes"", twice"\n'
        "Xu,Zed,03/01/2015,late, often\n"
    ).encode(),
    families=1, people=1, refused={2: "damaged", 4: "more cells"},
)  # fmt: skip
EXPORTS = {
    "sims": SIMS, "arbor": ARBOR, "bromcom": BROMCOM, "scholarpack": SCHOLARPACK, "mosaic": MOSAIC,
    "liquidlogic": LIQUIDLOGIC, "excel": EXCEL, "unicode text": UNICODE_TEXT, "nursery": NURSERY, "damaged": DAMAGED,
}  # fmt: skip
