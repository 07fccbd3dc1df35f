import single
