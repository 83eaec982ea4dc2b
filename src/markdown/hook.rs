//! Render hooks: elements that a component of the site writes in the place of ibid.

/// Which elements the components of a site write.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hooks {
    /// Links: `hook.link`.
    pub link: bool,
    /// Images: `hook.image`.
    pub image: bool,
    /// Headings: `hook.heading`.
    pub heading: bool,
    /// Code blocks: `hook.code`.
    pub code: bool,
    /// Quotes and alerts: `hook.quote`.
    pub quote: bool,
}

impl Hooks {
    /// Asks for each component whether there is one.
    pub fn of(has: impl Fn(&str) -> bool) -> Self {
        Self {
            link: has("hook.link"),
            image: has("hook.image"),
            heading: has("hook.heading"),
            code: has("hook.code"),
            quote: has("hook.quote"),
        }
    }
}
