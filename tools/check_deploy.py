"""Django's own check of a deployment, in an environment as production would have it."""

import os
import secrets
import subprocess
import sys
import tempfile

from tools.paths import PYTHON, ROOT


def production(var: str) -> dict[str, str]:
    """An invented production: the values have the right shape and are thrown away."""
    return {
        "FONDACO_MODE": "production",
        "FONDACO_SECRET_KEY": secrets.token_urlsafe(64),
        "FONDACO_DATABASE_URL": "postgres://fondaco@localhost/fondaco",
        "FONDACO_VAR": var,
        "FONDACO_HOSTS": "fondaco.example",
        "FONDACO_ADDRESS": "https://fondaco.example",
        "FONDACO_EMAIL_URL": "smtps://mail.example:465",
        "FONDACO_BEHIND_PROXY": "yes",
    }


def main() -> int:
    """Every warning counts as a failure."""
    others = {k: v for k, v in os.environ.items() if not k.startswith(("FONDACO_", "DJANGO_"))}
    command = [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    with tempfile.TemporaryDirectory(prefix="fondaco-check-") as var:
        env = {**others, **production(var)}
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
