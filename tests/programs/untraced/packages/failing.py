print("failing")
1 / 0
