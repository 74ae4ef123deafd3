print("strat")
