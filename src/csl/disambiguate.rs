//! Tells apart the works of a page whose citations would be the same.

use std::collections::BTreeMap;

use crate::cite::Name;

use super::item::Item;
use super::model::{Element, GivenRule, NameOptions, Program, Target};
use super::name::{Apart, Given, Manner};
use super::render::{Scene, render};
use super::run::{self, Run};

/// What tells one work from the others of its page.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Distinction {
    pub(super) apart: Apart,
    /// How many conditions hold that a style has for this.
    pub(super) flagged: usize,
    pub(super) year_suffix: String,
}

impl Distinction {
    /// Puts what tells a work apart into a scene.
    pub(super) fn within<'a>(&'a self, scene: Scene<'a>) -> Scene<'a> {
        Scene {
            apart: (self.apart != Apart::default()).then_some(&self.apart),
            disambiguate: self.flagged,
            year_suffix: &self.year_suffix,
            ..scene
        }
    }
}

/// Tells the works of a page apart; `order` is that of the reference list, `plain` what each
/// citation is when nothing is done.
pub(super) fn disambiguate(
    program: &Program,
    items: &[Item<'_>],
    order: &[usize],
    plain: &[&str],
) -> Vec<Distinction> {
    let mut all = vec![Distinction::default(); items.len()];
    let rules = &program.cites;
    if rules.add_given && rules.given_rule != GivenRule::ByCite {
        spell_out(program, items, &mut all);
    }
    if !(rules.add_names || rules.add_given || rules.add_year_suffix || program.citation.flags > 0)
    {
        return all;
    }
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for work in order {
        let text = if all[*work] == Distinction::default() {
            plain[*work].to_owned()
        } else {
            cite(program, &items[*work], &all[*work])
        };
        groups.entry(text).or_default().push(*work);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        one_group(program, items, &mut all, &group);
    }
    all
}

fn one_group(program: &Program, items: &[Item<'_>], all: &mut [Distinction], group: &[usize]) {
    let rules = &program.cites;
    if rules.add_names || rules.add_given {
        spread(program, items, all, group, 0);
    }
    for same in alike(program, items, all, group) {
        let left = flag(program, items, all, &same, 0);
        let same = in_order(&same, &left);
        if rules.add_year_suffix && same.len() > 1 {
            for (n, work) in same.iter().enumerate() {
                all[*work].year_suffix = letters(n);
            }
        }
    }
}

/// Lets conditions hold that a style has for works that are still the same, one after another and
/// as few as set some of them apart; then goes on with the others, and gives those that stay alike.
fn flag(
    program: &Program,
    items: &[Item<'_>],
    all: &mut [Distinction],
    group: &[usize],
    from: usize,
) -> Vec<usize> {
    // Sound styles have a dozen at most, of which a work meets two or three.
    let most = program.citation.flags.min(32);
    let with = |all: &[Distinction], flagged: usize| {
        let mut tried = all.to_vec();
        for work in group {
            tried[*work].flagged = flagged;
        }
        tried
    };
    for flagged in from + 1..=most {
        let tried = with(all, flagged);
        let sets = sets(program, items, &tried, group);
        if sets.len() > 1 {
            all.clone_from_slice(&tried);
            let alike = sets.into_values().filter(|set| set.len() > 1);
            return alike.flat_map(|set| flag(program, items, all, &set, flagged)).collect();
        }
    }
    // Works that nothing sets apart say all they can, as citeproc-js has it.
    all.clone_from_slice(&with(all, most));
    group.to_vec()
}

/// Shows more names, and spells out given names, as few as set some works of a group apart; then
/// goes on with those that are still the same. What sets nothing apart is not kept.
fn spread(
    program: &Program,
    items: &[Item<'_>],
    all: &mut [Distinction],
    group: &[usize],
    from: usize,
) {
    let rules = &program.cites;
    let most =
        group.iter().filter_map(|work| authors(&items[*work])).map(Vec::len).max().unwrap_or(0);
    let by_cite = rules.add_given && rules.given_rule == GivenRule::ByCite;
    let last = if rules.add_names { most } else { from + 1 };
    for more in from..last {
        let given = if by_cite { more + shown(program, items, group) } else { 0 };
        let levels = [Given::Initials, Given::Full];
        let places = (0..given).flat_map(|place| levels.map(|level| Some((place, level))));
        for step in std::iter::once(None).chain(places) {
            let mut tried = all.to_vec();
            for work in group {
                let apart = &mut tried[*work].apart;
                apart.more = more;
                if let Some((place, level)) = step {
                    apart.given.resize(apart.given.len().max(place + 1), Given::AsStyled);
                    apart.given[place] = level;
                }
            }
            let sets = sets(program, items, &tried, group);
            if sets.len() > 1 {
                all.clone_from_slice(&tried);
                for set in sets.into_values().filter(|set| set.len() > 1) {
                    spread(program, items, all, &set, more);
                }
                return;
            }
        }
    }
}

/// How many names a citation shows before `et al.` with what tells it apart.
pub(super) fn least(program: &Program, apart: &Apart) -> usize {
    let options = first_options(&program.citation.elements, &program.citation.macros, 0);
    options.map_or(0, |options| options.et_al.use_first + apart.more)
}

/// How many names the style shows of the works of a group.
fn shown(program: &Program, items: &[Item<'_>], group: &[usize]) -> usize {
    let options = first_options(&program.citation.elements, &program.citation.macros, 0);
    let Some(options) = options else { return 1 };
    let manner = Manner { program, options, apart: None, subsequent: false, sorting: false };
    let people = |item: &Item<'_>| item.names("author").or_else(|| item.names("editor")).cloned();
    group
        .iter()
        .filter_map(|work| people(&items[*work]))
        .map(|people| manner.shown(&people).0)
        .max()
        .unwrap_or(1)
}

/// The works of a group by what their citations are.
fn sets(
    program: &Program,
    items: &[Item<'_>],
    all: &[Distinction],
    group: &[usize],
) -> BTreeMap<String, Vec<usize>> {
    let mut sets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for work in group {
        sets.entry(cite(program, &items[*work], &all[*work])).or_default().push(*work);
    }
    sets
}

/// The sets of works of a group whose citations are still the same.
fn alike(
    program: &Program,
    items: &[Item<'_>],
    all: &[Distinction],
    group: &[usize],
) -> Vec<Vec<usize>> {
    sets(program, items, all, group).into_values().filter(|set| set.len() > 1).collect()
}

fn in_order(order: &[usize], some: &[usize]) -> Vec<usize> {
    order.iter().filter(|work| some.contains(work)).copied().collect()
}

/// Spells out the given names of those who share a family name with somebody else of the page.
fn spell_out(program: &Program, items: &[Item<'_>], all: &mut [Distinction]) {
    let Some(options) = first_options(&program.citation.elements, &program.citation.macros, 0)
    else {
        return;
    };
    let (primary, initials_only) = match program.cites.given_rule {
        GivenRule::ByCite => return,
        GivenRule::All { initials } => (false, initials),
        GivenRule::Primary { initials } => (true, initials),
    };
    let manner = Manner { program, options, apart: None, subsequent: false, sorting: false };
    let level = |given| Apart { given: vec![given], ..Apart::default() };
    let with = |name: &Name, apart: &Apart| {
        // With or without points it is the same name.
        run::text(&Manner { apart: Some(apart), ..manner }.one(name, 0)).replace('.', "")
    };
    let (initials, full) = (level(Given::Initials), level(Given::Full));
    let mut people: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let seen = |item: &Item<'_>| {
        let people = item.names("author").or_else(|| item.names("editor"));
        people.map(|people| {
            let shown = if primary { 1 } else { manner.shown(people).0 };
            people.list.iter().take(shown).cloned().collect::<Vec<_>>()
        })
    };
    // Most names of a page are nobody else's, and need not be spelt out to know that.
    let mut known: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for item in items {
        for name in seen(item).into_iter().flatten() {
            let same = known.entry(run::text(&manner.one(&name, 0))).or_default();
            if !same.contains(&name) {
                same.push(name);
            }
        }
    }
    for (short, names) in known.into_iter().filter(|(_, names)| names.len() > 1) {
        let spelt = names.iter().map(|name| (with(name, &initials), with(name, &full)));
        people.insert(short, spelt.collect());
    }
    if people.is_empty() {
        return;
    }
    for (item, distinction) in items.iter().zip(all) {
        let levels = seen(item).into_iter().flatten().map(|name| {
            let (own_initials, own_full) = (with(&name, &initials), with(&name, &full));
            let others = people.get(&run::text(&manner.one(&name, 0))).into_iter().flatten();
            let others: Vec<_> = others.filter(|(_, full)| *full != own_full).collect();
            let clash = others.iter().any(|(initials, _)| *initials == own_initials);
            let differs = others.iter().any(|(initials, _)| *initials != own_initials);
            match (clash, differs) {
                (true, _) if !initials_only => Given::Full,
                (_, true) => Given::Initials,
                _ => Given::AsStyled,
            }
        });
        let levels: Vec<Given> = levels.collect();
        if levels.iter().any(|level| *level != Given::AsStyled) {
            distinction.apart.given = levels;
        }
    }
}

fn first_options<'a>(
    elements: &'a [Element],
    macros: &'a [Vec<Element>],
    depth: usize,
) -> Option<&'a NameOptions> {
    if depth > 64 {
        return None;
    }
    elements.iter().find_map(|element| match element {
        Element::Names(names) => Some(&names.options),
        Element::Group(group) => first_options(&group.elements, macros, depth + 1),
        Element::Choose(branches) => {
            // The last branch is the usual case.
            branches
                .iter()
                .rev()
                .find_map(|branch| first_options(&branch.elements, macros, depth + 1))
        }
        Element::Text(text) => match text.target {
            Target::Macro(index) => first_options(&macros[index], macros, depth + 1),
            _ => None,
        },
        _ => None,
    })
}

fn authors<'a>(item: &'a Item<'_>) -> Option<&'a Vec<Name>> {
    item.names("author").or_else(|| item.names("editor")).map(|names| &names.list)
}

/// What a citation is, with what tells it apart.
fn cite(program: &Program, item: &Item<'_>, distinction: &Distinction) -> String {
    plain(&render(program, &program.citation, item, distinction.within(later_scene())).runs)
}

/// The scene in which the citations of works are compared. What a style says of a work that has
/// been cited before is the shortest it says, and the one by which works are mixed up.
pub(super) fn later_scene<'a>() -> Scene<'a> {
    Scene { position: Some(super::model::Position::Subsequent), near: true, ..Scene::default() }
}

/// The scene of a work that is cited for the first time, without a place in it.
pub(super) fn first_scene<'a>() -> Scene<'a> {
    Scene { position: Some(super::model::Position::First), ..Scene::default() }
}

/// What two citations are compared by.
pub(super) fn plain(runs: &[Run]) -> String {
    run::text(runs)
}

/// The letters after a year: `a` to `z`, then `aa`.
pub(super) fn letters(mut n: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'a' + (n % 26) as u8);
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    out.reverse();
    out.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        let all: Vec<String> = [0, 25, 26, 27, 51, 52, 702].into_iter().map(letters).collect();
        assert_eq!(all, ["a", "z", "aa", "ab", "az", "ba", "aaa"]);
    }
}
