"""Many documents: the tree, the books, what is skipped and what is done again, and bad documents."""

from __future__ import annotations

import json
import lzma
import multiprocessing
import os
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import onar
from onar.batches import batch
from onar.batches.batch import Options, Progress
from onar.batches.manifest import Figures, Record
from onar.changelog import log
from onar.errors import InputError, RuleError

SCANS = Path(__file__).parents[1].parent / "shared" / "scans" / "train.jsonl.xz"
PAGE = "Yeni diizende Tiirkiye'nin giivenligi\nkurulmustur.\n"


def collection(folder: Path, count: int = 6) -> Path:
    for number in range(count):
        path = folder / f"cilt{number % 2}" / f"sayi{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Sayi {number}\n{PAGE * (number + 1)}", "utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_tree_is_mirrored_with_a_log_for_each(tmp_path: Path) -> None:
    source = collection(tmp_path / "in")
    summary = batch.run([source], tmp_path / "out")
    assert (summary.documents, summary.done, summary.exit_code) == (6, 6, 0)
    for name, data in tree(source).items():
        text = data.decode("utf-8")
        restored = (tmp_path / "out" / name).read_text("utf-8")
        assert restored == onar.restore(text).text
        assert log.read(tmp_path / "out" / f"{name}.jsonl").apply(text) == restored
    assert summary.words == sum(len(data.decode().split()) for data in tree(source).values())


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_processes_changes_no_byte(tmp_path: Path, jobs: int) -> None:
    source = collection(tmp_path / "in", 12)
    (source / "bozuk.txt").write_bytes(b"\xfe\xfd\xfc giivenlik")
    batch.run([source], tmp_path / "one", jobs=1)
    summary = batch.run([source], tmp_path / "many", jobs=jobs)
    assert tree(tmp_path / "one") == tree(tmp_path / "many")
    assert summary.exit_code == 5


@pytest.mark.skipif(not SCANS.exists(), reason="the shared material is not beside the project")
def test_what_a_process_restored_before_changes_nothing() -> None:
    """The same document may be a worker's first or its hundredth: what it remembers must not show."""
    with lzma.open(SCANS, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["ocr"] for line in islice(lines, 27)]
    worn = onar.Restorer()
    worn.restore(f"Belge 18\n{pages[18]}\n")
    again = worn.restore(f"Belge 26\n{pages[26]}\n").changes
    assert again == onar.Restorer().restore(f"Belge 26\n{pages[26]}\n").changes


def test_the_manifest_fits_its_schema(tmp_path: Path) -> None:
    source = collection(tmp_path / "in")
    (source / "bozuk.txt").write_bytes(b"\xff\xfe\xfd")
    batch.run([source], tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / batch.MANIFEST).read_text("utf-8").splitlines()]
    for row in rows:
        Draft202012Validator(log.schema("manifest")).validate(row)
    assert [row["type"] for row in rows] == ["header", "settings"] + ["document"] * 7


