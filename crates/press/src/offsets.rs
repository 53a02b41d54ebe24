//! From bytes to code points.

/// How often the count is kept, in bytes.
const STEP: usize = 256;

/// Code points before every byte of a text.
pub(crate) struct Offsets<'a> {
    text: &'a str,
    kept: Vec<usize>,
}

impl<'a> Offsets<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut kept = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for block in text.as_bytes().chunks(STEP) {
                kept.push(count);
                count += block.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
            }
        }
        Offsets { text, kept }
    }

    /// The code points before a byte.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let Some(count) = self.kept.get(byte / STEP) else {
            return if self.kept.is_empty() {
                byte
            } else {
                self.text.chars().count()
            };
        };
        let block = self
            .text
            .as_bytes()
            .get(byte / STEP * STEP..byte)
            .unwrap_or_default();
        count + block.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn bytes_are_counted_as_code_points() {
        let text = "“é”x".repeat(200);
        let offsets = Offsets::new(&text);
        for (index, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.at(byte), index);
        }
        assert_eq!(offsets.at(text.len()), 800);
    }
}
