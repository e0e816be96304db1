//! The kernel for AVX2, on nearly every x86-64 machine since 2015: a 128-entry table is eight shuffles of 16 bytes, and
//! bytes are dropped eight at a time by `pext`.

use std::arch::x86_64::*;

use crate::{Before, Block, LAST_BLANK, Masks, Table, Task};

pub(crate) fn runs_here() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

/// A table of 128 bytes as eight registers, each with 16 bytes in both halves: those of the table, joined by exclusive or
/// with the 16 bytes before them.
type Steps = [__m256i; 8];

#[target_feature(enable = "avx2")]
fn steps_of(table: &[u8; 128]) -> Steps {
    // SAFETY: 16 bytes from 16 n on are within 128.
    let part = |n: usize| unsafe { _mm256_broadcastsi128_si256(_mm_loadu_si128(table.as_ptr().add(16 * n).cast())) };
    std::array::from_fn(|n| if n == 0 { part(0) } else { _mm256_xor_si256(part(n), part(n - 1)) })
}

/// `table[index]` of several tables, added to `found` by exclusive or, as far as the parts `from..to` of the tables tell
/// it; each byte of `index` is below 128.
#[inline]
#[target_feature(enable = "avx2")]
fn look_up<const N: usize>(
    tables: &[Steps; N],
    index: __m256i,
    (from, to): (usize, usize),
    mut found: [__m256i; N],
) -> [__m256i; N] {
    for n in from..to {
        // Below the part the difference has the bit that makes the shuffle give 0, above it all steps up to the index's
        // own part add up to that part.
        let within = _mm256_sub_epi8(index, _mm256_set1_epi8((n << 4) as i8));
        for (found, table) in found.iter_mut().zip(tables) {
            *found = _mm256_xor_si256(*found, _mm256_shuffle_epi8(table[n], within));
        }
    }
    found
}

/// Bytes `1..33` of 64.
#[inline]
#[target_feature(enable = "avx2")]
fn next_of(low: __m256i, high: __m256i) -> __m256i {
    _mm256_alignr_epi8::<1>(_mm256_permute2x128_si256::<0x21>(low, high), low)
}

#[target_feature(enable = "avx2")]
fn bits(low: __m256i, high: __m256i) -> u64 {
    u64::from(_mm256_movemask_epi8(low) as u32) | u64::from(_mm256_movemask_epi8(high) as u32) << 32
}

/// # Safety
/// [`runs_here`] is true.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn run<T: Task>(task: T) -> T::Output {
    task.run()
}

