//! From a style as it is written to a style as it is run.

use std::collections::BTreeMap;

use hayagriva::citationberg as csl;
use hayagriva::citationberg::ToFormatting;
use hayagriva::citationberg::taxonomy::{Locator, NumberOrPageVariable, NumberVariable, Term};

use super::asked;
use super::compile_names;
use super::locale::Locale;
use super::locator::{LOCATORS, locator_name, short};
use super::looks::{case, format, label_look, look, name_of, own_line, plural};
use super::model::{
    Branch, CiteRules, Collapse, Date, DatePart, Demote, Element, GivenRule, Group, Label, Look,
    Match, Names, Number, NumberForm, PageRanges, Part, PartForm, Position, Program, SortKey,
    SortTarget, Target, Test, Text,
};
use super::repeat::{Repeats, Rule};

/// Resolves a style for a language.
pub(super) fn compile(style: &csl::IndependentStyle, locale: &Locale) -> Program {
    let settings = &style.settings;
    let citation = &style.citation;
    let part = |layout: &csl::Layout, options: &csl::InheritableNameOptions, sort| {
        Compiler { locale, style, options: settings.options.apply(options), around: None }
            .part(layout, sort)
    };
    Program {
        citation: part(&citation.layout, &citation.name_options, citation.sort.as_ref()),
        list: style
            .bibliography
            .as_ref()
            .map(|list| part(&list.layout, &list.name_options, list.sort.as_ref())),
        cites: cite_rules(citation),
        repeats: style.bibliography.as_ref().and_then(repeats),
        words: locale.words(),
        locators: short(locale),
        page_ranges: match settings.page_range_format {
            None => PageRanges::AsGiven,
            Some(csl::PageRangeFormat::Chicago15) => PageRanges::Chicago15,
            Some(csl::PageRangeFormat::Chicago16) => PageRanges::Chicago16,
            Some(csl::PageRangeFormat::Expanded) => PageRanges::Expanded,
            Some(csl::PageRangeFormat::Minimal) => PageRanges::Minimal,
            Some(csl::PageRangeFormat::MinimalTwo) => PageRanges::MinimalTwo,
        },
        demote: match settings.demote_non_dropping_particle {
            csl::DemoteNonDroppingParticle::Never => Demote::Never,
            csl::DemoteNonDroppingParticle::SortOnly => Demote::SortOnly,
            csl::DemoteNonDroppingParticle::DisplayAndSort => Demote::DisplayAndSort,
        },
        hyphen_initials: settings.initialize_with_hyphen,
        note: settings.class == csl::StyleClass::Note,
    }
}

fn repeats(list: &csl::Bibliography) -> Option<Repeats> {
    use csl::SubsequentAuthorSubstituteRule as Written;
    let with = list.subsequent_author_substitute.clone()?;
    let rule = match list.subsequent_author_substitute_rule {
        Written::CompleteAll => Rule::CompleteAll,
        Written::CompleteEach => Rule::CompleteEach,
        Written::PartialEach => Rule::PartialEach,
        Written::PartialFirst => Rule::PartialFirst,
    };
    Some(Repeats { with, rule })
}

fn cite_rules(citation: &csl::Citation) -> CiteRules {
    let grouped = citation.cite_group_delimiter.is_some()
        || matches!(
            citation.collapse,
            Some(csl::Collapse::Year | csl::Collapse::YearSuffix | csl::Collapse::YearSuffixRanged)
        );
    CiteRules {
        add_names: citation.disambiguate_add_names,
        add_given: citation.disambiguate_add_givenname,
        given_rule: match citation.givenname_disambiguation_rule {
            csl::DisambiguationRule::ByCite => GivenRule::ByCite,
            csl::DisambiguationRule::AllNames => GivenRule::All { initials: false },
            csl::DisambiguationRule::AllNamesWithInitials => GivenRule::All { initials: true },
            csl::DisambiguationRule::PrimaryName => GivenRule::Primary { initials: false },
            csl::DisambiguationRule::PrimaryNameWithInitials => {
                GivenRule::Primary { initials: true }
            }
        },
        add_year_suffix: citation.disambiguate_add_year_suffix,
        collapse: citation.collapse.map(|collapse| match collapse {
            csl::Collapse::CitationNumber => Collapse::Number,
            csl::Collapse::Year => Collapse::Year,
            csl::Collapse::YearSuffix => Collapse::YearSuffix,
            csl::Collapse::YearSuffixRanged => Collapse::YearSuffixRanged,
        }),
        group_delimiter: grouped
            .then(|| citation.cite_group_delimiter.clone().unwrap_or_else(|| ", ".to_owned())),
        // A style that neither sorts a citation nor names what divides a group leaves its author
        // the order, as citeproc-js does.
        regroup: citation.cite_group_delimiter.is_some() || citation.sort.is_some(),
        year_suffix_delimiter: citation.get_year_suffix_delimiter().to_owned(),
        after_collapse: citation.get_after_collapse_delimiter().to_owned(),
        near: citation.near_note_distance as usize,
    }
}

