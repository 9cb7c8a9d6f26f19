#!/usr/bin/env bash
# Trains on each data set as it comes and predicts its test rows, for sklearn_tables.py to stand beside.
# usage: tables.sh DATA FOLDER [NAME ...]
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
data="$1" out="$2"
shift 2
only=" $* "
mkdir -p "$out"

# run NAME PREDICTED ARGUMENTS...: what is predicted, then what train is given.
run() {
  local name="$1" predicted="$2"
  shift 2
  if [[ "$only" != "  " && "$only" != *" $name "* ]]; then return; fi
  "$root/credence" train "$@" --json --out "$out/$name.credence" --report "$out/$name.html" --split-out "$out/$name.split" \
    >"$out/$name.json" 2>"$out/$name.err" || { echo "$name failed:" >&2; cat "$out/$name.err" >&2; return; }
  local classes
  classes="$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["classes"]))' "$out/$name.json")"
  "$root/credence" predict "$out/$name.credence" "$predicted" --top "$classes" --out "$out/$name.csv" --quiet
}

train_test() { # NAME TRAIN TEST ARGUMENTS...
  local name="$1" train="$2" test="$3"
  shift 3
  run "$name" "$test" "$train" --test "$test" "$@"
}

alone() { # NAME FILE ARGUMENTS...
  local name="$1" file="$2"
  shift 2
  run "$name" "$file" "$file" "$@"
}

alone iris "$data/iris/iris.data" --label -1
alone wine "$data/wine/wine.csv" --label -1
alone wdbc "$data/breast_cancer/wdbc.data" --label 2
alone adult "$data/adult/adult.txt" --label -1
alone covtype "$data/covtype_sample/covtype_sample.csv" --label -1
alone letter "$data/letter/letter-recognition.data" --label -1
train_test optdigits "$data/optdigits/optdigits.tra" "$data/optdigits/optdigits.tes" --label -1
train_test satimage "$data/satimage/sat.trn" "$data/satimage/sat.tst" --label -1
alone sms "$data/sms_spam/SMSSpamCollection" --label 1
train_test dair "$data/dair_emotion/train.txt" "$data/dair_emotion/test.txt" --label label_name
train_test trec "$data/trec/train_5500.label" "$data/trec/TREC_10.label" --label 1 --separator ' ' --columns 2
train_test mnist "$data/mnist/train-images-idx3-ubyte.gz" "$data/mnist/t10k-images-idx3-ubyte.gz" \
  --labels "$data/mnist/train-labels-idx1-ubyte.gz" --test-labels "$data/mnist/t10k-labels-idx1-ubyte.gz"
