//! The style sheet of a colour theme.

use std::fmt::Write as _;

use syntect::highlighting::{FontStyle, ScopeSelector, StyleModifier, Theme};
use syntect::parsing::Scope;

use super::colour::Rgb;

/// What every class begins with, so that it meets no class of a theme.
pub(super) const PREFIX: &str = "z-";

/// What the style sheet applies to.
const SCOPE: &str = "pre.code";

/// The colours that everything else is read on.
struct Ground {
    background: Rgb,
    foreground: Rgb,
    /// The background of marked lines.
    mark: Rgb,
}

impl Ground {
    fn of(theme: &Theme) -> Self {
        let background =
            theme.settings.background.map_or(Rgb::WHITE, |colour| Rgb::over(colour, Rgb::WHITE));
        let foreground =
            theme.settings.foreground.map_or(background, |colour| Rgb::over(colour, background));
        let foreground = foreground.legible_on(&[background]);
        // Faint enough that a colour that can be read on both is close to the theme's own.
        let mark = background.mix(foreground, 0.1);
        Self { background, foreground: foreground.legible_on(&[background, mark]), mark }
    }

    fn legible(&self, colour: Rgb) -> Rgb {
        colour.legible_on(&[self.background, self.mark])
    }
}

/// Writes the style sheet of a theme.
///
/// The backgrounds that a theme gives to single tokens are left out: they serve editors, and
/// text could not be kept legible on every pair of them.
pub(super) fn write(theme: &Theme) -> String {
    let ground = Ground::of(theme);
    let mut css = format!(
        "{SCOPE}{{color:{};background-color:{}}}\n{SCOPE} mark{{color:inherit;background-color:{}}}\n",
        ground.foreground.css(),
        ground.background.css(),
        ground.mark.css(),
    );
    let faint = ground.legible(ground.background.mix(ground.foreground, 0.6));
    let _ = writeln!(css, "{SCOPE} .ln::before{{color:{}}}", faint.css());
    for item in &theme.scopes {
        let selectors: Vec<_> = item.scope.selectors.iter().filter_map(selector).collect();
        let declarations = declarations(item.style, &ground);
        if !selectors.is_empty() && !declarations.is_empty() {
            let _ = writeln!(css, "{}{{{declarations}}}", selectors.join(","));
        }
    }
    css
}

/// The scopes that a theme speaks of, each as its parts.
pub(super) fn scopes(theme: &Theme) -> impl Iterator<Item = Vec<String>> {
    let selectors = theme.scopes.iter().flat_map(|item| &item.scope.selectors);
    let paths =
        selectors.flat_map(|selector| std::iter::once(&selector.path).chain(&selector.excludes));
    let scopes = paths.flat_map(|path| path.as_slice()).map(|scope| scope.build_string());
    // An empty scope would be one that every element has in full, and says nothing.
    scopes
        .filter(|scope| !scope.is_empty())
        .map(|scope| scope.split('.').map(str::to_owned).collect())
}

fn declarations(style: StyleModifier, ground: &Ground) -> String {
    let mut declarations = Vec::new();
    if let Some(colour) = style.foreground {
        let colour = ground.legible(Rgb::over(colour, ground.background));
        declarations.push(format!("color:{}", colour.css()));
    }
    for (flag, declaration) in [
        (FontStyle::BOLD, "font-weight:bold"),
        (FontStyle::ITALIC, "font-style:italic"),
        (FontStyle::UNDERLINE, "text-decoration:underline"),
    ] {
        if style.font_style.is_some_and(|style| style.contains(flag)) {
            declarations.push(declaration.to_owned());
        }
    }
    declarations.join(";")
}

/// The selector of an element and what it must stand in; none for a theme's empty scope, whose
/// style is the ground itself.
fn selector(selector: &ScopeSelector) -> Option<String> {
    let path: Vec<_> = selector.path.as_slice().iter().map(|&scope| classes(scope)).collect();
    if path.iter().all(String::is_empty) {
        return None;
    }
    let mut out = format!("{SCOPE} {}", path.join(" "));
    for exclude in &selector.excludes {
        let exclude: Vec<_> = exclude.as_slice().iter().map(|&scope| classes(scope)).collect();
        let exclude = exclude.join(" ");
        if !exclude.trim().is_empty() {
            let _ = write!(out, ":not({exclude},{exclude} *)");
        }
    }
    Some(out)
}

/// The classes of a scope as a selector: `.z-comment.z-line`.
fn classes(scope: Scope) -> String {
    let mut out = String::new();
    for atom in scope.build_string().split('.').filter(|atom| !atom.is_empty()) {
        out.push('.');
        out.push_str(PREFIX);
        for c in atom.chars() {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() {
                out.push(c);
            } else {
                // CSS spells out other characters: `.z-c\2b \2b `.
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::colour::{LEGIBLE, Rgb};
    use super::super::highlight::Highlighter;
    use crate::markdown::{Options, parse};
    use crate::path::SourcePath;
    use std::sync::Arc;
    use syntect::highlighting::Color;

    /// The colours of a kind that a style sheet sets, in order.
    fn colours(css: &str, property: &str) -> Vec<Rgb> {
        let starts = css.match_indices(property).filter(|(at, _)| css[..*at].ends_with(['{', ';']));
        let hex =
            starts.filter_map(|(at, _)| css.get(at + property.len() + 1..at + property.len() + 7));
        hex.filter_map(|hex| u32::from_str_radix(hex, 16).ok())
            .map(|hex| {
                let [_, r, g, b] = hex.to_be_bytes();
                Rgb::over(Color { r, g, b, a: 255 }, Rgb::WHITE)
            })
            .collect()
    }

    #[test]
    fn every_colour_of_every_theme_can_be_read() {
        let highlighter = Highlighter::new();
        for name in Highlighter::theme_names() {
            let css = highlighter.css(name).expect("a theme that is listed");
            let (grounds, texts) = (colours(&css, "background-color:"), colours(&css, "color:"));
            assert_eq!(grounds.len(), 2, "{name}");
            assert!(texts.len() > 5, "{name}");
            for text in texts {
                for &ground in &grounds {
                    let contrast = text.contrast(ground);
                    assert!(contrast >= LEGIBLE, "{name}: {} has {contrast}", text.css());
                }
            }
        }
    }

    #[test]
    fn code_for_some_themes_has_their_classes_alone() {
        let only = Highlighter::for_themes(&["OneHalfLight"]).expect("a theme that is listed");
        let options =
            |highlighter| Options { highlighter: Arc::new(highlighter), ..Options::default() };
        let html = |options| {
            let file = SourcePath::new("content/a.md");
            parse("```rust\nfn main() { a(\"b\"); }\n```\n", 0, &file, &options).value.texts.html
        };
        let (short, long) = (html(options(only)), html(options(Highlighter::new())));
        assert!(short.len() < long.len() && short.contains("z-string"), "{short}");
        assert!(Highlighter::for_themes(&["nope"]).is_err());
    }

    #[test]
    fn a_theme_is_found_however_its_name_is_written() {
        let highlighter = Highlighter::new();
        assert!(highlighter.css("Catppuccin Latte").is_ok());
        assert_eq!(highlighter.css("catppuccin-latte"), highlighter.css("Catppuccin Latte"));
        let known = highlighter.css("nope").expect_err("no theme of that name");
        assert!(known.contains(&"Nord"), "{known:?}");
    }
}
