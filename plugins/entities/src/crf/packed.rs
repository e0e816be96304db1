//! How a model file stores its sections: without what can be worked out as fast as it is read.
//!
//! A table has empty slots so that look-ups are short, and sums of scores have more bits than most of them need.

use super::weights::Row;

/// How a section is stored.
#[derive(Clone, Copy, Debug)]
pub(super) enum Storage {
    /// As it is.
    Whole,
    /// A table of slots with columns of these widths in bytes: without what is all zero.
    Table(Columns),
    /// Rows of eight numbers of a byte each: in as many bits as the widest of a row needs.
    Rows,
}

/// Widths in bytes of the columns of a table's slots.
pub(super) type Columns = &'static [usize];

impl Storage {
    /// The section as it is stored.
    pub(super) fn pack(self, section: &[u8]) -> Vec<u8> {
        match self {
            Self::Whole => section.to_vec(),
            Self::Table(columns) => pack_table(section, columns),
            Self::Rows => pack_rows(section),
        }
    }

    /// Bytes of the section when it is unpacked; none if what is stored is too short for so many.
    pub(super) fn unpacked_len(self, stored: &[u8]) -> Option<usize> {
        let count = || stored.first_chunk().map(|count| u32::from_le_bytes(*count) as usize);
        // A damaged count asks for no memory.
        match self {
            Self::Whole => Some(stored.len()),
            Self::Table(columns) => {
                count().filter(|count| count.div_ceil(8) <= stored.len() - 4).map(|n| n * columns.iter().sum::<usize>())
            }
            Self::Rows => count().filter(|count| count.div_ceil(2) <= stored.len() - 4).map(|n| n * ROW),
        }
    }

    /// Unpacks a section into zeros of its length; none if what is stored is not one.
    pub(super) fn unpack(self, stored: &[u8], section: &mut [u8]) -> Option<()> {
        match self {
            Self::Whole => section.copy_from_slice(stored.get(..section.len())?),
            Self::Table(columns) => unpack_table(stored, columns, section)?,
            Self::Rows => unpack_rows(stored, section)?,
        }
        Some(())
    }
}

/// Numbers of a row.
const ROW: usize = 8;

/// Packs rows of eight numbers of a byte: how many, the width of each less 1 in four bits, the rows, and what a read of
/// eight bytes needs behind the last.
fn pack_rows(rows: &[u8]) -> Vec<u8> {
    let count = rows.len() / ROW;
    let mut packed = (count as u32).to_le_bytes().to_vec();
    packed.resize(4 + count.div_ceil(2), 0);
    for (at, row) in rows.as_chunks::<ROW>().0.iter().enumerate() {
        let row: Row = row.map(|value| i16::from(value as i8));
        let width = row_width(&row);
        packed[4 + at / 2] |= (width as u8 - 1) << (at % 2 * 4);
        pack_row(&row, width, &mut packed);
    }
    packed.extend([0; ROW]);
    packed
}

fn unpack_rows(packed: &[u8], rows: &mut [u8]) -> Option<()> {
    let (rows, _) = rows.as_chunks_mut::<ROW>();
    let (widths, mut rest) = packed.get(4..)?.split_at_checked(rows.len().div_ceil(2))?;
    for (at, row) in rows.iter_mut().enumerate() {
        let width = usize::from(widths[at / 2] >> (at % 2 * 4) & 7) + 1;
        let bits = u64::from_le_bytes(*rest.first_chunk()?);
        *row = std::array::from_fn(|number| ((bits >> (number * width)) as i8) << (8 - width) >> (8 - width))
            .map(|value| value as u8);
        rest = rest.get(width..)?;
    }
    (rest.len() == ROW).then_some(())
}

/// Packs a table, column by column: how many slots there are, a bit for each in which the column is not all zero, then
/// those columns.
fn pack_table(slots: &[u8], columns: Columns) -> Vec<u8> {
    let width: usize = columns.iter().sum();
    let count = slots.len() / width.max(1);
    let mut packed = (count as u32).to_le_bytes().to_vec();
    let mut from = 0;
    for width_of_column in columns {
        let bits = packed.len();
        packed.resize(bits + count.div_ceil(8), 0);
        for (at, slot) in slots.chunks_exact(width).enumerate() {
            let column = &slot[from..from + width_of_column];
            if column.iter().any(|byte| *byte != 0) {
                packed[bits + at / 8] |= 1 << (at % 8);
                packed.extend_from_slice(column);
            }
        }
        from += width_of_column;
    }
    packed
}

/// Unpacks a table into zeros of its length; none if it has more or fewer columns than its bits say.
fn unpack_table(packed: &[u8], columns: Columns, slots: &mut [u8]) -> Option<()> {
    let width = columns.iter().sum();
    let mut rest = packed.get(4..)?;
    let mut from = 0;
    for column in columns {
        // Copies of a known length are a few instructions.
        rest = match column {
            1 => unpack_column::<1>(rest, width, from, slots),
            2 => unpack_column::<2>(rest, width, from, slots),
            4 => unpack_column::<4>(rest, width, from, slots),
            5 => unpack_column::<5>(rest, width, from, slots),
            8 => unpack_column::<8>(rest, width, from, slots),
            _ => None,
        }?;
        from += column;
    }
    rest.is_empty().then_some(())
}

