//! The commands for PowerShell 7.3 or later: a translation of the shell's, word by word.
//!
//! A call of `az` becomes a cmdlet where one takes every option of it ([`cmdlets`]), else it stays `az`, which PowerShell runs too.

mod cmdlets;
mod evidence;
mod parse;
#[cfg(test)]
mod tests;

pub(super) use evidence::EVIDENCE;
use parse::{Piece, Reader, Statement, Word};

/// A line is broken before an option where it would be longer, in characters.
const LONGEST_LINE: usize = 100;

/// Functions that a runbook defines, as each shell has them.
const FUNCTIONS: [(&str, &str); 6] = [
    ("show_writers", "Show-Writer"),
    ("find_primary", "Find-Primary"),
    ("set_primary", "Set-Primary"),
    ("take_over", "Switch-Primary"),
    ("set_lost", "Set-Lost"),
    ("set_living", "Set-Living"),
];

/// The name in PowerShell of a function that a runbook defines.
fn own_name(function: &str) -> Option<&'static str> {
    FUNCTIONS.iter().find(|(shell, _)| *shell == function).map(|(_, own)| *own)
}

/// A sentence that names functions of the runbook, by their names in PowerShell.
pub(super) fn named(sentence: &str) -> String {
    FUNCTIONS.iter().fold(sentence.to_owned(), |text, (shell, own)| text.replace(shell, own))
}

/// The translation; where there is none, the shell's text as a comment that says so.
pub(super) fn in_powershell(commands: &str) -> String {
    translated(commands).unwrap_or_else(|_| {
        let lines: Vec<String> = commands.lines().map(|line| format!("# {line}")).collect();
        format!("# Run this in a POSIX shell:\n{}", lines.join("\n"))
    })
}

/// The programs that the commands of a shell run, each with its words before the first option; `az` with its command. `None` where they
/// are no part of the language that runbooks are written in.
pub(super) fn programs(commands: &str) -> Option<Vec<Vec<String>>> {
    let statements = Reader::new(commands).statements(&[]).ok()?;
    let mut found = Vec::new();
    for it in &statements {
        in_statement(it, &mut found);
    }
    Some(found)
}

fn in_statement(it: &Statement, found: &mut Vec<Vec<String>>) {
    match it {
        Statement::Command(words, _) => in_command(words, found),
        Statement::Set(_, word) => in_word(word, found),
        Statement::Ask(..) => {}
        Statement::If(one, other, _, refused, done) => {
            for word in [one, other] {
                in_word(word, found);
            }
            for it in refused.iter().chain(done) {
                in_statement(it, found);
            }
        }
        Statement::Until(one, other, body) => {
            for word in [one, other] {
                in_word(word, found);
            }
            for it in body {
                in_statement(it, found);
            }
        }
        Statement::UnlessTrue(word, body) => {
            in_word(word, found);
            for it in body {
                in_statement(it, found);
            }
        }
    }
}

fn in_word(word: &Word, found: &mut Vec<Vec<String>>) {
    for piece in word {
        match piece {
            Piece::Output(inner) => {
                for it in inner {
                    in_statement(it, found);
                }
            }
            Piece::Sum(inner) => in_word(inner, found),
            Piece::Text(_) | Piece::Variable(_) | Piece::Or(..) => {}
        }
    }
}

/// Words of the shell itself run nothing; `save`, `settled`, `with_each` and `one_by_one` run what is behind them.
fn in_command(words: &[Word], found: &mut Vec<Vec<String>>) {
    for word in words {
        in_word(word, found);
    }
    match words.first().and_then(text) {
        Some("save" | "settled" | "one_by_one") => in_command(words.get(2..).unwrap_or_default(), found),
        Some("with_each") => in_command(words.get(4..).unwrap_or_default(), found),
        Some("unset" | "export" | "echo" | "false" | "date" | "sleep") | None => {}
        Some(function) if own_name(function).is_some() => {}
        Some(_) => {
            let texts = words.iter().map_while(text).take_while(|word| !word.starts_with('-'));
            found.push(texts.map(str::to_owned).collect());
        }
    }
}

