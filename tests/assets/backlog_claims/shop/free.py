def rebate() -> int:
    from shop.rebates import REBATE

    return REBATE
