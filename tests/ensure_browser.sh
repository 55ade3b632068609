#!/bin/sh
# The page tests need a Chromium. Find one, install it where that is possible, or say in one
# line what is missing; the tests of pages are skipped then, all others run. One without windows
# opens a page in a quarter of the time: where the system offers it, it is preferred.
set -u
has() { command -v "$1" >/dev/null 2>&1; }
apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::http::Timeout=20 "$@" >/dev/null 2>&1; }

[ -n "${ARCHIVE_CHROMIUM:-}" ] && [ -x "$ARCHIVE_CHROMIUM" ] && exit 0
has chromium-headless-shell && exit 0
can_install=$([ "$(id -u)" = 0 ] && has apt-get && echo yes)
if [ "$can_install" ] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    echo "installing a Chromium without windows for the tests of pages"
    apt install -y --no-install-recommends chromium-headless-shell && exit 0
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    has "$name" && exit 0
done
if [ "$can_install" ]; then
    echo "installing Chromium for the tests of pages"
    apt update
    for name in chromium-headless-shell chromium; do
        apt install -y --no-install-recommends "$name" && has "$name" && exit 0
    done
fi
if .venv/bin/playwright install chromium >/dev/null 2>&1; then exit 0; fi
echo "no Chromium found: install the package chromium, or set ARCHIVE_CHROMIUM to its path; the tests of pages are skipped" >&2
exit 0
