import three
print(hasattr(three, "value"))
value = 1