/// Commands of a shell in PowerShell.
///
/// # Errors
/// What of them is no part of the language that runbooks are written in.
fn translated(commands: &str) -> Result<String, String> {
    let mut reader = Reader::new(commands);
    let statements = reader.statements(&[])?;
    let lines: Result<Vec<String>, String> = statements.iter().map(statement).collect();
    Ok(lines?.join("\n"))
}

/// One word of a shell as an expression of PowerShell; the text itself in quotes where it cannot be read.
pub(super) fn word(text: &str) -> String {
    let read = Reader::new(text).only_word().and_then(|word| value(&word));
    read.unwrap_or_else(|_| quote(text))
}

/// A text in single quotes.
pub(super) fn in_quotes(text: &str) -> String {
    quote(text)
}

/// A variable's name in PowerShell, where some of a shell's own choice are taken: `$HOST` cannot be set there.
fn name_of(name: &str) -> String {
    const TAKEN: [&str; 16] = [
        "ARGS", "ERROR", "EVENT", "FALSE", "FOREACH", "HOME", "HOST", "INPUT", "MATCHES", "NULL", "PID", "PROFILE",
        "PWD", "SENDER", "THIS", "TRUE",
    ];
    let taken = TAKEN.iter().any(|it| it.eq_ignore_ascii_case(name));
    if taken { format!("REDIS_{name}") } else { name.to_owned() }
}

fn block(statements: &[Statement]) -> Result<String, String> {
    let lines: Result<Vec<String>, String> = statements.iter().map(statement).collect();
    Ok(lines?.iter().flat_map(|text| text.lines()).flat_map(|line| ["  ", line, "\n"]).collect())
}

fn statement(it: &Statement) -> Result<String, String> {
    Ok(match it {
        Statement::Command(words, errors) => command(words, *errors)?,
        Statement::Set(name, word) => {
            let name = name_of(name);
            match word.as_slice() {
                [Piece::Output(inner)] | [Piece::Text(_), Piece::Output(inner)] => {
                    let taken = single(inner)?;
                    // A cmdlet that fails sets nothing: what another cache gave before would stand for this one.
                    let empty = if taken.starts_with("(Ran") { format!("${name} = $null\n") } else { String::new() };
                    format!("{empty}${name} = {taken}")
                }
                _ => format!("${name} = {}", value(word)?),
            }
        }
        Statement::Ask(name, what) => format!(
            "if (-not (Get-Variable {name} -ValueOnly -ErrorAction Ignore)) {{ throw {} }}",
            quote(&format!("Set ${name} to {}", what.strip_prefix("set it to ").unwrap_or(what)))
        ),
        Statement::If(one, other, equal, then, otherwise) => {
            let sign = if *equal { "-ceq" } else { "-cne" };
            let otherwise = match otherwise.as_slice() {
                [] => String::new(),
                some => format!(" else {{\n{}}}", block(some)?),
            };
            format!("if ({} {sign} {}) {{\n{}}}{otherwise}", value(one)?, value(other)?, block(then)?)
        }
        Statement::Until(one, other, body) => {
            format!("while ({} -cne {}) {{\n{}}}", value(one)?, value(other)?, block(body)?)
        }
        Statement::UnlessTrue(word, body) => format!("if ({} -ne 'true') {{\n{}}}", value(word)?, block(body)?),
    })
}

/// The one statement whose output is taken.
fn single(inner: &[Statement]) -> Result<String, String> {
    match inner {
        [one] => statement(one),
        _ => Err("several commands in one output".to_owned()),
    }
}

