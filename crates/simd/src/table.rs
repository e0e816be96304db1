//! What simple characters are and what they become.

/// Facts about a character, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(pub u8);

impl Class {
    /// Part of a word.
    pub const WORD: Self = Self(1);
    /// White space; ASCII only.
    pub const SPACE: Self = Self(2);
    /// A line break; always with [`Class::SPACE`].
    pub const NEWLINE: Self = Self(4);
    /// Folding drops it.
    pub const DROP: Self = Self(8);
    /// Two bytes that folding makes one.
    pub const NARROW: Self = Self(16);
    /// Folding changes or drops it; white space does not count.
    pub const CHANGED: Self = Self(32);
    /// The kernel stops before it.
    pub const STOP: Self = Self(64);

    /// Both sets of facts.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all facts of `other` hold.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What a character says of the characters next to it, as bits. Between some pairs of characters of one word there is a
/// *seam*, where the word may be two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(pub u8);

impl Shape {
    /// Any character after it stands at a seam.
    pub const ENDS: Self = Self(1);
    /// A [`Shape::RIGHT`] after it stands at a seam.
    pub const LEFT: Self = Self(2);
    /// Stands at a seam after a [`Shape::LEFT`].
    pub const RIGHT: Self = Self(4);
    /// The third in a row stands at a seam.
    pub const TRIPLE: Self = Self(8);

    /// Both sets of facts.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What every simple character is, and what folding makes of it.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Table {
    /// Of ASCII.
    pub(crate) ascii: [u8; 128],
    /// Of U+0600 to U+067F.
    pub(crate) arabic: [u8; 128],
    /// First bytes of the folded forms.
    pub(crate) lead: [u8; 128],
    /// Last bytes of the folded forms.
    pub(crate) trail: [u8; 128],
    /// Of U+0600 to U+067F.
    pub(crate) shape: [u8; 128],
}

impl Table {
    /// A table of 128 classes of ASCII, and for U+0600 to U+067F a class and the character that it becomes; what is
    /// dropped becomes whatever stands there, unread.
    ///
    /// ASCII characters become themselves, except for white space, which becomes a space or a line break.
    ///
    /// # Panics
    /// When the table would not give UTF-8: a character becomes one that is neither ASCII (with [`Class::NARROW`]) nor
    /// of two bytes (without), or an ASCII character is dropped; when a line break is no white space, or white space is
    /// no ASCII.
    pub const fn new(ascii: [Class; 128], arabic: [(Class, char); 128]) -> Self {
        let mut table =
            Self { ascii: [0; 128], arabic: [0; 128], lead: [0xd8; 128], trail: [0x80; 128], shape: [0; 128] };
        let mut at = 0;
        while at < 128 {
            let class = ascii[at];
            assert!(!class.has(Class::DROP) && !class.has(Class::NARROW), "ASCII stays");
            assert!(!class.has(Class::NEWLINE) || class.has(Class::SPACE), "a line break is white space");
            table.ascii[at] = class.0;
            let (class, folded) = arabic[at];
            assert!(!class.has(Class::SPACE) && !class.has(Class::NEWLINE), "white space is ASCII");
            let (folded, narrow) = (folded as u32, class.has(Class::NARROW));
            if !class.has(Class::DROP) {
                assert!(narrow == (folded < 0x80) && folded < 0x800, "folding keeps to one or two bytes");
                if narrow {
                    table.trail[at] = folded as u8;
                } else {
                    table.lead[at] = 0xc0 | (folded >> 6) as u8;
                    table.trail[at] = 0x80 | (folded & 0x3f) as u8;
                }
            }
            table.arabic[at] = class.0;
            at += 1;
        }
        table
    }
    /// The same table with the shapes of U+0600 to U+067F; without, there are no seams.
    #[must_use]
    pub const fn with_shapes(mut self, shapes: [Shape; 128]) -> Self {
        let mut at = 0;
        while at < 128 {
            self.shape[at] = shapes[at].0;
            at += 1;
        }
        self
    }
}
