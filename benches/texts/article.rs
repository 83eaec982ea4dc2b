//! One page: what its front matter says, and its text.

use super::Dialect;
use super::chance::Chance;
use super::vocabulary::{
    ADJECTIVES, FAMILY_NAMES, GIVEN_NAMES, JOINTS, NOUNS, OPENINGS, PREPOSITIONS, PROGRAMS,
    SUBJECTS, SYLLABLES, Subject, TAG_HEADS, TAG_TAILS, VERBS,
};
use super::work::Work;

/// How many people write.
pub(crate) const AUTHORS: usize = 24;

/// Every so many-th page has a code block.
const CODE_EVERY: usize = 5;

/// Every so many-th page cites as many works as a review does.
const REVIEW_EVERY: usize = 10;

/// What a page is called, where it lies, and what is said of it.
pub(crate) struct Article {
    number: usize,
    subject: &'static Subject,
    /// The name of its file, without the ending.
    slug: String,
    title: String,
    description: String,
    date: String,
    updated: String,
    tags: Vec<String>,
    author: usize,
}

/// The name of an author.
pub(crate) fn author(number: usize) -> String {
    let family = FAMILY_NAMES[number * 7 % FAMILY_NAMES.len()];
    format!("{} {family}", GIVEN_NAMES[number % GIVEN_NAMES.len()])
}

/// A name as the path of a page has it.
pub(crate) fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

impl Article {
    /// The `number`th page.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        let mut chance = Chance::new(seed, "article", number);
        let subject = &SUBJECTS[chance.below(SUBJECTS.len())];
        let title = title(subject, number);
        let described = Sentence { subject, chance: &mut chance, is_plain: true }.any();
        let year = chance.between(2016, 2023);
        let mut day =
            |year| format!("{year}-{:02}-{:02}", chance.between(1, 12), chance.between(1, 28));
        let (date, updated) = (day(year), day(year + 1));
        // The tags of a subject are a few of all, as an editor would give them.
        let home = SUBJECTS.iter().position(|other| other.folder == subject.folder).unwrap_or(0);
        let mut tags = Vec::new();
        while tags.len() < 3 {
            let all = TAG_HEADS.len() * TAG_TAILS.len();
            let tag = (home * 17 + chance.known(50)) % all;
            let head = TAG_HEADS[tag / TAG_TAILS.len()];
            let tag = format!("{head}-{}", TAG_TAILS[tag % TAG_TAILS.len()]);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Self {
            number,
            subject,
            slug: format!("{}-{number}", slug(&title).replace('\'', "")),
            title,
            description: described,
            date,
            updated,
            tags,
            author: chance.below(AUTHORS),
        }
    }

    /// Its file, below the folder of the content.
    pub(crate) fn path(&self) -> String {
        format!("{}/{}.md", self.subject.folder, self.slug)
    }

    /// The whole file. `pages` and `works` say how many there are to link to and to cite.
    pub(crate) fn text(&self, seed: u64, pages: usize, works: usize, dialect: Dialect) -> String {
        format!("{}\n{}", self.front_matter(dialect), self.body(seed, pages, works, dialect))
    }

    fn front_matter(&self, dialect: Dialect) -> String {
        let Self { title, description, date, updated, .. } = self;
        let tags = self.tags.join("\", \"");
        let name = author(self.author);
        let rest = match dialect {
            Dialect::Ibid => format!(
                "updated = {updated}\nauthors = [\"{}\"]\n\n[taxonomies]\ntags = [\"{tags}\"]",
                slug(&name)
            ),
            Dialect::Hugo => {
                format!("lastmod = {updated}\nauthors = [\"{name}\"]\ntags = [\"{tags}\"]")
            }
        };
        format!(
            "+++\ntitle = \"{title}\"\ndescription = \"{description}\"\ndate = {date}\n{rest}\n+++\n"
        )
    }

