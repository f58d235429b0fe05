from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar import restore, revert
from onar.ailments.apostrophes import lost
from onar.ailments.fillers import fillers
from onar.ailments.glyph_tables import FAMILIES, maps, telling
from onar.ailments.glyphs import mend
from onar.changelog.mended import Edit, Mended, Op, merged
from onar.language.tables import cells

MENDED = [
    ("kullanýlýr ve deðiþtirir, Ýlk iþ, Þehir, DAÐ", "kullanılır ve değiştirir, İlk iş, Şehir, DAĞ"),
    (
        "içerdiÄŸi modÃ¼lleri onaylanmÄ±ÅŸ projeleri gÃ¶rÃ¼ntÃ¼leme",
        "içerdiği modülleri onaylanmış projeleri görüntüleme",
    ),
    ("iÃƒÂ§erdiÃ„Å¸i modÃƒÂ¼lleri gÃƒÂ¶rÃƒÂ¼r", "içerdiği modülleri görür"),
    ("modernleĢme sürecinde ĠSTĠHDAM, ġehir, Ģans", "modernleşme sürecinde İSTİHDAM, Şehir, şans"),
    ("TÜRKĐYE'NĐN FAALĐYETLERĐ", "TÜRKİYE'NİN FAALİYETLERİ"),
    ("çalÕúma ve ö÷renci ile øletiúim", "çalışma ve öğrenci ile İletişim"),
    ("Baflbakan çal›flmalar›n› ‹stanbul'da aç›klad›", "Başbakan çalışmalarını İstanbul'da açıkladı"),
    ("Bas¸kan g¨or¨us¸ c¸alıs¸ma do˘gru ˙Istanbul", "Başkan görüş çalışma doğru İstanbul"),
    ("g ¨or ¨u¸smelerinde ¸calı¸smaların do ˘gru", "görüşmelerinde çalışmaların doğru"),
    (unicodedata.normalize("NFD", "görüşmelerinde çağdaş İlkeler"), "görüşmelerinde çağdaş İlkeler"),
    ("Osmanlı nın son yılları, Cumhuriyet in ilk yılları", "Osmanlı'nın son yılları, Cumhuriyet'in ilk yılları"),
]

UNTOUCHED = {
    "Icelandic": "Það var einu sinni maður sem bjó í litlu húsi. Þeir fóru út að veiða. Ný bók um sögu Þórðar er þýdd.",
    "Romanian": "Aceasta este o țară frumoasă și copiii știu să citească. Ţara noastră are munţi şi ape.",
    "French": "Le fleuve coule et les fleurs fleurissent. L'été, nous avons réfléchi à ce flux. « Ça suffit ! »",
    "German": "Die Flüsse fließen über die größten Städte. Öffentliche Gebäude müssen zugänglich sein.",
    "Azerbaijani": "Azərbaycan Respublikasının əhalisi ölkənin müxtəlif bölgələrində yaşayır. Uşaqlar məktəbə gedir.",
    "Kurdish": "Zimanê kurdî zimanekî hindûewropî ye. Şêx û mîr li gundê me dijîn. Ez çûm mala hevalê xwe.",
    "Portuguese": "As informações não são suficientes. Então nós não podemos ir à reunião das nações.",
    "Estonian": "Õpetaja õpetab lastele eesti keelt. Või on täna väga hea.",
    "Norwegian": "Søren fra Tromsø øver på å spille fløyte. Det er en øy i nord.",
    "Croatian": "Đorđe je došao u grad i kupio đumbir. Mađarska i Đakovo su blizu.",
    "Latvian": "Ģimene dzīvo Rīgā un strādā uzņēmumā. Ķīļi un ģeogrāfija.",
    "Maltese": "Il-Ġimgħa u s-Sibt. Ġorġ mar id-dar. Ġbejna friska.",
    "mathematics": "x ÷ y = z ve a ± b ≤ c, Ø kümesi, ‹a|b› ve |x| < 1; ˙x = dx/dt, ¨x, ˆx tahmini, y² = 5°, %3 ÷ 4",
    "quotation marks": "“Olduğunu” söyledi… ”Değil mi?” dedi; ‘evet’ – hayır — belki™ €5 § 3 †",
    "names in Turkish": (
        "Türk edebiyatında Þórbergur Þórðarson, Søren Kierkegaard, Đorđe Balašević, São Paulo ve Łódź geçer; "
        "flüt dersi, fiil çekimi, film, Floransa, flaş ve «Ofvitinn» de."
    ),
    "code": "self._deger = _gizli  # _italik_ yazı\n| a | b |\n|---|---|\n| bir | iki |\n| üç | dört |\n| beş | altı |",
}


