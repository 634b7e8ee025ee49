//! Tantivy as a process that is asked line by line; ../README.md says what each line means.

mod archive;
mod indexing;
mod peer;

use std::io::{BufRead, BufReader, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use peer::{Peer, Result};

fn run(peer: &Peer, mode: &str, runs: usize, text: &str) -> Result<String> {
    let mut best = u128::MAX;
    let mut count = -1;
    for _ in 0..runs {
        let start = Instant::now();
        let answer = peer.answer(mode, text)?;
        best = best.min(start.elapsed().as_nanos());
        count = answer.count;
    }
    Ok(format!("{best}\t{count}"))
}

fn show(peer: &Peer, mode: &str, text: &str) -> Result<String> {
    let answer = peer.answer(mode, text)?;
    let hits: Vec<String> = answer
        .hits
        .iter()
        .map(|(number, score)| format!("{number}:{score:e}"))
        .collect();
    Ok(format!("{}\t{}", answer.count, hits.join(" ")))
}

/// Best tens per second, `threads` threads on one searcher.
fn parallel(peer: &Peer, threads: usize, seconds: f64, file: &str) -> Result<String> {
    let text = std::fs::read_to_string(file)?;
    let queries: Vec<&str> = text.lines().collect();
    let done = AtomicU64::new(0);
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(seconds);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (queries, done) = (&queries, &done);
            scope.spawn(move || {
                let mut at = thread * queries.len() / threads;
                while Instant::now() < end {
                    peer.answer("top10", queries[at % queries.len()])
                        .expect("answered before");
                    at += 1;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    Ok(format!(
        "{}",
        done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
    ))
}

fn reply(peer: &Peer, line: &str) -> Result<String> {
    let words: Vec<&str> = line.split('\t').collect();
    match words[..] {
        ["RUN", mode, runs, text] => run(peer, mode, runs.parse()?, text),
        ["SHOW", mode, text] => show(peer, mode, text),
        ["PARALLEL", threads, seconds, file] => {
            parallel(peer, threads.parse()?, seconds.parse()?, file)
        }
        _ => Err(format!("not understood: {line}").into()),
    }
}

fn serve(directory: &str) -> Result<()> {
    let peer = Peer::open(directory)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "READY\t{}\t{}\t{}",
        tantivy::version_string(),
        peer.documents(),
        peer.segments()
    )?;
    out.flush()?;
    for line in BufReader::new(std::io::stdin()).lines() {
        match reply(&peer, &line?) {
            Ok(text) => writeln!(out, "OK\t{text}")?,
            Err(error) => writeln!(out, "ERROR\t{}", error.to_string().replace('\n', " "))?,
        }
        out.flush()?;
    }
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["archive", articles, directory] => archive::archive(articles, directory),
        ["index", articles, directory] => indexing::index(articles, directory),
        ["merge", directory] => indexing::merge(directory),
        ["serve", directory] => serve(directory),
        _ => Err("archive|index ARTICLES DIRECTORY | merge DIRECTORY | serve DIRECTORY".into()),
    }
}