    fn body(&self, seed: u64, pages: usize, works: usize, dialect: Dialect) -> String {
        let mut chance = Chance::new(seed, "body", self.number);
        let cited = cited(&mut chance, seed, works, self.number);
        let mut marks = marks(&mut chance, &cited, dialect);
        let mut links: Vec<String> = (0..chance.between(3, 6))
            .map(|turn| {
                let to = Self::new(seed, chance.known(pages));
                link(&to, turn, dialect)
            })
            .collect();
        let aim = chance.between(600, 1200);
        let parts = chance.between(4, 8);
        let (list, table, code) =
            (chance.below(parts), chance.below(parts), self.number / CODE_EVERY % parts);
        let mut words = 0;
        let mut blocks = vec![self.paragraph(&mut chance, &mut marks, &mut Vec::new(), &mut words)];
        for part in 0..parts {
            let level = if part > 0 && chance.percent(35) { "###" } else { "##" };
            let heading = capital(&format!(
                "{} {} {} the {}",
                chance.pick(ADJECTIVES),
                chance.pick(self.subject.nouns),
                chance.pick(PREPOSITIONS),
                chance.pick(NOUNS)
            ));
            blocks.push(format!("{level} {heading}"));
            // At least one paragraph below each heading, and no word too many at the end.
            loop {
                blocks.push(self.paragraph(&mut chance, &mut marks, &mut links, &mut words));
                if words * parts >= aim * (part + 1) {
                    break;
                }
            }
            if part == list {
                blocks.push(self.list(&mut chance));
            }
            if part == table {
                blocks.push(self.table(&mut chance));
            }
            if part == code && self.number.is_multiple_of(CODE_EVERY) {
                blocks.push(self.program(&mut chance));
            }
        }
        // What found no place in the text.
        let rest: Vec<String> = links.into_iter().map(|link| format!("- {link}")).collect();
        if !rest.is_empty() {
            blocks.push(rest.join("\n"));
        }
        if !marks.is_empty() {
            blocks.push(format!("More is told elsewhere {}.", marks.join(" ")));
        }
        if dialect == Dialect::Hugo {
            let notes = cited.iter().map(|work| format!("[^{}]: {}", work.key, work.written_out()));
            blocks.extend(notes);
        }
        let mut text = blocks.join("\n\n");
        text.push('\n');
        text
    }

    /// A few sentences, with a citation and a link where there are any left. The first begins
    /// with a plain word, which an edit can change.
    fn paragraph(
        &self,
        chance: &mut Chance,
        marks: &mut Vec<String>,
        links: &mut Vec<String>,
        words: &mut usize,
    ) -> String {
        let subject = self.subject;
        let mut text = Sentence { subject, chance, is_plain: true }.statement();
        for _ in 0..chance.between(3, 6) {
            let sentence = Sentence { subject, chance, is_plain: false }.any();
            text.push(' ');
            text.push_str(&sentence);
            if chance.percent(30)
                && let Some(mark) = marks.pop()
            {
                text.pop();
                text.push_str(&format!(" {mark}."));
            }
        }
        if chance.percent(60)
            && let Some(link) = links.pop()
        {
            text.push_str(&format!(" More on the {} is in {link}.", chance.pick(subject.nouns)));
        }
        *words += text.split(' ').count();
        text
    }

    fn list(&self, chance: &mut Chance) -> String {
        let is_ordered = chance.percent(40);
        let items: Vec<String> = (1..=chance.between(4, 7))
            .map(|number| {
                let mark = if is_ordered { format!("{number}.") } else { "-".to_owned() };
                let (of, noun) = (chance.pick(PREPOSITIONS), chance.pick(self.subject.nouns));
                format!(
                    "{mark} the {} {} {of} the {noun}",
                    chance.pick(ADJECTIVES),
                    chance.pick(NOUNS)
                )
            })
            .collect();
        items.join("\n")
    }

    fn table(&self, chance: &mut Chance) -> String {
        let columns = chance.between(3, 5);
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let head = (0..columns).map(|_| capital(chance.pick(NOUNS))).collect();
        let mut rows = vec![row(head), row(vec!["---".to_owned(); columns])];
        for _ in 0..chance.between(4, 9) {
            let mut cells = vec![chance.pick(self.subject.nouns).to_owned()];
            for _ in 1..columns {
                cells.push(format!("{}.{}", chance.below(900), chance.below(10)));
            }
            rows.push(row(cells));
        }
        rows.join("\n")
    }

    fn program(&self, chance: &mut Chance) -> String {
        let (language, text) = PROGRAMS[self.number / CODE_EVERY % PROGRAMS.len()];
        let text = text
            .replace("NOUN", chance.pick(NOUNS))
            .replace("LIMIT", &chance.between(2, 99).to_string());
        format!("```{language}\n{text}\n```")
    }
}

/// No two pages of a subject have the same title: multiplying by a prime goes once through all
/// titles before it comes back to the first.
fn title(subject: &Subject, number: usize) -> String {
    const PRIME: usize = 1_000_003;
    let all = ADJECTIVES.len() * subject.nouns.len() * ADJECTIVES.len() * NOUNS.len();
    let mut rest = number * PRIME % all;
    let mut next = |words: &[&'static str]| {
        let word = words[rest % words.len()];
        rest /= words.len();
        word
    };
    let (adjective, noun) = (next(ADJECTIVES), next(subject.nouns));
    let (other, against) = (next(ADJECTIVES), next(NOUNS));
    capital(&format!("{adjective} {noun} and the {other} {against}"))
}

