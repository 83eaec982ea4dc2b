//! Starts `ibid serve` on a free port and speaks with it as a browser would.
#![allow(clippy::disallowed_methods, reason = "a test may look at the clock and the disk")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::support::{NOW, Run, Site};

/// Guards against a wait for what never comes; no test may depend on how long anything takes.
const CEILING: Duration = Duration::from_secs(120);

/// A preview that runs.
pub(crate) struct Preview {
    child: Child,
    /// The port it took.
    pub(crate) port: u16,
    /// The address it says it serves.
    pub(crate) address: String,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

/// What came back for a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// The stream of events of one page.
pub(crate) struct Events {
    messages: Receiver<serde_json::Value>,
}

impl Preview {
    /// Starts a preview on a free port and waits until it serves.
    pub(crate) fn of(site: &Site, arguments: &[&str]) -> Self {
        let mut all = vec!["--port", "0"];
        all.extend(arguments);
        Self::with_port(site, &all)
    }

    /// Asks for a file until it is this one.
    pub(crate) fn wait_for(&self, path: &str, bytes: &[u8]) {
        let begin = Instant::now();
        while self.get(path).body != bytes {
            assert!(begin.elapsed() < CEILING, "{path} is never what it should be");
            std::thread::yield_now();
        }
    }

    /// Starts a preview that chooses its port itself.
    pub(crate) fn with_port(site: &Site, arguments: &[&str]) -> Self {
        let mut command = site.command::<&str>(&[]);
        command.args(["serve", "--now", NOW]).args(arguments);
        let mut child = command.spawn().expect("ibid starts");
        let lines = lines(child.stdout.take().expect("the output is piped"));
        let errors = lines_of_errors(&mut child);
        let mut preview = Self { child, port: 0, address: String::new(), lines, errors };
        let line = preview.line();
        let address = line.strip_prefix("Serving ").expect("the first line says what is served");
        let address = address.split(' ').next().unwrap_or_default();
        preview.address = address.to_owned();
        let host = address.trim_start_matches("http://").split('/').next().unwrap_or_default();
        let port = host.rsplit(':').next().and_then(|port| port.parse().ok());
        preview.port = port.expect("the address has a port");
        preview
    }

    /// The next line on standard output.
    pub(crate) fn line(&mut self) -> String {
        self.lines.recv_timeout(CEILING).unwrap_or_else(|_| {
            let _ = self.child.kill();
            panic!("the preview says nothing more; its messages:\n{}", self.messages())
        })
    }

    /// All lines on standard error until now.
    pub(crate) fn messages(&self) -> String {
        self.errors.try_iter().map(|line| line + "\n").collect()
    }

    /// Waits until something holds, looking again after each build.
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let mut said = Vec::new();
        while !holds(self) {
            let Ok(line) = self.lines.recv_timeout(CEILING) else {
                panic!("{what}: never; the preview said:\n{}\n{}", said.join("\n"), self.messages())
            };
            said.push(line);
        }
    }

    /// Asks for an address.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Asks with a method and more lines of the head, each ended by `\r\n`.
    pub(crate) fn ask(&self, method: &str, path: &str, head: &str) -> Answer {
        let host = format!("Host: 127.0.0.1:{}\r\n", self.port);
        let request = format!("{method} {path} HTTP/1.1\r\n{host}{head}Connection: close\r\n\r\n");
        Answer::read(&self.send(request.as_bytes()))
    }

    /// Sends bytes and reads until the other side closes.
    pub(crate) fn send(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // One that has read enough may close while the rest is on its way.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    /// A connection of which nothing is said yet.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview listens");
        stream.set_read_timeout(Some(CEILING)).expect("a wait has an end");
        stream.set_write_timeout(Some(CEILING)).expect("a wait has an end");
        stream
    }

    /// The text of a page without the script of the preview.
    pub(crate) fn text(&self, path: &str) -> String {
        let answer = self.get(path);
        without_script(&String::from_utf8_lossy(&answer.body))
    }

    /// Follows a page.
    pub(crate) fn follow(&self, page: &str) -> Events {
        let mut stream = self.connect();
        let port = self.port;
        let request =
            format!("GET /.ibid/events?page={page} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the preview listens");
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let Some(data) = line.strip_prefix("data: ") else { continue };
                let message = serde_json::from_str(data).expect("an event is JSON");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Events { messages }
    }

    /// Ends the preview by a signal and gives what it left.
    #[cfg(unix)]
    pub(crate) fn end(mut self, signal: &str) -> Run {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill").args([signal, &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the preview runs until it is told");
        let stdout: Vec<String> =
            std::iter::from_fn(|| self.lines.recv_timeout(CEILING).ok()).collect();
        let stderr: Vec<String> =
            std::iter::from_fn(|| self.errors.recv_timeout(CEILING).ok()).collect();
        let code = self.child.wait().expect("the preview ends").code();
        Run { code, stdout: stdout.join("\n"), stderr: stderr.join("\n") }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
        Self { status, head, body }
    }

    /// The value of a header, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

impl Events {
    /// The next message.
    pub(crate) fn next(&self) -> serde_json::Value {
        self.messages.recv_timeout(CEILING).expect("the preview tells what happens")
    }

    /// The first message of which something holds.
    pub(crate) fn until(&self, holds: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let message = self.next();
            if holds(&message) {
                return message;
            }
        }
    }

    /// Waits until the stream ends.
    pub(crate) fn end(self) {
        while self.messages.recv_timeout(CEILING).is_ok() {}
        let ended = self.messages.try_recv();
        assert_eq!(ended, Err(mpsc::TryRecvError::Disconnected), "the stream is to end");
    }
}

/// A page without the script that a preview puts in.
pub(crate) fn without_script(page: &str) -> String {
    let Some(start) = page.find("<script src=\"/.ibid/preview.js\"") else {
        return page.to_owned();
    };
    let end = page[start..].find("</script>\n").expect("a script ends") + start;
    [&page[..start], &page[end + "</script>\n".len()..]].concat()
}

fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

fn lines_of_errors(child: &mut Child) -> Receiver<String> {
    lines(child.stderr.take().expect("the messages are piped"))
}
