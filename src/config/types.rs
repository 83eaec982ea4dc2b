//! Content types: what a page of each must carry, and what it is to machines.

use std::collections::BTreeMap;

use toml::Spanned;

use super::raw::RawType;
use super::schema_org;
use super::taxonomies::Taxonomy;
use crate::diag::{Code, Diagnostic, Span};
use crate::path::SourcePath;
use crate::text::nearest::nearest;

/// Every content type, by its name.
pub type Types = BTreeMap<String, ContentType>;

/// A content type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContentType {
    /// What its pages are called to readers; none where they are not told.
    pub title: Option<String>,
    /// The schema.org type of its pages.
    pub schema: String,
    /// What its pages must carry.
    pub require: Vec<Requirement>,
    /// Months from one review to the next; none where nothing falls due.
    pub review_every_months: Option<u32>,
}

/// Something that a page can be required to carry.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Requirement {
    /// `title`.
    Title,
    /// `description`.
    Description,
    /// `date`.
    Date,
    /// `updated`.
    Updated,
    /// `expires`.
    Expires,
    /// `weight`.
    Weight,
    /// `language`.
    Language,
    /// At least one of `authors`.
    Authors,
    /// `image`.
    Image,
    /// An `image` with `alt`.
    ImageAlt,
    /// An `image` with `caption`.
    ImageCaption,
    /// An `image` with `credit`.
    ImageCredit,
    /// An `image` with `license`.
    ImageLicense,
    /// At least one of `[[reviews]]`.
    Reviews,
    /// At least one pick of `continue_reading`.
    ContinueReading,
    /// At least one work of `additional_reading`.
    AdditionalReading,
    /// At least one citation in the text.
    Citations,
    /// Whether a list of headings is shown.
    Toc,
    /// At least one alias.
    Aliases,
    /// At least one term of any taxonomy.
    Taxonomies,
    /// At least one term of this taxonomy.
    Taxonomy(String),
}

const NAMES: &[(&str, Requirement)] = &[
    ("title", Requirement::Title),
    ("description", Requirement::Description),
    ("date", Requirement::Date),
    ("updated", Requirement::Updated),
    ("expires", Requirement::Expires),
    ("weight", Requirement::Weight),
    ("language", Requirement::Language),
    ("authors", Requirement::Authors),
    ("image", Requirement::Image),
    ("image.alt", Requirement::ImageAlt),
    ("image.caption", Requirement::ImageCaption),
    ("image.credit", Requirement::ImageCredit),
    ("image.license", Requirement::ImageLicense),
    ("reviews", Requirement::Reviews),
    ("continue_reading", Requirement::ContinueReading),
    ("additional_reading", Requirement::AdditionalReading),
    ("citations", Requirement::Citations),
    ("toc", Requirement::Toc),
    ("aliases", Requirement::Aliases),
    ("taxonomies", Requirement::Taxonomies),
];

impl Requirement {
    /// The name under `require`.
    pub fn name(&self) -> &str {
        match self {
            Self::Taxonomy(name) => name,
            other => NAMES.iter().find(|(_, known)| known == other).map_or("", |(name, _)| name),
        }
    }
}

/// The types that every site has; a site's own table of that name changes them key by key.
fn presets() -> Types {
    use Requirement::{Authors, Citations, Description, Reviews};
    let preset = |schema: &str, require: &[Requirement], review_every_months| ContentType {
        title: None,
        schema: schema.to_owned(),
        require: require.to_vec(),
        review_every_months,
    };
    let health = [Description, Authors, Reviews, Citations];
    [
        ("article", preset("Article", &[], None)),
        ("health", preset("MedicalWebPage", &health, Some(24))),
        // Of a guide schema.org says `TechArticle`: its own `Guide` recommends products, and a
        // `HowTo` needs its steps apart.
        ("guide", preset("TechArticle", &[], None)),
        ("faq", preset("FAQPage", &[], None)),
    ]
    .map(|(name, preset)| (name.to_owned(), preset))
    .into()
}

