import json.scanner
