"""Twelve rows as Python's csv, json and gzip write them in many dialects and encodings, with label files, lines with labels, and a folder
of texts: tests/golden/tables, and beside them the values as rows.json.

    python3 tools/golden/tables.py
"""
import csv
import gzip
import io
import json
import os
import random
import shutil
import struct
from datetime import datetime, timezone

OUT = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden", "tables")
PRICES = [0.5, -1.25, None, 1e300, 0.1, 3.0, 2.5e-7, 123456789.125, 4.0, None, 1 / 3, -0.0]
COUNTS = [3, 1, 2, 2, 0, 7, 12, 2, 2, 1, 1, 5]
COLOURS = ["red", "blue", None, "red", "grün", "blue", "red", "blue", "grün", "red", None, "red"]
DAYS = ["2024-02-29", "1969-12-31", None, "2001-01-01", "2024-03-01", "1999-12-31"] * 2
NOTES = [
    "a first text", "the second, with a comma", 'she said "no" twice', "two lines\nin one cell", "größer als zwölf Öfen", "tabs\tand; semicolons | bars",
    "a cell of spaces here", "the eighth text of all", "naïve café résumé", "one more short text", "yet another short text", "the last text here",
]
LABELS = ["yes", "no", "no", "yes", "no", "yes", "yes", "no", "yes", "no", "no", "yes"]
NAMES = ["price", "count", "colour", "day", "note", "label"]
ROWS = list(zip(PRICES, COUNTS, COLOURS, DAYS, NOTES, LABELS))


def write(name, data):
    path = os.path.join(OUT, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def table(header=True, rows=ROWS, **dialect):
    text = io.StringIO(newline="")
    writer = csv.writer(text, **dialect)
    if header:
        writer.writerow(NAMES)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue()


def lines(rows, **options):
    return "".join(json.dumps(row, **options) + "\n" for row in rows)


shutil.rmtree(OUT, ignore_errors=True)
write("rows.json", json.dumps(dict(zip(NAMES, map(list, zip(*ROWS)))), ensure_ascii=False, indent=1) + "\n")

plain = table(lineterminator="\n")
write("comma.csv", plain)
write("comma-crlf.csv", table())
write("comma-all-quoted.csv", table(quoting=csv.QUOTE_ALL))
write("comma-no-header.csv", table(header=False, lineterminator="\n"))
write("comma-comments.csv", "# made for a test\n# of comments\n" + plain)
write("semicolon.csv", table(delimiter=";", lineterminator="\n"))
write("tab.tsv", table(delimiter="\t", lineterminator="\n"))
write("bar.txt", table(delimiter="|", lineterminator="\n"))
write("space.txt", table(delimiter=" ", lineterminator="\n"))
write("apostrophe.csv", table(quotechar="'", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n"))

write("utf8-mark.csv", plain.encode("utf-8-sig"))
write("utf16-mark.csv", plain.encode("utf-16"))
write("utf16-little.csv", plain.encode("utf-16-le"))
write("utf16-big.csv", plain.encode("utf-16-be"))
write("utf32-mark.csv", plain.encode("utf-32"))
write("latin1.csv", plain.encode("latin-1"))

half = len(plain) // 2
write("gzip.csv.gz", gzip.compress(plain.encode(), mtime=0))
write("gzip-members.csv.gz", b"".join(gzip.compress(part.encode(), mtime=0) for part in (plain[:half], "", plain[half:])))
write("gzip-stored.csv.gz", gzip.compress(plain.encode(), compresslevel=0, mtime=0))

objects = [dict(zip(NAMES, row)) for row in ROWS]
write("ascii.jsonl", lines(objects))
write("unicode.jsonl", lines(objects, ensure_ascii=False, separators=(",", ":")))
write("absent.jsonl", lines([{k: v for k, v in sorted(row.items(), reverse=True) if v is not None} for row in objects]))
write("gzip.jsonl.gz", gzip.compress(lines(objects).encode(), mtime=0))
write("nested.jsonl", lines([
    {"inner": {"price": row["price"], "deep": {"count": row["count"]}}, "point": [row["count"], row["price"], None], "good": row["label"] == "yes",
     "label": row["label"]} for row in objects]))

tags = [[colour for colour in (row["colour"], row["label"]) if colour] for row in objects]
write("lists.jsonl", lines([{"note": row["note"], "tags": tag} for row, tag in zip(objects, tags)]))
write("lists.csv", "note,tags\n" + "".join(f'"{i} and {i}",{" ; ".join(tag)}\n' for i, tag in enumerate(tags)))

write("labels/lines.txt", "".join(f"{label}\n" for label in LABELS))
write("labels/named.csv", "row,label\n" + "".join(f"{i},{label}\n" for i, label in enumerate(LABELS)))
write("labels/numbers.txt", "".join(f"{int(label == 'yes')}\n" for label in LABELS))
write("labels/names.txt", "no\nyes\n")

clean = [note.replace("\n", " ").replace("\t", " ") for note in NOTES]
write("patterns/split.txt", "".join(f"{label} {note}\n" for label, note in zip(LABELS, clean)))
write("patterns/bracket.txt", "".join(f"[{label}/g{i % 3}] {note}\n" for i, (label, note) in enumerate(zip(LABELS, clean))))
for label in ("yes", "no"):
    write(f"patterns/{label}-1.csv", table(rows=[row for row in ROWS if row[5] == label], lineterminator="\n"))

# Numbers and days as texts, and what they are.
rng = random.Random(4)
numbers = [rng.uniform(-1, 1) * 10.0 ** rng.randint(-320, 308) for _ in range(60)] + [5e-324, 1.7976931348623157e308, 9007199254740993.0, -0.0, 0.1, 123456789012345678]
forms = ["%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S.%fZ",
         "%Y-%m-%dT%H:%M:%S.%f+02:00", "%d-%b-%Y", "%d %b %Y", "%b %d %Y", "%b %d, %Y", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p",
         "%m/%d/%Y %I:%M:%S %p"]
days = []
for form in forms:
    for moment in (datetime(2024, 2, 29, 23, 59, 58, 123456), datetime(1999, 1, 3, 0, 5), datetime(1969, 12, 31, 12, 0, 7, 5)):
        text = moment.strftime(form)
        known = datetime.strptime(text.replace("+02:00", "+0200").replace("Z", "+0000"), form.replace("+02:00", "%z").replace("Z", "%z"))
        days.append([text, (known.astimezone(timezone.utc) if known.tzinfo else known).strftime("%Y-%m-%dT%H:%M:%S.%f")])
write("texts.json", json.dumps({"numbers": [[form.format(x), struct.pack(">d", float(form.format(x))).hex()] for x in numbers for form in ("{!r}", "{:.3e}", "{:+.20e}", "{:.17g}")], "days": days}, indent=0) + "\n")

for i, (label, note) in enumerate(zip(LABELS, NOTES)):
    write(f"folder/{label}/text{i:02}.txt", note + "\n")
