//! The two 32-bit checks that disks carry. Both are given and give the raw register: who wants the usual start and end
//! inverts them.

const fn table(polynomial: u32) -> [u32; 256] {
    let mut out = [0; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { (value >> 1) ^ polynomial } else { value >> 1 };
            bit += 1;
        }
        #[expect(clippy::indexing_slicing, reason = "the loop ends at the length; iterators are not const")]
        {
            out[at] = value;
        }
        at += 1;
    }
    out
}

static IEEE: [u32; 256] = table(0xedb8_8320);
static CASTAGNOLI: [u32; 256] = table(0x82f6_3b78);

fn run(table: &[u32; 256], start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |crc, byte| {
        let [low, ..] = crc.to_le_bytes();
        (crc >> 8) ^ table.get(usize::from(low ^ byte)).copied().unwrap_or(0)
    })
}

/// CRC-32 of IEEE 802.3, as GPT and LVM use it.
pub(crate) fn crc32(start: u32, bytes: &[u8]) -> u32 {
    run(&IEEE, start, bytes)
}

/// CRC-32C (Castagnoli), as ext4, its journal and XFS use it.
pub(crate) fn crc32c(start: u32, bytes: &[u8]) -> u32 {
    run(&CASTAGNOLI, start, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_give_the_published_check_values() {
        assert_eq!(!crc32(!0, b"123456789"), 0xcbf4_3926);
        assert_eq!(!crc32c(!0, b"123456789"), 0xe306_9283);
    }
}
