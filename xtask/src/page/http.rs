//! One JSON request to the driver on loopback.

use crate::Outcome;
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;

/// Longer than anything a test waits for in one call.
const PATIENCE: Duration = Duration::from_mins(2);
/// Pictures of whole pages come as text.
const MOST_BYTES: u64 = 500_000_000;

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

fn exchange(port: u16, method: &str, path: &str, body: &Value) -> Result<(u16, String), ureq::Error> {
    // The driver's own words stand in answers that are no success; a proxy of this machine has no business on loopback.
    let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).proxy(None);
    let agent = config.build().new_agent();
    let address = format!("http://127.0.0.1:{port}{path}");
    let mut answer = match method {
        "POST" => agent.post(address).content_type("application/json").send(body.to_string())?,
        _ => agent.delete(address).call()?,
    };
    let text = answer.body_mut().with_config().limit(MOST_BYTES).read_to_string()?;
    Ok((answer.status().as_u16(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;

    /// A driver that answers once, and gives what it was asked.
    fn driver(status: &'static str, answer: &'static str) -> (u16, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            while !head.ends_with("\r\n\r\n") {
                let from = head.len();
                lines.read_line(&mut head).unwrap();
                if let Some(value) = head[from..].to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            lines.read_exact(&mut body).unwrap();
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{answer}", answer.len()).unwrap();
            format!("{} {}", head.lines().next().unwrap(), String::from_utf8(body).unwrap())
        });
        (port, asked)
    }

    #[test]
    fn a_request_is_json_and_gives_the_value_of_the_answer() {
        let (port, asked) = driver("200 OK", r#"{"value": [7]}"#);
        assert_eq!(request(port, "POST", "/session", &json!({ "a": 1 })), Ok(json!([7])));
        assert_eq!(asked.join().unwrap(), r#"POST /session HTTP/1.1 {"a":1}"#);
    }

    #[test]
    fn a_refusal_gives_the_first_line_of_the_drivers_words() {
        let (port, asked) = driver("404 Not Found", r#"{"value": {"message": "no such element\nat x"}}"#);
        let refused = request(port, "DELETE", "/session/1", &Value::Null).unwrap_err();
        assert_eq!(refused, "DELETE /session/1: no such element");
        assert_eq!(asked.join().unwrap(), "DELETE /session/1 HTTP/1.1 ");
    }
}
