"""``python -m beluur``."""

import sys

from beluur.cli.main import main

sys.exit(main())