fn command(words: &[Word], errors: bool) -> Result<String, String> {
    let texts: Vec<Option<&str>> = words.iter().map(|word| text(word)).collect();
    if let Some(own) = texts.first().copied().flatten().and_then(own_name) {
        let arguments: Result<Vec<String>, String> = words[1..].iter().map(argument).collect();
        return Ok([vec![own.to_owned()], arguments?].concat().join(" "));
    }
    match texts.as_slice() {
        [Some("unset"), Some(name)] => Ok(format!("${name} = $null")),
        [Some("export"), Some(name)] => Ok(format!("$env:{name} = ${name}")),
        [Some("false")] => Ok("throw 'Nothing ran.'".to_owned()),
        [Some("echo"), _] if errors => {
            let text = value(&words[1])?;
            // Between double quotes the name of the variable stands for itself.
            let sign = if text.starts_with('"') { "`$" } else { "$" };
            Ok(format!("Write-Warning {}", text.replace(": CONFIRM=", &format!(": {sign}CONFIRM = "))))
        }
        [Some("echo"), _] => Ok(format!("Write-Output {}", value(&words[1])?)),
        [Some("date"), Some("+%s")] => Ok("[DateTimeOffset]::UtcNow.ToUnixTimeSeconds()".to_owned()),
        [Some("save"), _, ..] => Ok(format!("Save {} {{ {} }}", argument(&words[1])?, command(&words[2..], false)?)),
        [Some("sleep"), Some(seconds)] => Ok(format!("Start-Sleep -Seconds {}", word_of(seconds))),
        [Some("settled"), Some(minutes), ..] => {
            Ok(format!("Settled {} {{ {} }}", word_of(minutes), command(&words[2..], false)?))
        }
        [Some("with_each"), _, _, _, _, ..] => with_each(words),
        [Some("one_by_one"), _, _, ..] => one_by_one(words),
        [Some("az"), Some("account"), Some("set"), ..] => {
            let subscription = argument(words.last().unwrap_or(&Vec::new()))?;
            // The cmdlets sign in by themselves: az login is not theirs.
            let signed_in = "if (-not (Get-AzContext)) { Connect-AzAccount | Out-Null }";
            Ok(format!("{}\n{signed_in}\nSet-AzContext -Subscription {subscription} | Out-Null", native(words)?))
        }
        [Some("az"), ..] => cmdlets::call(words).unwrap_or_else(|| native(words)),
        [Some("redis-cli" | "nslookup"), ..] => native(words),
        _ => Err(format!("{words:?}")),
    }
}

/// `with_each BEFORE AFTER LIST command`: the command with each word of the list behind it; none runs where the list is empty.
fn with_each(words: &[Word]) -> Result<String, String> {
    let inside = |word: &Word| word.iter().map(expanded).collect::<Result<String, String>>();
    let (before, after, list) = (inside(&words[1])?, inside(&words[2])?, value(&words[3])?);
    let call = [&words[4..], &[vec![Piece::Variable("EACH".to_owned())]]].concat();
    Ok(format!(
        "$EACH = @(foreach ($word in ({list} -split '\\s+' | Where-Object {{ $_ }})) {{ \"{before}${{word}}{after}\" }})\n\
         if (-not $EACH) {{ throw 'The list is empty: nothing ran.' }}\n{}",
        command(&call, false)?
    ))
}

/// `one_by_one LIST command`: the command once for each word of the list.
fn one_by_one(words: &[Word]) -> Result<String, String> {
    let call = [&words[2..], &[vec![Piece::Variable("word".to_owned())]]].concat();
    Ok(format!(
        "foreach ($word in @({} -split '\\s+' | Where-Object {{ $_ }})) {{\n  {}\n}}",
        value(&words[1])?,
        command(&call, false)?
    ))
}

/// A program with its arguments; a value with double quotes goes to `az` as a file, since `az.cmd` loses them.
fn native(words: &[Word]) -> Result<String, String> {
    let az = words.first().and_then(text) == Some("az");
    let quotes = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains('"'));
    let one = |word: &Word| {
        if az && word.iter().any(quotes) {
            value(word).map(|value| format!("(AsFile {value})"))
        } else {
            argument(word)
        }
    };
    let all: Result<Vec<String>, String> = words.iter().map(one).collect();
    Ok(broken(&all?))
}

