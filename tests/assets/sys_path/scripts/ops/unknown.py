import os
import sys

sys.path.insert(0, os.environ['LIB'])
sys.path.insert(0, '/usr/lib')
sys.path.insert(0, os.path.join(__file__, *['..'] * 9))

import app.db
import helpers
