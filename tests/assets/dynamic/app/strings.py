import os
from pkgutil import resolve_name

from werkzeug.utils import import_string

import_string("app.db.Session")
import_string("app.plugins.Reader")
resolve_name("app.mail:send")
resolve_name("json:dumps")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.queue")
