import four
value = four.value + 1
