"""Turns CLINC150's one JSON file into jsonl files: in-scope rows to train on, in-scope rows to measure on, and out-of-scope rows.

    python3 bench/peers/clinc150.py ../shared/data/clinc150/data_full.json FOLDER

Larson and others 2019, "An evaluation dataset for intent classification and out-of-scope prediction". The validation rows are trained on: the
learner's own folds choose its penalty, and no out-of-scope row takes part in anything but the measurement.
"""
import json
import pathlib
import sys

source, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
data = json.loads(source.read_text(encoding="utf-8"))
folder.mkdir(parents=True, exist_ok=True)
for name, parts in {"train": ["train", "val"], "test": ["test"], "oos": ["oos_test"]}.items():
    rows = [json.dumps({"text": text, "intent": label}, ensure_ascii=False) for part in parts for text, label in data[part]]
    (folder / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{name}.jsonl: {len(rows)} rows")