/// Words as a command; a long one goes on behind a backtick, each line beginning with an option.
fn broken(words: &[String]) -> String {
    let (mut text, mut line) = (String::new(), 0);
    let count = |word: &String| word.chars().count() + 1;
    for (at, word) in words.iter().enumerate() {
        // An option goes with its values.
        let values = words[at + 1..].iter().take_while(|it| !it.starts_with('-'));
        let length = count(word) + values.map(count).sum::<usize>();
        if line > 0 && line + length > LONGEST_LINE && word.starts_with('-') {
            text.push_str(" `\n ");
            line = 0;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        line += count(word);
    }
    text
}

/// A word that holds nothing but text.
fn text(word: &Word) -> Option<&str> {
    match word.as_slice() {
        [] => Some(""),
        [Piece::Text(text)] => Some(text),
        _ => None,
    }
}

/// A word as an argument of a command: plain where nothing in it has a meaning for PowerShell.
fn argument(word: &Word) -> Result<String, String> {
    match text(word) {
        Some(text) => Ok(word_of(text)),
        None => value(word),
    }
}

fn word_of(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    let dashes = text.starts_with('-') && !text.starts_with("--");
    if !text.is_empty() && text.chars().all(plain) && !dashes { text.to_owned() } else { quote(text) }
}

/// A word as an expression.
fn value(word: &Word) -> Result<String, String> {
    if let Some(text) = text(word) {
        return Ok(quote(text));
    }
    let pieces: Vec<&Piece> = word.iter().filter(|piece| **piece != Piece::Text(String::new())).collect();
    match pieces.as_slice() {
        [Piece::Variable(name)] => Ok(format!("${}", name_of(name))),
        [Piece::Output(inner)] => Ok(format!("({})", single(inner)?)),
        pieces => {
            let inside: Result<Vec<String>, String> = pieces.iter().map(|piece| expanded(piece)).collect();
            Ok(format!("\"{}\"", inside?.concat()))
        }
    }
}

/// A piece inside double quotes.
fn expanded(piece: &Piece) -> Result<String, String> {
    Ok(match piece {
        Piece::Text(text) => text.chars().flat_map(|c| [Some('`').filter(|_| doubled(c)), Some(c)]).flatten().collect(),
        Piece::Variable(name) => format!("${{{}}}", name_of(name)),
        Piece::Or(name, other) => format!("$(if (${name}) {{ ${name} }} else {{ {} }})", word_of(other)),
        Piece::Output(inner) => format!("$({})", single(inner)?),
        Piece::Sum(parts) => {
            let parts: Result<Vec<String>, String> = parts.iter().map(term).collect();
            format!("$({})", parts?.concat())
        }
    })
}

/// A part of a sum.
fn term(piece: &Piece) -> Result<String, String> {
    Ok(match piece {
        Piece::Text(sign) => sign.clone(),
        Piece::Output(inner) => format!("({})", single(inner)?),
        Piece::Or(name, other) => format!("[long]$(if (${name}) {{ ${name} }} else {{ {} }})", word_of(other)),
        other => expanded(other)?,
    })
}

/// Characters that end double quotes or begin something inside them; PowerShell takes typographic quotes for straight ones.
fn doubled(c: char) -> bool {
    "`$\"\u{201c}\u{201d}\u{201e}".contains(c)
}

/// A text in single quotes, each quote doubled, typographic ones too: PowerShell takes them for straight ones.
fn quote(text: &str) -> String {
    let doubled = |c: char| "'\u{2018}\u{2019}\u{201a}\u{201b}".contains(c);
    let inside: String = text.chars().flat_map(|c| [Some(c).filter(|_| doubled(c)), Some(c)]).flatten().collect();
    format!("'{inside}'")
}
