from shop import later
