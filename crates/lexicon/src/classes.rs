//! Classes of words, and sets of them.

/// Declares the classes of words that a grammar tells apart, and the type of sets of them.
///
/// The classes are an enum that is read from data files by its names in snake case; a set is as many bits as the integer
/// has that stands behind its name, so that a rule can ask for any of several classes at once. All set operations are
/// `const`.
///
/// ```
/// khabar_lexicon::classes! {
///     /// What sort of word a word is.
///     pub enum WordClass {
///         /// يناير
///         Month,
///         /// الاثنين
///         Weekday,
///         /// من
///         From,
///     }
///     /// A set of word classes.
///     pub struct WordClasses(u8);
/// }
///
/// const NAMED: WordClasses = WordClasses::of(&[WordClass::Month, WordClass::Weekday]);
/// assert!(NAMED.contains(WordClass::Month) && !NAMED.contains(WordClass::From));
/// assert!(NAMED.intersects(WordClass::Weekday.set()) && NAMED.difference(WordClass::Month.set()).len() == 1);
/// assert_eq!(WordClass::Month.name(), "month");
/// assert_eq!(NAMED.iter().collect::<Vec<_>>(), [WordClass::Month, WordClass::Weekday]);
/// ```
#[macro_export]
macro_rules! classes {
    (
        $(#[$on_class:meta])* $class_vis:vis enum $Class:ident { $($(#[$on_name:meta])* $Name:ident),* $(,)? }
        $(#[$on_set:meta])* $set_vis:vis struct $Set:ident($Bits:ty);
    ) => {
        $(#[$on_class])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        $class_vis enum $Class { $($(#[$on_name])* $Name,)* }

        #[allow(dead_code, reason = "every set has the usual verbs")]
        impl $Class {
            /// All classes, in the order in which they are declared.
            $class_vis const ALL: [Self; [$(Self::$Name),*].len()] = [$(Self::$Name),*];

            /// The set of this class alone.
            #[inline]
            $class_vis const fn set(self) -> $Set {
                $Set(1 << self as u32)
            }

            /// Its name in data files: in snake case.
            $class_vis fn name(self) -> String {
                let name = match self { $(Self::$Name => stringify!($Name),)* };
                $crate::classes::snake_case(name)
            }
        }

        impl<'de> $crate::classes::Deserialize<'de> for $Class {
            fn deserialize<D: $crate::classes::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::classes::deserialize(deserializer, &Self::ALL, |class| class.name())
            }
        }

        const _: () = assert!($Class::ALL.len() <= <$Bits>::BITS as usize, "the integer has too few bits");

        $(#[$on_set])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        $set_vis struct $Set($Bits);

        #[allow(dead_code, reason = "every set has the usual verbs")]
        impl $Set {
            /// The set of no class.
            $set_vis const EMPTY: Self = Self(0);

            /// The set of these classes.
            $set_vis const fn of(classes: &[$Class]) -> Self {
                let (mut set, mut at) = (Self::EMPTY, 0);
                while at < classes.len() {
                    set = set.union(classes[at].set());
                    at += 1;
                }
                set
            }

            /// Whether a class is in the set.
            #[inline]
            $set_vis const fn contains(self, class: $Class) -> bool {
                self.intersects(class.set())
            }

            /// Whether every class of another set is in this one.
            #[inline]
            $set_vis const fn contains_all(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether any class of another set is in this one.
            #[inline]
            $set_vis const fn intersects(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// The classes of either set.
            #[inline]
            #[must_use]
            $set_vis const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// The classes that both sets have.
            #[inline]
            #[must_use]
            $set_vis const fn intersection(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// The classes of this set that another one lacks.
            #[inline]
            #[must_use]
            $set_vis const fn difference(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// This set with one more class.
            #[inline]
            #[must_use]
            $set_vis const fn with(self, class: $Class) -> Self {
                self.union(class.set())
            }

            /// Whether there is no class in the set.
            #[inline]
            $set_vis const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// How many classes are in the set.
            #[inline]
            $set_vis const fn len(self) -> usize {
                self.0.count_ones() as usize
            }

            /// The classes of the set, in the order in which they are declared.
            $set_vis fn iter(self) -> impl Iterator<Item = $Class> {
                $Class::ALL.into_iter().filter(move |class| self.contains(*class))
            }
        }

        impl ::core::fmt::Debug for $Set {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_set().entries(self.iter()).finish()
            }
        }

        impl From<$Class> for $Set {
            fn from(class: $Class) -> Self {
                class.set()
            }
        }

        impl FromIterator<$Class> for $Set {
            fn from_iter<I: IntoIterator<Item = $Class>>(classes: I) -> Self {
                classes.into_iter().fold(Self::EMPTY, Self::with)
            }
        }
    };
}

#[doc(hidden)]
pub use serde::{Deserialize, Deserializer};

/// A name in camel case in snake case: `hijri_month`.
#[doc(hidden)]
pub fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Reads the name of a class.
#[doc(hidden)]
pub fn deserialize<'de, D: Deserializer<'de>, C: Copy>(
    deserializer: D,
    classes: &[C],
    name_of: impl Fn(C) -> String,
) -> Result<C, D::Error> {
    let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    let class = classes.iter().copied().find(|class| name_of(*class) == *name);
    class.ok_or_else(|| {
        let known: Vec<String> = classes.iter().copied().map(name_of).collect();
        serde::de::Error::custom(format!("unknown class `{name}`, expected one of {}", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    classes! {
        enum Letter { A, B, LongName, D, E, F, G, H, }
        struct Letters(u8);
    }

    fn letters() -> impl Strategy<Value = BTreeSet<Letter>> {
        proptest::collection::btree_set(proptest::sample::select(&Letter::ALL[..]), 0..=8)
    }

    proptest! {
        #[test]
        fn sets_are_sets(one in letters(), other in letters(), class in 0..8_usize) {
            let set = |letters: &BTreeSet<Letter>| letters.iter().copied().collect::<Letters>();
            let both = |letters: BTreeSet<Letter>| set(&letters);
            let (a, b) = (set(&one), set(&other));
            prop_assert_eq!(a.iter().collect::<BTreeSet<_>>(), one.clone());
            prop_assert_eq!(a.union(b), both(&one | &other));
            prop_assert_eq!(a.intersection(b), both(&one & &other));
            prop_assert_eq!(a.difference(b), both(&one - &other));
            prop_assert_eq!(a.intersects(b), !one.is_disjoint(&other));
            prop_assert_eq!(a.contains_all(b), one.is_superset(&other));
            prop_assert_eq!((a.len(), a.is_empty()), (one.len(), one.is_empty()));
            prop_assert_eq!(a.contains(Letter::ALL[class]), one.contains(&Letter::ALL[class]));
            prop_assert_eq!(Letters::of(&one.into_iter().collect::<Vec<_>>()), a);
        }
    }

    #[test]
    fn classes_are_read_by_their_names() {
        #[derive(Debug, serde::Deserialize)]
        struct Row {
            class: Letter,
        }
        assert_eq!(toml::from_str::<Row>("class = \"long_name\"").expect("known").class, Letter::LongName);
        let error = toml::from_str::<Row>("class = \"longname\"").expect_err("unknown").to_string();
        assert!(error.contains("unknown class `longname`, expected one of a, b, long_name"), "{error}");
    }
}
