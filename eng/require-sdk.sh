# Sourced by the scripts at the root: stops with advice where the .NET SDK that global.json asks for is missing.
required="$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\)\..*/\1/p' "$(dirname "${BASH_SOURCE[0]}")/../global.json")"
if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks 2>/dev/null | grep -q "^${required//./\\.}\."; then
  echo "The .NET SDK $required is needed and was not found." >&2
  echo "Get it from https://dotnet.microsoft.com/download/dotnet/$required, or with your system's packages: dotnet-sdk-$required" >&2
  exit 1
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
