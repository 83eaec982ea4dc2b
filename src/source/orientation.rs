//! Whether a photograph lies on its side.
//!
//! Telephones store the picture as the sensor saw it and note in an Exif block how it was held;
//! browsers turn it. Without this, a portrait would be given the size of a landscape.

/// Tells whether a JPEG file's Exif block asks for a quarter turn.
pub(super) fn is_turned(jpeg: &[u8]) -> bool {
    exif(jpeg).and_then(orientation).is_some_and(|value| (5..=8).contains(&value))
}

/// Finds the TIFF structure of the Exif block among the segments before the picture.
fn exif(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg.get(2..)?;
    loop {
        let (&[0xff, marker, high, low], _) = rest.split_first_chunk::<4>()? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        if let (0xe1, Some(tiff)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
            return Some(tiff);
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Reads the entry `Orientation` of the first directory of a TIFF structure.
pub fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<4>()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?.checked_add(2)?;
    let entries = usize::from(short(directory - 2)?);
    let entry = (0..entries)
        .filter_map(|entry| directory.checked_add(entry * 12))
        .find(|&entry| short(entry) == Some(0x0112))?;
    short(entry.checked_add(8)?)
}

#[cfg(test)]
mod tests {
    use super::is_turned;

    fn jpeg(orientation: u8, little: bool) -> Vec<u8> {
        let tiff: &[u8] = if little {
            &[b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
        } else {
            &[b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
        };
        let mut out = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1, 0, tiff.len() as u8 + 8];
        out.extend_from_slice(b"Exif\0\0");
        out.extend_from_slice(tiff);
        out
    }

    #[test]
    fn a_quarter_turn_is_seen_in_both_byte_orders() {
        for little in [true, false] {
            assert!(is_turned(&jpeg(6, little)));
            assert!(!is_turned(&jpeg(1, little)));
            assert!(!is_turned(&jpeg(3, little)));
        }
    }

    #[test]
    fn no_cut_stops_it() {
        let whole = jpeg(6, true);
        for end in 0..whole.len() {
            is_turned(&whole[..end]);
        }
        let mut far = whole;
        far[22..26].copy_from_slice(&[0xff; 4]);
        assert!(!is_turned(&far));
    }
}
