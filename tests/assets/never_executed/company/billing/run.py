from company.billing import rates
