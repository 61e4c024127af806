//! One JSON request to the driver on loopback.

use crate::Outcome;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// Longer than anything a test waits for in one call.
const PATIENCE: Duration = Duration::from_mins(2);

/// Sends a request and gives `value` of the answer, or the driver's own message as the error.
pub(super) fn request(port: u16, method: &str, path: &str, body: &Value) -> Outcome<Value> {
    let (status, text) = exchange(port, method, path, body).map_err(|error| format!("{method} {path}: {error}"))?;
    let answer: Value = serde_json::from_str(&text).map_err(|error| format!("{method} {path}: {error}: {text}"))?;
    if status == 200 {
        return Ok(answer["value"].clone());
    }
    let message = answer["value"]["message"].as_str().unwrap_or(&text);
    Err(format!("{method} {path}: {}", message.lines().next().unwrap_or_default()))
}

fn exchange(port: u16, method: &str, path: &str, body: &Value) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let body = if method == "POST" { body.to_string() } else { String::new() };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    read(BufReader::new(stream))
}

fn read(mut stream: BufReader<TcpStream>) -> std::io::Result<(u16, String)> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    let mut length = 0;
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut text = vec![0; length];
    stream.read_exact(&mut text)?;
    Ok((status, String::from_utf8_lossy(&text).into_owned()))
}
