//! Whatever a plugin emits, the host refuses it or passes a layer on that keeps every promise.

use std::cell::RefCell;
use std::ffi::c_void;

use khabar_abi::Library;
use khabar_abi::layout::{Loan, PluginDecl, RawDoc, RawSink, Status};
use khabar_arabic::Analysis;
use khabar_core::{Layer, Record};
use khabar_extractor::{Doc, ExtractError, Extractor, Output, Plugin, Scratch};
use proptest::prelude::*;
use serde::de::IgnoredAny;

/// Stands for the plugin whose `extract` is replaced.
struct Hostile;
impl Extractor for Hostile {
    fn extract(&self, _: &Doc<'_>, _: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        Ok(())
    }
}
impl Plugin for Hostile {
    const NAME: &'static str = "hostile";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &["hostile.a", "hostile.b"];
    type Config = IgnoredAny;
    fn create(_: IgnoredAny) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

khabar_abi::export!(Hostile);

thread_local! {
    /// What the next call emits, and how it ends.
    static NEXT: RefCell<(Vec<Record>, Vec<u8>, i32)> = const { RefCell::new((Vec::new(), Vec::new(), 0)) };
}

unsafe extern "C" fn extract(_: *const c_void, _: *mut c_void, _: *const RawDoc, sink: *const RawSink) -> Status {
    NEXT.with_borrow(|(records, heap, status)| {
        // SAFETY: the host lends the sink for this call, and what is emitted lives until `emit` returns.
        unsafe { ((*sink).emit)((*sink).ctx, records.as_ptr(), records.len(), Loan::of(heap)) };
        Status(*status)
    })
}

fn record() -> impl Strategy<Value = Record> {
    let place = || prop_oneof![8 => 0_u32..14, 1 => any::<u32>()];
    let confidence = prop_oneof![8 => 0_f32..=1.0, 1 => any::<f32>()];
    (place(), place(), 0_u32..3, place(), place(), confidence, any::<u32>()).prop_map(
        |(start, end, kind, value_at, value_len, confidence, flags)| Record {
            start,
            end,
            kind,
            value_at,
            value_len,
            confidence,
            flags,
            reserved: 0,
        },
    )
}

/// Records that are mostly right: one of many is enough to refuse a layer.
fn good() -> impl Strategy<Value = Record> {
    (0_u32..3, 3_u32..6, 0_u32..2).prop_map(|(start, end, kind)| Record {
        start: start * 2,
        end: end * 2,
        kind,
        value_len: 2,
        confidence: 0.5,
        ..Record::default()
    })
}

proptest! {
    #[test]
    fn a_layer_is_refused_or_right(
        records in proptest::collection::vec(prop_oneof![4 => good(), 1 => record()], 0..6),
        heap in prop_oneof![3 => Just(b"{}[1]\"\xff\"\n".to_vec()), 1 => proptest::collection::vec(any::<u8>(), 0..14)],
        status in prop_oneof![6 => Just(0), 1 => any::<i32>()],
    ) {
        let text = "مممممم";
        let decl = PluginDecl { extract: Some(extract), ..KHABAR_PLUGIN };
        // SAFETY: the functions are `export!`'s and the one above, which keeps the rules.
        let library = unsafe { Library::from_decl("hostile", &decl) }.expect("loads");
        let (info, extractor) = library.create(Hostile::NAME, &serde_json::json!({})).expect("made");
        NEXT.set((records.clone(), heap, status));

        let (mut analysis, mut layer, mut scratch) = (Analysis::default(), Layer::default(), Scratch::default());
        analysis.analyze(text);
        let mut output = Output::new(&mut layer, &info);
        let outcome = extractor.extract(&Doc::new("hostile", text, &analysis), &mut output, &mut scratch);
        prop_assert!(status == 0 || outcome.is_err());
        if outcome.is_ok() {
            prop_assert_eq!(layer.records(), records);
            for record in layer.records() {
                prop_assert!(record.span().of(text).is_some());
                prop_assert!(info.provides.len() > record.kind as usize);
                prop_assert!((0.0..=1.0).contains(&record.confidence));
                prop_assert!(serde_json::from_slice::<serde_json::Value>(layer.value(record)).is_ok());
                prop_assert!(!layer.value(record).contains(&b'\n'));
            }
        }
    }
}
