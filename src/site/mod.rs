//! How the pages hang together: tree, links, assets, the works they cite, and the people behind
//! them.

mod assemble;
mod assets;
mod backlinks;
mod cited;
mod feeds;
mod formatted;
mod fragment;
mod graph;
mod held;
mod links;
mod made;
mod named;
mod names;
mod pages;
mod people;
pub mod related;
mod resolve;
mod resolver;
mod reviews;
mod revise;
mod spoken;
mod suggestion;
mod taxonomies;
mod tree;
mod withheld;

pub use assemble::{Parts, Site, assemble};
pub use assets::{Asset, AssetId, Assets, StaticFile};
pub use backlinks::Backlink;
pub use cited::{Cited, How, Sources, Use, WORKS_A_PAGE, anchor};
pub use feeds::{Feed, FeedOf, Feeds, changed};
pub use formatted::{Formatted, Manner, Record, Wanted};
pub use graph::{Edge, EdgeKind, Figures, Graph, Node, figures, graph, is_dead_end, is_orphan};
pub use held::{Held, HeldBack, HeldCount, Why, is_held_back};
pub use links::Links;
pub use made::{Form, INDEX_ENTRY, INDEX_FOLDER, Made, exports, is_public, twin_path};
pub use pages::{PageId, Pages};
pub use people::{Author, FOLDER as PEOPLE, People, Person, PersonId};
pub use resolve::{Destination, Missing, looks_like_host};
pub use resolver::Resolver;
pub use reviews::{Due, Reviewed, Reviews};
pub use spoken::spoken_names;
pub use suggestion::{Reason, ReasonKind, Related, Suggestion};
pub use taxonomies::{Listed, Spelling, Taxonomies, Taxonomy, TaxonomyId, Term, TermId};
pub use tree::{Neighbours, Section, SectionId, Tree};
