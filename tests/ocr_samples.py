"""Small hOCR, ALTO, PAGE and TSV files with the same six lines of text."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

LINES = ["giizel bir yer", "yeni diizen vebu iilke", "Ahmet & “Ali” dedi", "son yiik-", "sek bir le", "İzmir'de"]


def _words() -> list[list[tuple[str, int, int, int, int]]]:
    """Return each line's words with left, top, right, bottom."""
    rows = []
    for number, line in enumerate(LINES):
        left, row = 100, []
        for word in line.split():
            row.append((word, left, 50 + 40 * number, left + 12 * len(word), 80 + 40 * number))
            left += 12 * len(word) + 10
        rows.append(row)
    return rows


def hocr(encoding: str = "utf-8") -> bytes:
    out = [
        f'<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">\n'
        "<head><title></title><meta name='ocr-system' content='tesseract 5.3.0'/></head>\n<body>\n"
        "<div class='ocr_page' id='page_1' title='image \"a.png\"; bbox 0 0 900 600; ppageno 0'>\n<p class='ocr_par'>\n"
    ]
    for number, row in enumerate(_words(), 1):
        out.append(f" <span class='ocr_line' id='line_{number}' title=\"bbox 100 50 800 80; baseline 0 -5\">\n")
        for place, (word, *box) in enumerate(row, 1):
            sides = " ".join(map(str, box))
            out.append(
                f"  <span class='ocrx_word' id='word_{number}_{place}' title='bbox {sides}; x_wconf 8{place}'>"
                f"{escape(word)}</span>\n"
            )
        out.append(" </span>\n")
    return "".join([*out, "</p>\n</div>\n</body>\n</html>\n"]).encode(encoding, "xmlcharrefreplace")


def alto(encoding: str = "utf-8", prefix: str = "") -> bytes:
    p = f"{prefix}:" if prefix else ""
    space = (
        f'xmlns:{prefix}="http://www.loc.gov/standards/alto/ns-v3#"'
        if prefix
        else 'xmlns="http://www.loc.gov/standards/alto/ns-v3#"'
    )
    out = [
        f'<?xml version="1.0" encoding="{encoding}"?>\n<{p}alto {space}>\n<{p}Layout><{p}Page ID="p1" WIDTH="900" '
        f'HEIGHT="600"><{p}PrintSpace><{p}TextBlock ID="b1">\n'
    ]
    halves = {"yiik-": ("yiik", 'SUBS_TYPE="HypPart1" SUBS_CONTENT="yiiksek" ', f'<{p}HYP CONTENT="-"/>')}
    for number, row in enumerate(_words(), 1):
        out.append(f'<{p}TextLine ID="l{number}">')
        for place, (word, left, top, right, bottom) in enumerate(row, 1):
            text, more, after = halves.get(word, (word, "", ""))
            more = 'SUBS_TYPE="HypPart2" SUBS_CONTENT="yiiksek" ' if word == "sek" else more
            out.append(f'<{p}SP WIDTH="10"/>' * (place > 1))
            out.append(
                f'<{p}String ID="s{number}_{place}" HPOS="{left}" VPOS="{top}" WIDTH="{right - left}" '
                f'HEIGHT="{bottom - top}" WC="0.8{place}" {more}CONTENT={quoteattr(text)}/>{after}'
            )
        out.append(f"</{p}TextLine>\n")
    tail = f"</{p}TextBlock></{p}PrintSpace></{p}Page></{p}Layout></{p}alto>\n"
    return "".join([*out, tail]).encode(encoding, "xmlcharrefreplace")


def page(words: bool = True, encoding: str = "utf-8") -> bytes:
    out = [
        f'<?xml version="1.0" encoding="{encoding}"?>\n<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/'
        '2019-07-15"><Metadata/>\n<Page imageFilename="a.png" imageWidth="900" imageHeight="600">\n'
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r2"/>'
        '<RegionRefIndexed index="0" regionRef="r1"/></OrderedGroup></ReadingOrder>\n'
    ]
    rows = _words()
    for region, part in (("r2", rows[5:]), ("r1", rows[:5])):
        out.append(f'<TextRegion id="{region}"><Coords points="0,0 900,0 900,600 0,600"/>\n')
        for number, row in enumerate(part, 1):
            out.append(f'<TextLine id="{region}l{number}"><Coords points="100,50 800,50 800,80 100,80"/>\n')
            for place, (word, left, top, right, bottom) in enumerate(row, 1):
                points = f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
                if words:
                    out.append(
                        f'<Word id="{region}w{number}_{place}"><Coords points="{points}"/><TextEquiv conf="0.8{place}">'
                        f"<Unicode>{escape(word)}</Unicode></TextEquiv></Word>\n"
                    )
            text = escape(" ".join(word for word, *_ in row))
            out.append(f'<TextEquiv conf="0.7"><Unicode>{text}</Unicode></TextEquiv></TextLine>\n')
        text = escape("\n".join(" ".join(word for word, *_ in row) for row in part))
        out.append(f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextRegion>\n")
    return "".join([*out, "</Page></PcGts>\n"]).encode(encoding, "xmlcharrefreplace")


def tsv() -> bytes:
    names = "level page_num block_num par_num line_num word_num left top width height conf text"
    out = ["\t".join(names.split()), "1\t1\t0\t0\t0\t0\t0\t0\t900\t600\t-1\t"]
    for number, row in enumerate(_words(), 1):
        out.append(f"4\t1\t1\t1\t{number}\t0\t100\t50\t700\t30\t-1\t")
        for place, (word, left, top, right, bottom) in enumerate(row, 1):
            row_ = (5, 1, 1, 1, number, place, left, top, right - left, bottom - top, f"8{place}.5", word)
            out.append("\t".join(map(str, row_)))
    return ("\n".join(out) + "\n").encode()


def all_samples() -> list[tuple[str, bytes]]:
    return [
        ("hocr", hocr()),
        ("hocr", hocr("iso-8859-9")),
        ("hocr", hocr("utf-16")),
        ("alto", alto()),
        ("alto", alto(prefix="a")),
        ("page", page()),
        ("page", page(words=False)),
        ("tsv", tsv()),
    ]
