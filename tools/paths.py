"""Where things lie in a checkout."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = str(BIN / "python")
LOCKS = ROOT / "requirements"


def stop(*lines: str, code: int = 2) -> "SystemExit":
    """Say what is wrong and what to do about it; to be raised."""
    print(*lines, sep="\n", file=sys.stderr)
    return SystemExit(code)
