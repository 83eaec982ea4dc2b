//! What a site of Hugo needs besides its texts: the configuration and a small set of templates.
//!
//! They ask for what ibid gives without being asked, as far as Hugo has it: a table of contents,
//! classed highlighting, lists of sections, tags and authors, neighbours, related pages, a feed
//! and a sitemap. They do not ask for what it has not: formatted works, backlinks, structured data,
//! exports.

use super::{ADDRESS, TITLE};

/// The files, by their paths in the site.
pub(super) fn files() -> Vec<(&'static str, String)> {
    vec![
        ("hugo.toml", configuration()),
        ("static/site.css", "main { max-width: 40em; margin: 0 auto }\n".to_owned()),
        ("layouts/baseof.html", BASE.to_owned()),
        ("layouts/home.html", HOME.to_owned()),
        ("layouts/page.html", PAGE.to_owned()),
        ("layouts/section.html", LIST.to_owned()),
        ("layouts/term.html", LIST.to_owned()),
        ("layouts/taxonomy.html", TERMS.to_owned()),
    ]
}

fn configuration() -> String {
    format!(
        "baseURL = \"{ADDRESS}\"\ntitle = \"{TITLE}\"\n\n[taxonomies]\ntag = \"tags\"\n\
         author = \"authors\"\n\n[outputs]\nhome = [\"html\", \"rss\"]\nsection = [\"html\"]\n\
         taxonomy = [\"html\"]\nterm = [\"html\"]\n\n[services.rss]\nlimit = 20\n\n\
         [markup.highlight]\nnoClasses = false\n\n\
         [markup.goldmark.renderHooks.link]\nuseEmbedded = \"always\"\n\n\
         [related]\nthreshold = 50\ntoLower = false\n\n[[related.indices]]\nname = \"tags\"\n\
         weight = 100\n\n[[related.indices]]\nname = \"authors\"\nweight = 20\n"
    )
}

const BASE: &str = r#"<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{{ if .IsHome }}{{ site.Title }}{{ else }}{{ .Title }} · {{ site.Title }}{{ end }}</title>
  <meta name="viewport" content="width=device-width">
  {{- with .Description }}
  <meta name="description" content="{{ . }}">
  {{- end }}
  <link rel="canonical" href="{{ .Permalink }}">
  <link rel="alternate" type="application/rss+xml" href="{{ "index.xml" | relURL }}">
  <link rel="stylesheet" href="{{ "site.css" | relURL }}">
</head>
<body>
  <nav>
    <a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a>
    {{- range site.Sections }}
    <a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>
    {{- end }}
  </nav>
  <main>
    {{ block "main" . }}{{ end }}
  </main>
</body>
</html>
"#;

const PAGE: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
<p>{{ .Description }}</p>
<p>
  {{ range .GetTerms "authors" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
  <time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>
  <time datetime="{{ .Lastmod.Format "2006-01-02" }}">{{ .Lastmod.Format "2 January 2006" }}</time>
</p>
{{ .TableOfContents }}
{{ .Content }}
<ul>
  {{- range .GetTerms "tags" }}
  <li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
  {{- end }}
</ul>
<ul>
  {{- range first 3 (site.RegularPages.Related .) }}
  <li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ .Description }}</li>
  {{- end }}
</ul>
<p>
  {{- with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
  {{- with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end -}}
</p>
{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
  {{- range .Pages }}
  <li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ .Description }}</li>
  {{- end }}
</ul>
{{ end }}
"#;

const TERMS: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
  {{- range .Pages }}
  <li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> ({{ len .Pages }})</li>
  {{- end }}
</ul>
{{ end }}
"#;

const HOME: &str = r#"{{ define "main" }}
<h1>{{ site.Title }}</h1>
<ul>
  {{- range site.Sections }}
  <li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
  {{- end }}
</ul>
<ul>
  {{- range first 10 site.RegularPages }}
  <li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
  {{- end }}
</ul>
{{ end }}
"#;
