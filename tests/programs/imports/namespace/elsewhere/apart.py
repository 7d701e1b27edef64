VALUE = "apart"
