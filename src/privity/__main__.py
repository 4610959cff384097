"""`python -m privity`."""

import sys

from privity.cli.main import main

sys.exit(main())
