//! The commands and their flags. Sole owner of `clap`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A static knowledge-site generator: pages that cite their sources and lead on to each other.
#[derive(Parser, Debug)]
#[command(name = "ibid", version, about, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Build the site: write what changed, remove what an earlier build wrote
    Build(BuildArgs),
    /// Run the same build without writing, with the checks that only advise
    Check(BuildArgs),
    /// Build in memory, serve on this machine, and build anew whenever a file changes
    Serve(ServeArgs),
    /// Print the pages and the links between them
    Graph(GraphArgs),
    /// Make a new site
    Init {
        /// The folder; the present one where it is left out
        dir: Option<PathBuf>,
    },
    /// Make a new page with its front matter filled in
    New {
        /// The page under `content`: `guide/install.md`; with a `/` at its end, a section
        path: String,
        /// The root of the site
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// The date of the page, in place of today
        #[arg(long, value_name = "DATE")]
        now: Option<String>,
    },
    /// List the reviews that are overdue or fall due next
    Due(DueArgs),
    /// Move a page, a folder or a file, with every link to it
    Mv(MoveArgs),
    /// Make a site of the content of another program
    Import(ImportArgs),
    /// Print the JSON Schema of site.toml or of front matter
    Schema {
        /// Which
        of: SchemaOf,
    },
}

/// What is moved where.
#[derive(Args, Debug)]
pub(super) struct MoveArgs {
    /// What is to move, below `content`: a page, a folder, a file
    pub(super) old: String,
    /// Where to; with a `/` at its end, the folder to move it into
    pub(super) new: String,
    /// Print what would change, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The root of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The configuration, relative to the root
    #[arg(long, value_name = "FILE", default_value = "site.toml")]
    pub(super) config: String,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// The date, in place of today: 2026-03-01
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

/// What is imported where.
#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// The program that the content was written for
    pub(super) kind: ImportKind,
    /// The folder of its site, which is only read
    pub(super) src: PathBuf,
    /// The folder of the new site: one that is empty, or that an import made
    pub(super) dst: PathBuf,
    /// Say what would be lost, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// How losses are printed: as a table, one object a line, one loss a line
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// The date, in place of today: 2026-03-01
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

/// The programs whose content can be imported.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum ImportKind {
    /// A site of Zola
    Zola,
    /// A site of Hugo
    Hugo,
    /// A site of Jekyll
    Jekyll,
    /// A vault of Obsidian
    Obsidian,
    /// A website or a book of Quarto
    Quarto,
    /// A folder of Markdown files
    Markdown,
}

/// What a schema describes.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum SchemaOf {
    /// `site.toml`
    Site,
    /// The front matter of a page
    Page,
}

/// The flags of `ibid due`.
#[derive(Args, Debug)]
pub(super) struct DueArgs {
    /// The root of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The configuration, relative to the root
    #[arg(long, value_name = "FILE", default_value = "site.toml")]
    pub(super) config: String,
    /// How far to look ahead: 90d, 12w, 6m, 1y
    #[arg(long, value_name = "TIME", default_value = "90d")]
    pub(super) within: String,
    /// List drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Listing::Human)]
    pub(super) format: Listing,
    /// The day to reckon from, in place of today: 2026-03-01
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

/// The forms of a list.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Listing {
    /// As a table
    Human,
    /// One object a line
    Json,
}

/// The flags of every command that builds.
#[derive(Args, Debug)]
pub(super) struct BuildArgs {
    /// The root of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The configuration, relative to the root
    #[arg(long, value_name = "FILE", default_value = "site.toml")]
    pub(super) config: String,
    /// The output folder, relative to the present folder
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// The address of the site, in place of `base_url`
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Build drafts too, and pages held back for their dates
    #[arg(long)]
    pub(super) drafts: bool,
    /// Count warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// How many threads work, at most 256; one a core where it is left out
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true,
        value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(super) jobs: u16,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Print errors alone
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// The date of the build, in place of today: 2026-03-01
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
    /// Say why each file was written or removed
    #[arg(long)]
    pub(super) explain: bool,
    /// Take nothing from an earlier build, and leave nothing for the next
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// The flags of `ibid serve`.
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    /// The port; without it, 1111 or the next that is free
    #[arg(long, value_name = "N")]
    pub(super) port: Option<u16>,
    /// The address of this machine to listen at; any but 127.0.0.1 lets others on the network
    /// read the preview
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) bind: IpAddr,
    /// Open the home page in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Look at all files once a second, where the system does not tell of changes: on network
    /// drives and in some containers
    #[arg(long)]
    pub(super) poll: bool,
    #[command(flatten)]
    pub(super) build: BuildArgs,
}

/// The flags of `ibid graph`.
#[derive(Args, Debug)]
pub(super) struct GraphArgs {
    /// The root of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The configuration, relative to the root
    #[arg(long, value_name = "FILE", default_value = "site.toml")]
    pub(super) config: String,
    /// The address of the site, in place of `base_url`
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// How many threads work, at most 256; one a core where it is left out
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true,
        value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(super) jobs: u16,
    /// The form of the graph
    #[arg(long, value_enum, default_value_t = GraphFormat::Json)]
    pub(super) format: GraphFormat,
    /// Print errors alone
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// The date of the build, in place of today: 2026-03-01
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

/// The forms of the graph.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum GraphFormat {
    /// An object with `nodes` and `edges`
    Json,
    /// The language of Graphviz
    Dot,
}

/// The forms of findings.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    /// With the lines they speak of
    Human,
    /// One object a line
    Json,
    /// One finding a line
    Short,
}
