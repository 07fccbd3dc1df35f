"""Runs a worker; imports it only then. The one link from routes to the runner."""


class WorkerExecutionResult(dict):
    """What came out."""


class ReplayResult(WorkerExecutionResult):
    """What came out the second time."""


def calculate_cost_cents(model: str, tokens_in: int, tokens_out: int) -> int:
    """The runner knows the prices."""
    from app.worker.runner import calculate_llm_cost_cents

    return calculate_llm_cost_cents(model, tokens_in, tokens_out)


def convert_brand_request(body: dict):
    """Make a brand of it."""
    from app.workers.business_builder.schemas.brand import BrandSchema

    return BrandSchema(body)


def execute_worker(task: str) -> WorkerExecutionResult:
    """Start the business builder."""
    from app.workers.business_builder.worker import BusinessBuilderWorker

    return WorkerExecutionResult(out=BusinessBuilderWorker().run(task))
