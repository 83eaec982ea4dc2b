//! Colour profiles: which are kept, and how they are put into a WebP file.

use super::picture::Picture;

/// What browsers take for granted, as profiles name it in their two spellings.
const USUAL: &[u8] = b"sRGB IEC61966-2";

/// The profile that goes with the colours of an image, where it says what is not taken for
/// granted.
///
/// # Errors
///
/// Where it is for other than red, green and blue, into which the image would have to be
/// converted.
pub(super) fn profile(found: Option<&[u8]>) -> Result<Option<Vec<u8>>, ()> {
    let Some(profile) = found else { return Ok(None) };
    if profile.get(16..20) != Some(b"RGB ") {
        return Err(());
    }
    let wide: Vec<u8> = USUAL.iter().flat_map(|&letter| [0, letter]).collect();
    let names = |name: &[u8]| profile.windows(name.len()).any(|part| part == name);
    Ok((!names(USUAL) && !names(&wide)).then(|| profile.to_vec()))
}

/// A file of the simple form in the extended one, which can hold a profile.
pub(super) fn with_profile(file: &[u8], profile: &[u8], picture: &Picture) -> Option<Vec<u8>> {
    const PROFILE: u8 = 1 << 5;
    const ALPHA: u8 = 1 << 4;
    let mut chunks = file.get(12..)?;
    // What the encoder wrote may be of the extended form already.
    if chunks.starts_with(b"VP8X") {
        chunks = chunks.get(18..)?;
    }
    let mut head = vec![PROFILE | if picture.has_alpha { ALPHA } else { 0 }, 0, 0, 0];
    for side in [picture.width, picture.height] {
        head.extend_from_slice(&(side - 1).to_le_bytes()[..3]);
    }
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    push(&mut out, b"VP8X", &head)?;
    push(&mut out, b"ICCP", profile)?;
    out.extend_from_slice(chunks);
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}

fn push(out: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) -> Option<()> {
    out.extend_from_slice(name);
    out.extend_from_slice(&u32::try_from(content.len()).ok()?.to_le_bytes());
    out.extend_from_slice(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
    Some(())
}
