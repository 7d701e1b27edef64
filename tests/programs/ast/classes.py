# The classes of nodes: what they derive from, what they have, what is said of them.
import _ast

for name, cls in vars(_ast).items():
    if isinstance(cls, type) and cls.__module__ == "ast":
        base = cls.__base__.__name__
        print(name, base, cls._fields, cls._attributes, cls.__match_args__ == cls._fields)
        print("   ", cls.__doc__)
        print("   ", getattr(cls, "_field_types", None))
print(_ast.PyCF_ONLY_AST, _ast.PyCF_TYPE_COMMENTS, _ast.PyCF_OPTIMIZED_AST, _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
print(_ast.expr.end_lineno, _ast.arg.annotation, _ast.FunctionDef.returns)
print(hasattr(_ast.pattern, "end_lineno"), hasattr(_ast.type_param, "end_lineno"), hasattr(_ast.Name, "ctx"))
print(_ast.Name.__annotations__ is _ast.Name._field_types)
_ast.Name.shade = "green"
print(_ast.Name("x").shade)
print(issubclass(_ast.Load, _ast.expr_context), _ast.Load.__mro__)
