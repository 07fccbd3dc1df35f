import lib.a
from acme.auth import login
