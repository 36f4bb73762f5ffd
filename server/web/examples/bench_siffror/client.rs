//! Client: a connection that stays, with the cookie of one person, as a browser has it.

use std::{
    io::{BufRead, BufReader, Error, ErrorKind, Read, Write},
    net::TcpStream,
};

use anyhow::{Context, Result, ensure};

/// How a form comes.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// A connection of somebody who is logged in.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: String,
}

impl Client {
    /// Connects, and logs in one of those whom a benchmark has made.
    pub fn log_in(base: &str, email: &str) -> Result<Self> {
        let host = base.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host)?;
        stream.set_nodelay(true)?;
        let mut client = Self { stream: BufReader::new(stream), host, cookie: String::new() };
        let form = serde_urlencoded::to_string([("email", email), ("password", web::demo::PASSWORD)])?;
        client.ask("POST /logga-in", "application/json", (FORM, form.as_bytes()))?;
        ensure!(!client.cookie.is_empty(), "{email} could not log in");
        Ok(client)
    }

    /// Sends a request with a body of a kind; gives the status, where it leads, and what it says. An [`std::io::Error`] where the
    /// server is gone.
    pub fn ask(&mut self, call: &str, accept: &str, (kind, body): (&str, &[u8])) -> Result<(u16, String, String)> {
        let Self { host, cookie, .. } = self;
        let about = if kind.is_empty() {
            String::new()
        } else {
            format!("content-type: {kind}\r\ncontent-length: {}\r\n", body.len())
        };
        let head = format!(
            "{call} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\naccept: {accept}\r\ncookie: {cookie}\r\n{about}\r\n"
        );
        self.stream.get_mut().write_all(&[head.as_bytes(), body].concat())?;
        let status = self.line()?.split(' ').nth(1).context("a status")?.parse()?;
        let (mut length, mut in_chunks, mut to) = (0, false, String::new());
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(": ") else { continue };
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => in_chunks = value == "chunked",
                "location" => value.clone_into(&mut to),
                "set-cookie" if value.starts_with("kvalitet_session=") => {
                    value.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
                }
                _ => {}
            }
        }
        let mut body = Vec::new();
        if in_chunks {
            loop {
                let size = usize::from_str_radix(&self.line()?, 16)?;
                let chunk = self.bytes(size)?;
                self.line()?;
                if size == 0 {
                    break;
                }
                body.extend_from_slice(&chunk);
            }
        } else {
            body = self.bytes(length)?;
        }
        Ok((status, to, String::from_utf8_lossy(&body).into_owned()))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        if !line.ends_with('\n') {
            return Err(Error::from(ErrorKind::UnexpectedEof).into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    fn bytes(&mut self, many: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; many];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
