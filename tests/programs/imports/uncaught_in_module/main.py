"""The traceback shows the modules, and nothing of the import itself."""
import outer
