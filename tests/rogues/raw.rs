//! A plugin without any of khabar's crates, written from the C layouts alone as its author in another language would:
//! `rustc --crate-type cdylib --cfg 'rogue="…"' raw.rs`. With no `--cfg` it loads, and the id of a document says which
//! promise its layer breaks.

#![allow(unexpected_cfgs, dead_code)]

use std::ffi::c_void;
use std::ptr::null_mut;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Slice<T> {
    ptr: *const T,
    len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Record {
    start: u32,
    end: u32,
    kind: u32,
    value_at: u32,
    value_len: u32,
    confidence: f32,
    flags: u32,
    reserved: u32,
}

/// The head of a document; a reader needs no more than it uses.
#[repr(C)]
pub struct Doc {
    size: u32,
    reserved: u32,
    id: Slice<u8>,
    text: Slice<u8>,
}

#[repr(C)]
pub struct Sink {
    ctx: *mut c_void,
    emit: unsafe extern "C" fn(*mut c_void, *const Record, usize, Slice<u8>) -> i32,
    message: unsafe extern "C" fn(*mut c_void, Slice<u8>),
}

#[repr(C)]
pub struct Decl {
    magic: [u8; 8],
    major: u16,
    minor: u16,
    size: u32,
    flags: u32,
    reserved: u32,
    n_extractors: u32,
    reserved_too: u32,
    describe: unsafe extern "C" fn(u32, *const Sink) -> i32,
    create: unsafe extern "C" fn(u32, Slice<u8>, *const Sink, *mut *mut c_void) -> i32,
    destroy: unsafe extern "C" fn(*mut c_void),
    worker_new: unsafe extern "C" fn(*const c_void) -> *mut c_void,
    worker_free: unsafe extern "C" fn(*mut c_void),
    extract: Option<unsafe extern "C" fn(*const c_void, *mut c_void, *const Doc, *const Sink) -> i32>,
}

unsafe extern "C" {
    fn exit(code: i32) -> !;
    fn _exit(code: i32) -> !;
}

#[cfg(not(rogue = "symbol"))]
#[unsafe(no_mangle)]
pub static KHABAR_PLUGIN: Decl = Decl {
    magic: if cfg!(rogue = "magic") { *b"KHABARPX" } else { *b"KHABARPL" },
    major: if cfg!(rogue = "major") { 2 } else { 1 },
    minor: if cfg!(rogue = "minor") { 7 } else { 0 },
    size: if cfg!(rogue = "size") { 40 } else { size_of::<Decl>() as u32 },
    flags: 1,
    reserved: 0,
    n_extractors: if cfg!(rogue = "none") { 0 } else { 1 },
    reserved_too: 0,
    describe,
    create,
    destroy,
    worker_new,
    worker_free,
    extract: if cfg!(rogue = "null") { None } else { Some(extract) },
};

fn lend(text: &str) -> Slice<u8> {
    Slice { ptr: text.as_ptr(), len: text.len() }
}

unsafe extern "C" fn describe(_: u32, sink: *const Sink) -> i32 {
    let answer = if cfg!(rogue = "rubbish") {
        r#"{"name":"rogue.raw""#
    } else if cfg!(rogue = "nameless") {
        r#"{"name":"","version":"1.0.0","provides":["rogue.raw"]}"#
    } else if cfg!(rogue = "kindless") {
        r#"{"name":"rogue.raw","version":"1.0.0","provides":[]}"#
    } else {
        r#"{"name":"rogue.raw","version":"1.0.0","provides":["rogue.raw"],"of_a_later_minor":1}"#
    };
    // SAFETY: the host lends the sink for this call.
    let sink = unsafe { &*sink };
    if cfg!(rogue = "describe") {
        // SAFETY: as above.
        unsafe { (sink.message)(sink.ctx, lend("no words at raw.rs:1:1")) };
        return 3;
    }
    // SAFETY: as above.
    unsafe { (sink.emit)(sink.ctx, null_mut(), 0, lend(answer)) }
}

unsafe extern "C" fn create(_: u32, _: Slice<u8>, _: *const Sink, made: *mut *mut c_void) -> i32 {
    if cfg!(rogue = "exit") {
        // SAFETY: none; the host has to see it.
        unsafe { exit(0) };
    }
    // SAFETY: the host gives a place for a handle; this one is never looked into.
    unsafe { *made = if cfg!(rogue = "handle") { null_mut() } else { std::ptr::dangling_mut::<u64>().cast() } };
    0
}

unsafe extern "C" fn destroy(_: *mut c_void) {}

unsafe extern "C" fn worker_new(_: *const c_void) -> *mut c_void {
    if cfg!(rogue = "worker") { null_mut() } else { std::ptr::dangling_mut::<u64>().cast() }
}

unsafe extern "C" fn worker_free(_: *mut c_void) {}

const GOOD: Record =
    Record { start: 0, end: 2, kind: 0, value_at: 0, value_len: 2, confidence: 1.0, flags: 0, reserved: 0 };

unsafe extern "C" fn extract(_: *const c_void, _: *mut c_void, doc: *const Doc, sink: *const Sink) -> i32 {
    // SAFETY: the host lends both for this call.
    let (doc, sink) = unsafe { (&*doc, &*sink) };
    // SAFETY: the host lends the id for this call.
    let id = unsafe { std::slice::from_raw_parts(doc.id.ptr, doc.id.len) };
    // SAFETY: what is lent lives until `emit` returns.
    let emit = |records: &[Record], heap| unsafe { (sink.emit)(sink.ctx, records.as_ptr(), records.len(), heap) };
    let bad = |record| emit(&[GOOD, record], lend("{}"));
    match id {
        b"good" => emit(&[GOOD, GOOD], lend("{}")),
        b"nothing" => 0,
        b"pretty" => emit(&[Record { value_len: 12, ..GOOD }], lend("{\r\n  \"a\": 1}")),
        b"broken_string" => emit(&[Record { value_len: 3, ..GOOD }], lend("\"\n\"")),
        b"splits" => bad(Record { end: 1, ..GOOD }),
        b"reversed" => bad(Record { start: 2, end: 0, ..GOOD }),
        b"outside" => bad(Record { end: 100, ..GOOD }),
        b"undeclared" => bad(Record { kind: 1, ..GOOD }),
        b"nan" => bad(Record { confidence: f32::NAN, ..GOOD }),
        b"sure" => bad(Record { confidence: 1.5, ..GOOD }),
        b"heap" => bad(Record { value_at: 1, ..GOOD }),
        b"overflow" => bad(Record { value_at: u32::MAX, value_len: u32::MAX, ..GOOD }),
        b"json" => bad(Record { value_len: 1, ..GOOD }),
        b"swallows" => {
            bad(Record { end: 1, ..GOOD });
            0
        }
        b"utf8" => emit(&[Record { value_len: 3, ..GOOD }], Slice { ptr: b"\"\xff\"".as_ptr(), len: 3 }),
        b"twice" => emit(&[GOOD], lend("{}")) | emit(&[GOOD], lend("{}")),
        // SAFETY: none; the host has to see it.
        b"nowhere" => unsafe { (sink.emit)(sink.ctx, null_mut(), 2, lend("{}")) },
        // SAFETY: none; the host has to see it.
        b"endless" => unsafe { (sink.emit)(sink.ctx, &GOOD, usize::MAX, lend("{}")) },
        // SAFETY: none; the host has to see it.
        b"exits" => unsafe { exit(0) },
        // SAFETY: none; the host has to see it.
        b"exits_at_once" => unsafe { _exit(0) },
        b"aborts" => std::process::abort(),
        b"status" => 42,
        b"silent" => 1,
        b"chatty" => {
            let text = "ثرثرة ".repeat(100_000);
            // SAFETY: the text lives until `message` returns.
            unsafe { (sink.message)(sink.ctx, lend(&text)) };
            1
        }
        _ => 1,
    }
}
