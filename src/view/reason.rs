//! Why an `is` or `==` came out as it did: a closed list, shared by the screen and the JSON.

use serde::Serialize;

/// The reason for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// Both operands are references to one object that the program made once.
    Alias,
    /// `None`, `True`, `False`, `...` or `NotImplemented`: there is one of each.
    Singleton,
    /// The interpreter keeps one object for each int from −5 to 256.
    SmallIntCache,
    /// One constant of one code object, however often it is loaded.
    SameConstant,
    /// Equal constants of one compilation are one object.
    MergedConstant,
    /// The compiler computed an expression, and merged the result with an equal constant.
    FoldedConstant,
    /// Strings that could be names, and those handed to `sys.intern`, are one object for each text.
    InternedString,
    /// The empty tuple, the empty str and bytes, and those of one character up to U+00FF or one byte.
    CachedObject,
    /// Two objects of one type with equal values.
    DistinctObjectsEqual,
    /// Two objects with different values.
    DistinctObjectsUnequal,
    /// Two objects of different types with equal values: `1 == 1.0`.
    EqualAcrossTypes,
    /// Two objects of types that are never equal to one another.
    UnequalTypes,
    /// An `__eq__` or `__ne__` written in Python gave the answer; for `is`, which asks none: two objects of
    /// which only such a method could tell whether they are equal.
    DunderEq,
    /// A container takes an object as equal to itself without asking it; so do the types whose objects
    /// always are.
    IdentityShortcut,
    /// A NaN is equal to nothing, not even to itself.
    Nan,
    /// The method of the right operand gave the answer.
    Reflected,
    /// Nothing but `object.__eq__`: an object is equal to itself alone.
    DefaultIdentity,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 17] = [
        Self::Alias,
        Self::Singleton,
        Self::SmallIntCache,
        Self::SameConstant,
        Self::MergedConstant,
        Self::FoldedConstant,
        Self::InternedString,
        Self::CachedObject,
        Self::DistinctObjectsEqual,
        Self::DistinctObjectsUnequal,
        Self::EqualAcrossTypes,
        Self::UnequalTypes,
        Self::DunderEq,
        Self::IdentityShortcut,
        Self::Nan,
        Self::Reflected,
        Self::DefaultIdentity,
    ];

    /// Its name, as JSON has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alias => "ALIAS",
            Self::Singleton => "SINGLETON",
            Self::SmallIntCache => "SMALL_INT_CACHE",
            Self::SameConstant => "SAME_CONSTANT",
            Self::MergedConstant => "MERGED_CONSTANT",
            Self::FoldedConstant => "FOLDED_CONSTANT",
            Self::InternedString => "INTERNED_STRING",
            Self::CachedObject => "CACHED_OBJECT",
            Self::DistinctObjectsEqual => "DISTINCT_OBJECTS_EQUAL",
            Self::DistinctObjectsUnequal => "DISTINCT_OBJECTS_UNEQUAL",
            Self::EqualAcrossTypes => "EQUAL_ACROSS_TYPES",
            Self::UnequalTypes => "UNEQUAL_TYPES",
            Self::DunderEq => "DUNDER_EQ",
            Self::IdentityShortcut => "IDENTITY_SHORTCUT",
            Self::Nan => "NAN",
            Self::Reflected => "REFLECTED",
            Self::DefaultIdentity => "DEFAULT_IDENTITY",
        }
    }

    /// It in a few words, for a row that has no room for a sentence.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Alias => "one object, two references",
            Self::Singleton => "there is only one",
            Self::SmallIntCache => "ints -5..256 are cached",
            Self::SameConstant => "the same constant",
            Self::MergedConstant => "equal constants, merged",
            Self::FoldedConstant => "folded, then merged",
            Self::InternedString => "interned string",
            Self::CachedObject => "cached by the interpreter",
            Self::DistinctObjectsEqual => "two objects, equal values",
            Self::DistinctObjectsUnequal => "two objects, different values",
            Self::EqualAcrossTypes => "equal across types",
            Self::UnequalTypes => "different types",
            Self::DunderEq => "a method of the class decides",
            Self::IdentityShortcut => "the same object, so equal",
            Self::Nan => "NaN is equal to nothing",
            Self::Reflected => "the right operand's method decides",
            Self::DefaultIdentity => "equal only to itself",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn the_name_is_the_one_in_json() {
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        }
    }
}
