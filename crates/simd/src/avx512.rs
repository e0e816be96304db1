//! The kernel for AVX-512 with VBMI and VBMI2 (Ice Lake, Zen 4 and later): a 128-entry table is two registers, and one
//! instruction drops bytes.

use std::arch::x86_64::*;

use crate::{Before, Block, LAST_BLANK, Masks, Table, Task};

pub(crate) fn runs_here() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("avx512vbmi2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

/// # Safety
/// [`runs_here`] is true.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn run<T: Task>(task: T) -> T::Output {
    task.run()
}

/// # Safety
/// [`runs_here`] is true, and `at` is a character boundary of `text`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn scan(
    table: &Table,
    text: &str,
    mut at: usize,
    mut before: Before,
    folded: &mut String,
    blocks: &mut [Block],
) -> usize {
    // SAFETY: every array of the table has 128 bytes.
    let load = |half: &[u8; 128], from: usize| unsafe { _mm512_loadu_si512(half.as_ptr().add(from).cast()) };
    let [ascii, arabic, lead_of, trail_of, shape_of] =
        [&table.ascii, &table.arabic, &table.lead, &table.trail, &table.shape]
            .map(|half| [load(half, 0), load(half, 64)]);
    let places: [u8; 64] = std::array::from_fn(|n| n as u8);
    // SAFETY: 64 bytes.
    let places = unsafe { _mm512_loadu_si512(places.as_ptr().cast()) };
    let one = _mm512_set1_epi8(1);
    let (before_places, after_places) = (_mm512_sub_epi8(places, one), _mm512_add_epi8(places, one));

    let bytes = text.as_bytes();
    // SAFETY: what is written below is UTF-8: ASCII as it was, and characters of the table, which checks them; `keep`
    // takes both bytes of a character or none, or its only one.
    let out = unsafe { folded.as_mut_vec() };
    let mut found = 0;
    while found < blocks.len() && at < bytes.len() {
        let left = (bytes.len() - at).min(64);
        let there = if left == 64 { u64::MAX } else { (1 << left) - 1 };
        // SAFETY: the mask keeps the load within `bytes`.
        let v = unsafe { _mm512_maskz_loadu_epi8(there, bytes.as_ptr().add(at).cast()) };

        let blank = _mm512_mask_cmple_epu8_mask(there, v, _mm512_set1_epi8(LAST_BLANK as i8));
        let high = _mm512_movepi8_mask(v);
        let lead = _mm512_cmpeq_epi8_mask(
            _mm512_and_si512(v, _mm512_set1_epi8(0xfe_u8 as i8)),
            _mm512_set1_epi8(0xd8_u8 as i8),
        );
        let continuation = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(-64));
        let trail = lead << 1;

        // The index of a two-byte character, at its last byte: the lowest bit of the first byte, six of the last.
        let previous = _mm512_permutexvar_epi8(before_places, v);
        let upper = _mm512_slli_epi16::<6>(_mm512_and_si512(previous, one));
        let index = _mm512_or_si512(_mm512_and_si512(v, _mm512_set1_epi8(0x3f)), upper);

        let class = _mm512_maskz_permutex2var_epi8(there & !high, ascii[0], v, ascii[1]);
        let class = _mm512_mask_mov_epi8(class, trail, _mm512_permutex2var_epi8(arabic[0], index, arabic[1]));
        let fact = |bit: i8| _mm512_test_epi8_mask(class, _mm512_set1_epi8(bit));
        let facts = [fact(1), fact(2), fact(4), fact(8), fact(16), fact(32), fact(64)];
        let shape = _mm512_maskz_permutex2var_epi8(trail, shape_of[0], index, shape_of[1]);
        let is = |bit: i8| _mm512_test_epi8_mask(shape, _mm512_set1_epi8(bit));
        let shape = [is(1), is(2), is(4), is(8)];
        let masks = Masks { blank, lead, other: high & !lead & !continuation, class: facts, shape };
        let (block, go_on) = masks.block(at, out.len(), left, before);
        if block.len == 0 {
            break;
        }

        let trails = _mm512_permutex2var_epi8(trail_of[0], index, trail_of[1]);
        let leads = _mm512_permutex2var_epi8(lead_of[0], index, lead_of[1]);
        let leads = _mm512_permutexvar_epi8(after_places, leads);
        let text = _mm512_mask_mov_epi8(v, trail, trails);
        let text = _mm512_mask_mov_epi8(text, lead, leads);
        let text = _mm512_mask_mov_epi8(text, facts[1], _mm512_set1_epi8(b' ' as i8));
        let text = _mm512_mask_mov_epi8(text, facts[2], _mm512_set1_epi8(b'\n' as i8));
        let kept = _mm512_maskz_compress_epi8(block.keep, text);
        out.reserve(64);
        // SAFETY: there is room for 64 bytes, of which the first are made: as many as `keep` has bits.
        unsafe {
            _mm512_storeu_si512(out.as_mut_ptr().add(out.len()).cast(), kept);
            out.set_len(out.len() + block.keep.count_ones() as usize);
        }

        before = block.before_next_by_masks(before);
        at += block.len as usize;
        blocks[found] = block;
        found += 1;
        if !go_on {
            break;
        }
    }
    found
}

/// [`crate::Filter::among`].
///
/// # Safety
/// [`runs_here`] is true, `blocks` are a power of two, and `hashes` are 64 at the most.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn among(blocks: &[u64], hashes: &[u64]) -> u64 {
    let last = _mm512_set1_epi64(blocks.len() as i64 - 1);
    let (one, place) = (_mm512_set1_epi64(1), _mm512_set1_epi64(63));
    let mut found = 0;
    for (n, part) in hashes.chunks(8).enumerate() {
        let there = u8::MAX >> (8 - part.len());
        // SAFETY: the mask keeps the load within `part`.
        let hash = unsafe { _mm512_maskz_loadu_epi64(there, part.as_ptr().cast()) };
        // SAFETY: an index is at most that of the last block, which all bits of `last` are below.
        let block = unsafe { _mm512_i64gather_epi64::<8>(_mm512_and_si512(hash, last), blocks.as_ptr().cast()) };
        let first = _mm512_sllv_epi64(one, _mm512_and_si512(_mm512_srli_epi64::<32>(hash), place));
        let second = _mm512_sllv_epi64(one, _mm512_and_si512(_mm512_srli_epi64::<40>(hash), place));
        let missing = _mm512_andnot_si512(block, _mm512_or_si512(first, second));
        found |= u64::from(_mm512_mask_testn_epi64_mask(there, missing, missing)) << (8 * n);
    }
    found
}
