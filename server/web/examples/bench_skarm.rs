//! What `make bench` needs for wall screens: `bench_skarm BASE PATH NODE COOKIE` opens five hundred screens, lets something be
//! committed twenty times, and prints how long it took until a screen had the new slides, of the 99th screen of a hundred.
//! A screen does what the browser does: it hears an event and asks for its page. With `reconnect` a
//! thousand come back at the same moment instead, and stay for two seconds so that their memory can be looked at.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::{Barrier, mpsc, watch},
};
use uuid::Uuid;

const SCREENS: usize = 500;
const COMMITS: usize = 20;

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [base, path, node, cookie] => follow(base, path, node, cookie).await,
        [base, path, _, _, "reconnect"] => reconnect(base, path).await,
        _ => bail!("bench_skarm BASE PATH NODE COOKIE [reconnect]"),
    }
}

/// A connection that stays.
struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Client {
    async fn new(base: &str) -> Result<Self> {
        let host = base.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host })
    }

    /// Sends a request and reads the head of the answer: status and, when it says, how long the body is.
    async fn ask(&mut self, head: &str, body: &str) -> Result<(u16, Option<usize>)> {
        let request = format!("{head} HTTP/1.1\r\nhost: {}\r\n{body}", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let (mut status, mut length, mut line) = (0, None, String::new());
        loop {
            line.clear();
            ensure!(self.stream.read_line(&mut line).await? > 0, "the server hung up");
            let text = line.trim_end().to_lowercase();
            if text.is_empty() {
                return Ok((status, length));
            }
            if status == 0 {
                status = text.split(' ').nth(1).context("a status")?.parse()?;
            } else if let Some(value) = text.strip_prefix("content-length: ") {
                length = Some(value.parse()?);
            }
        }
    }

    /// The page, whole; chunks are read until the last.
    async fn page(&mut self, path: &str) -> Result<String> {
        let (status, length) = self.ask(&format!("GET {path}"), "accept: text/html\r\n\r\n").await?;
        ensure!(status == 200, "{path}: {status}");
        let mut body = Vec::new();
        if let Some(length) = length {
            body.resize(length, 0);
            self.stream.read_exact(&mut body).await?;
        } else {
            loop {
                let mut line = String::new();
                self.stream.read_line(&mut line).await?;
                let size = usize::from_str_radix(line.trim(), 16)?;
                let from = body.len();
                body.resize(from + size, 0);
                self.stream.read_exact(&mut body[from..]).await?;
                self.stream.read_line(&mut line).await?;
                if size == 0 {
                    break;
                }
            }
        }
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    /// Opens the stream of a screen and waits for its first word.
    async fn listen(&mut self, path: &str) -> Result<()> {
        let (status, _) = self.ask(&format!("GET {path}/handelser"), "accept: text/event-stream\r\n\r\n").await?;
        ensure!(status == 200, "stream: {status}");
        self.event().await?;
        Ok(())
    }

    /// The data of the next event.
    async fn event(&mut self) -> Result<String> {
        loop {
            let mut line = String::new();
            ensure!(self.stream.read_line(&mut line).await? > 0, "the stream ended");
            // "." only says that the line is alive
            if let Some(data) = line.trim_end().strip_prefix("data: ").filter(|data| *data != ".") {
                return Ok(data.to_owned());
            }
        }
    }
}

fn number_of_new(page: &str) -> Option<&str> {
    let at = page.find("id=\"bild-forslag\"")?;
    let rest = &page[at..];
    let from = rest.find("<strong>")? + 8;
    rest[from..].split('<').next()
}

async fn follow(base: &str, path: &str, node: &str, cookie: &str) -> Result<()> {
    let (began, when) = watch::channel(Instant::now());
    let (tell, mut told) = mpsc::unbounded_channel();
    let ready = Arc::new(Barrier::new(SCREENS + 1));
    for _ in 0..SCREENS {
        let (base, path, tell, when, ready) =
            (base.to_owned(), path.to_owned(), tell.clone(), when.clone(), Arc::clone(&ready));
        tokio::spawn(async move {
            let screen = async {
                let (mut stream, mut pages) = (Client::new(&base).await?, Client::new(&base).await?);
                stream.listen(&path).await?;
                let mut last = number_of_new(&pages.page(&path).await?).context("the slide")?.to_owned();
                ready.wait().await;
                loop {
                    stream.event().await?;
                    let page = pages.page(&path).await?;
                    let now = number_of_new(&page).context("the slide")?;
                    if now != last {
                        now.clone_into(&mut last);
                        tell.send(when.borrow().elapsed())?;
                    }
                }
            };
            let ended: Result<()> = screen.await;
            if let Err(cause) = ended {
                eprintln!("a screen ended: {cause}");
            }
        });
    }
    ready.wait().await;
    let mut chef = Client::new(base).await?;
    let mut took = Vec::new();
    for n in 0..COMMITS {
        let form = [
            ("id", Uuid::new_v4().to_string()),
            ("node", node.to_owned()),
            ("text", format!("Nummer {n}")),
            // what is not named is told later
            ("named", "on".to_owned()),
        ];
        let body = serde_urlencoded::to_string(form)?;
        let head = format!(
            "origin: {base}\r\naccept: application/json\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        began.send(Instant::now())?;
        let (status, length) = chef.ask("POST /forslag", &head).await?;
        let mut answer = vec![0; length.unwrap_or(0)];
        chef.stream.read_exact(&mut answer).await?;
        ensure!(status == 303, "{status}: {}", String::from_utf8_lossy(&answer));
        for _ in 0..SCREENS {
            let one = tokio::time::timeout(Duration::from_secs(30), told.recv()).await;
            took.push(one.context("a screen never followed")?.context("no screens")?);
        }
    }
    took.sort_unstable();
    println!("{}", took[took.len() * 99 / 100].as_millis());
    Ok(())
}

/// A thousand streams are opened at the same moment; how long until the last has heard.
async fn reconnect(base: &str, path: &str) -> Result<()> {
    let began = Instant::now();
    let all: Vec<_> = (0..2 * SCREENS)
        .map(|_| {
            let (base, path) = (base.to_owned(), path.to_owned());
            tokio::spawn(async move {
                let mut client = Client::new(&base).await?;
                client.listen(&path).await?;
                Ok::<_, anyhow::Error>(client)
            })
        })
        .collect();
    let mut open = Vec::new();
    for one in all {
        open.push(one.await??);
    }
    println!("{}", began.elapsed().as_millis());
    // so that the memory of those that are open can be looked at
    tokio::time::sleep(Duration::from_secs(2)).await;
    drop(open);
    Ok(())
}
