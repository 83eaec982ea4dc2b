//! Runs the elements of a style over one work.

use crate::cite::{Locator, When};

use super::case;
use super::date;
use super::dress::dress;
use super::item::Item;
use super::model::{
    Case, Date, Element, Label, Number, Part, Plural, Position, Program, Target, Text,
};
use super::name::Apart;
use super::number;
use super::repeat::Repeat;
use super::run::{self, Role, Run};

/// What is known of one cite, or of one entry of the list.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Scene<'a> {
    pub(super) number: usize,
    pub(super) locator: Option<&'a Locator>,
    /// Where it stands among the citations; nothing in the list.
    pub(super) position: Option<Position>,
    pub(super) near: bool,
    /// The note that cited the work first.
    pub(super) first_note: usize,
    pub(super) year_suffix: &'a str,
    pub(super) label: &'a str,
    pub(super) apart: Option<&'a Apart>,
    /// How many of the conditions hold that ask whether the work is still the same as another.
    pub(super) disambiguate: usize,
    pub(super) without_author: bool,
    /// Whether number and label are left to the caller.
    pub(super) without_number: bool,
    /// What stands for the names, where they are those of the entry before.
    pub(super) repeat: Option<Repeat<'a>>,
    pub(super) sorting: bool,
    pub(super) sort_names: Option<(Option<usize>, Option<usize>, Option<bool>)>,
}

/// What an element came to.
#[derive(Default)]
pub(super) struct Out {
    pub(super) runs: Vec<Run>,
    /// Whether it asked for a variable, and whether one had a value.
    pub(super) called: bool,
    pub(super) filled: bool,
}

impl Out {
    pub(super) fn variable(runs: Vec<Run>) -> Self {
        let filled = !run::is_empty(&runs);
        Self { runs, called: true, filled }
    }
}

/// One run of a style over one work.
pub(super) struct Renderer<'a> {
    pub(super) program: &'a Program,
    part: &'a Part,
    pub(super) item: &'a Item<'a>,
    pub(super) scene: Scene<'a>,
    /// Variables that stood for names, and so are not printed again.
    pub(super) spent: Vec<&'a str>,
    /// Variables that were printed, in order.
    pub(super) used: Vec<&'a str>,
    /// The names the work is known by, as they were printed or would have been.
    pub(super) author: Option<Author>,
    suffixed: bool,
    /// How many conditions have held because the work is still the same as another.
    pub(super) flagged: usize,
    depth: usize,
}

/// The first names of a cite.
#[derive(Clone, Default, Debug)]
pub(super) struct Author {
    pub(super) runs: Vec<Run>,
    /// Each name by itself, without the words for a role; in a list that may leave them out.
    pub(super) names: Vec<String>,
}

/// What came of a run.
pub(super) struct Rendered<'a> {
    pub(super) runs: Vec<Run>,
    pub(super) author: Author,
    pub(super) used: Vec<&'a str>,
}

/// Prints a work by a part of a style, without the affixes of the whole.
pub(super) fn render<'a>(
    program: &'a Program,
    part: &'a Part,
    item: &'a Item<'a>,
    scene: Scene<'a>,
) -> Rendered<'a> {
    let mut renderer = Renderer::new(program, part, item, scene);
    let out = renderer.elements(&part.elements, "");
    Rendered { runs: out.runs, author: renderer.author.unwrap_or_default(), used: renderer.used }
}

/// Prints a macro by itself, to sort by it.
pub(super) fn render_macro(
    program: &Program,
    part: &Part,
    item: &Item<'_>,
    scene: Scene<'_>,
    index: usize,
) -> Vec<Run> {
    Renderer::new(program, part, item, scene).elements(&part.macros[index], "").runs
}

impl<'a> Renderer<'a> {
    fn new(program: &'a Program, part: &'a Part, item: &'a Item<'a>, scene: Scene<'a>) -> Self {
        Self {
            program,
            part,
            item,
            scene,
            spent: Vec::new(),
            used: Vec::new(),
            author: None,
            suffixed: false,
            flagged: 0,
            depth: 0,
        }
    }

