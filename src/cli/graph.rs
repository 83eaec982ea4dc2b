//! `ibid graph`: the pages of a site and the links between them, for other programs.

use std::io::{self, Write};

use serde_json::json;

use super::args::{Format, GraphArgs, GraphFormat};
use super::asked;
use super::exit::{BUILT, DISK, MISTAKES, exit_code};
use super::progress::Bar;
use super::report::{self, misuse};
use crate::config::Overrides;
use crate::diag::Severity;
use crate::pipeline::{self, Imaging, Indexing, Request, Surveyed};
use crate::site::{self, Edge, Graph, Node};

/// Prints the graph on standard output and the findings on standard error.
pub(super) fn graph(args: &GraphArgs) -> u8 {
    let (config, now) = match asked::site(&args.root, &args.config, args.now.as_deref()) {
        Ok(asked) => asked,
        Err((code, message)) => return misuse(code, &message),
    };
    let bar = Bar::new(false);
    let request = Request {
        root: &args.root,
        config,
        overrides: Overrides {
            base_url: args.base_url.clone(),
            drafts: args.drafts,
            ..Overrides::default()
        },
        now,
        strict: false,
        jobs: usize::from(args.jobs),
        indexing: Indexing::Never,
        images: Imaging::Never,
        figures: false,
        recall: None,
        progress: &bar,
    };
    let least = if args.quiet { Severity::Error } else { Severity::Warning };
    match pipeline::survey(&request) {
        Ok(Surveyed { site, diagnostics, texts, .. }) => {
            report::findings(&diagnostics, &texts, Format::Human, least);
            let graph = site::graph(&site);
            let text = match args.format {
                GraphFormat::Json => json(&graph),
                GraphFormat::Dot => dot(&graph),
            };
            let mut out = io::stdout().lock();
            match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                // A reader that closed the pipe has seen enough.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return DISK,
                _ => {}
            }
            let fails = diagnostics.iter().any(|finding| finding.severity.forbids(false));
            if fails { MISTAKES } else { BUILT }
        }
        Err(stopped) => {
            report::findings(&stopped.diagnostics, &stopped.texts, Format::Human, least);
            exit_code(&stopped.diagnostics)
        }
    }
}

/// One object, a node or an edge a line.
fn json(graph: &Graph) -> String {
    let nodes = graph.nodes.iter().map(|node| {
        let Node { path, title, permalink, kind, section } = node;
        let node = json!({
            "path": path,
            "title": title,
            "permalink": permalink,
            "kind": kind.name(),
            "section": section,
        });
        node.to_string()
    });
    let path = |index: usize| graph.nodes[index].path.as_str();
    let edges = graph.edges.iter().map(|edge| {
        let Edge { from, to, kind, fragment, count } = edge;
        let edge = json!({
            "from": path(*from),
            "to": path(*to),
            "kind": kind.name(),
            "fragment": fragment,
            "count": count,
        });
        edge.to_string()
    });
    let list = |lines: Vec<String>| match lines.is_empty() {
        true => "[]".to_owned(),
        false => format!("[\n    {}\n  ]", lines.join(",\n    ")),
    };
    let (nodes, edges) = (list(nodes.collect()), list(edges.collect()));
    format!("{{\n  \"nodes\": {nodes},\n  \"edges\": {edges}\n}}\n")
}

/// A directed graph in the language of Graphviz.
fn dot(graph: &Graph) -> String {
    let mut out = String::from("digraph site {\n  node [shape=box];\n");
    for node in &graph.nodes {
        let style = if node.kind == crate::page::Kind::Section { ", style=bold" } else { "" };
        let (path, title) = (quoted(&node.path), quoted(&node.title));
        let url = quoted(&node.permalink);
        out.push_str(&format!("  {path} [label={title}, URL={url}{style}];\n"));
    }
    for edge in &graph.edges {
        let from = quoted(&graph.nodes[edge.from].path);
        let to = quoted(&graph.nodes[edge.to].path);
        let mut attributes = vec![format!("class={}", quoted(edge.kind.name()))];
        if edge.kind != crate::site::EdgeKind::Link {
            attributes.push("style=dashed".to_owned());
        }
        if let Some(fragment) = &edge.fragment {
            attributes.push(format!("headlabel={}", quoted(&format!("#{fragment}"))));
        }
        if edge.count > 1 {
            attributes.push(format!("weight={}", edge.count));
        }
        out.push_str(&format!("  {from} -> {to} [{}];\n", attributes.join(", ")));
    }
    out.push_str("}\n");
    out
}

/// A string of the language: a quote is escaped, and a backslash, which would begin an escape
/// of Graphviz's own.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn strings_of_graphviz_end_where_they_should() {
        assert_eq!(quoted(r#"a "b" \n"#), r#""a \"b\" \\n""#);
        assert_eq!(quoted("a\\"), r#""a\\""#);
        assert_eq!(quoted("a\nb\u{0}"), "\"a b \"");
    }
}