/// Unpacks a column that begins at a byte of the slots, and returns what follows it.
fn unpack_column<'p, const COLUMN: usize>(
    packed: &'p [u8],
    width: usize,
    from: usize,
    slots: &mut [u8],
) -> Option<&'p [u8]> {
    let (bits, mut rest) = packed.split_at_checked((slots.len() / width).div_ceil(8))?;
    for (slots, bits) in slots.chunks_mut(8 * width).zip(bits) {
        let mut bits = *bits;
        while bits != 0 {
            let at = bits.trailing_zeros() as usize * width + from;
            let (column, others) = rest.split_first_chunk::<COLUMN>()?;
            *slots.get_mut(at..)?.first_chunk_mut()? = *column;
            rest = others;
            bits &= bits - 1;
        }
    }
    Some(rest)
}

/// Bits of the widest number of a row, 1 to 16; as many bytes a row of eight has when it is packed.
pub(super) fn row_width(row: &Row) -> u32 {
    let bits = |value: &i16| 17 - (if *value < 0 { !*value } else { *value }).leading_zeros();
    row.iter().map(bits).max().unwrap_or(1)
}

/// Packs a row into so many bytes.
pub(super) fn pack_row(row: &Row, width: u32, bytes: &mut Vec<u8>) {
    let mask = (1 << width) - 1;
    let bits = row.iter().rev().fold(0_u128, |bits, value| bits << width | u128::from(*value as u16) & mask);
    bytes.extend_from_slice(&bits.to_le_bytes()[..width as usize]);
}

/// Unpacks the row at the beginning of `bytes`.
#[inline]
pub(super) fn unpack_row(bytes: &[u8], width: u32) -> Option<Row> {
    let bits = match bytes.first_chunk() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => {
            let mut last = [0; 16];
            let bytes = bytes.get(..width as usize)?;
            last.get_mut(..bytes.len())?.copy_from_slice(bytes);
            u128::from_le_bytes(last)
        }
    };
    // Four numbers are 64 bits at most.
    let halves = [bits as u64, (bits >> (4 * width)) as u64];
    let unused = 16 - width;
    let number = |at: usize| ((halves[at / 4] >> (at as u32 % 4 * width)) as i16) << unused >> unused;
    Some(std::array::from_fn(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_out_as_they_went_in() {
        for columns in [&[5][..], &[8, 2], &[1], &[4, 1]] {
            let storage = Storage::Table(columns);
            let width: usize = columns.iter().sum();
            for count in [0, 1, 7, 8, 9, 1_000] {
                let filled = |at: usize| at / width % 3 != 1 && (at % width < 4 || (at / width).is_multiple_of(5));
                let slots: Vec<u8> =
                    (0..count * width).map(|at| if filled(at) { (at % 251) as u8 } else { 0 }).collect();
                let packed = storage.pack(&slots);
                assert_eq!(storage.unpacked_len(&packed), Some(slots.len()));
                let mut unpacked = vec![0; slots.len()];
                storage.unpack(&packed, &mut unpacked).expect("whole");
                assert_eq!(unpacked, slots);
                assert_eq!(storage.unpack(&[&*packed, &[1; 5]].concat(), &mut unpacked), None, "more");
                let cut = &packed[..packed.len() - 1];
                assert!(storage.unpacked_len(cut).is_none() || storage.unpack(cut, &mut unpacked).is_none());
            }
        }
        for storage in [Storage::Table(&[5]), Storage::Rows] {
            assert_eq!(storage.unpacked_len(&[255; 9]), None, "more than there is");
            assert_eq!(storage.unpacked_len(&[1, 0, 0]), None);
        }
    }

    #[test]
    fn rows_of_bytes_come_out_as_they_went_in() {
        for count in [0, 1, 2, 1_000] {
            // Each row as wide as its number says, from 1 bit to 8.
            let rows: Vec<u8> = (0..count * ROW).map(|at| ((at * 37) as i8 >> (at / ROW % 8)) as u8).collect();
            let packed = Storage::Rows.pack(&rows);
            assert_eq!(Storage::Rows.unpacked_len(&packed), Some(rows.len()));
            let mut unpacked = vec![0; rows.len()];
            Storage::Rows.unpack(&packed, &mut unpacked).expect("whole");
            assert_eq!(unpacked, rows);
            assert_eq!(Storage::Rows.unpack(&packed[..packed.len() - 1], &mut unpacked), None, "less");
            assert_eq!(Storage::Rows.unpack(&[&*packed, &[1]].concat(), &mut unpacked), None, "more");
        }
    }

    #[test]
    fn rows_come_out_as_they_went_in() {
        let rows: [Row; 5] = [
            [0; 8],
            [-1, 0, -1, 0, 0, 0, 0, -1],
            [1, -2, 0, 0, 0, 0, 0, 0],
            [127, -128, 100, -100, 3, 2, 1, 64],
            [i16::MAX, i16::MIN, 1, -1, 0, 300, -300, i16::MIN],
        ];
        for (row, width) in rows.iter().zip([1, 1, 2, 8, 16]) {
            assert_eq!(row_width(row), width);
            let mut bytes = Vec::new();
            pack_row(row, width, &mut bytes);
            assert_eq!(bytes.len(), width as usize);
            assert_eq!(unpack_row(&bytes, width).as_ref(), Some(row));
            assert_eq!(unpack_row(&[&*bytes, &[0x55; 20]].concat(), width).as_ref(), Some(row), "with more behind it");
            assert_eq!(unpack_row(&bytes[1..], width), None);
        }
        let wide: Row = std::array::from_fn(|at| (at as i16 - 4) * 500);
        for width in row_width(&wide)..=16 {
            let mut bytes = Vec::new();
            pack_row(&wide, width, &mut bytes);
            assert_eq!(unpack_row(&bytes, width), Some(wide));
        }
    }
}
