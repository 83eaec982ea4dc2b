//! Finds the words of ASCII in a text, many bytes at a time.

/// How many bytes are looked at at once: a bit of a number for each.
const BLOCK: usize = 64;

/// The runs of letters and figures of ASCII in a text.
///
/// No processor foresees where a word ends. To go letter by letter costs a wrong guess at each
/// end, which is as much as all the letters.
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    /// Where the block at hand begins.
    base: usize,
    /// Which of its bytes are letters and figures, those that are behind aside.
    letters: u64,
    /// Which are capitals.
    capitals: u64,
    /// Which are no ASCII.
    beyond: u64,
}

/// A run of letters and figures, or none before what is no ASCII.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) has_capital: bool,
    /// Whether what follows is no ASCII. Who asks reads on from the start, and says where he ends.
    pub(super) goes_on: bool,
}

impl<'a> Runs<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut runs = Self { bytes: text.as_bytes(), base: 0, letters: 0, capitals: 0, beyond: 0 };
        runs.load(0);
        runs
    }

    /// The next run.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Run> {
        loop {
            let found = self.letters | self.beyond;
            if found == 0 {
                if self.bytes.len() - self.base <= BLOCK {
                    return None;
                }
                self.load(self.base + BLOCK);
                continue;
            }
            let from = found.trailing_zeros();
            let length = (!(self.letters >> from)).trailing_zeros();
            let start = self.base + from as usize;
            let behind = from + length;
            if behind < BLOCK as u32 {
                let capitals = self.capitals >> from & !(!0 << length);
                let goes_on = self.beyond >> behind & 1 == 1;
                self.drop(behind);
                let end = start + length as usize;
                return Some(Run { start, end, has_capital: capitals != 0, goes_on });
            }
            if from == 0 {
                return Some(self.long());
            }
            self.load(start);
        }
    }

    /// Goes on from a place that is behind the last run.
    pub(super) fn skip_to(&mut self, at: usize) {
        match at - self.base {
            behind @ ..BLOCK => self.drop(behind as u32),
            _ => self.load(at),
        }
    }

    /// The run that fills the block at hand.
    fn long(&mut self) -> Run {
        let start = self.base;
        let rest = &self.bytes[start..];
        let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
        let (run, rest) = rest.split_at(length.unwrap_or(rest.len()));
        let has_capital = run.iter().any(u8::is_ascii_uppercase);
        let goes_on = rest.first().is_some_and(|byte| !byte.is_ascii());
        let end = start + run.len();
        self.load(end);
        Run { start, end, has_capital, goes_on }
    }

    /// Leaves the first bytes of the block behind.
    #[inline]
    fn drop(&mut self, behind: u32) {
        self.letters &= !0 << behind;
        self.beyond &= !0 << behind;
    }

    /// Takes the block that begins at a place.
    fn load(&mut self, at: usize) {
        let mut last = [0; BLOCK];
        let block = self.bytes[at..].first_chunk().unwrap_or_else(|| {
            let rest = &self.bytes[at..];
            last[..rest.len()].copy_from_slice(rest);
            &last
        });
        self.base = at;
        [self.letters, self.capitals, self.beyond] = [0; 3];
        for (nth, eight) in block.as_chunks().0.iter().enumerate() {
            let [letters, capitals, beyond] = sorts(u64::from_le_bytes(*eight));
            self.letters |= gathered(letters) << (8 * nth);
            self.capitals |= gathered(capitals) << (8 * nth);
            self.beyond |= gathered(beyond) << (8 * nth);
        }
    }
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = every(0x80);

const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Which of eight bytes are letters and figures, which are capitals, and which are no ASCII: the
/// highest bit of each says so.
fn sorts(bytes: u64) -> [u64; 3] {
    let beyond = bytes & HIGH;
    let ascii = bytes & !HIGH;
    // A sum reaches the highest bit where the byte is a certain one or higher, and goes no further.
    let from = |bytes: u64, first: u8| bytes + every(0x80 - first);
    let is_in = |bytes: u64, first: u8, last: u8| from(bytes, first) & !from(bytes, last + 1);
    let capitals = is_in(ascii, b'A', b'Z');
    let letters = is_in(ascii | every(0x20), b'a', b'z') | is_in(ascii, b'0', b'9');
    [letters & HIGH & !beyond, capitals & HIGH & !beyond, beyond]
}

/// The highest bits of eight bytes side by side, the first in the lowest place.
fn gathered(bits: u64) -> u64 {
    (bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::Runs;

    /// The runs of a text; what goes on is read to the next ASCII that is no letter.
    fn runs(text: &str) -> Vec<(usize, usize, bool, bool)> {
        let mut runs = Runs::new(text);
        let mut all = Vec::new();
        while let Some(run) = runs.next() {
            all.push((run.start, run.end, run.has_capital, run.goes_on));
            if run.goes_on {
                runs.skip_to(goes_on_to(text, run.start));
            }
        }
        all
    }

    fn goes_on_to(text: &str, start: usize) -> usize {
        let is_end = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        text.as_bytes()[start..].iter().position(is_end).map_or(text.len(), |length| start + length)
    }

    /// The same, letter by letter.
    fn slowly(text: &str) -> Vec<(usize, usize, bool, bool)> {
        let bytes = text.as_bytes();
        let (mut all, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            let start = at;
            while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                at += 1;
            }
            let goes_on = bytes.get(at).is_some_and(|byte| !byte.is_ascii());
            if at > start || goes_on {
                let has_capital = bytes[start..at].iter().any(u8::is_ascii_uppercase);
                all.push((start, at, has_capital, goes_on));
            }
            at = if goes_on { goes_on_to(text, start) } else { at + 1 };
        }
        all
    }

    #[test]
    fn runs_are_found_as_letter_by_letter() {
        let every: String = (0..=300_u32).filter_map(char::from_u32).collect();
        let parts = ["", " ", "a", "Back pain, 3 ways: ", "é", "Über-x ", "0zZ9", "猫 ", &every];
        for first in parts {
            for then in parts {
                for length in [0, 1, 7, 8, 40, 62, 63, 64, 65, 127, 128, 129, 200] {
                    let text = format!("{first}{}{then}{}", "x".repeat(length), first.repeat(9));
                    assert_eq!(runs(&text), slowly(&text), "{text}");
                }
            }
        }
    }
}