@pytest.mark.parametrize(("read", "printed"), MENDED)
def test_broken_glyphs_are_mended(read: str, printed: str) -> None:
    assert mend(read).text == printed


@pytest.mark.parametrize("language", UNTOUCHED)
def test_right_text_of_any_language_is_left_alone(language: str) -> None:
    assert mend(UNTOUCHED[language]).ops == ()


def test_a_foreign_passage_inside_a_broken_text_is_left_alone() -> None:
    turkish = "Oyuncuya saðlýk veren çarpanlar kullanýlýr, sýnýfý deðiþtirir ve alanýný belirler."
    icelandic = UNTOUCHED["Icelandic"]
    assert mend(f"{turkish}\n\n{icelandic}\n\n{turkish}").text.count(icelandic) == 1


def test_every_row_of_the_code_pages_is_what_the_code_pages_do() -> None:
    for row in cells("codepages.tsv"):
        stored, _, read = row["map"].partition(">")
        if read:
            assert _shown(row["printed"].encode(stored), read) == row["read"], row
        else:
            pages = ("latin-1", "cp1252", "cp1254")
            once = {_shown(row["printed"].encode(), page) for page in pages}
            twice = {_shown(text.encode(), page) for text in once for page in pages}
            assert row["read"] in (twice if "twice" in row["map"] else once), row


def _shown(data: bytes, page: str) -> str:
    out = ""
    for byte in data:
        try:
            out += bytes([byte]).decode(page)
        except UnicodeDecodeError:
            out += chr(byte)
    return out


def test_every_accent_row_composes() -> None:
    for row in cells("accents.tsv"):
        letters = [c for c in row["read"] if unicodedata.category(c) in ("Ll", "Lu")]
        assert len(row["printed"]) == 1
        assert letters == [unicodedata.normalize("NFD", row["printed"])[0]] or row["printed"] in "iî", row


@pytest.mark.parametrize("name", FAMILIES.values())
def test_rows_are_whole_and_heal_their_witness(name: str) -> None:
    seen = set()
    for row in cells(name):
        assert row["read"] and row["printed"] and row["read"] != row["printed"]
        assert (row["map"], row["read"]) not in seen
        seen.add((row["map"], row["read"]))
        assert row["where"] in ("any", "start", "soft")
        if row["witness"]:
            read, _, printed = row["witness"].partition("=")
            assert row["read"] in read
            assert read.replace(row["read"], row["printed"]) == printed


def test_a_text_without_telling_signs_is_not_looked_at() -> None:
    assert not telling().search("Ülkelerinin güvenliği için çağdaş ilkeler, İstanbul'da düzen ve ılık ışık")
    assert all(maps().signs.values())


def test_offsets_lead_back_to_the_source() -> None:
    mended = mend("Yeni sýnýfý ve g¨or¨u¸smeleri")
    start = mended.text.index("görüşmeleri")
    assert mended.source[slice(*mended.span(start, start + len("görüşmeleri")))] == "g¨or¨u¸smeleri"
    assert mended.put_in(0, len(mended.source)) == mended.text


