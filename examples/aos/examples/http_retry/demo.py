"""How to use the SDK."""

from aos_sdk import AOSClient, RuntimeContext, Trace

if __name__ == "__main__":
    print(AOSClient().simulate({}), RuntimeContext().seed, Trace())
