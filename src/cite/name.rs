//! The people and bodies behind a work.

/// Everyone in one role, in order.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Names {
    /// Those who are named.
    pub list: Vec<Name>,
    /// Whether there are others who are not: `and others`.
    pub others: bool,
}

/// A person or a body.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Name {
    /// A person.
    Person {
        /// The family name, without particles: `Berg`.
        family: String,
        /// The given names or initials: `Jan`.
        given: String,
        /// A particle that stays with the family name: `van der`.
        particle: String,
        /// A particle that goes where only the family name is shown: `de`.
        dropping_particle: String,
        /// `Jr.`, `III`.
        suffix: String,
    },
    /// A body, or a person whose name has no parts: `World Health Organization`.
    Literal(String),
}

impl Names {
    /// Gives back the room that is not needed.
    pub(super) fn shrink(&mut self) {
        self.list.shrink_to_fit();
        for name in &mut self.list {
            match name {
                Name::Literal(name) => name.shrink_to_fit(),
                Name::Person { family, given, particle, dropping_particle, suffix } => {
                    let parts = [family, given, particle, dropping_particle, suffix];
                    parts.into_iter().for_each(String::shrink_to_fit);
                }
            }
        }
    }
}

impl Name {
    /// The name by which it is known in short: the family name with its particle, or the whole.
    pub fn short(&self) -> String {
        match self {
            Self::Person { family, particle, .. } if particle.is_empty() => family.clone(),
            Self::Person { family, particle, .. } => format!("{particle} {family}"),
            Self::Literal(name) => name.clone(),
        }
    }

    /// The name in full, as it is spoken.
    pub fn full(&self) -> String {
        match self {
            Self::Literal(name) => name.clone(),
            Self::Person { family, given, particle, dropping_particle, suffix } => {
                let parts = [given, dropping_particle, particle, family, suffix];
                let parts: Vec<&str> = parts
                    .iter()
                    .map(|part| part.as_str())
                    .filter(|part| !part.is_empty())
                    .collect();
                parts.join(" ")
            }
        }
    }
}
