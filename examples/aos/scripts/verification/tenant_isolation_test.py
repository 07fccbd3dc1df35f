"""Does a tenant see rows of another? Registered as a script; named like a test."""


def isolated(rows: list, tenant: str) -> bool:
    """Only rows of this tenant."""
    return all(row["tenant"] == tenant for row in rows)


if __name__ == "__main__":
    print("ok" if isolated([], "demo") else "leak")