def test_a_second_run_does_only_what_it_must(tmp_path: Path) -> None:
    source, out = collection(tmp_path / "in"), tmp_path / "out"
    (source / "bozuk.txt").write_bytes(b"\xfe\xfd\xfc giivenlik")
    batch.run([source], out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    again = batch.run([source], out)
    assert (again.run.restored, again.run.unchanged, again.run.failed) == (0, 6, 1)
    assert times.keys() == {path for path in out.rglob("*") if path.is_file()}
    assert all(path.stat().st_mtime_ns == time for path, time in times.items() if path.name != batch.MANIFEST)

    (source / "cilt0" / "sayi0.txt").write_text("baska giiven\n")  # changed
    (out / "cilt1" / "sayi1.txt").unlink()  # its output is lost
    (out / "cilt0" / "sayi2.txt.jsonl").unlink()  # its log is lost
    (source / "bozuk.txt").write_text("giivenlik\n")  # mended
    (source / "yeni.txt").write_text("yeni giivenlik\n")  # new
    third = batch.run([source], out)
    assert (third.run.restored, third.run.unchanged, third.exit_code) == (5, 3, 0)
    fresh = tmp_path / "fresh"
    batch.run([source], fresh)
    assert tree(out) == tree(fresh)


def test_other_options_and_force_do_everything_again(tmp_path: Path) -> None:
    source, out = collection(tmp_path / "in"), tmp_path / "out"
    batch.run([source], out)
    assert batch.run([source], out, force=True).run.restored == 6
    assert batch.run([source], out, Options({"min_confidence": 0.99})).run.restored == 6
    assert batch.run([source], out, Options({"min_confidence": 0.99})).run.unchanged == 6
    settings = [line for line in (out / batch.MANIFEST).read_text().splitlines() if '"type":"settings"' in line]
    assert len(settings) == 1


def test_logs_go_where_they_are_wanted_and_in_the_form_wanted(tmp_path: Path) -> None:
    source = collection(tmp_path / "in", 2)
    batch.run([source], tmp_path / "out", Options(log="csv"), log_dir=tmp_path / "logs")
    assert sorted(tree(tmp_path / "logs")) == ["cilt0/sayi0.txt.csv", "cilt1/sayi1.txt.csv"]
    assert batch.run([source], tmp_path / "out", Options(log="csv"), log_dir=tmp_path / "logs").run.unchanged == 2
    batch.run([source], tmp_path / "bare", Options(log=None))
    assert sorted(tree(tmp_path / "bare")) == ["cilt0/sayi0.txt", "cilt1/sayi1.txt", batch.MANIFEST]


BAD = {
    "old.txt": "Türkiye'nin güvenliği".encode("cp1254"),
    "utf16.txt": "giivenlik".encode("utf-16-be") + b"\xd8",
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "page.xml": b"<?xml version='1.0'?><mets><metsHdr/></mets>",
    "torn.hocr": b"<html><body><div class='ocr_page'><span class='ocrx_word'>giiven",
    "bomb.xml": b'<!DOCTYPE alto [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><alto><Layout><Page>&b;</Page></Layout></alto>',
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_documents_are_named_and_the_others_written(tmp_path: Path, jobs: int) -> None:
    source = collection(tmp_path / "in", 8)
    for name, data in BAD.items():
        (source / name).write_bytes(data)
    summary = batch.run([source, tmp_path / "absent.txt"], tmp_path / "out", jobs=jobs)
    named = {one.input for one in summary.failures}
    assert named >= {"absent.txt", "old.txt", "cut.pdf", "page.xml"}
    assert named <= {"absent.txt", *BAD}
    assert summary.done == 8 + len(BAD) + 1 - len(named)
    assert summary.exit_code == 5
    assert all(len(one.reason.splitlines()) == 1 and "Traceback" not in one.reason for one in summary.failures)
    assert not any((tmp_path / "out" / name).exists() for name in named)
    assert not list((tmp_path / "out").rglob("*.onar-part"))


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    source = collection(tmp_path / "in", 40)

    def kill_one(progress: Progress) -> None:
        if progress.finished == 5:
            multiprocessing.active_children()[0].kill()

    summary = batch.run([source], tmp_path / "out", jobs=2, progress=kill_one)
    batch.run([source], tmp_path / "calm")
    assert (summary.done, summary.exit_code) == (40, 0)
    assert tree(tmp_path / "out") == tree(tmp_path / "calm")


def test_inputs_are_never_overwritten(tmp_path: Path) -> None:
    source = collection(tmp_path / "in")
    before = tree(source)
    with pytest.raises(InputError, match="give another one for the output"):
        batch.run([source], source)
    with pytest.raises(InputError, match="give another one for the output"):
        batch.run([source / "cilt0" / "sayi0.txt"], source / "cilt0")
    assert {name: data for name, data in tree(source).items() if name != batch.MANIFEST} == before


def test_an_output_folder_inside_the_input_folder_is_not_read_again(tmp_path: Path) -> None:
    source = collection(tmp_path / "in")
    assert batch.run([source], source / "onarilan").documents == 6
    assert batch.run([source], source / "onarilan").run.unchanged == 6


def test_two_inputs_with_one_output_are_refused(tmp_path: Path) -> None:
    for name in "ab":
        collection(tmp_path / name, 1)
    with pytest.raises(InputError, match=r"would both become cilt0/sayi0\.txt"):
        batch.run([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert batch.run([tmp_path / "a", tmp_path / "a"], tmp_path / "out").documents == 1


def test_what_cant_begin_says_so(tmp_path: Path) -> None:
    source = collection(tmp_path / "in")
    with pytest.raises(InputError, match="standard input"):
        batch.run(["-"], tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        batch.run([tmp_path / "empty"], tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(onar.OnarError, match="another output folder"):
        batch.run([source], tmp_path / "file")


def test_what_a_killed_run_left_half_written_is_swept_away(tmp_path: Path) -> None:
    source, out = collection(tmp_path / "in", 2), tmp_path / "out"
    batch.run([source], out)
    (out / "cilt0" / ".sayi0.txt.abc.onar-part").write_text("half")
    (out / "cilt0" / "mine.onar-part").write_text("a person's")
    batch.run([source], out)
    assert not (out / "cilt0" / ".sayi0.txt.abc.onar-part").exists()
    assert (out / "cilt0" / "mine.onar-part").exists()


def test_a_moved_collection_is_still_done(tmp_path: Path) -> None:
    collection(tmp_path / "a" / "in")
    batch.run([tmp_path / "a" / "in"], tmp_path / "a" / "out")
    shutil.move(tmp_path / "a", tmp_path / "b")
    assert batch.run([tmp_path / "b" / "in"], tmp_path / "b" / "out").run.unchanged == 6


def test_names_with_spaces_and_turkish_letters_and_an_empty_document(tmp_path: Path) -> None:
    source = tmp_path / "gelen belgeler"
    source.mkdir()
    for name in ("Şubat sayısı.txt", "iki  boşluk.txt", "i̇şaret.txt"):
        (source / name).write_text("giivenlik\n")
    (source / "boş.txt").write_text("")
    summary = batch.run([source], tmp_path / "out")
    assert (summary.done, summary.exit_code) == (4, 0)
    assert tree(tmp_path / "out").keys() >= tree(source).keys()


def test_progress_tells_rate_time_left_and_damage(tmp_path: Path) -> None:
    seen: list[str] = []
    batch.run([collection(tmp_path / "in")], tmp_path / "out", progress=lambda progress: seen.append(str(progress)))
    assert len(seen) == 6
    assert seen[-1].startswith("6/6 restored, ")
    assert "0:00:00 left" in seen[-1]
    assert "words damaged" in seen[-1]


def test_progress_counts() -> None:
    progress = Progress(10)
    assert progress.rate == 0.0
    progress.count(Record("a", "done", "", "", "", figures=Figures(words=10, applied=2)))
    progress.count(Record("b", "failed", "", "", "", error="no"), fresh=True)
    progress.count(Record("c", "done", "", "", "", figures=Figures(words=10, flagged=1)), fresh=False)
    assert (progress.finished, progress.failed, progress.unchanged) == (3, 1, 1)
    assert "15.0% of 20 words damaged, 1 failed" in str(progress)


def test_every_option_reaches_the_restorer(tmp_path: Path) -> None:
    source = collection(tmp_path / "in", 1)
    usual, strict = (
        batch.run([source], tmp_path / f"out{least}", Options({"min_confidence": least})) for least in (0.0, 1.0)
    )
    assert usual.applied > strict.applied
    assert usual.applied + usual.flagged == strict.applied + strict.flagged
    (tmp_path / "eski.txt").write_bytes("özel: Tiirkiye giivenligi ve iilkelerin durumu".encode("cp1254"))
    old = batch.run([tmp_path / "eski.txt"], tmp_path / "old", Options(encoding="cp1254"))
    assert old.exit_code == 0
    assert "güvenliği ve ülkelerin" in (tmp_path / "old" / "eski.txt").read_bytes().decode("cp1254")


def test_unknown_rules_end_the_run_before_it_begins(tmp_path: Path) -> None:
    if "STUB" in Path(onar.restore.__code__.co_filename).read_text("utf-8"):
        pytest.skip("the stub reads no rules")
    (tmp_path / "rules.tsv").write_text("no table\n")
    with pytest.raises(RuleError):
        batch.run([collection(tmp_path / "in")], tmp_path / "out", Options({"rules": str(tmp_path / "rules.tsv")}))


def test_the_command_line_is_a_thin_door(tmp_path: Path) -> None:
    source = collection(tmp_path / "in", 4)
    (source / "bozuk.txt").write_bytes(b"\xfe\xfd\xfc giivenlik")
    start = "import sys; from onar.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", start, "restore", str(source), "-o", str(tmp_path / "out"), "-j", "2"]
    command += ["--summary", str(tmp_path / "ozet.json"), "--collection", str(tmp_path / "dergi.tsv")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 5, done.stderr
    assert "bozuk.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    figures = json.loads((tmp_path / "ozet.json").read_text("utf-8"))
    Draft202012Validator(log.schema("summary")).validate(figures)
    assert (figures["documents"], figures["done"], figures["run"]["jobs"]) == (5, 4, 2)
    assert (tmp_path / "dergi.tsv").read_text("utf-8").startswith("# onar-collection/1")
    again = subprocess.run([*command, "--force"], capture_output=True, text=True, timeout=120, check=False)
    assert again.returncode == 5
    assert "this run: 4 restored" in again.stderr
