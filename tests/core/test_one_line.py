"""Text of one line, as names, titles and gates are. The inputs are people's, and pranksters'."""

import unicodedata

import pytest

from bashi.core.one_line import Unreadable, one_line

BANGLA = [
    "রহিমা খাতুন",
    "র\u200d্যাব",  # ya-phala after ra: U+200D stands before the hasanta
    "শরৎ ক্\u200cলাব",
    "উদ্\u200dযাপন",
    "অ্যালেক্স",
]


@pytest.mark.parametrize("name", BANGLA)
def test_joiners_stay_where_bangla_needs_them(name: str) -> None:
    assert one_line(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Ångström",
        "Nguyễn Thị Ánh",
        "Šárka",
        "O'Brien",
        "D’Souza-Roy",
        "王小明",
        "葛\U000e0100城市",  # an ideograph in the form that its family writes
        "محمد",
        "می\u200cخواهم",  # Persian: U+200C between two joining letters
        "שָׁלוֹם",
        "தமிழ்",
        "ไทยนี้",
        "Rahim 🎉",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f Mitali",
        "Gate 2",
        "५",
    ],
)
def test_what_languages_write_is_kept(name: str) -> None:
    assert one_line(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u202eneS ilatiM", "neS ilatiM"),
        ("Mitali\u202e Sen", "Mitali Sen"),
        ("\u2066Mitali\u2069 \u200fSen", "Mitali Sen"),
        ("Mi\u200btali", "Mitali"),
        ("Mi\u00adtali\u2060\ufeff Sen", "Mitali Sen"),
        ("Mitali\u200d\u200c Sen", "Mitali Sen"),
        ("\u200dMitali", "Mitali"),
        ("Mitali \u3164 Sen", "Mitali Sen"),
        ("Mitali\U000e0041\U000e007f", "Mitali"),
        ("\u0301Mitali \u0301Sen", "Mitali Sen"),
        ("\ufe0fMitali", "Mitali"),
        ("  Mitali\u00a0\u3000\tSen\n", "Mitali Sen"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_what_nobody_sees_is_left_out(typed: str, stored: str) -> None:
    assert one_line(typed) == stored


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "\u200b",
        "\u2060",
        "\u3164",
        "\u115f\u1160",
        "\u2800",
        "\uffa0",
        "\u200d",
        "\u202e",
        "\ufe0f",
        "\u0301",
        "...",
        "\ue000",
        "Mitali\x07",
        "a\x1b[31m",
        "\ufffc",
    ],
)
def test_a_name_that_shows_nothing_is_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="visible"):
        one_line(name)


@pytest.mark.parametrize("name", ["Z" + "\u0351\u0352\u0353\u0354\u0355algo", "e\u0308\u0308"])
def test_piles_of_marks_are_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="accents"):
        one_line(name)


def test_it_is_stable() -> None:
    """What was stored is taken again as it is."""
    for name in (*BANGLA, "\u202eneS e\u200b\u0301", "Mi\u200b\u200d\u200ctali"):
        assert one_line(one_line(name)) == one_line(name)