    fn elements(&mut self, elements: &'a [Element], delimiter: &str) -> Out {
        let mut all = Out::default();
        // A macro of a broken style may call itself.
        if self.depth > 64 {
            return all;
        }
        self.depth += 1;
        for element in elements {
            let out = self.element(element, delimiter);
            all.called |= out.called;
            all.filled |= out.filled;
            if run::is_empty(&out.runs) {
                continue;
            }
            if !delimiter.is_empty() && !all.runs.is_empty() {
                all.runs.push(Run::plain(delimiter));
            }
            all.runs.extend(out.runs);
        }
        self.depth -= 1;
        all
    }

    pub(super) fn element(&mut self, element: &'a Element, delimiter: &str) -> Out {
        match element {
            Element::Text(text) => self.text(text),
            Element::Number(number) => self.number(number),
            Element::Date(date) => self.date(date),
            Element::Label(label) => self.label(label),
            Element::Names(names) => self.names(names),
            Element::Group(group) => {
                let out = self.elements(&group.elements, &group.delimiter);
                if out.called && !out.filled {
                    return Out { runs: Vec::new(), ..out };
                }
                // A group that prints no variable but its words says something all the same.
                let filled = out.filled || !run::is_empty(&out.runs);
                Out { runs: dress(out.runs, &group.look, true), called: out.called, filled }
            }
            Element::Choose(branches) => {
                let mut branches = branches.iter();
                match branches.find(|branch| self.holds(branch)) {
                    // The elements of a branch stand among those around it.
                    Some(branch) => self.elements(&branch.elements, delimiter),
                    None => Out::default(),
                }
            }
        }
    }

    fn text(&mut self, text: &'a Text) -> Out {
        let mut out = match &text.target {
            Target::Value(value) => Out { runs: vec![Run::plain(value)], ..Out::default() },
            Target::Term(term) => Out { runs: vec![Run::plain(term)], ..Out::default() },
            Target::Macro(index) => {
                let out = self.elements(&self.part.macros[*index], "");
                // As with a group: words alone say something, beside an empty variable nothing.
                if out.called && !out.filled {
                    return Out { runs: Vec::new(), ..out };
                }
                let filled = out.filled || !run::is_empty(&out.runs);
                Out { filled, ..out }
            }
            Target::Variable { name, short } => {
                let runs = self.variable(name, *short);
                // A letter that no work needs says nothing of what stands beside it.
                let called = name != "year-suffix" || !run::is_empty(&runs);
                Out { called, ..Out::variable(runs) }
            }
        };
        let of_work = !matches!(text.target, Target::Term(_) | Target::Value(_));
        let english = if of_work { self.english() } else { self.program.words.english };
        self.letters(&mut out.runs, text.look.case, english);
        out.runs = dress(out.runs, &text.look, true);
        out
    }

    /// Changes case, for which titles in other languages than English have no rules.
    pub(super) fn letters(&self, runs: &mut [Run], wanted: Option<Case>, english: bool) {
        match wanted {
            Some(Case::Title) if !english => {}
            Some(wanted) => case::change(runs, wanted),
            None => {}
        }
    }

    /// Tells whether the words of the work are English.
    fn english(&self) -> bool {
        self.item.english().unwrap_or(self.program.words.english)
    }

    /// The value of a variable, ready to be dressed.
    fn variable(&mut self, name: &'a str, short: bool) -> Vec<Run> {
        if self.spent.contains(&name) {
            return Vec::new();
        }
        let words = &self.program.words;
        let plain = |text: String| vec![Run::plain(text)];
        match name {
            "citation-number" if self.scene.without_number => Vec::new(),
            "citation-number" => plain(self.scene.number.to_string()),
            "citation-label" if self.scene.without_number => Vec::new(),
            "citation-label" => plain(self.scene.label.to_owned()),
            "year-suffix" => {
                self.suffixed = true;
                vec![Run { role: Role::YearSuffix, ..Run::plain(self.scene.year_suffix) }]
            }
            "first-reference-note-number" if self.scene.first_note > 0 => {
                plain(self.scene.first_note.to_string())
            }
            "locator" => self.locator(),
            _ => {
                let found = self.find(name, short);
                if found.is_some() {
                    self.used.push(name);
                }
                let Some(runs) = found else { return Vec::new() };
                match name {
                    "page" => {
                        plain(number::pages(&run::text(runs), self.program.page_ranges, words))
                    }
                    "volume" | "issue" | "number" | "chapter-number" | "collection-number"
                    | "edition" | "number-of-pages" | "number-of-volumes" | "page-first"
                    | "section" => {
                        let mut runs = runs.to_vec();
                        for run in &mut runs {
                            run.text = number::ranges(&run.text, words);
                        }
                        runs
                    }
                    _ => runs.to_vec(),
                }
            }
        }
    }

