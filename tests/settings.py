"""The settings under which the tests run: data in a folder that goes away, quick passwords, a database in a file."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# In memory where there is such a folder: the tests do not wait for a disk.
_parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_folder = tempfile.mkdtemp(prefix="beluur-test-", dir=_parent)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

os.environ["BELUUR_DATA"] = _folder
os.environ.setdefault("BELUUR_SECRET_KEY", "only-for-tests")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in the thread of the test
for _name in ("BELUUR_NOW", "BELUUR_DEBUG", "BELUUR_PUBLIC_URL", "BELUUR_HOSTS"):
    os.environ.pop(_name, None)

from beluur.wiring.settings import *  # noqa: E402, F403
from beluur.wiring.settings import DATABASES, LOGGING  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = "WARNING"
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
