//! Logarithms in whole numbers, which are the same on every machine.

/// How many steps make one in the results.
pub(super) const ONE: u64 = 256;

/// The binary logarithm of a number from 1, in steps of [`ONE`]; 0 is taken for 1.
pub(super) fn log2(number: u64) -> u64 {
    let number = number.max(1);
    let whole = u64::from(number.ilog2());
    // The mantissa from 1 to 2, with 31 bits after the point.
    let mut mantissa = if whole >= 31 { number >> (whole - 31) } else { number << (31 - whole) };
    let mut result = whole;
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 31;
        result <<= 1;
        if mantissa >> 32 != 0 {
            mantissa >>= 1;
            result |= 1;
        }
    }
    result
}

/// How rare a feature is that `few` of `all` pages have: 1 where all have it, and one more each
/// time they are half as many.
pub(super) fn rarity(few: u64, all: u64) -> u64 {
    log2(few.max(1) + all) - log2(few)
}

#[cfg(test)]
mod tests {
    use super::{ONE, log2, rarity};

    #[test]
    fn logarithms_are_those_of_mathematics() {
        for number in [1u64, 2, 3, 7, 100, 65_536, 999_999, 1 << 40, u64::MAX] {
            let wanted = (number as f64).log2() * ONE as f64;
            assert!((log2(number) as f64 - wanted).abs() <= 1.0, "{number}");
        }
        assert_eq!(log2(0), 0);
    }

    #[test]
    fn what_all_have_is_not_rare() {
        assert_eq!(rarity(10, 10), ONE);
        assert!(rarity(2, 10) > rarity(5, 10));
        assert!(rarity(0, 0) <= ONE);
    }
}
