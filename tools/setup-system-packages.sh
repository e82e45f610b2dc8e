#!/usr/bin/env bash
# Installs the programs that the tests drive and that npm does not bring: zsh (pasting a page's block), fish (its
# completion), tmux (the terminal), Chromium (the page as a browser shows it). Does nothing where they are there already.
set -euo pipefail

missing=()
for program in zsh fish tmux chromium; do
  command -v "$program" >/dev/null || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Please install ${missing[*]}: the tests need them" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
