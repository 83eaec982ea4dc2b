//! Finding the next of some bytes in a long text.

/// How many bytes are looked at at once.
const STRIDE: usize = 32;

/// The first byte that is wanted. Where few are, many are looked at at once, which for a set of
/// bytes nothing else does: `wanted` should be sums and comparisons alone, joined by `|` and `&`.
pub fn position(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let any = |stride: &[u8]| stride.iter().fold(false, |found, &byte| found | wanted(byte));
    let strides = bytes.chunks_exact(STRIDE);
    let rest = strides.remainder();
    let from = strides.take_while(|stride| !any(stride)).count() * STRIDE;
    let last = bytes.len() - rest.len();
    let found = bytes[from.min(last)..].iter().position(|&byte| wanted(byte));
    found.map(|ahead| from + ahead)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn the_first_wanted_byte_is_found_wherever_it_stands() {
        for length in 0..100 {
            for at in 0..length {
                let mut bytes = vec![b'a'; length];
                bytes[at] = b'@';
                bytes[length - 1] |= 0x80;
                let found = position(&bytes, |byte| (byte == b'@') | (byte >= 0x80));
                assert_eq!(found, Some(at), "{at} of {length}");
            }
            assert_eq!(position(&vec![b'a'; length], |byte| byte == b'@'), None);
        }
    }
}
