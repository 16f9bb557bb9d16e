#!/usr/bin/env bash
# Shows that the fault suite notices: takes one mechanism after another out of a copy of the sources, and runs the faults
# that it is there for. Each run must end with violations. See docs/faults.md.
# usage: tools/Faults/mutations/run.sh [NAME...]
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
root="$(cd "$here/../../.." && pwd -P)"
scratch="$(mktemp -d "${TMPDIR:-/tmp}/daprsocial-mutations.XXXXXX")"
trap 'rm -rf "$scratch"' EXIT
settings=(-c Release --nologo -v quiet -p:RunAnalyzers=false -p:NuGetAudit=false)
field() { sed -n "s/^$2: //p" "$1"; }

(cd "$root" && git ls-files -z | xargs -0 cp --parents -t "$scratch")
cd "$scratch"
dotnet build tools/Ctl/Ctl.csproj "${settings[@]}" >build.log || { tail -n 20 build.log >&2; exit 1; }
bin=tools/Ctl/bin/Release/net10.0

failed=0
patches=("$here"/*.patch)
[ $# -eq 0 ] || patches=("${@/#/$here/}") patches=("${patches[@]/%/.patch}")
for patch in "${patches[@]}"; do
  name="$(basename "$patch" .patch)"
  project="$(field "$patch" Project)"
  assembly="DaprSocial.$(basename "$project").dll"
  read -ra arguments <<<"$(field "$patch" Faults)"
  patch -sp1 <"$patch"
  cp "$bin/$assembly" right.dll
  # Nothing public changes, so that what was built on it stays as it is.
  dotnet build "$project" "${settings[@]}" -p:BuildProjectReferences=false >build.log || { tail -n 20 build.log >&2; exit 1; }
  cp "$project/bin/Release/net10.0/$assembly" "$bin/$assembly"
  code=0
  DAPRSOCIAL_ROOT="$scratch" timeout 600 dotnet "$bin/DaprSocial.Ctl.dll" faults "${arguments[@]}" --data "$scratch/.data" \
    >"run.log" 2>&1 || code=$?
  promises="$(sed -n 's/^VIOLATION of "\([^"]*\)".*/\1/p' run.log | sort | uniq -c | sed 's/^ *//' | paste -sd ';' -)"
  if [ "$code" -eq 3 ]; then
    printf '%-24s noticed: %s\n' "$name" "$promises"
  else
    printf '%-24s NOT NOTICED (exit code %s)\n' "$name" "$code"
    failed=1
  fi
  [ -z "${MUTATION_LOGS:-}" ] || cp run.log "$MUTATION_LOGS/$name.log"
  rm -rf "$scratch/.data"
  patch -sRp1 <"$patch"
  cp right.dll "$bin/$assembly"
done
exit "$failed"
