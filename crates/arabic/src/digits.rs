//! Plain numbers in digits, read without a branch on how many there are.

/// The value of `bytes[from..to]` if they are one to eight ASCII digits.
///
/// Of digits within a longer text, where eight bytes may be read at once, no processor has to foresee how many they are.
#[must_use]
#[inline]
pub fn digits_within(bytes: &[u8], from: usize, to: usize) -> Option<u32> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    let len = to.checked_sub(from).filter(|len| (1..=8).contains(len))?;
    let group = match bytes.get(from..).and_then(|rest| rest.first_chunk()) {
        Some(group) => u64::from_le_bytes(*group),
        None => at_the_end(bytes.get(from..to)?),
    };
    // The last digit in the uppermost byte, and zeros before the first.
    let missing = 8 * (8 - len as u32);
    let digits = (group << missing | ZEROS.unbounded_shr(64 - missing)) ^ ZEROS;
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    // Neighbours are put together: digits to pairs, pairs to fours, fours to the whole.
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    let value = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) as u32;
    (others == 0).then_some(value)
}

/// A few bytes as the first of eight.
#[cold]
fn at_the_end(bytes: &[u8]) -> u64 {
    let mut group = [0; 8];
    group.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
    u64::from_le_bytes(group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_read_as_by_the_standard_library(before in "\\PC{0,4}", digits in "[0-9]{0,10}", after in "\\PC{0,9}") {
            let text = format!("{before}{digits}{after}");
            let to = before.len() + digits.len();
            let expected = if digits.len() <= 8 { digits.parse().ok() } else { None };
            prop_assert_eq!(digits_within(text.as_bytes(), before.len(), to), expected);
        }

        #[test]
        fn other_signs_are_no_digits(bytes in prop::collection::vec(any::<u8>(), 1..9)) {
            let expected = std::str::from_utf8(&bytes).ok();
            let expected = expected.filter(|text| text.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse().ok());
            prop_assert_eq!(digits_within(&bytes, 0, bytes.len()), expected);
        }
    }
}
