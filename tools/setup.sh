#!/usr/bin/env bash
# Sets up .venv in the checkout. Installs system packages only where it may (root with apt); else it prints the exact
# command and goes on with what is there.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON="${PYTHON:-python3}"
say() { printf '%s\n' "$*"; }
can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

have_llvm() {
  local file version
  for file in ${DRJIT_LIBLLVM_PATH:-} /usr/lib/*/libLLVM*.so* /usr/lib/llvm-*/lib/libLLVM*.so* /usr/lib64/libLLVM*.so*; do
    [ -e "$file" ] || continue
    version=$(basename "$(readlink -f "$file")" | grep -oE '[0-9]+' | head -1)
    [ "${version:-0}" -ge 16 ] && return 0
  done
  return 1
}

have_fonts() { [ -n "$(ls /usr/share/fonts/opentype/noto/NotoSansCJK* /usr/share/fonts/truetype/noto/NotoSansCJK* 2>/dev/null)" ]; }

say "[1/4] Looking at this machine"
"$PYTHON" - <<'PY' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Maquette needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
             "Install one and run: make PYTHON=python3.12 demo")
PY
wanted=()
have_llvm || wanted+=(llvm)
have_fonts || wanted+=(fonts)
"$PYTHON" -c 'import ensurepip' 2>/dev/null || wanted+=(venv)
if [ ${#wanted[@]} -gt 0 ]; then
  packages=()
  if can_apt; then
    apt-get update -qq || say "      apt-get update failed; going on with the package lists that are there"
  fi
  for want in "${wanted[@]}"; do
    case "$want" in
      fonts) packages+=(fonts-noto-core fonts-noto-cjk) ;;
      venv) packages+=("python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv") ;;
      llvm)
        chosen=libllvm19
        if command -v apt-cache >/dev/null; then
          for version in 19 20 18 17 16; do
            for name in "libllvm$version" "libllvm${version}t64"; do
              if [ -n "$(apt-cache policy "$name" 2>/dev/null | grep -E 'Candidate: [0-9]')" ]; then chosen=$name; break 2; fi
            done
          done
        fi
        packages+=("$chosen") ;;
    esac
  done
  if can_apt; then
    say "      Installing system packages: ${packages[*]}"
    for package in "${packages[@]}"; do
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
        say "      Could not install $package; going on without it"
    done
  else
    say "      For the fast renderer and non-Latin text, an administrator can run:"
    say "          sudo apt-get install ${packages[*]}"
    say "      Going on without: the slower renderer is used where libLLVM is missing."
  fi
fi

say "[2/4] Python environment in .venv"
[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
PIP=(.venv/bin/python -m pip --disable-pip-version-check)

say "[3/4] PyTorch 2.13.0 (the largest download)"
"${PIP[@]}" install -q --progress-bar on -c constraints.txt torch==2.13.0

say "[4/4] Maquette and the libraries it stands on"
"${PIP[@]}" install -q --progress-bar on -c constraints.txt -e '.[test]'
touch .venv/.ready
say "Ready."
