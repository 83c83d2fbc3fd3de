#!/bin/sh
# Make everything ready for `make demo` and `make test`: the shared libraries that Qt needs, a
# virtual environment with the locked packages, and this program in it. Quick when nothing changed,
# this script included.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

key="$(cat requirements.lock packaging/setup.sh | cksum) $PWD"
if [ "$(cat .venv/ready 2>/dev/null)" = "$key" ] && [ -x .venv/bin/python ]; then
    exit 0
fi

# What each shared library or program comes in, on Debian and its relatives.
LIBRARIES="
libEGL.so.1=libegl1 libGL.so.1=libgl1 libdbus-1.so.3=libdbus-1-3
libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0 libpulse.so.0=libpulse0
libX11-xcb.so.1=libx11-xcb1 libcups.so.2=libcups2 libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4
libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1
libxcb-randr.so.0=libxcb-randr0 libxcb-render-util.so.0=libxcb-render-util0
libxcb-shape.so.0=libxcb-shape0 libxcb-sync.so.1=libxcb-sync1
libxcb-xfixes.so.0=libxcb-xfixes0 libxcb-xkb.so.1=libxcb-xkb1
libxkbcommon-x11.so.0=libxkbcommon-x11-0
"
PROGRAMS="Xvfb=xvfb xdotool=xdotool chromium=chromium"

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
    known=$(ldconfig -p 2>/dev/null || true)
    for pair in $LIBRARIES; do
        case $known in *"${pair%%=*} "*) ;; *) printf '%s ' "${pair#*=}" ;; esac
    done
    for pair in $PROGRAMS; do
        command -v "${pair%%=*}" >/dev/null || printf '%s ' "${pair#*=}"
    done
}

# Install Debian packages when that is allowed without asking; else fail.
install() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    say "Installing $*"
    get="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60"
    options="-y --no-install-recommends"
    # The lists of a fresh machine are empty, so a second try follows an update.
    $get install $options "$@" >/dev/null 2>&1 ||
        { $get update >/dev/null && $get install $options "$@" >/dev/null; }
}

install_libraries() {
    [ "$(uname)" = Linux ] || return 0
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    # shellcheck disable=SC2086 # one word per package
    install $packages && return 0
    say "The window and some tests need what these packages hold; going on without them:"
    say "    sudo apt-get install --no-install-recommends $packages"
}

usable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if usable "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "QR Till needs Python 3.11, 3.12, 3.13 or 3.14, and none of them was found."
    say "Install one, or name it: make PYTHON=/path/to/python3.12 …"
    exit 1
}

python=$(find_python)
install_libraries

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if ! install "$package"; then
        say "Python's venv module is incomplete here. Install it, then try again:"
        say "    sudo apt-get install $package"
        exit 1
    fi
fi

say "Setting up .venv with $("$python" -V), once; this takes a minute."
"$python" -m venv --clear .venv
pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check "$@"; }
if ! pip install --require-hashes -r requirements.lock; then
    say "The packages couldn't be installed. Check the network, then try again."
    exit 1
fi
pip install --no-index --no-deps --no-build-isolation -e .
printf '%s\n' "$key" >.venv/ready