/// # Safety
/// [`runs_here`] is true, and `at` is a character boundary of `text`.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn scan(
    table: &Table,
    text: &str,
    mut at: usize,
    mut before: Before,
    folded: &mut String,
    blocks: &mut [Block],
) -> usize {
    let ascii = [steps_of(&table.ascii)];
    let arabic = [&table.arabic, &table.trail, &table.lead, &table.shape].map(|table| steps_of(table));
    let bytes = text.as_bytes();
    // SAFETY: what is written below is UTF-8: ASCII as it was, and characters of the table, which checks them; `keep`
    // takes both bytes of a character or none, or its only one.
    let out = unsafe { folded.as_mut_vec() };
    let mut found = 0;
    while found < blocks.len() && at < bytes.len() {
        let left = (bytes.len() - at).min(64);
        // The block with the byte before it; at the text's ends zeros stand around it.
        let mut around = [0_u8; 65];
        let block = if at != 0 && left == 64 {
            &bytes[at - 1..]
        } else {
            around[1..=left].copy_from_slice(&bytes[at..at + left]);
            &around
        };

        let half = |from: usize| {
            // SAFETY: 32 bytes from 0 and 1 past `from`, which is 0 or 32, are within 65.
            let load = |at: usize| unsafe { _mm256_loadu_si256(block.as_ptr().add(from + at).cast()) };
            let (previous, v) = (load(0), load(1));
            let first = |v| _mm256_cmpeq_epi8(_mm256_and_si256(v, _mm256_set1_epi8(-2)), _mm256_set1_epi8(-40));
            let (lead, trail) = (first(v), first(previous));
            let upper = _mm256_slli_epi16::<6>(_mm256_and_si256(previous, _mm256_set1_epi8(1)));
            let index = _mm256_or_si256(_mm256_and_si256(v, _mm256_set1_epi8(0x3f)), upper);
            let index = _mm256_and_si256(index, trail);
            let none = [_mm256_setzero_si256(); 4];
            let mut found = look_up(&arabic, index, (0, 5), none);
            // Letters and most signs are below U+0650.
            if _mm256_movemask_epi8(_mm256_cmpgt_epi8(index, _mm256_set1_epi8(0x4f))) != 0 {
                found = look_up(&arabic, index, (5, 8), found);
            }
            let [class, trails, leads, shape] = found;
            // Other characters of more than one byte have no class.
            let [plain] = look_up(&ascii, v, (0, 8), [_mm256_setzero_si256()]);
            let plain = _mm256_and_si256(plain, _mm256_cmpgt_epi8(v, _mm256_set1_epi8(-1)));
            let class = _mm256_blendv_epi8(plain, class, trail);
            let text = _mm256_blendv_epi8(v, trails, trail);
            (v, lead, class, text, _mm256_and_si256(shape, trail), leads)
        };
        let (v0, lead0, class0, text0, shape0, leads0) = half(0);
        let (v1, lead1, class1, text1, shape1, leads1) = half(32);
        let text0 = _mm256_blendv_epi8(text0, next_of(leads0, leads1), lead0);
        let text1 = _mm256_blendv_epi8(text1, next_of(leads1, _mm256_setzero_si256()), lead1);
        let there = if left == 64 { u64::MAX } else { (1 << left) - 1 };
        // Bit `n` of every byte, brought to where it is looked at.
        let bit = |n: u32, low, high| {
            let top = |bytes| match n {
                0 => _mm256_slli_epi16::<7>(bytes),
                1 => _mm256_slli_epi16::<6>(bytes),
                2 => _mm256_slli_epi16::<5>(bytes),
                3 => _mm256_slli_epi16::<4>(bytes),
                4 => _mm256_slli_epi16::<3>(bytes),
                5 => _mm256_slli_epi16::<2>(bytes),
                _ => _mm256_slli_epi16::<1>(bytes),
            };
            bits(top(low), top(high)) & there
        };
        let fact = |n| bit(n, class0, class1);
        let is = |n| bit(n, shape0, shape1);
        // Line breaks, Arabic digits and what is left out: most blocks have none.
        let rare = _mm256_testz_si256(_mm256_or_si256(class0, class1), _mm256_set1_epi8(0x54)) == 0;
        let if_rare = |n| if rare { fact(n) } else { 0 };
        let facts = [fact(0), fact(1), if_rare(2), fact(3), if_rare(4), fact(5), if_rare(6)];
        let lead = bits(lead0, lead1);
        let blank = |v| _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(LAST_BLANK as i8)), v);
        let blank = bits(blank(v0), blank(v1)) & there;
        let continuation = |v| _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), v);
        let other = bits(v0, v1) & !lead & !bits(continuation(v0), continuation(v1));
        let shape = [is(0), is(1), is(2), is(3)];
        let (block, go_on) = Masks { blank, lead, other, class: facts, shape }.block(at, out.len(), left, before);
        if block.len == 0 {
            break;
        }

        let white = |text, class, bit: i8, with: u8| {
            let is = _mm256_cmpeq_epi8(_mm256_and_si256(class, _mm256_set1_epi8(bit)), _mm256_set1_epi8(bit));
            _mm256_blendv_epi8(text, _mm256_set1_epi8(with as i8), is)
        };
        let white = |text, class| {
            let spaced = white(text, class, 2, b' ');
            if rare { white(spaced, class, 4, b'\n') } else { spaced }
        };
        out.reserve(64);
        let len = out.len();
        if block.keep == u64::MAX >> (64 - block.len) {
            // SAFETY: there is room for 64 bytes, of which those of the block are made.
            unsafe {
                let to = out.as_mut_ptr().add(len);
                _mm256_storeu_si256(to.cast(), white(text0, class0));
                _mm256_storeu_si256(to.add(32).cast(), white(text1, class1));
                out.set_len(len + block.len as usize);
            }
        } else {
            let mut made = [0_u64; 8];
            // SAFETY: twice 32 bytes are 64.
            unsafe {
                _mm256_storeu_si256(made.as_mut_ptr().cast(), white(text0, class0));
                _mm256_storeu_si256(made.as_mut_ptr().add(4).cast(), white(text1, class1));
            }
            let (mut len, mut keep) = (len, block.keep);
            for group in made {
                // Eight bits become eight bytes of ones or zeros.
                let wanted = _pdep_u64(keep & 0xff, 0x0101_0101_0101_0101).wrapping_mul(0xff);
                // SAFETY: `len` has grown by at most 8 for each group before, so that 8 bytes are free.
                unsafe { out.as_mut_ptr().add(len).cast::<u64>().write_unaligned(_pext_u64(group, wanted)) };
                len += (keep & 0xff).count_ones() as usize;
                keep >>= 8;
            }
            // SAFETY: all bytes up to `len` are written, and there was room.
            unsafe { out.set_len(len) };
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
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(crate) unsafe fn among(blocks: &[u64], hashes: &[u64]) -> u64 {
    let last = _mm256_set1_epi64x(blocks.len() as i64 - 1);
    let (one, place) = (_mm256_set1_epi64x(1), _mm256_set1_epi64x(63));
    let of_four = |four: *const u64| {
        // SAFETY: the caller gives 32 bytes.
        let hash = unsafe { _mm256_loadu_si256(four.cast()) };
        // SAFETY: an index is at most that of the last block, which all bits of `last` are below.
        let block = unsafe { _mm256_i64gather_epi64::<8>(blocks.as_ptr().cast(), _mm256_and_si256(hash, last)) };
        let first = _mm256_sllv_epi64(one, _mm256_and_si256(_mm256_srli_epi64::<32>(hash), place));
        let second = _mm256_sllv_epi64(one, _mm256_and_si256(_mm256_srli_epi64::<40>(hash), place));
        let missing = _mm256_andnot_si256(block, _mm256_or_si256(first, second));
        let none = _mm256_cmpeq_epi64(missing, _mm256_setzero_si256());
        _mm256_movemask_pd(_mm256_castsi256_pd(none)) as u64
    };
    let (fours, rest) = hashes.as_chunks::<4>();
    let mut found = 0;
    for (n, four) in fours.iter().enumerate() {
        found |= of_four(four.as_ptr()) << (4 * n);
    }
    if !rest.is_empty() {
        let mut four = [0; 4];
        four[..rest.len()].copy_from_slice(rest);
        found |= (of_four(four.as_ptr()) & ((1 << rest.len()) - 1)) << (4 * fours.len());
    }
    found
}
