#!/usr/bin/env bash
# Makes a virtual environment with the packages of a list: `tests/tools/python.sh FOLDER LIST`. Needs Python with venv.
# Each package of the list has one version and the digest of its file there, and is compared with it before any of its code runs.
# Which versions these packages need themselves, pip chooses.
set -euo pipefail
folder=$1 list=$2

python3 -m venv "$folder"
pip=("$folder/bin/pip" --quiet --disable-pip-version-check)
# Only wheels, because the source of a package is a program that makes one. Only files: pip's own mode of digests would ask for those
# of everything below, which another version of Python needs others of.
"${pip[@]}" download --no-deps --only-binary :all: --require-hashes --dest "$folder/listed" --requirement "$list"
"${pip[@]}" install "$folder"/listed/*
