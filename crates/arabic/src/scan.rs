//! From characters to blocks of bit masks: a table for the kernels of `khabar-simd`, and the same by hand for the
//! characters that they leave out.

use std::sync::LazyLock;

use khabar_simd::{Before, Block, Class, Shape, Table};

use crate::fold::{Folded, fold_char, is_control, push_folded};
use crate::tokens::{CharClass, char_class};

/// What the kernels know of ASCII and U+0600 to U+067F.
pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let ascii = std::array::from_fn(|byte| match char_class(char::from(byte as u8)) {
        CharClass::Space => Class::SPACE,
        CharClass::Newline => Class::SPACE.with(Class::NEWLINE),
        _ => Class::default(),
    });
    let arabic = std::array::from_fn(|n| {
        let c = char::from_u32(0x600 + n as u32).unwrap_or_default();
        let class = match char_class(c) {
            CharClass::Arabic | CharClass::Mark => Class::WORD,
            CharClass::Control => Class::STOP,
            _ => Class::default(),
        };
        match fold_char(c) {
            Folded::Same => (class, c),
            Folded::Drop => (class.with(Class::DROP).with(Class::CHANGED), c),
            Folded::One(one) if one.is_ascii() => (class.with(Class::NARROW).with(Class::CHANGED), one),
            Folded::One(one) => (class.with(Class::CHANGED), one),
            // No such character is in the range; the kernel would leave it to us.
            Folded::Two(..) => (Class::STOP, c),
        }
    });
    // Where a word may be two: see `splits`.
    let shapes = std::array::from_fn(|n| match char::from_u32(0x600 + n as u32).unwrap_or_default() {
        'ة' | 'ى' | '\u{64b}'..='\u{64d}' => Shape::ENDS,
        'ا' => Shape::LEFT.with(Shape::RIGHT),
        'أ' | 'إ' | 'آ' | 'ل' => Shape::RIGHT,
        'و' => Shape::TRIPLE,
        _ => Shape::default(),
    });
    Table::new(ascii, arabic).with_shapes(shapes)
});

/// Scans what the kernels leave out. It remembers where a run of controls ends, so that each run is looked at once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Others {
    controls_end: usize,
    controls_join: bool,
}

impl Others {
    /// The block of the character at `at` and those after it that a kernel would stop at as well. `in_word` tells whether
    /// the character before is part of a word. Folding is appended as a kernel does it; a line break after
    /// [`Before::Space`] makes the space before it one.
    pub(crate) fn scan(
        &mut self,
        text: &str,
        at: usize,
        before: Before,
        mut in_word: bool,
        folded: &mut String,
    ) -> Block {
        let mut block = Block { start: at as u32, folded: folded.len() as u32, ..Block::default() };
        let mut before = before;
        let mut len = 0;
        for c in text[at..].chars() {
            let size = c.len_utf8();
            let newline_after_space = before == Before::Space && c.is_ascii();
            let left_out = !(c.is_ascii() || ('\u{600}'..='\u{67f}').contains(&c)) || is_control(c);
            if 64 < len + size || (0 < len && !left_out && !newline_after_space) {
                break;
            }
            let bits = |n: usize| ((1_u64 << n) - 1) << len;
            let class = char_class(c);
            let grown = folded.len();
            match class {
                CharClass::Space | CharClass::Newline => {
                    let newline = class == CharClass::Newline;
                    block.space |= bits(size);
                    if newline {
                        block.newline |= bits(size);
                    }
                    match before {
                        Before::Other => folded.push(if newline { '\n' } else { ' ' }),
                        Before::Space if newline => {
                            folded.pop();
                            folded.push('\n');
                        }
                        _ => {}
                    }
                    before = if newline || before == Before::Newline { Before::Newline } else { Before::Space };
                    in_word = false;
                }
                CharClass::Control if !(in_word && self.joins(text, at + len)) => {
                    block.ignored |= bits(size);
                    in_word = false;
                }
                _ => {
                    in_word = matches!(class, CharClass::Arabic | CharClass::Mark | CharClass::Control);
                    if in_word {
                        block.word |= bits(size);
                    }
                    if push_folded(c, folded) {
                        block.changed |= bits(size);
                    }
                    before = Before::Other;
                }
            }
            let grown = folded.len() - grown;
            block.keep |= bits(grown.min(size));
            len += size;
            if size < grown {
                // A ligature that grows; nothing may follow it in the block, whose places are counted by bytes kept.
                break;
            }
        }
        block.len = len as u32;
        block
    }

    /// Whether the run of controls around `at`, after a letter, goes on to another letter of the same word.
    fn joins(&mut self, text: &str, at: usize) -> bool {
        if self.controls_end <= at {
            let rest = &text[at..];
            let run = rest.find(|c| !is_control(c)).unwrap_or(rest.len());
            self.controls_end = at + run;
            let next = rest[run..].chars().next().map(char_class);
            self.controls_join = matches!(next, Some(CharClass::Arabic | CharClass::Mark));
        }
        self.controls_join
    }
}
