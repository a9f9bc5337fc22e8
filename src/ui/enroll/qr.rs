//! The QR code of an authenticator app's key, as the data of one SVG path.

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white around the code that readers need (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

/// What `<svg viewBox>` and `<path d>` take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QrPath {
    /// `0 0 n n`, the quiet zone included.
    pub(super) view_box: String,
    /// The dark modules, each horizontal run as one rectangle.
    pub(super) data: String,
}

/// Draws a text; `None` where it is too long for any QR code (2,331 bytes at level M).
pub(super) fn draw(text: &str) -> Option<QrPath> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut data = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let run = x - start;
                data += &format!("M{} {}h{run}v1h-{run}z", start + QUIET_ZONE, y + QUIET_ZONE);
            }
            x += 1;
        }
    }
    let side = code.size() + 2 * QUIET_ZONE;
    Some(QrPath { view_box: format!("0 0 {side} {side}"), data })
}

/// A key in groups of four, easier to type without losing the place.
pub(super) fn in_groups(key: &str) -> String {
    let signs: Vec<char> = key.chars().filter(|c| !c.is_whitespace()).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once_and_no_light_one() {
        let text = "otpauth://totp/Example:ada@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Example";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("short enough");
        let drawn = draw(text).expect("short enough").data;
        let mut dark = std::collections::BTreeSet::new();
        for run in drawn.split('M').filter(|run| !run.is_empty()) {
            let (start, rest) = run.split_once('h').expect("a run");
            let (x, y) = start.split_once(' ').expect("a place");
            let length: i32 = rest.split('v').next().expect("a length").parse().expect("a number");
            let (x, y): (i32, i32) = (x.parse().expect("a number"), y.parse().expect("a number"));
            for x in x..x + length {
                assert!(dark.insert((x - QUIET_ZONE, y - QUIET_ZONE)), "{x} {y} is drawn twice");
            }
        }
        for y in 0..code.size() {
            for x in 0..code.size() {
                assert_eq!(dark.contains(&(x, y)), code.get_module(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn the_picture_has_a_white_border_of_four_modules() {
        let drawn = draw("A").expect("short enough");
        assert_eq!(drawn.view_box, "0 0 29 29", "version 1 has 21 modules");
        assert!(drawn.data.starts_with("M4 4h7"));
    }

    #[test]
    fn a_text_that_is_too_long_is_no_picture() {
        assert_eq!(draw(&"x".repeat(3000)), None);
    }

    #[test]
    fn a_key_is_grouped_by_four() {
        assert_eq!(in_groups("JBSWY3DPEHPK3PX"), "JBSW Y3DP EHPK 3PX");
        assert_eq!(in_groups(""), "");
    }
}
