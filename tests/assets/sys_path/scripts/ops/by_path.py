import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / 'other', ROOT / 'tools' / 'lib'):
    sys.path.append(folder)

import app.db
import helpers
from deep import names