@st.composite
def operations(draw: st.DrawFn) -> tuple[str, list[Op]]:
    source = draw(st.text("abç ¸þ\n", max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=10, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return source, [Op(a, b, draw(st.text("şğ", max_size=3)), "x>y", "accents") for a, b in pairs]


@given(operations())
def test_mendings_as_edits_make_the_mended_text(made: tuple[str, list[Op]]) -> None:
    source, ops = made
    mended = Mended(source, ops)
    out, at = "", 0
    for edit in merged(mended, ()):
        assert edit.start >= at
        out += source[at : edit.start] + edit.after
        at = edit.end
    assert out + source[at:] == mended.text


@given(operations(), st.data())
def test_spans_of_words_hold_whole_mendings_and_edits_after_them_apply(
    made: tuple[str, list[Op]], data: st.DataObject
) -> None:
    source, ops = made
    mended = Mended(source, ops)
    words = [(m, m + 1) for m in range(len(mended.text)) if mended.text[m] == "a"]
    chosen = data.draw(st.lists(st.sampled_from(words), unique=True)) if words else []
    edits = [Edit(a, b, "Z", ("a>Z",), 1.0) for a, b in sorted(chosen)]
    out, at = "", 0
    for edit in merged(mended, edits):
        assert edit.start >= at
        out += source[at : edit.start] + edit.after
        at = edit.end
    expected = mended.text
    for start, end in sorted(chosen, reverse=True):
        expected = expected[:start] + "Z" + expected[end:]
    assert out + source[at:] == expected


def test_a_flagged_edit_keeps_the_mending() -> None:
    mended = Mended("yaþlý", [Op(2, 3, "ş", "ş>þ", "codepages"), Op(4, 5, "ı", "ı>ý", "codepages")])
    (edit,) = merged(mended, [Edit(0, 5, "yaslı", ("s>ş",), 0.3, (), applied=False)])
    assert (edit.after, edit.rules) == ("yaşlı", ("ş>þ", "ı>ý"))
    assert edit.alternatives[0] == ("yaslı", 0.3)


@pytest.mark.parametrize("read", [read for read, _ in MENDED])
def test_the_log_alone_makes_the_text_and_lines_stay(read: str) -> None:
    text = f"{read}\r\n\n{read}\f{read}\n"
    restored = restore(text)
    assert revert(restored.text, restored.changes) == text
    assert restored.text.count("\n") == text.count("\n")
    assert restore(restored.text).text == restored.text


def test_apostrophes_need_more_than_one_witness_and_their_harmony() -> None:
    assert lost("Osmanlı nın son yılları") == ()
    assert lost("Ankara da güzel, İzmir de güzel, Ali ye sordu") == ()
    assert lost("Osmanlı nun ve Cumhuriyet ın") == ()
    standing = "Ankara'nın İzmir'in Bursa'nın Konya'nın Osmanlı nın ve Cumhuriyet in"
    assert lost(standing) == ()


def test_fillers_go_only_where_a_text_was_misread() -> None:
    text = "bir _bilgisayar — mimarisi\nve __son yillarda"
    assert Mended(text, fillers(text, lambda: True, str.isalpha)).text == "bir bilgisayar mimarisi\nve son yillarda"
    assert fillers(text, lambda: False, str.isalpha) == ()


def test_rules_beside_columns_go_and_tables_stay() -> None:
    column = "| Bu hatlar için bazı\nİbir istikamet verdi |\n| yollarına devam\n| kadar olan kısım\nve son |\n"
    expected = "Bu hatlar için bazı\nbir istikamet verdi\nyollarına devam\nkadar olan kısım\nve son\n"
    assert mend(column).text == expected
    assert mend(UNTOUCHED["code"]).ops == ()


@given(st.text(max_size=200))
def test_any_text_survives(text: str) -> None:
    mended = mend(text)
    assert mended.put_in(0, len(text)) == mended.text
    assert mended.text.count("\n") == text.count("\n")


def test_long_runs_take_no_long_time() -> None:
    assert mend("¸s " * 20_000 + "þ" * 20_000 + "Ã¼" * 20_000).source
