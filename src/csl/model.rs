//! A style as it is run: every term, option and macro resolved for one language.

use std::collections::BTreeMap;

use super::ordinal::{Gender, Ordinals};
use super::repeat::Repeats;
use super::run::{Format, Marks};

/// A style in one language.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) citation: Part,
    pub(super) list: Option<Part>,
    /// How citations are told apart and drawn together.
    pub(super) cites: CiteRules,
    /// What stands for the names of an entry that are those of the entry before it.
    pub(super) repeats: Option<Repeats>,
    pub(super) words: Words,
    /// One and many of each kind of place in a work, abbreviated.
    pub(super) locators: BTreeMap<String, (String, String)>,
    pub(super) page_ranges: PageRanges,
    pub(super) demote: Demote,
    pub(super) hyphen_initials: bool,
    pub(super) note: bool,
}

/// What a citation, or an entry of the list, is made of.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) elements: Vec<Element>,
    pub(super) look: Look,
    pub(super) delimiter: String,
    pub(super) macros: Vec<Vec<Element>>,
    pub(super) sort: Vec<SortKey>,
    /// Whether a work is cited in another way when it has been cited before.
    pub(super) by_position: bool,
    /// How many conditions ask whether a work is still the same as another.
    pub(super) flags: usize,
    /// Whether the style prints the letter after the year itself.
    pub(super) places_year_suffix: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Element {
    Text(Text),
    Date(Date),
    Number(Number),
    Names(Box<Names>),
    Label(Label),
    Group(Group),
    Choose(Vec<Branch>),
}

/// How a piece of output is dressed, from the inside out.
#[derive(Clone, Default, Debug)]
pub(super) struct Look {
    pub(super) strip_periods: bool,
    pub(super) case: Option<Case>,
    pub(super) quotes: bool,
    pub(super) format: Format,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// Whether it stands on a line of its own.
    pub(super) own_line: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    Lower,
    Upper,
    First,
    All,
    Sentence,
    Title,
}

#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) target: Target,
    pub(super) look: Look,
}

#[derive(Clone, Debug)]
pub(super) enum Target {
    Variable { name: String, short: bool },
    Macro(usize),
    Term(String),
    Value(String),
}

#[derive(Clone, Debug)]
pub(super) struct Date {
    pub(super) variable: String,
    pub(super) parts: Vec<DatePart>,
    pub(super) delimiter: String,
    pub(super) look: Look,
}

#[derive(Clone, Debug)]
pub(super) struct DatePart {
    pub(super) form: PartForm,
    pub(super) range_delimiter: String,
    pub(super) look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PartForm {
    Day { digits: usize, ordinal: bool },
    MonthNumber { digits: usize },
    MonthName { short: bool },
    Year { short: bool },
}

impl PartForm {
    /// How large a part of a date it is: 0 a day, 1 a month, 2 a year.
    pub(super) fn size(self) -> u8 {
        match self {
            Self::Day { .. } => 0,
            Self::MonthNumber { .. } | Self::MonthName { .. } => 1,
            Self::Year { .. } => 2,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) variable: String,
    pub(super) form: NumberForm,
    /// The gender of what is counted.
    pub(super) gender: Option<Gender>,
    pub(super) look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NumberForm {
    Numeric,
    Ordinal,
    LongOrdinal,
    Roman,
}

#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) variables: Vec<String>,
    pub(super) delimiter: String,
    pub(super) options: NameOptions,
    pub(super) label: Option<Label>,
    pub(super) label_first: bool,
    pub(super) substitute: Vec<Element>,
    pub(super) look: Look,
}

#[derive(Clone, Debug)]
pub(super) struct NameOptions {
    pub(super) and: Option<String>,
    pub(super) delimiter: String,
    pub(super) before_et_al: Delimit,
    pub(super) before_last: Delimit,
    /// The same before a body: what `name` says of it is for people.
    pub(super) before_last_body: Delimit,
    pub(super) et_al: EtAl,
    pub(super) et_al_subsequent: EtAl,
    pub(super) use_last: bool,
    pub(super) form: NameForm,
    pub(super) initialize: bool,
    pub(super) initialize_with: Option<String>,
    pub(super) inverted: Inverted,
    pub(super) sort_separator: String,
    pub(super) given: Look,
    pub(super) family: Look,
    pub(super) look: Look,
    pub(super) et_al_text: String,
    pub(super) et_al_format: Format,
}

/// From how many names on how many are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct EtAl {
    pub(super) min: usize,
    pub(super) use_first: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Delimit {
    Contextual,
    AfterInverted,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NameForm {
    Long,
    Short,
    Count,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Inverted {
    None,
    First,
    All,
}

#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) variable: String,
    /// One and many, by variable; for a locator by its kind.
    pub(super) terms: BTreeMap<String, (String, String)>,
    pub(super) plural: Plural,
    pub(super) look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Plural {
    Contextual,
    Always,
    Never,
}

#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) elements: Vec<Element>,
    pub(super) delimiter: String,
    pub(super) look: Look,
}

#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub(super) tests: Vec<Test>,
    pub(super) wanted: Match,
    pub(super) elements: Vec<Element>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Match {
    All,
    Any,
    None,
}

#[derive(Clone, Debug)]
pub(super) enum Test {
    Disambiguate(bool),
    Numeric(String),
    Uncertain(String),
    Locator(String),
    Position(Position),
    Kind(String),
    Variable(String),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Position {
    First,
    Subsequent,
    Near,
    Ibid,
    IbidWithLocator,
}

#[derive(Clone, Debug)]
pub(super) struct SortKey {
    pub(super) target: SortTarget,
    pub(super) descending: bool,
}

#[derive(Clone, Debug)]
pub(super) enum SortTarget {
    Variable(String),
    Macro { index: usize, min: Option<usize>, use_first: Option<usize>, use_last: Option<bool> },
}

#[derive(Clone, Debug)]
pub(super) struct CiteRules {
    pub(super) add_names: bool,
    pub(super) add_given: bool,
    pub(super) given_rule: GivenRule,
    pub(super) add_year_suffix: bool,
    pub(super) collapse: Option<Collapse>,
    /// What stands between works of the same people; nothing where they are not grouped.
    pub(super) group_delimiter: Option<String>,
    /// Whether works of the same people that stand apart are brought together.
    pub(super) regroup: bool,
    pub(super) year_suffix_delimiter: String,
    pub(super) after_collapse: String,
    pub(super) near: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum GivenRule {
    ByCite,
    All { initials: bool },
    Primary { initials: bool },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Collapse {
    Number,
    Year,
    YearSuffix,
    YearSuffixRanged,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PageRanges {
    AsGiven,
    Chicago15,
    Chicago16,
    Expanded,
    Minimal,
    MinimalTwo,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Demote {
    Never,
    SortOnly,
    DisplayAndSort,
}

/// The words of the language that are asked for whatever the style.
#[derive(Clone, Default, Debug)]
pub(super) struct Words {
    pub(super) quotes: Marks,
    pub(super) range: String,
    pub(super) and: String,
    pub(super) et_al: String,
    pub(super) ad: String,
    pub(super) bc: String,
    /// From January on.
    pub(super) months: Vec<String>,
    pub(super) short_months: Vec<String>,
    pub(super) seasons: Vec<String>,
    pub(super) ordinals: Ordinals,
    /// The gender of each month.
    pub(super) month_genders: Vec<Option<Gender>>,
    /// Whether only the first day of a month is an ordinal.
    pub(super) ordinal_first_day_only: bool,
    pub(super) punctuation_in_quote: bool,
    pub(super) english: bool,
}
