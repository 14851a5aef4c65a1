//! Numbers of any length, as digits without leading zeros: nothing overflows, nothing is allocated.
use std::cmp::Ordering;

/// The digits without leading zeros; zero is empty.
pub(crate) fn trimmed(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

/// Orders two numbers that [`trimmed`] gave.
pub(crate) fn order(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Whether all of it, and something, is digits.
pub(crate) fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}
