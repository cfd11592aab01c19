"""Work pools: how Shifan runs on more than one process or machine."""
