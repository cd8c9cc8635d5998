#!/usr/bin/env bash
# Installs what the package.json of a folder asks for into that folder: `tests/tools/npm.sh FOLDER`. Needs Node.js and npm.
# Each package there has one version, and its digest in `integrity`, and is compared with it before any of its code runs.
# Which versions these packages need themselves, npm chooses.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
mkdir listed
node "$here/listed.mjs" listed
# Without scripts: installing is no reason to run a program of a package that nobody looked at.
npm install --loglevel error --no-audit --no-fund --no-package-lock --no-save --ignore-scripts ./listed/*.tgz >listed/log || { cat listed/log >&2; exit 1; }