fn cited(chance: &mut Chance, seed: u64, works: usize, number: usize) -> Vec<Work> {
    let many = if number % REVIEW_EVERY == 3 { 20 } else { chance.between(4, 8) };
    let mut numbers: Vec<usize> = Vec::new();
    while numbers.len() < many.min(works) {
        let work = chance.known(works);
        if !numbers.contains(&work) {
            numbers.push(work);
        }
    }
    numbers.into_iter().map(|work| Work::new(seed, work)).collect()
}

/// The citations: of one work, of one with a place in it, of two together.
fn marks(chance: &mut Chance, cited: &[Work], dialect: Dialect) -> Vec<String> {
    let mut marks = Vec::new();
    let mut rest = cited;
    while let [first, others @ ..] = rest {
        rest = others;
        let page = chance.between(2, 300);
        let form = chance.below(6);
        marks.push(match (dialect, form, others) {
            (Dialect::Ibid, 0, [second, after @ ..]) => {
                rest = after;
                format!("[see @{}; also @{}]", first.key, second.key)
            }
            (Dialect::Ibid, 1, _) => format!("[@{}, p. {page}]", first.key),
            (Dialect::Ibid, ..) => format!("[@{}]", first.key),
            (Dialect::Hugo, 0, [second, after @ ..]) => {
                rest = after;
                format!("[^{}][^{}]", first.key, second.key)
            }
            (Dialect::Hugo, ..) => format!("[^{}]", first.key),
        });
    }
    marks
}

/// A link to another page, in the forms that authors use in turn.
fn link(to: &Article, turn: usize, dialect: Dialect) -> String {
    let (title, folder, slug) = (&to.title, to.subject.folder, &to.slug);
    match (dialect, turn % 3) {
        (Dialect::Ibid, 0) => format!("[{title}](../{folder}/{slug}.md)"),
        (Dialect::Ibid, 1) => format!("[{title}](@/{folder}/{slug}.md)"),
        (Dialect::Ibid, _) => format!("[[{folder}/{slug}|{title}]]"),
        (Dialect::Hugo, _) => format!("[{title}](/{folder}/{slug}.md)"),
    }
}

/// Makes sentences on a subject.
struct Sentence<'a> {
    subject: &'static Subject,
    chance: &'a mut Chance,
    /// Whether it holds words alone, and no markup.
    is_plain: bool,
}

impl Sentence<'_> {
    fn statement(&mut self) -> String {
        let (first, second, third) = (self.noun(), self.noun(), self.noun());
        let (adjective, verb, of) = (self.adjective(), self.verb(), self.chance.pick(PREPOSITIONS));
        format!("The {adjective} {first} {verb} the {second} {of} the {third}.")
    }

    fn any(&mut self) -> String {
        let (first, second, third, fourth) = (self.noun(), self.noun(), self.noun(), self.noun());
        let (verb, other, adjective) = (self.verb(), self.verb(), self.adjective());
        let opening = self.chance.pick(OPENINGS);
        let joint = self.chance.pick(JOINTS);
        let of = self.chance.pick(PREPOSITIONS);
        let (part, whole) = (self.chance.between(2, 40), self.chance.between(41, 900));
        match self.chance.below(6) {
            0 => self.statement(),
            1 => format!(
                "{opening} the {first} {verb} every {second}, {joint} the {adjective} {third} \
                 {other} it."
            ),
            2 => format!(
                "No {first} {verb} the {adjective} {second} {of} this {third}, {joint} its \
                 {fourth} {other} another."
            ),
            3 => format!(
                "What the {adjective} {first} {verb}, each {second} {of} the {third} {other} again."
            ),
            4 => format!(
                "{opening} {part} of {whole} cases showed that the {first} {verb} the {second} \
                 (and the {adjective} {third} with it)."
            ),
            _ => format!(
                "Whoever asks whether the {first} {verb} the {second} will find the {third} {of} \
                 the {adjective} {fourth}."
            ),
        }
    }

    fn adjective(&mut self) -> &'static str {
        self.chance.pick(ADJECTIVES)
    }

    fn verb(&mut self) -> &'static str {
        self.chance.pick(VERBS)
    }

    fn noun(&mut self) -> String {
        let noun = match self.chance.below(100) {
            0..45 => self.chance.pick(self.subject.nouns).to_owned(),
            45..90 => self.chance.pick(NOUNS).to_owned(),
            90..97 => {
                let other = self.chance.below(SUBJECTS.len());
                self.chance.pick(SUBJECTS[other].nouns).to_owned()
            }
            _ => {
                let pieces: String =
                    (0..self.chance.between(2, 4)).map(|_| self.chance.pick(SYLLABLES)).collect();
                capital(&pieces)
            }
        };
        if self.is_plain {
            return noun;
        }
        match self.chance.below(100) {
            0..4 => format!("*{noun}*"),
            4..6 => format!("**{noun}**"),
            6..8 => format!("`{noun}`"),
            _ => noun,
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
