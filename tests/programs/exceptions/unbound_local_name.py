# An UnboundLocalError does not know the name, so no other one is suggested; a NameError does.
def unbound():
    idd
    idd = 1


def cell():
    def inner():
        return later

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error.name)
    later = 1


def deleted():
    value = 1
    del value
    del value


for function in (unbound, deleted):
    try:
        function()
    except UnboundLocalError as error:
        print(error, error.name, error.args)
cell()
unbound()
