//! What code is coloured with: each token in the classes of its scope, so that a style sheet decides.

use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;
use std::sync::OnceLock;

use syntect::highlighting::Theme;
use syntect::parsing::{Scope, SyntaxSet};
use two_face::theme::{EmbeddedLazyThemeSet, EmbeddedThemeName};

use super::language::{self, Language};
use super::stylesheet::{self, PREFIX};
use crate::text::slug::slug;

/// The themes that speak of a terminal's own colours and have none themselves.
const TERMINAL_THEMES: &[EmbeddedThemeName] =
    &[EmbeddedThemeName::Ansi, EmbeddedThemeName::Base16, EmbeddedThemeName::Base16_256];

/// The syntaxes and colour themes, each loaded when it is first asked for.
#[derive(Default)]
pub struct Highlighter {
    syntaxes: OnceLock<SyntaxSet>,
    themes: OnceLock<EmbeddedLazyThemeSet>,
    spoken: OnceLock<Vec<Vec<String>>>,
    /// The themes that code is written for; all where it is empty.
    only: Vec<EmbeddedThemeName>,
}

impl Highlighter {
    /// A highlighter whose code can be shown in any of the themes.
    pub fn new() -> Self {
        Self::default()
    }

    /// A highlighter whose code is shown in no other theme than those named: what none of
    /// them colours is not told apart in the HTML, which makes it much shorter.
    ///
    /// # Errors
    ///
    /// Gives the known names where there is no theme of one of these.
    pub fn for_themes(names: &[&str]) -> Result<Self, Vec<&'static str>> {
        let only = names.iter().map(|name| find_theme(name)).collect::<Result<_, _>>()?;
        Ok(Self { only, ..Self::default() })
    }

    /// The names of the colour themes.
    pub fn theme_names() -> Vec<&'static str> {
        themes().map(EmbeddedThemeName::as_name).collect()
    }

    /// Makes the style sheet of a colour theme, for code within `pre.code`.
    ///
    /// The name may be written in any case and with hyphens for spaces. Colours that would be
    /// hard to read on the theme's background are made lighter or darker until they are not.
    ///
    /// # Errors
    ///
    /// Gives the known names where there is no such theme.
    pub fn css(&self, name: &str) -> Result<String, Vec<&'static str>> {
        find_theme(name).map(|theme| stylesheet::write(self.theme(theme)))
    }

    fn theme(&self, name: EmbeddedThemeName) -> &Theme {
        self.themes.get_or_init(two_face::theme::extra).get(name)
    }

    pub(super) fn syntaxes(&self) -> &SyntaxSet {
        self.syntaxes.get_or_init(two_face::syntax::extra_newlines)
    }

    /// The scopes that any theme speaks of, each as its parts.
    fn spoken(&self) -> &[Vec<String>] {
        self.spoken.get_or_init(|| {
            let wanted = |theme: &_| self.only.is_empty() || self.only.contains(theme);
            let themes = themes().filter(wanted);
            let scopes = themes.flat_map(|theme| stylesheet::scopes(self.theme(theme)));
            scopes.collect::<BTreeSet<_>>().into_iter().collect()
        })
    }

    /// The classes of a scope, as far as any theme speaks of them.
    pub(super) fn classes(&self, scope: Scope) -> Rc<str> {
        classes_of(scope, self.spoken())
    }

    /// What the name of a language says.
    pub(super) fn language(&self, name: &str) -> Language<'_> {
        // Most blocks without colour are found out without loading a syntax.
        if name.is_empty() { Language::Plain } else { language::find(name, self.syntaxes()) }
    }

    /// The known language whose name is most like an unknown one.
    pub(super) fn nearest_language(&self, name: &str) -> Option<String> {
        language::nearest_name(name, self.syntaxes())
    }
}

impl fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

fn themes() -> impl Iterator<Item = EmbeddedThemeName> {
    let all = EmbeddedLazyThemeSet::theme_names().iter().copied();
    all.filter(|theme| !TERMINAL_THEMES.contains(theme))
}

fn find_theme(name: &str) -> Result<EmbeddedThemeName, Vec<&'static str>> {
    let wanted = slug(name);
    themes().find(|theme| slug(theme.as_name()) == wanted).ok_or_else(Highlighter::theme_names)
}

/// The classes of a scope, as far as any theme speaks of them.
///
/// A style sheet asks whether an element has all the classes of a scope it speaks of. So it is
/// enough to write the classes of those spoken of that a scope has in full: no selector finds
/// more or less than it would with all the others.
fn classes_of(scope: Scope, spoken: &[Vec<String>]) -> Rc<str> {
    let scope = scope.build_string();
    let atoms: Vec<&str> = scope.split('.').collect();
    let has = |atom: &String| atoms.contains(&atom.as_str());
    let spoken: BTreeSet<&str> =
        spoken.iter().filter(|parts| parts.iter().all(has)).flatten().map(String::as_str).collect();
    let kept = atoms.iter().filter(|atom| spoken.contains(*atom));
    kept.map(|atom| format!("{PREFIX}{atom}")).collect::<Vec<_>>().join(" ").into()
}
