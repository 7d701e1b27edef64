# First the whole file is compiled, then it runs from the top.
#
# Watch the tree of code objects before the first step: `later` and `never`
# are there already, compiled, though no line has run yet. A `def` is an
# ordinary instruction: it takes the finished code object and makes a function
# of it when the run comes past. Until then the name does not exist.

print("1. the file starts to run")

try:
    later()
except NameError as error:
    print("2. too early:", error)


def later():
    print("4. now it works")


print("3. the def has run")
later()

if False:  # known to be false: the compiler leaves the body out

    def never():
        print("nobody will see this")


try:
    never()
except NameError as error:
    print("5. its def never ran:", error)


def careless():
    # Compiled without complaint: names are looked up when the line runs.
    return undefined_name


print("6. compiled is not yet run")
try:
    careless()
except NameError as error:
    print("7. here it fails:", error)
