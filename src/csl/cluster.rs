//! The citations of a page, each with its works in order and drawn together.

use super::disambiguate::{Distinction, first_scene};
use super::dress::dress;
use super::html;
use super::lead;
use super::model::{Collapse, Position};
use super::page::Page;
use super::printed::{Cite, Cluster, Marker, Piece};
use super::render::{Author, Scene, render};
use super::run::{self, Format, Role, Run, Vertical};
use super::sort::Keys;
use super::typography::shaped;
use super::work::Kind;

/// Where an item of a citation stands.
#[derive(Clone, Copy)]
struct Standing {
    position: Position,
    near: bool,
    first_note: usize,
}

/// An item as it is printed.
struct Printed {
    item: usize,
    number: usize,
    runs: Vec<Run>,
    author: Author,
    /// Whether something of its own keeps it from being drawn together with others.
    alone: bool,
    hidden: bool,
}

/// Prints all citations of a page.
pub(super) fn print(page: &Page<'_>, clusters: &[Cluster<'_>]) -> Vec<Marker> {
    let standings = standings(page, clusters);
    clusters
        .iter()
        .zip(standings)
        .map(|(cluster, standing)| marker(page, cluster, &standing))
        .collect()
}

fn standings(page: &Page<'_>, clusters: &[Cluster<'_>]) -> Vec<Vec<Standing>> {
    // The note of the first and of the last citation of each work.
    let mut seen: Vec<Option<(usize, usize)>> = vec![None; page.works.len()];
    let mut last: Option<(&Cite<'_>, usize)> = None;
    let mut all = Vec::with_capacity(clusters.len());
    for (n, cluster) in clusters.iter().enumerate() {
        let note = n + 1;
        let mut own = Vec::with_capacity(cluster.items.len());
        for (i, cite) in cluster.items.iter().enumerate() {
            let before = match (i, last) {
                (0, Some((before, 1))) => Some(before),
                (0, _) => None,
                _ => Some(&cluster.items[i - 1]),
            };
            own.push(match seen[cite.work] {
                None => Standing { position: Position::First, near: false, first_note: 0 },
                Some((first, latest)) => Standing {
                    position: before.filter(|before| before.work == cite.work).map_or(
                        Position::Subsequent,
                        |before| match (before.locator, cite.locator) {
                            (Some(_), None) => Position::Subsequent,
                            (one, two) if one == two => Position::Ibid,
                            _ => Position::IbidWithLocator,
                        },
                    ),
                    near: page.program.note && note - latest <= page.program.cites.near,
                    first_note: first,
                },
            });
            let first = seen[cite.work].map_or(note, |(first, _)| first);
            seen[cite.work] = Some((first, note));
        }
        if let Some(cite) = cluster.items.last() {
            last = Some((cite, cluster.items.len()));
        }
        all.push(own);
    }
    all
}

fn marker(page: &Page<'_>, cluster: &Cluster<'_>, standings: &[Standing]) -> Marker {
    let cites: Vec<(usize, &Cite<'_>, Standing)> = cluster
        .items
        .iter()
        .zip(standings)
        .enumerate()
        .map(|(n, (cite, standing))| (n, cite, *standing))
        .collect();
    if !cluster.narrative || cites.is_empty() {
        return bracket(page, &cites, false);
    }
    let (_, first, standing) = cites[0];
    let author = lead::names(page, first, one(page, first, standing, false).author);
    let in_text = matches!(page.kind, Kind::AuthorDate);
    let rest = if in_text { one(page, first, standing, true).runs } else { vec![Run::plain("1")] };
    if run::is_empty(&rest) || author.is_empty() {
        // The style has nothing but the names to show, so that they lead to the work.
        let mut marker =
            if cites.len() > 1 { bracket(page, &cites[1..], false) } else { Marker::default() };
        let html = if author.is_empty() {
            page.numbers[first.work].to_string()
        } else {
            html::unlinked(&author)
        };
        if author.is_empty() {
            return bracket(page, &cites, false);
        }
        if !marker.pieces.is_empty() {
            marker.pieces.insert(0, Piece::Html(" ".to_owned()));
        }
        marker.pieces.insert(0, Piece::Cite { item: 0, html, shown: true });
        return marker;
    }
    let mut marker = bracket(page, &cites, in_text);
    marker.lead = html::unlinked(&author);
    if in_text && !marker.raised {
        marker.lead.push(' ');
    }
    marker
}

/// Prints one item without what is said before and after it.
fn one(page: &Page<'_>, cite: &Cite<'_>, standing: Standing, spoken: bool) -> Printed {
    let work = cite.work;
    let distinction = &page.distinctions[work];
    let without_author =
        (cite.without_author || spoken) && matches!(page.kind, Kind::AuthorDate | Kind::Note);
    let kept = page.works[work].work.cite.as_ref().filter(|_| {
        standing.position == Position::First
            && !without_author
            && cite.locator.is_none()
            && *distinction == Distinction::default()
    });
    let (runs, author) = if let Some(kept) = kept {
        (kept.runs.to_vec(), kept.known_as())
    } else {
        let label = match page.kind {
            Kind::Label if !page.program.citation.places_year_suffix => {
                format!("{}{}", page.labels[work], distinction.year_suffix)
            }
            _ => page.labels[work].clone(),
        };
        let scene = Scene {
            number: page.numbers[work],
            locator: cite.locator,
            position: Some(standing.position),
            near: standing.near,
            first_note: standing.first_note,
            without_author,
            label: &label,
            ..first_scene()
        };
        let rendered = render(
            page.program,
            &page.program.citation,
            &page.items[work],
            distinction.within(scene),
        );
        (rendered.runs, rendered.author)
    };
    Printed {
        item: 0,
        number: page.numbers[work],
        runs,
        author,
        alone: cite.locator.is_some() || !cite.prefix.is_empty() || !cite.suffix.is_empty(),
        hidden: false,
    }
}

fn bracket(page: &Page<'_>, cites: &[(usize, &Cite<'_>, Standing)], spoken: bool) -> Marker {
    let program = page.program;
    let mut printed: Vec<(Option<Keys>, Printed)> = Vec::with_capacity(cites.len());
    let sorted = !program.citation.sort.is_empty() && cites.len() > 1;
    for (n, (item, cite, standing)) in cites.iter().enumerate() {
        let keys = sorted.then(|| {
            Keys::new(program, &program.citation, &page.items[cite.work], page.numbers[cite.work])
        });
        let one = Printed { item: *item, ..one(page, cite, *standing, spoken && n == 0) };
        printed.push((keys, one));
    }
    if sorted && !spoken {
        printed.sort_by(|(one, _), (two, _)| one.cmp(two));
    }
    let mut printed: Vec<Printed> = printed.into_iter().map(|(_, one)| one).collect();
    let delimiters = draw_together(page, cites, &mut printed);

    let mut runs = Vec::new();
    for (n, one) in printed.iter_mut().enumerate() {
        if n > 0 && !one.hidden {
            runs.push(Run::plain(&delimiters[n]));
        }
        let Some((_, cite, _)) = cites.iter().find(|(item, ..)| *item == one.item) else {
            continue;
        };
        if !cite.prefix.is_empty() {
            runs.extend(shaped(cite.prefix));
            runs.push(Run::plain(" "));
        }
        let own = std::mem::take(&mut one.runs);
        runs.extend(own.into_iter().map(|run| Run { cite: one.item + 1, ..run }));
        if !cite.suffix.is_empty() {
            // What an author writes stays where it is, a comma outside of quotation marks too.
            let suffix: Vec<Run> = shaped(cite.suffix)
                .into_iter()
                .map(|run| Run { role: Role::Fixed, ..run })
                .collect();
            let glued =
                run::text(&suffix).starts_with([',', '.', ';', ':', '?', '!', ' ', ')', '’']);
            runs.push(Run::plain(if glued { "" } else { " " }));
            runs.extend(suffix);
        }
    }
    let look = &program.citation.look;
    let mut runs = dress(runs, look, true);
    runs = run::clean(runs, program.words.punctuation_in_quote);
    run::quote(&mut runs, &program.words.quotes);
    let raised = page.kind != Kind::Note && is_raised(&runs);
    if raised {
        for run in &mut runs {
            run.format = Format { vertical: None, ..run.format };
        }
    }
    Marker { lead: String::new(), pieces: pieces(page, cites, &runs, &printed), raised }
}

