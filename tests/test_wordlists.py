"""The lists and what is compiled of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from onar.wordlists import compile as compiling
from onar.wordlists import hunspell, lists
from onar.wordlists.corpus import Corpus
from onar.wordlists.count import clean, count
from onar.wordlists.harmony import HARMONIES, keeps_harmony, pattern, spoken
from onar.wordlists.measure import options, restored
from onar.wordlists.tokens import mended, tokens

from onar.errors import KnowledgeError

SMALL = (
    "Türkiye'nin güvenliği önemlidir. Türkiye'nin sınır güvenliği ve ülkelerin güvenliği konuşuldu. "
    "Evler, evlerin çatıları, evlerde oturanlar. "
    "Kitap, kitabı, kitaplar, kitabın, kitaplık. Okumak, okudu, okuyan, okuması. "
)


def test_tokens_keep_apostrophes_and_numbers_apart() -> None:
    assert list(tokens("NATO’nun 1990'lı yılları, A4 kâğıdı. Son!")) == [
        "NATO'nun",
        "#'lı",
        "yılları",
        "",
        "kâğıdı",
        None,
        "Son",
        None,
    ]


@pytest.mark.parametrize(
    ("lost", "printed"),
    [
        ("Türkiyeâde", "Türkiye'de"),
        ("50âsinin", "50'sinin"),
        ("TLâyi", "TL'yi"),
        ("ââKaliteliââ dedi", '"Kaliteli" dedi'),
        ("Hakkâri'de kâğıt ve İmkânın", "Hakkâri'de kâğıt ve İmkânın"),
    ],
)
def test_news_gets_its_apostrophes_back(lost: str, printed: str) -> None:
    assert mended(lost) == printed


def test_misspellings_go_and_rare_words_stay() -> None:
    codes = ["tUrkiye", "turkiye", "su", "Su", "sinop", "Istanbul", "istanbul"]
    assert clean(codes, [39000, 15, 300, 20000, 2, 27, 14000], {"su", "Su"}) == [0, 2, 3, 4, 6]


@pytest.mark.parametrize(
    ("harmony", "ending", "kept"),
    [
        ("a", "larIndan", True),
        ("a", "lerinden", False),
        ("e", "iyordu", True),
        ("o", "uyor", True),
        ("O", "UyormuS", True),
        ("a", "daki", True),
        ("e", "dakiler", False),
        ("o", "larIn", True),
        ("o", "lUk", False),
        ("a", "Iverir", True),
    ],
)
def test_harmony_of_endings(harmony: str, ending: str, kept: bool) -> None:
    assert keeps_harmony(harmony, ending) is kept


@pytest.mark.parametrize("ending", ["larIndan", "Iyordu", "abilirdi", "mIStIr", "daki", "laSmasI"])
def test_endings_of_one_harmony_are_found_for_all(ending: str) -> None:
    shape = pattern("a", ending)
    assert shape and spoken("a", shape) == ending
    for harmony in HARMONIES:
        assert keeps_harmony(harmony, spoken(harmony, shape)) and pattern(harmony, spoken(harmony, shape)) == shape


def test_folded_text_comes_back() -> None:
    words = ["Turkiye'nin", "guvenligi", "icin", "sinir", "guvenligi", "onemlidir"]
    folded = [word.replace("T", "t") for word in words]
    assert restored(folded) == ["tUrkiye'nin", "gUvenliGi", "iCin", "sInIr", "gUvenliGi", "Onemlidir"]
    assert {code for code, _, _ in options("akpinarli'nin")} > {"akpInarlI'nIn"}


def test_hunspell_suffixes_with_strip_and_condition(tmp_path: Path) -> None:
    (tmp_path / "index.aff").write_text(
        "SET UTF-8\nSFX S Y 2\nSFX S y ies [^aeiou]y\nSFX S 0 s [aeiou]y\nPFX U Y 1\nPFX U 0 un .\n"
    )
    (tmp_path / "index.dic").write_text("3\ncity/S\nday/S\ntie/U\n")
    assert [form for _, form in hunspell.expand(tmp_path)] == ["city", "cities", "day", "days", "tie", "untie"]


def _small_lists(folder: Path) -> Path:
    corpus = Corpus()
    for _ in range(3):
        corpus.add("news", SMALL)
    count(corpus, {"sInIr", "ve"}, folder)
    lists.write(folder / "dictionary.txt.xz", lists.header("Forms.", "test", "MIT", 2, "form"), ["sınır", "güneş"])
    lists.write(folder / "english.txt.xz", lists.header("English.", "test", "MIT", 2, "word"), ["security", "the"])
    for name, row in [
        ("names.txt", "Şanghay"),
        ("abbreviations.tsv", "ŞİÖ\tŞanghay İşbirliği Örgütü\tö"),
        ("circumflex.txt", "dâhil"),
        ("foreign.txt", "quo"),
        ("dropped.txt", "cok"),
        ("prefixes.txt", "mikro"),
    ]:
        lists.write(folder / name, lists.header(name, "test", "MIT", 1, "word"), [row])
    return folder


def test_counting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        _small_lists(tmp_path / name)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_compiling_twice_gives_the_same_bytes_and_a_true_manifest(tmp_path: Path) -> None:
    source = tmp_path / "lists"
    source.mkdir()
    _small_lists(source)
    for name in "ab":
        result = CliRunner().invoke(compiling.main, ["--lists", str(source), "--out", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text())
    names = {path.name for path in (tmp_path / "a").iterdir()} - {"manifest.json"}
    assert names == set(manifest["files"])
    for name, entry in manifest["files"].items():
        data = (tmp_path / "a" / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["size"], entry["sha256"]), name
        assert data == (tmp_path / "b" / name).read_bytes(), name


def test_what_ships_is_what_its_manifest_says() -> None:
    manifest = json.loads((compiling.COMPILED / "manifest.json").read_text())
    for name, entry in manifest["files"].items():
        assert hashlib.sha256((compiling.COMPILED / name).read_bytes()).hexdigest() == entry["sha256"], name


def test_small_parts_that_ship_follow_from_the_lists() -> None:
    """The whole takes minutes; endings, agreement and prefixes are packed anew and compared."""
    compiled = compiling.COMPILED
    endings = [compiling.encode("" if row[0] == "-" else row[0]) for row in lists.read(lists.LISTS / "endings.txt")]
    assert (compiled / "endings.txt").read_bytes() == "\n".join(endings).encode()
    rows = lists.read(lists.LISTS / "agreement.tsv.xz")
    assert (compiled / "context.agree").read_bytes() == b"".join(
        bytes(128 + int(x) for x in row[0].split(" ")) for row in rows
    )


def test_every_list_says_where_it_comes_from() -> None:
    for path in lists.LISTS.iterdir():
        if path.suffix in (".txt", ".tsv"):
            head = path.read_text(encoding="utf-8").splitlines()[:5]
            for line, word in zip(head[1:4], ("source", "licence", "date"), strict=True):
                assert line.startswith(f"# {word}: "), path.name


def test_a_row_may_begin_with_a_number_sign(tmp_path: Path) -> None:
    rows = ["# yılında\t3\tölen 20", "ev su\t1\t# 9"]
    lists.write(tmp_path / "triples.tsv.xz", lists.header("Triples.", "test", "MIT", 2, "words"), rows)
    assert ["\t".join(row) for row in lists.read(tmp_path / "triples.tsv.xz")] == rows


def test_a_broken_list_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "names.tsv.xz"
    broken.write_bytes(b"not xz")
    with pytest.raises(KnowledgeError, match=r"names\.tsv\.xz.*run"):
        list(lists.read(broken))
