#!/usr/bin/env bash
# Trains from disk on rows of forest cover, and prints peak memory, rows a second and figures; the exact path beside it where the rows are few enough.
# usage: [PYTHON=…] streamed.sh DATA FOLDER [ROWS]; PYTHON is one with numpy.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
data="$1" out="$2" rows="${3:-10000000}"
python="${PYTHON:-python3}"
mkdir -p "$out"
make() { [[ -f "$2" ]] || "$python" "$root/bench/peers/covertype.py" "$data/covtype_sample/covtype_sample.csv" "$1" "$2" "$3"; }
make "$rows" "$out/rows.csv" 0
make 50000 "$out/fresh.csv" 9
dotnet build "$root/src/Credence.Cli" -c Release --nologo -v quiet >&2
credence() { dotnet exec "$root/src/Credence.Cli/bin/Release/net10.0/Credence.Cli.dll" "$@"; }

# measure NAME ARGUMENTS...: trains, and measures on rows of another draw.
measure() {
  local name="$1"
  shift
  /usr/bin/time -f '%e %M' -o "$out/$name.time" dotnet exec "$root/src/Credence.Cli/bin/Release/net10.0/Credence.Cli.dll" \
    train "$out/rows.csv" --label -1 "$@" --json --out "$out/$name.credence" >"$out/$name.json"
  credence evaluate "$out/$name.credence" "$out/fresh.csv" --label -1 --json --quiet >"$out/$name.fresh.json"
  "$python" - "$out/$name" "$rows" <<'PY'
import json, sys
name, rows = sys.argv[1], int(sys.argv[2])
seconds, kilobytes = map(float, open(name + ".time").read().split()[-2:])
trained, fresh = json.load(open(name + ".json")), json.load(open(name + ".fresh.json"))
read = rows * (trained["certificate"]["passes"] + 2) if trained.get("streamed_passes") else rows
print(f"{name}: {seconds:.0f} s, {kilobytes / 1024:.0f} MB at the most, {read / trained['seconds']['train']:,.0f} rows/s read in training; "
      f"log loss {fresh['test']['log_loss']:.4f}, accuracy {fresh['test']['accuracy']:.4f}; J {trained['certificate']['objective']:.5f}, |grad J| {trained['certificate']['gradient_norm']:.1e}; {trained['seconds']}")
PY
}

measure adamw --stream
if ((rows <= 1000000)); then
  measure sgd --stream --optimizer sgd
  measure exact
fi
