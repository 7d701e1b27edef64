"""Modules of other operating systems are not found."""

for name in ["_wmi", "_winapi", "_overlapped", "_scproxy", "msvcrt", "nt", "winreg", "winsound"]:
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error, error.name)

try:
    import _wmi
except ImportError:
    print("does without")
