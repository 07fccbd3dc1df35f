from pkg import *

print(First, hidden, Third)
