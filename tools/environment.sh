#!/usr/bin/env bash
# Makes an environment from the lock and nothing else: tools/environment.sh run | dev | bench | chromium
# `run` and `dev` fill .venv from uv.lock; `bench` fills .bench with the peers the benchmark measures against.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

UV_VERSION=0.13.9
say() { printf '%s\n' "$*" >&2; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    [ -n "$name" ] || continue
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return
    fi
  done
  say "Privity needs Python 3.11 or newer, and none was found. Install it, or name it: make PYTHON=/path/to/python3"
  exit 1
}

apt() {
  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then return 1; fi
  say "Installing with apt-get: $*"
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

make_venv() {  # FOLDER
  [ -x "$1/bin/python" ] && "$1/bin/python" -c '' 2>/dev/null && return
  rm -rf "$1"
  if ! "$PY" -m venv "$1" >/dev/null 2>&1; then   # Debian keeps ensurepip in a package of its own
    rm -rf "$1"
    apt python3-venv || { say "$PY cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
    "$PY" -m venv "$1"
  fi
}

uv() {
  if [ ! -x .tools/bin/uv ] || [ "$(.tools/bin/uv --version | cut -d' ' -f2)" != "$UV_VERSION" ]; then
    say "Installing uv $UV_VERSION into .tools"
    make_venv .tools
    .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
  fi
  .tools/bin/uv "$@"
}

sync() {  # GROUP...
  local stamp=.venv/.made-from mark group want="$*"
  mark="$(cat uv.lock pyproject.toml | sha256sum | cut -c1-64)"
  # An environment made for the tests serves `run` as well, and stays one.
  if [ -z "$want" ] && grep -qs " dev$" "$stamp"; then want=dev; fi
  if grep -qsx "$mark $want" "$stamp"; then return; fi
  make_venv .venv
  say "Filling .venv from uv.lock"
  local groups=()
  for group in $want; do groups+=(--group "$group"); done
  UV_PROJECT_ENVIRONMENT=.venv uv sync --frozen --quiet --python "$(pwd)/.venv/bin/python" "${groups[@]}"
  printf '%s %s\n' "$mark" "$want" > "$stamp"
}

chromium() {
  local name
  for name in "${PRIVITY_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$name" ] && [ -x "$name" ]; then return; fi
  done
  apt chromium fonts-liberation && return
  if [ -n "${CI:-}" ]; then
    say "The browser tests need Chromium, and it could not be installed. With CI set nothing is left out."
    exit 1
  fi
  say "LEFT OUT: the browser tests. They need Chromium; install it (apt-get install chromium), or name it in PRIVITY_CHROMIUM."
}

PY="$(find_python)"
export UV_PYTHON_DOWNLOADS=never
case "${1:-}" in
  run) sync ;;
  dev) sync dev ;;
  chromium) chromium ;;
  bench)
    sync dev
    make_venv .bench
    say "Installing the benchmark's peers into .bench"
    .bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
    ;;
  *) say "usage: tools/environment.sh run | dev | bench | chromium"; exit 2 ;;
esac