/// Compiles the elements of one part of a style: options of names differ between the parts,
/// and a macro takes those of the part that calls it.
struct Compiler<'a> {
    locale: &'a Locale,
    style: &'a csl::IndependentStyle,
    options: csl::InheritableNameOptions,
    /// The names that what is compiled stands for.
    around: Option<&'a csl::Names>,
}

impl Compiler<'_> {
    fn part(&self, layout: &csl::Layout, sort: Option<&csl::Sort>) -> Part {
        let macros: Vec<_> =
            self.style.macros.iter().map(|each| self.elements(&each.children)).collect();
        let elements = self.elements(&layout.elements);
        let places_year_suffix = asked::year_suffix(&elements, &macros, 0);
        let by_position =
            asked::position(&elements) || macros.iter().any(|each| asked::position(each));
        let flags =
            asked::flags(&elements) + macros.iter().map(|each| asked::flags(each)).sum::<usize>();
        let keys = sort.map(|sort| sort.keys.as_slice()).unwrap_or_default();
        Part {
            elements,
            look: Look {
                format: format(layout.to_formatting()),
                prefix: layout.prefix.clone().unwrap_or_default(),
                suffix: layout.suffix.clone().unwrap_or_default(),
                ..Look::default()
            },
            delimiter: layout.delimiter.clone().unwrap_or_default(),
            macros,
            sort: keys.iter().filter_map(|key| self.sort_key(key)).collect(),
            by_position,
            flags,
            places_year_suffix,
        }
    }

    fn sort_key(&self, key: &csl::SortKey) -> Option<SortKey> {
        let descending = key.sort_direction() == csl::SortDirection::Descending;
        let target = match key {
            csl::SortKey::Variable { variable, .. } => SortTarget::Variable(variable.to_string()),
            csl::SortKey::MacroName {
                name, names_min, names_use_first, names_use_last, ..
            } => SortTarget::Macro {
                index: self.macro_index(name)?,
                min: names_min.map(|min| min as usize),
                use_first: names_use_first.map(|first| first as usize),
                use_last: *names_use_last,
            },
        };
        Some(SortKey { target, descending })
    }

    fn macro_index(&self, name: &str) -> Option<usize> {
        self.style.macros.iter().position(|each| each.name == name)
    }

    fn elements(&self, elements: &[csl::LayoutRenderingElement]) -> Vec<Element> {
        elements.iter().filter_map(|element| self.element(element)).collect()
    }

    fn element(&self, element: &csl::LayoutRenderingElement) -> Option<Element> {
        Some(match element {
            csl::LayoutRenderingElement::Text(text) => Element::Text(self.text(text)?),
            csl::LayoutRenderingElement::Date(date) => Element::Date(self.date(date)?),
            csl::LayoutRenderingElement::Number(number) => Element::Number(Number {
                variable: csl::taxonomy::Variable::from(number.variable).to_string(),
                form: match number.form {
                    csl::NumberForm::Numeric => NumberForm::Numeric,
                    csl::NumberForm::Ordinal => NumberForm::Ordinal,
                    csl::NumberForm::LongOrdinal => NumberForm::LongOrdinal,
                    csl::NumberForm::Roman => NumberForm::Roman,
                },
                gender: self.locale.gender(number.variable.into()),
                look: Look {
                    case: number.text_case.map(case),
                    own_line: own_line(number.display),
                    ..look(&number.formatting, &number.affixes)
                },
            }),
            csl::LayoutRenderingElement::Names(names) => {
                Element::Names(Box::new(self.names(names)))
            }
            csl::LayoutRenderingElement::Label(label) => {
                Element::Label(self.label(label.variable, &label.label))
            }
            csl::LayoutRenderingElement::Group(group) => Element::Group(Group {
                elements: self.elements(&group.children),
                delimiter: group.delimiter.clone().unwrap_or_default(),
                look: Look {
                    format: format(group.to_formatting()),
                    prefix: group.prefix.clone().unwrap_or_default(),
                    suffix: group.suffix.clone().unwrap_or_default(),
                    own_line: own_line(group.display),
                    ..Look::default()
                },
            }),
            csl::LayoutRenderingElement::Choose(choose) => {
                let mut branches: Vec<_> =
                    choose.branches().map(|branch| self.branch(branch)).collect();
                if let Some(otherwise) = &choose.otherwise {
                    branches.push(Branch {
                        tests: Vec::new(),
                        wanted: Match::All,
                        elements: self.elements(&otherwise.children),
                    });
                }
                Element::Choose(branches)
            }
        })
    }

    /// Compiles names with what stands for them. Names in a substitute that say nothing
    /// themselves, however deep, are as those around them.
    fn names(&self, names: &csl::Names) -> Names {
        let inner = Compiler { around: Some(names), options: self.options.clone(), ..*self };
        let substitute = names.substitute().map(|all| inner.elements(&all.children));
        compile_names::names(
            self.locale,
            &self.options,
            names,
            self.around,
            substitute.unwrap_or_default(),
        )
    }

    fn text(&self, text: &csl::Text) -> Option<Text> {
        let target = match &text.target {
            csl::TextTarget::Variable { var, form } => Target::Variable {
                name: var.to_string(),
                short: *form == csl::LongShortForm::Short,
            },
            csl::TextTarget::Macro { name } => Target::Macro(self.macro_index(name)?),
            csl::TextTarget::Term { term, form, plural } => {
                let (one, many) = self.locale.term(*term, *form).unwrap_or_default();
                Target::Term(if *plural { many } else { one })
            }
            csl::TextTarget::Value { val } => Target::Value(val.clone()),
        };
        let look = Look {
            strip_periods: text.strip_periods,
            case: text.text_case.map(case),
            quotes: text.quotes,
            own_line: own_line(text.display),
            ..look(&text.formatting, &text.affixes)
        };
        Some(Text { target, look })
    }

    fn label(&self, variable: NumberOrPageVariable, label: &csl::VariablelessLabel) -> Label {
        let mut terms = BTreeMap::new();
        if variable == NumberOrPageVariable::Number(NumberVariable::Locator) {
            for locator in LOCATORS {
                let name = locator_name(*locator);
                terms.insert(
                    name,
                    self.locale.term((*locator).into(), label.form).unwrap_or_default(),
                );
            }
        } else {
            let name = csl::taxonomy::Variable::from(variable).to_string();
            let term = match Term::from(variable) {
                Term::PageVariable => Term::Locator(Locator::Page),
                term => term,
            };
            terms.insert(name, self.locale.term(term, label.form).unwrap_or_default());
        }
        let name = csl::taxonomy::Variable::from(variable).to_string();
        Label { variable: name, terms, plural: plural(label.plural), look: label_look(label) }
    }

    fn date(&self, date: &csl::Date) -> Option<Date> {
        let variable = date.variable?.to_string();
        let mut whole = Look {
            case: date.text_case.map(case),
            own_line: own_line(date.display),
            ..look(&date.formatting, &date.affixes)
        };
        let Some(form) = date.form else {
            return Some(Date {
                variable,
                parts: date.date_part.iter().map(|part| date_part(part, None)).collect(),
                delimiter: date.delimiter.clone().unwrap_or_default(),
                look: whole,
            });
        };
        let local = self.locale.date(form)?;
        let wanted = date.parts.unwrap_or_default();
        let parts = local
            .date_part
            .iter()
            .filter(|part| match part.name {
                csl::DatePartName::Year => true,
                csl::DatePartName::Month => wanted.has_month(),
                csl::DatePartName::Day => wanted.has_day(),
            })
            .map(|part| date_part(part, date.date_part.iter().find(|own| own.name == part.name)))
            .collect();
        whole.case = whole.case.or(local.text_case.map(case));
        let delimiter = local.delimiter.clone().unwrap_or_default();
        Some(Date { variable, parts, delimiter, look: whole })
    }

    fn branch(&self, branch: &csl::ChooseBranch) -> Branch {
        let mut tests = Vec::new();
        tests.extend(branch.disambiguate.map(Test::Disambiguate));
        let variables = |list: &Option<Vec<csl::taxonomy::Variable>>, make: fn(String) -> Test| {
            list.iter().flatten().map(|variable| make(variable.to_string())).collect::<Vec<_>>()
        };
        tests.extend(variables(&branch.is_numeric, Test::Numeric));
        tests.extend(variables(&branch.variable, Test::Variable));
        let uncertain = branch.is_uncertain_date.iter().flatten();
        tests.extend(uncertain.map(|variable| Test::Uncertain(variable.to_string())));
        let locators = branch.locator.iter().flatten();
        tests.extend(locators.map(|locator| Test::Locator(locator_name(*locator))));
        tests.extend(branch.type_.iter().flatten().map(|kind| Test::Kind(name_of(kind))));
        tests.extend(branch.position.iter().flatten().map(|position| {
            Test::Position(match position {
                csl::TestPosition::First => Position::First,
                csl::TestPosition::Subsequent => Position::Subsequent,
                csl::TestPosition::NearNote => Position::Near,
                csl::TestPosition::Ibid => Position::Ibid,
                csl::TestPosition::IbidWithLocator => Position::IbidWithLocator,
            })
        }));
        let wanted = match branch.match_ {
            csl::ChooseMatch::All => Match::All,
            csl::ChooseMatch::Any => Match::Any,
            csl::ChooseMatch::None => Match::None,
        };
        Branch { tests, wanted, elements: self.elements(&branch.children) }
    }
}

