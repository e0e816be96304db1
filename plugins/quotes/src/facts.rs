//! What is known of a token, as a set of facts: a rule asks for any of several at once, and a document's words stay small.

/// A set of facts about a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(u64);

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Facts { $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)* }
        $(const _: () = assert!($bit < Facts::MOST);)*
    };
}

// The classes of `data/words.toml`, which proclitics leave as they are.
facts! {
    /// `أن`, `إنه`, `بأنها`.
    THAT = 0;
    ACCORDING = 1;
    SAYING_NOUN = 2;
    /// Ends in a pronoun that stands for the speaker: `تعبيره`, `قولها`.
    OWN = 3;
    UTTERANCE = 4;
    NAMER = 5;
    CALLED = 6;
    SLOGAN = 7;
    OUTLET = 8;
    OUTLET_NAME = 9;
    CORRESPONDENT = 10;
    ROLE = 11;
    BODY = 12;
    PREPOSITION = 13;
    TIME = 14;
    CLAUSE = 15;
    CLAUSAL = 16;
    AUXILIARY = 17;
    NOT_THAT = 18;
    /// `له`, `بها`: a preposition with its pronoun.
    PRONOMINAL = 19;
    /// `عدد من`, `كل من`: quantities that go on over `من`.
    QUANTITY = 20;
}

// What sort of token it is: one of these.
facts! {
    /// An Arabic word.
    WORD = 21;
    /// A word in another script, an address, a sign.
    OTHER = 22;
    NUMBER = 23;
    COMMA = 24;
    COLON = 25;
    /// `.`, `؟`, `!`, `…`
    STOP = 26;
    OPEN = 27;
    CLOSE = 28;
    BRACKET_OPEN = 29;
    BRACKET_CLOSE = 30;
}

// The form and class of a cue; see `Cue`.
facts! {
    FINITE = 31;
    FINITE_WITH_OBJECT = 32;
    PARTICIPLE = 33;
    OWN_CUE = 34;
    NOUN = 35;
    /// The cue counts whatever stands beside it.
    STRONG = 36;
    ATTITUDE = 37;
    DESCRIBE = 38;
    RELAY = 39;
    MASCULINE = 40;
    FEMININE = 41;
    PLURAL = 42;
    WITH = 43;
    STRICT = 44;
    /// Whether it is a cue depends on letters that folding makes alike.
    SPELLED = 45;
}

// Proclitics before a known word.
facts! {
    /// `و` or `ف`.
    CONJUNCTION = 46;
    BI = 47;
    LI = 48;
    KA = 49;
    SA = 50;
}

// Of the whole folded form, proclitics and all.
facts! {
    /// `حد`, of `على حد تعبيره`.
    LIMIT = 51;
    /// `لكن`, `بل`: what follows is said against what came before.
    CONTRAST = 52;
    /// `و`, `أو`, a preposition: what links the members of a list of names.
    LINK = 53;
    /// `عن`.
    ABOUT = 54;
    /// `من`.
    FROM = 55;
    /// `القول`, which says what is said and not who.
    SAYING = 56;
}

impl Facts {
    /// How many facts there may be: what else fits into a number beside them is [`Tagged`](crate::tags::Tagged)'s.
    pub(crate) const MOST: u32 = 57;
    /// No fact.
    pub(crate) const NONE: Self = Self(0);
    /// What a known word may be.
    pub(crate) const CLASSES: Self = Self(Self::WORD.0 - 1);
    /// A verb or noun of saying.
    pub(crate) const CUE: Self =
        Self::FINITE.with(Self::FINITE_WITH_OBJECT).with(Self::PARTICIPLE).with(Self::OWN_CUE).with(Self::NOUN);
    /// A verb that takes a subject.
    pub(crate) const VERB: Self = Self::FINITE.with(Self::FINITE_WITH_OBJECT);
    /// Gender and number of a verb form, as far as the form tells.
    pub(crate) const AGREEMENT: Self = Self::MASCULINE.with(Self::FEMININE).with(Self::PLURAL);
    /// All that is known of a cue.
    pub(crate) const OF_CUE: Self = Self(2 * Self::SPELLED.0 - Self::FINITE.0);
    /// A preposition written with the word, or the `س` of a verb.
    pub(crate) const PREFIXED: Self = Self::BI.with(Self::LI).with(Self::KA).with(Self::SA);

    /// The facts as bits, [`Facts::MOST`] at most.
    #[inline]
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// The facts of [`Facts::bits`]; other bits are left out.
    #[inline]
    pub(crate) const fn of_bits(bits: u64) -> Self {
        Self(bits & !(u64::MAX << Self::MOST))
    }

    /// Whether any fact of `other` is among these.
    #[inline]
    pub(crate) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    #[inline]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These where `holds`, none otherwise; without a branch.
    #[inline]
    pub(crate) const fn when(self, holds: bool) -> Self {
        Self(self.0 & (holds as u64).wrapping_neg())
    }

    /// Those that are in `other` as well.
    #[inline]
    pub(crate) const fn of(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// These without those of `other`.
    #[inline]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What a known word is behind its proclitics, and the proclitics.
    #[inline]
    pub(crate) fn behind(self, proclitics: Self) -> Self {
        // A verb has no proclitic but و, ف and س; كأن, لأن are no complements.
        let no_cue = Self::OF_CUE.when(proclitics.is(Self::PREFIXED.without(Self::SA)));
        let not = Self::THAT.when(proclitics.is(Self::KA.with(Self::LI)));
        self.without(no_cue.with(not)).with(proclitics)
    }

    /// Bytes of the folded form that are proclitics before the known word.
    pub(crate) fn skip(self) -> usize {
        2 * (usize::from(self.is(Self::CONJUNCTION)) + usize::from(self.is(Self::PREFIXED)))
    }
}
