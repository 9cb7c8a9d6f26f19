#!/usr/bin/env bash
# Builds everything, runs every test project, and prints as its last line: N passed, N failed[, N skipped].
# Arguments, if any, name the test projects to run: ./test.sh Numerics Cli
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/require-sdk.sh"
cd "$root"

if [[ -z "${CREDENCE_DATA:-}" && -d "$root/../shared/data" ]]; then
  export CREDENCE_DATA="$root/../shared/data"
fi

if ! dotnet build Credence.slnx -c Release --nologo -v quiet >&2; then
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0 failed=0 skipped=0
for project in tests/*.Tests/; do
  name="$(basename "$project")"
  short="${name#Credence.}"; short="${short%.Tests}"
  if [[ $# -gt 0 && " $* " != *" $short "* ]]; then continue; fi

  log="$(mktemp)"
  dotnet exec "$project/bin/Release/net10.0/$name.dll" -noLogo -noColor >"$log" 2>&1
  code=$?
  cat "$log"
  summary="$(grep -E 'Total: [0-9]+.*Failed: [0-9]+' "$log" | tail -n 1)"
  rm -f "$log"
  count() { sed -n "s/.*$1: \([0-9]*\).*/\1/p" <<<"$summary"; }
  if [[ -z "$summary" ]]; then
    failed=$((failed + 1))
    echo "$name ended with exit code $code and no summary" >&2
    continue
  fi
  bad=$(($(count Failed) + $(count Errors)))
  if [[ $bad -eq 0 && $code -ne 0 ]]; then bad=1; fi
  failed=$((failed + bad))
  skipped=$((skipped + $(count Skipped)))
  passed=$((passed + $(count Total) - $(count Failed) - $(count Skipped)))
done

line="$passed passed, $failed failed"
if [[ $skipped -gt 0 ]]; then line="$line, $skipped skipped"; fi
echo "$line"
[[ $failed -eq 0 ]]
