//! Runs the names of a style over one work.

use crate::cite::Names as People;

use super::dress::dress;
use super::model::{Label, Look, NameOptions, Names, Plural, Position};
use super::name::Manner;
use super::render::{Author, Out, Renderer};
use super::repeat::Repeat;
use super::run::{self, Run};

impl<'a> Renderer<'a> {
    /// Prints names, or what stands for them.
    pub(super) fn names(&mut self, names: &'a Names) -> Out {
        let first = self.author.is_none();
        let people: Vec<(&'a str, &'a People)> = names
            .variables
            .iter()
            .filter(|role| !self.spent.contains(&role.as_str()))
            .filter_map(|role| Some((role.as_str(), self.item.names(role)?)))
            .collect();
        if people.is_empty() {
            return self.substitute(names, first);
        }
        self.used.extend(people.iter().map(|(role, _)| *role));
        let options = self.sort_options(names);
        let manner = Manner {
            program: self.program,
            options: options.as_ref().unwrap_or(&names.options),
            apart: if first { self.scene.apart } else { None },
            subsequent: self.scene.position.is_some_and(|position| position != Position::First),
            sorting: self.scene.sorting,
        };
        let both = people.len() == 2
            && people[0].1 == people[1].1
            && names.label.as_ref().is_some_and(|label| {
                label.terms.get("editor-translator").is_some_and(|(one, _)| !one.is_empty())
                    && people.iter().all(|(role, _)| matches!(*role, "editor" | "translator"))
            });
        let mut runs = Vec::new();
        let mut repeatable = Vec::new();
        for (n, (role, people)) in people.iter().enumerate() {
            if both && n > 0 {
                break;
            }
            if n > 0 {
                runs.push(Run::plain(&names.delimiter));
            }
            let repeat = self.scene.repeat.filter(|_| first && n == 0);
            let list = match repeat {
                Some(Repeat::All(with)) => vec![Run::plain(with)],
                Some(Repeat::Each(with, count)) => manner.list_after(people, with, count),
                None => manner.list(people),
            };
            if first && n == 0 && self.program.repeats.is_some() && !self.scene.sorting {
                repeatable = manner.each(people);
            }
            let role = if both { "editor-translator" } else { role };
            let label = names.label.as_ref().filter(|_| !self.scene.sorting);
            let label = label
                .map(|label| self.role_label(label, role, people.list.len()))
                .unwrap_or_default();
            if names.label_first {
                runs.extend(label);
                runs.extend(list);
            } else {
                runs.extend(list);
                runs.extend(label);
            }
        }
        let runs = dress(runs, &names.look, true);
        self.named(first, runs, repeatable)
    }

    fn sort_options(&self, names: &Names) -> Option<NameOptions> {
        if !self.scene.sorting {
            return None;
        }
        let mut options = names.options.clone();
        if let Some((min, use_first, use_last)) = self.scene.sort_names {
            options.et_al.min = min.unwrap_or(options.et_al.min);
            options.et_al.use_first = use_first.unwrap_or(options.et_al.use_first);
            options.use_last = use_last.unwrap_or(options.use_last);
        }
        options.and = None;
        options.delimiter = "  ".to_owned();
        options.sort_separator = " ".to_owned();
        Some(options)
    }

    /// Keeps the first names, and leaves them out where the sentence has spoken them.
    fn named(&mut self, first: bool, runs: Vec<Run>, names: Vec<String>) -> Out {
        if !first || run::is_empty(&runs) {
            return Out::variable(runs);
        }
        self.author = Some(Author { runs: runs.clone(), names });
        if self.scene.without_author {
            return Out { called: true, ..Out::default() };
        }
        Out::variable(runs)
    }

    fn substitute(&mut self, names: &'a Names, first: bool) -> Out {
        let before = self.used.len();
        let known = self.author.is_some();
        for element in &names.substitute {
            let out = self.element(element, "");
            if run::is_empty(&out.runs) && self.author.is_some() == known {
                continue;
            }
            let used = self.used[before..].to_vec();
            self.spent.extend(used);
            if self.author.is_some() && first {
                return Out { runs: dress(out.runs, &names.look, true), ..out };
            }
            let runs = dress(out.runs, &Look { own_line: false, ..names.look.clone() }, true);
            return self.named(first, runs, Vec::new());
        }
        Out { called: true, ..Out::default() }
    }

    fn role_label(&self, label: &Label, role: &str, count: usize) -> Vec<Run> {
        let Some((one, many)) = label.terms.get(role) else { return Vec::new() };
        let plural = match label.plural {
            Plural::Always => true,
            Plural::Never => false,
            Plural::Contextual => count > 1,
        };
        let mut runs = vec![Run::plain(if plural { many } else { one })];
        self.letters(&mut runs, label.look.case, self.program.words.english);
        dress(runs, &label.look, true)
    }
}
