//! YAML to values, within limits. Sole owner of `saphyr-parser`.
//!
//! The events of the parser are taken one by one, so that a text which unfolds without end
//! (aliases of aliases), or is nested without end, costs no more than its limit.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::value::{Entry, Map, Value};

/// How deep lists and tables may be nested.
const DEEPEST: usize = 64;
/// How many values a text may hold, aliases unfolded.
const MOST: usize = 200_000;
/// The longest text that is read, in bytes.
pub(super) const LONGEST: usize = 1 << 20;

/// What keeps a text from being read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    /// From 1, in the text.
    pub(super) line: usize,
    /// From 1, in letters.
    pub(super) column: usize,
}

/// What was read, and what in it is odd.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Read {
    pub(super) map: Map,
    /// Keys that are set twice; the last one counts.
    pub(super) odd: Vec<Fault>,
}

/// Reads a text whose outermost value is a table.
pub(super) fn read(text: &str) -> Result<Read, Fault> {
    if text.len() > LONGEST {
        let message = format!("it has {} bytes, and {LONGEST} are the most", text.len());
        return Err(Fault { message, line: 1, column: 1 });
    }
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        anchors: BTreeMap::new(),
        count: 0,
        odd: Vec::new(),
    };
    loop {
        match reader.next()? {
            Some((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _)) => {}
            Some((Event::StreamEnd | Event::DocumentEnd, _)) | None => {
                return Ok(Read::default());
            }
            Some((event, span)) => {
                let value = reader.value(event, span, 0)?;
                let map = match value {
                    Value::Map(map) => map,
                    Value::Null => Map::default(),
                    _ => return Err(fault("this is no table of keys and values", span)),
                };
                return Ok(Read { map, odd: reader.odd });
            }
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// The values that aliases stand for, and how many values each of them is.
    anchors: BTreeMap<usize, (Value, usize)>,
    count: usize,
    odd: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Fault> {
        match self.parser.next() {
            None => Ok(None),
            Some(Ok(pair)) => Ok(Some(pair)),
            Some(Err(error)) => {
                let at = error.marker();
                let message = error.info().to_lowercase();
                Err(Fault { message, line: at.line(), column: at.col() + 1 })
            }
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Value, Fault> {
        let before = self.count;
        self.count += 1;
        if depth > DEEPEST {
            return Err(fault(&format!("it is nested more than {DEEPEST} deep"), span));
        }
        let (value, anchor) = match event {
            Event::Alias(id) => {
                let (value, size) = self.anchors.get(&id).cloned().unwrap_or((Value::Null, 1));
                self.count += size;
                self.limit(span)?;
                return Ok(value);
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.suffix == "str");
                let plain = style == ScalarStyle::Plain && !is_text;
                let value = if plain { scalar(&text) } else { Value::Text(text.into_owned()) };
                (value, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                let mut all = Vec::new();
                loop {
                    match self.next()? {
                        None | Some((Event::SequenceEnd, _)) => break,
                        Some((event, span)) => all.push(self.value(event, span, depth + 1)?),
                    }
                }
                (Value::List(all), anchor)
            }
            Event::MappingStart(anchor, _) => (self.map(depth)?, anchor),
            _ => (Value::Null, 0),
        };
        self.limit(span)?;
        if anchor > 0 {
            let kept = (value.clone(), self.count - before);
            // A copy is work too.
            self.count += kept.1;
            self.anchors.insert(anchor, kept);
        }
        Ok(value)
    }

    fn map(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut map = Map::default();
        // The place of each key, so that many keys are no quadratic work.
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        loop {
            let (key, at) = match self.next()? {
                None | Some((Event::MappingEnd, _)) => break,
                Some((event, span)) => (self.value(event, span, depth + 1)?, span),
            };
            let Some((event, span)) = self.next()? else { break };
            let value = self.value(event, span, depth + 1)?;
            let line = at.start.line();
            match (key, value) {
                (Value::Text(key), Value::Map(merged)) if key == "<<" => {
                    for entry in merged.0 {
                        if !places.contains_key(&entry.key) {
                            places.insert(entry.key.clone(), map.0.len());
                            map.0.push(entry);
                        }
                    }
                }
                (key, value) => {
                    let Some(key) = key.text() else {
                        self.odd.push(fault("this key is no text", at));
                        continue;
                    };
                    match places.get(&key) {
                        Some(&place) => {
                            self.odd.push(fault(&format!("`{key}` is set twice"), at));
                            map.0[place] = Entry { key, value, line };
                        }
                        None => {
                            places.insert(key.clone(), map.0.len());
                            map.0.push(Entry { key, value, line });
                        }
                    }
                }
            }
        }
        Ok(Value::Map(map))
    }

    fn limit(&self, span: Span) -> Result<(), Fault> {
        match self.count > MOST {
            true => Err(fault(&format!("it unfolds to more than {MOST} values"), span)),
            false => Ok(()),
        }
    }
}

fn fault(message: &str, span: Span) -> Fault {
    Fault { message: message.to_owned(), line: span.start.line(), column: span.start.col() + 1 }
}

/// What a plain word means, as YAML 1.2 has it; dates stay texts.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        // A number with a leading zero is a name: a post code, `007`.
        let is_name = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        if let Ok(number) = text.parse::<i64>()
            && !is_name
        {
            return Value::Int(number);
        }
        let is_number = digits.bytes().all(|b| b.is_ascii_digit() || b".eE+-".contains(&b));
        if is_number
            && !is_name
            && let Ok(number) = text.parse::<f64>()
            && number.is_finite()
        {
            return Value::Float(number);
        }
    }
    Value::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::value::Value;
    use super::{LONGEST, read};

    #[test]
    fn words_mean_what_yaml_says() {
        let text = "a: 1\nb: 1.5\nc: yes\nd: ~\ne: 'x: y'\nf: [1, two]\ng:\n  h: |\n    l1\n    l2\ni: 2020-01-02\nj: 007\n";
        let map = read(text).unwrap().map;
        assert_eq!(map.value("a"), Some(&Value::Int(1)));
        assert_eq!(map.value("b"), Some(&Value::Float(1.5)));
        assert_eq!(map.value("c").unwrap().bool(), Some(true));
        assert_eq!(map.value("d"), Some(&Value::Null));
        assert_eq!(map.text(&["e"]).as_deref(), Some("x: y"));
        assert_eq!(map.value("f").unwrap().texts(), ["1", "two"]);
        assert_eq!(map.text(&["g", "h"]).as_deref(), Some("l1\nl2\n"));
        assert_eq!(map.text(&["i"]).as_deref(), Some("2020-01-02"));
        assert_eq!(map.text(&["j"]).as_deref(), Some("007"));
        assert_eq!(map.0[6].line, 7);
    }

    #[test]
    fn aliases_and_merges_are_unfolded() {
        let map = read("a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  b: 3\n").unwrap().map;
        assert_eq!(map.text(&["d", "b"]).as_deref(), Some("1"));
        assert_eq!(map.text(&["e", "b"]).as_deref(), Some("3"));
        assert_eq!(map.text(&["e", "c"]).as_deref(), Some("2"));
    }

    #[test]
    fn bombs_end_at_once() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for n in 1..30 {
            let one = format!("*a{}", n - 1);
            bomb.push_str(&format!("a{n}: &a{n} [{}]\n", [one.as_str(); 10].join(",")));
        }
        assert!(read(&bomb).unwrap_err().message.contains("unfolds"));
        let deep = format!("a: {}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep).is_err());
        let deep: String = (0..2000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert!(read(&deep[..LONGEST.min(deep.len())]).is_err());
        assert!(read(&"a: b\n".repeat(1 << 20)).unwrap_err().message.contains("bytes"));
    }

    #[test]
    fn faults_know_their_place() {
        let fault = read("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
        assert!(fault.line >= 2, "{fault:?}");
        let read = read("a: 1\na: 2\n").unwrap();
        assert_eq!((read.odd[0].line, read.odd[0].column), (2, 1));
        assert_eq!(read.map.text(&["a"]).as_deref(), Some("2"));
        assert!(super::read("- a\n").is_err());
    }
}
