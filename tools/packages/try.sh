#!/usr/bin/env bash
# Packs what is built, and uses the packages as a stranger does: installs the tool from a local feed, runs a console program that refers to
# them, and publishes a program compiled ahead of time that loads a model and predicts.
#   tools/packages/try.sh [FOLDER]     works in FOLDER, or in a new one that it removes
# CREDENCE_AOT=0 leaves the last step out; so does a machine without clang or gcc. Build first: dotnet build -c Release.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
source "$root/eng/require-sdk.sh"
if [[ $# -gt 0 ]]; then
  work="$1"
  mkdir -p "$work"
else
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
fi

# A version of its own and a package folder of its own: nothing of an earlier try is taken, and nothing is left behind. What the build
# restored is taken from where it lies.
version="0.0.0-try.$$"
known="${NUGET_PACKAGES:-$HOME/.nuget/packages}"
export NUGET_PACKAGES="$work/packages" MSBUILDDISABLENODEREUSE=1
quiet=(--nologo -v quiet -clp:NoSummary)

mkdir -p "$work/feed" "$work/console" "$work/native"
dotnet build "$root/tools/packages/pack.proj" "${quiet[@]}" -p:Feed="$work/feed" -p:NoBuild=true -p:PackageVersion="$version" >&2
echo "packed $(ls "$work/feed" | grep -c '\.nupkg$') packages and $(ls "$work/feed" | grep -c '\.snupkg$') of symbols"

# The local feed alone, so that no network is asked; the compiler of native code may come from the usual one.
config() {
  cat <<CONFIG
<configuration>
  <packageSources>$1<add key="try" value="$work/feed" /></packageSources>
  <fallbackPackageFolders><add key="known" value="$known" /></fallbackPackageFolders>
</configuration>
CONFIG
}
config "<clear />" >"$work/nuget.config"
config "" >"$work/usual.config"

cd "$work"
dotnet tool install Credence.Cli --tool-path "$work/tool" --version "$version" --configfile "$work/nuget.config" -v quiet >&2
echo "tool: $("$work/tool/credence" explain --logits 2,1,0.1 | grep -m 1 -o '0\.659[0-9]*\|65\.9 %' || echo "says nothing of 65.9 %")"

project() {
  cat <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <NuGetAudit>false</NuGetAudit>
    $1
  </PropertyGroup>
  <ItemGroup>
    $(for name in "${@:2}"; do echo "<PackageReference Include=\"$name\" Version=\"$version\" />"; done)
  </ItemGroup>
</Project>
PROJECT
}

cp "$root/tools/packages/consumer/Program.cs" console/
project "" Credence Credence.Files Credence.Workflows Credence.Report >console/console.csproj
dotnet build console -c Release "${quiet[@]}" -p:RestoreConfigFile="$work/nuget.config" >&2
(cd console && dotnet exec bin/Release/net10.0/console.dll) | sed 's/^/console: /'

if [[ "${CREDENCE_AOT:-1}" == 0 ]]; then
  echo "native: left out, since CREDENCE_AOT is 0"
elif ! command -v clang >/dev/null 2>&1 && ! command -v gcc >/dev/null 2>&1; then
  echo "native: left out, since neither clang nor gcc is on the path to link with"
else
  cp "$root/tools/packages/native/Program.cs" native/
  project "<PublishAot>true</PublishAot>" Credence >native/native.csproj
  if dotnet publish native -c Release "${quiet[@]}" -p:RestoreConfigFile="$work/usual.config" -o "$work/published" >"$work/publish.log" 2>&1; then
    "$work/published/native" console/visits.credence | sed 's/^/native: /'
  elif grep -q "Platform linker\|cannot find -l" "$work/publish.log"; then
    echo "native: left out, since the linker or a library for it is missing"
  elif grep -q "NU1101\|NU1102\|NU1301" "$work/publish.log"; then
    echo "native: left out, since the ILCompiler package is not to be had"
  else
    cat "$work/publish.log" >&2
    exit 1
  fi
fi