    pub(super) fn find(&self, name: &str, short: bool) -> Option<&'a [Run]> {
        if short {
            let own = match name {
                "title" => self.item.text("title-short"),
                "container-title" => self.item.text("container-title-short"),
                _ => None,
            };
            if own.is_some() {
                return own;
            }
        }
        self.item.text(name)
    }

    fn locator(&self) -> Vec<Run> {
        let Some(locator) = self.scene.locator else { return Vec::new() };
        let words = &self.program.words;
        let value = if locator.kind == "page" {
            number::pages(&locator.value, self.program.page_ranges, words)
        } else {
            number::ranges(&locator.value, words)
        };
        vec![Run::plain(value.replace('\'', "’"))]
    }

    fn number(&mut self, number: &'a Number) -> Out {
        let runs = self.variable(&number.variable, false);
        if run::is_empty(&runs) {
            return Out::variable(runs);
        }
        let text = match number.variable.as_str() {
            "page" | "locator" => run::text(&runs),
            name => {
                let text =
                    self.find(name, false).map(run::text).unwrap_or_else(|| run::text(&runs));
                number::form(&text, number.form, number.gender, &self.program.words)
            }
        };
        let mut runs = vec![Run::plain(text)];
        self.letters(&mut runs, number.look.case, self.english());
        Out { runs: dress(runs, &number.look, true), called: true, filled: true }
    }

    fn label(&mut self, label: &'a Label) -> Out {
        let (kind, value) = match label.variable.as_str() {
            "locator" => match self.scene.locator {
                Some(locator) => (locator.kind, locator.value.clone()),
                None => return Out::default(),
            },
            name if self.spent.contains(&name) => return Out::default(),
            name => match self.find(name, false) {
                Some(runs) => (name, run::text(runs)),
                None => return Out::default(),
            },
        };
        let kind = if kind == "sub verbo" { "sub-verbo" } else { kind };
        let Some((one, many)) = label.terms.get(kind) else { return Out::default() };
        let plural = match label.plural {
            Plural::Always => true,
            Plural::Never => false,
            Plural::Contextual if kind.starts_with("number-of-") => {
                value.trim().parse::<u64>().is_ok_and(|n| n != 1)
            }
            Plural::Contextual => number::is_many(&value),
        };
        let mut runs = vec![Run::plain(if plural { many } else { one })];
        self.letters(&mut runs, label.look.case, self.program.words.english);
        Out { runs: dress(runs, &label.look, true), ..Out::default() }
    }

    fn date(&mut self, date: &'a Date) -> Out {
        let name = date.variable.as_str();
        let when = if self.spent.contains(&name) { None } else { self.item.date(name) };
        let Some(when) = when else { return Out::variable(Vec::new()) };
        self.used.push(name);
        if self.scene.sorting {
            return Out::variable(vec![Run::plain(date::sortable(when, Some(&date.parts)))]);
        }
        if matches!(when, When::Literal(_)) && !date.parts.iter().any(|part| part.form.size() == 2)
        {
            // Words in place of a date stand where the year does, and once.
            return Out::variable(Vec::new());
        }
        let has_year = date.parts.iter().any(|part| part.form.size() == 2);
        let suffix =
            if name == "issued" && has_year && !self.part.places_year_suffix && !self.suffixed {
                self.suffixed = true;
                self.scene.year_suffix
            } else {
                ""
            };
        let mut runs = date::print(date, when, suffix, &self.program.words);
        if matches!(when, When::Literal(_)) && !suffix.is_empty() {
            runs.push(Run { role: Role::YearSuffix, ..Run::plain(suffix) });
        }
        Out::variable(dress(runs, &date.look, true))
    }
}