fn is_raised(runs: &[Run]) -> bool {
    let mut of_cites =
        runs.iter().filter(|run| run.cite > 0 && !run.text.trim().is_empty()).peekable();
    of_cites.peek().is_some() && of_cites.all(|run| run.format.vertical == Some(Vertical::Super))
}

/// Draws items together as the style says, and gives what stands before each.
fn draw_together(
    page: &Page<'_>,
    cites: &[(usize, &Cite<'_>, Standing)],
    printed: &mut Vec<Printed>,
) -> Vec<String> {
    let program = page.program;
    let layout = &program.citation.delimiter;
    match program.cites.collapse {
        Some(Collapse::Number) if page.kind == Kind::Numeric => numbers(printed, layout),
        _ if program.cites.group_delimiter.is_some() && printed.len() > 1 => {
            years(page, cites, printed)
        }
        _ => vec![layout.clone(); printed.len()],
    }
}

/// Numbers in a row become a range.
fn numbers(printed: &mut [Printed], layout: &str) -> Vec<String> {
    let mut delimiters = vec![layout.to_owned(); printed.len()];
    let mut start = 0;
    while start < printed.len() {
        let mut end = start;
        while end + 1 < printed.len()
            && !printed[end].alone
            && !printed[end + 1].alone
            && printed[end + 1].number == printed[end].number + 1
        {
            end += 1;
        }
        if end - start >= 2 {
            for middle in &mut printed[start + 1..end] {
                middle.hidden = true;
            }
            "–".clone_into(&mut delimiters[end]);
        }
        start = end + 1;
    }
    delimiters
}

/// Works of the same people stand together, and their names are said once.
fn years(
    page: &Page<'_>,
    cites: &[(usize, &Cite<'_>, Standing)],
    printed: &mut Vec<Printed>,
) -> Vec<String> {
    let program = page.program;
    let names = |one: &Printed| run::text(&one.author.runs);
    let rules = &program.cites;
    if rules.regroup {
        // Later ones of a group move up to its first.
        let mut grouped: Vec<Printed> = Vec::with_capacity(printed.len());
        for one in printed.drain(..) {
            let own = names(&one);
            let after = grouped.iter().rposition(|before| !own.is_empty() && names(before) == own);
            let place = after.map_or(grouped.len(), |after| after + 1);
            grouped.insert(place, one);
        }
        *printed = grouped;
    }
    let mut delimiters = vec![program.citation.delimiter.clone(); printed.len()];
    let group_delimiter = rules.group_delimiter.clone().unwrap_or_default();
    let mut collapsed = false;
    for n in 1..printed.len() {
        let own = names(&printed[n]);
        let same = !own.is_empty() && own == names(&printed[n - 1]);
        if !same {
            if collapsed {
                delimiters[n].clone_from(&rules.after_collapse);
            }
            collapsed = false;
            continue;
        }
        delimiters[n].clone_from(&group_delimiter);
        let Some((_, cite, standing)) = cites.iter().find(|(item, ..)| *item == printed[n].item)
        else {
            continue;
        };
        if rules.collapse.is_none() || !cite.prefix.is_empty() {
            continue;
        }
        collapsed = true;
        let bare = one(page, cite, *standing, true);
        if !run::is_empty(&bare.runs) {
            printed[n].runs = bare.runs;
        }
    }
    if matches!(rules.collapse, Some(Collapse::YearSuffix | Collapse::YearSuffixRanged)) {
        suffixes(page, printed, &mut delimiters);
    }
    delimiters
}

/// Years of one group that differ in their letter alone are said once.
fn suffixes(page: &Page<'_>, printed: &mut [Printed], delimiters: &mut [String]) {
    let rules = &page.program.cites;
    let letter = |one: &Printed| {
        let run = one.runs.iter().find(|run| run.role == Role::YearSuffix && !run.text.is_empty());
        run.map(|run| run.text.clone())
    };
    let year = |one: &Printed| {
        one.runs
            .iter()
            .filter(|run| run.role != Role::YearSuffix)
            .map(|run| run.text.as_str())
            .collect::<String>()
    };
    let names = |one: &Printed| run::text(&one.author.runs);
    let years: Vec<String> = printed
        .iter()
        .map(|one| {
            year(one).trim_start_matches(&names(one)).trim_start_matches([',', ' ']).to_owned()
        })
        .collect();
    let mut start = 0;
    while start < printed.len() {
        let mut end = start;
        while end + 1 < printed.len()
            && letter(&printed[start]).is_some()
            && letter(&printed[end + 1]).is_some()
            && names(&printed[end + 1]) == names(&printed[start])
            && years[end + 1] == years[start]
            && !printed[end].alone
            && !printed[end + 1].alone
        {
            end += 1;
        }
        for n in start + 1..=end {
            printed[n].runs.retain(|run| run.role == Role::YearSuffix);
            delimiters[n].clone_from(&rules.year_suffix_delimiter);
        }
        if rules.collapse == Some(Collapse::YearSuffixRanged) && end - start >= 2 {
            for middle in &mut printed[start + 1..end] {
                middle.hidden = true;
            }
            "–".clone_into(&mut delimiters[end]);
        }
        start = end + 1;
    }
}

/// Cuts runs into the pieces that lead to works and those between them.
fn pieces(
    page: &Page<'_>,
    cites: &[(usize, &Cite<'_>, Standing)],
    runs: &[Run],
    printed: &[Printed],
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut done = vec![false; cites.len()];
    let place = |item: usize| cites.iter().position(|(each, ..)| *each == item);
    let hidden: Vec<usize> = printed.iter().filter(|one| one.hidden).map(|one| one.item).collect();
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let same = rest.iter().position(|run| run.cite != first.cite).unwrap_or(rest.len());
        let (own, tail) = rest.split_at(same);
        rest = tail;
        let item = first.cite.wrapping_sub(1);
        let is_hidden = first.cite > 0 && hidden.contains(&item);
        if first.cite == 0 {
            let html = html::linked(own);
            match pieces.last_mut() {
                Some(Piece::Html(last)) => last.push_str(&html),
                _ => pieces.push(Piece::Html(html)),
            }
            continue;
        }
        let html = html::unlinked(own);
        match place(item) {
            // What a work shows twice, around words of another's, still is one link.
            Some(at) if !done[at] => {
                done[at] = true;
                pieces.push(Piece::Cite { item, html, shown: !is_hidden });
            }
            _ => pieces.push(Piece::Html(html)),
        }
    }
    for (at, (item, cite, _)) in cites.iter().enumerate() {
        if !done[at] {
            let html = page.numbers[cite.work].to_string();
            pieces.push(Piece::Cite { item: *item, html, shown: true });
        }
    }
    pieces
}
