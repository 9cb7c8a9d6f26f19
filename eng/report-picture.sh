#!/usr/bin/env bash
# Makes docs/report.png anew: the top of quickstart's report, 1,280 wide, as a headless Chromium shows it.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

browser="${CREDENCE_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
if [[ -z "$browser" ]]; then
  echo "No Chromium is installed; set CREDENCE_CHROMIUM to one." >&2
  exit 1
fi

"$root/credence" quickstart --out "$folder" --quiet >/dev/null
"$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
  --window-size=1280,1330 --screenshot="$folder/report.png" "file://$folder/report.html" >/dev/null 2>&1
mv "$folder/report.png" "$root/docs/report.png"
ls -l "$root/docs/report.png"
