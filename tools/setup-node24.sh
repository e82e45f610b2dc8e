#!/usr/bin/env bash
# Brings Node 24 from the npm registry into .tools/node24, so that the tests can also run there, and prints the path
# of the binary. Not a devDependency: its bin would take the place of `node` in every npm script.
set -euo pipefail
cd "$(dirname "$0")/.."

package="node-$(node -p 'process.platform + "-" + process.arch')"
version=24.21.0
binary="$PWD/.tools/node24/node_modules/$package/bin/node"

if [ "$("$binary" --version 2>/dev/null || true)" != "v$version" ]; then
  mkdir -p .tools/node24
  npm install --prefix .tools/node24 --no-save --no-package-lock --prefer-offline "$package@$version" >&2
fi
"$binary" --version >&2
echo "$binary"
