#!/usr/bin/env bash
# Processor time of starting the command, beside an empty console program in the same run: the least of several runs each, taken in turn.
#   tools/startup/measure.sh [RUNS]     prints a Markdown table; build first: dotnet build -c Release
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
source "$root/eng/require-sdk.sh"
runs="${1:-15}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cat >"$work/empty.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
</Project>
PROJECT
echo 'System.Console.WriteLine("1");' >"$work/Program.cs"
dotnet build "$work/empty.csproj" -c Release --nologo -v quiet >&2
credence="$root/src/Credence.Cli/bin/Release/net10.0/Credence.Cli.dll"

names=("an empty program" "credence --version" "credence explain --logits 2,1,0.1" "credence explain --logits 2,1,0.1 --json" "credence --help")
lines=("$work/bin/Release/net10.0/empty.dll" "$credence --version" "$credence explain --logits 2,1,0.1" \
  "$credence explain --logits 2,1,0.1 --json" "$credence --help")
least=(1000000 1000000 1000000 1000000 1000000)

# User and system time of a run, in milliseconds.
TIMEFORMAT='%U %S'
once() {
  local spent
  # shellcheck disable=SC2086 # a command line is several words
  spent="$({ time dotnet exec $1 >/dev/null 2>&1; } 2>&1)"
  awk '{ printf "%d", ($1 + $2) * 1000 }' <<<"$spent"
}

for ((run = 0; run < runs; run++)); do
  for i in "${!lines[@]}"; do
    spent="$(once "${lines[i]}")"
    if ((spent < least[i])); then least[i]=$spent; fi
  done
done

echo "| command | processor time, ms | times the empty program |"
echo "|---|---:|---:|"
for i in "${!lines[@]}"; do
  awk -v name="${names[i]}" -v spent="${least[i]}" -v empty="${least[0]}" \
    'BEGIN { printf "| %s | %d | %.2f |\n", name, spent, spent / empty }'
done
