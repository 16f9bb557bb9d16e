#!/usr/bin/env bash
# What a change has to pass before it is handed in. Leaves the work tree as it was, and fails if something did not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

step() { printf '\n== %s\n' "$*"; }

work_tree() { git status --porcelain --untracked-files=all && git diff HEAD | cksum; }

before=$(work_tree)

step restore
dotnet restore DaprSocial.sln

if command -v npx >/dev/null; then
  step contracts
  buf() { npx --yes @bufbuild/buf "$@"; }
  buf lint
  # Dapr's own protos keep lines within our width, where the formatter would join them.
  buf format --diff --exit-code --exclude-path protos/dapr
  if base=$(git merge-base HEAD origin/main 2>/dev/null); then
    buf breaking --against "$(git rev-parse --git-common-dir)#ref=$base"
  fi
else
  step "contracts: not checked, npx is missing"
fi

step format
dotnet format DaprSocial.sln --no-restore --verify-no-changes

step build
dotnet build DaprSocial.sln --no-restore

step test
./social test

step "work tree"
after=$(work_tree)
if [ "$before" != "$after" ]; then
  printf 'The checks changed the work tree:\n%s\n' "$after" >&2
  exit 1
fi
echo "unchanged"
