"""The application as the server loads it: the pages, and beside them what works by itself, with the same keys."""

import gc
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privity.practice.site.settings")
_pages = get_wsgi_application()
gc.collect()
gc.freeze()  # the law and the pages stay: to look through them again and again for what may be thrown away takes half a second each time
gc.set_threshold(20_000, 20, 20)  # a page makes thousands of small things and leaves none behind

from django.conf import settings  # noqa: E402

from . import control, schedule  # noqa: E402
from .keeping import IN_USE, Keeping  # noqa: E402

keeping = Keeping.of(settings.CONFIG, Path(settings.DATA))
control.listen(keeping)
schedule.begin(keeping, settings.CONFIG)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Return a page. What a browser sends cannot bear the keeping's name: headers become HTTP_ names."""
    environ[IN_USE] = keeping
    return _pages(environ, start_response)
