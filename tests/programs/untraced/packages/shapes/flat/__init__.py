print("running", __name__)
