//! After the first document nothing is allocated, and what is held does not grow with the number of documents.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use khabar_arabic::{Analysis, Cursor, Unit, quotations, segmentations, validate};

thread_local! {
    /// How often this thread has asked for memory.
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: everything is handed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        // SAFETY: the caller's promises are handed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are handed on.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        // SAFETY: the caller's promises are handed on.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const NEWS: &str = "أعلنَ «وزيرُ الماليةِ» د. أحمد عن ١٢٥٠ مشروعًا في الولاياتالمتحدةوروسيا، قائلا: \"لن نتراجع\".\n\
    عنوان\nhttps://x.org/أ a@b.org #خبر ﻻ e\u{301} 👩‍🚒 “نعم” وب\"كلمة\".. 14:30 l'Aube وبالقاهرة";

#[test]
fn nothing_is_allocated_after_the_first_document() {
    let texts: Vec<String> = (1..40).map(|n| NEWS.repeat(n)).collect();
    let mut analysis = Analysis::default();
    let mut found = Vec::new();
    let mut all = || {
        for text in &texts {
            let Ok(text) = validate(text.as_bytes()) else { continue };
            analysis.analyze(text);
            quotations(text, analysis.tokens(), &mut found);
            let mut cursor = Cursor::new(text, Unit::Utf16);
            for token in analysis.tokens() {
                std::hint::black_box(cursor.at(token.start as usize));
                std::hint::black_box(segmentations(&analysis.folded()[token.folded_span().range()]));
            }
        }
    };
    all();
    let before = ASKED.with(Cell::get);
    for _ in 0..5 {
        all();
    }
    assert_eq!(ASKED.with(Cell::get) - before, 0);
}
