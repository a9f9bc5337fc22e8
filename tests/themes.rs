//! The ready themes and the default look keep the contrast that they promise (WCAG 2.2: 1.4.3, 1.4.6, 1.4.11), on the pages that
//! they are likely to stand on.

#![cfg(not(target_arch = "wasm32"))]

use std::{collections::BTreeMap, fs, path::Path};

type Colour = [f64; 3];

/// A file, the least contrast of its text, and backgrounds that it may stand on in light and in dark.
const LOOKS: [(&str, f64, [&[&str]; 2]); 4] = [
    ("widget.css", 4.5, [&["#ffffff", "#f4f4f4"], &["#0a0d11", "#1a2527"]]),
    ("themes/soft.css", 4.5, [&["#ffffff", "#f4f4f4"], &["#0a0d11", "#1a2527"]]),
    ("themes/sharp.css", 4.5, [&["#ffffff", "#f4f2ec"], &["#0a0d11", "#1a2527"]]),
    // It brings its own background.
    ("themes/contrast.css", 7.0, [&["#ffffff"], &["#000000"]]),
];

/// The colours of text.
const TEXT: [&str; 6] = ["text", "muted", "accent", "good", "warn", "bad"];

/// Least contrast of the border of a field.
const LINE: f64 = 3.0;

fn colour(hex: &str) -> Colour {
    let digits: Vec<u8> = hex.trim_start_matches('#').bytes().collect();
    let wide = digits.len() == 6;
    let channel = |at: usize| {
        let pair = if wide { [digits[2 * at], digits[2 * at + 1]] } else { [digits[at]; 2] };
        let text = std::str::from_utf8(&pair).expect("ASCII");
        f64::from(u8::from_str_radix(text, 16).unwrap_or_else(|_| panic!("{hex} is no colour"))) / 255.0
    };
    [channel(0), channel(1), channel(2)]
}

/// Relative luminance, as WCAG defines it.
fn luminance(colour: Colour) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// `share` of one colour over the other: what `color-mix` with `transparent` looks like.
fn mixed(one: Colour, other: Colour, share: f64) -> Colour {
    std::array::from_fn(|at| one[at] * share + other[at] * (1.0 - share))
}

/// The light and the dark colour of each property in a file.
fn colours(file: &str) -> BTreeMap<String, [Colour; 2]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("styles").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found = BTreeMap::new();
    for part in text.split("--sspr-").skip(1) {
        // In a theme `name: light-dark(…)`, in widget.css `name, light-dark(…)`.
        let Some((name, rest)) = part.split_once([':', ',']) else { continue };
        let Some((pair, _)) = rest.trim_start().strip_prefix("light-dark(").and_then(|it| it.split_once(')'))
        else {
            continue;
        };
        let (light, dark) = pair.split_once(',').expect("two colours");
        found.insert(name.to_owned(), [light, dark].map(|hex| colour(hex.trim())));
    }
    found
}

#[test]
fn text_and_fields_can_be_told_from_their_background() {
    let mut faults = Vec::new();
    for (file, least, pages) in LOOKS {
        let found = colours(file);
        let of = |name: &str, side: usize| {
            found.get(name).unwrap_or_else(|| panic!("{file} has no --sspr-{name}"))[side]
        };
        let mut check = |what: String, contrast: f64, least: f64| {
            if contrast < least {
                faults.push(format!("{file}: {what} {contrast:.2}, not {least}"));
            }
        };
        for (side, pages) in pages.into_iter().enumerate() {
            let (text, accent) = (of("text", side), of("accent", side));
            let fields = found.get("surface").map(|pair| pair[side]);
            for page in pages.iter().map(|hex| colour(hex)).chain(fields) {
                for name in TEXT {
                    check(format!("{name} ({side})"), contrast(of(name, side), page), least);
                }
                check(format!("line ({side})"), contrast(of("line", side), page), LINE);
                // Under the pointer, and in a banner.
                let (pressed, banner) = (mixed(text, page, 0.1), mixed(accent, page, 0.1));
                check(format!("text on a banner ({side})"), contrast(text, banner), least);
                check(
                    format!("muted under the pointer ({side})"),
                    contrast(of("muted", side), pressed),
                    least,
                );
            }
            for (what, button) in
                [("button", accent), ("button under the pointer", mixed(accent, text, 0.88))]
            {
                check(
                    format!("text on the main {what} ({side})"),
                    contrast(of("on-accent", side), button),
                    least,
                );
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_contrast_of_black_on_white_is_twenty_one() {
    assert_eq!(contrast(colour("#000"), colour("#ffffff")), 21.0);
    // The lightest grey on white that passes AA.
    assert!(
        contrast(colour("#767676"), colour("#fff")) >= 4.5
            && contrast(colour("#777777"), colour("#fff")) < 4.5
    );
}
