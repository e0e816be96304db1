//! All kernels give the same on everything, and what they give is true.

use khabar_simd::{Before, Block, Class, Kernel, Shape, Table};
use proptest::prelude::*;

const TABLE: Table = {
    let mut ascii = [Class(0); 128];
    ascii[b' ' as usize] = Class::SPACE;
    ascii[b'\t' as usize] = Class::SPACE;
    ascii[b'\n' as usize] = Class::SPACE.with(Class::NEWLINE);
    ascii[b'\r' as usize] = Class::SPACE.with(Class::NEWLINE);
    ascii[b'!' as usize] = Class::STOP;
    let mut arabic = [(Class(0), 'ا'); 128];
    let mut at = 0;
    while at < 128 {
        let own = match char::from_u32(0x600 + at as u32) {
            Some(own) => own,
            None => unreachable!(),
        };
        arabic[at] = match own {
            'أ' | 'إ' => (Class::WORD.with(Class::CHANGED), 'ا'),
            'ة' => (Class::WORD.with(Class::CHANGED), 'ه'),
            '٠'..='٩' => (Class::NARROW.with(Class::CHANGED), (b'0' + (own as u32 & 0xf) as u8) as char),
            '\u{640}' | '\u{64b}'..='\u{65f}' => (Class::WORD.with(Class::DROP).with(Class::CHANGED), 'ا'),
            '؟' => (Class::STOP, own),
            '\u{620}'..='\u{64a}' => (Class::WORD, own),
            _ => (Class(0), own),
        };
        at += 1;
    }
    let mut shapes = [Shape(0); 128];
    shapes['ة' as usize - 0x600] = Shape::ENDS;
    shapes['\u{64b}' as usize - 0x600] = Shape::ENDS;
    shapes['ا' as usize - 0x600] = Shape::LEFT.with(Shape::RIGHT);
    shapes['أ' as usize - 0x600] = Shape::RIGHT;
    shapes['ل' as usize - 0x600] = Shape::RIGHT;
    shapes['و' as usize - 0x600] = Shape::TRIPLE;
    Table::new(ascii, arabic).with_shapes(shapes)
};

fn scan(kernel: Kernel, text: &str, at: usize, before: Before, most: usize) -> (String, Vec<Block>) {
    let mut folded = String::from("x");
    let mut blocks = vec![Block::default(); most];
    let found = kernel.scan(&TABLE, text, at, before, &mut folded, &mut blocks);
    blocks.truncate(found);
    (folded, blocks)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn kernels_agree(
        text in "([\u{600}-\u{67f}]|[ \n\r\ta-z0-9.!؟]|[أإة٠-٩\u{64b}-\u{652}]|ا{1,70}|[اأةلو]{1,9}|[ \n]{1,5}|\\PC){0,150}",
        from in 0_usize..20,
        before in prop_oneof![Just(Before::Newline), Just(Before::Space), Just(Before::Other)],
        most in 0_usize..9,
    ) {
        let at = text.char_indices().map(|(at, _)| at).nth(from).unwrap_or(text.len());
        let wanted = scan(Kernel::all()[0], &text, at, before, most);
        prop_assert!(std::str::from_utf8(wanted.0.as_bytes()).is_ok());
        for kernel in Kernel::all() {
            prop_assert_eq!(&scan(*kernel, &text, at, before, most), &wanted, "{}", kernel.name());
        }
        let mut next = (at, 1);
        for block in &wanted.1 {
            prop_assert_eq!((block.start as usize, block.folded as usize), next);
            next = (next.0 + block.len as usize, next.1 + block.keep.count_ones() as usize);
            prop_assert!(text.is_char_boundary(next.0) && wanted.0.is_char_boundary(next.1));
            let outside = if block.len == 64 { 0 } else { u64::MAX << block.len };
            let all = block.word | block.space | block.newline | block.keep | block.changed | block.ignored | block.seam;
            prop_assert_eq!(all & outside, 0);
        }
        prop_assert_eq!(next.1, wanted.0.len());
    }
}

#[test]
fn kernels_agree_on_a_stop_at_the_edge_of_a_block() {
    for words in 15..40 {
        let text = format!("{}\t{}؟", "ا".repeat(8), "ا".repeat(words));
        let wanted = scan(Kernel::all()[0], &text, 0, Before::Newline, 4);
        for kernel in Kernel::all() {
            assert_eq!(scan(*kernel, &text, 0, Before::Newline, 4), wanted, "{}, {words}", kernel.name());
        }
    }
}

#[test]
fn names_are_for_reports() {
    let names: Vec<&str> = Kernel::all().iter().map(|kernel| kernel.name()).collect();
    assert_eq!(names[0], "scalar");
    assert_eq!(names.last(), Some(&Kernel::default().name()));
}
