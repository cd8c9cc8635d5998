"""Adds the inputs in a folder to a corpus file: `keep.py FILE FOLDER`. The lines stay in order, so a diff shows only what is new."""

import pathlib
import sys

# So many inputs take seconds to replay, and a person can still look through the file.
MOST_INPUTS = 700
LONGEST = 1024

ESCAPED = {9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\"}


def escaped(data: bytes) -> str:
    """The text of `escape_ascii` in Rust, with unescaped quotes."""
    return "".join(ESCAPED.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}") for byte in data)


def main(file: pathlib.Path, folder: pathlib.Path) -> None:
    known = set(file.read_text().split("\n")[:-1])
    found = {escaped(path.read_bytes()) for path in folder.iterdir() if path.stat().st_size <= LONGEST} - known
    # The shortest of them say the most to a reader.
    kept = sorted(found, key=lambda line: (len(line), line))[: max(0, MOST_INPUTS - len(known))]
    file.write_text("".join(f"{line}\n" for line in sorted(known | set(kept))))
    print(f"{len(kept)} of {len(found)} new inputs kept, {len(known | set(kept))} in all")


main(*map(pathlib.Path, sys.argv[1:]))