/// Lays the types of a site over those that every site has.
pub(super) fn resolve(
    raw: BTreeMap<String, RawType>,
    taxonomies: &[Taxonomy],
    file: &SourcePath,
    found: &mut Vec<Diagnostic>,
) -> Types {
    let mut types = presets();
    for (name, raw) in raw {
        let kind = types.entry(name).or_insert_with(|| ContentType {
            title: None,
            schema: "Article".to_owned(),
            require: Vec::new(),
            review_every_months: None,
        });
        let mut wrong = |set: &Spanned<String>, message: String, near: Option<&str>| {
            let span = Span::new(file.clone(), set.span());
            found.push(Diagnostic::new(Code::ConfigValue, message).at(span).did_you_mean(near));
        };
        if raw.title.is_some() {
            kind.title = raw.title.filter(|title| !title.trim().is_empty());
        }
        if let Some(schema) = raw.schema {
            let name = schema.get_ref().as_str();
            if !schema_org::known().any(|known| known == name) {
                let message = format!("`{name}` is no page or creative work of schema.org");
                wrong(&schema, message, nearest(name, schema_org::known()));
            }
            kind.schema = schema.into_inner();
        }
        if let Some(required) = raw.require {
            kind.require.clear();
            for required in required {
                let name = required.get_ref().as_str();
                let known = NAMES.iter().find(|(known, _)| *known == name);
                let requirement = known.map(|(_, requirement)| requirement.clone()).or_else(|| {
                    let declared = taxonomies.iter().any(|taxonomy| taxonomy.name == name);
                    declared.then(|| Requirement::Taxonomy(name.to_owned()))
                });
                match requirement {
                    Some(requirement) => kind.require.push(requirement),
                    None => {
                        let names = NAMES.iter().map(|(name, _)| *name);
                        let names = names.chain(taxonomies.iter().map(|t| t.name.as_str()));
                        let message = format!("no page can be required to have `{name}`");
                        wrong(&required, message, nearest(name, names));
                    }
                }
            }
        }
        if let Some(months) = raw.review_every_months {
            kind.review_every_months = Some(months).filter(|&months| months > 0);
        }
    }
    types
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{NAMES, Requirement, resolve};
    use crate::config::raw::{RawConfig, RawType};
    use crate::config::taxonomies;
    use crate::path::SourcePath;
    use crate::settings;

    fn types(text: &str) -> (super::Types, Vec<String>) {
        let (raw, mistakes) = settings::read::<RawConfig>(text, "site.toml");
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let mut found = Vec::new();
        let raw_types: BTreeMap<String, RawType> = raw.types;
        let file = SourcePath::new("site.toml");
        let (taxonomies, _) = taxonomies::resolve(raw.taxonomies, &file);
        let types = resolve(raw_types, &taxonomies, &file, &mut found);
        let say = |d: &crate::diag::Diagnostic| {
            format!("{} ({})", d.message, d.help.as_deref().unwrap_or(""))
        };
        (types, found.iter().map(say).collect())
    }

    #[test]
    fn a_preset_is_changed_key_by_key() {
        let (types, found) = types("[types.health]\nreview_every_months = 12\n");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(types["health"].review_every_months, Some(12));
        assert_eq!(types["health"].schema, "MedicalWebPage");
        assert_eq!(types["health"].require.len(), 4);
        let (types, _) = self::types("[types.health]\nreview_every_months = 0\nrequire = []\n");
        assert_eq!(types["health"].review_every_months, None);
        assert!(types["health"].require.is_empty());
    }

    #[test]
    fn a_new_type_is_an_article() {
        let text = "[[taxonomies]]\nname = \"topics\"\n[types.note]\nrequire = [\"topics\"]\n";
        let (types, found) = types(text);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(types["note"].schema, "Article");
        assert_eq!(types["note"].require, [Requirement::Taxonomy("topics".into())]);
    }

    #[test]
    fn slips_are_pointed_out() {
        let (_, found) = types("[types.a]\nschema = \"medicalwebpage\"\nrequire = [\"autors\"]\n");
        assert_eq!(
            found,
            [
                "`medicalwebpage` is no page or creative work of schema.org (did you mean `MedicalWebPage`?)",
                "no page can be required to have `autors` (did you mean `authors`?)",
            ]
        );
    }

    #[test]
    fn every_requirement_has_one_name() {
        for (name, requirement) in NAMES {
            assert_eq!(requirement.name(), *name);
        }
    }
}
