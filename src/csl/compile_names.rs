//! From the names of a style as they are written to names as they are printed.

use std::collections::BTreeMap;

use hayagriva::citationberg as csl;
use hayagriva::citationberg::ToFormatting;
use hayagriva::citationberg::taxonomy::{NameVariable, OtherTerm, Term};

use super::locale::Locale;
use super::looks::{case, format, label_look, look, own_line, plural};
use super::model::{Delimit, Element, EtAl, Inverted, Label, Look, NameForm, NameOptions, Names};

/// Compiles one `names`. One in a substitute that says nothing itself is as the one around it.
pub(super) fn names(
    locale: &Locale,
    inherited: &csl::InheritableNameOptions,
    names: &csl::Names,
    around: Option<&csl::Names>,
    substitute: Vec<Element>,
) -> Names {
    let shorthand = names.children.is_empty();
    let model = if shorthand { around.unwrap_or(names) } else { names };
    let own = inherited.apply(&model.options()).apply(&names.options());
    let delimiter = own.names_delimiter.clone().unwrap_or_default();
    // A style need not write `name` to have names.
    let unwritten = csl::Name::default();
    let name = model.name().unwrap_or(&unwritten);
    let label = model.label();
    let written = model.children.iter().any(|child| matches!(child, csl::NamesChild::Name(_)));
    Names {
        variables: names.variable.iter().map(ToString::to_string).collect(),
        delimiter,
        options: options(locale, name, model, &own),
        label_first: written
            && label.is_some_and(|(_, place)| place == csl::NameLabelPosition::BeforeName),
        label: label.map(|(label, _)| self::label(locale, &names.variable, label)),
        substitute,
        look: Look {
            format: format(names.to_formatting()),
            prefix: names.prefix.clone().unwrap_or_default(),
            suffix: names.suffix.clone().unwrap_or_default(),
            own_line: own_line(names.display),
            ..Look::default()
        },
    }
}

fn options(
    locale: &Locale,
    name: &csl::Name,
    names: &csl::Names,
    own: &csl::InheritableNameOptions,
) -> NameOptions {
    let all = name.options(own);
    let word = |term: OtherTerm, form| {
        locale.term(term.into(), form).map(|(one, _)| one).unwrap_or_default()
    };
    let number = |number: Option<u32>| number.map_or(0, |number| number as usize);
    let et_al = EtAl { min: number(all.et_al_min), use_first: number(all.et_al_use_first) };
    let part = |part: Option<&csl::NamePart>| {
        part.map_or_else(Look::default, |part| Look {
            case: part.text_case.map(case),
            ..look(&part.formatting, &part.affixes)
        })
    };
    let et_al_term = names.et_al().map(|et_al| et_al.term).unwrap_or_default();
    NameOptions {
        and: all.and.map(|and| match and {
            csl::NameAnd::Text => word(OtherTerm::And, csl::TermForm::Long),
            csl::NameAnd::Symbol => "&".to_owned(),
        }),
        delimiter: all.delimiter.to_owned(),
        before_et_al: delimit(all.delimiter_precedes_et_al),
        before_last: delimit(all.delimiter_precedes_last),
        before_last_body: match own.delimiter_precedes_last.map(delimit) {
            Some(said @ (Delimit::Always | Delimit::Never)) => said,
            _ => Delimit::Contextual,
        },
        et_al,
        et_al_subsequent: EtAl {
            min: all.et_al_subsequent_min.map_or(et_al.min, |min| min as usize),
            use_first: all
                .et_al_subsequent_use_first
                .map_or(et_al.use_first, |first| first as usize),
        },
        use_last: all.et_al_use_last,
        form: match all.form {
            csl::NameForm::Long => NameForm::Long,
            csl::NameForm::Short => NameForm::Short,
            csl::NameForm::Count => NameForm::Count,
        },
        initialize: all.initialize,
        initialize_with: all.initialize_with.map(ToOwned::to_owned),
        inverted: match all.name_as_sort_order {
            None => Inverted::None,
            Some(csl::NameAsSortOrder::First) => Inverted::First,
            Some(csl::NameAsSortOrder::All) => Inverted::All,
        },
        sort_separator: all.sort_separator.to_owned(),
        given: part(name.name_part_given()),
        family: part(name.name_part_family()),
        look: look(&name.formatting, &name.affixes),
        et_al_text: locale
            .term(et_al_term.into(), csl::TermForm::Long)
            .map(|(one, _)| one)
            .unwrap_or_default(),
        et_al_format: names.et_al().map(|et_al| format(et_al.formatting)).unwrap_or_default(),
    }
}

fn delimit(behaviour: csl::DelimiterBehavior) -> Delimit {
    match behaviour {
        csl::DelimiterBehavior::Contextual => Delimit::Contextual,
        csl::DelimiterBehavior::AfterInvertedName => Delimit::AfterInverted,
        csl::DelimiterBehavior::Always => Delimit::Always,
        csl::DelimiterBehavior::Never => Delimit::Never,
    }
}

fn label(locale: &Locale, variables: &[NameVariable], label: &csl::VariablelessLabel) -> Label {
    let mut terms = BTreeMap::new();
    // Those who both edited and translated have a word of their own.
    for variable in variables.iter().chain(&[NameVariable::EditorTranslator]) {
        let term = locale.term(Term::NameVariable(*variable), label.form);
        terms.insert(variable.to_string(), term.unwrap_or_default());
    }
    Label { variable: String::new(), terms, plural: plural(label.plural), look: label_look(label) }
}