fn date_part(part: &csl::DatePart, own: Option<&csl::DatePart>) -> DatePart {
    let affixes = &part.affixes;
    let formatting = own.map_or(part.formatting, |own| own.formatting.apply(part.formatting));
    // What the style says of a part of a localised date counts, but for its affixes.
    let form = match own
        .map_or(part.form(), |own| if has_form(own) { own.form() } else { part.form() })
    {
        csl::DateStrongAnyForm::Day(form) => match form {
            csl::DateDayForm::Numeric => PartForm::Day { digits: 1, ordinal: false },
            csl::DateDayForm::NumericLeadingZeros => PartForm::Day { digits: 2, ordinal: false },
            csl::DateDayForm::Ordinal => PartForm::Day { digits: 1, ordinal: true },
        },
        csl::DateStrongAnyForm::Month(form) => match form {
            csl::DateMonthForm::Long => PartForm::MonthName { short: false },
            csl::DateMonthForm::Short => PartForm::MonthName { short: true },
            csl::DateMonthForm::Numeric => PartForm::MonthNumber { digits: 1 },
            csl::DateMonthForm::NumericLeadingZeros => PartForm::MonthNumber { digits: 2 },
        },
        csl::DateStrongAnyForm::Year(form) => {
            PartForm::Year { short: form == csl::LongShortForm::Short }
        }
    };
    let range =
        own.and_then(|own| own.range_delimiter.clone()).or_else(|| part.range_delimiter.clone());
    DatePart {
        form,
        range_delimiter: range.unwrap_or_else(|| csl::DatePart::DEFAULT_DELIMITER.to_owned()),
        look: Look {
            strip_periods: part.strip_periods || own.is_some_and(|own| own.strip_periods),
            case: own.and_then(|own| own.text_case).or(part.text_case).map(case),
            ..look(&formatting, affixes)
        },
    }
}

/// The form of a part is private; one that is not the default was written.
fn has_form(part: &csl::DatePart) -> bool {
    part.form() != csl::DateStrongAnyForm::for_name(part.name, None)
        || serde_json::to_value(part).is_ok_and(|value| value.get("@form").is_some())
}
