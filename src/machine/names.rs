//! The names the machine itself looks up, interned once at fixed places of the heap.

use super::object::types;
use super::value::Handle;

macro_rules! names {
    ($($constant:ident $text:literal,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "the variants only count the constants")]
        enum Place { $($constant,)* }
        $(#[doc = concat!("`", $text, "`")] pub const $constant: Handle = Handle::new(types::AFTER + Place::$constant as u32);)*
        /// Every name, in the order of their handles.
        pub(super) const TEXTS: &[&str] = &[$($text),*];
    };
}

names! {
    EMPTY "", SYS "sys", CACHED "__cached__", DERIVE "derive", SPLIT "split", STDOUT "stdout",
    ABS "__abs__", ADD "__add__", AENTER "__aenter__", AEXIT "__aexit__", AITER "__aiter__", AND "__and__",
    ANEXT "__anext__", ANNOTATE "__annotate__", ANNOTATE_FUNC "__annotate_func__", ABSTRACTMETHODS "__abstractmethods__", ANNOTATIONS "__annotations__", ANNOTATIONS_CACHE "__annotations_cache__", ISABSTRACTMETHOD "__isabstractmethod__",
    AWAIT "__await__",
    BASES "__bases__", BOOL "__bool__", BUILD_CLASS "__build_class__", BUILTINS "__builtins__", BUILTINS_MODULE "builtins",
    BYTES "__bytes__", CALL "__call__", CEIL "__ceil__", CLASS "__class__", CLASSCELL "__classcell__",
    CLASSDICTCELL "__classdictcell__", CLASS_GETITEM "__class_getitem__", CLOSE "close", COMPLEX "__complex__",
    CONTAINS "__contains__", DEL "__del__", DELATTR "__delattr__", DELETE "__delete__", DELITEM "__delitem__",
    DICT "__dict__", DIR "__dir__", DIVMOD "__divmod__", DOC "__doc__", ENTER "__enter__", EQ "__eq__", EXIT "__exit__",
    FILE "__file__", FIRSTLINENO "__firstlineno__", FLOAT "__float__", FLOOR "__floor__", FLOORDIV "__floordiv__",
    FORMAT "__format__", GE "__ge__", GET "__get__", GETATTR "__getattr__", GETATTRIBUTE "__getattribute__",
    GETITEM "__getitem__", GET_KEY "get", GT "__gt__", HASH "__hash__", IADD "__iadd__", IAND "__iand__", IFLOORDIV "__ifloordiv__",
    ILSHIFT "__ilshift__", IMATMUL "__imatmul__", IMOD "__imod__", IMPORT "__import__", IMUL "__imul__", INDEX "__index__",
    INIT "__init__", INIT_SUBCLASS "__init_subclass__", INSTANCECHECK "__instancecheck__", INT "__int__",
    INVERT "__invert__", IOR "__ior__", IPOW "__ipow__", IRSHIFT "__irshift__", ISUB "__isub__", ITER "__iter__",
    ITRUEDIV "__itruediv__", IXOR "__ixor__", KEYS "keys", VALUES "values", COPY "copy", LE "__le__", LEN "__len__", LENGTH_HINT "__length_hint__",
    LOADER "__loader__", LSHIFT "__lshift__", LT "__lt__", MAIN "__main__", MATCH_ARGS "__match_args__",
    MATMUL "__matmul__", METACLASS "metaclass", MISSING "__missing__", MOD "__mod__", MODULE "__module__",
    MRO_ENTRIES "__mro_entries__", MUL "__mul__", NAME "__name__", NE "__ne__", NEG "__neg__", NEW "__new__",
    NEXT "__next__", NOTES "__notes__", OR "__or__", ORIG_BASES "__orig_bases__", ORIG_CLASS "__orig_class__", PACKAGE "__package__", POS "__pos__",
    POW "__pow__", PREPARE "__prepare__", QUALNAME "__qualname__", RADD "__radd__", RAND "__rand__",
    RDIVMOD "__rdivmod__", REPR "__repr__", REVERSED "__reversed__", RFLOORDIV "__rfloordiv__", RLSHIFT "__rlshift__",
    RMATMUL "__rmatmul__", RMOD "__rmod__", RMUL "__rmul__", ROR "__ror__", ROUND "__round__", RPOW "__rpow__",
    RRSHIFT "__rrshift__", RSHIFT "__rshift__", RSUB "__rsub__", RTRUEDIV "__rtruediv__", RXOR "__rxor__",
    SEND "send", SET "__set__", SETATTR "__setattr__", SETITEM "__setitem__", SET_NAME "__set_name__", SLOTNAMES "__slotnames__", SLOTS "__slots__",
    SPEC "__spec__", STATIC_ATTRIBUTES "__static_attributes__", STR "__str__", SUB "__sub__",
    SUBCLASSCHECK "__subclasscheck__", SUBCLASSHOOK "__subclasshook__", THROW "throw", TRUEDIV "__truediv__",
    TRUNC "__trunc__", TYPE_PARAMS "__type_params__", WEAKREF "__weakref__", WRAPPED "__wrapped__", XOR "__xor__",
    DEFAULTS "__defaults__", KWDEFAULTS "__kwdefaults__", CLOSURE "__closure__", CODE "__code__", GLOBALS "__globals__",
    SELF "__self__", FUNC "__func__", OBJCLASS "__objclass__", CONTEXT "__context__", CAUSE "__cause__",
    TRACEBACK "__traceback__", SUPPRESS_CONTEXT "__suppress_context__", MRO "__mro__", MRO_METHOD "mro", ITEMS "items",
    KEY "key", DEFAULT "default", REVERSE "reverse", START "start", STRICT "strict", SEP "sep", END "end",
    FILE_ARGUMENT "file", FLUSH "flush", WRITE "write", MATCH "match", SORT "sort", LAMBDA "<lambda>", LOCALS_DOT ".0",
    PATH "__path__", REDUCE "__reduce__", ORIGIN "__origin__", ARGS "__args__", SIZEOF "__sizeof__", ALL "all", ANY "any", DUNDER_ALL "__all__",
    UNDERSCORE "_", FSPATH "__fspath__", SYS_PATH "path", DONT_WRITE_BYTECODE "dont_write_bytecode",
    PLAIN_NAME "name", PLAIN_LOADER "loader", PLAIN_ORIGIN "origin", LOADER_STATE "loader_state",
    SEARCH_LOCATIONS "submodule_search_locations", UNINITIALIZED "_uninitialized_submodules",
    GETATTR_FUNCTION "getattr", PARAMETERS "__parameters__", TYPING_SUBST "__typing_subst__", TYPING_PREPARE_SUBST "__typing_prepare_subst__",
    TYPING_IS_UNPACKED "__typing_is_unpacked_typevartuple__", TYPING_UNPACKED_ARGS "__typing_unpacked_tuple_args__", GETSTATE "__getstate__", GETNEWARGS "__getnewargs__", GETNEWARGS_EX "__getnewargs_ex__", BUFFER "__buffer__", RELEASE_BUFFER "__release_buffer__",
    SET_FILEATTR "_set_fileattr", SPEC_CACHED "_cached", INITIALIZING "_initializing",
}
