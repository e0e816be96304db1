//! The kernel without vectors: what the others have to agree with.

use crate::{Before, Block, Class, Shape, Table};

pub(crate) fn scan(
    table: &Table,
    text: &str,
    mut at: usize,
    mut before: Before,
    folded: &mut String,
    blocks: &mut [Block],
) -> usize {
    let bytes = text.as_bytes();
    let mut found = 0;
    while found < blocks.len() && at < bytes.len() {
        let (block, whole) = block(table, bytes, at, before, folded);
        if block.len == 0 {
            break;
        }
        before = block.before_next(before, folded.as_bytes());
        at += block.len as usize;
        blocks[found] = block;
        found += 1;
        if !whole {
            break;
        }
    }
    found
}

/// The block at `at`, and whether the next one may follow it.
fn block(table: &Table, bytes: &[u8], at: usize, mut before: Before, folded: &mut String) -> (Block, bool) {
    let mut block = Block { start: at as u32, folded: folded.len() as u32, ..Block::default() };
    // Shapes of the last two characters of the block, none of ASCII.
    let mut shapes = [0_u8; 2];
    let there = &bytes[at..bytes.len().min(at + 64)];
    let blank = (0..).zip(there).fold(0, |blank, (at, byte)| blank | u64::from(crate::is_blank(*byte)) << at);
    let splits_character = there.get(63).is_some_and(|last| last & 0xfe == 0xd8);
    let most = crate::whole_words(blank, splits_character, there.len());
    let mut len = 0;
    while len < most {
        let (byte, bit) = (there[len], 1_u64 << len);
        if byte < 0x80 {
            let class = Class(table.ascii[usize::from(byte)]);
            let newline = class.has(Class::NEWLINE);
            if class.has(Class::STOP) || (newline && before == Before::Space) {
                block.len = len as u32;
                return (block, false);
            }
            let is = |fact: Class| if class.has(fact) { bit } else { 0 };
            block.word |= is(Class::WORD);
            block.space |= is(Class::SPACE);
            block.newline |= is(Class::NEWLINE);
            block.changed |= is(Class::CHANGED);
            if class.has(Class::SPACE) {
                if before == Before::Other {
                    folded.push(if newline { '\n' } else { ' ' });
                    block.keep |= bit;
                }
                before = if newline { Before::Newline } else { Before::Space };
            } else {
                folded.push(char::from(byte));
                block.keep |= bit;
                before = Before::Other;
            }
            shapes = [0; 2];
            len += 1;
        } else {
            let trail = bytes.get(at + len + 1).copied().unwrap_or_default();
            let class_at = usize::from(byte & 1) << 6 | usize::from(trail & 0x3f);
            let class = Class(table.arabic[class_at]);
            let simple = byte & 0xfe == 0xd8;
            if !simple || class.has(Class::STOP) {
                block.len = len as u32;
                return (block, false);
            }
            let both = bit | bit << 1;
            let is = |fact: Class| if class.has(fact) { both } else { 0 };
            block.word |= is(Class::WORD);
            block.changed |= is(Class::CHANGED);
            if class.has(Class::NARROW) {
                folded.push(char::from(table.trail[class_at]));
                block.keep |= bit << 1;
            } else if !class.has(Class::DROP) {
                let (lead, trail) = (u32::from(table.lead[class_at]), u32::from(table.trail[class_at]));
                folded.extend(char::from_u32((lead & 0x1f) << 6 | (trail & 0x3f)));
                block.keep |= both;
            }
            let shape = table.shape[class_at];
            let has = |shape: u8, fact: Shape| shape & fact.0 != 0;
            let seam = has(shapes[1], Shape::ENDS)
                || (has(shapes[1], Shape::LEFT) && has(shape, Shape::RIGHT))
                || has(shape & shapes[0] & shapes[1], Shape::TRIPLE);
            if seam && class.has(Class::WORD) {
                block.seam |= bit << 1;
            }
            shapes = [shapes[1], shape];
            before = Before::Other;
            len += 2;
        }
    }
    block.len = len as u32;
    (block, true)
}
