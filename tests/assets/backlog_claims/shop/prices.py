from shop.rebates import REBATE

PRICE = 100 - REBATE
