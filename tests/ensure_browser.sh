#!/bin/sh
# The page tests need a Chromium. Find one, install it where that is possible, or say in one
# line what is missing; the tests of pages are skipped then, all others run.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "${ARCHIVE_CHROMIUM:-}" ] && [ -x "$ARCHIVE_CHROMIUM" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Chromium for the tests of pages"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) \
        >/dev/null 2>&1 && command -v chromium >/dev/null 2>&1 && exit 0
fi
if .venv/bin/playwright install chromium >/dev/null 2>&1; then exit 0; fi
echo "no Chromium found: install the package chromium, or set ARCHIVE_CHROMIUM to its path; the tests of pages are skipped" >&2
exit 0
